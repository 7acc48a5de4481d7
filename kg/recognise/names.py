"""Where a person's name ends: 查朗|在苏州, 燕北归|则来到.

Each possible length is weighed by what follows it and by how the same characters go on elsewhere in the document.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from kg.cutting import known_word
from kg.knowledge import Knowledge
from kg.model import Hit, Mention
from kg.recognise.edges import Edges, occurrences

_HAN = re.compile(r"[\u4e00-\u9fff○]+")
_DOTTED = re.compile(r"[\u4e00-\u9fff]{1,8}(?:·[\u4e00-\u9fff]{1,10})+")
_LATIN = re.compile(r"[A-Z][A-Za-z.'’\-]*(?: (?:[A-Z][A-Za-z.'’\-]*|de|van|von|bin|al))+")
MARKS = frozenset("，。；：、！？）（”“》《 \n·…—－|/】【")
_BEFORE_SUBJECT = frozenset("，。；：“”、！？）（\n 》")
_PERSON_TAGS = frozenset({"nr", "nrt", "nrfg"})  # jieba's: a hint, never evidence
_NAME_TAGS = frozenset({*_PERSON_TAGS, "ns", "nz", "nt", "x"})
_NO_PEOPLE = frozenset({"Province", "Place", "Organization"})
_NAMED_AS_PEOPLE_ARE = frozenset({"NaturalFeature", "Venue", "Infrastructure"})

# How well a name may end at an offset, by what stands there.
PUNCTUATION, FOLLOWER, WORD, PARTICLE, NOTHING = 3.0, 2.0, 1.5, 1.0, 0.0

_JOINING = frozenset("和与同及")  # 张伟|和市长李明

_USUAL_LENGTH = 0.4  # for names of three characters
_GOES_ON = -0.8  # the same character follows wherever these stand: 吴政|隆
_CHANGES = 0.3  # different ones do: 李强
_LONGEST_WORD = 6  # characters after a name in which a word of jieba's dictionary is looked for
_ENOUGH = 40  # places looked at for that
_LONGEST_FOREIGN = 10  # characters of a name without surname or dots
_LONGEST_LAST_PART = 6  # of a name with dots whose end nothing shows


@dataclass(frozen=True, slots=True)
class PersonName:
    """A person's name where it stands, with the rule that found it; `text` is it without blanks."""

    start: int
    end: int
    text: str
    rule: str


