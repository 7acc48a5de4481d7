"""A graph that was built → the formats of other tools, all of it or a part; always the same bytes."""

from collections.abc import Callable, Iterator
from pathlib import Path

from kg.errors import QueryError
from kg.export import dataset, syntaxes, tables
from kg.export.blocks import Written, read_blocks
from kg.export.select import PROVENANCE, Choice, select

__all__ = ["FOLDERS", "FORMATS", "PROVENANCE", "Choice", "export", "export_folder", "pieces"]

_WRITERS: dict[str, Callable[[Written], Iterator[bytes]]] = {
    "ttl": syntaxes.turtle,
    "nt": syntaxes.ntriples,
    "nq": syntaxes.nquads,
    "trig": syntaxes.trig,
    "jsonld": syntaxes.jsonld,
    "rdf": syntaxes.rdfxml,
    "ttl12": syntaxes.turtle12,
    "graphml": tables.graphml,
    "gexf": tables.gexf,
    "void": dataset.describe,
}
_FOLDERS: dict[str, Callable[[Written], dict[str, bytes]]] = {"csv": tables.tables, "neo4j": tables.neo4j}
FORMATS, FOLDERS = tuple(_WRITERS), tuple(_FOLDERS)
_TEXTS = {"nt": "graph.nt", "ttl": "graph.ttl"}
_CHUNK = 1 << 20


def export(source: Path, form: str, choice: Choice | None = None, licence: str = "") -> bytes:
    """The graph of an output folder, a store or a .nt or .ttl file in that format; NotFoundError if none is there."""
    return b"".join(pieces(source, form, choice, licence))


def pieces(source: Path, form: str, choice: Choice | None = None, licence: str = "") -> Iterator[bytes]:
    """The same piece by piece, as it is made."""
    if form not in FORMATS:
        raise QueryError(f"no graph can be written as {form!r}; there are {', '.join((*FORMATS, *FOLDERS))}")
    choice = choice or Choice()
    # What the build wrote is the whole graph already, in an order to read.
    written = source / _TEXTS.get(form, "")
    if form in _TEXTS and written.is_file() and choice == Choice():
        with written.open("rb") as file:
            while piece := file.read(_CHUNK):
                yield piece
        return
    graph = select(read_blocks(source), choice)
    yield from dataset.describe(graph, licence) if form == "void" else _WRITERS[form](graph)


def export_folder(source: Path, form: str, choice: Choice | None = None) -> dict[str, bytes]:
    """The tables of that format by the name of their file."""
    if form not in FOLDERS:
        raise QueryError(f"no tables are called {form!r}; there are {', '.join(FOLDERS)}")
    return _FOLDERS[form](select(read_blocks(source), choice or Choice()))
