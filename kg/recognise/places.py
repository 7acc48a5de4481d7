"""Places that no table has: zones, venues, works and natural features, by their heads."""

from collections.abc import Iterable, Iterator, Sequence

from kg.ancestry import ancestors
from kg.cutting import known_word
from kg.knowledge import Head
from kg.model import Hit, Mention, Name, Part, Sentence
from kg.recognise.edges import PROPER_TAGS, Edges, HeadAt, heads_in_sentences, is_area

_WORD_TAGS = frozenset({"m", "q", "f", "u", "uj", "ul", "d", "p", "a", "v", "c", "r", "b"})  # of characters in no name
_LONGEST = 24  # characters before the head
_LONGEST_LEAD = 4  # characters before a name in which 来到 is looked for
_IN_FULL = frozenset({"full", "former"})
_ABROAD = frozenset({"Country", "City"})
_NO_FIRST = "的之 好个"
_TO = "至—－"
_SIZES_OF_NAMES = (2, 3)
_MOST_ENDS = 3  # 太中银|铁路


def places(edges: Edges, heads: Sequence[HeadAt], sure: frozenset[int]) -> Iterator[Mention]:
    """Zones, venues, natural features and works by their heads, with the areas with which a name begins as parts.

    `sure` are the offsets of the tables' names that stand for what they name: 滨江文化公园 begins with no 滨江区.
    """
    ends = frozenset(end for _, end, _ in heads)
    for sentence, start, end, head in heads_in_sentences(edges.page, heads):
        if not edges.is_break(end) or (edges.inside_hit(start) and edges.inside_hit(end)):
            continue
        if (hit := edges.hit_to.get(end)) and (hit.start < start or (hit.start in sure and _is_full(hit))):
            continue
        is_site = head.form in edges.lists["heads_of_sites"]
        if is_site and start in ends and edges.look.startswith(tuple(edges.lists["grounds"]), end):
            continue  # 金湖公园|项目现场: the park itself is named before
        first = _first(edges, sentence, start, end, head, sure)
        if first is not None:
            joined = edges.look.find("和", first, start) + 1
            if joined and edges.look[joined:end] in edges.knowledge.names:
                first = joined  # 水库和|平齐铁路, in which 和平 stands
        if first is None or end - first < 3 or any(at in edges.role_from for at in range(first + 1, end)):
            continue  # 建平县委书记高原: the post ends before the name of a person
        links = head.form in edges.lists["heads_of_lines"] and first < start and _line(edges, start) == first
        parts = () if links or _under_another(edges, first) else _areas(edges, edges.area_parts(first, end, sure))
        if parts and head.form in edges.lists["heads_of_campuses"]:
            parts = () if any(map(is_area, edges.hits_in(parts[-1].end, end))) else parts  # 北京四中|雄安校区
        parts += _village(edges, parts[-1].end if parts else first, start)
        yield edges.mention(first, end, "Place", f"head-{head.kind}", edges.look[first:end].replace(" ", ""), parts)


def _first(
    edges: Edges, sentence: Sentence, start: int, end: int, head: Head, sure: frozenset[int]
) -> int | None:
    """Where the place with the head at [start, end) begins, or None where it is none."""
    if end - start == 1:
        return _natural(edges, start, end)
    if head.form in edges.lists["sites_alone"] and _is_gone_to(edges, start):
        return start
    if head.form in edges.lists["street_heads"]:
        return _street(edges, start)
    if head.form in edges.lists["heads_of_lines"] and (line := _line(edges, start)) is not None:
        return line
    if head.form in edges.lists["numbered_roads"]:
        number = edges.patterns["road_number"].search(edges.look, max(0, start - _LONGEST_LEAD), start)
        return number.start() if number else None
    if head.form in edges.lists["heads_of_sites"] and not edges.patterns["is_a_site"].match(edges.look, end):
        return None
    first = _named(edges, sentence, start, head, sure)
    if first is None:
        return None
    area = edges.hit_from.get(first)
    if area and area.end == start and area.names[0].kind in _ABROAD and head.form in edges.lists["common_villages"]:
        return None  # 瑞士|小镇|达沃斯: one of its towns
    return first if head.form not in edges.lists["heads_gone_to"] or _is_gone_to(edges, first) else None


def _is_gone_to(edges: Edges, first: int) -> bool:
    """Whether someone goes to, or is at, what begins there: 来到|燕泉市场."""
    return bool(edges.patterns["goes_before"].search(edges.look, max(0, first - _LONGEST_LEAD), first))


