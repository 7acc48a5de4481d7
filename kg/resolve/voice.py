"""In whose name a document speaks: the county of a county's site, the school of 兰州大学新闻网, 公司 in its own news.

What such a text leaves out is its own: 县委书记 on the site of a county, 校长 on that of a school.
"""

from dataclasses import dataclass
from itertools import pairwise

from kg.ancestry import ancestors
from kg.knowledge import Knowledge
from kg.model import Name, Page

_HAS_A_PAPER = frozenset({"Province", "Prefecture"})
_LONGEST_AREA = 5  # characters of the area for which a school is named: 淮北|师范大学


@dataclass(frozen=True, slots=True)
class Voice:
    """The rows that the area of the outlet may be, whether it surely is of that, and the bodies that it may be."""

    areas: tuple[Name, ...] = ()
    sure: bool = False
    bodies: tuple[str, ...] = ()  # the one whose site it is, then the one of which the title tells


def _with_its_university(body: str, knowledge: Knowledge) -> tuple[str, ...]:
    """A body, and the university that it is of: 中山大学 speaks in the news of its schools too."""
    university = knowledge.patterns["university"].match(body)
    return (body, university.group()) if university else (body,)


def _innermost(areas: tuple[Name, ...], page: Page, knowledge: Knowledge) -> tuple[Name, ...]:
    """The last of the areas that open the name of the outlet, each in the one before: 杭州市西湖区人民检察院."""
    codes = {area.code for area in areas}
    for before, hit in pairwise(page.outlet_hits):
        full = (name for name in hit.names if name.status == "full" and name.code)
        inside = tuple(n for n in full if not codes.isdisjoint(one.code for one in ancestors(knowledge, n.code)))
        if hit.start != before.end or not inside:
            break
        areas, codes = inside, {area.code for area in inside}
    return areas


def voice_of(page: Page, knowledge: Knowledge) -> Voice:
    """What outlet and title of a document say of where it is from; nothing where that only sounds like an area.

    芙蓉区政府门户网站 is of 芙蓉区, whatever follows; 武汉晚报 is of 武汉市, 灵川报 of 灵川县;
    江海晨报 need not be of 江海区.
    """
    patterns, source = knowledge.patterns, page.document.source
    told = patterns["title_holds"].match(page.document.title)
    bodies = tuple(
        whole for body in (patterns["outlet_tail"].sub("", source), (told["who"] or "") if told else "")
        if patterns["body_with_a_site"].search(body)
        for whole in _with_its_university(body, knowledge)
    )
    first = next(iter(page.outlet_hits), None)
    if first is None or first.start:
        return Voice(bodies=bodies)
    rows = tuple(name for name in first.names if name.code)
    if full := tuple(name for name in rows if name.status == "full"):
        return Voice(_innermost(full, page, knowledge), sure=True, bodies=bodies)
    large = tuple(name for name in rows if name.kind in _HAS_A_PAPER)
    if large and patterns["paper_of_area"].match(source, first.end):
        return Voice(large, sure=True, bodies=bodies)
    is_word = source[: first.end] in knowledge.ambiguous or source in knowledge.outlets  # 解放日报 is not of 解放区
    if not large and not is_word and patterns["paper_of_county"].match(source, first.end):
        return Voice(rows, sure=True, bodies=bodies)
    named_for = (knowledge.names.get(source[:size], ()) for size in range(min(_LONGEST_AREA, len(source)), 1, -1))
    longest = next((names for names in named_for if any(name.kind in _HAS_A_PAPER for name in names)), ())
    return Voice(tuple(name for name in longest if name.kind in _HAS_A_PAPER) if bodies else (), bodies=bodies)
