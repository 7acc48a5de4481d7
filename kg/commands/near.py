"""Print what lies around a thing, the nearest first, each with the way to it in words.

for example:
  kg near 李强
  kg near 湖州市 --hops 2 --types Event,Person
  kg near 李强 --hops 2 --via attended,chaired,spokeAt --since 2020-06 --format csv
"""

import argparse
from typing import TYPE_CHECKING

from kg.commands.following import (
    add_kinds,
    add_rows,
    add_time,
    at_least_one,
    open_store,
    print_rows,
    relations_of,
    sliced,
    types_of,
)
from kg.commands.options import add_graph
from kg.commands.terminal import Terminal
from kg.errors import NotFoundError
from kg.model import ENTITY_TYPES

if TYPE_CHECKING:
    from kg.graph import Graph


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument("name", help="a name, or Type:name where several things share it")
    parser.add_argument("--hops", type=at_least_one, default=1, metavar="N", help="how many steps away (default: 1)")
    add_kinds(parser)
    add_time(parser)
    add_rows(parser, 50)
    add_graph(parser)


def run(options: argparse.Namespace, terminal: Terminal) -> int:
    """Print the neighbours; 1 if there are none."""
    from kg.links import named, open_around

    store = open_store(options)
    centers = named(store, options.name)
    graph = sliced(open_around(store, centers, options.hops), options)
    rows = [row for center in centers if center in graph for row in _rows(graph, center, options)]
    if not rows:
        raise NotFoundError(f"nothing is linked to {options.name} in that way")
    print_rows(rows[: options.top], ("hops", "type", "name", "way"), options.format)
    if len(rows) > options.top:
        terminal.say(f"{len(rows)} things, of which {options.top} are shown; --top {len(rows)} shows all")
    return 0


def _rows(graph: "Graph", center: str, options: argparse.Namespace) -> list[dict[str, object]]:
    from kg.graph import explain_path, ways

    rows: list[tuple[tuple[int, int, str, str], dict[str, object]]] = []
    for node, path in ways(graph, center, options.hops, types_of(options), relations_of(options)).items():
        if path:
            kind, name = graph.nodes[node]["type"], graph.nodes[node]["label"]
            row = {"id": node, "hops": len(path), "type": kind, "name": name, "way": explain_path(graph, path)}
            rows.append(((len(path), ENTITY_TYPES.index(kind), name, node), row))
    return [row for _, row in sorted(rows, key=lambda pair: pair[0])]
