"""The ontology declares what the output uses, in two languages, stays in OWL 2 RL, and agrees with tables and code."""

import re
from pathlib import Path

import pytest
import rdflib
from rdflib.namespace import DCTERMS, OWL, RDF, RDFS, SKOS, XSD
from whole import whole

from kg.cli import main
from kg.errors import QueryError
from kg.glossary import to_html, to_markdown
from kg.model import ENTITY_TYPES, RELATIONS
from kg.ontology import FORMATS, ontology, read_ontology
from kg.project import predicates
from kg.rdf import ntriples
from kg.vocabulary import BASE, KINDS, WELL_KNOWN, namespaces

ROOT = Path(__file__).parent.parent
ONTOLOGY = rdflib.Graph().parse(ROOT / "ontology.ttl")
KG = rdflib.Namespace(BASE + "ontology#")
SCHEMA = rdflib.Namespace("https://schema.org/")
ORG = rdflib.Namespace(WELL_KNOWN["org"])
BUILT_IN = (str(RDF), str(RDFS))
OURS = sorted({node for node in ONTOLOGY.subjects() if isinstance(node, rdflib.URIRef) and node in KG})
PROPERTIES = {OWL.ObjectProperty, OWL.DatatypeProperty}
OUTPUT = rdflib.Graph().parse(data=ntriples(whole()), format="nt")


_OF_ANYTHING = {"rejectedSubject", "rejectedObject", "rejectedEntity", "rejectedRelation", "rejectedType"}


def used() -> set[rdflib.term.Node]:
    """All terms that the output uses."""
    terms = {*OUTPUT.predicates(), *OUTPUT.objects(None, RDF.type), *OUTPUT.objects(None, RDF.predicate)}
    terms |= {thing.datatype for thing in OUTPUT.objects() if isinstance(thing, rdflib.Literal) and thing.datatype}
    return terms


def name(term: rdflib.term.Node) -> str:
    return re.split("[#/]", str(term))[-1]


# THAT IT SAYS WHAT THE GRAPH MEANS


def test_whatever_the_output_uses_is_declared() -> None:
    xsd = namespaces()["xsd"]
    undeclared = {
        str(term) for term in used()
        if not str(term).startswith((*BUILT_IN, xsd)) and (term, RDFS.comment, None) not in ONTOLOGY
    }  # fmt: skip
    assert undeclared == set()


def test_whatever_is_declared_is_used_or_says_what_it_is_for() -> None:
    idle = set(OURS) - used()
    explained = {term for term in OURS if (term, SKOS.scopeNote, None) in ONTOLOGY}
    assert idle == explained


@pytest.mark.parametrize("term", OURS, ids=name)
def test_each_term_is_described(term: rdflib.URIRef) -> None:
    kinds = set(ONTOLOGY.objects(term, RDF.type))
    assert kinds & {OWL.Class, RDFS.Datatype, *PROPERTIES}
    for described in (RDFS.label, RDFS.comment):
        assert {text.language for text in ONTOLOGY.objects(term, described)} == {"zh", "en"}  # type: ignore[attr-defined]
    if kinds & PROPERTIES:
        assert len(set(ONTOLOGY.objects(term, RDFS.domain))) == 1
        # What is gone from the graph, and what is a term itself, may be anything: OWL 2 RL has no range for that.
        assert len(set(ONTOLOGY.objects(term, RDFS.range))) == (0 if name(term) in _OF_ANYTHING else 1)
    assert ONTOLOGY.value(term, SKOS.example)
    assert ONTOLOGY.value(term, RDFS.isDefinedBy) == rdflib.URIRef(BASE + "ontology")


def test_every_type_kind_and_relation_of_the_code_is_there() -> None:
    for type_ in ENTITY_TYPES:
        assert (KG[type_], RDFS.subClassOf, KG.Place if type_ == "Province" else KG.Entity) in ONTOLOGY
    for type_, kinds in KINDS.items():
        below = {name(node) for node in ONTOLOGY.subjects(RDFS.subClassOf, KG[type_])}
        assert below - {"Province"} == kinds
    for relation in RELATIONS:
        assert (KG[relation], RDF.type, None) in ONTOLOGY


def test_relations_have_the_same_names_as_in_the_table_both_ways() -> None:
    inverses = dict(ONTOLOGY.subject_objects(OWL.inverseOf))
    backwards = {forward: inverse for inverse, forward in inverses.items()}
    for relation, row in predicates().items():
        labels = {text.language: str(text) for text in ONTOLOGY.objects(KG[relation], RDFS.label)}  # type: ignore[attr-defined]
        assert labels == {"zh": row.zh, "en": row.en}
        if relation not in ("heldOn", "met"):  # a date has no relations; met is its own inverse
            assert rdflib.Literal(row.inverse, lang="zh") in set(ONTOLOGY.objects(backwards[KG[relation]], RDFS.label))


