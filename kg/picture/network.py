"""A graph → a drawing of nodes and edges: spread by their links, or in columns that read from left to right."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import hypot, sqrt
from typing import TYPE_CHECKING

from kg.labels import wrapped
from kg.layout import layout
from kg.picture.kinds import kinds
from kg.picture.svg import INK, PALE, document, element, number, plain, text, width
from kg.project import WITHIN

if TYPE_CHECKING:
    from kg.graph import Graph

Point = tuple[float, float]

_MARGIN, _LEGEND, _TITLE = 24.0, 34.0, 40.0
_FONT, _LETTERS, _LINES = 13.0, 11, 3
_COLUMN, _ROW, _LOW_ROW, _SIDE_LETTERS = 300.0, 92.0, 38.0, 24
_WORDS = 40  # with more edges, their words would cover the drawing
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
    parts = [text(title, _MARGIN, _MARGIN + 16, size=17, font_weight="bold")]
    parts += _edges(graph, moved, {node: size + _RING * (node in chosen) for node, size in sizes.items()}, beside)
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
    graph: Graph, points: Mapping[str, Point], sizes: Mapping[str, float], beside: Mapping[str, str]
) -> list[str]:
    facts: defaultdict[tuple[str, str], list[tuple[str, str, Mapping[str, object]]]] = defaultdict(list)
    for subject, thing, predicate, it in graph.edges(keys=True, data=True):
        if subject != thing:
            facts[min(subject, thing), max(subject, thing)].append((subject, predicate, it))
    drawn, words = [], []
    for (a, b), several in facts.items():
        told = [one for one in several if one[1] != WITHIN] or several
        subjects = {subject for subject, _, _ in told}
        start, end = (a, b) if told[0][0] == a else (b, a)
        line = _line(points[start], points[end], sizes[start], sizes[end], both=len(subjects) > 1)
        planned = all(it["modality"] == "planned" for _, _, it in told)
        colour = _BACKGROUND if told[0][1] == WITHIN else _FACT
        dashes = "6 4" if planned else "none"
        drawn.append(element("path", d=line, fill="none", stroke=colour, stroke_width=1.3, stroke_dasharray=dashes))
        label = "、".join(dict.fromkeys(str(it["label"]) for _, _, it in told))
        (x, y), (u, v) = points[start], points[end]
        # Near an outer column the lines stand farther apart than in their middle.
        part = 0.5 if (start in beside) == (end in beside) else 0.35 if start in beside else 0.65
        words.append(
            text(
                label, x + (u - x) * part, y + (v - y) * part + 3.5, size=10.5, colour=PALE, text_anchor="middle",
                paint_order="stroke", stroke="#ffffff", stroke_width=3.0,
            )
        )  # fmt: skip
    return [*drawn, *(words if len(facts) <= _WORDS else ())]


def _line(start: Point, end: Point, before: float, after: float, *, both: bool) -> str:
    """A line between the signs with an open arrow head at its end, or at both."""
    (x, y), (u, v) = start, end
    length = hypot(u - x, v - y) or 1.0
    a, b = (u - x) / length, (v - y) / length
    x, y, u, v = x + a * (before + 3), y + b * (before + 3), u - a * (after + 4), v - b * (after + 4)
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
