"""Entities → how they are drawn: label in lines, size, and a place for each."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil, sqrt

from kg.layout import Box, Point, layout
from kg.model import Entity

_ATOM = re.compile(r"[0-9A-Za-z]+|.", re.DOTALL)
_LINE = 9  # characters of a label before it wraps


@dataclass(frozen=True, slots=True)
class Sign:
    """What stands for an entity: a mark of that half width, and below it the label at that size of letters."""

    label: str  # with line breaks
    size: float
    font: float

    @property
    def box(self) -> Box:
        """Half the width and half the height of mark and label together, with room around."""
        lines = self.label.split("\n")
        width = max(2 * self.size, *(_width(line, self.font) for line in lines))
        return width / 2 + 5, self.size + self._height / 2 + 4

    @property
    def drop(self) -> float:
        """How far the mark stands above the middle of the box."""
        return self._height / 2

    @property
    def _height(self) -> float:
        return self.font * 1.25 * (self.label.count("\n") + 1) + 4


def sign(name: str, degree: int) -> Sign:
    """The sign of a thing of that name with so many facts."""
    weight = sqrt(degree)
    return Sign(wrap(name) or " ", round(min(7.5 + 3.2 * weight, 36), 1), round(13.5 + min(9.0, 1.6 * weight), 1))


def wrap(name: str) -> str:
    """The name in lines of about equal length, three at most.

    >>> wrap("长三角生态绿色一体化发展示范区").split()
    ['长三角生态绿色一', '体化发展示范区']
    """
    width = ceil(len(name) / ceil(len(name) / _LINE)) if name else 1
    lines, left = [""], len(name)
    for atom in _ATOM.findall(name.replace("\n", " ")):  # 2020 stays whole
        full = len(lines[-1]) >= width or len(lines[-1]) + len(atom) > width + 1
        if full and lines[-1] and left > 2:  # no line of one or two characters at the end
            lines.append("")
        lines[-1] += atom if len(atom) <= 2 * _LINE else atom[: 2 * _LINE] + "…"
        left -= len(atom)
    return "\n".join(lines[:3]) + ("…" if len(lines) > 3 else "")


def _width(line: str, font: float) -> float:
    return sum(font * (0.56 if character.isascii() else 1.0) for character in line)


def most_connected(entities: Sequence[Entity], degree: Mapping[str, int], limit: int) -> tuple[Entity, ...]:
    """At most `limit` of the entities, those of most facts first chosen, in the order given."""
    chosen = sorted(entities, key=lambda entity: (-degree.get(entity.id, 0), entity.id))[:limit]
    ids = {entity.id for entity in chosen}
    return tuple(entity for entity in entities if entity.id in ids)


def place(signs: Mapping[str, Sign], pairs: Iterable[tuple[str, str]]) -> dict[str, Point]:
    """Where the marks of the signs stand, in whole pixels around (0, 0); `pairs` are the ids that are linked."""
    neighbours: dict[str, list[str]] = {ident: [] for ident in signs}
    for one, other in dict.fromkeys(pairs):
        neighbours[one].append(other)
        neighbours[other].append(one)
    points = layout(neighbours, {ident: one.box for ident, one in signs.items()})
    return {ident: (round(x), round(y - signs[ident].drop)) for ident, (x, y) in points.items()}
