"""A graph → a drawing of nodes and edges: spread by their links, or in columns that read from left to right."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import hypot, inf, sqrt
from typing import TYPE_CHECKING

from kg.labels import wrapped
from kg.layout import layout
from kg.picture.kinds import kinds
from kg.picture.svg import INK, PALE, document, element, number, plain, text, width
from kg.project import WITHIN

if TYPE_CHECKING:
    from kg.graph import Graph

Point = tuple[float, float]
Box = tuple[float, float, float, float]

_MARGIN, _LEGEND, _TITLE = 24.0, 34.0, 40.0
_FONT, _SMALL, _LETTERS, _LINES = 13.0, 10.5, 11, 3
_COLUMN, _ROW, _LOW_ROW, _SIDE_LETTERS = 300.0, 92.0, 38.0, 24
_WORDS = 40  # with more edges, their words would cover the drawing
_STEEP = 0.35  # how steep a line must be, as a sine, to stop at the name below a sign and not at the sign
_SHORTEST = 24.0  # what is left of a line that stops there
_RING = 4.0  # around what was asked for
_OTHER = "#777777"
_FACT, _BACKGROUND = "#8a8a8a", "#c4c4c4"


def draw(graph: Graph, title: str, *, columns: Sequence[Sequence[str]] = (), marked: Iterable[str] = ()) -> str:
    """The graph as SVG: at the places that `kg.layout` gives, or each column ("" is a gap) from top to bottom.

    `marked` nodes have a ring. One line stands for all facts between two things, dashed where all are planned, pale
    where only the table of divisions knows it. The same graph gives the same bytes.
    """
    sizes = {node: 6.5 + min(2.2 * sqrt(graph.degree(node)), 15) for node in graph}
    beside = _beside(columns)
    labels = {
        node: _Label(
            beside.get(node, "middle"),
            wrapped(it["label"], _SIDE_LETTERS, 1) if node in beside else wrapped(it["label"], _LETTERS, _LINES),
        )
        for node, it in graph.nodes.items()
    }
    points = _columns(columns) if columns else _spread(graph, sizes, labels)
    left = min(x - labels[node].left(sizes[node]) for node, (x, _) in points.items())
    right = max(x + labels[node].right(sizes[node]) for node, (x, _) in points.items())
    top = min(y - sizes[node] for node, (_, y) in points.items())
    bottom = max(y + labels[node].below(sizes[node]) for node, (_, y) in points.items())
    legend = _legend(graph)
    wide = max(right - left + 2 * _MARGIN, width(title, 17) + 2 * _MARGIN, legend[1] + 2 * _MARGIN)
    shift = (wide - (right - left)) / 2 - left
    moved = {node: (x + shift, y - top + _MARGIN + _TITLE) for node, (x, y) in points.items()}
    high = bottom - top + 2 * _MARGIN + _TITLE + _LEGEND
    chosen = set(marked)
    ringed = {node: size + _RING * (node in chosen) for node, size in sizes.items()}
    parts = [text(title, _MARGIN, _MARGIN + 16, size=17, font_weight="bold")]
    parts += _edges(graph, moved, ringed, labels)
    parts += [_node(graph, node, moved[node], sizes[node], labels[node], node in chosen) for node in graph]
    parts.append(element("g", legend[0], transform=f"translate({number(_MARGIN)} {number(high - _MARGIN)})"))
    return document(wide, high, title, parts)


@dataclass(frozen=True, slots=True)
class _Label:
    """The lines of a label: below its sign (`middle`), or on the left (`end`) or right of it (`start`)."""

    anchor: str
    lines: Sequence[str]

    def left(self, size: float) -> float:
        wide = max(width(line, _FONT) for line in self.lines)
        return {"end": size + 8 + wide, "middle": max(size, wide / 2), "start": size}[self.anchor] + 4

    def right(self, size: float) -> float:
        wide = max(width(line, _FONT) for line in self.lines)
        return {"start": size + 8 + wide, "middle": max(size, wide / 2), "end": size}[self.anchor] + 4

    def below(self, size: float) -> float:
        return size + (_FONT * 1.25 * len(self.lines) if self.anchor == "middle" else 4)

    def reach(self, size: float, across: float, down: float) -> float:
        """How far the sign goes in a direction of length 1, and the label below it, where that is crossed steeply."""
        if self.anchor != "middle" or down < _STEEP:
            return size
        half = max(width(line, _FONT) for line in self.lines) / 2 + 2
        if size * abs(across) >= half * down:  # it passes beside
            return size
        return min((self.below(size) + 2) / down, half / abs(across) if across else inf)

    def boxes(self, point: Point, size: float) -> tuple[Box, Box]:
        """What the sign and the words cover: left, top, right, bottom."""
        x, y = point
        wide = max(width(line, _FONT) for line in self.lines)
        left = x + {"end": -size - 8 - wide, "middle": -wide / 2, "start": size + 8}[self.anchor]
        top, bottom = (size, self.below(size)) if self.anchor == "middle" else (-_FONT * 0.7, _FONT * 0.7)
        return (x - size, y - size, x + size, y + size), (left, y + top, left + wide, y + bottom)


def _beside(columns: Sequence[Sequence[str]]) -> dict[str, str]:
    """The nodes of the outer columns, whose labels stand outside of them."""
    if len(columns) < 2:
        return {}
    return {**dict.fromkeys(columns[0], "end"), **dict.fromkeys(columns[-1], "start")}


def _spread(graph: Graph, sizes: Mapping[str, float], labels: Mapping[str, _Label]) -> dict[str, Point]:
    neighbours: dict[str, list[str]] = {node: [] for node in graph}
    for a, b in dict.fromkeys((a, b) if a < b else (b, a) for a, b in graph.edges() if a != b):
        neighbours[a].append(b)
        neighbours[b].append(a)
    drops = {node: _FONT * 1.25 * len(label.lines) / 2 for node, label in labels.items()}
    boxes = {node: (labels[node].left(sizes[node]) + 6, sizes[node] + drops[node] + 8) for node in graph}
    points = layout(neighbours, boxes)
    # The label hangs below the sign, so the sign stands above the middle of the box.
    return {node: (x, y - drops[node]) for node, (x, y) in points.items()}


def _columns(columns: Sequence[Sequence[str]]) -> dict[str, Point]:
    tallest = max(map(len, columns))
    row = _LOW_ROW if all(len(column) == 1 for column in columns[1:-1]) else _ROW
    return {
        node: (i * _COLUMN, (j + (tallest - len(column)) / 2) * row)
        for i, column in enumerate(columns)
        for j, node in enumerate(column)
        if node
    }


def _node(graph: Graph, node: str, point: Point, size: float, label: _Label, marked: bool) -> str:
    it = graph.nodes[node]
    kind = kinds().get(str(it["type"]))
    x, y = point
    ring = element("circle", cx=x, cy=y, r=size + _RING, fill="none", stroke=INK, stroke_width=1.6) if marked else ""
    across = x + {"start": size + 8, "end": -size - 8}.get(label.anchor, 0.0)
    down = y + (size + _FONT + _RING * marked if label.anchor == "middle" else _FONT * 0.36)
    words = "".join(
        text(
            line, across, down + i * _FONT * 1.25, size=_FONT, text_anchor=label.anchor, paint_order="stroke",
            stroke="#ffffff", stroke_width=4.0, stroke_linejoin="round",
        )
        for i, line in enumerate(label.lines)
    )  # fmt: skip
    title = element("title", plain(f"{it['label']} · {it['type']}"))
    sign = _sign(kind.shape if kind else "dot", kind.colour if kind else _OTHER, x, y, size)
    return element("g", title + ring + sign + words)


def _sign(shape: str, colour: str, x: float, y: float, size: float) -> str:
    if shape == "square":
        return element("rect", x=x - size * 0.9, y=y - size * 0.9, width=size * 1.8, height=size * 1.8, fill=colour)
    corners = {
        "diamond": ((0, -1.15), (1.15, 0), (0, 1.15), (-1.15, 0)),
        "hexagon": ((-0.5, -0.95), (0.5, -0.95), (1.05, 0), (0.5, 0.95), (-0.5, 0.95), (-1.05, 0)),
        "star": (
            (0, -1.2), (0.3, -0.4), (1.15, -0.37), (0.48, 0.16), (0.71, 0.97), (0, 0.5),
            (-0.71, 0.97), (-0.48, 0.16), (-1.15, -0.37), (-0.3, -0.4),
        ),
    }.get(shape)  # fmt: skip
    if corners is None:
        return element("circle", cx=x, cy=y, r=size, fill=colour)
    points = " ".join(f"{number(x + a * size)},{number(y + b * size)}" for a, b in corners)
    return element("polygon", points=points, fill=colour)


def _edges(
    graph: Graph, points: Mapping[str, Point], sizes: Mapping[str, float], labels: Mapping[str, _Label]
) -> list[str]:
    facts: defaultdict[tuple[str, str], list[tuple[str, str, Mapping[str, object]]]] = defaultdict(list)
    for subject, thing, predicate, it in graph.edges(keys=True, data=True):
        if subject != thing:
            facts[min(subject, thing), max(subject, thing)].append((subject, predicate, it))
    drawn, words = [], []
    taken = [box for node, label in labels.items() for box in label.boxes(points[node], sizes[node])]
    for (a, b), several in facts.items():
        told = [one for one in several if one[1] != WITHIN] or several
        subjects = {subject for subject, _, _ in told}
        start, end = (a, b) if told[0][0] == a else (b, a)
        ends = _ends(points, sizes, labels, start, end)
        planned = all(it["modality"] == "planned" for _, _, it in told)
        colour = _BACKGROUND if told[0][1] == WITHIN else _FACT
        dashes = "6 4" if planned else "none"
        line = _line(*ends, both=len(subjects) > 1)
        drawn.append(element("path", d=line, fill="none", stroke=colour, stroke_width=1.3, stroke_dasharray=dashes))
        if len(facts) <= _WORDS:
            label = "、".join(dict.fromkeys(str(it["label"]) for _, _, it in told))
            outer = [labels[node].anchor != "middle" for node in (start, end)]
            # Near an outer column the lines stand farther apart than in their middle.
            words += _words(label, ends, 0.5 if outer[0] == outer[1] else 0.35 if outer[0] else 0.65, taken)
    return [*drawn, *words]


def _ends(
    points: Mapping[str, Point], sizes: Mapping[str, float], labels: Mapping[str, _Label], start: str, end: str
) -> tuple[Point, Point]:
    """From where to where a line goes: not over the signs, and not over the names below them where there is room."""
    (x, y), (u, v) = points[start], points[end]
    length = hypot(u - x, v - y) or 1.0
    a, b = (u - x) / length, (v - y) / length
    before, after = labels[start].reach(sizes[start], a, b), labels[end].reach(sizes[end], -a, -b)
    if before + after + _SHORTEST > length:
        before, after = sizes[start], sizes[end]
    return (x + a * (before + 3), y + b * (before + 3)), (u - a * (after + 4), v - b * (after + 4))


def _words(label: str, ends: tuple[Point, Point], part: float, taken: list[Box]) -> list[str]:
    """The words of a line on a white ground, where they cover the least of what is taken, near the part if they can."""
    (x, y), (u, v) = ends
    wide, high = width(label, _SMALL), _SMALL * 1.2

    def box(at: float) -> Box:
        across, down = x + (u - x) * at, y + (v - y) * at
        return across - wide / 2, down - high / 2, across + wide / 2, down + high / 2

    places = sorted({part, *(i / 20 for i in range(4, 17))}, key=lambda at: (abs(at - part), at))
    left, top, right, bottom = min(map(box, places), key=lambda one: sum(_overlap(one, other) for other in taken))
    taken.append((left, top, right, bottom))
    return [
        element("rect", x=left - 1, y=top, width=wide + 2, height=high, fill="#ffffff"),
        text(label, (left + right) / 2, bottom - high * 0.24, size=_SMALL, colour=PALE, text_anchor="middle"),
    ]


def _overlap(one: Box, other: Box) -> float:
    across, down = min(one[2], other[2]) - max(one[0], other[0]), min(one[3], other[3]) - max(one[1], other[1])
    return max(across, 0.0) * max(down, 0.0)


def _line(start: Point, end: Point, *, both: bool) -> str:
    """A line with an open arrow head at its end, or at both."""
    (x, y), (u, v) = start, end
    length = hypot(u - x, v - y) or 1.0
    a, b = (u - x) / length, (v - y) / length
    heads = [(u, v, 1)] + ([(x, y, -1)] if both else [])
    path = f"M{number(x)} {number(y)}L{number(u)} {number(v)}"
    for p, q, way in heads:
        c, d = a * 6 * way, b * 6 * way
        path += (
            f"M{number(p - c + d * 0.6)} {number(q - d - c * 0.6)}L{number(p)} {number(q)}"
            f"L{number(p - c - d * 0.6)} {number(q - d + c * 0.6)}"
        )
    return path


def _legend(graph: Graph) -> tuple[str, float]:
    """The types that occur with how many there are, and how wide that is."""
    parts, x = [], 6.0
    for kind in kinds().values():
        count = sum(1 for _, it in graph.nodes.items() if it["type"] == kind.name)
        if count:
            words = f"{kind.zh} {count}"
            parts.append(_sign(kind.shape, kind.colour, x, -4, 6) + text(words, x + 12, 0, size=12, colour=PALE))
            x += 12 + width(words, 12) + 22
    return "".join(parts), x
