"""Print the shortest way from one thing to another, or the shortest few, each step with the sentence that says it.

for example:
  kg path 李强 湖州市
  kg path 李强 湖州市 -k 3 --via attended,heldAt
  kg path 李强 Place:湖州市 -g out --format json
"""

import argparse
import json
from typing import TYPE_CHECKING

from kg.commands.following import add_kinds, add_time, at_least_one, open_store, relations_of, sliced, types_of
from kg.commands.options import add_graph
from kg.commands.terminal import Terminal, mark
from kg.errors import KGError, NotFoundError
from kg.table import visible

if TYPE_CHECKING:
    from kg.explain import Passage
    from kg.graph import Graph, Path, Step
    from kg.reasons import Reason
    from kg.store import Store


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument("start", metavar="A", help="a name, or Type:name where several things share it")
    parser.add_argument("end", metavar="B", help="another")
    parser.add_argument("-k", type=at_least_one, default=1, metavar="N", help="the N shortest ways (default: 1)")
    add_kinds(parser)
    add_time(parser)
    parser.add_argument("--format", choices=("text", "json"), default="text", help="(default: text)")
    add_graph(parser)


def run(options: argparse.Namespace, terminal: Terminal) -> int:
    """Print the ways; 1 if there is none."""
    from kg.graph import explain_path
    from kg.links import named

    store = open_store(options)
    starts, ends = named(store, options.start), named(store, options.end)
    if set(starts) & set(ends):
        raise KGError(f"{options.start} and {options.end} are the same")
    graph = _graph(store, options, starts, ends)
    paths = _paths(graph, starts, ends, options.k)
    if not paths:
        raise NotFoundError(f"no path from {options.start} to {options.end}")
    if options.format == "json":
        records = [[_record(store, graph, step) for step in path] for path in paths]
        print(json.dumps(records[0] if options.k == 1 else records, ensure_ascii=False, indent=1))
        return 0
    for path in paths:
        print(visible(explain_path(graph, path)))
    for step in dict.fromkeys(step for path in paths for step in path):
        print(f"\n{_line(store, graph, step)}")
    return 0


def _graph(store: "Store", options: argparse.Namespace, starts: tuple[str, ...], ends: tuple[str, ...]) -> "Graph":
    """The part of the graph in which to look: what lies between where that is enough, else all that is asked for."""
    from kg.graph import only
    from kg.links import open_between, open_links

    types, relations = types_of(options), relations_of(options)
    if options.k == 1 and not (types or relations or options.since or options.until):
        return open_between(store, starts, ends)
    return only(sliced(open_links(store), options), types, relations, (*starts, *ends))


def _paths(graph: "Graph", starts: tuple[str, ...], ends: tuple[str, ...], count: int) -> list["Path"]:
    from kg.graph import shortest_paths

    pairs = [(a, b) for a in starts for b in ends if a in graph and b in graph]
    found = [path for a, b in pairs for path in shortest_paths(graph, a, b, count)]
    return sorted(found, key=len)[:count]


def _line(store: "Store", graph: "Graph", step: "Step") -> str:
    """The fact, and the first sentence that says it with its words marked."""
    subject, predicate, thing = step.triple
    fact = graph.edges[subject, thing, predicate]
    line = f"{graph.nodes[subject]['label']} {fact['label']} {graph.nodes[thing]['label']}"
    if not fact["fact"]:
        return f"{visible(line)}\n  (from the table of divisions)"
    passages, reasons = _said(store, step)
    if not passages:
        told = "; ".join(f"{one.who}，{one.when}：{one.why} ({one.entry})" for one in reasons)
        return f"{visible(line)}\n  ({visible(told)})"
    first = passages[0]
    before, after = mark()
    sentence, start, end = first.sentence, first.start, first.end
    marked = f"{visible(sentence[:start])}{before}{visible(sentence[start:end])}{after}{visible(sentence[end:])}"
    where = " ".join(filter(None, (first.outlet, first.date, first.title or first.article)))
    return f"{visible(line)}\n  {marked}\n    — {visible(where)}"


def _said(store: "Store", step: "Step") -> tuple[tuple["Passage", ...], tuple["Reason", ...]]:
    """The sentences that say the fact, or else the facts that it follows from; and the persons who assert it."""
    from kg.explain import Passage, why

    (fact,) = why(store, *step.triple)
    pending, found = [fact], list[Passage]()
    while pending and not found:
        found = [passage for one in pending for passage in one.passages]
        pending = [premise for one in pending for premise in one.premises]
    return tuple(found), fact.corrections


def _record(store: "Store", graph: "Graph", step: "Step") -> dict[str, object]:
    from dataclasses import asdict

    subject, predicate, thing = step.triple
    fact = graph.edges[subject, thing, predicate]
    passages, reasons = _said(store, step) if fact["fact"] else ((), ())
    return {
        "subject": graph.nodes[subject]["label"], "object": graph.nodes[thing]["label"], "predicate": predicate,
        "forward": step.forward, "label": fact["label"], "modality": fact["modality"], "days": fact["days"],
        "evidence": [asdict(one) for one in passages], "corrections": [asdict(one) for one in reasons],
    }  # fmt: skip
