"""What lies in what, as far as the text shows it.

A division lies in the next one above that the text names; a zone, venue or village in the area with which its name
begins or that stands right before it.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from kg.model import Mention, Reading
from kg.resolve.areas import Areas
from kg.resolve.book import Book


def link_locations(book: Book) -> None:
    """Link each place to the one that the text shows around it."""
    divisions = {code: entity for entity, (_, _, _, code) in book.facts.items() if code}
    first: dict[str, Mention] = {}
    for reading in book.readings:
        first.setdefault(reading.entity, reading.mention)
    for part, whole in _divisions_within(divisions, book.areas):
        if part in first and whole in first:
            span = first[part].span
            book.link(part, "locatedIn", whole, span.start, span.end, "division-of")
    coded = frozenset(divisions.values())
    places = sorted(
        (r for r in book.readings if r.mention.type in {"Place", "Province"} and r.mention.rule != "area-of-post"),
        key=lambda r: (r.mention.span.start, -r.mention.span.end),
    )
    for inner, outer in (*_after_area(places, book, coded), *_area_in_name(places, coded)):
        start = min(inner.mention.span.start, outer.mention.span.start)
        book.link(inner.entity, "locatedIn", outer.entity, start, inner.mention.span.end, "place-after-area")


def _divisions_within(divisions: Mapping[str, str], areas: Areas) -> Iterator[tuple[str, str]]:
    """For each division that the text names (code → entity) the nearest one above it that the text names too."""
    for code, entity in sorted(divisions.items()):
        above = next((above.code for above in areas.ancestors(code) if above.code in divisions), None)
        if above:
            yield entity, divisions[above]


def _after_area(places: Sequence[Reading], book: Book, coded: frozenset[str]) -> Iterator[tuple[Reading, Reading]]:
    """Pairs (part, whole) where a place without a code follows its area: 峨口镇|西关村, 位于东莞市的松山湖."""
    joint = book.knowledge.patterns["place_joint"]
    for before, after in pairwise(places):
        if after.entity in coded:  # a division: its place is in the table
            continue
        if before.mention.rule.startswith("table") and before.entity not in coded:
            continue
        start, end = before.mention.span.end, after.mention.span.start
        if start <= end and joint.fullmatch(book.page.look, start, end):
            yield after, before


def _area_in_name(places: Sequence[Reading], coded: frozenset[str]) -> Iterator[tuple[Reading, Reading]]:
    """Pairs (part, whole) where the name of a place without a code begins with its area: 湖州市|会议中心."""
    parts = [place for place in places if place.mention.rule == "part-of-name"]
    for place in places:
        span = place.mention.span
        inside = [
            part for part in parts if span.start <= part.mention.span.start and part.mention.span.end < span.end
        ]
        if inside and place.entity not in coded:
            yield place, inside[-1]
