"""How fast the named queries are in the store that `kg build` writes, beside rdflib, on the same graph in one run.

    python tools/bench_queries.py [OUT] [--limit 45] [--only QUERY]

Each query is asked as the example in its header asks it. Times are CPU time, of the store the median of
several rounds. rdflib gets --limit seconds a query: what it has not answered by then counts with that limit, so that
the ratio is at least the one shown (≥). Without OUT, a graph of a million triples is built in .bench/ first: the seeds,
the broadcasts of ../shared/corpus where they are at hand, and articles of tools/make_articles.py.
"""

import argparse
import multiprocessing
import resource
import shlex
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

import rdflib

from kg.commands.query import parameters
from kg.query import bind, named_queries
from kg.store import Store, open_store

ROOT = Path(__file__).parents[1]
CORPUS = ROOT.parent / "shared" / "corpus" / "broadcasts.jsonl.gz"
BENCH = ROOT / ".bench"
MADE_BESIDE, MADE_ALONE = 1800, 3500  # articles beside the corpus, and without it, for a million triples
_ROUNDS, _ENOUGH = 9, 2.0  # of the store, at most so many or so many seconds


@dataclass(frozen=True, slots=True)
class Timing:
    """Seconds of CPU time of one query; `cut`: rdflib was stopped at its limit."""

    name: str
    rows: int
    store: float
    rdflib: float
    cut: bool

    @property
    def ratio(self) -> float:
        """How often the store's time fits into rdflib's."""
        return self.rdflib / self.store


def million() -> Path:
    """The graph of about a million triples, built unless it is there."""
    out = BENCH / "out"
    if not (out / "run.json").exists():
        BENCH.mkdir(exist_ok=True)
        made = BENCH / "made.jsonl"
        number = MADE_BESIDE if CORPUS.exists() else MADE_ALONE
        subprocess.run([sys.executable, ROOT / "tools" / "make_articles.py", str(number), "-o", made], check=True)
        articles = [ROOT / "seeds", made, *([CORPUS] if CORPUS.exists() else [])]
        build = [sys.executable, "-m", "kg", "build", *articles, "-o", out, "--no-html", "-q"]
        subprocess.run(build, check=True, stdout=subprocess.DEVNULL)
    return out


def time_all(out: Path, limit: int, only: Sequence[str]) -> list[Timing]:
    """Each named query in the store, then in rdflib; the rows of both must be as many."""
    store = open_store(out / "store")
    graph = rdflib.Graph()
    graph.parse(out / "graph.nt", format="nt")
    timings = []
    for query in named_queries():
        if only and query.name not in only:
            continue
        text = bind(query, parameters(query, shlex.split(query.example)[3:]), store.prefixes)
        rows, ours = _in_store(store, text)
        theirs = _in_rdflib(graph, text, dict(store.prefixes), limit)
        if theirs and theirs[0] != rows:
            raise SystemExit(f"{query.name}: {rows} rows in the store, {theirs[0]} in rdflib")
        timings.append(Timing(query.name, rows, ours, theirs[1] if theirs else float(limit), theirs is None))
        print(line(timings[-1]), flush=True)
    return timings


def _in_store(store: Store, text: str) -> tuple[int, float]:
    times: list[float] = []
    rows = 0
    while len(times) < _ROUNDS and sum(times) < _ENOUGH:
        begun = time.process_time()
        rows = len(store.query(text).rows)
        times.append(time.process_time() - begun)
    return rows, statistics.median(times)


def _in_rdflib(graph: rdflib.Graph, text: str, prefixes: dict[str, str], limit: int) -> tuple[int, float] | None:
    """Rows and seconds, or None where the limit was reached: in a process of its own, which alone can be stopped."""
    context = multiprocessing.get_context("fork")
    reader, writer = context.Pipe(duplex=False)
    process = context.Process(target=_ask_rdflib, args=(graph, text, prefixes, limit, writer))
    process.start()
    writer.close()
    try:
        answer: tuple[int, float] | None = reader.recv()
    except EOFError:
        answer = None
    process.join()
    return answer


def _ask_rdflib(graph: rdflib.Graph, text: str, prefixes: dict[str, str], limit: int, answer: Connection) -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (limit, limit))
    begun = time.process_time()
    rows = sum(1 for row in graph.query(text, initNs=prefixes) if any(row))  # of nothing, a group has one empty row
    answer.send((rows, time.process_time() - begun))


def line(timing: Timing) -> str:
    """A row of the table."""
    sign = "≥" if timing.cut else " "
    return (
        f"{timing.name:18}{timing.rows:8,}{timing.store * 1000:12,.1f}"
        f"{sign:>4}{timing.rdflib * 1000:10,.1f}{sign:>4}{timing.ratio:8,.0f}"
    )


def main() -> None:
    """Time, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", nargs="?", type=Path, help="where kg build wrote, with its store")
    parser.add_argument("--limit", type=int, default=45, help="seconds of CPU time that rdflib gets for a query")
    parser.add_argument("--only", action="append", default=[], metavar="QUERY")
    options = parser.parse_args()
    out = options.out or million()
    with (out / "graph.nt").open("rb") as lines:
        print(f"{sum(1 for _ in lines):,} triples; milliseconds of CPU time\n")
    print(f"{'':18}{'rows':>8}{'store':>12}{'rdflib':>14}{'ratio':>12}")
    timings = time_all(out, options.limit, options.only)
    ratios = [timing.ratio for timing in timings]
    cut = sum(timing.cut for timing in timings)
    least = f", of which {cut} are at least that" if cut else ""
    print(f"\nmedian ratio {statistics.median(ratios):,.0f}, least {min(ratios):,.1f}, of {len(ratios)} queries{least}")


if __name__ == "__main__":
    main()
