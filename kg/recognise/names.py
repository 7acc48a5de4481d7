"""Where a person's name ends: 查朗|在苏州, 燕北归|则来到.

Each possible length is weighed by its characters, by what follows it and by how the same characters go on elsewhere in
the document; what stands before it is a promise that is added. The unit is that of given.tsv.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from kg.cutting import known_word
from kg.knowledge import Knowledge
from kg.model import Hit, Mention
from kg.recognise.continuity import Continuity
from kg.recognise.edges import Edges
from kg.recognise.foreign_names import DOT, JOINING, NO_PEOPLE, WORD_FIRST, ForeignNames
from kg.recognise.likeness import NAME_TAGS
from kg.recognise.surroundings import (
    AFTER_BARE_POST,
    AFTER_NOUN,
    AFTER_POST,
    FOLLOWER,
    LISTED,
    MARKS,
    NOTHING,
    PARTICLE,
    PUNCTUATION,
    UNANNOUNCED,
)

_LONGEST_PART = 8  # characters of a name before its first dot
_PERSON_TAGS = frozenset({"nr", "nrt", "nrfg"})  # jieba's: a hint, never evidence
_ACTS = frozenset({"v", "vn", "d", "p", "c"})
_COUNTRIES = frozenset({"Province", "Country"})
WIDELY_KNOWN = frozenset({"Province", "Prefecture", "Country"})
_NAMED_AS_PEOPLE_ARE = frozenset({"NaturalFeature", "Venue", "Infrastructure"})

BEFORE_NAMES = frozenset("同和与向对是由叫及有")  # what may be a surname, but not before a name
_NO_NAME = -9.0
_FAIR = 1.0  # and of what is one where a title follows
_STRONG = 5.0  # the weight of what surely is a name

_WEAK_SURNAME = 0.8  # the weight below which a surname is rather a word: 向, 来, 和, 有, 应
_USUAL_LENGTH = 0.5  # for names of three characters
_PARTICLE_LAST = -2.5  # 应声|受区委委托
_OVER_FOLLOWER = -4.0  # 李强|指出: a word that follows names begins before the last character
_LEAST_WITHOUT_SURNAME = 4.0  # and a Chinese name without one


@dataclass(frozen=True, slots=True)
class PersonName:
    """A person's name where it stands, with the rule that found it; `text` is it without blanks."""

    start: int
    end: int
    text: str
    rule: str


