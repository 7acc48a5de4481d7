"""Where a name begins: a walk to the left over the tables' names and jieba's words, up to a word that is no name's."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from itertools import chain, pairwise, repeat
from operator import sub
from typing import TypeAlias

from kg.cues import Cues
from kg.knowledge import Head, Knowledge
from kg.model import Hit, Mention, MentionType, Page, Part, Sentence, Span

HeadAt: TypeAlias = tuple[int, int, Head]  # where a head begins and ends, and which it is

PROPER_TAGS = frozenset({"nr", "nrt", "nrfg", "ns", "nt", "nz", "eng", "j"})  # jieba's, of words that are names
_AREAS = frozenset({"Province", "Place"})
_JOINING = frozenset("和与同及")
_NUMBER_TAGS = frozenset({"m", "mq"})
_BREAK = frozenset("，。；：！？、“《》‘（ \n|【】…/〔〕▲△●○◆◇■□★☆▪•※→")
_OPENING = {"”": "“", "）": "（", "’": "‘"}
_LONGEST_BRACKET = 24  # what stands in marks inside a name: “十二五”, （集团）
_LONGEST_TITLE = 60  # what stands in marks inside the name of an event: “坚定信心、凝聚共识，推动…发展”专题协商会
# What is looked for on every page, and stands on few.
_SOUGHT = (
    "appoints", "army_district", "army_unit_alone", "biography", "byline", "company_of_works", "congress_delegate",
    "date_day", "date_day_alone", "date_day_of_month", "date_days", "date_month", "date_word", "date_year",
    "date_year_name", "declared_short", "festival", "gathering", "goes_to", "introduces_family", "introduces_list",
    "introduces_name", "mission", "old_prefecture", "our_area", "paired_works", "party_session", "plenums",
    "quoted_policy", "session", "title_of_person", "told_title",
)  # fmt: skip
_DIGITS = frozenset("一二三四五六七八九")
_LONGEST_LIST = 40  # characters of a list of names before 为
_SURE_NAME = 4  # characters from which the name of a body is sure where jieba cuts it otherwise


class Edges:
    """What stands at which offset of a page: hits, tokens and heads, each found in constant time."""

    def __init__(self, page: Page, knowledge: Knowledge, roles: Iterable[HeadAt] = ()) -> None:
        self.page = page
        self.look = page.look
        self.knowledge = knowledge
        self.lists = knowledge.words
        self.patterns = knowledge.patterns
        self.stops = _stops(knowledge)
        self.cued = cues(knowledge)(page.look)  # which of the patterns that are sought on every page may match
        self.name_ends: frozenset[int] = frozenset()  # of persons after posts, once they are read: 主席夏荷|对大会
        self.role_from = frozenset(start for start, _, _ in roles)
        role_over = {at: end for start, end, _ in roles for at in range(start + 1, end)}
        starts, ends = page.cuts[:-1], page.cuts[1:]
        self.word_from: dict[int, int] = dict(zip(starts, ends, strict=True))
        self.tag_from: dict[int, str] = dict(zip(starts, page.tags, strict=True))
        # the start of the word in which each character stands
        self.word_of: list[int] = list(chain.from_iterable(map(repeat, starts, map(sub, ends, starts))))
        self._ends = frozenset(hit.end for hit in page.hits)
        hits = _uncrossed(page.hits, role_over, knowledge)
        self.hits = tuple(
            hit for hit in hits
            if not (self._joins_words(hit) or self._cuts_word(hit) or self._ends_an_appointed_name(hit))
            and not self.patterns["word_and_level"].match(self.look, hit.start)
        )
        self.hit_from: dict[int, Hit] = {hit.start: hit for hit in self.hits}
        self.hit_to: dict[int, Hit] = {hit.end: hit for hit in self.hits}
        self.hidden: frozenset[str] = frozenset()  # the villages that no table has
        self._name_to: dict[int, int] = {}  # where the villages that no table has begin, by where they end
        self._hit_over = {at: hit for hit in self.hits for at in range(hit.start + 1, hit.end)}

    def _joins_words(self, hit: Hit) -> bool:
        """Whether a short name is the tail of one word and the head of the next: no 民和 in 张伟民和李树青.

        Nor is 海城市 in 沿海城市, or 高城镇 in 提高城镇化水平, if no name of the tables stands right before it.
        """
        if self.look[hit.start] == "十" and self.look[hit.start - 1] in _DIGITS and hit.start:
            return True  # 二|十里铺镇
        first = self.word_of[hit.start]
        if first == hit.start or self.word_from[first] >= hit.end:
            return False
        size = hit.end - hit.start
        return size == 2 or (size == 3 and bool(hit.names[0].code) and hit.start not in self._ends)

    def _ends_an_appointed_name(self, hit: Hit) -> bool:
        """Whether a short name is the end of a person's and 为: no 华为 in 任命王广华为财政部副部长."""
        start, look = hit.start, self.look
        if look[hit.end - 1] != "为":
            return False
        appointed = self.patterns["appointed_before"].search(look, max(0, start - _LONGEST_LIST), start)
        return appointed is not None and appointed["name"][0] in self.knowledge.surnames

    def _cuts_word(self, hit: Hit) -> bool:
        """Whether the name of a body is only the head of a longer word: no 交通部 in 交通部门."""
        end = hit.end
        if end >= len(self.look) or self.word_of[end] == end or not all(n.type == "Organization" for n in hit.names):
            return False
        if end in self.role_from or self.look[end] in self.lists["ranks"]:
            return False
        rest = self.word_from[self.word_of[end]] - end  # of jieba's word
        joined = rest == 1 and self.look[end] in self.lists["after_bodies"]
        if self.word_of[end] <= hit.start:  # 农业部|渔业局 goes on, in 农业部|门 there is no 农业部
            return rest == 1 and not joined
        return not (joined and hit.end - hit.start >= _SURE_NAME)  # 国家发展改革委|和, but not 总参|与

    def hide(self, names: Iterable[Mention]) -> None:
        """Take note of names that no table has, and forget those that stand inside them: 榆树 in 榆树川村."""
        names = tuple(names)
        self.hidden = frozenset(name.key for name in names)
        inside = {at: name.span.end for name in names for at in range(name.span.start, name.span.end)}
        self._name_to |= {name.span.end: name.span.start for name in names}
        hidden = [hit for hit in self.hits if hit.end < inside.get(hit.start, 0)]
        for hit in hidden:
            del self.hit_from[hit.start], self.hit_to[hit.end]
            for at in range(hit.start + 1, hit.end):
                del self._hit_over[at]
        if hidden:
            self.hits = tuple(hit for hit in self.hits if hit.start in self.hit_from)

    def find(self, name: str) -> Iterator[re.Match[str]]:
        """The matches of a pattern that is sought on every page."""
        return self.patterns[name].finditer(self.look) if name in self.cued else iter(())

    def mention(
        self, start: int, end: int, type_: MentionType, rule: str, key: str, parts: tuple[Part, ...] = ()
    ) -> Mention:
        """The mention at [start, end) of this page."""
        return Mention(Span(self.page.document.id, start, end), type_, rule, key, parts)

    def is_break(self, offset: int) -> bool:
        """Whether a word of jieba's, or a name of the tables, begins or the text ends at that offset."""
        return offset >= len(self.look) or offset in self.word_from or offset in self.hit_from

    def inside_hit(self, offset: int) -> Hit | None:
        """The table's name whose inside holds that offset, so that nothing may begin there."""
        return self._hit_over.get(offset)

    def hits_in(self, start: int, end: int) -> list[Hit]:
        """The tables' names that lie in [start, end), in reading order."""
        return [hit for at in range(start, end) if (hit := self.hit_from.get(at)) and hit.end <= end]

    def words(self, start: int, end: int) -> Iterator[tuple[int, int, str]]:
        """The words of jieba's in [start, end), cut where the stretch begins and ends, with their tags."""
        at = start
        while at < end:
            first = self.word_of[at]
            stop = min(self.word_from[first], end)
            yield at, stop, self.tag_from[first] if first == at else ""
            at = stop

    def word_before(self, offset: int) -> str:
        """The word of jieba's that ends at that offset, or the part of one that does."""
        return self.look[self.word_of[offset - 1] : offset] if offset else ""

    def holds_a_phrase(self, start: int, stop: int) -> bool:
        """Whether a word that joins names, a particle or a long verb stands in [start, stop) after its beginning."""
        return any(
            first > start and (self.look[first:end] in _JOINING or tag == "ul" or (tag == "v" and end - first > 1))
            for first, end, tag in self.words(start, stop)
        )

    def after_words(
        self, start: int, end: int, words: frozenset[str], tags: frozenset[str] = frozenset()
    ) -> int:
        """Where [start, end) goes on after the words at its head that are listed, or have one of the tags."""
        at = start
        for first, stop, tag in self.words(start, end):
            if self.look[first:stop] not in words and tag not in tags:
                break
            at = stop
        return at

    def left(
        self,
        offset: int,
        floor: int,
        through: frozenset[str] = frozenset(),
        walls: frozenset[str] = frozenset(),
        *,
        numbers: bool = False,
    ) -> int:
        """The smallest start of a name that ends before `offset`: no word that ends a name lies in between.

        `through` are words that would end the walk elsewhere but may stand inside this kind of name, `walls` words that
        end it for this kind alone; `numbers` says whether figures and times may stand inside, and long quotations:
        2020年度…座谈会, but 28日到|雄安新区.
        """
        at, look = offset, self.look
        longest = _LONGEST_TITLE if numbers else _LONGEST_BRACKET
        before_names = self.lists["before_names"]
        while at > floor:
            if at in self.name_ends:
                break
            hit = self.hit_to.get(at)
            if hit and hit.start >= floor:
                at = hit.start
                between = bool(walls) and self._joins_hits(at - 1, hit)
                if at > floor and look[at - 1] in before_names and not self.hit_to.get(at) and not between:
                    break
                continue
            if (named := self._name_to.get(at, -1)) >= floor:
                at = named
                if look[at - 1 : at] in before_names:
                    break
                continue
            last = look[at - 1]
            if last in _OPENING:
                opening = look.rfind(_OPENING[last], max(0, at - longest) if numbers else floor, at)
                if opening < 0 or at - opening > longest or "。" in look[opening:at]:
                    break
                at = opening
                continue
            if last in _BREAK:
                break
            start = max(self.word_of[at - 1], floor)
            crossed = self._hit_over.get(start)
            if crossed and crossed.end < at and crossed.end - crossed.start >= _SURE_NAME:
                # 深圳前海|蛇口自贸片区, where jieba has 海蛇
                start = crossed.end
            word = look[start:at]
            if not numbers and self.tag_from.get(start) in _NUMBER_TAGS and not self._is_in_a_name(start, word):
                break
            ends_it = word in walls or (word not in through and (word in self.stops or self._joins_stops(word)))
            if ends_it and not self.names_china(start, at):
                break
            at = start
        return at

    def _is_in_a_name(self, start: int, word: str) -> bool:
        """Whether a word of number is part of a name: 第一, 八一农场, 五里岗, 威宁县|年丰合作社, 香格里拉县|五凤山."""
        if word in self.lists["numbers_in_names"] or word.startswith("第"):
            return True
        if word not in self.lists["numbers_after_areas"] or start not in self.hit_to:
            return False
        return bool(self.patterns["in_a_county"].match(self.look, start - 1)) and self.tag_from.get(start + 1) != "q"

    def _joins_hits(self, offset: int, hit: Hit) -> bool:
        """Whether two names are parts of one event's: 北京通州区|与|廊坊…推介会, 东西部协作|和|对口支援工作座谈会."""
        before = self.hit_to.get(offset)
        if before is None:
            return False
        policies = before.names[0].type == hit.names[0].type == "Initiative"
        return self.look[offset] == "与" or (policies and self.look[offset] == "和")

    def names_china(self, start: int, end: int) -> bool:
        """Whether the word at [start, end) is a 中 that means the country: 中|俄建交…招待会, not 会议中|德国总理."""
        next_to_it = self.look[end : end + 1]
        return self.look[start:end] == "中" and next_to_it in self.lists["country_letters"] and end not in self.hit_from

    def _joins_stops(self, word: str) -> bool:
        """Whether jieba joined two words that would each end the walk: 应邀出席; or how and that one met: 隆重召开."""
        return len(word) == 4 and word[2:] in self.stops and (word[:2] in self.stops or word[2:] in self.lists["held"])

    def area_parts(self, first: int, end: int, sure: frozenset[int]) -> tuple[Part, ...]:
        """The areas with which the name at [first, end) begins: 湖北省|襄阳市|公安局.

        `sure` are the offsets of the tables' names that mean what they say: 滨江文化公园 begins with no 滨江区.
        """
        parts = []
        at = first
        while at in sure and (hit := self.hit_from.get(at)) and hit.end < end and is_area(hit):
            if hit.names[0].kind == "County" and self.patterns["campus_after"].match(self.look, hit.end):
                break
            parts.append(area_part(hit))
            at = hit.end
        return tuple(parts)


