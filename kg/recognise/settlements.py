"""Settlements that no table has, by what stands before them: villages, towns, divisions abroad, a city's station."""

import re
from collections.abc import Iterator

from kg.model import Hit, Mention
from kg.recognise.edges import PROPER_TAGS, Edges, area_part, occurrences

_ABROAD = frozenset({"Country", "City"})
_STEMS = {"Province": 2, "Prefecture": 4}  # how many digits of its code the parts of a division share
_LONGEST_RAILWAY = 6  # characters of the name of a railway before its station
_SURE_VILLAGE = 4  # characters of the name of a village that is known again wherever it stands
_LONGEST_LEAD = 5  # characters before a village in which 来到 is looked for


def villages(edges: Edges) -> Iterator[Mention]:
    """Townships and villages after the name of a division or a word of going: 上馆镇 → 西关村, 走进 → 百路村."""
    look, village = edges.look, edges.patterns["village"]
    ends = [hit.end for hit in edges.hits if any(name.type == "Place" and name.code for name in hit.names)]
    ends += [match.end() for match in edges.find("goes_to") if match.end() in edges.word_from]
    found: dict[int, int] = {}  # where each village begins → where it ends
    while ends:
        at = ends.pop()
        match = village.match(look, at)
        if not match or at in found or _is_another(edges.hit_from.get(at), match, edges.hit_to.get(at)):
            continue
        if _is_common(edges, at, match.end()):
            continue
        found[at] = match.end()
        ends.append(match.end())
        if look.startswith("、", match.end()):
            ends.append(match.end() + 1)
    named_for_a_division = {look[a:b] for a, b in found.items() if a in edges.hit_from and b - a >= _SURE_VILLAGE}
    for name in named_for_a_division:  # 来到|榆树川村 is not 榆树|川村, once 老头沟镇|榆树川村 was named
        found |= {at: at + len(name) for at in occurrences(look, name)}
    inside = {at for a, b in found.items() for at in range(a + 1, b)}
    for start, end in sorted(found.items()):
        if start not in inside:
            yield edges.mention(start, end, "Place", "village", look[start:end])


def _is_another(hit: Hit | None, village: re.Match[str], before: Hit | None) -> bool:
    """Whether the tables' name that begins there is a place by itself, before the village or instead of it.

    绵阳|石椅村 begins with one, 清河|村 does not, nor does 三元朱村 in 寿光市, in which no 三元区 lies.
    """
    if hit is None or (before and hit.names[0].status == "short" and not _may_hold(before, hit)):
        return False
    return hit.end != village.start("kind") or (hit.names[0].status == "full" and bool(hit.names[0].code))


def _may_hold(area: Hit, part: Hit) -> bool:
    """Whether one of the divisions of a form lies in one of those of the form before it."""
    stems = tuple(name.code[: _STEMS.get(name.kind, 6)] for name in area.names if name.code)
    return not stems or any(name.code.startswith(stems) for name in part.names)


def _is_common(edges: Edges, start: int, end: int) -> bool:
    """Whether the words in [start, end) are no name: 全镇, 贫困村, 该村."""
    *lead, last = edges.words(start, end)
    words = [edges.look[first:stop] for first, stop, _ in (*lead, last)]
    common = edges.lists["common_villages"]
    named = any(tag in PROPER_TAGS for _, _, tag in lead)  # 姚家|山村
    if edges.look[start:end] in common or (len(words[-1]) > 1 and words[-1] in common and not named):
        return True
    if len(words) > 1 and words[0] in edges.lists["sides_of_villages"] and not edges.hit_from.get(start):
        words = words[1:]  # 后洋村: the first word of a name may be a side
    return any(word in edges.stops or word in edges.lists["common_before_places"] for word in words[:-1])


def divisions_abroad(edges: Edges) -> Iterator[Mention]:
    """Provinces and cities after their country, or a city of the tables with its 市: 越南|老街省, 格但斯克市."""
    home = edges.lists["home_countries"]
    for hit in edges.hits:
        name = hit.names[0]
        if name.kind not in _ABROAD or name.name in home:
            continue
        pattern = edges.patterns["city_abroad" if name.kind == "City" else "division_abroad"]
        match = pattern.match(edges.look, hit.end)
        if not match or (hit.end in edges.hit_from and name.kind != "City"):
            continue
        start = hit.start if name.kind == "City" else match.start("name")
        words = list(edges.words(match.start("name"), match.end()))
        known = [edges.look[first:stop] for first, stop, _ in words]
        common = any(word in edges.stops or word in edges.lists["common_before_places"] for word in known)
        first, stop, tag = words[-1]
        if not common and (tag == "ns" or stop - first <= stop - match.start("kind")):
            yield edges.mention(start, match.end(), "Place", "division-abroad", edges.look[start : match.end()])


def old_prefectures(edges: Edges) -> Iterator[Mention]:
    """The 地区 of the first decades, before its office: 温江地区|行署, which no table has."""
    for match in edges.find("old_prefecture"):
        area = edges.hit_to.get(match.start())
        if area and any(name.code and name.status == "short" for name in area.names):
            start, end = area.start, match.end()
            yield edges.mention(start, end, "Place", "old-prefecture", edges.look[start:end])


def stations(edges: Edges, sure: frozenset[int]) -> Iterator[Mention]:
    """The station or port of a city, with its railway: 汉中站, 北海港, 西成高铁汉中站."""
    pattern = edges.patterns["station_of_city"]
    for hit in edges.hits:
        if hit.start not in sure or hit.names[0].type != "Place" or not hit.names[0].code:
            continue
        if match := pattern.match(edges.look, hit.end):
            end = match.end()
            parts = (area_part(hit),)
            floor = max(0, hit.start - _LONGEST_RAILWAY)
            railway = edges.patterns["railway_before"].search(edges.look, floor, hit.start)
            start = railway.start() if railway and railway.start() in edges.word_from else hit.start
            yield edges.mention(start, end, "Place", "head-Venue", edges.look[start:end], parts)
