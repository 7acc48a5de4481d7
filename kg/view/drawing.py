"""Entities → how they are drawn: label in lines, size, and a place for each."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

from kg.labels import wrapped
from kg.layout import Box, Point, layout
from kg.model import Entity

_LETTERS, _LINES = 9, 3  # of a label


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
    label = "\n".join(wrapped(name, _LETTERS, _LINES)) or " "
    return Sign(label, round(min(7.5 + 3.2 * weight, 36), 1), round(13.5 + min(9.0, 1.6 * weight), 1))


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
