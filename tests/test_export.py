"""Exports hold the same graph in every format, all of it or a part that keeps the contract, with the same bytes."""

import csv
import io
import json
import re
import shutil
import subprocess
from dataclasses import replace
from functools import cache
from itertools import pairwise
from pathlib import Path

import networkx
import pyoxigraph
import pytest
import rdflib
from facts import lake, say, write
from hypothesis import given
from hypothesis import strategies as st
from rdflib.compare import isomorphic
from whole import whole

from kg.assemble import assemble
from kg.cli import main
from kg.errors import NotFoundError, QueryError
from kg.export import FOLDERS, FORMATS, Choice, export, export_folder
from kg.export.tables import ARRAY
from kg.identify import identify
from kg.model import Assembly
from kg.rdf import ntriples, turtle
from kg.shapes import find_breaches
from kg.store import create, load
from kg.vocabulary import BASE
from kg.wellformed import WellFormed

FACTS = lake()
HOSTILE = replace(FACTS.entities[0], name='湖\0州\x1b"\r\n</x>\\\r', aliases=('"^^<https://w3id.org/kg-news/ontology#x>',))
ASSEMBLY = assemble(identify([replace(FACTS, entities=(HOSTILE, *FACTS.entities[1:]))]), {})
QUADS = {"nq": pyoxigraph.RdfFormat.N_QUADS, "trig": pyoxigraph.RdfFormat.TRIG}
RDFLIB = {"ttl": "turtle", "nt": "nt", "jsonld": "json-ld", "rdf": "xml"}
OXIGRAPH = {
    "ttl": pyoxigraph.RdfFormat.TURTLE, "nt": pyoxigraph.RdfFormat.N_TRIPLES, "ttl12": pyoxigraph.RdfFormat.TURTLE,
    "rdf": pyoxigraph.RdfFormat.RDF_XML, "jsonld": pyoxigraph.RdfFormat.JSON_LD, **QUADS,
}  # fmt: skip
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
PART = Choice(base="https://example.org/news/")


def put(assembly: Assembly, folder: Path) -> Path:
    (folder / "graph.nt").write_bytes(ntriples(assembly))
    (folder / "graph.ttl").write_bytes(turtle(assembly))
    return folder


@pytest.fixture
def out(tmp_path: Path) -> Path:
    put(ASSEMBLY, tmp_path)
    create(tmp_path / "store", tmp_path / "graph.nt")
    return tmp_path


@pytest.fixture
def all_of_it(tmp_path: Path) -> Path:
    return put(whole(), tmp_path)


@cache
def written(assembly: Assembly) -> rdflib.Graph:
    return rdflib.Graph().parse(data=ntriples(assembly), format="nt")


def without_what_xml_lacks(lines: bytes) -> bytes:
    return lines.replace(b"\\u0000", "\ufffd".encode()).replace(b"\\u001B", "\ufffd".encode())


# EVERY FORMAT HAS ALL OF IT


@pytest.mark.parametrize("form", RDFLIB)
def test_rdflib_reads_the_same_graph(out: Path, form: str) -> None:
    read = rdflib.Graph().parse(data=export(out, form), format=RDFLIB[form])
    lines = ntriples(ASSEMBLY)
    wanted = rdflib.Graph().parse(data=without_what_xml_lacks(lines) if form == "rdf" else lines, format="nt")
    assert isomorphic(read, wanted)


@pytest.mark.parametrize("form", [form for form in OXIGRAPH if form != "ttl12"])
def test_oxigraph_reads_the_same_triples(all_of_it: Path, form: str) -> None:
    read = {quad.triple for quad in pyoxigraph.parse(export(all_of_it, form), OXIGRAPH[form])}
    wanted = {quad.triple for quad in pyoxigraph.parse(ntriples(whole()), pyoxigraph.RdfFormat.N_TRIPLES)}
    assert read == wanted


@pytest.mark.skipif(not shutil.which("rapper"), reason="rapper is not installed")
@pytest.mark.parametrize(
    ("form", "name"),
    [("ttl", "turtle"), ("nt", "ntriples"), ("rdf", "rdfxml"), ("nq", "nquads"), ("trig", "trig")],
)
def test_rapper_reads_the_same_graph(all_of_it: Path, form: str, name: str, tmp_path: Path) -> None:
    file = tmp_path / "exported"
    file.write_bytes(export(all_of_it, form, PART))
    run = subprocess.run(["rapper", "-q", "-i", name, "-o", "ntriples", str(file)], capture_output=True, check=True)
    wanted = rdflib.Graph().parse(data=ntriples(whole(), "https://example.org/news/"), format="nt")
    assert isomorphic(rdflib.Graph().parse(data=run.stdout, format="nt"), wanted)


