"""Print all that the graph knows of one thing: names, offices with the days that show them, facts, words, articles.

for example:
  kg show 李强
  kg show 湖州 --format json | jq .articles
"""

import argparse
import json
from dataclasses import asdict

from kg.commands.options import add_graph, result_folder
from kg.commands.terminal import Terminal, mark


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument("name", metavar="NAME", help="a name, another form of it, or an id")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="(default: text)")
    add_graph(parser)


def run(options: argparse.Namespace, terminal: Terminal) -> int:
    """Print what is known of each thing of that name; 1 if there is none."""
    from kg.explain import show
    from kg.store import open_graph
    from kg.tell import write_profile

    profiles = show(open_graph(result_folder(options)), options.name)
    if options.format == "json":
        print(json.dumps([asdict(profile) for profile in profiles], ensure_ascii=False, indent=1))
    else:
        print("\n".join(write_profile(profile, mark()) for profile in profiles), end="")
    return 0
