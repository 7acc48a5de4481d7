"""Write the graph in the format of another tool: Turtle, N-Triples, JSON-LD, GraphML.

for example:
  kg export -o graph.jsonld
  kg export -g out --format nt | gzip > graph.nt.gz
  kg export -o network.graphml    # for Gephi or yEd
"""

import argparse
import sys
from pathlib import Path

from kg.commands.options import add_graph, result_folder, write_file
from kg.commands.terminal import Terminal
from kg.errors import KGError

_FORMATS = ("ttl", "nt", "jsonld", "graphml")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument("-o", "--out", type=Path, metavar="FILE", help="write there instead of printing")
    parser.add_argument("--format", choices=_FORMATS, help="(default: by the suffix of -o, else ttl)")
    add_graph(parser)


def run(options: argparse.Namespace, terminal: Terminal) -> int:
    """Write the graph."""
    from kg.export import export

    form = options.format or (options.out.suffix.removeprefix(".").lower() if options.out else "ttl")
    if form not in _FORMATS:
        raise KGError(f"{options.out}: which format? name it .{', .'.join(_FORMATS)}, or give --format")
    content = export(result_folder(options), form)
    if options.out:
        write_file(options.out, content)
        terminal.say(f"{options.out}: {len(content):,} bytes")
    else:
        sys.stdout.buffer.write(content)
    return 0
