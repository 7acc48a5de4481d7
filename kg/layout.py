"""Where the nodes of a drawing stand: computed once, so that the page is at rest when it opens.

Plain Python and only + - * / and square roots: networkx's layouts want numpy and scipy, which nothing else here
needs, and their last digits (hence the bytes of the page) vary between machines.
"""

from collections import defaultdict, deque
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from math import sqrt

Point = tuple[float, float]
Box = tuple[float, float]  # half the width and half the height of what is drawn, label included

_EDGE = 105.0  # the length an edge would like to have
_GAP = 34.0  # between the boxes of two components
_PIVOTS = 40
_ROUNDS, _LEAST_ROUNDS = 120, 25
_STEPS = 48_000  # rounds times nodes: what is spent on evening out
_GREAT = 800  # nodes of a component that no longer all pull and push
_PUSH = 0.9 * _EDGE * _EDGE
_TURN = (-0.7373688780783197, 0.6754902942615238)  # cosine and sine of the golden angle, as literals


def layout(
    neighbours: Mapping[str, Sequence[str]], boxes: Mapping[str, Box], *, aspect: float = 1.5
) -> dict[str, Point]:
    """A point for each node: linked nodes near one another, boxes apart, components side by side, centred on (0, 0).

    `neighbours` must be symmetric. The order of its keys and values is the only choice there is: the same input
    gives the same points on every machine.
    """
    parts: list[tuple[list[str], list[Point]]] = []
    for part in _components(neighbours):
        index = {node: i for i, node in enumerate(part)}
        links = [[index[near] for near in neighbours[node] if near != node] for node in part]
        sizes = [boxes[node] for node in part]
        parts.append((part, _separate(_draw(links), sizes, aspect)))
    return _pack(parts, boxes, aspect)


def _draw(links: list[list[int]]) -> list[Point]:
    """A drawing of one component; of a great one the leaves are put around what they hang on, once that stands."""
    degrees = [len(near) for near in links]
    core = [i for i, degree in enumerate(degrees) if degree > 1]
    if len(links) <= _GREAT or len(core) < 3:
        return _refine(_spread(links), links, degrees)
    index = {node: i for i, node in enumerate(core)}
    inner = [[index[near] for near in links[node] if near in index] for node in core]
    points = [(0.0, 0.0)] * len(links)
    for node, point in zip(core, _refine(_spread(inner), inner, [degrees[node] for node in core]), strict=True):
        points[node] = point
    around = _spiral(max(degrees) + 1)
    for node in core:
        x, y = points[node]
        for number, leaf in enumerate((near for near in links[node] if near not in index), 1):
            points[leaf] = (x + around[number][0], y + around[number][1])
    return points


def _components(neighbours: Mapping[str, Sequence[str]]) -> list[list[str]]:
    """The connected components, the largest first, else in the order of the nodes."""
    seen: set[str] = set()
    found: list[list[str]] = []
    for root in neighbours:
        if root in seen:
            continue
        seen.add(root)
        part = [root]
        for node in part:
            for near in neighbours[node]:
                if near not in seen:
                    seen.add(near)
                    part.append(near)
        found.append(part)
    return sorted(found, key=len, reverse=True)


def _steps_from(root: int, links: list[list[int]]) -> list[int]:
    steps = [-1] * len(links)
    steps[root] = 0
    queue = deque([root])
    while queue:
        node = queue.popleft()
        for near in links[node]:
            if steps[near] < 0:
                steps[near] = steps[node] + 1
                queue.append(near)
    return steps


