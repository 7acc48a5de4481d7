"""What a build of many millions of articles costs: figures measured on your texts, and a simulation made of them.

    python tools/scale.py measure TEXTS > docs/scale.json
    python tools/scale.py simulate docs/scale.json
    python tools/scale.py simulate docs/scale.json --articles 5e6 --build 1e6 --cores 64 --callers 2 --price 0.05

`measure` runs each stage of a cluster build in this one process and takes its CPU time per article. `simulate` deals
the shards out to cores, some of them slow and some that die, with the spread of times that was measured; what one
machine does alone is added, with the memory that it needs.
"""

import argparse
import gc
import heapq
import io
import json
import pickle
import random
import resource
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

R = TypeVar("R")
Figures = dict[str, Any]

SHARD, SHARDS, HANDS, RANGES = 256, 400, 64, 128  # see kg/cluster
A_TASK = 0.001  # seconds that the scheduler takes for a task
SLOW, HOW_SLOW = 0.02, 4.0  # so many of the cores take so many times as long
DIES = 0.01  # of the cores in an hour
MEMORY_TWICE = 2  # the facts as they were read and as they are identified, and the assembly of them
GB_A_CORE = 8
ROWS = [  # articles, articles in a build, cores, machines that call builds
    (100_000, 100_000, 8, 1),
    (1_000_000, 1_000_000, 16, 1),
    (1_000_000, 1_000_000, 64, 1),
    (10_000_000, 1_000_000, 64, 2),
    (50_000_000, 1_000_000, 64, 4),
    (50_000_000, 1_000_000, 256, 16),
    (50_000_000, 50_000_000, 256, 1),
]
ALONE = ("collate", "gather", "identify", "assemble", "parts", "join")  # done where kg build was called
SPREAD = ("read", "extract", "sights", "people", "lines", "cut")  # done by workers


# MEASURE


