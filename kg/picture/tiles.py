"""Counts by province → a map of China in which every province is one tile, shaded by its count."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from math import sqrt

from kg.picture.svg import INK, PALE, document, element, text, width

_MARGIN, _TITLE, _TILE, _GAP, _LEGEND = 24.0, 46.0, 70.0, 5.0, 46.0
_EMPTY = (243, 243, 243)
_SHADES = ((219, 236, 231), (19, 113, 91))  # from few to many


@dataclass(frozen=True, slots=True)
class Tile:
    """A province, where it stands in the grid, and the name that fits on it."""

    code: str
    short: str
    column: int
    row: int


@cache
def tiles() -> tuple[Tile, ...]:
    """The tiles of all 34 provinces, by code."""
    table = resources.files("kg").joinpath("data", "pictures", "provinces.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in table.splitlines()[1:])
    return tuple(Tile(code, short, int(column), int(row)) for code, short, column, row in rows)


def draw_tiles(counts: Mapping[str, int], title: str, note: str) -> str:
    """The map as SVG: each tile with its name and its count, the shade by the root of the count; counts are by code."""
    most = max(counts.values(), default=0)
    side = _TILE + _GAP
    parts = [
        text(title, _MARGIN, _MARGIN + 16, size=17, font_weight="bold"),
        text(note, _MARGIN, _MARGIN + 34, size=11, colour=PALE),
    ]
    for tile in tiles():
        count = counts.get(tile.code, 0)
        x, y = _MARGIN + (tile.column - 1) * side, _MARGIN + _TITLE + tile.row * side
        shade = _shade(count, most)
        ink = "#ffffff" if sum(shade) < 380 else INK
        parts.append(element("rect", x=x, y=y, width=_TILE, height=_TILE, rx=6, fill=_colour(shade)))
        parts.append(text(tile.short, x + _TILE / 2, y + 31, size=17, colour=ink, text_anchor="middle"))
        if count:
            parts.append(text(f"{count:,}", x + _TILE / 2, y + 53, size=14, colour=ink, text_anchor="middle"))
    wide = max(2 * _MARGIN + 8 * side - _GAP, width(title, 17) + 2 * _MARGIN, width(note, 11) + 2 * _MARGIN)
    bottom = _MARGIN + _TITLE + 8 * side
    x = _MARGIN
    for count in sorted({0, 1, round(most / 10), round(most / 4), most}):
        if count <= most:
            words, colour = f"{count:,}", _colour(_shade(count, most))
            parts.append(element("rect", x=x, y=bottom + 8, width=16, height=16, rx=3, fill=colour))
            parts.append(text(words, x + 22, bottom + 21, size=12, colour=PALE))
            x += 22 + width(words, 12) + 20
    return document(wide, bottom + _LEGEND, title, parts)


def _shade(count: int, most: int) -> tuple[int, int, int]:
    if not count:
        return _EMPTY
    few, many = _SHADES
    part = sqrt(count / most)
    a, b, c = (round(low + (high - low) * part) for low, high in zip(few, many, strict=True))
    return a, b, c


def _colour(shade: tuple[int, int, int]) -> str:
    return "#{:02x}{:02x}{:02x}".format(*shade)
