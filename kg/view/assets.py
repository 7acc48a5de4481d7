"""kg/data/view → its files: scripts, styles and tables of the page."""

from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parents[1] / "data" / "view"


def text(name: str) -> str:
    """The file of that name."""
    return (FOLDER / name).read_text(encoding="utf-8")


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """The rows of a table by the names of its columns.

    >>> rows("types.tsv")[0]["en"]
    'People'
    """
    head, *lines = (line.split("\t") for line in text(name).splitlines())
    return tuple(dict(zip(head, line, strict=True)) for line in lines)


def initials(characters: set[str]) -> dict[str, str]:
    """By letter, those of the characters whose pinyin can begin with it: 长 stands under c and z.

    >>> initials({"长", "庆", "。"})
    {'c': '长', 'q': '庆', 'z': '长'}
    """
    table = {row["letter"]: row["characters"] for row in rows("initials.tsv")}
    kept = {letter: "".join(one for one in some if one in characters) for letter, some in table.items()}
    return {letter: some for letter, some in kept.items() if some}
