"""Text for a terminal: columns that stand straight with Chinese in them, and nothing that commands the terminal."""

import re
import unicodedata
from collections.abc import Sequence

# Articles are untrusted: escape sequences recolour or overwrite a terminal, direction marks reorder a line.
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")


def visible(text: str) -> str:
    r"""The text on one line: line ends and tabs as a blank, every other unseen character as its code.

    >>> visible("甲\n乙\x1b[31m")
    '甲 乙\\x1b[31m'
    """
    return _UNSEEN.sub(lambda found: " " if found[0] in "\n\r\t" else ascii(found[0])[1:-1], text)


def width(text: str) -> int:
    """The number of columns that the text takes on a terminal.

    >>> width("李强 ok")
    7
    """
    return sum(_char_width(char) for char in text)


def _char_width(char: str) -> int:
    if unicodedata.combining(char):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def fit(text: str, columns: int) -> str:
    """The text in exactly so many columns: filled with blanks, or cut with an ellipsis."""
    if width(text) > columns:
        kept, used = [], 0
        for char in text:
            if used + _char_width(char) > columns - 1:
                break
            kept.append(char)
            used += _char_width(char)
        text = "".join(kept) + "…"
    return text + " " * (columns - width(text))


def lay_out(header: Sequence[str], rows: Sequence[Sequence[str]], *, columns: int | None = None) -> str:
    """The rows as a table; with `columns`, the widest cells are cut until a line is no longer than that."""
    shown = [[visible(cell) for cell in row] for row in (header, *rows)]
    widths = [max(width(row[index]) for row in shown) for index in range(len(header))]
    if columns is not None:
        _narrow(widths, columns - 2 * (len(widths) - 1))
    lines = ["  ".join(fit(cell, wide) for cell, wide in zip(row, widths, strict=True)).rstrip() for row in shown]
    rule = "  ".join("─" * wide for wide in widths)
    return "\n".join((lines[0], rule, *lines[1:])) + "\n"


def _narrow(widths: list[int], room: int) -> None:
    """Take columns from the widest until all fit; none is made narrower than eight."""
    while sum(widths) > room and max(widths) > 8:
        widest = widths.index(max(widths))
        second = max((wide for index, wide in enumerate(widths) if index != widest), default=8)
        surplus = sum(widths) - room
        widths[widest] = max(8, min(widths[widest] - 1, max(second, widths[widest] - surplus)))
