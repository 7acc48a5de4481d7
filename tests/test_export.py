"""Exports hold the same graph in every format, with the same bytes every time."""

import io
from dataclasses import replace
from pathlib import Path

import networkx
import pytest
import rdflib
from facts import lake

from kg.assemble import assemble
from kg.errors import NotFoundError, QueryError
from kg.export import FORMATS, export
from kg.identify import identify
from kg.rdf import ntriples, turtle
from kg.store import create

FACTS = lake()
HOSTILE = replace(FACTS.entities[0], name="湖\0州\x1b")
ASSEMBLY = assemble(identify([replace(FACTS, entities=(HOSTILE, *FACTS.entities[1:]))]), {})


@pytest.fixture
def out(tmp_path: Path) -> Path:
    (tmp_path / "graph.nt").write_bytes(ntriples(ASSEMBLY))
    (tmp_path / "graph.ttl").write_bytes(turtle(ASSEMBLY))
    create(tmp_path / "store", tmp_path / "graph.nt")
    return tmp_path


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("part", ["", "graph.nt", "store"])
def test_every_source_gives_the_same_graph(out: Path, form: str, part: str) -> None:
    content = export(out / part, form)
    assert content == export(out / part, form)
    if form == "graphml":
        graph = networkx.read_graphml(io.BytesIO(content))
        assert set(graph) == {one.id for one in ASSEMBLY.entities}
        assert {one["predicate"] for _, _, one in graph.edges(data=True)} >= {"attended", "heldAt"}
        assert graph.nodes["place-330500"] == {"label": "湖\ufffd州\ufffd", "type": "Place"}
    else:
        read = rdflib.Graph().parse(data=content, format={"jsonld": "json-ld", "ttl": "turtle", "nt": "nt"}[form])
        assert len(read) == ntriples(ASSEMBLY).count(b"\n")


def test_what_the_build_wrote_is_given_as_it_is(out: Path) -> None:
    assert export(out, "nt") == ntriples(ASSEMBLY)
    assert export(out, "ttl") == turtle(ASSEMBLY)


def test_mistakes_are_told(tmp_path: Path) -> None:
    with pytest.raises(QueryError, match="ttl, nt"):
        export(tmp_path, "docx")
    with pytest.raises(NotFoundError):
        export(tmp_path, "ttl")
    (tmp_path / "graph.nt").write_text("")
    with pytest.raises(NotFoundError, match="empty"):
        export(tmp_path, "graphml")
