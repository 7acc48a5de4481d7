"""A graph to ask questions of: Oxigraph in memory or on disk, opened for reading, with its failures in plain words."""

import contextlib
import io
import re
import shutil
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import IO, cast

import pyoxigraph

from kg.errors import NotFoundError, Place, QueryError, StoreError
from kg.vocabulary import BASE, namespaces
from kg.wellformed import WellFormed

Term = pyoxigraph.NamedNode | pyoxigraph.BlankNode | pyoxigraph.Literal
Row = tuple[Term | None, ...]
Result = pyoxigraph.QuerySolutions | pyoxigraph.QueryBoolean | pyoxigraph.QueryTriples
Format = pyoxigraph.QueryResultsFormat | pyoxigraph.RdfFormat

_FORMATS = {".nt": pyoxigraph.RdfFormat.N_TRIPLES, ".ttl": pyoxigraph.RdfFormat.TURTLE}
_WITH_PREFIXES = (pyoxigraph.RdfFormat.TURTLE, pyoxigraph.RdfFormat.RDF_XML)
_XML = (pyoxigraph.QueryResultsFormat.XML, pyoxigraph.RdfFormat.RDF_XML)
_MAGIC = "CURRENT"  # the file that every database of RocksDB has
# What stands in a query outside of keywords: strings, comments, and the escaped characters of prefixed names.
_TOKEN = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*"""|' r"'''(?:[^'\\]|\\.|'(?!''))*'''|"
    r'"(?:[^"\\\r\n]|\\.)*"|' r"'(?:[^'\\\r\n]|\\.)*'|#[^\r\n]*|\\.|<|"
    r"(?P<service>(?<![\w:?$-])SERVICE(?![\w-]*:)(?![\w-]))",
    re.DOTALL | re.IGNORECASE,
)  # fmt: skip
_IRI = re.compile(r'<[^<>"{}|^`\\\x00-\x20]*>')
_ADDRESS = re.compile(r"<[a-z][a-z0-9+.-]*://", re.IGNORECASE)  # no expression can begin like that
_AT = re.compile(r"\bat (\d+):(\d+)")
_DECLARED = re.compile(r"\bPREFIX\s+([\w.-]+):", re.IGNORECASE)
_PREFIXED = re.compile(r"(?<![\w?$:@.-])([A-Za-z][\w.-]*):")
_CODEPOINT = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a query gave: rows of terms under their variables; `kind` says what they stand for.

    select: as asked. ask: one row with one boolean. construct: the triples as rows of subject, predicate, object.
    """

    kind: str
    variables: tuple[str, ...]
    rows: tuple[Row, ...]
    prefixes: Mapping[str, str]
    seconds: float
    cut: bool = False  # there were more rows than the limit

    @property
    def truth(self) -> bool:
        """The answer to an ASK."""
        return bool(self.rows) and isinstance(self.rows[0][0], pyoxigraph.Literal) and self.rows[0][0].value == "true"