@cache
def cues(knowledge: Knowledge) -> Cues:
    """What tells which of the patterns that are sought on every page may match on one."""
    return Cues({name: knowledge.patterns[name] for name in _SOUGHT})


@cache
def _stops(knowledge: Knowledge) -> frozenset[str]:
    return knowledge.words["function"] | knowledge.words["verbs"]


def is_area(hit: Hit) -> bool:
    """Whether a name of the tables may mean a province or place."""
    # most have one row, of which to ask is quick
    return hit.names[0].type in _AREAS or any(name.type in _AREAS for name in hit.names[1:])


def is_organization(hit: Hit) -> bool:
    """Whether a name of the tables may mean a body."""
    return hit.names[0].type == "Organization" or any(name.type == "Organization" for name in hit.names[1:])


def area_part(hit: Hit) -> Part:
    """The area that a name of the tables is inside a longer name."""
    return Part("area", hit.start, hit.end, hit.names)


def _uncrossed(hits: Iterable[Hit], role_over: Mapping[int, int], knowledge: Knowledge) -> Iterator[Hit]:
    """The hits that no role cuts: in 省长沙洲 there is no 长沙, in 代县长高明 no 代县, in 浙江省长 the name is 浙江.

    `role_over` says for each offset inside a role where that role ends.
    """
    for hit in hits:
        if role_over.keys().isdisjoint(range(hit.start, hit.end + 1)):
            yield hit
            continue
        if role_over.get(hit.start, hit.end) < hit.end:
            continue
        crossed = next((at for at in range(hit.start + 1, hit.end + 1) if role_over.get(at, 0) > hit.end), None)
        if crossed is None or role_over.get(hit.end - 1) == hit.end:
            yield hit
        elif names := knowledge.names.get(hit.names[0].form[: crossed - 1 - hit.start]):
            yield Hit(hit.start, crossed - 1, names)