@given(st.text(min_size=1), st.lists(st.integers(0, 40)))
def test_xml_is_well_formed_however_it_is_cut(text: str, cuts: list[int]) -> None:
    quad = pyoxigraph.Quad(pyoxigraph.NamedNode("x:s"), pyoxigraph.NamedNode("x:p#n"), pyoxigraph.Literal(text))
    written = pyoxigraph.serialize([quad], format=pyoxigraph.RdfFormat.RDF_XML) or b""
    out = io.BytesIO()
    file = WellFormed(out)
    ends = sorted({*(cut + written.index(b"<n") for cut in cuts), 0, len(written)})
    for start, end in pairwise(ends):
        file.write(written[start:end])
    read = rdflib.Graph().parse(data=out.getvalue(), format="xml")
    assert {str(thing) for thing in read.objects()} == {_NO_XML.sub("\ufffd", text)}


@pytest.mark.parametrize("form", FORMATS)
def test_every_source_gives_the_same_bytes(out: Path, form: str) -> None:
    contents = {export(out / part, form, PART) for part in ("", "graph.nt", "graph.ttl", "store")}
    assert len(contents) == 1


def test_what_the_build_wrote_is_given_as_it_is(out: Path) -> None:
    assert export(out, "nt") == ntriples(ASSEMBLY)
    assert export(out, "ttl") == turtle(ASSEMBLY)


def test_a_graph_that_is_written_otherwise_is_read_too(tmp_path: Path) -> None:
    lines = ntriples(ASSEMBLY).decode().splitlines()
    (tmp_path / "g.nt").write_text("# ours\n" + "\n".join(f"  {line.replace(' ', '  ', 1)}" for line in lines), "utf-8")
    assert isomorphic(rdflib.Graph().parse(data=export(tmp_path / "g.nt", "nt"), format="nt"), written(ASSEMBLY))


# WHAT IS SPECIAL


def test_a_graph_of_an_article_holds_what_it_says(tmp_path: Path) -> None:
    one, other = write("a", "李强会见龚正。"), write("b", "李强会见龚正。车俊主持大会。")
    met = "Person:李强 met Person:龚正"
    facts = [say(one, met), say(other, met, "Person:车俊 chaired Event:大会")]
    put(assemble(identify(facts), {}), tmp_path)
    dataset = pyoxigraph.Dataset(pyoxigraph.parse(export(tmp_path, "nq"), pyoxigraph.RdfFormat.N_QUADS))
    kg = BASE + "ontology#"
    said = {
        (quad.predicate.value.removeprefix(kg), quad.graph_name.value.rpartition("-")[2])
        for quad in dataset
        if quad.predicate.value.removeprefix(kg) in ("met", "chaired", "attended")
        and isinstance(quad.graph_name, pyoxigraph.NamedNode)
    }
    # That who chaired attended follows from what one article says, so it is said there too.
    assert said == {("met", one.id), ("met", other.id), ("chaired", other.id), ("attended", other.id)}


def test_facts_are_reifiers_in_rdf_1_2(all_of_it: Path) -> None:
    """Each fact with its triple comes back as the rdf:Statement that it was."""
    rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
    node = {name: pyoxigraph.NamedNode(rdf + name) for name in ("type", "Statement", "subject", "predicate", "object")}
    back = set()
    for quad in pyoxigraph.parse(export(all_of_it, "ttl12"), pyoxigraph.RdfFormat.TURTLE):
        if isinstance(quad.object, pyoxigraph.Triple):
            said = quad.object
            back.add(pyoxigraph.Triple(quad.subject, node["type"], node["Statement"]))
            for name, value in (("subject", said.subject), ("predicate", said.predicate), ("object", said.object)):
                back.add(pyoxigraph.Triple(quad.subject, node[name], value))
        else:
            back.add(quad.triple)
    wanted = {quad.triple for quad in pyoxigraph.parse(ntriples(whole()), pyoxigraph.RdfFormat.N_TRIPLES)}
    assert back == wanted


def test_json_ld_is_plain_json_with_short_names(all_of_it: Path) -> None:
    book = json.loads(export(all_of_it, "jsonld"))
    nodes = {node["@id"]: node for node in book["@graph"]}
    person = next(node for node in nodes.values() if node.get("label") == "车俊")
    assert person["type"] == "Person"
    assert nodes[person["chaired"]]["type"] == ["Event", "Meeting"]
    assert book["@context"]["chaired"] == {"@id": "kg:chaired", "@type": "@id"}


