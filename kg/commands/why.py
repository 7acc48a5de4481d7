"""Print the sentences that say a fact, with the words marked, the article and the rule that read them.

for example:
  kg why 李强
  kg why 李强 attended
  kg why 李强 出席 2020年度长三角地区主要领导座谈会
"""

import argparse
import json
from dataclasses import asdict

from kg.commands.options import add_graph, result_folder
from kg.commands.terminal import Terminal, mark


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument("subject", metavar="SUBJECT", help="a name, another form of it, or an id")
    parser.add_argument("predicate", nargs="?", metavar="RELATION", help="such as attended or 出席 (default: all)")
    parser.add_argument("object", nargs="?", metavar="OBJECT", help="a name or a date (default: all)")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="(default: text)")
    add_graph(parser)


def run(options: argparse.Namespace, terminal: Terminal) -> int:
    """Print the facts with their sentences; 1 if the graph has none."""
    from kg.explain import why
    from kg.store import open_graph
    from kg.tell import write_facts

    facts = why(open_graph(result_folder(options)), options.subject, options.predicate, options.object)
    if options.format == "json":
        print(json.dumps([asdict(fact) for fact in facts], ensure_ascii=False, indent=1))
    else:
        print(write_facts(facts, mark()), end="")
    return 0
