"""Print who or what stands out in a network: with the most links, between the most others, in the densest part.

for example:
  kg rank --types Person
  kg rank --of together --by betweenness --top 10
  kg rank --of spoken --types Initiative --by strength --since 2020
"""

import argparse

from kg.commands.following import add_rows, add_time, one_of, open_store, print_rows, sliced
from kg.commands.options import add_graph
from kg.commands.terminal import Terminal
from kg.errors import KGError, NotFoundError
from kg.model import ENTITY_TYPES


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument(
        "--of", default="links", metavar="NETWORK",
        help="links: all facts; together: who was at events with whom; posts: who serves where; spoken: who spoke of "
        "what (default: links)",
    )  # fmt: skip
    parser.add_argument(
        "--by", default="degree", metavar="MEASURE",
        help="degree, strength, betweenness, harmonic, core or pagerank (default: degree)",
    )  # fmt: skip
    parser.add_argument("--types", default="", metavar="TYPE,…", help="show only things of these types")
    add_time(parser)
    add_rows(parser, 20)
    add_graph(parser)


def run(options: argparse.Namespace, terminal: Terminal) -> int:
    """Print the ranks; 1 if the network is empty."""
    from kg.graph import PROJECTIONS, centrality
    from kg.links import open_links

    types = one_of(options.types, ENTITY_TYPES, "type")
    if options.of not in PROJECTIONS:
        raise KGError(f"no network is called {options.of!r}; there are {', '.join(PROJECTIONS)}")
    network = PROJECTIONS[options.of](sliced(open_links(open_store(options)), options))
    values = centrality(network, options.by)
    shown = [node for node in values if types is None or network.nodes[node]["type"] in types]
    if not shown:
        raise NotFoundError("there is nothing in that network")
    rows = [
        {
            "rank": rank, "name": network.nodes[node]["label"], "type": network.nodes[node]["type"],
            options.by: values[node], "id": node,
        }
        for rank, node in enumerate(shown[: options.top], 1)
    ]  # fmt: skip
    print_rows(rows, ("rank", "name", "type", options.by), options.format)
    terminal.say(f"{len(network)} things, {network.number_of_edges()} links")
    return 0