def measure(paths: Sequence[str], size: int) -> Figures:
    """CPU seconds and bytes per article of each stage, on so many of the articles, evenly picked."""
    from kg.assemble import assemble
    from kg.cluster import lean, tasks
    from kg.cluster.parts import parts
    from kg.cluster.shards import part_url, read_documents, read_facts, write_documents, write_facts
    from kg.collate import find_originals, print_of
    from kg.identify import Identifier, identify_observed
    from kg.identify.people import Families, identify_family, identify_people, posts_of
    from kg.identify.told import Told
    from kg.knowledge import load
    from kg.read import read
    from kg.renamings import renamings
    from kg.seats import Seats
    from kg.spread import attempt
    from kg.store import create
    from kg.vocabulary import BASE

    spent: Counter[str] = Counter()
    known = load()
    seats = Seats(known, renamings(known))
    everything, _ = _timed("read", spent, lambda: list(read(paths, knowledge=known)))
    spent["read"] *= size / len(everything)
    documents = everything[:: max(1, len(everything) // size)][:size]
    count = len(documents)
    prints, _ = _timed("read", spent, lambda: [print_of(one) for one in documents])
    _timed("collate", spent, lambda: find_originals(prints))
    attempt(documents[0], known)  # what is made once is not counted
    with tempfile.TemporaryDirectory() as root:
        shards = [documents[at : at + SHARD] for at in range(0, count, SHARD)]
        seconds = []
        for number, shard in enumerate(shards):
            places = part_url(root, "documents", str(number)), part_url(root, "facts", str(number))
            _timed("read", spent, lambda p=places, s=shard: write_documents(p[0], s))
            found, one = _timed("extract", spent, lambda s=shard: [attempt(it, known).result for it in s])
            _timed("extract", spent, lambda p=places, f=found: write_facts(p[1], f))
            seconds.append(one / len(shard))
        numbers = [str(number) for number in range(len(shards))]
        before = _memory()
        facts, _ = _timed("gather", spent, lambda: [
            lean(it) for one in numbers
            for it in read_facts(part_url(root, "facts", one), part_url(root, "documents", one))
        ])  # fmt: skip
        memory = _memory() - before
        sizes = {part: sum(path.stat().st_size for path in Path(root, part).iterdir())
                 for part in ("documents", "facts")}  # fmt: skip
        _timed("sights", spent, lambda: [
            list(read_documents(part_url(root, "documents", one))) for one in numbers
        ])  # fmt: skip
        spent["sights"] += spent["gather"]
        identifier, told = Identifier(known), Told(known.judgements, {})
        sights, _ = _timed("sights", spent, lambda: [it for one in facts for it in identifier.observe(one).sights])
        people, _ = _timed("people", spent, lambda: identify_people(sights, seats, told))
        identified, _ = _timed("identify", spent, lambda: identify_observed(facts, known, lambda _: people)[0])
        assembly, _ = _timed("assemble", spent, lambda: assemble(identified, known.divisions, (), known))
        ids = [[one.id for one in shard] for shard in shards]
        pieces, _ = _timed("parts", spent, lambda: [pickle.dumps(it) for it in parts(assembly, ids)])
        lines, _ = _timed("lines", spent, lambda: [tasks.lines_of(pickle.loads(one), BASE) for one in pieces])
        merged, _ = _timed("cut", spent, lambda: sorted({line for some in lines for line in some}))
        whole = "".join(merged).encode()
        graph = Path(root, "graph.nt")
        _timed("join", spent, lambda: graph.write_bytes(whole))
        create(Path(root, "store"), graph)
        stored = sum(path.stat().st_size for path in Path(root, "store").rglob("*"))
    common = Counter(one.name for one in sights)
    families = Families(posts_of(sights), told)
    most = common.most_common(1)[0][0]
    model = next(one for one in sights if one.name == most)
    skew = {}
    for much in (1_000, 10_000, 100_000):
        many = tuple(replace(model, document=f"{number:016x}") for number in range(much))
        clock: Counter[str] = Counter()
        _timed("family", clock, lambda m=many: identify_family(families.of(most), m, seats, told))
        skew[str(much)] = round(1e6 * clock["family"] / much, 2)
    triples = len(merged)
    return {
        "articles": count,
        "characters per article": round(statistics.mean(len(one.text) for one in documents)),
        "milliseconds per article": {stage: round(1000 * spent[stage] / count, 3) for stage in (*SPREAD, *ALONE)},
        "spread of shards": round(statistics.pstdev(seconds) / statistics.mean(seconds), 3),
        "facts per article": round(sum(len(one.statements) for one in facts) / count, 2),
        "persons per article": round(len(sights) / count, 2),
        "share of the commonest name": round(common.most_common(1)[0][1] / count, 3),
        "bytes of a sight": round(len(pickle.dumps(sights)) / len(sights)),
        "microseconds a sight of one name, by how many": skew,
        "triples per article": round(triples / count, 1),
        "bytes a triple in N-Triples": round(len(whole) / triples, 1),
        "bytes a triple in the store": round(stored / triples, 1),
        "bytes per article of documents in Parquet": round(sizes["documents"] / count),
        "bytes per article of facts in Parquet": round(sizes["facts"] / count),
        "bytes per article in memory": round(memory / count),
        "bytes per article of prints": round(sum(len(one.clauses) + 200 for one in prints) / count),
    }


def _timed(stage: str, spent: Counter[str], work: Callable[[], R]) -> tuple[R, float]:
    gc.collect()
    begun = time.process_time()
    done = work()
    seconds = time.process_time() - begun
    spent[stage] += seconds  # type: ignore[assignment]
    return done, seconds


def _memory() -> int:
    """Bytes that this process has in memory (of Linux: elsewhere 0)."""
    gc.collect()
    state = Path("/proc/self/statm")
    return int(state.read_text().split()[1]) * resource.getpagesize() if state.exists() else 0


# SIMULATE


def simulate(figures: Figures, articles: int, size: int, cores: int, callers: int, price: float) -> dict[str, float]:
    """Hours and money of builds of `size` articles each, until all articles are in one.

    `cores` workers are shared by `callers` machines, each of which calls one build after the other.
    """
    cost = {stage: value / 1000 for stage, value in figures["milliseconds per article"].items()}
    chance = random.Random(0)
    wall = worked = 0.0
    for stage in SPREAD:
        families = stage == "people"
        tasks = _families(figures, size, cost[stage]) if families else _shards(
            chance, size, cost[stage], figures["spread of shards"]
        )
        lasts, took = deal_out(chance, tasks, cores)
        wall, worked = wall + lasts, worked + took
    builds = -(-articles // size)
    shards = min(SHARDS, -(-size // SHARD))
    wall += A_TASK * shards * (len(SPREAD) + min(HANDS, shards) + min(RANGES, shards))
    alone = size * sum(cost[stage] for stage in ALONE)
    hours = (max(builds * wall, -(-builds // callers) * (wall + alone))) / 3600
    an_article = MEMORY_TWICE * figures["bytes per article in memory"] + figures["bytes per article of prints"]
    memory = size * an_article / 1e9
    paid = price * hours * (cores + callers * memory / GB_A_CORE)
    return {"builds": builds, "hours": hours, "core hours": builds * worked / 3600, "memory": memory, "money": paid}


def _shards(chance: random.Random, articles: int, cost: float, spread: float) -> Iterator[float]:
    """The seconds of each shard."""
    left = articles
    most = max(SHARD, -(-articles // SHARDS))
    while left > 0:
        size = min(most, left)
        left -= size
        yield size * cost * max(0.2, chance.gauss(1, spread))


def _families(figures: Figures, articles: int, cost: float) -> Iterator[float]:
    """The seconds of each hand that judges people: families dealt out by weight, the commonest first."""
    sights = articles * figures["persons per article"]
    commonest = articles * figures["share of the commonest name"]
    a_sight = cost / figures["persons per article"]
    hands = min(HANDS, -(-articles // SHARD))
    yield commonest * a_sight
    yield from [(sights - commonest) * a_sight / max(1, hands - 1)] * max(1, hands - 1)


def deal_out(chance: random.Random, tasks: Iterator[float], cores: int) -> tuple[float, float]:
    """The seconds until the last of the tasks is done, and those that were worked.

    Each task goes to the core that is free first. A core that dies loses what it is at, which another does again.
    """
    speed = [HOW_SLOW if chance.random() < SLOW else 1.0 for _ in range(cores)]
    free = [(0.0, core) for core in range(cores)]
    end = worked = 0.0
    again: list[float] = []
    stream = iter(tasks)
    while (task := again.pop() if again else next(stream, None)) is not None:
        begin, core = heapq.heappop(free)
        lasts = task * speed[core]
        if chance.random() < DIES * lasts / 3600:
            lost = lasts * chance.random()
            worked += lost
            again.append(task)
            heapq.heappush(free, (begin + lost, core))
            continue
        worked += lasts
        end = max(end, begin + lasts)
        heapq.heappush(free, (begin + lasts, core))
    return end, worked


def table(figures: Figures, rows: Sequence[tuple[int, int, int, int]], price: float) -> str:
    """The simulation as text; a row is articles, articles in a build, cores, machines that call builds."""
    out = io.StringIO()
    print("  articles  builds  cores  callers   hours  core hours   memory of each     money", file=out)
    for articles, size, cores, callers in rows:
        it = simulate(figures, articles, size, cores, callers, price)
        print(f"{articles:10,}  {it['builds']:6.0f}  {cores:5}  {callers:7}  {it['hours']:6.1f}"
              f"  {it['core hours']:10,.1f}  {it['memory']:12,.0f} GB  {it['money']:8,.0f}", file=out)  # fmt: skip
    return out.getvalue()


def main() -> None:
    """Measure or simulate."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    which = parser.add_subparsers(dest="which", required=True)
    measuring = which.add_parser("measure")
    measuring.add_argument("texts", nargs="+")
    measuring.add_argument("--articles", type=int, default=1000)
    simulating = which.add_parser("simulate")
    simulating.add_argument("figures", type=Path)
    simulating.add_argument("--articles", type=float, help="in all (default: a table of several)")
    simulating.add_argument("--build", type=float, help="articles in one build (default: all)")
    simulating.add_argument("--cores", type=int, default=64, help="of workers")
    simulating.add_argument("--callers", type=int, default=1, help="machines that call builds at the same time")
    simulating.add_argument("--price", type=float, default=0.05, help="of a core with 8 GB for an hour")
    options = parser.parse_args()
    if options.which == "measure":
        print(json.dumps(measure(options.texts, options.articles), ensure_ascii=False, indent=1))
    else:
        figures = json.loads(options.figures.read_text(encoding="utf-8"))
        rows = ROWS
        if options.articles:
            rows = [(int(options.articles), int(options.build or options.articles), options.cores, options.callers)]
        print(table(figures, rows, options.price), end="")


if __name__ == "__main__":
    main()