class Names(ForeignNames):
    """Reads names at given offsets of one page, whose posts are known."""

    def __init__(self, edges: Edges, offices: Iterable[Mention]) -> None:
        super().__init__(edges, offices)
        self._with_dots = edges.patterns["name_with_dots"]
        self.surnames = edges.knowledge.surnames
        # where a name with dots may begin, since its first part is short: not 蔺芳会见了|叶尔兰·苏莱曼诺夫
        near = ((at, dot) for dot in _dots(self.look) for at in range(max(0, dot - _LONGEST_PART), dot))
        self._near_dots = frozenset(at for at, dot in near if not edges.holds_a_phrase(at, dot))
        self.has_dots = bool(self._near_dots)
        self._surname_openings = surname_openings(edges.knowledge)
        self.continuity = Continuity(self.look, MARKS)

    def read(self, at: int, promise: float = UNANNOUNCED, least: float = 0.0) -> tuple[int, str] | None:
        """The end and the text of the name that begins at `at`, or None.

        `promise` says how much what stands before promises a name: a post, a list of names, 任命. Then the name may
        also be a word (市长|高明), need no surname (佟画 has one, 那顺巴雅尔 none), and be set with a space (耿 联).
        Without a promise only what begins with a surname, or is written with dots or in Latin letters, is read.
        `least` is the weight that it must have; what follows may make up for less: 符定一|不再担任.
        """
        look, anchored = self.look, promise >= AFTER_NOUN
        if at >= len(look) or self.in_byline(at):
            return None
        dotted = self._with_dots.match(look, at) if at in self._near_dots else None
        if dotted and (anchored or dotted.end() - at >= 4):
            return None if self._opens_with_a_noun(at) else self._dotted(at, dotted.end())
        if look[at].isascii() and (latin := self.edges.patterns["latin_name"].match(look, at)):
            return latin.end(), latin.group().replace(" ", "")
        if not anchored and look[at] not in self._surname_openings:
            return None
        run = self._run.match(look, at)
        if not run:
            return None
        if anchored and (spaced := self._spaced(at)):
            return spaced
        if promise < LISTED and (look[at : at + 3] in self._lists["not_names"]):
            return None  # 穆斯林
        hit = self.edges.hit_from.get(at)
        is_place = hit and hit.end - at > 2 and hit.names[0].type in NO_PEOPLE
        if hit and is_place and not (anchored and self._named_like_a_place(hit)):
            return None
        if anchored and (whole := self._of_components(at, run.end())):
            return whole
        inner = look[at] in BEFORE_NAMES and promise < LISTED and at + 1 < run.end()
        inner = inner and self.begins_strong_name(at + 1, run.end())
        found = [*self._with_surname(at, run.end(), promise, least)]
        if inner:  # 总统|同|普京, 是|张伟民; but 省委书记|向阳升
            found = [one for one in found if self.likeness.chinese(look[at : -one[1]]) >= _STRONG]
        may_begin = look[at] not in self._lists["never_first"] or self.likeness.begins_component(look, at)
        if anchored and not inner and may_begin:
            foreign = [*self._foreign(at, run.end(), promise)]
            if any(self.ends(-stop) > NOTHING for _, stop in foreign):  # 杜瓦尔|特 is no end, 杜瓦尔特|执政 is one
                found = [(weight, stop) for weight, stop in found if self.ends(-stop) > NOTHING]
            found += foreign
            if not found and promise >= AFTER_BARE_POST:
                found += self._without_surname(at, run.end(), promise)
        best = max(found, default=None)
        if best and look.startswith("主义", -best[1]):  # 马克思|主义
            return None
        if best is None:
            return None
        number = self.edges.patterns["of_the_name"].match(look, -best[1])  # 费利佩|六世
        end = number.end() if number else -best[1]
        return end, look[at:end]

    def may_open(self, at: int) -> bool:
        """Whether a name that nothing announces may begin there: quickly told, for the many places that are asked."""
        return at < len(self.look) and (self.look[at] in self._surname_openings or not self.has_surname_only(at))

    def has_surname_only(self, at: int) -> bool:
        """Whether only a name of two to five Chinese characters can begin there."""
        return at not in self._near_dots and not self.look[at].isascii()

    def _opens_with_a_noun(self, at: int) -> bool:
        """Whether more than a name stands before the first dot: 首相|鲍里斯·约翰逊, 李强致电|杰辛达·阿德恩."""
        first = DOT.search(self.look, at)
        if not first or self.look[at] in self._lists["never_first"]:
            return True
        if any(offset in self.edges.role_from for offset in range(at, first.start())):
            return True
        if self.look[at : first.start()] in self.edges.knowledge.name_components:
            return False  # 热合曼, in which jieba sees a verb
        nouns, ending = self._lists["person_nouns"], self._lists["person_endings"]
        for start, stop, tag in self.edges.words(at, first.start()):
            word = self.look[start:stop]
            if word in nouns or (tag == "n" and len(word) > 1 and word[-1] in ending):
                return True
            if len(word) > 1 and tag in _ACTS and self.is_other_word(word):
                return True
        return False

    def is_common_surname(self, at: int) -> bool:
        """Whether a surname that is no word begins there."""
        return self.look[at] in self.surnames and self.look[at] not in self.edges.knowledge.rare_surnames

    def is_likely(self, at: int, end: int, text: str) -> bool:
        """Whether characters that nothing announces can be a name: no word of jieba's or the genre, no table's name."""
        if "·" in text or text[0].isascii():
            return True
        hit = self.edges.hit_from.get(at)  # 黄海|涛 begins with a sea, and is none
        if text in self.edges.stops or self.is_no_name(text) or (hit and hit.end >= end):
            return False
        first = self.edges.word_of[at]
        stop = self.edges.word_from[first]
        if stop < end or self.edges.tag_from[first] in _PERSON_TAGS:
            return True
        return len(known_word(self.look[first:stop])[0]) < stop - first  # 辛大有 is a word that jieba made up

    def weigh(self, text: str) -> float:
        """How much a text looks like a whole name, Chinese or foreign."""
        has_surname = text[0] in self.surnames or text[:2] in self.surnames
        chinese = self.likeness.chinese(text) if has_surname and len(text) < 5 else _NO_NAME
        return max(chinese, self.likeness.foreign(text) if len(text) > 2 else _NO_NAME)

    def _is_common_word(self, text: str) -> bool:
        """Whether jieba's dictionary has it, and not as any name: 文化; but 普京, which it takes for a place."""
        word, tag = known_word(text)
        return word == text and tag not in NAME_TAGS

    def is_other_word(self, text: str) -> bool:
        """Whether jieba's dictionary has it, and not as a person: 康复, 亚太."""
        word, tag = known_word(text)
        return word == text and tag not in _PERSON_TAGS

    def is_tagged(self, at: int, end: int) -> bool:
        """Whether jieba takes [at, end) for a person."""
        edges = self.edges
        return edges.word_of[at] == at and edges.word_from[at] == end and edges.tag_from[at] in _PERSON_TAGS

    def _named_like_a_place(self, hit: Hit) -> bool:
        """延安市市长宝塔山, 外交部长贺兰山: after a post, a mountain or river of three characters may be a person."""
        return (
            hit.end - hit.start == 3
            and self.look[hit.start] in self.surnames
            and hit.names[0].kind in _NAMED_AS_PEOPLE_ARE
            and self.ends(hit.end) >= PARTICLE
        )

    def _spaced(self, at: int) -> tuple[int, str] | None:
        """A name of two characters set with a space to the width of three: 耿 联, 贺 喜."""
        if self.look[at] in self.surnames and (match := self.edges.patterns["spaced_name"].match(self.look, at)):
            text = match.group().replace(" ", "")
            if len(text) == 2:
                return match.end(), text
        return None

    def _of_components(self, at: int, limit: int) -> tuple[int, str] | None:
        """A name made of two or more components of Tibetan, Mongolian or Uyghur names: 才让|多吉, 仁青|卓玛."""
        components, stop, count = self.edges.knowledge.name_components, at, 0
        while size := next((n for n in (4, 3, 2) if stop + n <= limit and self.look[stop : stop + n] in components), 0):
            stop += size
            count += 1
        return (stop, self.look[at:stop]) if count >= 2 and self.ends(stop) >= PARTICLE else None

    def begins_strong_name(self, at: int, limit: int) -> bool:
        """Whether what begins there surely is a name: it needs no promise."""
        found = [*self._with_surname(at, limit, UNANNOUNCED, _FAIR), *self._foreign(at, limit, UNANNOUNCED, _FAIR)]
        roles = self.edges.role_from  # 同|塞西|总统
        return any(weight >= (_FAIR if -stop in roles else _STRONG) for weight, stop in found)

    def _without_surname(self, at: int, limit: int, promise: float) -> Iterator[tuple[float, int]]:
        """Two characters that may be a name where one must stand: 冰清, 潮生."""
        stop = at + 2
        text = self.look[at:stop]
        if stop > limit or self.ends(stop) < FOLLOWER or self.is_no_name(text) or text in self.edges.stops:
            return
        if promise < LISTED and self._is_common_word(text):
            return  # 政协委员|驻地，
        weight = self.likeness.without_surname(text) + self.frame(stop, promise)
        if weight >= _LEAST_WITHOUT_SURNAME and text not in self._lists["person_nouns"]:
            yield weight, -stop

    def _with_surname(self, at: int, limit: int, promise: float, least: float) -> Iterator[tuple[float, int]]:
        """The ends of a name with a Chinese surname, weighed: 张伟民|出席."""
        if self.look[at : at + 2] in self.edges.knowledge.japanese_surnames:
            sizes: tuple[int, ...] = (4, 3, 2, 5)
        elif self.look[at : at + 2] in self.surnames:
            sizes = (4, 3)
        elif self.look[at : at + 1] in self.surnames:
            sizes = (3, 2, 4)
        else:
            return
        known = self.edges.hit_from.get(at)
        country = known.end if known and known.names[0].kind in _COUNTRIES and promise != AFTER_POST else 0
        for stop in (at + size for size in sizes):
            if stop <= limit and stop != country and self._may_end(at, stop, promise):
                weight = self._weight(at, stop) + self.frame(stop, promise)
                if weight >= least:
                    yield weight, -stop

    def _may_end(self, at: int, stop: int, promise: float) -> bool:
        """Whether [at, stop), which begins with a surname, can be a whole name."""
        text, lists, anchored = self.look[at:stop], self._lists, promise >= AFTER_NOUN
        ends_name = promise >= AFTER_POST and len(text) == 3 and self.ends(stop) == PUNCTUATION
        if text[-1] in lists["never_last"] and not (ends_name and text[-1] in lists["last_before_marks"]):
            return False  # 查朗|均出席, but 副部长|简世均|、
        if promise < AFTER_POST and self.is_no_name(text):
            return False
        if len(text) > 2 and text[:2] in lists["not_name_starts"]:
            may_be = promise == AFTER_POST and len(text) == 3 and text[0] not in BEFORE_NAMES
            if not may_be or self.ends(stop) < FOLLOWER:  # 局长|党建林|犯受贿罪
                return False
        given = self.edges.hit_from.get(at + 1)
        weak = text[0] in BEFORE_NAMES or self.edges.knowledge.surname_weights.get(text[0], 0) < _WEAK_SURNAME
        if promise < LISTED and weak:
            leads = promise < AFTER_BARE_POST or text[0] in BEFORE_NAMES or text[0] in lists["leads_to_places"]
            kinds = WIDELY_KNOWN if leads else _COUNTRIES
            if given and given.end >= stop and given.names[0].kind in kinds:
                return False  # 来|宁夏, 向|罗山; but 副省长|关玉林
            word, tag = known_word(self.look[at + 1 : at + 5])
            if len(word) > len(text) - 1 and tag not in NAME_TAGS:
                return False  # 和|专家
        least = FOLLOWER if promise != AFTER_POST else PARTICLE
        if text[1:] in lists["speech_after_names"] or (self.ends(stop) < least and self._is_common_word(text)):
            return False  # 大使|时说, 文化|艺术部
        if text in lists["person_nouns"] or text[-2:] in lists["person_nouns"]:
            return False  # 新党员|代表
        if self._splits_name(at, stop) or (text[-1] in JOINING and stop in self.edges.role_from):
            return False
        if len(text) == 2 and self.look[at + 1 : stop + 1] in lists["honorifics"]:  # 江先|生
            return False
        if len(text) < 4 and text[1:] in self._lists["honorifics"]:  # 习主席, 王先生: a surname alone is no name
            return False
        return len(text) < 4 or text[:2] in self.surnames or (anchored and self._of_two_surnames(at, stop))

    def _of_two_surnames(self, at: int, stop: int) -> bool:
        """林郑月娥: the husband's surname before one's own, and no end before the fourth character."""
        return (
            self.is_common_surname(at + 1)
            and self.ends(stop) >= FOLLOWER
            and self.ends(at + 2) < FOLLOWER
            and self.ends(at + 3) < FOLLOWER
        )

    def _weight(self, at: int, stop: int) -> float:
        """How much speaks for [at, stop) as the whole name, apart from the promise."""
        text, end = self.look[at:stop], self.ends(stop)
        weight = self.likeness.chinese(text) + self.continuity.weigh(text)
        if len(text) >= 3:
            weight += _USUAL_LENGTH * (len(text) == 3)
            if end < PUNCTUATION and self.is_no_name(text[:2]):
                weight += WORD_FIRST
            if end < PUNCTUATION and text[-1] in self._lists["particles"] and self.ends(stop - 1) >= PARTICLE:
                weight += _PARTICLE_LAST
            if end < PUNCTUATION and self.ends(stop - 1) >= FOLLOWER:
                weight += _OVER_FOLLOWER
        return weight


def _dots(look: str) -> Iterator[int]:
    """Where the dots of names stand: 科瓦奇|·|伊姆雷, 迪亚斯|-|卡内尔."""
    if "·" in look or "-" in look:
        yield from (dot.start() for dot in DOT.finditer(look))


@cache
def surname_openings(knowledge: Knowledge) -> frozenset[str]:
    """The characters with which surnames begin."""
    return frozenset(surname[0] for surname in (*knowledge.surnames, *knowledge.japanese_surnames))
