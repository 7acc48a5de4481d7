"""The contract of the graph: what a build writes keeps it, each rule finds its breach, and SHACL says the same."""

import re
from functools import cache
from pathlib import Path

import pyoxigraph
import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib.namespace import OWL, RDF
from whole import whole

from kg.cli import main
from kg.model import RELATIONS
from kg.rdf import ntriples
from kg.shapes import Breach, find_breaches, find_by_shacl, read_laws, read_rules, shapes
from kg.store import load
from kg.vocabulary import BASE, namespaces

ROOT = Path(__file__).parent.parent
NAMES = namespaces()
LINES = ntriples(whole()).decode().splitlines(keepends=True)
SH = rdflib.Namespace("http://www.w3.org/ns/shacl#")
SHAPES = rdflib.Graph().parse(data=shapes(), format="turtle")
ONTOLOGY = rdflib.Graph().parse(ROOT / "ontology.ttl")


def iri(name: str) -> str:
    prefix, _, local = name.partition(":")
    return f"<{NAMES[prefix]}{local}>"


def breaches(lines: list[str]) -> set[Breach]:
    return set(find_breaches(load(lines)))


def broken(lines: list[str]) -> set[tuple[str, str]]:
    return {(one.rule, one.kind) for one in breaches(lines)}


def by_shacl(lines: list[str], folder: Path) -> set[Breach]:
    pytest.importorskip("pyshacl")
    file = folder / "graph.nt"
    file.write_text("".join(lines), encoding="utf-8")
    return set(find_by_shacl(file, BASE))


@cache
def node(kind: str) -> str:
    """A node of that class."""
    found = [line.split(" ")[0] for line in LINES if line.endswith(f"{iri('rdf:type')} {iri(kind)} .\n")]
    return min(found)


def having(kind: str, predicate: str) -> list[str]:
    """The lines by which nodes of that class have the property."""
    nodes = {line.split(" ")[0] for line in LINES if line.endswith(f"{iri('rdf:type')} {iri(kind)} .\n")}
    return [line for line in LINES if line.split(" ")[0] in nodes and line.split(" ")[1] == iri(predicate)]


# WHAT IS WHOLE


def test_what_is_written_keeps_the_contract() -> None:
    assert breaches(LINES) == set()


def test_the_base_moves_the_shapes_too() -> None:
    base = "https://example.org/news/"
    store = load(ntriples(whole(), base).decode().splitlines(keepends=True))
    assert find_breaches(store) == ()
    assert BASE not in shapes(base)


def test_every_class_that_is_written_has_a_shape_that_is_closed() -> None:
    graph = rdflib.Graph().parse(data="".join(LINES), format="nt")
    kinds = {str(kind) for kind in graph.objects(None, RDF.type)}
    shaped = {str(kind) for kind in SHAPES.objects(None, SH.targetClass)}
    # The kinds below a type are told by the shape of the type, which their nodes have too.
    below = {str(one) for one, above in ONTOLOGY.subject_objects(rdflib.RDFS.subClassOf) if str(above) in shaped}
    assert kinds - shaped - below == set()
    closed = {str(kind) for shape in SHAPES.subjects(SH.closed, None) for kind in SHAPES.objects(shape, SH.targetClass)}
    assert {str(kind) for kind in shaped if "void" not in kind and "Province" not in kind} <= closed


def test_every_property_that_is_written_has_a_shape() -> None:
    shaped = {str(path) for path in SHAPES.objects(None, SH.path)}
    used = {line.split(" ")[1].strip("<>") for line in LINES}
    assert used <= shaped


def test_the_shapes_use_what_the_ontology_declares() -> None:
    terms = {str(one) for one in SHAPES.all_nodes() if isinstance(one, rdflib.URIRef) and one.startswith(NAMES["kg"])}
    kinds = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, rdflib.RDFS.Datatype)
    declared = {str(one) for kind in kinds for one in ONTOLOGY.subjects(RDF.type, kind)}
    assert terms <= declared


def test_every_relation_leads_where_the_ontology_says() -> None:
    schema = rdflib.Namespace("https://schema.org/")
    kg = rdflib.Namespace(NAMES["kg"])
    for relation in RELATIONS:
        if relation == "heldOn":
            continue
        ends = set(ONTOLOGY.objects(kg[relation], schema.rangeIncludes))
        ends = ends or set(ONTOLOGY.objects(kg[relation], rdflib.RDFS.range))
        wanted = {f"kg:{str(end).rpartition('#')[2]}" for end in ends}
        for rule in read_rules():
            if re.fullmatch(rf"\w+-{relation}", rule.name) and rule.kind in ("Or", "Class"):
                assert wanted == set(re.findall(r"kg:[A-Z]\w+", rule.says)), rule.name


# EACH RULE, BROKEN ONCE: (what is added, what is taken away) → the rule

