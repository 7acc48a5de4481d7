"""How much characters look like a name: 张伟民 does, 由负责 and 委员会 don't, 那顺巴雅尔 does as foreign names do.

The unit is that of given.tsv: the natural logarithm of how many times likelier the characters are in a name than in
other words. What stands before and after a name, which other modules read, is added to it.
"""

from functools import cache, lru_cache

from kg.cutting import known_word
from kg.knowledge import Knowledge

NAME_TAGS = frozenset({"nr", "nrt", "nrfg", "ns", "nz", "nt", "x"})
_NAMING_TAGS = frozenset({"n", "a", "an", "ad", "i", "l", "s", "b", "z", "vn"})  # of words that parents choose too
_PERSON_TAGS = frozenset({"nr", "nrt", "nrfg"})

_UNKNOWN_GIVEN = 0.5  # a character that no table has is rare, and rare ones are liked in names
_UNKNOWN_FOREIGN = -1.0
_NO_SURNAME = -2.0
_IN_DICTIONARY = 2.5  # jieba's has the whole as a person
_IS_WORD, _IS_NOUN = -5.0, -2.5  # or as another word: 产生; 高明, 和平
_HOLDS_WORD = -3.0  # the surname is a word, and what follows too: 同|村民, 由|负责
_WORDY_SURNAME = 1.5
_BEGINS_WITH_WORD = -3.0  # 相关|责, 支持|叙
_NEVER_FOREIGN = -1.8
_PARTICLE_FOREIGN = -0.6  # 因, 于
_FOREIGN = 2.0  # what is rather in foreign names than elsewhere
_COMPONENT = 3.0  # a character of 扎西, 次仁, 巴雅尔
_MOST_GIVEN = 4.0  # what one character of a given name can say
_MOST = 3.5  # what one character of a foreign name can say
_KEPT = 1 << 16  # weights
_WORD_IN_FOREIGN = -1.5  # for each character of a word: 参拜|靖国


@cache
def likeness(knowledge: Knowledge) -> "Likeness":
    """What weighs names by that knowledge; one for all articles, since the same names stand in many."""
    return Likeness(knowledge)


class Likeness:
    """Weighs characters as names."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge
        self._in_components = frozenset("".join(knowledge.name_components))  # their characters, asked for first
        # How much a surname and one or two characters look like a name.
        self.chinese = lru_cache(maxsize=_KEPT)(self._weigh_chinese)
        # How much characters look like a foreign name; each counts, so that longer names have more weight.
        self.foreign = lru_cache(maxsize=_KEPT)(self._weigh_foreign)

    def ends_foreign(self, character: str) -> bool:
        """Whether no foreign name goes on over that character: 恩冈瓦拉|在, 马雷罗|互."""
        return self.knowledge.foreign_weights.get(character, _UNKNOWN_FOREIGN) < _NEVER_FOREIGN

    def begins_component(self, look: str, at: int) -> bool:
        """Whether a component of names begins there: 更登|加."""
        if look[at] not in self._in_components:
            return False
        return any(look[at : at + size] in self.knowledge.name_components for size in (4, 3, 2))

    def ends_component(self, look: str, at: int, stop: int) -> bool:
        """Whether the last character of [at, stop) stands in a component of names: 旺堆."""
        components = self.knowledge.name_components
        if look[stop - 1] not in self._in_components:
            return False
        return any(
            look[start : start + size] in components
            for size in (4, 3, 2)
            for start in range(max(at, stop - size), stop)
            if start + size > stop - 1
        )

    def goes_on_foreign(self, character: str, following: str) -> bool:
        """Whether a foreign name goes on over a particle: 施泰|因|迈尔, 西|于|尔扎多蒂."""
        weights = self.knowledge.foreign_weights
        return weights.get(character, _UNKNOWN_FOREIGN) >= _PARTICLE_FOREIGN and weights.get(following, 0.0) >= _FOREIGN

    def _foreign_at(self, text: str, at: int) -> float:
        """What one character says for a foreign name, or for one made of components: 更登|加."""
        components = self.knowledge.name_components
        if text[at] in self._in_components:
            for size in (4, 3, 2):
                for start in range(max(0, at - size + 1), at + 1):
                    if text[start : start + size] in components and start + size <= len(text):
                        return _COMPONENT
        return self.knowledge.foreign_weights.get(text[at], _UNKNOWN_FOREIGN)

    def without_surname(self, text: str) -> float:
        """How much characters look like a name that begins with no surname we know: 冰清, 潮生, 电光."""
        word, tag = known_word(text)
        if word == text:
            return self._word(tag) if tag not in NAME_TAGS else 0.0
        return _NO_SURNAME + max(self.given(text), _NO_SURNAME) if len(word) < 2 else _IS_WORD

    def _word(self, tag: str) -> float:
        """What it says against a name that it is a word of jieba's dictionary with that tag."""
        return _IS_NOUN if tag in _NAMING_TAGS else _IS_WORD if tag not in NAME_TAGS else 0.0

    def given(self, text: str) -> float:
        """How much one or two characters look like a given name."""
        weights = self.knowledge.given_weights
        unknown = (_UNKNOWN_GIVEN, _UNKNOWN_GIVEN, _UNKNOWN_GIVEN)
        if len(text) == 1:
            return min(weights.get(text, unknown)[2], _MOST_GIVEN)
        return min(weights.get(text[0], unknown)[0], _MOST_GIVEN) + min(weights.get(text[-1], unknown)[1], _MOST_GIVEN)

    def _weigh_chinese(self, text: str) -> float:
        surnames = self.knowledge.surname_weights
        size = 2 if len(text) > 2 and text[:2] in surnames else 1
        given = text[size:] if len(text) - size < 3 else text[-2:]
        weight = surnames.get(text[:size], 0.0) + self.given(given)
        word, tag = known_word(text)
        if word == text:
            if text in self.knowledge.words["word_names"]:
                return weight
            if tag not in _PERSON_TAGS:
                return weight + self._word(tag)
            return weight + (_IN_DICTIONARY if len(text) > 2 else 0.0)  # two characters are often a word tagged so
        if len(word) > size and tag not in NAME_TAGS:
            weight += _BEGINS_WITH_WORD
        if len(given) > 1 and surnames.get(text[:size], 0.0) < _WORDY_SURNAME:
            word, tag = known_word(given)
            if word == given and tag not in NAME_TAGS:
                weight += _HOLDS_WORD
        return weight

    def _weigh_foreign(self, text: str) -> float:
        return sum(min(self._foreign_at(text, at), _MOST) for at in range(len(text))) + self._words_in(text)

    def _words_in(self, text: str) -> float:
        """What the words of the dictionary in the text speak against a foreign name, or for it."""
        word, tag = known_word(text)
        if word == text and tag in _PERSON_TAGS:
            return _IN_DICTIONARY
        against, at = 0.0, 0
        while at < len(text) - 1:
            word, tag = known_word(text[at:])
            if len(word) > 1 and tag not in NAME_TAGS:
                against += _WORD_IN_FOREIGN * len(word)
            at += max(len(word), 1)
        return against
