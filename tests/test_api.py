"""`import kg` in Python's hands: the graph in each of its forms, and the same graph again from what a build wrote."""

from pathlib import Path

import networkx
import pytest
import rdflib

import kg
from kg.errors import NotFoundError, ReadError
from kg.pipeline import build as build_files

SEEDS = Path(__file__).parents[1] / "seeds"


@pytest.fixture(scope="module")
def graph() -> kg.Graph:
    return kg.build(SEEDS)


def test_what_the_package_offers() -> None:
    assert callable(kg.build)  # no submodule takes its name
    with pytest.raises(AttributeError, match="nonsense"):
        _ = kg.nonsense


def test_its_parts(graph: kg.Graph) -> None:
    assert len(graph.documents) == 1
    assert {"李强", "上海市"} <= {entity.name for entity in graph.entities}
    assert "holdsOffice" in {statement.predicate for statement in graph.statements}
    assert repr(graph).startswith("<kg.Graph of 1 article: ")


def test_its_forms(graph: kg.Graph, tmp_path: Path) -> None:
    triples = graph.to_rdflib()
    assert len(triples) == len(graph.to_ntriples().splitlines())
    assert len(rdflib.Graph().parse(data=graph.to_turtle())) == len(triples)
    network = graph.to_networkx()
    assert isinstance(network, networkx.MultiDiGraph)
    assert network.number_of_nodes() == len(graph.entities)
    page = graph.to_html(tmp_path / "graph.html")
    assert page == (tmp_path / "graph.html").read_text(encoding="utf-8") == graph.to_html()


def test_questions(graph: kg.Graph) -> None:
    offices = {row["office"] for row in graph.query("offices", person="李强")}
    assert offices == {"上海市委书记"}
    assert graph.query("offices", {"person": "李强"}) == graph.query("offices", person="李强")
    rows = graph.query('SELECT ?o { ?p rdfs:label "李强"@zh ; kg:holdsOffice/rdfs:label ?o }')
    assert rows == [{"o": "上海市委书记"}]
    assert "上海市委书记" in graph.show("李强")
    assert "【上海市委书记李强】" in graph.why("李强", "holdsOffice", "上海市委书记")
    with pytest.raises(NotFoundError):
        graph.show("没有这个人")


def test_the_same_from_what_a_build_wrote(graph: kg.Graph, tmp_path: Path) -> None:
    base = "https://example.org/news/"
    build_files([SEEDS], tmp_path, base=base, html=False, store=False)
    again = kg.open_graph(tmp_path)
    assert again.base == base
    assert [(e.id, e.type, e.name, e.aliases) for e in again.entities] == [
        (e.id, e.type, e.name, e.aliases) for e in graph.entities
    ]
    assert again.statements == graph.statements
    assert again.query("offices", person="李强") == graph.query("offices", person="李强")
    assert again.why("李强", "holdsOffice") == graph.why("李强", "holdsOffice")
    with pytest.raises(ReadError):
        kg.open_graph(tmp_path / "none")


def test_several_paths_and_options(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("上海市委书记李强在上海市调研。", encoding="utf-8")
    graph = kg.build([SEEDS, str(tmp_path / "a.txt")], published="2020-06-07", source="某报")
    assert {document.published for document in graph.documents} == {"2020-06-07"}
    assert {document.source for document in graph.documents} == {"某报"}