def _spread(links: list[list[int]]) -> list[Point]:
    """A first drawing in which distances resemble the numbers of steps: PivotMDS (Brandes and Pich 2006)."""
    count = len(links)
    jitter = _spiral(count)
    if count < 3:
        return jitter
    pivot = max(range(count), key=lambda i: len(links[i]))
    nearest = [count] * count
    columns: list[list[float]] = []
    for _ in range(min(_PIVOTS, count)):
        steps = _steps_from(pivot, links)
        columns.append([-0.5 * step * step for step in steps])
        nearest = [min(pair) for pair in zip(nearest, steps, strict=True)]
        pivot = max(range(count), key=nearest.__getitem__)
    rows = [sum(row) / len(columns) for row in zip(*columns, strict=True)]
    whole = sum(rows) / count
    centred = []
    for column in columns:
        mean = sum(column) / count
        centred.append([value - mean - row + whole for value, row in zip(column, rows, strict=True)])
    across = _principal(centred, [])
    down = _principal(centred, [across])
    axes = [[sum(w * column[i] for w, column in zip(axis, centred, strict=True)) for i in range(count)]
            for axis in (across, down)]
    # Scaled so that the mean edge has its length; the jitter parts the leaves of one hub, which coincide.
    length = sum(
        sqrt((axes[0][i] - axes[0][j]) ** 2 + (axes[1][i] - axes[1][j]) ** 2) for i in range(count) for j in links[i]
    ) / sum(map(len, links))
    scale = _EDGE / (length or 1.0)
    return [(axes[0][i] * scale + 0.4 * jitter[i][0], axes[1][i] * scale + 0.4 * jitter[i][1]) for i in range(count)]


def _principal(columns: list[list[float]], against: list[list[float]]) -> list[float]:
    """The principal direction of the columns, square to those given: power iteration from a fixed start."""
    gram = [[sum(a * b for a, b in zip(one, two, strict=True)) for two in columns] for one in columns]
    vector = [1.0 / (i + 1 + len(against)) for i in range(len(columns))]
    for _ in range(60):
        for other in against:
            dot = sum(a * b for a, b in zip(vector, other, strict=True))
            vector = [a - dot * b for a, b in zip(vector, other, strict=True)]
        vector = [sum(a * b for a, b in zip(row, vector, strict=True)) for row in gram]
        norm = sqrt(sum(a * a for a in vector)) or 1.0
        vector = [a / norm for a in vector]
    return vector


def _spiral(count: int) -> list[Point]:
    """Points spread evenly over a disc, as the seeds of a sunflower."""
    points: list[Point] = []
    x, y = 1.0, 0.0
    for i in range(count):
        radius = 0.6 * _EDGE * sqrt(i)
        points.append((x * radius, y * radius))
        x, y = x * _TURN[0] - y * _TURN[1], x * _TURN[1] + y * _TURN[0]
    return points


