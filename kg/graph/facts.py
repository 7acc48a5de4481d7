"""Assembly → networkx: every fact with every sentence that says it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, TypedDict

from kg.model import Assembly, Date, Document, Modality, Statement
from kg.project import WITHIN, Texts, Triple, asserted_by, label, modality, observations, triples

if TYPE_CHECKING:
    import networkx

    Graph = networkx.MultiDiGraph[str]
    Simple = networkx.Graph[str]


class Article(TypedDict):
    """An article that names a thing."""

    article: str
    title: str
    date: str
    outlet: str
    url: str


class Source(Article):
    """Where a fact is written: `sentence[start:end]` are the words that say it."""

    sentence: str
    start: int
    end: int
    rule: str
    modality: Modality
    premises: list[Triple]


class Fact(TypedDict):
    """What an edge carries, and each date of a node."""

    label: str
    modality: Modality
    days: tuple[str, ...]
    evidence: list[Source]
    corrections: list[str]  # by which persons assert it


def to_networkx(assembly: Assembly) -> Graph:
    """The assembly as a directed multigraph: one node an entity, one edge a triple, keyed by its predicate.

    Nodes have `type`, `label`, `aliases`, `kind`, `dates` ({predicate: {date: Fact}}), as `evidence` the articles that
    name them and as `days` their own or those of these articles; edges are `Fact`s, their `days` those that `days_of`
    gives. Nodes and edges come in the order of the assembly, so that equal input gives an equal graph.
    """
    import networkx  # 0.2 s: only who asks for a graph pays

    texts = Texts(assembly.documents)
    by_triple = triples(assembly)
    corrections = {one.id: one for one in assembly.corrections}
    held: defaultdict[str, set[str]] = defaultdict(set)
    for one in assembly.statements:
        if isinstance(one.object, Date):
            held[one.subject].add(one.object.value)
    served: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for tenure in assembly.tenures:
        served[tenure.person, tenure.office].update({*tenure.attested, tenure.begin, tenure.end} - {""})
    named: defaultdict[str, list[Article]] = defaultdict(list)
    for document, ident in assembly.mentions:
        named[ident].append(_article(texts.documents[document]))
    nodes: dict[str, dict[str, object]] = {}
    dates: dict[str, dict[str, dict[str, Fact]]] = {}
    for entity in assembly.entities:
        dates[entity.id] = {}
        days = held.get(entity.id) or {article["date"] for article in named[entity.id]}
        nodes[entity.id] = {
            "type": entity.type, "label": entity.name, "aliases": list(entity.aliases), "kind": entity.kind,
            "days": tuple(sorted(days - {""})), "dates": dates[entity.id], "evidence": named[entity.id],
        }
    edges: list[tuple[Triple, Fact]] = []
    for statement in assembly.statements:
        fact = _fact(statement, by_triple, texts, asserted_by(statement, corrections))
        if isinstance(statement.object, Date):
            fact["days"] = (statement.object.value,)
            dates[statement.subject].setdefault(statement.predicate, {})[statement.object.value] = fact
        else:
            told = {source["date"] for source in fact["evidence"]}
            fact["days"] = days_of(statement.triple, told, held, served)
            edges.append((statement.triple, fact))
    for part, whole in assembly.within:
        background: Fact = {
            "label": label(WITHIN), "modality": "asserted", "days": (), "evidence": [], "corrections": [],
        }
        edges.append(((part, WITHIN, whole), background))
    graph: Graph = networkx.MultiDiGraph()
    graph.add_nodes_from(nodes.items())
    for (subject, predicate, thing), fact in edges:
        graph.add_edge(subject, thing, key=predicate, **fact)
    return graph


def days_of(
    triple: Triple,
    told: Iterable[str],
    held: Mapping[str, Iterable[str]],
    served: Mapping[tuple[str, str], Iterable[str]],
) -> tuple[str, ...]:
    """When a fact holds as far as texts show, sorted: ISO days, months, years or intervals; empty where none is known.

    An office is held on the days of its tenure; what belongs to an event has the event's days; anything else those
    of the articles that tell it.
    """
    subject, predicate, thing = triple
    days = served.get((subject, thing)) if predicate == "holdsOffice" else held.get(thing) or held.get(subject)
    return tuple(sorted(set(days or told) - {""}))


def _article(document: Document) -> Article:
    return {
        "article": document.name, "title": document.title, "date": document.published, "outlet": document.source,
        "url": document.url,
    }  # fmt: skip


def _fact(
    statement: Statement, by_triple: Mapping[Triple, Statement], texts: Texts, corrections: list[str]
) -> Fact:
    sources: list[Source] = []
    for evidence, way in observations(statement, by_triple):
        for passage in texts.passages(evidence):
            document = texts.documents[passage.document]
            sentence = document.text[passage.start : passage.end]
            sources.extend(
                {
                    **_article(document), "sentence": sentence, "start": start, "end": end,
                    "rule": evidence.rule, "modality": evidence.modality, "premises": list(way),
                }
                for start, end in passage.marks
            )
    return {
        "label": label(statement.predicate), "modality": modality(statement), "days": (), "evidence": sources,
        "corrections": corrections,
    }
