"""Lint the tables, lists of words, patterns and rules; or check that a graph keeps its contract.

for example:
  kg check
  kg check --knowledge my-knowledge
  kg check out                     # every node and fact of the graph, against kg/shapes.ttl
  kg check out/graph.nt --shacl    # the same by a SHACL engine, for a small graph
  kg check --list                  # what is asked of a graph
"""

import argparse
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from kg.commands.options import add_knowledge, knowledge_folders
from kg.commands.terminal import Terminal
from kg.errors import KGError, ReadError

if TYPE_CHECKING:
    from kg.shapes import Breach

_SHOWN = 20  # nodes that break one rule, unless --verbose


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument("graph", nargs="?", metavar="GRAPH", help="a folder of `kg build`, a store, a .nt or .ttl file")
    parser.add_argument("--shacl", action="store_true", help="let a SHACL engine check the graph, not the store")
    parser.add_argument("--list", action="store_true", help="print what is asked of a graph")
    add_knowledge(parser)


def run(options: argparse.Namespace, terminal: Terminal) -> int:
    """Print the findings, one a line; 1 if there is one."""
    if options.list:
        return _list()
    if options.graph:
        return _graph(Path(options.graph), options, terminal)
    if options.shacl:
        raise KGError("--shacl checks a graph: kg check GRAPH --shacl")
    from kg.check import check

    findings = check(knowledge_folders(options))
    for finding in findings:
        print(finding)
    terminal.say(f"{len(findings)} findings" if findings else "tables, words, patterns and rules are fine")
    return 1 if findings else 0


def _list() -> int:
    from kg.shapes import read_laws

    for law in read_laws():
        print(f"{law.name:28} {law.text}")
    return 0


def _graph(path: Path, options: argparse.Namespace, terminal: Terminal) -> int:
    if not path.exists():
        raise ReadError(f"{path}: no graph there; run `kg build PATHS -o {path}` first")
    file = path / "graph.nt" if (path / "graph.nt").is_file() else path
    from kg.shapes import find_breaches, find_by_shacl
    from kg.store import open_graph

    store = open_graph(file)  # in memory, where it is a file: there the queries run three times as fast
    if not len(store):
        raise ReadError(f"{file}: no triple in it; run `kg build` again")
    if options.shacl:
        if not file.is_file():
            raise KGError(f"{file}: a SHACL engine reads a file; give its .nt or .ttl")
        breaches = find_by_shacl(file, store.base)
    else:
        breaches = find_breaches(store)
    for _, same in groupby(breaches, key=lambda breach: (breach.rule, breach.kind)):
        _show(tuple(same), terminal)
    terminal.say(f"{path}: {len(breaches):,} findings" if breaches else f"{path}: {len(store):,} triples are fine")
    return 1 if breaches else 0


def _show(same: "tuple[Breach, ...]", terminal: Terminal) -> None:
    """The nodes that break one rule, the first of them where they are many."""
    shown = same if terminal.verbose else same[:_SHOWN]
    for breach in shown:
        print(breach)
    if len(same) > len(shown):
        print(f"… {len(same) - len(shown):,} more break {same[0].rule}; --verbose shows them")
