"""Blocks → networks and tables: GraphML and GEXF for Gephi and yEd, CSV for Neo4j's importer and for pandas."""

import csv
import io
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.errors import NotFoundError
from kg.export.blocks import Written, text
from kg.model import ENTITY_TYPES, RELATIONS

if TYPE_CHECKING:
    import networkx

ARRAY = "\x1f"  # between the parts of a value in Neo4j's tables: no name holds it

_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_STAMP = re.compile(r' lastmodifieddate="[^"]*"')


@dataclass(frozen=True, slots=True)
class Thing:
    """An entity as tables have it."""

    id: str
    type: str
    kind: str
    name: str
    aliases: tuple[str, ...]
    code: str


@dataclass(frozen=True, slots=True)
class Edge:
    """A relation: with the node of its fact, "" for background."""

    subject: str
    predicate: str
    object: str
    modality: str
    fact: str


class Network:
    """The things of a graph, and the relations between them and to dates, in order."""

    def __init__(self, graph: Written) -> None:
        self._graph = graph
        self._id = graph.names["id"]
        self._kg = graph.names["kg"]
        self.things = tuple(self._things())
        if not self.things:
            raise NotFoundError("the graph has no entities; there is nothing to export")
        self.names = {thing.id: thing.name for thing in self.things}
        self.edges = tuple(sorted(self._edges(), key=lambda one: (one.subject, one.predicate, one.object)))

    def local(self, spelled: str) -> str:
        """The id of a node, the name of a term, or the characters of a literal."""
        value = text(spelled)
        return value.removeprefix(self._id).removeprefix(self._kg) if spelled.startswith("<") else value

    def values(self, subject: str, name: str) -> list[str]:
        """The values of a property, sorted as they stand."""
        wanted = self._graph.term(name)
        return [self.local(thing) for predicate, thing in self._graph.blocks[subject] if predicate == wanted]

    def value(self, subject: str, name: str) -> str:
        """The only value, or ""."""
        return next(iter(self.values(subject, name)), "")

    def rows(self, kind: str) -> Iterator[str]:
        """The nodes of a class."""
        return self._graph.of_class(kind)

    def node(self, ident: str) -> str:
        """How the node of that id is spelled."""
        return f"<{self._id}{ident}>"

    def _things(self) -> Iterator[Thing]:
        for subject in self._graph.blocks:
            kinds = self.values(subject, "rdf:type")
            types = [kind for kind in kinds if kind in ENTITY_TYPES]
            if types:
                type_ = "Province" if "Province" in types else types[0]
                yield Thing(
                    self.local(subject), type_, next((kind for kind in kinds if kind not in ENTITY_TYPES), ""),
                    self.value(subject, "rdfs:label"), tuple(self.values(subject, "skos:altLabel")),
                    self.value(subject, "kg:divisionCode"),
                )  # fmt: skip

    def _edges(self) -> Iterator[Edge]:
        told: dict[tuple[str, str, str], tuple[str, str]] = {}
        for fact in self.rows("rdf:Statement"):
            ends = [self.value(fact, f"rdf:{part}") for part in ("subject", "predicate", "object")]
            told[ends[0], ends[1], ends[2]] = (self.value(fact, "kg:modality"), self.local(fact))
        for thing in self.things:
            subject = self.node(thing.id)
            for predicate in (*RELATIONS, "within"):
                for other in self.values(subject, f"kg:{predicate}"):
                    known = told.get((thing.id, predicate, other))
                    modality, fact = known or ("background" if predicate == "within" else "asserted", "")
                    yield Edge(thing.id, predicate, other, modality, fact)


def graphml(graph: Written) -> Iterator[bytes]:
    """Entities with `label` and `type`, the facts between them with `predicate` and `modality`."""
    import networkx  # half a second: only who asks for it pays

    lines = networkx.generate_graphml(_networkx(Network(graph)))
    yield ('<?xml version="1.0" encoding="UTF-8"?>\n' + "\n".join(lines) + "\n").encode()


def gexf(graph: Written) -> Iterator[bytes]:
    """The same for Gephi; without the day on which it was written."""
    import networkx

    lines = "\n".join(networkx.generate_gexf(_networkx(Network(graph))))
    yield ('<?xml version="1.0" encoding="UTF-8"?>\n' + _STAMP.sub("", lines) + "\n").encode()


