"""What a text must hold for a pattern to match in it: a few strings, of which every match has one.

Most patterns match in few sentences. One automaton over the strings of all of them tells which to try in a sentence, in
less time than it takes to try two of them. The strings are read off the pattern itself (as RE2 does for sets of
patterns), so they cannot fall behind it: (?:签署|签订)[^。]{0,9}{Document} needs 签署 or 签订, and a document.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from re import _constants as ops  # type: ignore[attr-defined]  # the parser of `re` is not declared; its operations
from re import _parser as parser  # type: ignore[attr-defined]  # are those of 3.11, since possessive repeats came
from typing import Any, NamedTuple

from ahocorasick_rs import AhoCorasick

from kg import kept
from kg.letters import LETTERS
from kg.model import short_hash

_MOST = 512  # strings that are told apart
_WIDEST = 32  # characters of a set [...] that are told apart
_REPEATS = frozenset({ops.MAX_REPEAT, ops.MIN_REPEAT, ops.POSSESSIVE_REPEAT})
_LETTERS = frozenset(LETTERS.values())
_PIECE = re.compile(f"[{''.join(sorted(_LETTERS))}]|[^{''.join(sorted(_LETTERS))}]+")
_COMMON = re.compile(r"[\W\d_]*")  # marks and digits stand in every sentence
_LETTER_RARITY = 0.9  # the letter of a mention is less rare than a character

Strings = frozenset[str]
_EMPTY: Strings = frozenset({""})


class Needs(NamedTuple):
    """Sets of strings of which each text that a pattern matches in holds a member."""

    words: Strings | None  # of this set one, which may be a letter of a mention too; None where nothing is needed
    letters: frozenset[Strings]  # of each of these sets one letter of a mention


class Cues:
    """Says which of some patterns may match in a text, by the strings that it holds."""

    def __init__(self, patterns: Mapping[str, re.Pattern[str]]) -> None:
        wanted: dict[str, set[str]] = defaultdict(set)  # the patterns by string
        self._needs = _all_needed(patterns)
        self._always = frozenset(name for name, needs in self._needs.items() if not needs.words)
        for name, needs in self._needs.items():
            for string in needs.words or ():
                wanted[string].add(name)
        self._wanted = [frozenset(wanted[string]) for string in sorted(wanted)]
        self._scan = AhoCorasick(sorted(wanted))
        self._with: dict[Strings, Strings] = {}  # the patterns that need no other letters, by those that there are

    def __call__(self, text: str) -> Strings:
        """The names of the patterns that may match in a text."""
        (found,) = self.of_each((text,))
        return found

    def of_each(self, texts: Sequence[str]) -> list[Strings]:
        """The names of the patterns that may match in each of some texts, which are scanned as one."""
        held: list[set[str]] = [set() for _ in texts]
        at, end = -1, 0
        for string, start, _ in self._scan.find_matches_as_indexes("\n".join(texts), overlapping=True):
            while start >= end:
                at += 1
                end += len(texts[at]) + 1
            held[at] |= self._wanted[string]
        return [self._fitting(text) & (cued | self._always) for text, cued in zip(texts, held, strict=True)]

    def _fitting(self, text: str) -> Strings:
        """The patterns that need no letter of a mention that the text has not."""
        letters = frozenset(filter(text.__contains__, _LETTERS))
        fitting = self._with.get(letters)
        if fitting is None:
            fitting = self._with[letters] = frozenset(
                name for name, needs in self._needs.items()
                if not any(letters.isdisjoint(one_of) for one_of in needs.letters)
            )
        return fitting


def _all_needed(patterns: Mapping[str, re.Pattern[str]]) -> dict[str, Needs]:
    """What each pattern needs; kept from one run to the next, for reading it off hundreds takes as long as a page."""
    code = Path(__file__).read_text(encoding="utf-8")
    key = short_hash(code, *(part for name in sorted(patterns) for part in (name, patterns[name].pattern)))
    rows = kept.fetch("cues", key)
    if isinstance(rows, dict) and rows.keys() == patterns.keys():
        return {name: Needs(*rows[name]) for name in patterns}
    found = {name: needed(pattern) for name, pattern in patterns.items()}
    kept.keep("cues", key, {name: tuple(needs) for name, needs in found.items()})
    return found


def needed(pattern: re.Pattern[str]) -> Needs:
    """What a text must hold for the pattern to match in it.

    No string has a letter of a mention in it but by itself: folding goes on while patterns run, and changes what stands
    beside a letter, but not the words between letters, nor which letters there are.

    >>> sorted(needed(re.compile("(?:签署|签订)了?[^。]{0,9}")).words)
    ['签署', '签订']
    """
    if pattern.flags & re.IGNORECASE:
        return Needs(None, frozenset())
    words, letters = _all_of(_of_row(parser.parse(pattern.pattern, pattern.flags)))
    if words is not None:
        words = frozenset(one for one in words if not any(other in one and other != one for other in words))
    return Needs(None if words is None or words <= _LETTERS else words, letters)


class _Part(NamedTuple):
    """A part of a pattern: what it matches, if that is one of a few strings, and what its matches hold."""

    whole: Strings | None
    words: Strings | None = None
    letters: frozenset[Strings] = frozenset()
    ends: Strings | None = None  # where it repeats one of a few strings: with which of them it begins and ends


def _of_row(row: Iterable[tuple[Any, Any]]) -> _Part:
    """What the items of a pattern need, one after the other."""
    run, is_whole = _EMPTY, True
    needs = Needs(None, frozenset())
    for item in row:
        part = _of_item(*item)
        needs = _both(needs, Needs(part.words, part.letters))
        ends = part.ends if part.whole is None else part.whole
        joined = ends is not None and len(run) * len(ends) <= _MOST
        if joined and ends is not None:
            run = frozenset(before + after for before in run for after in ends)
        if part.whole is None or not joined:
            needs = _both(needs, _in_strings(run))
            run, is_whole = ends or _EMPTY, False
    return _Part(run, *needs) if is_whole else _Part(None, *_both(needs, _in_strings(run)))


def _of_item(op: Any, argument: Any) -> _Part:
    """What one item of a pattern needs, in the form in which `re` parses it."""
    if op is ops.LITERAL:
        return _Part(frozenset({chr(argument)}))
    if op is ops.IN:
        return _Part(_of_set(argument))
    if op is ops.BRANCH:
        return _of_branches([_of_row(branch) for branch in argument[1]])
    if op is ops.SUBPATTERN:
        return _of_row(argument[3])
    if op is ops.ATOMIC_GROUP:
        return _of_row(argument)
    if op in _REPEATS:
        return _of_repeat(*argument)
    if op is ops.ASSERT:  # it is not matched, but must stand there
        return _Part(_EMPTY, *_all_of(_of_row(argument[1])))
    return _Part(_EMPTY if op in {ops.ASSERT_NOT, ops.AT} else None)


def _of_set(items: Iterable[tuple[Any, Any]]) -> Strings | None:
    """The characters of a set; None where they are many, or all but some."""
    characters: set[str] = set()
    for op, argument in items:
        if op is ops.LITERAL:
            characters.add(chr(argument))
        elif op is ops.RANGE and argument[1] - argument[0] < _WIDEST:
            characters.update(map(chr, range(argument[0], argument[1] + 1)))
        else:
            return None
    return frozenset(characters) if len(characters) <= _WIDEST else None


def _of_branches(branches: list[_Part]) -> _Part:
    needs = [_all_of(branch) for branch in branches]
    whole = _union([branch.whole for branch in branches])
    return _Part(
        whole if whole is not None and len(whole) <= _MOST else None,
        _union([one.words for one in needs]),
        _one_set(_union([min(one.letters, key=len, default=None) for one in needs])),
    )


def _of_repeat(least: int, most: Any, row: Iterable[tuple[Any, Any]]) -> _Part:
    part = _of_row(row)
    if least == most == 1:
        return part
    if least > 0:
        return _Part(None, *_all_of(part), part.whole)
    return _Part(part.whole | _EMPTY if part.whole is not None and most == 1 else None)


def _all_of(part: _Part) -> Needs:
    """What the matches of a part hold, be it a few strings or not."""
    return _both(Needs(part.words, part.letters), _in_strings(part.whole))


def _both(one: Needs, other: Needs) -> Needs:
    """What a text holds that has what both need: all the letters, and of the words those that fewer texts have."""
    return Needs(_rarer(one.words, other.words), one.letters | other.letters)


def _in_strings(strings: Strings | None) -> Needs:
    """What a text holds that has one of the strings: of each its rarest piece, and a letter of each."""
    if strings is None:
        return Needs(None, frozenset())
    words = frozenset(max(_PIECE.findall(string), key=_rarity, default="") for string in strings)
    letters = frozenset(next((letter for letter in string if letter in _LETTERS), "") for string in strings)
    return Needs(words if all(map(_rarity, words)) else None, _one_set(None if "" in letters else letters))


def _one_set(letters: Strings | None) -> frozenset[Strings]:
    return frozenset() if letters is None else frozenset({letters})


def _rarer(one: Strings | None, other: Strings | None) -> Strings | None:
    """The one of two sets that fewer texts have a member of, as their commonest members tell."""
    if one is None or other is None:
        return one if other is None else other
    return min(one, other, key=lambda strings: (-min(map(_rarity, strings)), len(strings)))


def _union(sets: list[Strings | None]) -> Strings | None:
    """The members of all sets; None where one of them is None."""
    known = [one for one in sets if one is not None]
    return frozenset().union(*known) if len(known) == len(sets) else None


def _rarity(string: str) -> float:
    """How seldom a string stands in sentences."""
    if string in _LETTERS:
        return _LETTER_RARITY
    return 0.0 if _COMMON.fullmatch(string) else float(len(string))
