"""A span → the sentence in which it stands."""

import re
from bisect import bisect_left, bisect_right

# The closing quotation mark of 「他说：“要合作。”」 belongs to the sentence that it ends.
_END = re.compile(r"[。！？!?]+[”’」』）》]*|\n")


def sentence_ends(text: str) -> tuple[int, ...]:
    """The offsets at which a sentence of the text ends, rising; the last is the end of the text."""
    ends = [found.end() for found in _END.finditer(text)]
    return tuple(ends) if ends and ends[-1] == len(text) else (*ends, len(text))


def enclosing(text: str, ends: tuple[int, ...], start: int, end: int) -> tuple[int, int]:
    """The smallest run of whole sentences that holds [start, end), without the blanks around it; never less."""
    before = bisect_right(ends, start)
    left = ends[before - 1] if before else 0
    right = ends[bisect_left(ends, max(end, start + 1))] if start < len(text) else len(text)
    while left < start and text[left].isspace():
        left += 1
    while right > end and text[right - 1].isspace():
        right -= 1
    return left, right


def sentence_of(text: str, start: int, end: int) -> tuple[int, int]:
    """The bounds of the sentence, or of the run of sentences, in which [start, end) stands.

    >>> text = "会议召开。李强说：“要合作。”会议结束。"
    >>> text[slice(*sentence_of(text, 5, 7))]
    '李强说：“要合作。”'
    """
    return enclosing(text, sentence_ends(text), start, end)
