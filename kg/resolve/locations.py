"""What lies in what, as far as the text shows it.

A division lies in the next one above that the text names; a zone, venue or village in the area with which its name
begins or that stands right before it.
"""

from collections.abc import Iterator, Mapping, Sequence

from kg.model import Mention, Reading
from kg.resolve.areas import Areas
from kg.resolve.book import Book

_NOWHERE = frozenset({"Country", "Region"})  # what is said to lie in no other place
_HOLDS_NOTHING = frozenset({"NaturalFeature", "Infrastructure", "Region"})


def link_locations(book: Book) -> None:
    """Link each place to the one that the text shows around it."""
    _read_areas_of_bodies(book)
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
    beside = list(_after_area(places, book, frozenset(named)))
    settled = {reading.entity for reading in (*named, *(after for after, _ in beside))}
    beside += _in_scene(places, book, settled)
    for inner, outer in (*named.items(), *beside):
        start = min(inner.mention.span.start, outer.mention.span.start)
        book.link(inner.entity, "locatedIn", outer.entity, start, inner.mention.span.end, "place-after-area")


def _read_areas_of_bodies(book: Book) -> None:
    """Read the province of a body where a division in it is named: 江西省 of 江西省委 in a text about 赣州市."""
    bodies = [mention for mention in book.of("Organization") if mention.parts]
    if not bodies:
        return
    codes = {code for _, _, _, code in book.facts.values() if code}
    above = {division.code for code in codes for division in book.areas.ancestors(code)} - codes
    for mention in bodies:
        for part in mention.parts:
            name = book.areas.choose(part.names, part.start) if part.label == "area" else None
            if name and name.type == "Province" and name.code in above:
                book.read_part(part)


def _divisions_within(divisions: Mapping[str, str], areas: Areas) -> Iterator[tuple[str, str]]:
    """For each division that the text names (code → entity) the nearest one above it that the text names too."""
    in_its_place: dict[str, str] = {}  # what the text names for a division that came after it: 哈密地区 for 哈密市
    for code, entity in sorted(divisions.items()):
        division = areas.knowledge.divisions.get(code)
        for heir in division.successor.split("|") if division else ():
            in_its_place.setdefault(heir, entity)
    named = in_its_place | dict(divisions)
    for code, entity in sorted(divisions.items()):
        above = (named[division.code] for division in areas.ancestors(code) if division.code in named)
        if whole := next(above, ""):
            yield entity, whole


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
    joint, links, look = book.knowledge.patterns["place_joint"], book.knowledge.patterns["links_areas"], book.page.look
    for at, after in enumerate(places):
        if book.facts[after.entity][3]:
            continue  # said first, since most are divisions
        start = after.mention.span.start
        before = next((one for one in reversed(places[max(0, at - 4) : at]) if one.mention.span.end <= start), None)
        if before is None or after in settled or not _may_lie(after, before, book):
            continue
        outer = before.mention.span
        is_line = book.facts[after.entity][2] == "Infrastructure" and look[outer.end : start] == "的"
        if is_line and links.fullmatch(look, max(0, outer.start - 1), outer.start):
            continue
        if joint.fullmatch(look, outer.end, start):
            yield after, before


def _in_scene(places: Sequence[Reading], book: Book, settled: set[str]) -> Iterator[tuple[Reading, Reading]]:
    """Pairs (part, whole) where a sentence plays in an area: 在浙江宁波，大家走进纪念园, 考察了该县的枢纽工程."""
    patterns, look = book.knowledge.patterns, book.page.look
    for at, place in enumerate(places):
        start = place.mention.span.start
        if place.entity in settled or place.mention.rule == "part-of-name" or _is_division(place, book):
            continue
        if level := patterns["of_the_area"].search(look, max(0, start - 5), start):
            whole = _last_of_level(places[:at], level["level"], book)
        elif patterns["in_scene"].search(look, max(0, start - 8), start):
            whole = _scene(places[:at], start, book)
        else:
            continue
        if whole and _may_lie(place, whole, book) and book.facts[place.entity][2] != "NaturalFeature":
            yield place, whole


def _is_division(place: Reading, book: Book) -> bool:
    return bool(book.facts[place.entity][3]) or place.mention.rule == "village"


def _scene(before: Sequence[Reading], offset: int, book: Book) -> Reading | None:
    """The division in which the sentence plays up to that offset, if the last named is one: 来到淅川县，考察…."""
    patterns, look = book.knowledge.patterns, book.page.look
    at = next((i for i in range(len(before) - 1, -1, -1) if _is_division(before[i], book)), None)
    if at is None:
        return None
    scene = before[at]
    if patterns["sentence_end"].search(look, scene.mention.span.end, offset):
        return None
    while at > 0 and before[at - 1].mention.span.end == before[at].mention.span.start:
        at -= 1  # 来到|江苏|溧阳
    start = before[at].mention.span.start
    leads = patterns["scene_before"].search(look, max(0, start - 14), start)
    return scene if leads and patterns["scene_after"].match(look, scene.mention.span.end) else None


def _last_of_level(places: Sequence[Reading], level: str, book: Book) -> Reading | None:
    """The last of the places whose name ends so."""
    return next((one for one in reversed(places) if book.facts[one.entity][1].endswith(level)), None)


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