ADDED = [
    ("Person-label", "MaxCount", "{kg:Person} {rdfs:label} \"x\"@zh"),
    ("Person-label", "Datatype", "{kg:Person} {rdfs:label} \"x\""),
    ("Person-label", "LanguageIn", "{kg:Person} {rdfs:label} \"x\"@en"),
    ("Person", "Closed", "{kg:Person} {kg:heldAt} {kg:Place}"),
    ("Person-attended", "Class", "{kg:Person} {kg:attended} <https://w3id.org/kg-news/id/gone>"),
    ("Place-divisionCode", "Pattern", "{kg:Place} {kg:divisionCode} \"12\""),
    ("Event-heldOn", "Or", "{kg:Event} {kg:heldOn} \"2020-02-30\"^^{xsd:date}"),
    ("Event-heldOn", "Or", "{kg:Event} {kg:heldOn} {kg:Place}"),
    ("Entity-one-type", "SPARQL", "{kg:Person} {rdf:type} {kg:Place!}"),
    ("Entity-proven", "SPARQL", "{kg:Person} {kg:visited} {kg:Company}"),
    ("Entity-named", "SPARQL", "<x:new> {rdf:type} {kg:Person!}"),
    ("Tenure-begin", "MaxCount", "<https://w3id.org/kg-news/id/tenure-2> {kg:begin} \"2018\"^^{xsd:gYear}"),
    ("Tenure-holder", "Class", "{kg:Tenure} {kg:holder} {kg:Place}"),
    ("Tenure-before-itself", "SPARQL", "{kg:Tenure} {kg:successor} {kg:Tenure}"),
    ("Article-sha256", "Pattern", "{kg:Article} {kg:sha256} \"0\""),
    ("Article-copy-of-itself", "SPARQL", "{kg:Article} {kg:copyOf} {kg:Article}"),
    ("Article-mentions", "Or", "{kg:Article} {kg:mentions} {kg:Sentence}"),
    ("Judgement-one", "Disjoint", "{kg:Judgement} {kg:one} <https://w3id.org/kg-news/id/guise-2>"),
    ("Judgement-verdict", "In", "{kg:Judgement} {kg:verdict} \"perhaps\""),
    ("Match-start", "LessThan", "{kg:Match} {oa:start} \"9999\"^^{xsd:nonNegativeInteger}"),
    ("Match-start", "Or", "{kg:Match} {oa:start} \"1\""),
    ("Match-start", "MinInclusive", "{kg:Match} {oa:start} \"-1\"^^{xsd:integer}"),
    ("Match-inside", "SPARQL", "{kg:Match} {oa:end} \"9999\"^^{xsd:nonNegativeInteger}"),
    ("Match-rule", "MinLength", "{kg:Match} {kg:rule} \"\""),
    ("Sentence-length", "SPARQL", "{kg:Sentence} {oa:exact} \"短\"@zh"),
    ("Fact-stated", "SPARQL", "<x:f> {rdf:type} {rdf:Statement!} . <x:f> {rdf:subject} {kg:Person}"
     " . <x:f> {rdf:object} <x:o> . <x:f> {rdf:predicate} {kg:met!}"),
    ("Fact-evidence", "MinCount", "<x:f> {rdf:type} {rdf:Statement!}"),
    ("Fact-founded", "SPARQL", "<x:f> {rdf:type} {rdf:Statement!}"),
    ("Dataset-uriSpace", "MaxCount", "<https://w3id.org/kg-news/id/dataset> {void:uriSpace} \"x\""),
    ("Node-type", "MinCount", "<x:new> {rdfs:label} \"x\"@zh"),
    ("RejectedFact-rejectedSubject", "NodeKind", "{kg:RejectedFact} {kg:rejectedSubject} \"x\""),
    ("Edition-after-itself", "SPARQL", "{kg:Edition} {kg:nextEdition} {kg:Edition}"),
    ("Province-type", "HasValue", "<x:p> {rdf:type} {kg:Province!}"),
]  # fmt: skip
TAKEN = [
    ("kg:Person", "rdfs:label"), ("kg:Tenure", "kg:holder"), ("kg:Tenure", "kg:acting"), ("kg:Article", "kg:sha256"),
    ("kg:Match", "kg:inSentence"), ("kg:Match", "kg:rule"), ("kg:Sentence", "kg:inArticle"),
    ("kg:Sentence", "oa:exact"),
    ("kg:Quotation", "kg:saidBy"), ("kg:Derivation", "kg:premise"), ("rdf:Statement", "kg:evidence"),
    ("rdf:Statement", "kg:modality"), ("rdf:Statement", "prov:wasDerivedFrom"), ("kg:Stage", "kg:stage"),
    ("kg:Edition", "kg:ofSeries"), ("kg:Guise", "kg:shownIn"), ("kg:Judgement", "kg:verdict"),
    ("kg:Conflict", "kg:concerns"), ("kg:Correction", "kg:reason"), ("void:Dataset", "void:vocabulary"),
]  # fmt: skip


