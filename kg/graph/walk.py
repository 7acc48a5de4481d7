"""Walking over a graph, edges taken either way: find, shortest ways, neighbours; and how a way reads in words."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from heapq import heappop, heappush
from typing import TYPE_CHECKING

from kg.project import WITHIN, Triple, label

if TYPE_CHECKING:
    from kg.graph.facts import Graph

_QUOTES = str.maketrans("", "", "“”\"‘’《》「」 \u3000")


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


Path = tuple[Step, ...]


def find(graph: Graph, name: str) -> tuple[str, ...]:
    """The ids of the nodes of that name, else of those with that alias; quotation marks and blanks don't count."""
    wanted = name.translate(_QUOTES)
    labelled = tuple(sorted(node for node, it in graph.nodes.items() if it["label"].translate(_QUOTES) == wanted))
    return labelled or tuple(
        sorted(node for node, it in graph.nodes.items() if wanted in [one.translate(_QUOTES) for one in it["aliases"]])
    )


def shortest_path(graph: Graph, a: str, b: str) -> Path | None:
    """A path of the fewest steps from `a` to `b`, edges walked either way; None if there is none, () if a is b.

    Among equals the choice is always the same: at each step what a text asserts, then what it plans, then
    background, and of these the least by id.
    """
    return _shortest(graph, a, b, frozenset(), frozenset())


def shortest_paths(graph: Graph, a: str, b: str, count: int) -> tuple[Path, ...]:
    """The `count` shortest paths that pass through different things, no thing twice, by length, then by preference.

    Two facts between the same two things are one way, told by the fact that `shortest_path` prefers.
    Source: Yen 1971, on nodes.
    """
    first = shortest_path(graph, a, b)
    if not first:
        return () if first is None else (first,)
    found = [first]
    known = {_nodes(first)}
    candidates: list[tuple[int, list[tuple[bool, bool, str, bool, str]], int, Path]] = []
    while len(found) < count:
        last = found[-1]
        for i, turn in enumerate(last):
            root = last[:i]
            closed = frozenset(
                (turn.start, path[i].end) for path in found if len(path) > i and _nodes(path[:i]) == _nodes(root)
            )
            passed = frozenset(step.start for step in root)
            spur = _shortest(graph, turn.start, b, passed, closed)
            path = root + spur if spur else ()
            if path and _nodes(path) not in known:
                known.add(_nodes(path))
                order = [_preference(graph, step) for step in path]
                heappush(candidates, (len(path), order, len(known), path))
        if not candidates:
            break
        found.append(heappop(candidates)[3])
    return tuple(found)


def _nodes(path: Path) -> tuple[str, ...]:
    return tuple(step.end for step in path)


def _shortest(
    graph: Graph, a: str, b: str, passed: Collection[str], closed: Collection[tuple[str, str]]
) -> Path | None:
    """The shortest path that enters none of the nodes passed and whose first step is none of those closed."""
    far = _distances(graph, b, a, passed, {start for start, _ in closed})
    steps: list[Step] = []
    passed = {*passed, a}
    while a != b:
        ways = [
            step
            for step in _steps(graph, a)
            if step.end in far and step.end not in passed and (step.start, step.end) not in closed
        ]
        if not ways:
            return None
        nearest = min(far[step.end] for step in ways)
        step = min((one for one in ways if far[one.end] == nearest), key=lambda one: _preference(graph, one))
        steps.append(step)
        a, closed = step.end, ()
    return tuple(steps)


def _distances(
    graph: Graph, source: str, target: str, passed: Collection[str], detour: Collection[str]
) -> dict[str, int]:
    """Steps to `source` of each node no farther than `target`, or of all where the way out of `target` is closed."""
    far = {source: 0}
    queue = deque([source])
    while queue:
        node = queue.popleft()
        if not detour and target in far and far[node] >= far[target]:
            break
        if node in detour:  # the path begins there: nothing else may pass through it
            continue
        for near in (*graph.succ[node], *graph.pred[node]):
            if near not in far and near not in passed:
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


def neighbourhood(
    graph: Graph,
    center: str,
    hops: int = 1,
    types: Iterable[str] | None = None,
    predicates: Iterable[str] | None = None,
) -> Graph:
    """The part of the graph within so many steps, walking only over those types and predicates (None: all)."""
    return part(graph, ways(graph, center, hops, types, predicates))


def ways(
    graph: Graph,
    center: str,
    hops: int,
    types: Iterable[str] | None = None,
    predicates: Iterable[str] | None = None,
) -> dict[str, Path]:
    """The nodes within so many steps, each with a shortest path to it, the nearest first; the center has an empty one.

    Among equal paths that is taken whose last step `shortest_path` would prefer.
    """
    wanted = None if types is None else frozenset(types)
    allowed = None if predicates is None else frozenset(predicates)
    found: dict[str, Path] = {center: ()}
    frontier = [center]
    for _ in range(hops):
        best: dict[str, tuple[tuple[bool, bool, str, bool, str], Step]] = {}
        for node in frontier:
            for step in _steps(graph, node):
                if (
                    step.end not in found
                    and (wanted is None or graph.nodes[step.end]["type"] in wanted)
                    and (allowed is None or step.predicate in allowed)
                ):
                    rank = (_preference(graph, step), step)
                    if step.end not in best or rank[0] < best[step.end][0]:
                        best[step.end] = rank
        found.update((node, (*found[step.start], step)) for node, (_, step) in best.items())
        frontier = list(best)
    return found


def part(graph: Graph, nodes: Collection[str]) -> Graph:
    """The nodes and the edges between them, in the graph's own order: networkx's subgraph follows that of hashes."""
    found: Graph = graph.__class__()
    found.add_nodes_from((node, it) for node, it in graph.nodes.items() if node in nodes)
    for node, near, key, it in graph.edges(found, keys=True, data=True):
        if near in nodes:
            found.add_edge(node, near, key=key, **it)
    return found


def only(
    graph: Graph, types: Iterable[str] | None, predicates: Iterable[str] | None, kept: Collection[str] = ()
) -> Graph:
    """The nodes of those types, and those in `kept`, with the edges of those predicates between them (None: all)."""
    wanted = None if types is None else frozenset(types)
    allowed = None if predicates is None else frozenset(predicates)
    nodes = {node for node, it in graph.nodes.items() if wanted is None or it["type"] in wanted or node in kept}
    found: Graph = graph.__class__()
    found.add_nodes_from((node, it) for node, it in graph.nodes.items() if node in nodes)
    for node, near, key, it in graph.edges(keys=True, data=True):
        if node in nodes and near in nodes and (allowed is None or key in allowed):
            found.add_edge(node, near, key=key, **it)
    return found
