"""Where each kind of store takes graphs, updates and queries, how much at once, and what it replaces in one step.

The table is kg/data/stores.tsv, a row a kind of store; its paths go after the address that the store's own documents
call the endpoint, the dataset or the repository. `-` in a path says that there is none; `put` is up to how many bytes
one PUT replaces a graph as a whole; `copy` says whether COPY does.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from importlib import resources
from typing import Literal, cast
from urllib.parse import SplitResult, urlsplit

from kg.errors import KGError

Scheme = Literal["none", "basic", "digest", "bearer"]
SCHEMES: tuple[Scheme, ...] = ("none", "basic", "digest", "bearer")

_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|^`\\\ud800-\udfff]+")
_REPOSITORY = re.compile(r"/repositories/[^/]+")


@dataclass(frozen=True, slots=True)
class StoreKind:
    """A row of the table: paths after the store's address (None: there is none), and what the store can do."""

    name: str
    title: str
    graphs: str
    update: str | None
    query: str | None
    auth: Scheme
    chunk: int  # bytes of one POST
    put: int | None  # up to so many bytes one PUT replaces the graph as a whole; None: any number
    copy: bool  # COPY replaces a graph as a whole
    default: bool  # there is a default graph to write to


@dataclass(frozen=True, slots=True)
class Target:
    """A graph of a running store; `graph` is empty for its default graph."""

    kind: StoreKind
    graphs: str
    update: str | None
    query: str | None
    graph: str

    @property
    def parameters(self) -> Mapping[str, str]:
        """What tells the Graph Store Protocol which graph is meant."""
        return named(self.graph)

    @property
    def what(self) -> str:
        """The graph in words."""
        return f"graph <{self.graph}>" if self.graph else "the default graph"


def named(graph: str) -> Mapping[str, str]:
    """The parameters of the Graph Store Protocol for the graph; of none, for the default graph."""
    return {"graph": graph} if graph else {"default": ""}


def kinds() -> Mapping[str, StoreKind]:
    """The rows of the table, by name."""
    table = resources.files("kg").joinpath("data", "stores.tsv").read_text(encoding="utf-8")
    header, *rows = (line.split("\t") for line in table.splitlines())
    return {row[0]: _kind(dict(zip(header, row, strict=True))) for row in rows}


def _kind(row: Mapping[str, str]) -> StoreKind:
    return StoreKind(
        name=row["name"],
        title=row["title"],
        graphs=row["graphs"],
        update=None if row["update"] == "-" else row["update"],
        query=None if row["query"] == "-" else row["query"],
        auth=cast(Scheme, row["auth"]),
        chunk=int(row["chunk"]),
        put=None if row["put"] == "any" else int(row["put"]),
        copy=row["copy"] == "yes",
        default=row["default"] == "yes",
    )


def aim(url: str, *, store: str = "", graph: str = "") -> Target:
    """The graph at that address of that kind of store; KGError for what is no address, no IRI or no known store.

    The address is the store's own or already that of its graphs; by its end, most kinds are known without being told.

    >>> aim("http://localhost:3030/news/data").kind.name
    'fuseki'
    >>> aim("http://localhost:3030/news", store="fuseki").graphs
    'http://localhost:3030/news/data'
    """
    parts = _address(url)
    table = kinds()
    if store and store not in table:
        close = get_close_matches(store, table, n=1)
        raise KGError(f"no store is called {store!r}; " + (f"did you mean {close[0]}?" if close else _known(table)))
    kind = table[store] if store else _told_by(parts.path, table)
    if kind is None:
        raise KGError(f"{url}: which store is that? give --store; {_known(table)}")
    path = parts.path.rstrip("/")
    path = path.removesuffix(kind.graphs.rstrip("/")) if kind.graphs else path
    address = f"{parts.scheme}://{parts.netloc}{path}"
    if graph and not _IRI.fullmatch(graph):
        raise KGError(f"--graph: {graph!r} is no IRI; write one like https://example.org/news")
    if not graph and not kind.default:
        raise KGError(f"{kind.title} has no default graph to write to; name one with --graph IRI")
    return Target(
        kind=kind,
        graphs=address + (kind.graphs or ("" if path else "/")),
        update=None if kind.update is None else address + kind.update,
        query=None if kind.query is None else address + kind.query,
        graph=graph,
    )


def _address(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        host = parts.hostname
        _ = parts.port  # a ValueError if it is none
    except ValueError as error:
        raise KGError(f"{url!r} is no address of a store ({error})") from error
    if parts.scheme not in ("http", "https") or not host or not _IRI.fullmatch(url):
        raise KGError(f"{url!r} is no address of a store; write one like http://localhost:7878")
    if "@" in parts.netloc:
        # Whoever lists the processes would read it, and so would the history of the shell.
        raise KGError("the address must not hold a user or password; `kg push --help` says where they are looked for")
    if parts.query or parts.fragment:
        raise KGError(f"{url!r}: leave out what follows the path; --graph names the graph")
    return parts


def _told_by(path: str, table: Mapping[str, StoreKind]) -> StoreKind | None:
    """The kind of store whose paths end so; GraphDB has those of RDF4J, whose ways it shares."""
    path = path.rstrip("/")
    if _REPOSITORY.search(path):
        return table["rdf4j"]
    ends = {kind.graphs.rstrip("/"): kind for kind in table.values() if kind.graphs}
    return next((kind for end, kind in ends.items() if path.endswith(end)), None)


def _known(table: Mapping[str, StoreKind]) -> str:
    names = ", ".join(name for name in table if name != "other")
    return f"there are {names}, and `other`, for an address that takes the Graph Store Protocol itself"
