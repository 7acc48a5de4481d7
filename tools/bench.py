"""How fast the extraction is on your texts, stage by stage, beside jieba's own tagger on the same ones.

    python tools/bench.py [TEXTS] [--kilobytes 400] [--rounds 5]

Everything runs in one process, one after the other, round after round, each over all texts as in kg build; the figures
are medians of CPU time, so that what else the machine does matters little. Compare ratios, not seconds. TEXTS is what
kg build takes; of a large folder a part is timed, picked evenly.
"""

import argparse
import logging
import statistics
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import ParamSpec, TypeVar
from unittest import mock

import jieba.posseg
import rjieba

import kg.extract
from kg.knowledge import Knowledge, load
from kg.model import Document
from kg.read import read
from kg.spread import seldom_collecting

ROOT = Path(__file__).parents[1]
TEXTS = (ROOT.parent / "shared" / "corpus", ROOT / "tests" / "gold" / "regression.jsonl")  # the first that is there
STAGES = ("segment", "recognise", "resolve", "relate")  # as kg.extract calls them
POSSEG, RJIEBA, WHOLE = "jieba.posseg", "rjieba.tag", "extraction"

P = ParamSpec("P")
R = TypeVar("R")


def pick(documents: Sequence[Document], size: int) -> list[Document]:
    """Every so manieth document, so that their texts have about `size` bytes."""
    total = size_of(documents)
    return list(documents[:: max(1, round(total / size))])


def size_of(documents: Sequence[Document]) -> int:
    """The bytes of the texts in UTF-8."""
    return sum(len(document.text.encode()) for document in documents)


def timed(name: str, work: Callable[P, R], spent: Counter[str]) -> Callable[P, R]:
    """The same function, which adds the seconds that it takes to `spent`."""

    def call(*args: P.args, **kwargs: P.kwargs) -> R:
        begin = time.process_time_ns()
        result = work(*args, **kwargs)
        spent[name] += time.process_time_ns() - begin
        return result

    return call


def one_round(documents: Sequence[Document], knowledge: Knowledge) -> Counter[str]:
    """Nanoseconds of CPU time by what was done with all documents."""
    spent: Counter[str] = Counter()
    tag, posseg = timed(RJIEBA, rjieba.tag, spent), timed(POSSEG, jieba.posseg.lcut, spent)
    extract = timed(WHOLE, kg.extract.extract, spent)
    for document in documents:
        posseg(document.text)
    for document in documents:
        tag(document.text)
    for document in documents:
        extract(document, knowledge)
    by_stage = {stage: timed(f"  {stage}", getattr(kg.extract, stage), spent) for stage in STAGES}
    with mock.patch.dict(vars(kg.extract), by_stage):
        for document in documents:
            kg.extract.extract(document, knowledge)
    return spent


def table(rounds: Sequence[Counter[str]], size: int) -> str:
    """A line for each thing that was timed: seconds, MB/s, its share of the extraction, how often posseg fits in."""
    seconds = {name: statistics.median(spent[name] for spent in rounds) / 1e9 for name in rounds[0]}
    lines = [f"{'':14}{'s':>8}{'MB/s':>8}{'share':>8}{'x posseg':>10}"]
    for name in (POSSEG, RJIEBA, WHOLE, *(f"  {stage}" for stage in STAGES)):
        took = seconds[name]
        share = f"{took / seconds[WHOLE]:8.0%}" if name.startswith(" ") else " " * 8
        lines.append(f"{name:14}{took:8.3f}{size / took / 1e6:8.2f}{share}{seconds[POSSEG] / took:10.1f}")
    return "\n".join(lines)


def main() -> None:
    """Time, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", nargs="?", type=Path, default=next(path for path in TEXTS if path.exists()))
    parser.add_argument("--kilobytes", type=int, default=400, help="how much of the texts to time")
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    jieba.setLogLevel(logging.WARNING)
    knowledge = load()
    documents = pick(list(read([options.texts])), options.kilobytes * 1000)
    size = size_of(documents)
    with seldom_collecting():
        one_round(documents[:20], knowledge)  # what is loaded and compiled on first use is not timed
        rounds = [one_round(documents, knowledge) for _ in range(options.rounds)]
    print(f"{len(documents)} texts, {size / 1000:.0f} kB; one core, median of {options.rounds} rounds\n")
    print(table(rounds, size))


if __name__ == "__main__":
    main()