def heads_by_category(page: Page, knowledge: Knowledge) -> dict[str, list[HeadAt]]:
    """The heads of each category in reading order, without those that end inside or with a longer one.

    Nor those in which one name ends and the next begins: no 区长 in 贡井区|长土镇, no 省长 in 湖南省|长沙市.
    """
    joints = _joints(page, knowledge)
    bodies = {hit.end: hit.start for hit in page.hits if hit.end - hit.start >= _SURE_NAME and is_organization(hit)}
    found: dict[str, dict[int, HeadAt]] = {}
    for start, end, heads in knowledge.scan_heads(page.look):
        for head in heads:
            if head.category == "Role" and not joints.isdisjoint(range(start + 1, end)):
                continue
            if head.category == "Role" and any(
                bodies.get(at, start) < start and page.look[at:end] in knowledge.heads for at in range(start + 1, end)
            ):
                continue  # 中华全国|总工会|主席: the role is 主席 alone
            by_end = found.setdefault(head.category, {})
            if end not in by_end or by_end[end][0] > start:
                by_end[end] = (start, end, head)
    kept: dict[str, list[HeadAt]] = {}
    for category, by_end in found.items():
        kept[category] = []
        reach = -1
        for start, end, head in sorted(by_end.values(), key=lambda row: (row[0], -row[1])):
            if end > reach:
                kept[category].append((start, end, head))
                reach = end
    return kept


