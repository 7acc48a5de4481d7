"""Assembly → networkx, to walk: who is linked to whom, by which facts, and where that is written."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypedDict

from kg.model import Assembly, Date, Modality, Statement
from kg.project import WITHIN, Texts, Triple, asserted_by, label, modality, observations, triples

if TYPE_CHECKING:
    import networkx

    Graph = networkx.MultiDiGraph[str]

_QUOTES = str.maketrans("", "", "“”\"‘’《》「」 \u3000")


class Source(TypedDict):
    """Where a fact is written: `sentence[start:end]` are the words that say it."""

    article: str
    title: str
    date: str
    outlet: str
    url: str
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
    evidence: list[Source]
    corrections: list[str]  # by which persons assert it


@dataclass(frozen=True, slots=True)
class Step:
    """One edge of a path as it was walked, from `start` to `end`; `forward` if the triple points that way too."""

    start: str
    predicate: str
    end: str
    forward: bool

    @property
    def triple(self) -> Triple:
        """The triple that was walked along."""
        return (self.start, self.predicate, self.end) if self.forward else (self.end, self.predicate, self.start)


def to_networkx(assembly: Assembly) -> Graph:
    """The assembly as a directed multigraph: one node an entity, one edge a triple, keyed by its predicate.

    Nodes have `type`, `label`, `aliases`, `kind` and `dates` ({predicate: {date: Fact}}); edges are `Fact`s.
    Nodes and edges come in the order of the assembly, so that equal input gives an equal graph.
    """
    import networkx  # 0.2 s: only who asks for a graph pays

    texts = Texts(assembly.documents)
    by_triple = triples(assembly)
    corrections = {one.id: one for one in assembly.corrections}
    nodes: dict[str, dict[str, object]] = {}
    dates: dict[str, dict[str, dict[str, Fact]]] = {}
    for entity in assembly.entities:
        dates[entity.id] = {}
        nodes[entity.id] = {
            "type": entity.type, "label": entity.name, "aliases": list(entity.aliases), "kind": entity.kind,
            "dates": dates[entity.id],
        }
    edges: list[tuple[Triple, Fact]] = []
    for statement in assembly.statements:
        fact = _fact(statement, by_triple, texts, asserted_by(statement, corrections))
        if isinstance(statement.object, Date):
            dates[statement.subject].setdefault(statement.predicate, {})[statement.object.value] = fact
        else:
            edges.append((statement.triple, fact))
    for part, whole in assembly.within:
        known: Fact = {"label": label(WITHIN), "modality": "asserted", "evidence": [], "corrections": []}
        edges.append(((part, WITHIN, whole), known))
    graph: Graph = networkx.MultiDiGraph()
    graph.add_nodes_from(nodes.items())
    for (subject, predicate, thing), fact in edges:
        graph.add_edge(subject, thing, key=predicate, **fact)
    return graph


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
                    "article": document.name, "title": document.title, "date": document.published,
                    "outlet": document.source, "url": document.url,
                    "sentence": sentence, "start": start, "end": end,
                    "rule": evidence.rule, "modality": evidence.modality, "premises": list(way),
                }
                for start, end in passage.marks
            )
    return {
        "label": label(statement.predicate), "modality": modality(statement), "evidence": sources,
        "corrections": corrections,
    }


def find(graph: Graph, name: str) -> tuple[str, ...]:
    """The ids of the nodes of that name, else of those with that alias; quotation marks and blanks don't count."""
    wanted = name.translate(_QUOTES)
    labelled = tuple(sorted(node for node, it in graph.nodes.items() if it["label"].translate(_QUOTES) == wanted))
    return labelled or tuple(
        sorted(node for node, it in graph.nodes.items() if wanted in [one.translate(_QUOTES) for one in it["aliases"]])
    )


def shortest_path(graph: Graph, a: str, b: str) -> tuple[Step, ...] | None:
    """A path of the fewest steps from `a` to `b`, edges walked either way; None if there is none, () if a is b.

    Among equals the choice is always the same: at each step what a text asserts, then what it plans, then
    background, and of these the least by id.
    """
    far = _distances(graph, b, a)
    if a not in far:
        return None
    steps: list[Step] = []
    while a != b:
        nearer = [step for step in _steps(graph, a) if far.get(step.end, far[a]) < far[a]]
        step = min(nearer, key=lambda step: _preference(graph, step))
        steps.append(step)
        a = step.end
    return tuple(steps)


def _distances(graph: Graph, source: str, target: str) -> dict[str, int]:
    """Steps to `source` of every node that is no farther than `target`; all of its side if `target` is not there."""
    far = {source: 0}
    queue = deque([source])
    while queue:
        node = queue.popleft()
        if target in far and far[node] >= far[target]:
            break
        for near in (*graph.succ[node], *graph.pred[node]):
            if near not in far:
                far[near] = far[node] + 1
                queue.append(near)
    return far


def _steps(graph: Graph, node: str) -> Iterator[Step]:
    for end, keyed in graph.succ[node].items():
        yield from (Step(node, str(predicate), end, True) for predicate in keyed)
    for end, keyed in graph.pred[node].items():
        yield from (Step(node, str(predicate), end, False) for predicate in keyed)


def _preference(graph: Graph, step: Step) -> tuple[bool, bool, str, bool, str]:
    subject, predicate, thing = step.triple
    planned = graph.edges[subject, thing, predicate]["modality"] == "planned"
    return predicate == WITHIN, planned, step.end, not step.forward, predicate


def explain_path(graph: Graph, path: Iterable[Step]) -> str:
    """The path in one line, each arrow in the direction of its triple: 李强 —出席→ 座谈会 ←出席— 龚正."""
    line = ""
    for step in path:
        line = line or str(graph.nodes[step.start]["label"])
        word = label(step.predicate)
        line += f" —{word}→ " if step.forward else f" ←{word}— "
        line += str(graph.nodes[step.end]["label"])
    return line


def neighbourhood(graph: Graph, center: str, hops: int = 1, types: Iterable[str] | None = None) -> Graph:
    """The part of the graph within so many steps of the node, walking only over nodes of those types (None: all)."""
    wanted = None if types is None else frozenset(types)
    seen = frontier = {center}
    for _ in range(hops):
        frontier = {
            near
            for node in frontier
            for near in (*graph.succ[node], *graph.pred[node])
            if wanted is None or graph.nodes[near]["type"] in wanted
        } - seen
        seen = seen | frontier
    # Copied in the graph's own order: a subgraph view would follow the hash order of the set.
    part: Graph = graph.__class__()
    part.add_nodes_from((node, it) for node, it in graph.nodes.items() if node in seen)
    for node, near, key, it in graph.edges(part, keys=True, data=True):
        if near in seen:
            part.add_edge(node, near, key=key, **it)
    return part
