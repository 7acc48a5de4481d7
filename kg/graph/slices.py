"""The graph at a day or between two: what texts show to have been so then."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.project import WITHIN

if TYPE_CHECKING:
    from kg.graph.facts import Graph

# What lasts from one day that shows it to the next; the others are what happened on their days.
LASTING = frozenset(("holdsOffice",))
# What stands, whenever it is told: where a place lies, whose an office is.
STANDING = frozenset(("officeIn", "locatedIn", WITHIN))


def bounds(value: str) -> tuple[str, str]:
    """The first and the last day, as text that sorts, of a day, a month, a year or an interval of them.

    >>> bounds("2020-06-05"), bounds("2020-06"), bounds("2019/2020-03")
    (('2020-06-05', '2020-06-05'), ('2020-06-01', '2020-06-31'), ('2019-01-01', '2020-03-31'))
    """
    first, _, last = value.partition("/")
    last = last or first
    return first + "-01-01"[len(first) - 4 :], last + "-12-31"[len(last) - 4 :]


def at(graph: Graph, day: str) -> Graph:
    """The graph at a day, a month or a year: see `between`."""
    return between(graph, *bounds(day))


def between(graph: Graph, since: str = "", until: str = "") -> Graph:
    """The facts that texts show between two days, both included (empty: no bound), and the things in them.

    An office that is shown before and after counts as held in between. Facts of which no day is known are left out;
    where a place lies and whose an office is stays for the things that are left.
    """
    low = bounds(since)[0] if since else ""
    high = bounds(until)[1] if until else "9"
    found: Graph = graph.__class__()
    kept = [
        (subject, thing, predicate, it)
        for subject, thing, predicate, it in graph.edges(keys=True, data=True)
        if predicate not in STANDING and _holds(predicate, it["days"], low, high)
    ]
    left = {node for subject, thing, _, _ in kept for node in (subject, thing)}
    # What an office belongs to and where a place lies: upwards, as long as something new comes.
    standing = [edge for edge in graph.edges(keys=True, data=True) if edge[2] in STANDING]
    above: dict[str, list[str]] = {}
    for subject, thing, _, _ in standing:
        above.setdefault(subject, []).append(thing)
    pending = sorted(left)
    while pending:
        for thing in above.get(pending.pop(), ()):
            if thing not in left:
                left.add(thing)
                pending.append(thing)
    found.add_nodes_from((node, it) for node, it in graph.nodes.items() if node in left)
    for subject, thing, predicate, it in (*kept, *(edge for edge in standing if edge[0] in left)):
        found.add_edge(subject, thing, key=predicate, **it)
    return found


def _holds(predicate: str, days: tuple[str, ...], low: str, high: str) -> bool:
    spans = [bounds(day) for day in days]
    if predicate in LASTING and spans:
        spans = [(min(first for first, _ in spans), max(last for _, last in spans))]
    return any(first <= high and last >= low for first, last in spans)
