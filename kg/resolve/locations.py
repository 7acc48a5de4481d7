"""What lies in what, as far as the text shows it.

A division lies in the next one above that the text names; a zone, venue or village in the area with which its name
begins or that stands right before it.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from kg.model import Mention, Reading
from kg.resolve.areas import Areas
from kg.resolve.book import Book

_NOWHERE = frozenset({"Country", "Region"})  # what is said to lie in no other place
_HOLDS_NOTHING = frozenset({"NaturalFeature", "Infrastructure", "Region"})


def link_locations(book: Book) -> None:
    """Link each place to the one that the text shows around it."""
    divisions = {code: entity for entity, (_, _, _, code) in book.facts.items() if code}
    first: dict[str, Mention] = {}
    for reading in book.readings:
        first.setdefault(reading.entity, reading.mention)
    for part, whole in (*_divisions_within(divisions, book.areas), *_cities_of_countries(book)):
        if part in first and whole in first:
            span = first[part].span
            book.link(part, "locatedIn", whole, span.start, span.end, "division-of")
    places = sorted(
        (r for r in book.readings if r.mention.type in {"Place", "Province"} and r.mention.rule != "area-of-post"),
        key=lambda r: (r.mention.span.start, -r.mention.span.end),
    )
    named = dict(_area_in_name(places, book))
    for inner, outer in (*named.items(), *_after_area(places, book, frozenset(named))):
        start = min(inner.mention.span.start, outer.mention.span.start)
        book.link(inner.entity, "locatedIn", outer.entity, start, inner.mention.span.end, "place-after-area")


def _divisions_within(divisions: Mapping[str, str], areas: Areas) -> Iterator[tuple[str, str]]:
    """For each division that the text names (code → entity) the nearest one above it that the text names too."""
    for code, entity in sorted(divisions.items()):
        above = (_named(division.code, divisions, areas) for division in areas.ancestors(code))
        if whole := next(filter(None, above), ""):
            yield entity, whole


def _named(code: str, divisions: Mapping[str, str], areas: Areas) -> str:
    """The entity of a division, else of the one that the text names in its place: 哈密地区 for 哈密市."""
    heirs = (
        entity for other, entity in sorted(divisions.items())
        if code in areas.knowledge.divisions[other].successor.split("|")
    )
    return divisions.get(code) or next(heirs, "")


def _cities_of_countries(book: Book) -> Iterator[tuple[str, str]]:
    """Pairs (city, country) where the text names a place abroad, and the country in which the table puts it."""
    entities = {
        row.name: entity
        for entity, (kind_of_thing, name, _, code) in book.facts.items() if kind_of_thing == "Place" and not code
        for row in book.knowledge.names.get(name, ()) if row.type == "Place" and not row.code
    }
    for name, entity in sorted(entities.items()):
        if country := entities.get(book.knowledge.countries.get(name, "")):
            yield entity, country


def _may_lie(inner: Reading, outer: Reading, book: Book) -> bool:
    """Whether what is no division of the table may be said to lie in that place: in no river, port or continent."""
    _, _, inner_kind, code = book.facts[inner.entity]
    _, outer_name, outer_kind, _ = book.facts[outer.entity]
    home = outer_name in book.knowledge.words["home_countries"]
    return not code and not home and inner_kind not in _NOWHERE and outer_kind not in _HOLDS_NOTHING


def _after_area(
    places: Sequence[Reading], book: Book, settled: frozenset[Reading]
) -> Iterator[tuple[Reading, Reading]]:
    """Pairs (part, whole) where a place without a code follows its area: 峨口镇|西关村, 位于东莞市的松山湖."""
    joint = book.knowledge.patterns["place_joint"]
    for before, after in pairwise(places):
        if after in settled or not _may_lie(after, before, book):
            continue
        start, end = before.mention.span.end, after.mention.span.start
        if start <= end and joint.fullmatch(book.page.look, start, end):
            yield after, before


def _area_in_name(places: Sequence[Reading], book: Book) -> Iterator[tuple[Reading, Reading]]:
    """Pairs (part, whole) where the name of a place without a code begins with its area: 湖州市|会议中心."""
    parts = [place for place in places if place.mention.rule == "part-of-name"]
    for place in places:
        span = place.mention.span
        inside = [
            part for part in parts if span.start <= part.mention.span.start and part.mention.span.end < span.end
        ]
        if inside and _may_lie(place, inside[-1], book):
            yield place, inside[-1]
