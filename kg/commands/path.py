"""Print the shortest way from one thing to another, each step with the sentence that says it.

for example:
  kg path 李强 湖州市
  kg path 李强 Place:湖州市 -g out --format json
"""

import argparse
import json
from typing import TYPE_CHECKING

from kg.commands.options import add_graph, open_assembly
from kg.commands.terminal import Terminal, mark
from kg.errors import KGError, NotFoundError
from kg.model import ENTITY_TYPES
from kg.table import visible

if TYPE_CHECKING:
    from kg.graph import Graph, Step


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument("start", metavar="A", help="a name, or Type:name where several things share it")
    parser.add_argument("end", metavar="B", help="another")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="(default: text)")
    add_graph(parser)


def run(options: argparse.Namespace, terminal: Terminal) -> int:
    """Print the path; 1 if there is none."""
    from kg.graph import explain_path, shortest_path, to_networkx

    graph = to_networkx(open_assembly(options))
    ends = [(a, b) for a in nodes(graph, options.start) for b in nodes(graph, options.end)]
    if any(a == b for a, b in ends):
        raise KGError(f"{options.start} and {options.end} are the same")
    paths = [path for a, b in ends if (path := shortest_path(graph, a, b))]
    if not paths:
        raise NotFoundError(f"no path from {options.start} to {options.end}")
    path = min(paths, key=lambda steps: (len(steps), [step.triple for step in steps]))
    if options.format == "json":
        print(json.dumps([_record(graph, step) for step in path], ensure_ascii=False, indent=1))
        return 0
    print(visible(explain_path(graph, path)))
    for step in path:
        print(f"\n{_line(graph, step)}")
    return 0


def nodes(graph: "Graph", name: str) -> tuple[str, ...]:
    """The nodes of that name, of one type if the name says so; there is at least one."""
    from kg.graph import find

    found = find(graph, name)
    kind, _, rest = name.partition(":")
    if not found and kind in ENTITY_TYPES:
        found = tuple(node for node in find(graph, rest) if graph.nodes[node]["type"] == kind)
    if not found:
        raise NotFoundError(f"nothing is called {name!r} in this graph")
    return found


def _line(graph: "Graph", step: "Step") -> str:
    """The fact, and the first sentence that says it with its words marked."""
    subject, predicate, thing = step.triple
    fact = graph.edges[subject, thing, predicate]
    line = f"{graph.nodes[subject]['label']} {fact['label']} {graph.nodes[thing]['label']}"
    if not fact["evidence"]:
        told = "; ".join(visible(one) for one in fact["corrections"]) or "from the table of divisions"
        return f"{visible(line)}\n  ({told})"
    source = fact["evidence"][0]
    sentence, start, end = source["sentence"], source["start"], source["end"]
    before, after = mark()
    marked = f"{visible(sentence[:start])}{before}{visible(sentence[start:end])}{after}{visible(sentence[end:])}"
    where = " ".join(filter(None, (source["outlet"], source["date"], source["title"] or source["article"])))
    return f"{visible(line)}\n  {marked}\n    — {visible(where)}"


def _record(graph: "Graph", step: "Step") -> dict[str, object]:
    subject, predicate, thing = step.triple
    fact = graph.edges[subject, thing, predicate]
    labels = {"subject": graph.nodes[subject]["label"], "object": graph.nodes[thing]["label"]}
    return {**labels, "predicate": predicate, "forward": step.forward, **fact}