def test_an_inverse_turns_its_ends_round() -> None:
    for inverse, forward in ONTOLOGY.subject_objects(OWL.inverseOf):
        for mine, other in ((RDFS.domain, RDFS.range), (SCHEMA.domainIncludes, SCHEMA.rangeIncludes)):
            assert set(ONTOLOGY.objects(inverse, mine)) == set(ONTOLOGY.objects(forward, other))
            assert set(ONTOLOGY.objects(inverse, other)) == set(ONTOLOGY.objects(forward, mine))


def test_each_type_is_tied_to_the_well_known_vocabularies() -> None:
    expected = [
        (KG.Person, rdflib.FOAF.Person), (KG.Office, ORG.Post), (KG.Tenure, ORG.Membership),
        (KG.Place, SCHEMA.Place), (KG.Initiative, SKOS.Concept), (KG.Event, SCHEMA.Event),
        (KG.Article, rdflib.PROV.Entity), (KG.Sentence, rdflib.URIRef(WELL_KNOWN["oa"] + "TextQuoteSelector")),
    ]  # fmt: skip
    assert all((ours, RDFS.subClassOf, theirs) in ONTOLOGY for ours, theirs in expected)


def test_it_has_a_header_with_version_and_licence() -> None:
    (header,) = ONTOLOGY.subjects(RDF.type, OWL.Ontology)
    assert str(header) == BASE + "ontology"
    for term in (OWL.versionInfo, OWL.versionIRI, DCTERMS.license, DCTERMS.title, DCTERMS.description):
        assert ONTOLOGY.value(header, term)
    assert str(ONTOLOGY.value(header, OWL.versionIRI)).endswith(str(ONTOLOGY.value(header, OWL.versionInfo)))


# THAT A REASONER CAN TAKE IT

_RL_DATATYPES = {
    RDFS.Literal, RDF.PlainLiteral, XSD.string, XSD.boolean, XSD.nonNegativeInteger, XSD.anyURI, XSD.hexBinary,
}  # fmt: skip
_TRAITS = {
    OWL.FunctionalProperty, OWL.SymmetricProperty, OWL.TransitiveProperty, OWL.AsymmetricProperty,
    OWL.IrreflexiveProperty,
}  # fmt: skip
_AXIOMS = {
    RDF.type, RDFS.subClassOf, RDFS.subPropertyOf, RDFS.domain, RDFS.range, OWL.inverseOf, OWL.disjointWith,
    OWL.versionIRI, OWL.versionInfo, OWL.priorVersion, RDFS.label, RDFS.comment, RDFS.seeAlso, RDFS.isDefinedBy,
}  # fmt: skip


def declared(*kinds: rdflib.term.Node) -> set[rdflib.term.Node]:
    return {node for kind in kinds for node in ONTOLOGY.subjects(RDF.type, kind)}


def test_it_is_in_owl_2_rl() -> None:
    """Named classes only, every term declared as one kind of thing, and no word of RDF's own used as a class."""
    classes, objects, values = declared(OWL.Class), declared(OWL.ObjectProperty), declared(OWL.DatatypeProperty)
    notes, types = declared(OWL.AnnotationProperty), declared(RDFS.Datatype)
    assert not [node for node in ONTOLOGY.all_nodes() if isinstance(node, rdflib.BNode)]
    for one, other in ((objects, values), (objects, notes), (values, notes), (classes, types), (classes, objects)):
        assert not one & other
    for reserved in (*BUILT_IN, str(OWL), str(XSD)):
        assert not {term for term in classes | objects | values | types if str(term).startswith(reserved)}
    assert set(ONTOLOGY.predicates()) <= _AXIOMS | objects | values | notes
    assert set(ONTOLOGY.objects(None, RDF.type)) <= _TRAITS | PROPERTIES | {
        OWL.Class, OWL.AnnotationProperty, OWL.Ontology, RDFS.Datatype,
    }  # fmt: skip
    for axiom in (RDFS.subClassOf, OWL.disjointWith):
        assert {end for pair in ONTOLOGY.subject_objects(axiom) for end in pair} <= classes
    for axiom in (RDFS.subPropertyOf, OWL.inverseOf):
        for one, other in ONTOLOGY.subject_objects(axiom):
            assert {one, other} <= objects or {one, other} <= values
    assert set(ONTOLOGY.objects(None, RDFS.domain)) <= classes
    for term, value in ONTOLOGY.subject_objects(RDFS.range):
        assert value in (classes if term in objects else _RL_DATATYPES)
    assert {term for trait in _TRAITS - {OWL.FunctionalProperty} for term in declared(trait)} <= objects
    # A transitive property must not be counted: OWL 2 calls it simple no more.
    assert not declared(OWL.TransitiveProperty) & declared(OWL.FunctionalProperty, OWL.IrreflexiveProperty)


def closure(*graphs: rdflib.Graph) -> rdflib.Graph:
    owlrl = pytest.importorskip("owlrl")
    whole_graph = rdflib.Graph()
    for graph in graphs:
        whole_graph += graph
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(whole_graph)
    return whole_graph


def contradictions(graph: rdflib.Graph) -> list[str]:
    return [str(text) for _, predicate, text in graph if str(predicate).endswith("agent-ont#error")]


