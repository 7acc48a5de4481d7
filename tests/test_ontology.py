"""The ontology declares whatever the output uses, in two languages, and agrees with the tables and the code."""

from dataclasses import replace
from pathlib import Path

import pytest
import rdflib
from facts import lake
from rdflib.namespace import OWL, RDF, RDFS

from kg.assemble import assemble
from kg.export import ontology
from kg.identify import identify
from kg.model import ENTITY_TYPES, RELATIONS, Tenure
from kg.project import predicates
from kg.rdf import ntriples
from kg.vocabulary import BASE, KINDS, namespaces

ONTOLOGY = rdflib.Graph().parse(Path(__file__).parent.parent / "ontology.ttl")
KG = rdflib.Namespace(BASE + "ontology#")
SCHEMA = rdflib.Namespace("https://schema.org/")
BUILT_IN = (str(RDF), str(RDFS))
OURS = sorted({node for node in ONTOLOGY.subjects() if isinstance(node, rdflib.URIRef) and node in KG})


def output() -> rdflib.Graph:
    """A graph that uses every class and property that the writer knows."""
    assembly = assemble(identify([lake()]), {})
    first = assembly.entities[0]
    kinds = [
        replace(first, id=f"kind-{kind}", type=type_, kind=kind)  # type: ignore[arg-type]
        for type_, below in KINDS.items()
        for kind in below
    ]
    types = [replace(first, id=f"type-{name}", type=name, code="330500") for name in ENTITY_TYPES]
    tenure = Tenure("tenure-x", first.id, first.id, ("2020-06-07",), "2020", "2021", True)
    statements = [replace(assembly.statements[0], predicate=relation) for relation in RELATIONS]
    whole = replace(
        assembly,
        entities=tuple(sorted((*assembly.entities, *kinds, *types), key=lambda one: one.id)),
        statements=tuple(sorted((*assembly.statements, *statements), key=lambda one: one.triple)),
        tenures=(*assembly.tenures, tenure),
        within=((first.id, first.id),),
    )
    return rdflib.Graph().parse(data=ntriples(whole), format="nt")


def test_whatever_the_output_uses_is_declared() -> None:
    graph = output()
    used = {*graph.predicates(), *graph.objects(None, RDF.type), *graph.objects(None, RDF.predicate)}
    used |= {thing.datatype for thing in graph.objects() if isinstance(thing, rdflib.Literal) and thing.datatype}
    xsd = namespaces()["xsd"]
    undeclared = {
        str(term) for term in used
        if not str(term).startswith((*BUILT_IN, xsd)) and (term, RDFS.comment, None) not in ONTOLOGY
    }  # fmt: skip
    assert undeclared == set()


@pytest.mark.parametrize("term", OURS, ids=lambda term: term.rpartition("#")[2])
def test_each_term_is_described(term: rdflib.URIRef) -> None:
    kinds = set(ONTOLOGY.objects(term, RDF.type))
    assert kinds & {OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, RDFS.Datatype}
    for described in (RDFS.label, RDFS.comment):
        assert {text.language for text in ONTOLOGY.objects(term, described)} == {"zh", "en"}  # type: ignore[attr-defined]
    if kinds & {OWL.ObjectProperty, OWL.DatatypeProperty}:
        assert len(set(ONTOLOGY.objects(term, RDFS.domain))) == 1
        assert len(set(ONTOLOGY.objects(term, RDFS.range))) == 1


def test_every_type_kind_and_relation_of_the_code_is_there() -> None:
    for name in ENTITY_TYPES:
        assert (KG[name], RDFS.subClassOf, KG.Place if name == "Province" else KG.Entity) in ONTOLOGY
    for type_, kinds in KINDS.items():
        below = {str(node).rpartition("#")[2] for node in ONTOLOGY.subjects(RDFS.subClassOf, KG[type_])}
        assert below - {"Province"} == kinds
    for relation in RELATIONS:
        assert (KG[relation], RDF.type, None) in ONTOLOGY


def test_domains_and_ranges_of_our_terms_are_declared() -> None:
    for which in (RDFS.domain, RDFS.range, SCHEMA.domainIncludes, SCHEMA.rangeIncludes):
        for _, declared in ONTOLOGY.subject_objects(which):
            if str(declared).startswith(str(KG)):
                assert (declared, RDF.type, OWL.Class) in ONTOLOGY


def test_relations_have_the_same_names_as_in_the_table() -> None:
    for name, row in predicates().items():
        labels = {text.language: str(text) for text in ONTOLOGY.objects(KG[name], RDFS.label)}  # type: ignore[attr-defined]
        assert labels == {"zh": row.zh, "en": row.en}


def test_it_has_a_header_with_version_and_licence() -> None:
    (header,) = ONTOLOGY.subjects(RDF.type, OWL.Ontology)
    assert str(header) == BASE + "ontology"
    for term in (OWL.versionInfo, OWL.versionIRI, rdflib.DCTERMS.license):
        assert ONTOLOGY.value(header, term)


def test_no_blank_nodes_so_that_it_stays_in_owl_rl() -> None:
    assert not [node for node in ONTOLOGY.all_nodes() if isinstance(node, rdflib.BNode)]


def test_it_moves_with_the_base() -> None:
    text = ontology("https://example.org/news")
    assert BASE not in text
    assert len(rdflib.Graph().parse(data=text, format="turtle")) == len(ONTOLOGY)
