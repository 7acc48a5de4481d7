"""The graph layer beyond one path: several ways, slices of time, simpler networks, ranks, careers; from a store too."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import networkx
import pytest
from facts import lake, say, write
from hypothesis import given
from hypothesis import strategies as st

from kg.assemble import assemble
from kg.errors import QueryError
from kg.graph import (
    MEASURES,
    PROJECTIONS,
    at,
    between,
    bounds,
    career,
    centrality,
    communities,
    explain_path,
    find,
    linked,
    overlap,
    posts,
    shared_events,
    shortest_path,
    shortest_paths,
    spoken,
    to_networkx,
    together,
    ways,
)
from kg.links import named, open_around, open_between, open_links
from kg.rdf import triples
from kg.store import Store, load

if TYPE_CHECKING:
    from kg.graph import Graph

ROOT = Path(__file__).parents[1]

SPRING = write(
    "a1",
    "3月1日，陈志远、王建国出席春季会议。清远市市长陈志远讲话。清远市委书记王建国主持。",
    published="2019-03-01",
)
AUTUMN = write(
    "a2",
    "9月1日，陈志远、王建国、赵敏出席秋季会议。清远市市长陈志远、清远市委书记王建国在座。",
    published="2021-09-01",
)
LATER = write("a3", "韶关市市长赵敏谈乡村振兴。乡村振兴，赵敏又说。", published="2022-05-01")


ASSEMBLY = assemble(
    (
        say(
            SPRING,
            "Person:陈志远 attended Event:春季会议", "Person:王建国 attended Event:春季会议",
            "Person:陈志远 holdsOffice Office:清远市市长", "Person:王建国 holdsOffice Office:清远市委书记",
            "Office:清远市市长 officeIn Place:清远市", "Office:清远市委书记 officeIn Place:清远市",
            "Event:春季会议 heldOn 2019-02-28",
        ),
        say(
            AUTUMN,
            "Person:陈志远 attended Event:秋季会议", "Person:王建国 attended Event:秋季会议",
            "Person:赵敏 attended Event:秋季会议 !planned",
            "Person:陈志远 holdsOffice Office:清远市市长", "Person:王建国 holdsOffice Office:清远市委书记",
        ),
        say(
            LATER,
            "Person:赵敏 holdsOffice Office:韶关市市长", "Person:赵敏 speaksOf Initiative:乡村振兴",
            "Person:赵敏 speaksOf Initiative:乡村振兴 «乡村振兴，赵敏又说»",
        ),
    ),
    {},
)  # fmt: skip
GRAPH = to_networkx(ASSEMBLY)


def one(name: str, graph: Graph = GRAPH) -> str:
    (found,) = find(graph, name)
    return found


def names(nodes: object, graph: Graph = GRAPH) -> list[str]:
    return sorted(str(graph.nodes[node]["label"]) for node in nodes)  # type: ignore[attr-defined]


# TIME


@pytest.mark.parametrize(
    ("subject", "predicate", "thing", "days"),
    [
        ("陈志远", "attended", "春季会议", ("2019-02-28",)),  # the day of the event, not of the article
        ("陈志远", "attended", "秋季会议", ("2021-09-01",)),
        ("陈志远", "holdsOffice", "清远市市长", ("2019-03-01", "2021-09-01")),
        ("赵敏", "speaksOf", "乡村振兴", ("2022-05-01",)),
    ],
)
def test_an_edge_has_its_days(subject: str, predicate: str, thing: str, days: tuple[str, ...]) -> None:
    assert set(days) <= set(GRAPH.edges[one(subject), one(thing), predicate]["days"])


def test_a_slice_keeps_what_was_so_then() -> None:
    year = at(GRAPH, "2020")  # between two days that show them in office
    assert names(year) == ["清远市", "清远市委书记", "清远市市长", "王建国", "陈志远"]
    assert set(names(at(GRAPH, "2019-02-28"))) - set(names(year)) == {"春季会议"}
    assert names(at(GRAPH, "2018")) == []
    assert "春季会议" not in names(between(GRAPH, since="2019-03-01"))
    assert names(between(GRAPH, since="2022")) == ["乡村振兴", "赵敏", "韶关市市长"]
    assert set(between(GRAPH).edges(keys=True)) == set(GRAPH.edges(keys=True))


@given(st.dates(), st.dates())
def test_days_lie_in_their_months_and_years(one: object, other: object) -> None:
    day, second = sorted((str(one), str(other)))
    assert bounds(day) == (day, day)
    for whole in (day[:7], day[:4]):
        first, last = bounds(whole)
        assert first <= day <= last
    assert bounds(f"{day}/{second}") == (day, second)


# WAYS


def network(edges: list[tuple[int, int]]) -> Graph:
    graph: Graph = networkx.MultiDiGraph()
    for a, b in edges:
        for node in (a, b):
            graph.add_node(f"n{node}", type="Person", label=str(node), aliases=[])
        graph.add_edge(f"n{a}", f"n{b}", key="met", modality="asserted", label="会见", days=(), evidence=[])
    return graph


ENDS = st.tuples(st.integers(0, 7), st.integers(0, 7)).filter(lambda it: it[0] != it[1])
EDGES = st.lists(ENDS, min_size=1, max_size=16)


@given(EDGES, st.integers(1, 6))
def test_the_shortest_ways_are_as_long_as_networkx_finds_them(edges: list[tuple[int, int]], count: int) -> None:
    graph = network(edges)
    a, b = f"n{edges[0][0]}", f"n{edges[-1][1]}"
    if a == b:
        return
    plain = networkx.Graph(graph)
    expected: list[int] = []
    if networkx.has_path(plain, a, b):
        expected = [len(path) - 1 for path in networkx.shortest_simple_paths(plain, a, b)][:count]
    found = shortest_paths(graph, a, b, count)
    assert [len(path) for path in found] == expected
    assert len({tuple(step.end for step in path) for path in found}) == len(found)
    for path in found:
        passed = [a, *(step.end for step in path)]
        assert passed[-1] == b and len(set(passed)) == len(passed)
        assert all(graph.has_edge(*step.triple[::2]) for step in path)


@given(EDGES, st.integers(0, 4))
def test_ways_reach_all_that_is_near_by_shortest_paths(edges: list[tuple[int, int]], hops: int) -> None:
    graph = network(edges)
    start = f"n{edges[0][0]}"
    expected = networkx.single_source_shortest_path_length(networkx.Graph(graph), start, cutoff=hops)
    assert {node: len(path) for node, path in ways(graph, start, hops).items()} == dict(expected)


def test_several_ways_read_in_words() -> None:
    lines = [explain_path(GRAPH, path) for path in shortest_paths(GRAPH, one("陈志远"), one("王建国"), 3)]
    assert sorted(lines[:2]) == ["陈志远 —出席→ 春季会议 ←出席— 王建国", "陈志远 —出席→ 秋季会议 ←出席— 王建国"]
    assert lines[2] == "陈志远 —担任→ 清远市市长 —所属→ 清远市 ←所属— 清远市委书记 ←担任— 王建国"
    assert shortest_paths(GRAPH, one("陈志远"), one("陈志远"), 3) == ((),)


# FROM A STORE


@pytest.fixture(scope="module")
def store() -> Store:
    return load(triples(ASSEMBLY))


SHARED = ("type", "label", "aliases", "kind", "days")


@pytest.mark.parametrize("assembly", [ASSEMBLY, assemble((lake(),), {})], ids=["meetings", "lake"])
def test_a_store_gives_the_links_of_the_assembly(assembly: object) -> None:
    whole, light = to_networkx(assembly), open_links(load(triples(assembly)))  # type: ignore[arg-type]
    assert {node: [it[key] for key in SHARED] for node, it in whole.nodes.items()} == {
        node: [it[key] for key in SHARED] for node, it in light.nodes.items()
    }
    assert {node: len(it["evidence"]) for node, it in whole.nodes.items()} == {
        node: len(it["evidence"]) for node, it in light.nodes.items()
    }
    assert {edge: (it["label"], it["modality"], it["days"]) for edge, it in whole.edges.items()} == {
        edge: (it["label"], it["modality"], it["days"]) for edge, it in light.edges.items()
    }
    assert all(it["evidence"] for _, _, key, it in light.edges(keys=True, data=True) if key != "within")


def test_a_part_of_a_store_is_that_part_of_the_whole(store: Store) -> None:
    whole = open_links(store)
    (start,), (end,) = named(store, "陈志远"), named(store, "Place:清远市")
    for part in (open_around(store, [start], 2), open_between(store, [start], [end])):
        assert 0 < len(part) < len(whole)
        for node, it in part.nodes.items():
            assert whole.nodes[node] == it
        for edge, it in part.edges.items():
            assert whole.edges[edge] == it
        inside = [edge for edge in whole.edges(keys=True) if edge[0] in part and edge[1] in part]
        assert sorted(inside) == sorted(part.edges(keys=True))
    assert shortest_path(open_between(store, [start], [end]), start, end) == shortest_path(whole, start, end)
    assert {*open_around(store, [start], 2)} == {*ways(whole, start, 2)}


def test_what_is_not_linked_is_looked_for_to_its_end(store: Store) -> None:
    (start,), (apart,) = named(store, "陈志远"), named(store, "韶关市市长")
    graph = open_between(store, [start], [apart])
    path = shortest_path(graph, start, apart)
    assert path is not None  # 赵敏 is planned to attend
    two = say(LATER, "Person:赵敏 speaksOf Initiative:乡村振兴"), say(SPRING, "Person:陈志远 attended Event:春季会议")
    alone = load(triples(assemble(two, {})))
    (a,), (b,) = named(alone, "赵敏"), named(alone, "陈志远")
    assert shortest_path(open_between(alone, [a], [b]), a, b) is None


# SIMPLER NETWORKS


def test_who_was_there_together() -> None:
    network = together(GRAPH)
    assert names(network) == ["王建国", "陈志远"]  # what is planned does not count
    (edge,) = network.edges.values()
    assert (edge["weight"], edge["strength"]) == (2, 2.0)
    assert names(edge["events"]) == ["春季会议", "秋季会议"]


def test_who_spoke_of_what() -> None:
    network = spoken(GRAPH)
    assert [(network.nodes[node]["label"], network.nodes[node]["side"]) for node in network] == [
        (GRAPH.nodes[node]["label"], int(GRAPH.nodes[node]["type"] != "Person")) for node in network
    ]
    assert [it["weight"] for it in network.edges.values()] == [2]
    light = spoken(open_links(load(triples(ASSEMBLY))))
    assert [it["weight"] for it in light.edges.values()] == [2]


def test_who_serves_where() -> None:
    assert names(posts(GRAPH)) == ["清远市", "清远市委书记", "清远市市长", "王建国", "赵敏", "陈志远", "韶关市市长"]


def test_posts_are_ranked_too() -> None:
    network = PROJECTIONS["posts"](GRAPH)
    assert names(network) == names(posts(GRAPH))
    assert centrality(network, "degree")[one("清远市市长")] == 2


def test_what_is_linked_at_all() -> None:
    network = linked(GRAPH)
    assert set(network) == set(GRAPH)
    assert sum(it["weight"] for it in network.edges.values()) == GRAPH.number_of_edges()


# RANKS AND GROUPS


@pytest.mark.parametrize("measure", sorted(MEASURES))
def test_a_measure_ranks_all_from_the_highest(measure: str) -> None:
    if measure == "pagerank":
        pytest.importorskip("scipy")
    values = centrality(linked(GRAPH), measure)
    assert set(values) == set(GRAPH)
    assert list(values.values()) == sorted(values.values(), reverse=True)


def test_betweenness_is_that_of_networkx() -> None:
    network = linked(GRAPH)
    assert centrality(network, "betweenness") == pytest.approx(networkx.betweenness_centrality(network))


def test_of_a_large_network_nearness_is_estimated() -> None:
    star = linked(network([(0, i) for i in range(1, 1200)]))
    values = centrality(star, "harmonic")
    assert next(iter(values)) == "n0" and set(values) == set(star)
    assert values["n0"] == pytest.approx(1199, rel=0.01)
    assert values == centrality(star, "harmonic")


def test_an_unknown_measure_is_named() -> None:
    with pytest.raises(QueryError, match="no measure is called 'beauty'; there are degree"):
        centrality(linked(GRAPH), "beauty")


def test_groups_hold_together() -> None:
    rings = [(a, b) for base in (0, 10) for a in range(base, base + 5) for b in range(base, a)]
    groups = communities(linked(network([*rings, (4, 10)])))
    assert groups == (("n0", "n1", "n2", "n3", "n4"), ("n10", "n11", "n12", "n13", "n14"))


def test_ranks_and_groups_do_not_follow_the_hash_seed() -> None:
    code = (
        "import sys; sys.path.insert(0, 'tests'); from test_follow import *; n = linked(GRAPH);"
        "print(communities(n), *(list(centrality(n, m).items()) for m in ('betweenness', 'harmonic', 'strength')))"
    )
    printed = {
        subprocess.run(
            [sys.executable, "-c", code], cwd=ROOT, env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)},
            capture_output=True, text=True, check=True,
        ).stdout
        for seed in ("1", "2")
    }  # fmt: skip
    assert len(printed) == 1 and printed != {""}


# CAREERS


def test_two_careers_meet_where_and_when_texts_show_both() -> None:
    (service,) = career(GRAPH, one("陈志远"))
    assert (service.office, service.last) == (one("清远市市长"), "2021-09-01")
    (found,) = overlap(GRAPH, one("陈志远"), one("王建国"))
    assert (found.one, found.other, found.last) == (one("清远市市长"), one("清远市委书记"), "2021-09-01")
    assert names(found.shared) == ["清远市"]
    assert overlap(GRAPH, one("陈志远"), one("赵敏")) == ()


def test_shared_events_come_by_day_without_plans() -> None:
    events = shared_events(GRAPH, one("陈志远"), one("王建国"))
    assert [GRAPH.nodes[event]["label"] for event in events] == ["春季会议", "秋季会议"]
    assert shared_events(GRAPH, one("陈志远"), one("赵敏")) == ()
