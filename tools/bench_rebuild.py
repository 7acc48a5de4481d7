"""How much quicker a build is when one article was added than from scratch, and whether it gives the same files.

    python tools/bench_rebuild.py [TEXTS] [--rounds 5]

For each article of bench_rebuild.toml: TEXTS with it are built from scratch, and TEXTS without it, to which it is then
added as often as there are rounds. Each build is `kg build --no-html --jobs 1` in a process of its own, with a cache of
its own that is warm. Printed: CPU and wall time, from scratch of one build, added the medians. The ratio counts: on
a busy machine all seconds grow. Exit 1 where the files of both ways differ. TEXTS is what kg build takes; without it
the 3,000 broadcasts of shared/corpus, else as many made articles.
"""

import argparse
import filecmp
import gzip
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
BROADCASTS = ROOT.parent / "shared" / "corpus" / "broadcasts.jsonl.gz"
ADDED = Path(__file__).with_suffix(".toml")
MADE = 3000  # articles, where there are no others
SAME = ("graph.nt", "graph.ttl")


class Took(NamedTuple):
    """What a build took, in seconds."""

    cpu: float
    wall: float


def build(texts: Sequence[Path], out: Path) -> Took:
    """Build, in a process of its own."""
    command = [sys.executable, "-m", "kg", "build", *map(str, texts), "-o", str(out), "--no-html", "--jobs", "1", "-q"]
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    wall, after = time.perf_counter() - begun, resource.getrusage(resource.RUSAGE_CHILDREN)
    return Took(after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime, wall)


def rebuild(texts: Sequence[Path], base: Path, out: Path) -> Took:
    """Build into a copy of what was built before."""
    shutil.rmtree(out, ignore_errors=True)
    shutil.copytree(base, out, symlinks=True)
    os.sync()  # what the copy left to be written is not to be waited for by the build
    return build(texts, out)


def medians(several: Sequence[Took]) -> Took:
    """The median of each."""
    return Took(*map(statistics.median, zip(*several, strict=True)))


def made(folder: Path) -> Path:
    """A file of made articles, always the same."""
    path = folder / "articles.jsonl.gz"
    command = [sys.executable, str(ROOT / "tools" / "make_articles.py"), str(MADE)]
    path.write_bytes(gzip.compress(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout))
    return path


def main() -> None:
    """Time, compare, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", nargs="?", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="kg-bench-") as name:
        folder = Path(name)
        os.environ["XDG_CACHE_HOME"] = str(folder / "cache")
        texts = options.texts or (BROADCASTS if BROADCASTS.exists() else made(folder))
        base, out, whole = folder / "base", folder / "out", folder / "whole"
        files = []
        for number, article in enumerate(tomllib.loads(ADDED.read_text(encoding="utf-8"))["article"]):
            files.append((article["name"], folder / f"{article['published']}-{number}.txt"))
            files[-1][1].write_text(f"{article['published']}\n{article['text']}\n", encoding="utf-8")
        build([files[0][1]], out)  # warms the cache
        print(f"{texts.name}, one core; from scratch once, added the medians of {options.rounds}\n")
        print(f"{'added':34}{'from scratch':>16}{'added':>15}{'ratio':>15}")
        print(f"{'':34}{'CPU s   wall s':>16}{'CPU s  wall s':>15}{'CPU    wall':>15}", flush=True)
        build([texts], base)
        differing = []
        for title, file in files:
            shutil.rmtree(whole, ignore_errors=True)
            scratch = build([texts, file], whole)
            took = medians([rebuild([texts, file], base, out) for _ in range(options.rounds)])
            ratio = f"{scratch.cpu / took.cpu:7.1f}{scratch.wall / took.wall:8.1f}"
            print(f"{title:34}{scratch.cpu:7.1f}{scratch.wall:9.1f}{took.cpu:7.2f}{took.wall:8.2f}{ratio}", flush=True)
            differing += [f"{title}: {one} differs" for one in SAME if not filecmp.cmp(out / one, whole / one, False)]
    print("", *differing or ["The files of both ways are the same."], sep="\n")
    sys.exit(bool(differing))


if __name__ == "__main__":
    main()
