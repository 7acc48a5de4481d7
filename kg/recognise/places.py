"""Places that no table has: zones, venues, works and natural features, by their heads."""

from collections.abc import Iterable, Iterator, Sequence

from kg.knowledge import Head
from kg.model import Hit, Mention, Name, Part, Sentence
from kg.recognise.edges import PROPER_TAGS, Edges, HeadAt, heads_in_sentences, is_area

_WORD_TAGS = frozenset({"m", "q", "f", "u", "uj", "ul", "d", "p", "a", "v", "c", "r", "b"})  # of characters in no name
_LONGEST = 24  # characters before the head
_ABROAD = frozenset({"Country", "City"})
_NO_FIRST = "的之 好"


def places(edges: Edges, heads: Sequence[HeadAt], sure: frozenset[int]) -> Iterator[Mention]:
    """Zones, venues, natural features and works by their heads, with the areas with which a name begins as parts.

    `sure` are the offsets of the tables' names that stand for what they name: 滨江文化公园 begins with no 滨江区.
    """
    for sentence, start, end, head in heads_in_sentences(edges.page, heads):
        if not edges.is_break(end) or (edges.inside_hit(start) and edges.inside_hit(end)):
            continue
        if (hit := edges.hit_to.get(end)) and (hit.start < start or (hit.start in sure and _is_full(hit))):
            continue
        first = _natural(edges, start, end) if end - start == 1 else _named(edges, sentence, start, head, sure)
        if first is None or end - first < 3 or any(at in edges.role_from for at in range(first + 1, end)):
            continue  # 建平县委书记高原: the post ends before the name of a person
        parts = () if _under_another(edges, first) else _areas(edges.area_parts(first, end, sure))
        parts += _village(edges, parts[-1].end if parts else first, start)
        yield edges.mention(first, end, "Place", f"head-{head.kind}", edges.look[first:end].replace(" ", ""), parts)


def _areas(parts: Iterable[Part]) -> tuple[Part, ...]:
    """The parts that are divisions or countries: 金鸡湖国际会议中心 lies in no 金鸡湖."""
    return tuple(part for part in parts if any(name.code or name.kind in _ABROAD for name in part.names))


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
    above: set[str] = set()
    for name in inner.names:
        code = name.code
        while (row := edges.knowledge.divisions.get(code)) and row.parent and row.parent not in above:
            above.add(row.parent)
            code = row.parent
    codes = {name.code for name in outer.names if name.code}
    return bool(codes) and codes.isdisjoint(above)


def _natural(edges: Edges, start: int, end: int) -> int | None:
    """渭河, 乌梁素海: only where jieba knows the whole word as a place."""
    first = edges.word_of[start]
    if edges.word_from[first] == end and edges.tag_from[first] == "ns" and end - first >= 2:
        return first
    return None


def _named(edges: Edges, sentence: Sentence, start: int, head: Head, sure: frozenset[int]) -> int | None:
    """Where a place with a head at `start` begins, or None where the words before it name nothing."""
    look = edges.look
    left = edges.left(start, max(sentence.start, start - _LONGEST), edges.lists["inside_places"])
    conjunction = look.rfind("和", left, start)
    if conjunction > left and edges.word_from.get(conjunction) == conjunction + 1:
        left = conjunction + 1
    while left < start and (look[left] in _NO_FIRST or look[left].isdigit()):
        left += 1
    left = edges.after_words(left, start, edges.lists["common_before_places"])
    areas = [hit for hit in edges.hits_in(left, start) if is_area(hit)]
    if areas and areas[0].start > left and not _is_proper(edges, left, areas[0].start):
        left = areas[0].start  # 产业园选址|信丰高新技术产业园区, 建设|雄安新区
    for hit in areas:
        if hit.start == left and hit.end < start and _stands_before(edges, hit, start):
            left = hit.end  # 谯城区|华佗小镇, 北联镇|新兴村…基地, 中国|江淮流域: it stands before the name, not in it
    if left >= start or (head.form in edges.lists["common_places"] and not areas):
        return None
    starts_surely = any(hit.start >= left and hit.start in sure for hit in areas)
    return left if starts_surely or _is_proper(edges, left, start) else None


def _stands_before(edges: Edges, hit: Hit, start: int) -> bool:
    """Whether the area at the beginning of a name is none of it: a division in full, or 中国 before another area."""
    after = edges.hit_from.get(hit.end)
    goes_on = after is not None and after.end <= start and is_area(after)
    if hit.names[0].name in edges.lists["home_countries"]:
        return goes_on
    if not _is_full(hit):
        return False
    if goes_on and after is not None and _is_full(after):
        return True
    if hit.names[0].kind == "Township":
        return edges.patterns["village"].match(edges.look, hit.end) is not None  # 织里镇|漾西社区, but 永乐镇产业园
    return _is_named(edges, hit.end, start)


def _is_full(hit: Hit) -> bool:
    """Whether a hit is a division's name in full."""
    return any(name.status == "full" and name.code for name in hit.names)


def _is_proper(edges: Edges, left: int, stop: int) -> bool:
    """Whether the words in [left, stop) name a site: those of a name, or such as name sites: 东风|农贸市场."""
    words = (edges.look[start:end] for start, end, _ in edges.words(left, stop))
    return _is_named(edges, left, stop) or any(word in edges.lists["names_of_sites"] for word in words)


def _is_named(edges: Edges, left: int, stop: int) -> bool:
    """Whether the words in [left, stop) look like a name: one that jieba tags so, or characters it makes no word of."""
    words = list(edges.words(left, stop))
    if any(tag in PROPER_TAGS for _, _, tag in words):
        return True
    loose = any(end - start == 1 and tag not in _WORD_TAGS for start, end, tag in words)
    return loose and stop - left >= 2