def _joints(page: Page, knowledge: Knowledge) -> set[int]:
    """Where the name of a division ends and the full name of one, or the name of one inside it, begins."""
    township = knowledge.patterns["township_follows"]
    found = {hit.end for hit in page.hits if hit.names[0].code and township.match(page.look, hit.end)}
    for before, after in pairwise(page.hits):
        if before.end != after.start or not any(name.code for name in before.names):
            continue
        codes = {name.code for name in before.names if name.code}
        if any(
            name.code and (name.status == "full" or _parents(name.code, knowledge) & codes) for name in after.names
        ):
            found.add(before.end)
    return found


@lru_cache(maxsize=1 << 14)  # the same places are named in many articles
def _parents(code: str, knowledge: Knowledge) -> frozenset[str]:
    """The division right above that one, and the one above it."""
    found = set()
    for _ in range(2):
        division = knowledge.divisions.get(code)
        code = division.parent if division else ""
        found.add(code)
    return frozenset(found)


def heads_in_sentences(page: Page, heads: Iterable[HeadAt]) -> Iterator[tuple[Sentence, int, int, Head]]:
    """The heads of a page, which must be in reading order, each with the sentence in which it stands."""
    sentences = iter(page.sentences)
    sentence = next(sentences, None)
    for start, end, head in heads:
        while sentence and sentence.end <= start:
            sentence = next(sentences, None)
        if sentence is None:
            return
        yield sentence, start, end, head


def occurrences(look: str, form: str) -> Iterator[int]:
    """The offsets at which a form stands in a text, overlapping ones too.

    >>> list(occurrences("李强会见李强", "李强"))
    [0, 4]
    """
    at = look.find(form)
    while at >= 0:
        yield at
        at = look.find(form, at + 1)
