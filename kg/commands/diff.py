"""Print the facts gained (+) and lost (-) between two results, by their labels, each with the words that say it.

for example:
  kg build news -o before; (change a rule); kg build news -o after; kg diff before after
  kg extract news > before.jsonl; (change a table); kg extract news > after.jsonl; kg diff before.jsonl after.jsonl
  kg diff before after --format json | jq -r 'select(.kind == "holdsOffice")'
"""

import argparse
import json
from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING

from kg.commands.terminal import Terminal
from kg.table import visible

if TYPE_CHECKING:
    from kg.diff import Difference, Line


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument("before", metavar="A", help="a folder of kg build, a graph.nt, or .jsonl of kg extract")
    parser.add_argument("after", metavar="B", help="the other one")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="(default: text)")


def run(options: argparse.Namespace, terminal: Terminal) -> int:
    """Print the differences; 1 if there is one."""
    from kg.diff import diff

    difference = diff(options.before, options.after)
    for sign, line, words in signed(difference):
        if options.format == "json":
            print(json.dumps({"sign": sign, **asdict(line), "exact": words}, ensure_ascii=False))
        else:
            planned = " (planned)" if line.modality == "planned" else ""
            names = " → ".join(visible(name) for name in (line.subject, line.object) if name)
            print(f"{sign} {line.kind}\t{names}{planned}\t{visible(words)}".rstrip())
    terminal.say(f"{len(difference.gained)} gained, {len(difference.lost)} lost")
    return 1 if difference.gained or difference.lost else 0


def signed(difference: "Difference") -> Iterator[tuple[str, "Line", str]]:
    """Both sides in one order, so that what replaced what stands together."""
    both = [(line, "-", words) for line, words in difference.lost]
    both += [(line, "+", words) for line, words in difference.gained]
    yield from ((sign, line, words) for line, sign, words in sorted(both))