def _areas(edges: Edges, parts: Iterable[Part]) -> tuple[Part, ...]:
    """The parts that are divisions or countries, each in the one before it.

    金鸡湖国际会议中心 lies in no 金鸡湖, 福州西湖宾馆 in no 西湖区, and 中国国家博物馆 is called so for what it is.
    """
    found: list[Part] = []
    for part in parts:
        if not any(name.code or name.kind in _ABROAD for name in part.names):
            continue
        if found and not any(_may_hold(edges, found[-1], name) for name in part.names):
            break
        if part.names[0].name not in edges.lists["home_countries"]:
            found.append(part)
    return tuple(found)


def _may_hold(edges: Edges, area: Part, name: Name) -> bool:
    """Whether a place may lie in the area named before it: it lies there, or the tables don't say where."""
    codes = {outer.code for outer in area.names if outer.code}
    above = {outer.code for outer in ancestors(edges.knowledge, name.code)}
    return not codes or not above or not codes.isdisjoint({name.code} | above)


def _village(edges: Edges, at: int, stop: int) -> tuple[Part, ...]:
    """The village that no table has with which a name goes on, before the head at `stop`: 太常村|码头."""
    match = edges.patterns["village"].match(edges.look, at)
    if not match or match.end() > stop or at in edges.hit_from:
        return ()
    name = match.group()
    return () if name in edges.lists["common_villages"] else (
        Part("area", at, match.end(), (Name(name, "Place", name, "full", "Village"),)),
    )


def _under_another(edges: Edges, first: int) -> bool:
    """Whether an area stands before a name that begins with an area it can't hold: 延吉市的|白山大厦."""
    inner = edges.hit_from.get(first)
    outer = edges.hit_to.get(first) or edges.hit_to.get(first - 1)
    if not inner or not outer or not inner.names[0].code:
        return False
    above = {outer.code for name in inner.names for outer in ancestors(edges.knowledge, name.code)}
    codes = {name.code for name in outer.names if name.code}
    return bool(codes) and codes.isdisjoint(above)


def _line(edges: Edges, start: int) -> int | None:
    """Where a line begins that is called after its ends: 银川至西安|铁路, 平齐|铁路; None where it is not."""
    last = edges.hit_to.get(start)
    if last and is_area(last) and edges.look[last.start - 1] in _TO:
        first = edges.hit_to.get(last.start - 1)
        return first.start if first and is_area(first) else None
    if last:
        return None
    initials = edges.patterns["ends_of_line"].search(edges.look, max(0, start - _MOST_ENDS), start)
    if initials is None or not edges.is_break(initials.start()):
        return None
    word, tag = known_word(initials.group())
    return initials.start() if word != initials.group() or tag in PROPER_TAGS else None  # 开通|铁路


def _natural(edges: Edges, start: int, end: int) -> int | None:
    """渭河, 乌梁素海: only where jieba knows the whole word as a place."""
    first = edges.word_of[start]
    if edges.word_from[first] == end and edges.tag_from[first] == "ns" and end - first >= 2:
        return first
    return None


def _street(edges: Edges, start: int) -> int | None:
    """建设中路: the word before the head, whatever it means, where nothing of a name stands before that."""
    first = edges.word_of[start - 1] if start else 0
    before = edges.look[first - 1 : first]
    apart = not before or before in edges.lists["before_streets"] or first in edges.hit_to or before < "\u4e00"
    return first if start - first >= 2 and apart else None


