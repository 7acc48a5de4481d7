"""Rosters: lines of an announcement that hold a post and names set in columns, or names alone.

    主　任：党向前
    副主任：辛学礼　权　海　呼延静（女）
    委　员（按姓氏笔划排列）：
    卜晓峰　王　岚（女）　王选民

A post of two characters is set to the width of three, as a name of two is.
"""

import re
from collections.abc import Iterator

from kg.knowledge import Head, Knowledge
from kg.model import Page
from kg.recognise.edges import HeadAt
from kg.recognise.names import Names, PersonName

_LONG, _MOST = 12, 0.9  # cells of a long line, and the share of them that must look like names
_LEAST = 3  # names in a line that no post opens
_ALIKE = 0.0  # how much each of these must look like a name; a post promises that the cells after it are names
_PROMISED = -4.0
_LONGEST_DOTTED, _LONGEST_FOREIGN = 16, 8
_SURELY_FOREIGN = 7.0  # and this much where it has no surname
_FIRST_CELL = re.compile(r" *[^ 、（]{0,16}[ 、（]")  # no longer than a name with dots
_CELL = re.compile(r"[^ 、]+")


def spaced_roles(page: Page, knowledge: Knowledge) -> Iterator[HeadAt]:
    """The roles at the heads of lines that are set with blanks between their characters: 主　任."""
    for match in knowledge.patterns["spaced_role"].finditer(page.look) if " " in page.look else ():
        form = match["role"].replace(" ", "")
        role = next((head for head in knowledge.heads.get(form, ()) if head.category == "Role"), None)
        if role and " " in match["role"]:
            yield *match.span("role"), Head(form, role.category, role.kind, role.naming)


def names_of_rosters(names: Names) -> Iterator[PersonName]:
    """The names in the lines of rosters, each cell of a column one name; a line where one is none gives none.

    A presidium of two hundred may hold a cell that looks like no name.
    """
    ends = {office.span.end for office in names.office_from.values()}
    in_roster = False
    for line in names.edges.patterns["line"].finditer(names.look):
        opens = names.edges.patterns["roster_opens"].match(names.look, *line.span()) if "：" in line.group() else None
        is_post = opens is not None and opens.end("post") in ends
        promised = is_post or in_roster
        if not promised and not _may_have_cells(line.group()):
            continue
        cells = list(_cells(names, opens.end() if opens and is_post else line.start(), line.end()))
        likely = [cell for cell in cells if _may_be_name(names, cell.text, _PROMISED if promised else _ALIKE)]
        if len(likely) < (len(cells) if len(cells) < _LONG else _MOST * len(cells)):
            in_roster = False
        elif promised or len(cells) >= _LEAST:
            in_roster = promised
            yield from likely


def _may_have_cells(line: str) -> bool:
    """Whether a line that nothing promises can hold enough names: quickly told, for the many lines that hold none."""
    most = 1 + sum(map(line.count, " 、（"))
    return most >= _LONG or (most >= _LEAST and _FIRST_CELL.match(line) is not None)


def _cells(names: Names, start: int, end: int) -> Iterator[PersonName]:
    """What stands between blanks and 、 in [start, end), without brackets; 文　斌 is one cell."""
    line = names.edges.patterns["aside"].sub(lambda match: "、" * len(match.group()), names.look[start:end])
    spans: list[tuple[int, int]] = []
    for match in _CELL.finditer(line.rstrip("。；")):
        first, last = match.span()
        if spans and last - first == 1 and spans[-1][1] - spans[-1][0] == 1 and not line[spans[-1][1] : first].strip():
            spans[-1] = (spans[-1][0], last)
        else:
            spans.append((first, last))
    for first, last in spans:
        text = line[first:last].replace(" ", "")
        yield PersonName(start + first, start + last, text, "name-in-roster")


def _may_be_name(names: Names, text: str, least: float) -> bool:
    """Whether a cell is a name: one with dots, or one with a surname that looks like a name at least so much."""
    if "·" in text:
        return len(text) <= _LONGEST_DOTTED
    if len(text) <= _LONGEST_FOREIGN and names.likeness.foreign(text) >= _SURELY_FOREIGN:  # 此里卓玛
        return True
    if len(text) == 4 and text[:2] not in names.surnames:
        return False
    has_surname = text[:1] in names.surnames or text[:2] in names.surnames
    return has_surname and 2 <= len(text) <= 4 and names.likeness.chinese(text) >= least