def _networkx(network: Network) -> "networkx.MultiDiGraph[str]":
    import networkx

    drawn: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
    for thing in network.things:
        drawn.add_node(thing.id, label=_NO_XML.sub("\ufffd", thing.name), type=thing.type)
    for number, edge in enumerate(network.edges):
        if edge.object in network.names:  # a date is no node
            drawn.add_edge(edge.subject, edge.object, number, predicate=edge.predicate, modality=edge.modality)
    return drawn


def neo4j(graph: Written) -> dict[str, bytes]:
    """Tables for `neo4j-admin database import`: nodes.csv and relationships.csv; arrays are parted by U+001F."""
    network = Network(graph)
    nodes = [["id:ID", "name", "aliases:string[]", "kind", "code", "heldOn:string[]", ":LABEL"]]
    for one in network.things:
        days = network.values(network.node(one.id), "kg:heldOn")
        labels = ARRAY.join(("Place", "Province") if one.type == "Province" else (one.type,))
        nodes.append([one.id, one.name, ARRAY.join(one.aliases), one.kind, one.code, ARRAY.join(days), labels])
    links = [[":START_ID", ":END_ID", ":TYPE", "modality", "fact", "sentences:string[]", "articles:string[]"]]
    for edge in network.edges:
        if edge.object in network.names:
            said = _Said(network, edge.fact)
            links.append([
                edge.subject, edge.object, edge.predicate, edge.modality, edge.fact, ARRAY.join(said.sentences),
                ARRAY.join(said.articles),
            ])  # fmt: skip
    return {"nodes.csv": _csv(nodes), "relationships.csv": _csv(links)}


def tables(graph: Written) -> dict[str, bytes]:
    """Tables for pandas, R and spreadsheets: entities, facts, evidence, articles, tenures, quotations, by ids."""
    network = Network(graph)
    names = network.names
    entities = [["id", "type", "kind", "name", "aliases", "code"]]
    entities += [[one.id, one.type, one.kind, one.name, "|".join(one.aliases), one.code] for one in network.things]
    facts = [["id", "subject", "subject_name", "predicate", "object", "object_name", "modality"]]
    facts += [
        [edge.fact, edge.subject, names[edge.subject], edge.predicate, edge.object, names.get(edge.object, edge.object),
         edge.modality]
        for edge in network.edges
    ]  # fmt: skip
    evidence = [["fact", "rule", "modality", "article", "start", "end", "sentence"]]
    for edge in network.edges:
        evidence += _Said(network, edge.fact).rows
    return {
        "entities.csv": _csv(entities),
        "facts.csv": _csv(facts),
        "evidence.csv": _csv(evidence),
        "articles.csv": _of(network, "kg:Article", ("dcterms:identifier", "dcterms:title", "dcterms:date",
                                                   "dcterms:publisher", "schema:url", "kg:sha256", "kg:copyOf")),
        "tenures.csv": _of(network, "kg:Tenure", ("kg:holder", "kg:office", "kg:begin", "kg:end", "kg:acting",
                                                 "kg:attestedOn", "kg:predecessor", "kg:successor")),
        "quotations.csv": _of(network, "kg:Quotation", ("kg:saidBy", "kg:says", "kg:about", "kg:inArticle", "oa:start",
                                                       "oa:end")),
    }  # fmt: skip


def _of(network: Network, kind: str, properties: tuple[str, ...]) -> bytes:
    """The nodes of a class with some properties; several values are parted by |."""
    rows = [["id", *(name.partition(":")[2] for name in properties)]]
    for subject in network.rows(kind):
        rows.append([network.local(subject), *("|".join(network.values(subject, name)) for name in properties)])
    return _csv(rows)


class _Said:
    """Where a fact is said: a row for each match, derivation or correction."""

    def __init__(self, network: Network, fact: str) -> None:
        self.rows: list[list[str]] = []
        self.sentences: list[str] = []
        self.articles: list[str] = []
        node = network.node(fact)
        found: defaultdict[str, None] = defaultdict()
        for reason in network.values(node, "kg:evidence") if fact else ():
            match = network.node(reason)
            sentence = network.value(match, "kg:inSentence")
            article = network.value(network.node(sentence), "kg:inArticle") if sentence else ""
            words = network.value(network.node(sentence), "oa:exact") if sentence else ""
            rule, modality = network.value(match, "kg:rule"), network.value(match, "kg:modality")
            place = [network.value(match, "oa:start"), network.value(match, "oa:end")]
            self.rows.append([fact, rule, modality, article, *place, words])
            if article:
                self.sentences.append(words)
                found[article] = None
        self.articles = sorted(found)


def _csv(rows: Iterable[list[str]]) -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue().encode()
