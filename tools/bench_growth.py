"""How the time and memory of the extraction grow with the number of articles.

    python tools/bench_growth.py [SIZES …]

For each size as many made articles (tools/make_articles.py) go through `kg extract`, one process of its own and one
core. Printed: CPU time, peak memory, and from each size to the next the slope of time on log–log axes (1 is in
proportion) and the ratio of memory. Without SIZES 100, 1,000 and 10,000; of 100,000 it takes a quarter of an hour.
"""

import argparse
import itertools
import math
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

MAKE = Path(__file__).with_name("make_articles.py")
SIZES = (100, 1_000, 10_000)


class Took(NamedTuple):
    """What the extraction from so many articles took."""

    articles: int
    cpu: float  # seconds
    peak: float  # MB


def extract(articles: int, folder: Path) -> Took:
    """Make the articles and extract from them, in a process of its own."""
    texts = folder / f"{articles}.jsonl.gz"
    subprocess.run([sys.executable, str(MAKE), str(articles), "-o", str(texts)], check=True)
    command = [sys.executable, "-m", "kg", "extract", str(texts), "-q"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    unit = 1 << 20 if sys.platform == "darwin" else 1 << 10  # in which ru_maxrss counts: bytes there, else kB
    return Took(articles, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / unit)


def growth(before: Took, after: Took) -> tuple[float, float]:
    """The slope of time over size on log–log axes, and the ratio of the memory."""
    return math.log(after.cpu / before.cpu) / math.log(after.articles / before.articles), after.peak / before.peak


def main() -> None:
    """Extract from the least first, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sizes", nargs="*", type=int, default=SIZES)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="kg-bench-") as name:
        os.environ["XDG_CACHE_HOME"] = str(Path(name, "cache"))
        extract(1, Path(name))  # warms the cache
        print(f"{'articles':>10}{'CPU s':>9}{'peak MB':>9}{'slope':>8}{'memory':>8}", flush=True)
        took = [extract(size, Path(name)) for size in sorted(options.sizes)]
        for before, one in itertools.pairwise([None, *took]):
            grown = "{:8.2f}{:8.2f}".format(*growth(before, one)) if before else ""
            print(f"{one.articles:10,}{one.cpu:9.1f}{one.peak:9.0f}{grown}")


if __name__ == "__main__":
    main()