def _named(edges: Edges, sentence: Sentence, start: int, head: Head, sure: frozenset[int]) -> int | None:
    """Where a place with a head at `start` begins, or None where the words before it name nothing."""
    look = edges.look
    floor = max(sentence.start, start - _LONGEST)
    left = edges.left(start, floor, edges.lists["inside_places"], edges.lists["before_places"])
    conjunction = look.rfind("和", left, start)
    if conjunction > left and edges.word_from.get(conjunction) == conjunction + 1:
        left = conjunction + 1
    while left < start and left not in edges.hit_from and (look[left] in _NO_FIRST or look[left].isdigit()):
        left += 1
    if lead := edges.patterns["leads_to_a_place"].match(look, left, start):
        left = lead.end()
    campus = edges.patterns["up_to_campus"].match(look, left, start)
    left = edges.after_words(campus.end() if campus else left, start, edges.lists["common_before_places"])
    areas = [hit for hit in edges.hits_in(left, start) if is_area(hit)]
    if areas and areas[0].start > left and not _is_proper(edges, left, areas[0].start):
        left = areas[0].start  # 产业园选址|信丰高新技术产业园区, 建设|雄安新区
    at_water, at_any = head.form in edges.lists["heads_of_waters"], head.form in edges.lists["heads_of_any_words"]
    for hit in areas:
        if hit.start == left and hit.end < start and _stands_before(edges, hit, start, head):
            left = hit.end  # 谯城区|华佗小镇, 北联镇|新兴村…基地, 中国|江淮流域: it stands before the name, not in it
    if left >= start or (head.form in edges.lists["common_places"] and not areas):
        return None
    if head.form in edges.lists["heads_beyond_areas"] and areas and areas[-1].end == start:
        return None
    starts_surely = any(hit.start >= left and hit.start in sure for hit in areas)
    after_area = (at_water or at_any) and left in edges.hit_to
    long_enough = start - left >= (2 if at_any else 3)  # 赶往月亮泡|水库
    gone_to = (at_any or at_water) and long_enough and _is_gone_to(edges, left)
    of_rank = areas and areas[0].start == left and edges.patterns["of_rank"].match(look, areas[0].end)
    if of_rank and look[left : areas[0].end] not in edges.knowledge.ambiguous:
        return left  # 秀屿|国家级…示范区
    return left if starts_surely or after_area or gone_to or _is_proper(edges, left, start) else None


def _stands_before(edges: Edges, hit: Hit, start: int, head: Head) -> bool:
    """Whether the area at the beginning of a name is none of it: a division in full, a zone, 中国 before another area.

    高平新区|中川园区: a zone inside a zone. Waters have names of their own: 南部县|升钟水库.
    """
    after = edges.hit_from.get(hit.end)
    goes_on = after is not None and after.end <= start and is_area(after)
    if hit.names[0].name in edges.lists["home_countries"]:
        return goes_on
    if hit.names[0].kind == "Zone":
        holds = hit.names[0].form.endswith(tuple(edges.lists["zones_with_zones"]))
        return holds and _has_a_name(edges, hit.end, start)
    if not _is_full(hit) or edges.look[hit.end : start] in edges.lists["sides_of_cities"]:
        return False  # 成都市|北郊殡仪馆
    if goes_on and after is not None and _is_full(after):
        return True
    if hit.names[0].kind == "Township":
        village = edges.patterns["village"].match(edges.look, hit.end)  # 织里镇|漾西社区, but 永乐镇产业园
        return village is not None or _has_a_name(edges, hit.end, start)  # 浦源镇|鲤鱼溪景区
    if head.form in edges.lists["heads_of_any_words"] and start - hit.end >= 2:
        return True
    at_water = head.form in edges.lists["heads_of_waters"]
    return (at_water and _is_no_word(edges, hit.end, start)) or _is_named(edges, hit.end, start)


def _is_no_word(edges: Edges, left: int, stop: int) -> bool:
    """Whether two or three characters are no word of jieba's dictionary: 升钟."""
    text = edges.look[left:stop]
    return len(text) in _SIZES_OF_NAMES and len(known_word(text)[0]) < len(text)


def _is_full(hit: Hit) -> bool:
    """Whether a hit is a division's name in full, its present or its former one."""
    return any(name.status in _IN_FULL and name.code for name in hit.names)


def _is_proper(edges: Edges, left: int, stop: int) -> bool:
    """Whether the words in [left, stop) name a site: those of a name, or such as name sites: 东风|农贸市场."""
    words = (edges.look[start:end] for start, end, _ in edges.words(left, stop))
    return _is_named(edges, left, stop) or any(word in edges.lists["names_of_sites"] for word in words)


def _is_named(edges: Edges, left: int, stop: int) -> bool:
    """Whether the words in [left, stop) look like a name: one that jieba tags so, or characters it makes no word of."""
    if _has_a_name(edges, left, stop):
        return True
    loose = any(end - start == 1 and tag not in _WORD_TAGS for start, end, tag in edges.words(left, stop))
    return loose and stop - left >= 2


def _has_a_name(edges: Edges, left: int, stop: int) -> bool:
    """Whether a word in [left, stop) is one that jieba tags as a name."""
    return any(tag in PROPER_TAGS for _, _, tag in edges.words(left, stop))
