"""What stands around a person's name: what before it promises one, and how well it may end at an offset."""

from collections.abc import Iterable
from functools import cache

from kg.cutting import known_word
from kg.knowledge import Knowledge
from kg.model import Mention
from kg.recognise.edges import Edges
from kg.recognise.likeness import NAME_TAGS, likeness

MARKS = frozenset("，。；：、！？）（”“》《 \n·…—－|/】【")
BEFORE_CLAUSE = "[，；：“”。）、 ]"  # the marks inside sentences after which a clause may begin
_QUOTING = frozenset("“《")
_BEFORE_SUBJECT = frozenset("，。；：“”、！？）（\n 》【")

# How well a name may end at an offset, by what stands there.
PUNCTUATION, FOLLOWER, WORD, PARTICLE, NOTHING = 3.0, 2.0, 1.5, 1.0, 0.0

# What stands before a name promises it. Where nothing does, only what looks like a name by itself is read as one.
UNANNOUNCED, AFTER_NOUN, AFTER_BARE_POST, AFTER_POST, LISTED, APPOINTED = -1.0, 0.0, 1.5, 3.0, 4.0, 6.0
ACROSS_A_WORD = -3.0  # what seems to be a post may be cut from a word

# How much each way of ending speaks for a name.
_ENDING = {PUNCTUATION: 2.0, FOLLOWER: 1.5, WORD: 0.5, PARTICLE: 0.0, NOTHING: -5.0}
_COMPLETE = 3.0  # a post before it, and behind it a mark or what follows names: the sentence wants a name
_NO_LONGER_FOREIGN = -1.0  # what follows is in no foreign name: 卡内尔|互致
_LONGEST_WORD = 6  # characters after a name in which a word of jieba's dictionary is looked for


class Surroundings:
    """Reads what stands around the names of one page, whose posts are known."""

    def __init__(self, edges: Edges, offices: Iterable[Mention]) -> None:
        self.edges = edges
        self.look = edges.look
        self.likeness = likeness(edges.knowledge)
        self.office_from = {office.span.start: office for office in offices}
        self.office_to = {office.span.end: office for office in self.office_from.values()}
        self._lists = edges.lists
        self._leads_off = edges.patterns["leads_off"]
        self._surnames = edges.knowledge.surnames
        self._followers = _followers(edges.knowledge)
        self._ends: dict[int, float] = {}
        self._bylines = [match.span() for match in edges.find("byline")]

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
        followers = self._followers
        if look[at].isdigit() or look[at : at + 2] in followers:
            return FOLLOWER
        if look[at : at + 3] in followers or look[at : at + 4] in followers:
            return FOLLOWER
        if look[at] in "为任的" and at + 1 in self.office_from:  # 选举白玛|为林芝市中级人民法院院长
            return FOLLOWER
        if look[at] in self._lists["prepositions"] and look[at + 1 : at + 2] in _QUOTING:  # 罗文杰|向“一门式”大厅
            return FOLLOWER
        if self._leads_off.match(look, at):  # 何维|率调研组
            return FOLLOWER
        if self._begins_dictionary_word(at):
            return WORD
        if look[at] in self._lists["never_last"]:  # 常规|已调任
            return FOLLOWER
        return PARTICLE if look[at] in self._lists["particles"] else NOTHING

    def _begins_dictionary_word(self, at: int) -> bool:
        """Whether a word of two characters or more that jieba's dictionary has begins there: 石敢当|利用, 万春亭|开口.

        Cut without jieba's guesses at unknown words: those take 晖致 and 群培 for verbs.
        """
        word, tag = known_word(self.look[at : at + _LONGEST_WORD])
        return len(word) >= 2 and tag not in NAME_TAGS

    def in_byline(self, at: int) -> bool:
        """Whether that offset lies where the text says who reports."""
        return bool(self._bylines) and any(start <= at < end for start, end in self._bylines)

    def opens_clause(self, at: int) -> bool:
        """Whether a mark or nothing stands before that offset, so that the subject of a clause may begin there."""
        return at == 0 or self.look[at - 1] in _BEFORE_SUBJECT

    def follows_one_of(self, at: int, characters: frozenset[str]) -> bool:
        """Whether the character before that offset is one of these."""
        return at > 0 and self.look[at - 1] in characters

    def begins_follower(self, at: int) -> bool:
        """Whether a word that follows names begins there, and so no name: 市长|强调, 书记|主持召开."""
        look = self.look
        words = self._followers.intersection((look[at : at + 4], look[at : at + 3], look[at : at + 2]))
        return bool(words) and not (look[at] in self._surnames and words <= self._lists["word_names"])

    def frame(self, stop: int, promise: float, *, foreign: bool = False) -> float:
        """How much what stands before a name and what follows at `stop` speak for it."""
        end = self.ends(stop)
        if foreign and end == NOTHING and self.likeness.ends_foreign(self.look[stop]):
            return promise + _NO_LONGER_FOREIGN
        return promise + _ENDING[end] + (_COMPLETE if promise >= AFTER_BARE_POST and end >= FOLLOWER else 0.0)


@cache
def _followers(knowledge: Knowledge) -> frozenset[str]:
    """The words of the genre before which a name may end."""
    words = knowledge.words
    return words["verbs"] | words["function"] | words["speech"] | words["honorifics"]
