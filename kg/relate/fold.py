"""A sentence with each mention folded into one letter, so that a rule is a regular expression over it."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.letters import LETTERS, write_letters
from kg.model import Page, Reading, Sentence

_ASIDE = re.compile(write_letters("（[^（）{Mention}]{1,16}）"))


@dataclass(slots=True)
class Fold:
    """A sentence being folded: its string, and for each character of it where it stands in the text.

    Mutable: rules with `folds` shorten it while they run. It never leaves `relate`.
    """

    sentence: Sentence
    text: str
    starts: list[int]
    ends: list[int]
    readings: list[Reading | None]

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


def fold(page: Page, sentence: Sentence, readings: Iterable[Reading]) -> Fold:
    """The folded form of a sentence, without blanks and asides; the readings, one letter each, must not overlap."""
    text: list[str] = []
    folded = Fold(sentence, "", [], [], [])
    at = sentence.start
    for reading in (*readings, None):
        stop = reading.mention.span.start if reading else sentence.end
        piece = page.look[at:stop]
        shown: Sequence[int] = range(at, stop)
        if " " in piece:
            shown = [offset for offset in shown if page.look[offset] != " "]
            piece = piece.replace(" ", "")
        text.append(piece)
        folded.starts += shown
        folded.ends += [offset + 1 for offset in shown]
        folded.readings += [None] * len(piece)
        if reading:
            text.append(LETTERS[reading.mention.type])
            folded.starts.append(stop)
            folded.ends.append(reading.mention.span.end)
            folded.readings.append(reading)
            at = reading.mention.span.end
    folded.text = "".join(text)
    folded.leave_out(_ASIDE)  # 商量（女，土家族）为副市长
    return folded
