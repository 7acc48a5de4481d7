"""shapes.ttl → SPARQL queries that find what breaks the contract of the graph, each in one pass over a store.

The queries say what a SHACL engine says of the same shapes: `tests/test_shapes.py` compares the two.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path

import pyoxigraph

from kg.errors import KGError, StoreError
from kg.store import Store
from kg.vocabulary import BASE, check_base, compact, namespaces

SH, RDF = "http://www.w3.org/ns/shacl#", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_NOT_EXISTS = re.compile(r"FILTER\s+NOT\s+EXISTS")
Term = pyoxigraph.NamedNode | pyoxigraph.BlankNode | pyoxigraph.Literal | pyoxigraph.Triple

# What casts tell whether a literal is of its type; of whole numbers SPARQL knows one type only.
_CASTS = {"date": "date", "gYear": "gYear", "gYearMonth": "gYearMonth", "boolean": "boolean", "integer": "integer",
          "nonNegativeInteger": "integer"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing that a shape forbids: `query` selects ?this, and ?value where one value is to blame."""

    name: str  # of the shape: Tenure-holder
    kind: str  # SHACL's name for it, without ConstraintComponent: MinCount
    says: str  # what is wrong with a node that breaks it
    query: str


@dataclass(frozen=True, slots=True, order=True)
class Breach:
    """A node that breaks a rule; terms are written with their prefixes."""

    rule: str
    node: str
    kind: str
    value: str
    says: str

    def __str__(self) -> str:
        return f"{self.node}: {self.rule}: {self.says}" + (f": {self.value}" if self.value else "")


@dataclass(frozen=True, slots=True)
class Law:
    """A shape in plain words."""

    name: str
    text: str


def shapes(base: str = BASE) -> str:
    """The shapes as Turtle, their terms under the base."""
    return _text().replace(BASE, check_base(base))


@cache
def _text() -> str:
    return resources.files("kg").joinpath("shapes.ttl").read_text(encoding="utf-8")


@cache
def read_rules(base: str = BASE) -> tuple[Rule, ...]:
    """All rules, in the order of the file."""
    return tuple(_Shapes(base).rules())


def read_laws(base: str = BASE) -> tuple[Law, ...]:
    """What the shapes ask for, a line a shape."""
    return tuple(_Shapes(base).laws())


def find_breaches(store: Store) -> tuple[Breach, ...]:
    """All that is wrong with the graph, sorted by rule and node; an empty graph breaks one rule."""
    found = {
        _breach(rule.name, rule.kind, rule.says, row[0], row[-1], store.base)
        for rule in read_rules(store.base)
        for row in store.query(rule.query).rows
    }
    return tuple(sorted(found))


def find_by_shacl(path: Path, base: str) -> tuple[Breach, ...]:
    """The same by a SHACL engine, which takes minutes where the queries take seconds, on a .nt or .ttl file."""
    try:
        import pyshacl
    except ImportError as error:
        raise KGError("SHACL engines are an extra: pip install 'kg-chinese-news[shacl]'") from error
    import rdflib

    graph = rdflib.Graph().parse(path, format="nt" if path.suffix == ".nt" else "turtle")
    rules = rdflib.Graph().parse(data=shapes(base), format="turtle")
    _, report, _ = pyshacl.validate(graph, shacl_graph=rules, advanced=False, inplace=True)
    if not isinstance(report, rdflib.Graph):
        raise StoreError(f"{path}: the SHACL engine failed: {report}")
    shacl = rdflib.Namespace(SH)
    says = {(rule.name, rule.kind): rule.says for rule in read_rules(base)}
    found = set()
    for result in report.subjects(rdflib.RDF.type, shacl.ValidationResult):
        kind = str(report.value(result, shacl.sourceConstraintComponent))[len(SH) :].removesuffix("ConstraintComponent")
        source = report.value(result, shacl.sourceConstraint if kind == "SPARQL" else shacl.sourceShape)
        name = str(source).rpartition("#")[2]
        node, value = report.value(result, shacl.focusNode), report.value(result, shacl.value)
        found.add(_breach(name, kind, says[name, kind], node, value if value != node else None, base))
    return tuple(sorted(found))


def _breach(rule: str, kind: str, says: str, node: object, value: object, base: str) -> Breach:
    names = namespaces(base)
    told = [compact(_plain(one), names) if one is not None else "" for one in (node, value)]
    return Breach(rule, told[0], kind, "" if kind in _WITHOUT_VALUE or told[0] == told[1] else told[1], says)


def _apart(body: str) -> str:
    """The same with each NOT EXISTS as MINUS, which SHACL forbids, and which stores answer all at once."""
    return _NOT_EXISTS.sub("MINUS", body)


_WITHOUT_VALUE = ("MinCount", "MaxCount", "HasValue")