class Store:
    """A graph opened for reading, with the base and the prefixes under which it was written."""

    def __init__(self, graph: pyoxigraph.Store) -> None:
        self._graph = graph
        self.base = self._base()
        self.prefixes: Mapping[str, str] = namespaces(self.base)

    def __len__(self) -> int:
        return len(self._graph)

    def _base(self) -> str:
        """The base that the graph says it has; a graph that was not written by us may not say any."""
        pattern = pyoxigraph.NamedNode(namespaces()["void"] + "uriSpace")
        for quad in self._graph.quads_for_pattern(None, pattern, None):
            if isinstance(quad.object, pyoxigraph.Literal) and quad.object.value.endswith("/id/"):
                return quad.object.value.removesuffix("id/")
        return BASE

    def query(self, text: str, *, limit: int | None = None, remote: bool = False) -> Answer:
        """The answer to a SPARQL query, at most `limit` rows of it, and the seconds it took.

        The prefixes of the graph need no PREFIX. Raises QueryError for what is no query, StoreError for what fails,
        and refuses SERVICE, which would send a request to another machine, unless `remote`.
        """
        begun = time.perf_counter()
        with _failures():
            kind, variables, rows = _read(self._evaluate(text, remote=remote))
            taken = tuple(rows if limit is None else islice(rows, limit))
            cut = limit is not None and next(rows, None) is not None
        return Answer(kind, variables, taken, self.prefixes, time.perf_counter() - begun, cut)

    def write(
        self,
        text: str,
        output: IO[bytes],
        choose: Callable[[str], Format],
        *,
        default_graphs: Sequence[str] | None = None,
        named_graphs: Sequence[str] | None = None,
    ) -> Format:
        """Write the answer to a query in the format chosen for its kind: select, ask or construct.

        With graphs named, these alone are asked, whatever the query says. Raises as `query` does.
        """
        graphs = None if default_graphs is None and named_graphs is None else (default_graphs or (), named_graphs or ())
        with _failures():
            result = self._evaluate(text, graphs=graphs)
            form = choose(_kind(result))
            if form in _XML:
                output = cast(IO[bytes], WellFormed(output))
            if isinstance(result, pyoxigraph.QueryTriples):
                prefixes = self.prefixes if form in _WITH_PREFIXES else {}
                quads = (pyoxigraph.Quad(*triple) for triple in result)
                pyoxigraph.serialize(quads, output, cast(pyoxigraph.RdfFormat, form), prefixes=dict(prefixes))
            else:
                result.serialize(output, cast(pyoxigraph.QueryResultsFormat, form))
        return form

    def _evaluate(
        self, text: str, *, remote: bool = False, graphs: tuple[Sequence[str], Sequence[str]] | None = None
    ) -> Result:
        if not remote and _calls_service(text):
            raise QueryError("SERVICE would ask another machine; this query is answered from the graph alone")
        try:
            if graphs is None:
                return self._graph.query(text, prefixes=dict(self.prefixes))
            default, named = (list(map(pyoxigraph.NamedNode, iris)) for iris in graphs)
            return self._graph.query(
                text,
                prefixes=dict(self.prefixes),
                default_graph=list[pyoxigraph.NamedNode | pyoxigraph.BlankNode | pyoxigraph.DefaultGraph](default),
                named_graphs=list[pyoxigraph.NamedNode | pyoxigraph.BlankNode](named),
            )
        except SyntaxError as error:
            raise _invalid(text, error, self.prefixes) from error

    def lines(self) -> list[bytes]:
        """All triples as lines of N-Triples, each once, sorted; Oxigraph has made each whole number an xsd:integer."""
        dump = io.BytesIO()
        self._graph.dump(dump, pyoxigraph.RdfFormat.N_TRIPLES, from_graph=pyoxigraph.DefaultGraph())
        return sorted(dump.getvalue().splitlines(keepends=True))  # of bytes, hence not parted at U+2028


def load(source: Path | Iterable[str], path: Path | None = None) -> Store:
    """The graph of a file (.nt, .ttl) or of lines of N-Triples: in memory, or built as a store at the path."""
    if path is not None:
        create(path, source)
        return open_store(path)
    graph = pyoxigraph.Store()
    _fill(graph, source)
    return Store(graph)


