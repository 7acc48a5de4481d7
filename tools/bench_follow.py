"""What following links costs on a graph, and what networkx's faster backends give on it.

    python tools/bench_follow.py OUT [A B] [--backends]

A and B are two names to go between; without them the two people who were at most events. CPU seconds, children
included, each the least of three (slow ones of one). A backend is tried where it is installed beside networkx
(`pip install graphblas-algorithms`, `pip install nx-parallel`); what it does not have is shown as `-`.
"""

import argparse
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import networkx

import kg
from kg.graph import centrality, communities, linked, shortest_paths, together
from kg.links import named, open_links
from kg.store import open_graph

SLOW = 2.0  # CPU seconds: what takes longer is not done again
BACKENDS = ("graphblas", "parallel")


def cost(work: Callable[[], object], rounds: int = 3) -> float:
    """CPU seconds of the work with its children, the least of so many rounds."""
    least = float("inf")
    for _ in range(rounds):
        begin = sum(os.times()[:4])
        work()
        least = min(least, sum(os.times()[:4]) - begin)
        if least > SLOW:
            break
    return least


def command(*arguments: str) -> Callable[[], object]:
    """A run of the command line, start and all."""
    return lambda: subprocess.run([sys.executable, "-m", "kg", *arguments], check=True, capture_output=True)


def follow(out: Path, names: list[str]) -> None:
    """Print what each work costs."""
    store = open_graph(out)
    graph = open_links(store)
    people, links = together(graph), linked(graph)
    ranked = sorted(people, key=lambda node: (-people.degree(node, weight="weight"), node))
    ends = [named(store, name)[0] for name in names] or ranked[:2]
    a, b = (f"{graph.nodes[end]['type']}:{graph.nodes[end]['label']}" for end in ends)
    print(f"{len(graph):,} things, {graph.number_of_edges():,} links; from {a} to {b}\n")
    rows: dict[str, Callable[[], object]] = {
        "kg --version": command("--version"),
        "kg path A B": command("path", a, b, "-g", str(out)),
        "kg path A B -k 8": command("path", a, b, "-k", "8", "-g", str(out)),
        "kg near A --hops 2": command("near", a, "--hops", "2", "-g", str(out)),
        "kg rank": command("rank", "-g", str(out)),
        "kg communities": command("communities", "-g", str(out)),
        "all links from the store (open_links)": lambda: open_links(store),
        "all links with all sentences (open_graph, to_networkx)": lambda: kg.open_graph(out).to_networkx(),
        "one shortest way, in hand": lambda: shortest_paths(graph, *ends, 1),
        "eight shortest ways, in hand": lambda: shortest_paths(graph, *ends, 8),
        f"who was together with whom ({len(people):,} people, {people.number_of_edges():,} links)": lambda: together(
            graph
        ),
        **{f"on it: {measure}": lambda measure=measure: centrality(people, measure)
           for measure in ("betweenness", "harmonic", "core", "pagerank")},
        "on it: Louvain": lambda: communities(people),
        **{f"on all links: {measure}": lambda measure=measure: centrality(links, measure)
           for measure in ("degree", "harmonic", "core", "pagerank", "betweenness")},
        "on all links: Louvain": lambda: communities(links),
    }  # fmt: skip
    for what, work in rows.items():
        print(f"{cost(work):8.2f}  {what}", flush=True)


def backends(out: Path) -> None:
    """Print what each algorithm costs on all links, with networkx alone and with what is installed beside it."""
    network = networkx.convert_node_labels_to_integers(linked(open_links(open_graph(out))), ordering="sorted")
    works: dict[str, Callable[..., object]] = {
        "PageRank": networkx.pagerank,
        "triangles": networkx.triangles,
        "betweenness (500)": lambda network, **more: networkx.betweenness_centrality(network, k=500, seed=1, **more),
        "core": networkx.core_number,
    }
    known = [name for name in BACKENDS if name in networkx.utils.backends.backends]
    print(f"\nnetworkx {networkx.__version__}, CPU s")
    print(f"{'':18}" + "".join(f"{name:>12}" for name in ("networkx", *known)))
    for what, work in works.items():
        line = f"{what:18}{cost(lambda work=work: work(network)):12.2f}"
        for name in known:
            try:
                line += f"{cost(lambda work=work, name=name: work(network, backend=name)):12.2f}"
            except NotImplementedError:
                line += f"{'-':>12}"
            except ImportError:  # made for another networkx
                line += f"{'no start':>12}"
        print(line, flush=True)


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path, help="what kg build wrote")
    parser.add_argument("names", nargs="*", metavar="NAME", help="two names to go between")
    parser.add_argument("--backends", action="store_true", help="the backends alone")
    options = parser.parse_args()
    if len(options.names) not in (0, 2):
        parser.error("two names, or none")
    if not options.backends:
        follow(options.out, options.names)
    backends(options.out)


if __name__ == "__main__":
    main()
