"""Simpler networks drawn from the graph: who was where together, who serves where, who spoke of what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from itertools import combinations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.graph.facts import Graph, Simple

PRESENT = frozenset(("attended", "chaired", "spokeAt"))
PLACED = frozenset(("holdsOffice", "officeIn"))


def together(graph: Graph, kind: str = "Person") -> Simple:
    """Who was at events with whom: an undirected network of persons (or of another type).

    Edges have `events` (ids, sorted), `weight` (how many) and `strength`: each event counts 1 / (those present - 1),
    so that a meeting of two says more than a congress (Newman 2001). What is planned does not count.
    """
    present: defaultdict[str, set[str]] = defaultdict(set)
    for subject, event, predicate, it in graph.edges(keys=True, data=True):
        if predicate in PRESENT and it["modality"] != "planned" and graph.nodes[subject]["type"] == kind:
            present[event].add(subject)
    events: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for event in sorted(present):
        for pair in combinations(sorted(present[event]), 2):
            events[pair].append(event)
    network = _network(graph, [node for pair in events for node in pair])
    for (one, other), common in sorted(events.items()):
        strength = sum(1 / (len(present[event]) - 1) for event in common)
        network.add_edge(one, other, events=tuple(common), weight=len(common), strength=strength)
    return network


def posts(graph: Graph) -> Graph:
    """Who serves in which office, and whose office that is: the graph of persons, offices, areas and bodies alone."""
    edges = [edge for edge in graph.edges(keys=True, data=True) if edge[2] in PLACED]
    held = {thing for _, thing, predicate, _ in edges if predicate == "holdsOffice"}
    kept = [edge for edge in edges if edge[2] == "holdsOffice" or edge[0] in held]
    ends = {node for subject, thing, _, _ in kept for node in (subject, thing)}
    found: Graph = graph.__class__()
    found.add_nodes_from((node, it) for node, it in graph.nodes.items() if node in ends)
    for subject, thing, predicate, it in kept:
        found.add_edge(subject, thing, key=predicate, **it)
    return found


def spoken(graph: Graph) -> Simple:
    """Who spoke of what: a network between speakers and initiatives or documents; `weight` is the number of sentences.

    Speakers have `side` 0, what they spoke of has 1.
    """
    weights = {
        (subject, thing): max(1, len({_sentence(source) for source in it["evidence"]}))
        for subject, thing, predicate, it in graph.edges(keys=True, data=True)
        if predicate == "speaksOf"
    }
    network = _network(graph, [node for pair in weights for node in pair])
    for (speaker, topic), weight in sorted(weights.items()):
        network.nodes[speaker].setdefault("side", 0)
        network.nodes[topic]["side"] = 1
        network.add_edge(speaker, topic, weight=weight)
    return network


def linked(graph: Graph) -> Simple:
    """Any two things with a fact between them, whichever it is; `weight` is the number of facts."""
    network = _network(graph, graph)
    for subject, thing in graph.edges():
        if subject != thing:
            known = network.get_edge_data(subject, thing) or {"weight": 0}
            network.add_edge(subject, thing, weight=known["weight"] + 1)
    return network


PROJECTIONS: Mapping[str, Callable[[Graph], Simple]] = {
    "links": linked,
    "together": together,
    "posts": lambda graph: linked(posts(graph)),
    "spoken": spoken,
}


def _sentence(source: object) -> object:
    """What tells one sentence of evidence from another, of a graph with texts or of one from the store."""
    return (source["article"], source["sentence"]) if isinstance(source, dict) else source


def _network(graph: Graph, nodes: Iterable[str]) -> Simple:
    import networkx

    wanted = set(nodes)
    network: Simple = networkx.Graph()
    network.add_nodes_from((node, dict(it)) for node, it in graph.nodes.items() if node in wanted)
    return network
