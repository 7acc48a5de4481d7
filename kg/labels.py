"""Names → the lines in which they stand below a sign."""

import re
from math import ceil

_ATOM = re.compile(r"[0-9A-Za-z]+|.", re.DOTALL)
_CLOSING = frozenset("、，。；：！？）》〉」』】”’…")


def wrapped(name: str, letters: int, lines: int) -> list[str]:
    """The name in lines of about equal length, each of about so many letters; the last is cut if there are more.

    Numbers and foreign words stay whole, and no line begins with what closes the one before.

    >>> wrapped("长三角生态绿色一体化发展示范区", 9, 3)
    ['长三角生态绿色一', '体化发展示范区']
    >>> wrapped("长三角生态绿色一体化发展示范区", 5, 2)
    ['长三角生态', '绿色一体…']
    """
    rows = ceil(len(name) / letters) or 1
    width = ceil(len(name) / rows) if rows <= lines else letters
    found, left = [""], len(name)
    for atom in _ATOM.findall(name.replace("\n", " ")):
        full = len(found[-1]) >= width or len(found[-1]) + len(atom) > width + 1
        if full and found[-1] and left > 2 and atom not in _CLOSING:  # no line of one or two letters at the end
            found.append("")
        found[-1] += atom if len(atom) <= 2 * letters else atom[: 2 * letters] + "…"
        left -= len(atom)
    if len(found) > lines:
        found = [*found[: lines - 1], found[lines - 1][: letters - 1] + "…"]
    return found
