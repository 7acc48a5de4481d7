"""Units of bodies and of armies: 浙江大学继续教育学院, 农业部渔业局, 八路军第一二九师第三八五旅."""

from collections.abc import Iterable, Iterator
from functools import lru_cache

from kg.knowledge import Knowledge
from kg.model import Mention, Name
from kg.recognise.edges import Edges, is_area, is_organization

# For each kind of body, the patterns has_units_of_… and unit_of_… tell its names and those of its units.
_UNITS = ("school", "court", "ministry", "bureau", "bank", "party")


def army_units(edges: Edges) -> Iterator[Mention]:
    """Units of armies, and of those sent abroad: 八路军第一二九师第三八五旅, 第八师, 中国第十五批赴黎巴嫩维和部队."""
    look, patterns = edges.look, edges.patterns
    armies = [hit for hit in edges.hits if any(map(_is_army, hit.names))]
    may_be = armies or not edges.cued.isdisjoint(("army_unit_alone", "army_district"))
    if may_be and patterns["tells_of_armies"].search(look):
        for hit in armies:
            if unit := patterns["army_unit"].match(look, hit.end):
                yield from _whole(edges, hit.start, unit.end())
        for unit in edges.find("army_unit_alone"):
            inner = patterns["army_unit"].match(look, unit.end())
            yield from _whole(edges, unit.start(), inner.end() if inner else unit.end())
        for district in edges.find("army_district"):
            area, unit = edges.hit_to.get(district.start()), patterns["army_unit"].match(look, district.end())
            if area and unit:
                above = edges.hit_to.get(area.start)
                first = above.start if above and is_area(above) else area.start
                yield from _whole(edges, first, unit.end())
    for sent in edges.find("mission"):
        yield from _whole(edges, *sent.span())


def _is_army(name: Name) -> bool:
    return name.kind == "Army" and name.type == "Organization"


def _whole(edges: Edges, start: int, end: int) -> Iterator[Mention]:
    if edges.is_break(end) or end in edges.role_from:
        yield edges.mention(start, end, "Organization", "unit-sent", edges.look[start:end].replace(" ", ""))


def companies_of_works(edges: Edges) -> Iterator[Mention]:
    """Companies that build, called after what were bureaus: 中铁四局, 中建三局集团有限公司."""
    for works in edges.find("company_of_works"):
        yield from _whole(edges, *works.span())


def units(edges: Edges, bodies: Iterable[Mention]) -> Iterator[Mention]:
    """The units that stand after their bodies: 浙江大学|继续教育学院, 农业部|渔业局, 最高人民法院|环境资源审判庭."""
    look, patterns = edges.look, edges.patterns
    for body in bodies:
        end = body.span.end
        for kind in _kinds_of_units(edges.knowledge, body.key):
            unit = patterns[f"unit_of_{kind}"].match(look, end)
            if unit and _is_unit(edges, end, unit.end()):
                key = body.key + look[end : unit.end()]
                yield edges.mention(body.span.start, unit.end(), "Organization", "unit", key, body.parts)
                break


@lru_cache(maxsize=1 << 14)  # the same bodies stand in many articles
def _kinds_of_units(knowledge: Knowledge, body: str) -> tuple[str, ...]:
    """Which kinds of units a body of that name has."""
    return tuple(kind for kind in _UNITS if knowledge.patterns[f"has_units_of_{kind}"].search(body))


def _is_unit(edges: Edges, start: int, end: int) -> bool:
    """Whether [start, end) after a body names a unit of it: no word that parts phrases, no other name inside."""
    if not (edges.is_break(end) or end in edges.role_from) or not edges.is_break(start):
        return False
    if edges.look[end - 2 : end] in edges.lists["not_bodies"]:
        return False  # 省委着眼全省发展|大局
    allowed = edges.lists["inside_bodies"]
    words = [(edges.look[first:stop], tag) for first, stop, tag in edges.words(start, end)]
    return all(word in allowed or not (word in edges.stops or tag == "v") for word, tag in words) and not any(
        is_organization(hit) and hit.start == start for hit in edges.hits_in(start, end)
    )
