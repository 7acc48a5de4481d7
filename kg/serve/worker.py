"""A process with the store in it: jobs come as lines of JSON, answers go into files.

Oxigraph cannot be told to stop, and a query can bring it down (nesting without end, more memory than there is). So each
query runs in a process that may be killed at any time; nothing is lost with it.

    python -m kg.serve.worker STORE MEGABYTES SECONDS
"""

import contextlib
import json
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from importlib import resources
from pathlib import Path
from typing import IO, Any, cast

import pyoxigraph

from kg.errors import KGError, NotFoundError, QueryError
from kg.glossary import to_html
from kg.ontology import ontology
from kg.query import bind, find_query, named_queries
from kg.serve.negotiate import HTML, SELECT, TRIPLES, choose
from kg.serve.pages import Pages, as_json
from kg.serve.protocol import RefusedError
from kg.serve.reading import read_page
from kg.serve.search import Index
from kg.serve.terms import TermOf, terms, vocabulary
from kg.store import Format, Store, open_store
from kg.vocabulary import WELL_KNOWN, mint

SPARQL = "application/sparql-query"
_FORMATS: dict[str, Format] = {
    "application/sparql-results+json": pyoxigraph.QueryResultsFormat.JSON,
    "application/sparql-results+xml": pyoxigraph.QueryResultsFormat.XML,
    "text/csv": pyoxigraph.QueryResultsFormat.CSV,
    "text/tab-separated-values": pyoxigraph.QueryResultsFormat.TSV,
    "text/turtle": pyoxigraph.RdfFormat.TURTLE,
    "application/n-triples": pyoxigraph.RdfFormat.N_TRIPLES,
    "application/ld+json": pyoxigraph.RdfFormat.JSON_LD,
    "application/rdf+xml": pyoxigraph.RdfFormat.RDF_XML,
}
_WITH_PREFIXES = ("text/turtle", "application/rdf+xml")
_VOID = WELL_KNOWN["void"]
_SPARE = 5  # seconds
_MOST_WORDS = 2000  # of a message: the parser may quote the whole query


@dataclass(frozen=True, slots=True)
class Job:
    """What a worker is to do: the name of a task, what it is told, where the answer goes and how long that may be."""

    task: str
    given: dict[str, Any]
    file: str = ""
    most_bytes: int = 0

    def line(self) -> bytes:
        """The job as one line of JSON; it holds no surrogate that could not be sent."""
        return json.dumps(asdict(self)).encode("ascii") + b"\n"


class TooLargeError(Exception):
    """The answer is longer than it may be."""


class Limited:
    """A file that takes so many bytes and no more."""

    def __init__(self, file: IO[bytes], most: int) -> None:
        self._file = file
        self._left = most

    def write(self, part: bytes) -> int:
        """Write the bytes; TooLargeError if they are too many."""
        self._left -= len(part)
        if self._left < 0:
            raise TooLargeError
        return self._file.write(part)

    def flush(self) -> None:
        """Give on what is held back."""
        self._file.flush()