class _Shapes:
    """The triples of the shapes by subject and predicate."""

    def __init__(self, base: str) -> None:
        self._said: defaultdict[Term, defaultdict[str, list[Term]]] = defaultdict(lambda: defaultdict(list))
        self._names = {**namespaces(base), "shape": check_base(base) + "shapes#"}
        self._order: list[Term] = []
        for quad in pyoxigraph.parse(shapes(base), pyoxigraph.RdfFormat.TURTLE):
            predicate = quad.predicate.value
            if predicate == RDF + "type" and quad.object == pyoxigraph.NamedNode(SH + "NodeShape"):
                self._order.append(quad.subject)
            self._said[quad.subject][predicate].append(quad.object)

    def rules(self) -> Iterator[Rule]:
        for shape in self._order:
            target = self._target(shape)
            if self._one(shape, "closed") is not None:
                yield self._closed(shape, target)
            for part in self._said[shape][SH + "property"]:
                for kind, says, pattern in self._constraints(part):
                    wanted = "?this" if kind in _WITHOUT_VALUE else "?this ?value"
                    query = f"SELECT DISTINCT {wanted} WHERE {{ {target} {pattern} }}"
                    yield Rule(self._local(part), kind, says, query)
            for part in self._said[shape][SH + "sparql"]:
                text = self._text(part, "select").replace("$this", "?this")
                body = _apart(text[text.index("{") + 1 : text.rindex("}")])
                query = f"SELECT DISTINCT ?this ?value WHERE {{ {target} {body} }}"
                yield Rule(self._local(part), "SPARQL", self._text(part, "message"), query)

    def laws(self) -> Iterator[Law]:
        for shape in self._order:
            name = self._local(shape)
            for part in self._said[shape][SH + "property"]:
                path, inverse = self._path(part)
                count = (self._count(part, "minCount"), self._count(part, "maxCount"))
                words = {(1, 1): "exactly one", (0, 1): "at most one", (1, 0): "at least one", (0, 0): "any number of"}
                what = f"{words[count]} {path}" + (" leading to it" if inverse else "")
                values = [says for kind, says, _ in self._constraints(part) if kind not in ("MinCount", "MaxCount")]
                yield Law(self._local(part), f"{what}" + "".join(f"; wrong: {one}" for one in values))
            for part in self._said[shape][SH + "sparql"]:
                yield Law(self._local(part), f"wrong: {self._text(part, 'message')}")
            if self._one(shape, "closed") is not None:
                yield Law(name, "nothing else than what these rules name")

    # WHICH NODES

    def _target(self, shape: Term) -> str:
        for kind, pattern in (("targetClass", "?this a {}"), ("targetSubjectsOf", "?this {} ?anything")):
            terms = self._said[shape][SH + kind]
            if len(terms) == 1:
                return pattern.format(terms[0]) + " ."
            if terms:
                listed = " ".join(map(str, terms))
                return f"VALUES ?target {{ {listed} }} {pattern.format('?target')} ."
        raise StoreError(f"the shape {shape} has no target")

    def _path(self, part: Term) -> tuple[str, bool]:
        """The property as it is written, and whether it is walked backwards."""
        (path,) = self._said[part][SH + "path"]
        inverse = self._said[path][SH + "inversePath"]
        return self._compact(inverse[0] if inverse else path), bool(inverse)

    # WHAT IS WRONG WITH THEM

    def _closed(self, shape: Term, target: str) -> Rule:
        paths = [path for part in self._said[shape][SH + "property"] for path in self._said[part][SH + "path"]]
        (ignored,) = self._said[shape][SH + "ignoredProperties"]
        allowed = [str(path) for path in (*paths, *self._list(ignored)) if isinstance(path, pyoxigraph.NamedNode)]
        pattern = f"?this ?predicate ?value . FILTER(?predicate NOT IN ({', '.join(allowed)}))"
        query = f"SELECT DISTINCT ?this ?value WHERE {{ {target} {pattern} }}"
        return Rule(self._local(shape), "Closed", "has a property that such a node has not", query)

    def _constraints(self, part: Term) -> Iterator[tuple[str, str, str]]:
        """Kind, what to say, and the pattern that a node breaks it by, for each constraint of a property."""
        name, inverse = self._path(part)
        (path,) = self._said[part][SH + "path"]
        iri = self._said[path][SH + "inversePath"][0] if inverse else path
        walk: Callable[[str], str] = lambda end: f"{end} {iri} ?this ." if inverse else f"?this {iri} {end} ."  # noqa: E731
        has = walk("?value")
        said = self._said[part]
        if self._count(part, "minCount"):
            yield "MinCount", f"{'is the end of' if inverse else 'has'} no {name}", f"FILTER NOT EXISTS {{ {has} }}"
        if self._count(part, "maxCount"):
            twice = f"{has} {walk('?other')} FILTER(!SAMETERM(?value, ?other))"
            yield "MaxCount", f"has more than one {name}", twice
        for value in said[SH + "hasValue"]:
            missing = f"FILTER NOT EXISTS {{ {walk(str(value))} }}"
            yield "HasValue", f"has no {name} {self._compact(value)}", missing
        for kind, says, wrong in self._of_value(part):
            yield kind, f"its {name} {says}", f"{has} {wrong}"

    def _of_value(self, part: Term) -> Iterator[tuple[str, str, str]]:
        said = self._said[part]
        for head in said[SH + "or"]:
            yield "Or", *self._alternatives([self._said[one] for one in self._list(head)])
        for class_ in said[SH + "class"]:
            yield "Class", f"is no {self._compact(class_)}", f"FILTER NOT EXISTS {{ ?value a {class_} }}"
        for datatype in said[SH + "datatype"]:
            yield "Datatype", f"is no {self._compact(datatype)}", f"FILTER(!{self._typed(datatype)})"
        if said[SH + "nodeKind"]:
            yield "NodeKind", "is no IRI", "FILTER(!ISIRI(?value))"
        for pattern in said[SH + "pattern"]:
            yield "Pattern", f"is not of the form {self._compact(pattern)}", f"FILTER(!REGEX(STR(?value), {pattern}))"
        for head in said[SH + "in"]:
            values = self._list(head)
            same = " || ".join(f"SAMETERM(?value, {value})" for value in values)
            yield "In", f"is none of {', '.join(map(self._compact, values))}", f"FILTER(!({same}))"
        for head in said[SH + "languageIn"]:
            tags = " || ".join(f"LANGMATCHES(LANG(?value), {tag})" for tag in self._list(head))
            yield "LanguageIn", "is not tagged as Chinese", f"FILTER(!COALESCE({tags}, false))"
        if said[SH + "minLength"]:
            yield "MinLength", "is empty", "FILTER(STRLEN(STR(?value)) < 1)"
        for least in said[SH + "minInclusive"]:
            yield "MinInclusive", f"is less than {self._compact(least)}", f"FILTER(!COALESCE(?value >= {least}, false))"
        for other in said[SH + "lessThan"]:
            wrong = f"?this {other} ?bound . FILTER(!COALESCE(?value < ?bound, false))"
            yield "LessThan", f"is not less than its {self._compact(other)}", wrong
        for other in said[SH + "disjoint"]:
            yield "Disjoint", f"is its {self._compact(other)} too", f"FILTER EXISTS {{ ?this {other} ?value }}"

    def _alternatives(self, options: list[defaultdict[str, list[Term]]]) -> tuple[str, str]:
        """One of several classes, or of several datatypes."""
        classes = [one for option in options for one in option[SH + "class"]]
        if classes:
            listed = ", ".join(map(str, classes))
            wrong = f"FILTER NOT EXISTS {{ ?value a ?class . FILTER(?class IN ({listed})) }}"
            return f"is none of {', '.join(map(self._compact, classes))}", wrong
        types = [one for option in options for one in option[SH + "datatype"]]
        fits = " || ".join(map(self._typed, types))
        return f"is none of {', '.join(map(self._compact, types))}", f"FILTER(!({fits}))"

    def _typed(self, datatype: Term) -> str:
        """Whether ?value is a literal of the type; true or false, never an error."""
        cast = _CASTS.get(self._local(datatype))
        valid = f" && STR(<{self._names['xsd']}{cast}>(STR(?value))) != ''" if cast else ""
        return f"COALESCE(DATATYPE(?value) = {datatype}{valid}, false)"

    # READING

    def _one(self, subject: Term, name: str) -> Term | None:
        return next(iter(self._said[subject][SH + name]), None)

    def _text(self, subject: Term, name: str) -> str:
        found = self._one(subject, name)
        return found.value if isinstance(found, pyoxigraph.Literal) else ""

    def _count(self, subject: Term, name: str) -> int:
        return int(self._text(subject, name) or 0)

    def _list(self, head: Term) -> list[Term]:
        values = []
        while self._said[head][RDF + "first"]:
            values += self._said[head][RDF + "first"]
            (head,) = self._said[head][RDF + "rest"]
        return values

    def _compact(self, term: Term) -> str:
        return compact(term.value, self._names) if isinstance(term, pyoxigraph.NamedNode) else _plain(term)

    def _local(self, term: Term) -> str:
        return _plain(term).rpartition("#")[2]


def _plain(term: object) -> str:
    """The characters of a term of Oxigraph or of rdflib, whose own `value` is another thing."""
    ours = isinstance(term, pyoxigraph.NamedNode | pyoxigraph.Literal | pyoxigraph.BlankNode)
    return str(term.value if ours else term)  # type: ignore[attr-defined]
