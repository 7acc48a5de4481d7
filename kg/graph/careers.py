"""Two careers side by side: in which offices two people served at the same time, and where they were together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.graph.projections import PRESENT
from kg.graph.slices import bounds

if TYPE_CHECKING:
    from kg.graph.facts import Graph


@dataclass(frozen=True, slots=True)
class Service:
    """An office of a person with the first and the last day on which texts show it, and whose office it is; ids."""

    office: str
    first: str
    last: str
    areas: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Overlap:
    """Two offices that texts show held at the same time, from `first` to `last`, and what both belong to; ids.

    `shared` is empty where the offices are of different areas and bodies.
    """

    one: str
    other: str
    first: str
    last: str
    shared: tuple[str, ...]


def career(graph: Graph, person: str) -> tuple[Service, ...]:
    """The offices of a person in the order of the days that show them; those of which no day is known come last."""
    services = []
    for _, office, predicate, it in graph.out_edges(person, keys=True, data=True):
        if predicate == "holdsOffice":
            spans = [bounds(day) for day in it["days"]]
            areas = sorted(area for _, area, kind in graph.out_edges(office, keys=True) if kind == "officeIn")
            first, last = min((one for one, _ in spans), default=""), max((one for _, one in spans), default="")
            services.append(Service(office, first, last, tuple(areas)))
    return tuple(sorted(services, key=lambda one: (one.first or "9", one.last, one.office)))


def overlap(graph: Graph, one: str, other: str) -> tuple[Overlap, ...]:
    """The offices of two people that texts show held at the same time, those of one area or body first, then by day.

    Texts show less than was so: an overlap is attested, its absence says nothing.
    """
    found = []
    for mine in career(graph, one):
        for theirs in career(graph, other):
            first, last = max(mine.first, theirs.first), min(mine.last, theirs.last)
            if mine.first and theirs.first and first <= last:
                shared = tuple(sorted(set(mine.areas) & set(theirs.areas)))
                found.append(Overlap(mine.office, theirs.office, first, last, shared))
    return tuple(sorted(found, key=lambda it: (not it.shared, it.first, it.last, it.one, it.other)))


def shared_events(graph: Graph, one: str, other: str) -> tuple[str, ...]:
    """The events at which both were, by day, then by id; what is only planned is left out."""
    mine, theirs = (_events(graph, person) for person in (one, other))
    return tuple(sorted(mine.keys() & theirs.keys(), key=lambda event: (mine[event] or "9", event)))


def _events(graph: Graph, person: str) -> dict[str, str]:
    return {
        event: min(it["days"], default="")
        for _, event, predicate, it in graph.out_edges(person, keys=True, data=True)
        if predicate in PRESENT and it["modality"] != "planned"
    }
