"""Print the sentences that say a fact, with the words marked, the article and the rule; or why two names are one thing.

for example:
  kg why 李强
  kg why 李强 attended
  kg why 李强 出席 2020年度长三角地区主要领导座谈会
  kg why --same 李强 李强                 # of each two of that name, why they are one or two
  kg why --same 李强@article-1 李强@article-2
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
    parser.add_argument(
        "--same", action="store_true", help="why SUBJECT and the second name are one thing, or two; also NAME@ARTICLE"
    )
    parser.add_argument("--format", choices=("text", "json"), default="text", help="(default: text)")
    add_graph(parser)


def run(options: argparse.Namespace, terminal: Terminal) -> int:
    """Print the facts with their sentences; 1 if the graph has none."""
    from kg.errors import QueryError
    from kg.explain import why
    from kg.store import open_graph
    from kg.tell import write_facts, write_sameness

    if options.same:
        from kg.sameness import why_same

        if options.predicate is None or options.object is not None:
            raise QueryError("--same compares two names: kg why --same A B")
        pairs = why_same(open_graph(result_folder(options)), options.subject, options.predicate)
        if options.format == "json":
            print(json.dumps([asdict(pair) for pair in pairs], ensure_ascii=False, indent=1))
        else:
            print(write_sameness(pairs, mark()), end="")
        return 0
    facts = why(open_graph(result_folder(options)), options.subject, options.predicate, options.object)
    if options.format == "json":
        print(json.dumps([asdict(fact) for fact in facts], ensure_ascii=False, indent=1))
    else:
        print(write_facts(facts, mark()), end="")
    return 0
