"""A sentence with each mention folded into one letter, so that a rule is a regular expression over it."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.cues import Cues
from kg.letters import LETTERS, write_letters
from kg.model import Page, Reading, Sentence

_ASIDE = re.compile(write_letters("（[^（）{Mention}]{1,16}）"))


@dataclass(slots=True)
class Fold:
    """A sentence being folded: its string, and for each character of it where it stands in the text.

    Mutable: rules with `folds` shorten it while they run. It never leaves `relate`. What is looked for in all
    sentences is looked for only where it is among what the sentence has cues of.
    """

    sentence: Sentence
    cues: Cues
    text: str
    starts: list[int]
    ends: list[int]
    readings: list[Reading | None]
    cued: frozenset[str] = frozenset()  # the patterns and rules that may match in it; no others do when it shrinks

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
        matches = list(pattern.finditer(self.text))
        for match in reversed(matches):
            start, end = match.span()
            self.text = self.text[:start] + self.text[end:]
            del self.starts[start:end], self.ends[start:end], self.readings[start:end]
        if matches:  # what stood before and after may be a word now
            self.cued = self.cues(self.text)


def fold(page: Page, sentence: Sentence, readings: Iterable[Reading], cues: Cues) -> Fold:
    """The folded form of a sentence, without blanks and asides; the readings, one letter each, must not overlap."""
    text: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    folded: list[Reading | None] = []
    at = sentence.start
    for reading in readings:
        span = reading.mention.span
        if at < span.start:
            text.append(_plain(page.look, at, span.start, starts, ends, folded))
        text.append(LETTERS[reading.mention.type])
        starts.append(span.start)
        ends.append(span.end)
        folded.append(reading)
        at = span.end
    text.append(_plain(page.look, at, sentence.end, starts, ends, folded))
    whole = Fold(sentence, cues, "".join(text), starts, ends, folded)
    if "（" in whole.text:
        whole.leave_out(_ASIDE)  # 商量（女，土家族）为副市长
    return whole


def _plain(
    look: str, start: int, stop: int, starts: list[int], ends: list[int], readings: list[Reading | None]
) -> str:
    """[start, stop) of a text without blanks; where its characters stand is added to the lists."""
    piece = look[start:stop]
    shown: Sequence[int] = range(start, stop)
    if " " in piece:
        shown = [offset for offset in shown if look[offset] != " "]
        piece = piece.replace(" ", "")
        ends += [offset + 1 for offset in shown]
    else:
        ends += range(start + 1, stop + 1)
    starts += shown
    readings += [None] * len(piece)
    return piece
