"""Draw a graph again as one HTML file that needs no network, all of it or what lies around one thing.

for example:
  kg view -g out
  kg view --around 李强 --hops 2 -o li.html --open
"""

import argparse
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from kg.commands.options import add_graph, open_assembly, write_file
from kg.commands.path import nodes
from kg.commands.terminal import Terminal

if TYPE_CHECKING:
    from kg.model import Assembly


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument("-o", "--out", metavar="FILE", help="(default: OUT/graph.html)")
    parser.add_argument("--title", default="知识图谱", help="heading of the page")
    parser.add_argument("--limit", type=int, metavar="N", help="draw at most N things at first, the most connected")
    parser.add_argument("--around", metavar="NAME", help="only what is linked to this thing")
    parser.add_argument("--hops", type=int, default=1, metavar="N", help="how far around it (default: 1)")
    parser.add_argument("--open", action="store_true", help="open the page in the browser")
    add_graph(parser)


def run(options: argparse.Namespace, terminal: Terminal) -> int:
    """Write the page and print where it lies."""
    from kg.view import to_html

    assembly = open_assembly(options)
    if options.around:
        assembly = _around(assembly, options.around, options.hops)
    page = to_html(assembly, title=options.title, limit=options.limit)
    path = Path(options.out or Path(options.graph, "graph.html"))
    write_file(path, page.encode())
    print(path)
    if options.open:
        import webbrowser

        webbrowser.open(path.resolve().as_uri())
    return 0


def _around(assembly: "Assembly", name: str, hops: int) -> "Assembly":
    """The part of the assembly within so many steps of the things of that name."""
    from kg.graph import neighbourhood, to_networkx

    graph = to_networkx(assembly)
    near = {node for center in nodes(graph, name) for node in neighbourhood(graph, center, hops).nodes}
    return replace(
        assembly,
        entities=tuple(one for one in assembly.entities if one.id in near),
        statements=tuple(
            one
            for one in assembly.statements
            if one.subject in near and (not isinstance(one.object, str) or one.object in near)
        ),
        quotations=tuple(
            replace(one, about=tuple(entity for entity in one.about if entity in near))
            for one in assembly.quotations
            if one.speaker in near
        ),
        tenures=tuple(one for one in assembly.tenures if one.person in near and one.office in near),
        mentions=tuple(pair for pair in assembly.mentions if pair[1] in near),
        within=tuple(pair for pair in assembly.within if near.issuperset(pair)),
    )