def test_networks_have_the_entities_and_the_facts_between_them(out: Path) -> None:
    graph = networkx.read_graphml(io.BytesIO(export(out, "graphml")))
    assert set(graph) == {one.id for one in ASSEMBLY.entities}
    assert {one["predicate"] for _, _, one in graph.edges(data=True)} >= {"attended", "heldAt"}
    assert graph.nodes["place-330500"]["label"].startswith("湖\ufffd州\ufffd")
    other = networkx.read_gexf(io.BytesIO(export(out, "gexf")))
    assert set(other) == set(graph) and other.number_of_edges() == graph.number_of_edges()
    assert b"lastmodified" not in export(out, "gexf")


def read_csv(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode(), newline="")))


def test_tables_are_joined_by_ids(out: Path) -> None:
    found = {name: read_csv(content) for name, content in export_folder(out, "csv").items()}
    things = {row["id"]: row["name"] for row in found["entities.csv"]}
    assert things == {one.id: one.name for one in ASSEMBLY.entities}
    assert {(row["subject"], row["predicate"], row["object"]) for row in found["facts.csv"]} == {
        one.triple for one in ASSEMBLY.statements
    }
    facts, articles = ({row["id"] for row in found[name]} for name in ("facts.csv", "articles.csv"))
    assert {row["fact"] for row in found["evidence.csv"]} == facts
    assert {row["article"] for row in found["evidence.csv"] if row["article"]} <= articles
    assert {row["holder"] for row in found["tenures.csv"]} <= set(things)


def test_neo4j_gets_headers_and_ends_that_are_there(out: Path) -> None:
    found = {name: read_csv(content) for name, content in export_folder(out, "neo4j").items()}
    ids = {row["id:ID"] for row in found["nodes.csv"]}
    assert len(ids) == len(found["nodes.csv"])
    for row in found["relationships.csv"]:
        assert {row[":START_ID"], row[":END_ID"]} <= ids
    provinces = [row for row in found["nodes.csv"] if row["name"] == "上海市"]
    assert [row[":LABEL"].split(ARRAY) for row in provinces] == [["Place", "Province"]]


def test_the_description_counts_what_is_there(all_of_it: Path) -> None:
    content = export(all_of_it, "void", licence="https://creativecommons.org/licenses/by/4.0/")
    described = rdflib.Graph().parse(data=content, format="turtle")
    void = rdflib.Namespace("http://rdfs.org/ns/void#")
    (dataset,) = described.subjects(void.uriSpace, None)
    graph = written(whole())
    for what, counted in {
        "triples": set(graph), "distinctSubjects": set(graph.subjects()), "distinctObjects": set(graph.objects()),
        "classes": set(graph.objects(None, rdflib.RDF.type)), "properties": set(graph.predicates()),
    }.items():  # fmt: skip
        assert int(str(described.value(dataset, void[what]))) == len(counted), what
    for part, term in described.subject_objects(void["class"]):
        assert int(str(described.value(part, void.entities))) == len(set(graph.subjects(rdflib.RDF.type, term)))
    for part, term in described.subject_objects(void.property):
        assert int(str(described.value(part, void.triples))) == len(list(graph.subject_objects(term)))
    assert str(described.value(dataset, rdflib.DCTERMS.license)).endswith("/by/4.0/")
    assert b"license" not in export(all_of_it, "void")
    with pytest.raises(QueryError, match="IRI"):
        export(all_of_it, "void", licence="mine> . <a")


@pytest.mark.parametrize("dates", [("2020", "2019-03"), ("2019-03-01", "2020"), ("去年", "2019-03-01"), ("去年",)])
def test_the_description_has_the_days_that_the_articles_have(tmp_path: Path, dates: tuple[str, ...]) -> None:
    told = [write(f"d{day}", f"甲会见乙。{day}", published=day) for day in dates]
    put(assemble(identify([say(one, "Person:甲 met Person:乙") for one in told]), {}), tmp_path)
    described = rdflib.Graph().parse(data=export(tmp_path, "void"), format="turtle")
    dcat = rdflib.Namespace("http://www.w3.org/ns/dcat#")
    ends = [thing for end in (dcat.startDate, dcat.endDate) for thing in described.objects(None, end)]
    known = sorted(day for day in dates if day[0] == "2")
    assert [str(end) for end in ends] == [known[0], known[-1]] if known else not ends
    assert not [end for end in ends if isinstance(end, rdflib.Literal) and end.ill_typed]


# A PART OF IT


def two(folder: Path) -> Path:
    early = write("early", "王平任清水市市长。王平主持水利会议。", published="2019-03-01", source="甲报")
    late = write("late", "李安任清水市市长。李安将出席茶业大会。", published="2021-03-01", source="乙报")
    facts = [
        say(early, "Person:王平 holdsOffice Office:清水市市长", "Person:王平 chaired Event:水利会议"),
        say(late, "Person:李安 holdsOffice Office:清水市市长", "Person:李安 attended Event:茶业大会 !planned"),
    ]
    return put(assemble(identify(facts), {}), folder)


