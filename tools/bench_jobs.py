"""How much quicker two processes are than one, and how much quicker this machine lets two be at all.

    python tools/bench_jobs.py [TEXTS] [--rounds 5]

Each round builds TEXTS from nothing with one process, then with two, then twice at once with one each: two builds that
know nothing of each other share memory and heat but no work, so what they do together is the most that two processes
can. Printed: medians of wall time, of whole builds (--no-html) and of the extraction in them. Processes are told apart
by wall time alone, so leave the machine to it.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
CORPUS = ROOT.parent / "shared" / "corpus"


class Took(NamedTuple):
    """Seconds of wall time."""

    whole: float
    extraction: float


def build(texts: Path, folder: Path, jobs: int, at_once: int) -> Took:
    """So many builds from nothing at once, each with `jobs` processes; their mean."""
    outs = [folder / f"out-{number}" for number in range(at_once)]
    begun = time.perf_counter()
    running = []
    for out in outs:
        command = [sys.executable, "-m", "kg", "build", str(texts), "-o", str(out)]
        command += ["--no-html", "--fresh", "--quiet", "--jobs", str(jobs)]
        running.append(subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL))
    for one in running:
        if one.wait():
            raise subprocess.CalledProcessError(one.returncode, one.args)
    whole = time.perf_counter() - begun
    laps = [json.loads((out / "run.json").read_text(encoding="utf-8"))["seconds"] for out in outs]
    return Took(whole, statistics.mean(lap["extract"] for lap in laps))


def main() -> None:
    """Build, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", nargs="?", type=Path, default=CORPUS if CORPUS.exists() else ROOT / "tests" / "gold")
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    plans = {"one process": (1, 1), "two processes": (2, 1), "two builds at once": (1, 2)}
    with tempfile.TemporaryDirectory(prefix="kg-bench-") as name:
        os.environ["XDG_CACHE_HOME"] = str(Path(name, "cache"))
        build(options.texts, Path(name), 1, 1)  # warms the cache
        rounds = [
            {plan: build(options.texts, Path(name), *how) for plan, how in plans.items()} for _ in range(options.rounds)
        ]
    print(f"{'':20}{'whole s':>9}{'extraction s':>14}{'times as quick':>16}")
    alone = statistics.median(one["one process"].extraction for one in rounds)
    for plan, (_, at_once) in plans.items():
        whole, extraction = (statistics.median(values) for values in zip(*(one[plan] for one in rounds), strict=True))
        print(f"{plan:20}{whole:9.1f}{extraction:14.1f}{at_once * alone / extraction:16.2f}")


if __name__ == "__main__":
    main()