class Names:
    """Reads names at given offsets of one page, whose posts are known."""

    def __init__(self, edges: Edges, offices: Iterable[Mention]) -> None:
        self.edges = edges
        self.look = edges.look
        self.surnames = edges.knowledge.surnames
        self.office_from = {office.span.start: office for office in offices}
        self._lists = edges.lists
        self._followers = _followers(edges.knowledge)
        self._ends: dict[int, float] = {}
        self._weights: dict[str, float] = {}
        self._bylines = [match.span() for match in edges.patterns["byline"].finditer(self.look)]

    def read(self, at: int, *, anchored: bool) -> tuple[int, str] | None:
        """The end and the text of the name that begins at `at`, or None.

        `anchored` says that what stands before promises a name: a post, a list of names, 任命. Then the name may also
        be a word (市长|高明), need no surname (佟画 has one, 那顺巴雅尔 none), and be set with a space (耿 联). Without
        an anchor only what begins with a surname, or is written with dots or in Latin letters, is read as a name.
        """
        look = self.look
        if at >= len(look) or self.in_byline(at):
            return None
        if (dotted := _DOTTED.match(look, at)) and (anchored or dotted.end() - at >= 4):
            if any(offset in self.edges.role_from for offset in range(at, look.index("·", at))):
                return None  # 英国首相|鲍里斯·约翰逊
            return self._dotted(at, dotted.end())
        if latin := _LATIN.match(look, at):
            return latin.end(), latin.group().replace(" ", "")
        run = _HAN.match(look, at)
        if not run:
            return None
        if anchored and (spaced := self._spaced(at)):
            return spaced
        hit = self.edges.hit_from.get(at)
        is_place = hit and hit.end - at > 2 and hit.names[0].type in _NO_PEOPLE
        if hit and is_place and not (anchored and self._named_like_a_place(hit)):
            return None
        if anchored and (whole := self._of_components(at, run.end())):
            return whole
        if look[at : at + 2] in self.surnames:
            return self._best(at, run.end(), (4, 3), anchored)
        if look[at] in self.surnames:
            best = self._best(at, run.end(), (3, 2, 4), anchored)
            if best or not anchored:
                return best
        if not anchored or look[at] in self._lists["never_first"]:
            return None
        return self._foreign(at, run.end())

    def ends(self, at: int) -> float:
        """How well a name may end at that offset: from PUNCTUATION over a FOLLOWER, WORD or PARTICLE to NOTHING."""
        if at not in self._ends:
            self._ends[at] = self._what_follows(at)
        return self._ends[at]

    def _what_follows(self, at: int) -> float:
        """What `ends` says, from the text."""
        look = self.look
        if at >= len(look) or look[at] in MARKS:
            return PUNCTUATION
        if look[at].isdigit() or any(look[at : at + size] in self._followers for size in (4, 3, 2)):
            return FOLLOWER
        if look[at] in "为任的" and at + 1 in self.office_from:  # 选举白玛|为林芝市中级人民法院院长
            return FOLLOWER
        if self._begins_dictionary_word(at):
            return WORD
        return PARTICLE if look[at] in self._lists["particles"] else NOTHING

    def _begins_dictionary_word(self, at: int) -> bool:
        """Whether a word of two characters or more that jieba's dictionary has begins there: 石敢当|利用, 万春亭|开口.

        Cut without jieba's guesses at unknown words: those take 晖致 and 群培 for verbs.
        """
        word, tag = known_word(self.look[at : at + _LONGEST_WORD])
        return len(word) >= 2 and tag not in _NAME_TAGS

    def in_byline(self, at: int) -> bool:
        """Whether that offset lies where the text says who reports."""
        return any(start <= at < end for start, end in self._bylines)

    def opens_clause(self, at: int) -> bool:
        """Whether a mark or nothing stands before that offset, so that the subject of a clause may begin there."""
        return at == 0 or self.look[at - 1] in _BEFORE_SUBJECT

    def follows_one_of(self, at: int, characters: frozenset[str]) -> bool:
        """Whether the character before that offset is one of these."""
        return at > 0 and self.look[at - 1] in characters

    def begins_follower(self, at: int) -> bool:
        """Whether a word that follows names begins there, and so no name: 市长|强调, 书记|主持召开."""
        words = (self.look[at : at + size] for size in (4, 3, 2))
        may_be_name = self._lists["word_names"] if self.look[at : at + 1] in self.surnames else frozenset()
        return any(word in self._followers and word not in may_be_name for word in words)

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
        return self.edges.word_from[first] < end or self.edges.tag_from[first] in _PERSON_TAGS

    def is_no_name(self, text: str) -> bool:
        """Whether a word is known to have the form of a name and to be none: 高水平, 万亩."""
        return text in self._lists["not_names"]

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
        match = self.edges.patterns["spaced_name"].match(self.look, at)
        if match and self.look[at] in self.surnames:
            text = match.group().replace(" ", "")
            if len(text) == 2:
                return match.end(), text
        return None

    def _dotted(self, at: int, end: int) -> tuple[int, str] | None:
        """The name with dots that begins there; [at, end) may hold more: 科瓦奇·伊姆雷|会谈."""
        last = self.look.rfind("·", at, end) + 1
        for stop in range(min(last + 2, end), end + 1):
            if self.ends(stop) >= (WORD if stop - last < 2 else PARTICLE):
                return stop, self.look[at:stop]
        return (end, self.look[at:end]) if end - last <= _LONGEST_LAST_PART else None

    def _of_components(self, at: int, limit: int) -> tuple[int, str] | None:
        """A name made of two or more components of Tibetan, Mongolian or Uyghur names: 才让|多吉, 仁青|卓玛."""
        components, stop, count = self.edges.knowledge.name_components, at, 0
        while size := next((n for n in (4, 3, 2) if stop + n <= limit and self.look[stop : stop + n] in components), 0):
            stop += size
            count += 1
        return (stop, self.look[at:stop]) if count >= 2 and self.ends(stop) >= PARTICLE else None

    def _foreign(self, at: int, limit: int) -> tuple[int, str] | None:
        """A name without a Chinese surname, after a post: 那顺巴雅尔|作动员讲话, 阿都拉欣、."""
        for stop in range(at + 2, min(limit, at + _LONGEST_FOREIGN) + 1):
            text, end = self.look[at:stop], self.ends(stop)
            if end == WORD and len(text) < 3:
                continue
            if self.is_no_name(text) or text in self.edges.stops:
                return None
            if end >= WORD and text[-1] not in self._lists["never_last"]:
                return None if self._of_two_words(text) else (stop, text)
            if end == PARTICLE and len(text) >= 3:
                return stop, text
        return None

    def _of_two_words(self, text: str) -> bool:
        """Whether two words of jieba's dictionary make it up: 天皇|即位庆典, 美国总统|国家安全事务助理."""
        if len(text) != 4:
            return False
        return all(len(word) == 2 and tag not in _NAME_TAGS for word, tag in map(known_word, (text[:2], text[2:])))

    def _best(self, at: int, limit: int, sizes: tuple[int, ...], anchored: bool) -> tuple[int, str] | None:
        """The name with a Chinese surname whose length, one of the sizes, has the most weight; the first of equals."""
        stops = [at + size for size in sizes if at + size <= limit]
        possible = [stop for stop in stops if self._may_end(at, stop, anchored)]
        best = max(possible, key=lambda stop: self._weight(at, stop), default=None)
        return (best, self.look[at:best]) if best else None

    def _may_end(self, at: int, stop: int, anchored: bool) -> bool:
        """Whether [at, stop), which begins with a surname, can be a whole name."""
        text, end, lists = self.look[at:stop], self.ends(stop), self._lists
        if end == NOTHING or text[-1] in lists["never_last"] or (not anchored and self.is_no_name(text)):
            return False
        if len(text) > 2 and text[:2] in lists["not_name_starts"]:
            return False
        if self._splits_name(at, stop) or (text[-1] in _JOINING and stop in self.edges.role_from):
            return False
        if len(text) < 4 and text[1:] in self._lists["honorifics"]:  # 习主席, 王先生: a surname alone is no name
            return False
        if len(text) == 4 and text[:2] not in self.surnames and not (anchored and self._of_two_surnames(at, stop)):
            return False
        # 李强|指出: where a follower begins before the last character, only a mark lets the name go on over it
        return len(text) < 3 or end == PUNCTUATION or self.ends(stop - 1) < FOLLOWER

    def _of_two_surnames(self, at: int, stop: int) -> bool:
        """林郑月娥: the husband's surname before one's own, and no end before the fourth character."""
        return (
            self.is_common_surname(at + 1)
            and self.ends(stop) >= FOLLOWER
            and self.ends(at + 2) < FOLLOWER
            and self.ends(at + 3) < FOLLOWER
        )

    def _splits_name(self, at: int, stop: int) -> bool:
        """Whether a table's name of three characters or more ends there but begins inside the candidate."""
        hit = self.edges.hit_to.get(stop)
        return bool(hit and at < hit.start and hit.end - hit.start > 2)

    def _weight(self, at: int, stop: int) -> float:
        """How much speaks for [at, stop) as the whole name."""
        text = self.look[at:stop]
        weight = self.ends(stop)
        if len(text) >= 3 and text[-1] in self._lists["particles"] and self.ends(stop - 1) >= PARTICLE:
            weight -= 1  # 应声|受区委委托
        return weight + (_USUAL_LENGTH * (len(text) == 3) + self._continuity(text))

    def _continuity(self, text: str) -> float:
        """How the same characters go on elsewhere: 李强 before many words is whole, 吴政 before 隆 alone is not."""
        if text in self._weights:
            return self._weights[text]
        weight = self._weights[text] = self._weigh_following(text)
        return weight

    def _weigh_following(self, text: str) -> float:
        following: dict[str, int] = {}
        count = 0
        for at in occurrences(self.look, text):
            if count == _ENOUGH:
                break
            count += 1
            character = self.look[at + len(text) : at + len(text) + 1]
            following[character] = following.get(character, 0) + 1
        if count < 2:
            return 0.0
        return _GOES_ON if len(following) == 1 and MARKS.isdisjoint(following) else _CHANGES


@cache
def _followers(knowledge: Knowledge) -> frozenset[str]:
    """The words of the genre before which a name may end."""
    words = knowledge.words
    return words["verbs"] | words["function"] | words["speech"] | words["honorifics"]