class Tasks:
    """What can be asked of a worker; each task writes an answer and gives its media type."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._named = {query.name: query for query in named_queries()}

    def query(self, output: Any, given: dict[str, Any]) -> str:
        """The answer to a query of the protocol."""
        media = ""

        def form(kind: str) -> Format:
            nonlocal media
            offered = TRIPLES if kind == "construct" else SELECT
            chosen = choose(given["accept"], offered)
            if chosen is None:
                raise RefusedError(406, f"the answer can be had as {', '.join(offered)}")
            media = chosen
            return _FORMATS[chosen]

        graphs = {name: given.get(name) for name in ("default_graphs", "named_graphs")}
        self.store.write(given["query"], output, form, **graphs)
        return media

    def named(self, output: Any, given: dict[str, Any]) -> str:
        """The answer to a named query, or with SPARQL accepted its text with the values bound."""
        if given["name"] not in self._named:
            raise NotFoundError(f"no query is called {given['name'][:100]!r}; /queries lists them")
        text = bind(find_query(given["name"]), given["values"], self.store.prefixes)
        if choose(given["accept"], (*SELECT, SPARQL)) == SPARQL:
            output.write(text.encode())
            return SPARQL
        return self.query(output, {"query": text, "accept": given["accept"]})

    def describe(self, output: Any, given: dict[str, Any]) -> str:
        """The triples about the thing with that id."""
        try:
            iri = pyoxigraph.NamedNode(mint(given["local"], self.store.base))
        except ValueError as error:
            raise NotFoundError("no thing can have that id") from error
        if not self.store.query(f"ASK {{ {{ {iri} ?p ?o }} UNION {{ ?s ?p {iri} }} }}").truth:
            raise NotFoundError(f"the graph knows nothing with the id {given['local']}")
        return self.query(output, {**given, "query": read_text("describe.rq").replace("UNDEF", str(iri))})

    def service(self, output: Any, given: dict[str, Any]) -> str:
        """What the endpoint says of itself."""
        endpoint = pyoxigraph.NamedNode(given["endpoint"])
        text = read_text("service.ttl").replace("kg:endpoint", endpoint.value)
        graph = pyoxigraph.NamedNode(f"{endpoint.value}#graph")
        size = pyoxigraph.Triple(graph, pyoxigraph.NamedNode(_VOID + "triples"), pyoxigraph.Literal(len(self.store)))
        return _convert(text, output, given["accept"], [size])

    def ontology(self, output: Any, given: dict[str, Any]) -> str:
        """The vocabulary, under the base of the graph; for a browser a page of it."""
        if choose(given["accept"], (*TRIPLES, HTML)) == HTML:
            output.write(to_html(self.store.base, home="/").encode())
            return HTML
        return _convert(ontology(self.store.base), output, given["accept"])

    def home(self, output: Any, given: dict[str, Any]) -> str:
        """The page to ask on."""
        page = self._pages(given).home(tuple(self._named.values()), len(self.store))
        output.write(page.encode())
        return HTML

    def page(self, output: Any, given: dict[str, Any]) -> str:
        """The page of a node."""
        page = read_page(self.store, given["local"], given["group"], given["start"])
        output.write(self._pages(given).thing(page, given["group"]).encode("utf-8", "replace"))
        return HTML

    def search(self, output: Any, given: dict[str, Any]) -> str:
        """What is called so: a page, or JSON."""
        media = choose(given["accept"], ("application/json", HTML))
        if media is None:
            raise RefusedError(406, f"what is found can be had as application/json, {HTML}")
        most = given["limit"]
        found = self.index.find(given["text"], limit=most + 1)
        if media == HTML:
            page = self._pages(given).search(given["text"], found[:most], len(found) > most)
            output.write(page.encode("utf-8", "replace"))
        else:
            output.write(as_json(found[:most]).encode())
        return media

    def vocabulary(self, output: Any, given: dict[str, Any]) -> str:
        """The terms that the query page completes."""
        output.write(json.dumps(vocabulary(self.store.base), ensure_ascii=False).encode())
        return "application/json"

    @cached_property
    def index(self) -> Index:
        """The names, read when somebody first looks for one."""
        return Index(self.store)

    @cached_property
    def _terms(self) -> dict[str, TermOf]:
        return terms(self.store.base)

    def _pages(self, given: dict[str, Any]) -> Pages:
        return Pages(given["language"], self.store.base, self._terms)

    def queries(self, output: Any, given: dict[str, Any]) -> str:
        """The named queries with what their headers say."""
        output.write(json.dumps([asdict(query) for query in self._named.values()], ensure_ascii=False).encode())
        return "application/json"


def read_text(name: str) -> str:
    """A file of kg/data/serve."""
    return resources.files("kg").joinpath("data", "serve", name).read_text(encoding="utf-8")


def _convert(turtle: str, output: Any, accept: str, more: Sequence[pyoxigraph.Triple] = ()) -> str:
    """Write the triples of a text in the format that is accepted; its media type."""
    media = choose(accept, TRIPLES)
    if media is None:
        raise RefusedError(406, f"it can be had as {', '.join(TRIPLES)}")
    parser = pyoxigraph.parse(turtle, pyoxigraph.RdfFormat.TURTLE)
    quads = [*parser, *(pyoxigraph.Quad(*triple) for triple in more)]
    form = cast(pyoxigraph.RdfFormat, _FORMATS[media])
    pyoxigraph.serialize(quads, output, form, prefixes=parser.prefixes if media in _WITH_PREFIXES else {})
    return media


def problem(error: Exception) -> dict[str, Any]:
    """The status and the words for what went wrong."""
    said: dict[str, Any] = {"detail": str(error)[:_MOST_WORDS]}
    if isinstance(error, RefusedError):
        return {**said, "status": error.status}
    if isinstance(error, QueryError):
        return {**said, "status": 400, **asdict(error.place)} if error.place else {**said, "status": 400}
    if isinstance(error, NotFoundError):
        return {**said, "status": 404}
    if isinstance(error, TooLargeError):
        return {"status": 413, "detail": "the answer is larger than this server gives; add LIMIT, or ask for less"}
    if isinstance(error, KGError):
        return {**said, "status": 500}
    raise error


def answer(tasks: Tasks, job: Job) -> dict[str, Any]:
    """Do the job; what is to be told of its answer."""
    task: Callable[[Any, dict[str, Any]], str] = getattr(tasks, job.task)
    try:
        with Path(job.file).open("wb") as file:
            return {"status": 200, "media": task(Limited(file, job.most_bytes), job.given)}
    except (KGError, TooLargeError) as error:
        return problem(error)


def limit_memory(megabytes: int) -> None:
    """Have the system end this process, and not the machine's peace, when it takes too much."""
    with contextlib.suppress(ImportError, ValueError, OSError):  # not on every system
        import resource

        resource.setrlimit(resource.RLIMIT_DATA, (megabytes << 20, megabytes << 20))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def limit_time(seconds: float) -> None:
    """Have the system end this process when it computes for much longer: if the server is killed, nobody else does."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        most = int(time.process_time() + seconds) + _SPARE
        resource.setrlimit(resource.RLIMIT_CPU, (most, resource.getrlimit(resource.RLIMIT_CPU)[1]))


def jobs(lines: IO[bytes]) -> Iterator[Job]:
    """The jobs until the pipe is closed."""
    for line in lines:
        yield Job(**json.loads(line))


def main(store: str, megabytes: str, seconds: str) -> int:
    """Say that the store is open, or why not; then answer until nobody asks any more."""
    try:
        tasks = Tasks(open_store(Path(store)))
    except KGError as error:
        print(json.dumps({"ready": False, "detail": str(error)}), flush=True)
        return error.exit_code
    limit_memory(int(megabytes))
    print(json.dumps({"ready": True}), flush=True)
    for job in jobs(sys.stdin.buffer):
        limit_time(float(seconds))
        print(json.dumps(answer(tasks, job)), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
