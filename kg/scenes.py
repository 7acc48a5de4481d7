"""Questions to a store → what to draw: the part of the graph that answers, careers, counts by province."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pyoxigraph

from kg.errors import KGError, NotFoundError, QueryError
from kg.graph import between, explain_path, part, shortest_paths
from kg.links import named, open_around, open_between, open_links
from kg.model import ENTITY_TYPES, RELATIONS
from kg.picture.timeline import Bar
from kg.project import WITHIN, label
from kg.query import bind, find_query
from kg.store import Store, Term

if TYPE_CHECKING:
    from kg.graph import Graph

# What is counted on the map: the relations that lead from a thing to a place, how the count is called, and what it is.
COUNTED: Mapping[str, tuple[tuple[str, ...], str, str]] = {
    "events": (("heldAt",), "在该省举行的活动数", "每场活动在一省只计一次"),
    "visits": (("visited",), "考察该省的次数", "同一人同一日在一省只计一次"),
    "offices": (("officeIn",), "该省的职务数", "每个职务只计一次"),
}
_UP = ("locatedIn", WITHIN)
_SUBJECTS_LEFT = ("attended", "chaired", "spokeAt", "organizedBy")
_IN_TIME = " in that time"
_SIDE = 40  # things in a column: more of them make no picture


@dataclass(frozen=True, slots=True)
class Scene:
    """A network to draw: `columns` of ids ("": a gap) where it reads from left to right; `marked` was asked for."""

    graph: Graph
    title: str
    columns: tuple[tuple[str, ...], ...] = ()
    marked: tuple[str, ...] = field(default=())


def around(store: Store, names: Sequence[str], hops: int, since: str = "", until: str = "") -> Scene:
    """What lies within so many steps of the things of these names."""
    centers = [ident for name in names for ident in named(store, name)]
    graph = open_around(store, centers, hops)
    if since or until:
        graph = between(graph, since, until)
    if not graph.number_of_edges():
        raise NotFoundError(f"nothing is linked to {'、'.join(names)}{_IN_TIME if since or until else ''}")
    return Scene(graph, f"{'、'.join(names)}：{hops} 步之内", (), tuple(one for one in centers if one in graph))


def way(store: Store, start: str, end: str, count: int, since: str = "", until: str = "") -> Scene:
    """The shortest ways from one thing to another, in columns by the steps from the first."""
    a, b = named(store, start), named(store, end)
    if since or until:
        graph = between(open_links(store), since, until)
    else:
        graph = open_between(store, a, b) if count == 1 else open_links(store)
    pairs = [(x, y) for x in a for y in b if x != y and x in graph and y in graph]
    paths = sorted((path for x, y in pairs for path in shortest_paths(graph, x, y, count)), key=len)[:count]
    if not paths:
        raise NotFoundError(f"no path from {start} to {end}{_IN_TIME if since or until else ''}")
    rows: dict[str, int] = {}
    for path in paths * len(paths):  # until each stands right of all that lead to it, or lead back
        for step in path:
            rows[step.end] = max(rows.get(step.end, 0), rows.setdefault(step.start, 0) + 1)
    drawn = part(graph, rows)
    walked = {step.triple for path in paths for step in path}
    drawn.remove_edges_from(
        [(s, o, p) for s, o, p in drawn.edges(keys=True) if (s, p, o) not in walked]
    )
    # Each path on a line of its own, as far as no earlier one has its things.
    lines: dict[str, int] = {}
    for i, path in enumerate(paths):
        for step in path:
            lines.setdefault(step.start, i)
            lines.setdefault(step.end, 0 if step is path[-1] else i)
    places = {(rows[node], lines[node]): node for node in reversed(lines)}
    columns = [
        tuple(places.get((column, line), "") for line in range(max(lines.values()) + 1))
        for column in range(max(rows.values()) + 1)
    ]
    drawn = part(drawn, set(places.values()))
    title = explain_path(graph, paths[0]) if count == 1 else f"{start} → {end}：最短的 {len(paths)} 条路径"
    return Scene(drawn, title, tuple(columns), (paths[0][0].start, paths[0][-1].end))


def event(store: Store, name: str) -> Scene:
    """An event in the middle, who was there on its left, and where it was and what it dealt with on its right."""
    graph = open_around(store, named(store, name), 1)
    events = [ident for ident in named(store, name) if graph.nodes[ident]["type"] == "Event"]
    if not events:
        raise KGError(f"{name} is no event; --focus shows what lies around any thing")
    center = events[0]
    graph = part(graph, {center, *graph.succ[center], *graph.pred[center]})
    graph.remove_edges_from([edge for edge in graph.edges(keys=True) if center not in edge[:2]])

    def order(node: str) -> tuple[object, ...]:
        predicates = sorted(key for _, _, key in (*graph.in_edges(node, keys=True), *graph.out_edges(node, keys=True)))
        kind = ENTITY_TYPES.index(graph.nodes[node]["type"])
        return "chaired" not in predicates, kind, predicates, graph.nodes[node]["label"], node

    there = [
        node for node in graph
        if node != center and any(key in _SUBJECTS_LEFT for key in (*graph.get_edge_data(node, center, default={}),
                                                                    *graph.get_edge_data(center, node, default={})))
    ]  # fmt: skip
    others = [node for node in graph if node != center and node not in there]
    columns = (sorted(there, key=order)[:_SIDE], [center], sorted(others, key=order)[:_SIDE])
    kept = part(graph, {node for column in columns for node in column})
    return Scene(kept, str(graph.nodes[center]["label"]), tuple(tuple(one) for one in columns if one), (center,))


def offices(store: Store, names: Sequence[str], since: str = "", until: str = "") -> tuple[Bar, ...]:
    """The offices over time of each person of these names, or the holders of each office, by their first day.

    With a time, those that texts show held in it, with all their days.
    """
    bars: list[Bar] = []
    for name in names:
        for ident in named(store, name):
            graph = open_around(store, [ident], 1)
            if since or until:
                graph = between(graph, since, until)
            mine = []
            for subject, thing, predicate, it in graph.edges(keys=True, data=True):
                if predicate == "holdsOffice" and ident in (subject, thing):
                    other = thing if subject == ident else subject
                    mine.append(Bar(str(graph.nodes[ident]["label"]), str(graph.nodes[other]["label"]), it["days"]))
            bars += sorted(mine, key=lambda bar: (bar.days[:1] or ("9",), bar.days[-1:], bar.label))
    if not bars:
        when = _IN_TIME if since or until else ""
        raise NotFoundError(f"no office of {'、'.join(names)} is known{when}, and nobody in it")
    return tuple(bars)


def by_province(graph: Graph, what: str) -> dict[str, int]:
    """How many things of the graph lead to each province, by its code; a place counts for the province it lies in."""
    if what not in COUNTED:
        raise KGError(f"no count is called {what!r}; there are {', '.join(COUNTED)}")
    above: defaultdict[str, list[str]] = defaultdict(list)
    for subject, thing, predicate in graph.edges(keys=True):
        if predicate in _UP:
            above[subject].append(thing)
    counted: set[tuple[str, str, str]] = set()
    for subject, thing, predicate, it in graph.edges(keys=True, data=True):
        if predicate in COUNTED[what][0] and it["modality"] != "planned":
            # A visit counts each time that an article tells it; an event or an office once.
            times = it["days"] if what == "visits" else ("",)
            counted.update((province, subject, day) for province in _provinces(graph, above, thing) for day in times)
    return dict(sorted(Counter(province for province, _, _ in counted).items()))


def _provinces(graph: Graph, above: Mapping[str, Sequence[str]], place: str) -> set[str]:
    """The codes of the provinces in which a place lies, itself if it is one."""
    seen, pending, found = {place}, [place], set()
    while pending:
        node = pending.pop()
        if graph.nodes[node]["type"] == "Province":
            found.add(node.rpartition("-")[2])
            continue
        for whole in above.get(node, ()):
            if whole not in seen:
                seen.add(whole)
                pending.append(whole)
    return found


def answer(store: Store, what: str, given: Mapping[str, str]) -> Scene:
    """The picture of a query: the triples of a CONSTRUCT, or the rows of a SELECT.

    A SELECT has one column (things, drawn with the facts between them), two (from, to) or three (from, relation, to).
    """
    query = find_query(what)
    result = store.query(bind(query, given, store.prefixes))
    rows = [row for row in result.rows if all(term is not None for term in row)]
    if result.kind == "ask" or not 1 <= len(result.variables) <= 3:
        raise QueryError("a picture needs a CONSTRUCT, or a SELECT of one, two or three columns: from, relation, to")
    if not rows:
        raise NotFoundError("the query has no rows to draw")
    title = query.title or "查询结果"
    if len(result.variables) == 1:
        graph = open_links(store, sorted({_key(row[0]) for row in rows if isinstance(row[0], pyoxigraph.NamedNode)}))
        if not len(graph):
            raise NotFoundError("the query names no things of the graph; SELECT their IRIs, not their labels")
        return Scene(graph, title)
    return Scene(_drawn(store, rows, result.kind == "construct"), title)


def _drawn(store: Store, rows: Iterable[tuple[Term | None, ...]], construct: bool) -> Graph:
    import networkx

    graph: Graph = networkx.MultiDiGraph()
    triples = sorted({(_key(row[0]), _key(row[1]) if row[2:] else "", _key(row[-1])) for row in rows})
    labels = {ident: name for ident, relation, name in triples if construct and relation == "label"}
    types = {ident: kind for ident, relation, kind in triples if construct and relation == "type"}
    triples = [one for one in triples if not construct or one[1] not in ("label", "type")]
    known = open_links(store, sorted({node for triple in triples for node in triple[::2] if _is_id(node)}))
    for node in sorted({node for triple in triples for node in triple[::2]}):
        it = known.nodes.get(node, {})
        graph.add_node(
            node, type=types.get(node, it.get("type", "")), label=labels.get(node, it.get("label", node)), aliases=[]
        )
    for start, relation, end in triples:
        known_as = label(relation) if relation in (*RELATIONS, WITHIN) else relation
        graph.add_edge(start, end, key=relation, label=known_as, modality="asserted", days=(), evidence=())
    return graph


def _is_id(node: str) -> bool:
    return node.isascii() and node.replace("-", "").replace("_", "").isalnum()


def _key(term: Term | None) -> str:
    """The local name of an IRI, the characters of a literal."""
    if isinstance(term, pyoxigraph.NamedNode):
        return term.value[max(term.value.rfind("#"), term.value.rfind("/")) + 1 :]
    return "" if term is None else str(term.value)
