"""What the tables know by name; a short name that is also a word, or shared, only where the text speaks for it."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from kg.knowledge import Knowledge
from kg.model import Mention, MentionType, Name, Part
from kg.recognise.edges import Edges, is_area

_SURE = frozenset({"full", "former"})  # the status of a name that is never a word of the sentence
_NAMED_FOR_A_DIVISION = frozenset({"Venue", "Zone", "Infrastructure"})
_LONG = 4  # characters from which a name abroad is no part of a longer one
_ALONE = 4  # letters in a row that need no 四省市 after them: 沪苏浙皖
_LONGEST_BEFORE = 2  # characters before a short name in which 来到 is looked for


def gazetteer(edges: Edges) -> Iterator[Mention]:
    """The tables' names as mentions, each typed by its row; what may be a word stays out unless the text helps."""
    full_codes = {name.code for hit in edges.hits for name in hit.names if name.status in _SURE and name.code}
    full_codes |= {name.code for hit in edges.page.title_hits for name in hit.names if name.status == "full"}
    before_delegates = {match.start() for match in edges.find("congress_delegate")}
    for hit in edges.hits:
        best = next((name for name in hit.names if _may_stand(edges, hit.start, hit.end, name, full_codes)), None)
        form = edges.look[hit.start : hit.end]
        if form == "中共" and hit.end in edges.hit_from:  # 中共|清远市|委: part of a post
            continue
        if best and hit.end not in before_delegates:
            parts = _leading_area(edges, hit.start, best)
            yield edges.mention(hit.start, hit.end, best.type, f"table-{best.status}", form, parts)
    yield from _province_letters(edges)
    for match in edges.find("our_area"):
        kind: MentionType = "Province" if match["level"] == "省" else "Place"
        yield edges.mention(*match.span(), kind, "our-area", match["level"])


def _leading_area(edges: Edges, start: int, name: Name) -> tuple[Part, ...]:
    """The division with which the name of a venue or zone of the tables begins: 香港|科学园."""
    if name.type != "Place" or name.code or name.kind not in _NAMED_FOR_A_DIVISION:
        return ()
    for size in range(len(name.form) - 2, 1, -1):
        known = edges.knowledge.names.get(name.form[:size], ())
        if rows := tuple(row for row in known if row.code and row.kind in {"Province", "Prefecture"}):
            return (Part("area", start, start + size, rows),)
    return ()


def _may_stand(edges: Edges, start: int, end: int, name: Name, full_codes: set[str]) -> bool:
    """Whether this row is what its form means here; `full_codes` are of divisions that the text names in full."""
    look, ambiguous = edges.look, edges.knowledge.ambiguous
    if name.status == "short" and name.code and edges.patterns["street_after"].match(look, end):
        return False  # 敦煌|路街道
    if name.status == "short" and name.code and edges.patterns["ship_after"].match(look, end):
        return False  # 辽宁|舰
    if name.type == "Province" and name.status == "short":
        return not (name.form == "海南" and look.startswith("岛", end))  # 海南岛 is an island
    if name.form in edges.lists["sides_of_areas"] and edges.patterns["of_an_area"].match(look, max(0, start - 1)):
        return False  # 我省|西部
    if name.kind == "City" and end - start < _LONG:
        return (edges.word_of[start] == start or start in edges.hit_to) and edges.is_break(end)  # no 罗兹 in 格罗兹尼
    if name.type != "Place" or not name.code:
        return True
    before = edges.hit_to.get(start)
    if name.status in _SURE and name.form not in edges.lists["plain_divisions"]:
        return True
    if before and not _above(edges.knowledge, name.code).isdisjoint(row.code for row in before.names):
        return True  # 浙江|桐乡, 阳泉市|矿区
    if name.status in _SURE:
        return False
    if name.kind == "Prefecture" and "word" not in ambiguous.get(name.form, ""):
        return True
    if name.code in full_codes:
        return edges.word_of[start] == start or name.form not in ambiguous
    if edges.word_of[start] == start and _in_list(edges, start, end, name):
        return True
    if name.form in ambiguous or edges.word_of[start] != start or not edges.is_break(end):
        return False
    if _is_amid(edges, start, end):
        return True
    return edges.tag_from.get(start) == "ns" and bool(
        _prefecture(edges.knowledge, name.code) in full_codes
        or edges.patterns["unit_after_place"].match(look, end)
        or edges.patterns["before_place"].search(look, max(0, start - _LONGEST_BEFORE), start)
    )


def _in_list(edges: Edges, start: int, end: int, name: Name) -> bool:
    """Whether the name of a division of the same area stands beside it in a list: 石嘴山|、|吴忠, 尤溪、|泰宁."""
    look = edges.look
    beside = []
    if look[start - 1 : start] == "、" and (hit := edges.hit_to.get(start - 1)):
        beside.append(hit)
    if look[end : end + 1] == "、" and (hit := edges.hit_from.get(end + 1)):
        beside.append(hit)
    divisions = edges.knowledge.divisions
    parents = {divisions[row.code].parent for hit in beside for row in hit.names if row.code in divisions}
    return bool(parents - {""}) and divisions[name.code].parent in parents


def _is_amid(edges: Edges, start: int, end: int) -> bool:
    """Whether areas stand on both sides of a name in a list: 太原、|绥德|、银川三地."""
    before, after = edges.hit_to.get(start - 1), edges.hit_from.get(end + 1)
    listed = edges.look[start - 1] == "、" == edges.look[end : end + 1]
    return listed and before is not None and after is not None and is_area(before) and is_area(after)


def _prefecture(knowledge: Knowledge, code: str) -> str:
    """The code of the prefecture in which a county lies, "" where it lies in none."""
    above = knowledge.divisions.get(knowledge.divisions[code].parent)
    return above.code if above and above.level == "prefecture" else ""


@lru_cache(maxsize=1 << 14)  # the same places are named in many articles
def _above(knowledge: Knowledge, code: str) -> frozenset[str]:
    """The codes of the divisions in which a division lies."""
    found: set[str] = set()
    while (division := knowledge.divisions.get(code)) and division.parent and division.parent not in found:
        found.add(division.parent)
        code = division.parent
    return frozenset(found)


def _province_letters(edges: Edges) -> Iterator[Mention]:
    """沪苏浙皖四省市, 粤黔两省, 在京召开: provinces by their single characters."""
    look, abbreviations = edges.look, edges.knowledge.abbreviations

    def is_free(at: int) -> bool:
        return at not in edges.hit_from and not edges.inside_hit(at)

    for match in _letters_in_a_row(edges.knowledge).finditer(look):
        row = match.group()
        if len(row) < _ALONE and not edges.patterns["joint_provinces"].match(look, match.end()):
            continue
        if len(set(row)) == len(row) and all(is_free(at) for at in range(*match.span())):
            for at in range(*match.span()):
                yield edges.mention(at, at + 1, "Province", "table-abbr", look[at])
    for match in edges.patterns["province_letter"].finditer(look):
        at = match.start("short")
        if is_free(at) and look[at] in abbreviations:
            yield edges.mention(at, at + 1, "Province", "table-abbr", look[at])


@cache
def _letters_in_a_row(knowledge: Knowledge) -> re.Pattern[str]:
    letters = "".join(sorted(knowledge.abbreviations))
    return re.compile(f"[{letters}]{{2,8}}" if letters else r"(?!)")