def _close_pairs(points: Sequence[Point], wide: float, high: float) -> Iterator[tuple[int, int]]:
    """Each pair of points that can be nearer than `wide` across and `high` down, and few others."""
    cells: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
    for i, (x, y) in enumerate(points):
        cells[int(x // wide), int(y // high)].append(i)
    for (column, row), here in cells.items():
        for at, i in enumerate(here):
            for j in here[at + 1 :]:
                yield i, j
        for beside in ((column + 1, row - 1), (column + 1, row), (column + 1, row + 1), (column, row + 1)):
            for j in cells.get(beside, ()):
                for i in here:
                    yield i, j


def _refine(points: list[Point], links: list[list[int]], degrees: list[int]) -> list[Point]:
    """The same drawing evened out by springs along the edges and repulsion between what is close, cooling down.

    `degrees` count the leaves too that are put around their nodes later.
    """
    count = len(points)
    edges = [(i, j) for i, near in enumerate(links) for j in near if i < j]
    # A point is one complex number here: half the steps of the interpreter, and this is where the time goes.
    at = [complex(x, y) for x, y in points]
    # A hub of many leaves needs a longer reach, or its leaves pile up in one ring.
    want = [_EDGE * (1.0 + 0.12 * sqrt(degree)) for degree in degrees]
    lengths = [max(want[i], want[j]) for i, j in edges]
    rounds = min(_ROUNDS, max(_LEAST_ROUNDS, _STEPS // count))
    reach = 2.1 * _EDGE
    close: list[tuple[int, int]] = []
    for turn in range(rounds):
        heat = _EDGE * 0.9 * (1.0 - turn / rounds) + 1.0
        if turn % 4 == 0:  # nearly the same pairs stay close for a few rounds, and finding them costs much
            close = [
                (i, j) for i, j in _close_pairs([(one.real, one.imag) for one in at], reach, reach)
                if (way := at[i] - at[j]).real * way.real + way.imag * way.imag < reach * reach
            ]
        moves = [-0.012 * one for one in at]
        for i, j in close:
            way = at[i] - at[j]
            x, y = way.real, way.imag
            square = x * x + y * y
            if square < 1.0:
                way, square = complex(1.0, (i - j) / (i + j)), 1.0
            way *= _PUSH / square
            moves[i] += way
            moves[j] -= way
        for (i, j), length in zip(edges, lengths, strict=True):
            way = at[i] - at[j]
            x, y = way.real, way.imag
            way *= sqrt(x * x + y * y) / length
            moves[i] -= way
            moves[j] += way
        for i, move in enumerate(moves):
            x, y = move.real, move.imag
            square = x * x + y * y
            at[i] += move * (heat / sqrt(square)) if square > heat * heat else move
    return [(one.real, one.imag) for one in at]


def _separate(points: list[Point], sizes: list[Box], aspect: float) -> list[Point]:
    """The points stretched to the aspect, and moved as little as needed until no two boxes overlap."""
    # Crowded drawings are stretched as a whole first: pushed apart pair by pair, they would fall into columns.
    across, down = (max(map(abs, axis)) or 1.0 for axis in zip(*points, strict=True))
    needed = 1.7 * sum(4 * width * height for width, height in sizes)
    if len(points) > 2:
        aside = min(2.0, max(1.0, aspect * down / across))
        stretch = max(1.0, sqrt(needed / (4 * across * aside * down)))
        points = [(x * aside * stretch, y * stretch) for x, y in points]
    xs = [x for x, _ in points]
    ys = [y for _, y in points]
    widths = [width for width, _ in sizes]
    heights = [height for _, height in sizes]
    # The few hubs with great boxes would make everybody a neighbour of everybody: they are asked by themselves.
    wide, high = (2 * _typical(half) for half in (widths, heights))
    great = [i for i in range(len(points)) if 2 * widths[i] > wide or 2 * heights[i] > high]
    for _ in range(min(80, max(20, _STEPS // len(points)))):  # in great drawings a few may stay
        moved = False
        pairs = chain(
            _close_pairs(list(zip(xs, ys, strict=True)), wide, high),
            ((i, j) for i in great for j in range(len(points)) if i != j),
        )
        for i, j in pairs:
            over_x = widths[i] + widths[j] - abs(xs[i] - xs[j])
            if over_x <= 0.5:
                continue
            over_y = heights[i] + heights[j] - abs(ys[i] - ys[j])
            if over_y <= 0.5:
                continue
            moved = True
            if over_x < over_y:
                shift = over_x / 2 if xs[i] >= xs[j] else -over_x / 2
                xs[i] += shift
                xs[j] -= shift
            else:
                shift = over_y / 2 if ys[i] >= ys[j] else -over_y / 2
                ys[i] += shift
                ys[j] -= shift
        if not moved:
            break
    return list(zip(xs, ys, strict=True))


def _typical(sizes: list[float]) -> float:
    """The size that few of them exceed."""
    return sorted(sizes)[min(len(sizes) - 1, len(sizes) * 49 // 50)]


def _pack(
    parts: list[tuple[list[str], list[Point]]], boxes: Mapping[str, Box], aspect: float
) -> dict[str, Point]:
    """The components in rows like words on a page of that aspect: none lies over another."""
    frames = []
    for part, points in parts:
        placed = [(x, y, *boxes[node]) for node, (x, y) in zip(part, points, strict=True)]
        left, top = min(x - w for x, y, w, h in placed), min(y - h for x, y, w, h in placed)
        right, bottom = max(x + w for x, y, w, h in placed), max(y + h for x, y, w, h in placed)
        frames.append((left, top, right - left + _GAP, bottom - top + _GAP))
    area = sum(width * height for _, _, width, height in frames)
    line = max([sqrt(area * aspect), *(width for _, _, width, _ in frames)])
    placed_at: dict[str, Point] = {}
    rows: list[list[int]] = [[]]
    used = 0.0
    for i, (_, _, width, _) in enumerate(frames):
        if rows[-1] and used + width > line:
            rows.append([])
            used = 0.0
        rows[-1].append(i)
        used += width
    at_y = 0.0
    for row in rows:
        height = max((frames[i][3] for i in row), default=0.0)
        at_x = (line - sum(frames[i][2] for i in row)) / 2
        for i in row:
            left, top, width, own = frames[i]
            for node, (x, y) in zip(*parts[i], strict=True):
                placed_at[node] = (x - left + at_x - line / 2, y - top + at_y + (height - own) / 2)
            at_x += width
        at_y += height
    return {node: (x, y - at_y / 2) for node, (x, y) in placed_at.items()}