CHOICES = [
    (Choice(since="2020-01-01"), {"李安", "清水市市长", "茶业大会"}),
    (Choice(until="2020-01-01"), {"王平", "清水市市长", "水利会议"}),
    (Choice(articles=frozenset({"early"})), {"王平", "清水市市长", "水利会议"}),
    (Choice(types=frozenset({"Person", "Office"})), {"王平", "李安", "清水市市长"}),
    (Choice(types=frozenset({"Person", "Event"}), since="2020-01-01"), {"李安", "茶业大会"}),
]


@pytest.mark.parametrize(("choice", "names"), CHOICES)
def test_a_part_is_a_graph_that_keeps_the_contract(choice: Choice, names: set[str], tmp_path: Path) -> None:
    part = export(two(tmp_path), "nt", choice).decode()
    assert find_breaches(load(part.splitlines(keepends=True))) == ()
    things = {row["name"] for row in read_csv(export_folder(tmp_path, "csv", choice)["entities.csv"])}
    assert things == names


def test_the_whole_is_its_own_part(all_of_it: Path) -> None:
    everything = Choice(since="1000-01-01")
    lines = export(all_of_it, "nt", everything)
    assert find_breaches(load(lines.decode().splitlines(keepends=True))) == ()
    assert set(lines.splitlines()) <= set(ntriples(whole()).splitlines())


def test_provenance_by_document_leads_to_articles(tmp_path: Path) -> None:
    lines = export(two(tmp_path), "nt", Choice(provenance="document")).decode()
    assert "Sentence" not in lines and "oa#start" not in lines and "ontology#evidence" not in lines
    graph = rdflib.Graph().parse(data=lines, format="nt")
    for fact in graph.subjects(rdflib.RDF.type, rdflib.RDF.Statement):
        assert graph.value(fact, rdflib.PROV.wasDerivedFrom)
    assert {*graph.objects(None, rdflib.PROV.wasDerivedFrom)} <= {*graph.subjects()}


def test_bare_facts_leave_out_what_is_only_announced(tmp_path: Path) -> None:
    lines = export(two(tmp_path), "nt", Choice(provenance="none")).decode()
    assert "rdf-syntax-ns#Statement" not in lines and "article-" not in lines
    assert lines.count("ontology#holdsOffice>") == 2
    assert "ontology#chaired>" in lines and "李安" in lines
    assert lines.count("ontology#attended>") == 1  # who chaired; the other one is to come


def test_the_base_moves_terms_and_never_texts(out: Path) -> None:
    lines = export(out, "nt", PART)
    assert lines == ntriples(ASSEMBLY, "https://example.org/news/")


@pytest.mark.parametrize("choice", [Choice(articles=frozenset({"no such"})), Choice(since="2099-01-01")])
def test_nothing_left_is_told(tmp_path: Path, choice: Choice) -> None:
    with pytest.raises(NotFoundError, match="nothing is left"):
        export(two(tmp_path), "nt", choice)


# MISTAKES AND THE COMMAND


def test_mistakes_are_told(tmp_path: Path) -> None:
    with pytest.raises(QueryError, match="ttl, nt"):
        export(tmp_path, "docx")
    with pytest.raises(QueryError, match="csv, neo4j"):
        export_folder(tmp_path, "docx")
    with pytest.raises(NotFoundError):
        export(tmp_path, "ttl")
    (tmp_path / "graph.nt").write_text("")
    with pytest.raises(NotFoundError, match="empty"):
        export(tmp_path, "graphml")
    with pytest.raises(QueryError, match="Person"):
        Choice(types=frozenset({"Dog"}))


@pytest.mark.parametrize(
    "arguments",
    [["--since", "June"], ["--type", "Dog"], ["--base", "no base"], ["-o", "x.docx"], ["--format", "csv"],
     ["--licence", "mine"]],
)  # fmt: skip
def test_the_command_refuses_what_makes_no_sense(out: Path, arguments: list[str]) -> None:
    assert main(["export", "-g", str(out), *arguments]) == 2


def test_the_command_writes_files_and_folders(out: Path, tmp_path: Path) -> None:
    for form in FORMATS:
        assert main(["export", "-q", "-g", str(out), "--format", form, "-o", str(tmp_path / "made" / form)]) == 0
        assert (tmp_path / "made" / form).read_bytes() == export(out, form)
    for form in FOLDERS:
        assert main(["export", "-q", "-g", str(out), "--format", form, "-o", str(tmp_path / form)]) == 0
        assert {path.name: path.read_bytes() for path in (tmp_path / form).iterdir()} == export_folder(out, form)