def filled(text: str) -> list[str]:
    """Lines of N-Triples: {kg:Person} is a node of that class, {kg:met} the term, {kg:Person!} the class itself."""

    def fill(found: re.Match[str]) -> str:
        name = found[1]
        if name.endswith("!"):
            return iri(name[:-1])
        local = name.partition(":")[2]
        return node(name) if local[0].isupper() else iri(name)

    return [f"{one} .\n" for one in re.sub(r"\{([^}]+)\}", fill, text).split(" . ")]


@pytest.mark.parametrize(("rule", "kind", "added"), ADDED, ids=[f"{rule} {kind}" for rule, kind, _ in ADDED])
def test_what_is_too_much_is_found(rule: str, kind: str, added: str) -> None:
    assert (rule, kind) in broken([*LINES, *filled(added)])


def without(kind: str, predicate: str, lines: list[str]) -> list[str]:
    """The lines but for those by which one node of that class has the property."""
    subject = min(having(kind, predicate)).split(" ")[0]
    return [line for line in lines if not line.startswith(f"{subject} {iri(predicate)} ")]


@pytest.mark.parametrize(("kind", "predicate"), TAKEN, ids=[f"{kind} {predicate}" for kind, predicate in TAKEN])
def test_what_is_missing_is_found(kind: str, predicate: str) -> None:
    subject = min(having(kind, predicate)).split(" ")[0].rpartition("/")[2].rstrip(">")
    assert any(one.node == f"id:{subject}" for one in breaches(without(kind, predicate, LINES)))


@pytest.mark.slow
@pytest.mark.parametrize("which", ["whole", "too much", "missing"])
def test_a_shacl_engine_finds_the_same(which: str, tmp_path: Path) -> None:
    lines = list(LINES)
    for _, _, added in ADDED if which == "too much" else ():
        lines += filled(added)
    for kind, predicate in TAKEN if which == "missing" else ():
        lines = without(kind, predicate, lines)
    found = breaches(lines)
    assert bool(found) == (which != "whole")
    assert found == by_shacl(lines, tmp_path)


def test_a_node_that_is_gone_is_found() -> None:
    sentence = node("kg:Sentence")
    left = [line for line in LINES if not line.startswith(sentence)]
    assert "Match-inSentence" in {rule for rule, _ in broken(left)}


def test_every_kind_of_rule_is_broken_above() -> None:
    tried = {kind for _, kind, _ in ADDED}
    assert {rule.kind for rule in read_rules()} == tried


@pytest.mark.slow
@settings(max_examples=8)
@given(st.data())
def test_whatever_is_changed_both_find_the_same(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    lines = list(LINES)
    for _ in range(data.draw(st.integers(1, 3))):
        what = data.draw(st.sampled_from(("take", "swap", "copy")))
        at, other = (data.draw(st.integers(0, len(lines) - 1)) for _ in range(2))
        (one, two) = (lines[at].removesuffix(" .\n").split(" ", 2) for at in (at, other))
        if what == "take":
            del lines[at]
        elif what == "swap":
            lines[at] = f"{one[0]} {one[1]} {two[2]} .\n"
        else:
            lines.append(f"{one[0]} {two[1]} {two[2]} .\n")
    assert breaches(lines) == by_shacl(lines, tmp_path_factory.mktemp("changed"))


# THE COMMAND


def test_the_command_names_the_node_and_the_rule(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "graph.nt"
    file.write_text("".join(LINES), encoding="utf-8")
    assert main(["check", str(tmp_path)]) == 0
    assert capsys.readouterr().out == ""
    file.write_text("".join([*LINES, *filled("{kg:Tenure} {kg:successor} {kg:Tenure}")]), encoding="utf-8")
    assert main(["check", str(file)]) == 1
    assert "id:tenure-1: Tenure-before-itself: it goes before" in capsys.readouterr().out


def test_many_breaches_of_one_rule_are_counted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    more = [f"<x:{number}> {iri('rdfs:label')} \"x\"@zh .\n" for number in range(50)]
    (tmp_path / "g.nt").write_text("".join([*LINES, *more]), encoding="utf-8")
    assert main(["check", str(tmp_path / "g.nt")]) == 1
    out = capsys.readouterr().out
    assert out.count("Node-type") == 21 and "30 more break Node-type" in out


def test_mistakes_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(tmp_path / "none")]) == 3
    (tmp_path / "empty.nt").write_text("")
    assert main(["check", str(tmp_path / "empty.nt")]) == 3
    assert main(["check", "--shacl"]) == 2
    (tmp_path / "bad.nt").write_text("nonsense\n")
    assert main(["check", str(tmp_path / "bad.nt")]) == 4
    assert "Traceback" not in capsys.readouterr().err


def test_the_list_tells_every_shape(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--list"]) == 0
    listed = capsys.readouterr().out
    assert {law.name for law in read_laws()} == {line.split()[0] for line in listed.splitlines()}
    assert "exactly one kg:holder; wrong: its kg:holder is no kg:Person" in listed


def test_the_queries_are_queries() -> None:
    store = pyoxigraph.Store()
    for rule in read_rules():
        store.query(rule.query, prefixes=dict(NAMES))
