"""A sentence with each mention folded into one letter, so that a rule is a regular expression over it."""

import re
from collections.abc import Sequence
from typing import Any

from kg.cues import Cues
from kg.letters import LETTERS, write_letters
from kg.model import Page, Reading, Sentence

_ASIDE = re.compile(write_letters("（[^（）{Mention}]{1,16}）"))


class Fold:
    """A sentence being folded: its string, and for each character of it where it stands in the text.

    Mutable: rules with `folds` shorten it while they run. It never leaves `relate`. What is looked for in all
    sentences is looked for only where it is among what the sentence has cues of.
    """

    starts: list[int]
    ends: list[int]
    readings: list[Reading | None]

    def __init__(self, look: str, sentence: Sentence, readings: Sequence[Reading], cues: Cues) -> None:
        """`look` is that of the page; the readings, one letter each, must not overlap."""
        self.sentence = sentence
        self.cues = cues
        self.cued: frozenset[str] = frozenset()  # the patterns and rules that may match; no others do when it shrinks
        self._look = look
        self._folded = readings
        pieces: list[str] = []
        at = sentence.start
        for reading in readings:
            span = reading.mention.span
            pieces += (look[at : span.start], LETTERS[reading.mention.type])
            at = span.end
        pieces.append(look[at : sentence.end])
        self.text = "".join(pieces).replace(" ", "")

    def __getattr__(self, name: str) -> Any:
        """Where the characters stand and what they mean, set down when first asked for, which few sentences are."""
        if name not in {"starts", "ends", "readings"}:
            raise AttributeError(name)
        start, end = self.sentence.start, self.sentence.end
        starts, ends = list(range(start, end)), list(range(start + 1, end + 1))
        readings: list[Reading | None] = [None] * (end - start)
        for reading in reversed(self._folded):
            span = reading.mention.span
            inside = slice(span.start - start, span.end - start)
            starts[inside], ends[inside], readings[inside] = [span.start], [span.end], [reading]
        if self._look.find(" ", start, end) >= 0:
            rows = zip(starts, ends, readings, strict=True)
            kept = [row for row in rows if row[2] or self._look[row[0]] != " "]
            starts, ends, readings = [row[0] for row in kept], [row[1] for row in kept], [row[2] for row in kept]
        self.starts, self.ends, self.readings = starts, ends, readings
        return self.__dict__[name]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of the document's text that [start, end) of the folded string stands for."""
        return self.starts[start], self.ends[end - 1]

    def bound(self, start: int, end: int) -> list[Reading]:
        """The readings that are folded in [start, end)."""
        return [reading for reading in self.readings[start:end] if reading]

    def entities(self, start: int, end: int) -> list[str]:
        """The entities that the mentions folded in [start, end) mean."""
        return [reading.entity for reading in self.readings[start:end] if reading]

    def where(self, letter: str, start: int, end: int) -> list[int]:
        """Where in [start, end) the folded string has that letter."""
        found = []
        at = self.text.find(letter, start, end)
        while at >= 0:
            found.append(at)
            at = self.text.find(letter, at + 1, end)
        return found

    def first(self, letter: str) -> Reading | None:
        """The first mention of the type with that letter."""
        if "readings" not in self.__dict__:  # nothing was left out that is a mention
            return next((one for one in self._folded if LETTERS[one.mention.type] == letter), None)
        at = self.text.find(letter)
        while at >= 0 and self.readings[at] is None:  # a text may hold that character itself
            at = self.text.find(letter, at + 1)
        return self.readings[at] if at >= 0 else None

    def stretch(self, at: int) -> int:
        """Where the stretch between full stops and semicolons begins in which that place of the folded string is."""
        return max(self.text.rfind("。", 0, at), self.text.rfind("；", 0, at)) + 1

    def shrink(self, start: int, end: int, keep_start: int, keep_end: int) -> int:
        """Let [start, end) shrink to the mentions in [keep_start, keep_end), joined by 、; where it ends then.

        The first and the last of them now span the whole: 上海市委书记李强 is one Person for the rules that follow.
        """
        text: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        readings: list[Reading | None] = []
        for at in range(keep_start, keep_end):
            if self.readings[at] is None:
                continue
            if text:
                text.append("、")
                starts.append(self.starts[at])
                ends.append(self.starts[at])
                readings.append(None)
            text.append(self.text[at])
            starts.append(self.starts[at])
            ends.append(self.ends[at])
            readings.append(self.readings[at])
        starts[0], ends[-1] = self.starts[start], self.ends[end - 1]
        self.text = self.text[:start] + "".join(text) + self.text[end:]
        self.starts[start:end], self.ends[start:end], self.readings[start:end] = starts, ends, readings
        return start + len(text)

    def leave_out(self, pattern: re.Pattern[str]) -> None:
        """Take what matches out of the folded string."""
        if self._take_out(pattern):  # what stood before and after may be a word now
            self.cued = self.cues(self.text)

    def leave_out_asides(self) -> None:
        """Take out what stands in brackets, before cues are looked for: 商量（女，土家族）为副市长."""
        self._take_out(_ASIDE)

    def _take_out(self, pattern: re.Pattern[str]) -> bool:
        """Take what matches out of the folded string; whether anything does."""
        matches = list(pattern.finditer(self.text))
        for match in reversed(matches):
            start, end = match.span()
            self.text = self.text[:start] + self.text[end:]
            del self.starts[start:end], self.ends[start:end], self.readings[start:end]
        return bool(matches)


def fold(page: Page, sentence: Sentence, readings: Sequence[Reading], cues: Cues) -> Fold:
    """The folded form of a sentence, without blanks and asides; the readings, one letter each, must not overlap."""
    folded = Fold(page.look, sentence, readings, cues)
    if "（" in folded.text:
        folded.leave_out_asides()
    return folded
