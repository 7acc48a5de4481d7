"""Print the groups that hold together more than with others, each with its best linked members and what binds them.

for example:
  kg communities
  kg communities --since 2018 --until 2019 --top 5
  kg communities --of links --resolution 2 --format csv
"""

import argparse
from collections import Counter
from typing import TYPE_CHECKING

from kg.commands.following import add_rows, add_time, open_store, print_rows, sliced
from kg.commands.options import add_graph
from kg.commands.terminal import Terminal
from kg.errors import KGError, NotFoundError

if TYPE_CHECKING:
    from kg.graph import Graph, Simple

_SHOWN = 8
_BINDING = 2


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument(
        "--of", default="together", metavar="NETWORK",
        help="together: who was at events with whom; posts: who serves where; spoken: who spoke of what; links: all "
        "facts (default: together)",
    )  # fmt: skip
    parser.add_argument("--resolution", type=float, default=1.0, help="above 1: smaller groups (default: 1)")
    parser.add_argument("--seed", type=int, default=1, help="equal seeds give equal groups (default: 1)")
    add_time(parser)
    add_rows(parser, 10)
    add_graph(parser)


def run(options: argparse.Namespace, terminal: Terminal) -> int:
    """Print the groups of two and more; 1 if there is none."""
    from kg.graph import PROJECTIONS, communities
    from kg.links import open_links

    if options.of not in PROJECTIONS:
        raise KGError(f"no network is called {options.of!r}; there are {', '.join(PROJECTIONS)}")
    if options.resolution <= 0:
        raise KGError("--resolution must be above 0")
    graph = sliced(open_links(open_store(options)), options)
    network = PROJECTIONS[options.of](graph)
    groups = [group for group in communities(network, seed=options.seed, resolution=options.resolution) if group[1:]]
    if not groups:
        raise NotFoundError("there is no group in that network")
    rows = [_row(graph, network, number, group) for number, group in enumerate(groups[: options.top], 1)]
    for row in rows if options.format != "json" else ():
        row["members"] = _shortened(row["members"])
    print_rows(rows, ("group", "size", "members", "bound by"), options.format)
    terminal.say(f"{len(network)} things in {len(groups)} groups of two and more")
    return 0


def _row(graph: "Graph", network: "Simple", number: int, group: tuple[str, ...]) -> dict[str, object]:
    inside = network.subgraph(group)
    weights: dict[str, float] = dict(inside.degree(weight="weight"))
    members = sorted(group, key=lambda node: (-weights[node], node))
    events = Counter(event for _, _, it in inside.edges(data=True) for event in it.get("events", ()))
    binding = sorted(events, key=lambda event: (-events[event], event))[:_BINDING]
    return {
        "group": number, "size": len(group), "members": [str(graph.nodes[node]["label"]) for node in members],
        "bound by": [str(graph.nodes[event]["label"]) for event in binding],
    }  # fmt: skip


def _shortened(members: object) -> str:
    names = list(members) if isinstance(members, list) else []
    return "、".join(names[:_SHOWN]) + ("…" if len(names) > _SHOWN else "")
