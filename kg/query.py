"""Questions to a store: SPARQL, or one of the named queries with its parameters; the answers as table, CSV or JSON."""

import csv
import io
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from importlib import resources
from pathlib import Path
from typing import Literal, cast

import pyoxigraph

from kg.errors import QueryError
from kg.store import Answer, Store, Term
from kg.table import lay_out
from kg.vocabulary import check_local, compact

Kind = Literal["name", "day", "term"]
FORMATS = ("table", "csv", "tsv", "json")

_SUFFIXES = (".rq", ".sparql")
_HEADER = re.compile(r"#\s*(title|param|example):\s*(.+)")
_PARAM = re.compile(r"(?P<name>[\w-]+) (?P<kind>name|day|term)(?:=(?P<default>\S+))? (?P<note>.+)")
# A line that is left out when no value is given: `VALUES ?p { UNDEF }` would say the same, at the price of an index.
_SLOT = re.compile(
    r"^(?P<indent>[ \t]*)VALUES (?P<variable>\?\w+) \{ UNDEF \}(?P<pattern>[^#\n]*)# (?P<name>[\w-]+)[ \t]*\n",
    re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class Parameter:
    """What may be told to a query; without value and default it stands for anything."""

    name: str
    kind: Kind
    note: str
    default: str = ""


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """A query with its header: `# title:`, `# param: name kind[=default] note`, `# example:`."""

    name: str
    title: str
    parameters: tuple[Parameter, ...]
    example: str
    text: str


def named_queries() -> tuple[NamedQuery, ...]:
    """The queries that come with the package, by name."""
    folder = resources.files("kg").joinpath("data", "queries")
    files = sorted((file for file in folder.iterdir() if file.name.endswith(".rq")), key=lambda file: file.name)
    return tuple(parse_query(file.name.removesuffix(".rq"), file.read_text(encoding="utf-8")) for file in files)


def parse_query(name: str, text: str) -> NamedQuery:
    """The query with what its header says; QueryError if a parameter has no place in the query or is badly declared."""
    title = example = ""
    parameters = []
    for line in text.splitlines():
        found = _HEADER.fullmatch(line.strip())
        if found and found[1] == "title":
            title = found[2]
        elif found and found[1] == "example":
            example = found[2]
        elif found:
            parameters.append(_parameter(name, found[2]))
    slots = {found["name"] for found in _SLOT.finditer(text)}
    if unmatched := {parameter.name for parameter in parameters} ^ slots:
        one = min(unmatched)
        raise QueryError(f"query {name}: {one} needs a `# param: {one} …` and a line `VALUES ?x {{ UNDEF }}  # {one}`")
    return NamedQuery(name, title, tuple(parameters), example, text)


def _parameter(query: str, line: str) -> Parameter:
    found = _PARAM.fullmatch(line)
    if not found:
        raise QueryError(f"query {query}: write `# param: NAME name|day|term[=DEFAULT] NOTE`, not {line!r}")
    return Parameter(found["name"], cast(Kind, found["kind"]), found["note"], found["default"] or "")


def find_query(what: str) -> NamedQuery:
    """The named query of that name, else the query in that file, else the text itself as a query."""
    named = {query.name: query for query in named_queries()}
    if what in named:
        return named[what]
    if what.endswith(_SUFFIXES):
        try:
            return parse_query(Path(what).stem, Path(what).read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError) as error:
            raise QueryError(f"{what}: cannot be read as a query") from error
    if "{" in what:
        return parse_query("query", what)
    close = get_close_matches(what, named, n=1)
    hint = f"did you mean {close[0]}?" if close else "there are " + ", ".join(named)
    raise QueryError(f"no query is called {what!r}; {hint}")


def bind(query: NamedQuery, given: Mapping[str, str], prefixes: Mapping[str, str]) -> str:
    """The query as SPARQL with the values in it, each spelled as one RDF term, so that none can be read as syntax."""
    known = {parameter.name: parameter for parameter in query.parameters}
    for name in given:
        if name not in known:
            has = "has " + ", ".join(known) if known else "has no parameters"
            raise QueryError(f"query {query.name} has no parameter {name!r}; it {has}")

    def fill(found: re.Match[str]) -> str:
        parameter = known[found["name"]]
        value = given.get(parameter.name, "") or parameter.default
        if not value:
            return ""
        term = _term(parameter, value, prefixes)
        return f"{found['indent']}VALUES {found['variable']} {{ {term} }}{found['pattern']}\n"

    return _SLOT.sub(fill, query.text)


def _term(parameter: Parameter, value: str, prefixes: Mapping[str, str]) -> Term:
    """The value as the term that the graph has for it; QueryError for a value that is none."""
    if parameter.kind == "name":
        try:
            return pyoxigraph.Literal(value, language="zh")
        except UnicodeEncodeError as error:
            raise QueryError(f"{parameter.name}: no valid text") from error
    try:
        if parameter.kind == "day":
            day = date.fromisoformat(value).isoformat()
            return pyoxigraph.Literal(day, datatype=pyoxigraph.NamedNode(prefixes["xsd"] + "date"))
        return pyoxigraph.NamedNode(prefixes["kg"] + check_local(value.removeprefix("kg:")))
    except ValueError as error:
        wanted = "a day like 2020-06-05" if parameter.kind == "day" else "a name of the ontology like attended"
        raise QueryError(f"{parameter.name}: {value!r} is not {wanted}") from error


def ask(store: Store, what: str, given: Mapping[str, str] | None = None, *, limit: int | None = None) -> Answer:
    """The store's answer to a named query, a file or a text of SPARQL, with these values for its parameters."""
    return store.query(bind(find_query(what), given or {}, store.prefixes), limit=limit)


# ANSWERS


def write_answer(answer: Answer, form: str = "table", *, columns: int | None = None) -> str:
    """The answer as text: a table for people, CSV or TSV for programs, JSON in the form that SPARQL 1.1 fixes."""
    if form == "table":
        # Of no rows there is nothing to lay out: a program still gets the names of the columns.
        return lay_out(answer.variables, as_text(answer), columns=columns) if answer.rows else ""
    if form in ("csv", "tsv"):
        return _separated(answer, "," if form == "csv" else "\t")
    if form == "json":
        return _json(answer)
    raise QueryError(f"no answer can be written as {form!r}; there are {', '.join(FORMATS)}")


def as_text(answer: Answer) -> list[list[str]]:
    """The rows as strings: literals without tag and type, IRIs with a prefix; unbound is empty."""
    return [[_text(term, answer.prefixes) for term in row] for row in answer.rows]


def _text(term: Term | None, prefixes: Mapping[str, str]) -> str:
    if term is None:
        return ""
    return compact(term.value, prefixes) if isinstance(term, pyoxigraph.NamedNode) else term.value


def _separated(answer: Answer, delimiter: str) -> str:
    file = io.StringIO()
    writer = csv.writer(file, delimiter=delimiter, lineterminator="\n")
    writer.writerow(answer.variables)
    writer.writerows([term.value if term else "" for term in row] for row in answer.rows)
    return file.getvalue()


def _json(answer: Answer) -> str:
    if answer.kind == "ask":
        return json.dumps({"head": {}, "boolean": answer.truth}) + "\n"
    bindings = [
        {name: _binding(term) for name, term in zip(answer.variables, row, strict=True) if term is not None}
        for row in answer.rows
    ]
    shape = {"head": {"vars": list(answer.variables)}, "results": {"bindings": bindings}}
    return json.dumps(shape, ensure_ascii=False, indent=1) + "\n"


def _binding(term: Term) -> dict[str, str]:
    if isinstance(term, pyoxigraph.NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, pyoxigraph.BlankNode):
        return {"type": "bnode", "value": term.value}
    binding = {"type": "literal", "value": term.value}
    if term.language:
        return {**binding, "xml:lang": term.language}
    plain = term.datatype.value == "http://www.w3.org/2001/XMLSchema#string"
    return binding if plain else {**binding, "datatype": term.datatype.value}