def test_a_reasoner_finds_no_contradiction_and_what_others_call_it() -> None:
    reasoned = closure(ONTOLOGY, OUTPUT)
    assert contradictions(reasoned) == []
    for person, event in OUTPUT.subject_objects(KG.chaired):
        assert (event, KG.attendee, person) in reasoned
        assert (event, SCHEMA.attendee, person) in reasoned
    for person, office in OUTPUT.subject_objects(KG.holdsOffice):
        assert (office, ORG.heldBy, person) in reasoned
    for part, place in OUTPUT.subject_objects(KG.within):
        assert (part, KG.inside, place) in reasoned
    for node in OUTPUT.subjects(RDF.type, RDF.Statement):
        assert (node, RDF.type, KG.Fact) in reasoned
    for type_ in ENTITY_TYPES:
        for node in OUTPUT.subjects(RDF.type, KG[type_]):
            assert (node, RDF.type, KG.Entity) in reasoned
    assert not [1 for one, other in reasoned.subject_objects(OWL.sameAs) if one != other]


@pytest.mark.parametrize(
    ("subject", "predicate", "thing"),
    [("office", "chaired", "event"), ("person", "holdsOffice", "event"), ("tenure", "predecessor", "tenure")],
)
def test_a_reasoner_finds_what_cannot_be(subject: str, predicate: str, thing: str) -> None:
    nodes = {
        "office": next(OUTPUT.subjects(RDF.type, KG.Office)), "person": next(OUTPUT.subjects(RDF.type, KG.Person)),
        "event": next(OUTPUT.subjects(RDF.type, KG.Event)), "tenure": next(OUTPUT.subjects(RDF.type, KG.Tenure)),
    }  # fmt: skip
    wrong = rdflib.Graph()
    wrong.add((nodes[subject], KG[predicate], nodes[thing]))
    for node in nodes.values():
        wrong += [(node, RDF.type, kind) for kind in OUTPUT.objects(node, RDF.type)]
    assert contradictions(closure(ONTOLOGY, wrong))


@pytest.mark.slow
def test_the_graph_of_the_seeds_contradicts_nothing(tmp_path: Path) -> None:
    assert main(["build", str(ROOT / "seeds"), "-o", str(tmp_path), "--no-html", "--no-store", "-q"]) == 0
    assert contradictions(closure(ONTOLOGY, rdflib.Graph().parse(tmp_path / "graph.nt"))) == []


# HOW IT IS GIVEN OUT


def test_it_moves_with_the_base() -> None:
    text = ontology("https://example.org/news")
    assert BASE not in text
    assert len(rdflib.Graph().parse(data=text, format="turtle")) == len(ONTOLOGY)


@pytest.mark.parametrize("form", FORMATS)
def test_every_syntax_says_the_same(form: str) -> None:
    text = ontology(form=form)
    assert text == ontology(form=form)
    read = rdflib.Graph().parse(data=text, format={"ttl": "turtle", "rdf": "xml", "jsonld": "json-ld"}.get(form, form))
    assert set(read) == set(ONTOLOGY)


def test_another_syntax_is_refused() -> None:
    with pytest.raises(QueryError, match="ttl, nt"):
        ontology(form="docx")


def test_the_page_has_every_term_under_the_fragment_of_its_iri() -> None:
    page = to_html()
    anchors = re.findall(r' id="([^"]+)"', page)
    assert len(anchors) == len(set(anchors))
    for term in OURS:
        assert name(term) in anchors
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(anchors)
    assert re.findall(r'(?:src|href)="(?!#|data:)([^"]+)"', page) == [read_ontology().licence]


def test_the_page_is_whole_and_moves_with_the_base() -> None:
    html5 = pytest.importorskip("lxml.html")
    tree = html5.document_fromstring(to_html("https://example.org/news/"))
    assert "https://example.org/news/ontology#" in tree.text_content()
    assert BASE not in tree.text_content()
    (card,) = tree.xpath("//section[@id='attended']")
    assert {"出席", "attended", "kg:attendee"} <= {text.strip() for text in card.itertext()}


def test_what_stands_in_the_ontology_is_never_markup(monkeypatch: pytest.MonkeyPatch) -> None:
    hostile = '<script>alert(1)</script>&"'
    text = (ROOT / "ontology.ttl").read_text(encoding="utf-8").replace('"出席"@zh', "'''" + hostile + "'''@zh")
    monkeypatch.setattr("kg.ontology._text", lambda: text)
    assert "<script>" not in to_html()
    assert read_ontology().terms != ()


def test_the_reference_page_is_the_present_ontology() -> None:
    page = ROOT / "docs" / "reference" / "ontology.md"
    assert page.read_text(encoding="utf-8") == to_markdown(), "run: kg ontology -o docs/reference/ontology.md"


def test_the_command_writes_by_the_suffix(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ontology", "-q", "-o", str(tmp_path / "o.html"), "--base", "https://example.org/"]) == 0
    assert (tmp_path / "o.html").read_text(encoding="utf-8") == to_html("https://example.org/")
    assert main(["ontology"]) == 0
    assert capsys.readouterr().out == ontology()
    assert main(["ontology", "-o", str(tmp_path / "o.docx")]) == 2