def create(path: Path, source: Path | Iterable[str]) -> None:
    """Build a store on disk; what was at the path before stays until the new one is whole, then gives way to it."""
    import tempfile

    refuse_other(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        bench = Path(tempfile.mkdtemp(prefix=f".{path.name}-", dir=path.parent))
    except OSError as error:
        raise StoreError(f"{path}: cannot be written ({error.strerror})") from error
    try:
        with _refusals(path):
            graph = pyoxigraph.Store(str(bench / "new"))
            _fill(graph, source)
            graph.flush()
            graph.optimize()
            del graph  # gives back the lock
        if path.exists():
            path.rename(bench / "old")
        (bench / "new").rename(path)
    except OSError as error:
        if not path.exists() and (bench / "old").exists():
            (bench / "old").rename(path)
        raise StoreError(f"{path}: cannot be written ({error.strerror})") from error
    finally:
        shutil.rmtree(bench, ignore_errors=True)


def open_store(path: Path) -> Store:
    """The store in that folder, opened for reading: many may read, and none of them writes."""
    if not path.is_dir():
        raise NotFoundError(f"{path}: no store there; run `kg build` first")
    with _refusals(path):
        # The real path: a result that takes the place of this one must not be read through the same name.
        return Store(pyoxigraph.Store.read_only(str(path.resolve())))


def open_graph(path: Path) -> Store:
    """The graph of an output folder (its store, else its graph.nt), of a store's folder, or of a .nt or .ttl file."""
    if path.is_file():
        return load(path)
    if (path / _MAGIC).exists():
        return open_store(path)
    if (path / "store" / _MAGIC).exists():
        return open_store(path / "store")
    if (path / "graph.nt").is_file():
        return load(path / "graph.nt")
    raise NotFoundError(f"{path}: no graph there; run `kg build` first")


def refuse_other(path: Path) -> None:
    """Raise StoreError if something stands there that is no store: it is not ours to replace."""
    if path.is_dir():
        if (path / _MAGIC).exists() or not any(path.iterdir()):
            return
    elif not path.exists():
        return
    raise StoreError(f"{path}: something else than a store is there; give another path")


def _fill(graph: pyoxigraph.Store, source: Path | Iterable[str]) -> None:
    if not isinstance(source, Path):
        graph.bulk_load("".join(source).encode(), pyoxigraph.RdfFormat.N_TRIPLES)
        return
    kind = _FORMATS.get(source.suffix.lower())
    if kind is None:
        raise StoreError(f"{source}: no graph format; give .nt or .ttl")
    with _refusals(source):
        graph.bulk_load(path=str(source), format=kind)


@contextlib.contextmanager
def _refusals(path: Path) -> Iterator[None]:
    """What Oxigraph says against a path, as a StoreError of one line."""
    try:
        yield
    except (OSError, SyntaxError, ValueError) as error:
        why = _one_line(error)
        if "lock" in why.lower():
            why = "another process is writing it; wait until that is done"
        raise StoreError(f"{path}: {why}") from error


@contextlib.contextmanager
def _failures() -> Iterator[None]:
    """What Oxigraph says of a query that it understood and could not answer, as a StoreError of one line."""
    try:
        yield
    except (OSError, RuntimeError, ValueError) as error:
        raise StoreError(f"the query failed: {_one_line(error)}") from error


def _kind(result: Result) -> str:
    if isinstance(result, pyoxigraph.QueryBoolean):
        return "ask"
    return "construct" if isinstance(result, pyoxigraph.QueryTriples) else "select"


def _read(result: Result) -> tuple[str, tuple[str, ...], Iterator[Row]]:
    if isinstance(result, pyoxigraph.QueryBoolean):
        return "ask", ("answer",), iter([(pyoxigraph.Literal(bool(result)),)])
    if isinstance(result, pyoxigraph.QueryTriples):
        return "construct", ("subject", "predicate", "object"), (tuple(triple) for triple in result)
    variables = tuple(variable.value for variable in result.variables)
    return "select", variables, (tuple(solution[name] for name in variables) for solution in result)


def _invalid(text: str, error: SyntaxError, prefixes: Mapping[str, str]) -> QueryError:
    """What is wrong with the query, and where; a prefix that nobody declared is named, as the parser does not."""
    found = _AT.search(str(error))
    place = Place(int(found[1]), int(found[2])) if found else None
    plain = _IRI.sub(" ", _TOKEN.sub(lambda token: token[0] if token[0] == "<" else " ", text))
    declared = {*prefixes, *(one[1] for one in _DECLARED.finditer(plain))}
    for name in _PREFIXED.finditer(plain):
        if name[1] not in declared:
            return QueryError(f"not valid SPARQL: the prefix {name[1]}: is not declared ({_one_line(error)})", place)
    return QueryError(f"not valid SPARQL: {_one_line(error)}", place)


def _calls_service(text: str) -> bool:
    # Oxigraph reads \u0053ERVICE as SERVICE.
    plain = _CODEPOINT.sub(lambda found: chr(min(int(found[1] or found[2], 16), 0x10FFFF)), text)
    return any(map(_has_service, {text, plain}))


def _has_service(text: str) -> bool:
    """Whether SERVICE can be a keyword somewhere.

    Only a parser knows whether < begins an IRI or means less than: then # begins a comment, and ' a string. Both
    readings are followed; SERVICE in either is one too many.
    """
    pending, seen = [0], set[int]()
    while pending:
        at = pending.pop()
        while (found := _TOKEN.search(text, at)) and found.start() not in seen:
            seen.add(found.start())
            if found["service"]:
                return True
            at = found.end()
            if found[0] == "<" and (iri := _IRI.match(text, found.start())):
                if _ADDRESS.match(text, found.start()):
                    at = iri.end()
                else:
                    pending.append(iri.end())
    return False


def _one_line(error: BaseException) -> str:
    return " ".join(str(error).split())
