"""A graph that was built → the formats of other tools: N-Triples, Turtle, JSON-LD, GraphML; always the same bytes."""

import io
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph

from kg.errors import NotFoundError, QueryError, StoreError
from kg.model import RELATIONS
from kg.query import as_text
from kg.store import Store, load, open_graph

if TYPE_CHECKING:
    import networkx

FORMATS = ("ttl", "nt", "jsonld", "graphml")

_RDF = {"ttl": pyoxigraph.RdfFormat.TURTLE, "jsonld": pyoxigraph.RdfFormat.JSON_LD}
_TEXTS = {"nt": "graph.nt", "ttl": "graph.ttl"}
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def export(source: Path, form: str) -> bytes:
    """The graph of an output folder, a store or a .nt or .ttl file in that format; NotFoundError if none is there."""
    if form not in FORMATS:
        raise QueryError(f"no graph can be written as {form!r}; there are {', '.join(FORMATS)}")
    # What the build wrote is better than what a store gives back: Oxigraph changes the type of whole numbers.
    written = source / _TEXTS.get(form, "")
    if form in _TEXTS and written.is_file():
        return written.read_bytes()
    if form == "graphml":
        return graphml(open_graph(source))
    lines = _lines(source)
    return b"".join(lines) if form == "nt" else _serialize(lines, form)


def _lines(source: Path) -> list[bytes]:
    """The graph as lines of N-Triples, sorted, from its graph.nt where there is one."""
    file = source / "graph.nt" if source.is_dir() else source
    if file.suffix.lower() == ".nt" and file.is_file():
        return sorted(set(file.read_bytes().splitlines(keepends=True)))
    return open_graph(source).lines()


def _serialize(lines: Iterable[bytes], form: str) -> bytes:
    text = b"".join(lines)
    prefixes = load([text.decode()]).prefixes if form == "ttl" else {}
    try:
        triples = (quad.triple for quad in pyoxigraph.parse(text, pyoxigraph.RdfFormat.N_TRIPLES))
        out = io.BytesIO()
        pyoxigraph.serialize(triples, out, _RDF[form], prefixes=dict(prefixes))
    except (SyntaxError, ValueError) as error:
        raise StoreError(f"the graph cannot be written as {form}: {error}") from error
    return out.getvalue()


def graphml(store: Store) -> bytes:
    """Entities with `label` and `type`, the facts between them with `predicate` and `modality`, for Gephi or yEd."""
    import networkx  # half a second: only who asks for GraphML pays

    graph = _network(store)
    lines = networkx.generate_graphml(graph)
    return ('<?xml version="1.0" encoding="UTF-8"?>\n' + "\n".join(lines) + "\n").encode()


def _network(store: Store) -> "networkx.MultiDiGraph[str]":
    import networkx

    graph: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
    for ident, kind, label in _nodes(store):
        graph.add_node(ident, label=_NO_XML.sub("\ufffd", label), type=kind)
    for subject, predicate, thing, modality in _edges(store):
        if subject in graph and thing in graph:  # a date is no node
            graph.add_edge(subject, thing, predicate, predicate=predicate, modality=modality)
    if not graph:
        raise NotFoundError("the graph has no entities; GraphML would be empty")
    return graph


def _nodes(store: Store) -> Iterator[tuple[str, str, str]]:
    answer = store.query(
        "SELECT ?e ?type ?label { VALUES ?type { kg:Person kg:Office kg:Organization kg:Place kg:Province"
        " kg:Initiative kg:Event kg:Document } ?e a ?type ; rdfs:label ?label }"
    )
    kinds: dict[str, tuple[str, str]] = {}
    for ident, kind, label in sorted(as_text(answer)):
        kinds[_local(ident)] = (_local(kind), label)  # sorted: of Place and Province the latter stays
    for ident, (kind, label) in kinds.items():
        yield ident, kind, label


def _edges(store: Store) -> list[tuple[str, str, str, str]]:
    relations = " ".join(f"kg:{name}" for name in (*RELATIONS, "within"))
    answer = store.query(
        f"SELECT ?s ?p ?o ?modality {{ VALUES ?p {{ {relations} }} ?s ?p ?o ."
        " OPTIONAL { ?fact rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ; kg:modality ?modality } }"
    )
    return sorted(
        (_local(subject), _local(predicate), _local(thing), modality or "background")
        for subject, predicate, thing, modality in as_text(answer)
    )


def _local(name: str) -> str:
    return name.rpartition(":")[2]
