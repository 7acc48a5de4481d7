"""How soon a page's picture is at rest in a browser, beside plain pyvis with its defaults on the same graph.

    python tools/bench_view.py [--nodes 300 2000 10000] [--rounds 3] [--limit 60]

The graphs are invented, the browser is a headless Chromium without a network, and both kinds of page are opened in turn
in one run. At rest means: everything is drawn and nothing moves any more, measured in the page from the start of the
navigation; beside it stands the CPU time of the page's main thread, which what else the machine does changes little.
Plain pyvis lays out while one watches; what is not at rest after `--limit` seconds is given up and shown as more than
that.
"""

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from kg.model import Assembly
from kg.view import to_html

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from browser import CHROMIUM, Reader, chromium
from drawn import large

OURS, PYVIS = "kg", "pyvis"
AT_REST = {
    OURS: "() => document.documentElement.dataset.drawn && performance.getEntriesByName('drawn')[0].startTime",
    PYVIS: "() => window.network && network.physics.stabilized && performance.now()",
}


def plain(assembly: Assembly) -> str:
    """The page that pyvis makes of the same things and facts when one asks for nothing."""
    from pyvis.network import Network

    network = Network(cdn_resources="in_line")
    for entity in assembly.entities:
        network.add_node(entity.id, label=entity.name)
    for statement in assembly.statements:
        if isinstance(statement.object, str):
            network.add_edge(statement.subject, statement.object, title=statement.predicate)
    return str(network.generate_html())


def opened(browser: Any, file: Path, kind: str, limit: float) -> tuple[float, float] | None:
    """Seconds until the page is at rest, by the clock and of CPU time; None if that takes longer than the limit."""
    from playwright.sync_api import TimeoutError as Late

    reader = Reader(browser)
    meter = reader.context.new_cdp_session(reader.page)
    meter.send("Performance.enable", {"timeDomain": "threadTicks"})
    try:
        reader.page.goto(file.as_uri(), wait_until="commit", timeout=1000 * limit)
        found = reader.page.wait_for_function(AT_REST[kind], timeout=1000 * limit, polling=100)
        metrics = {one["name"]: one["value"] for one in meter.send("Performance.getMetrics")["metrics"]}
        return float(found.json_value()) / 1000, float(metrics["TaskDuration"])
    except Late:
        return None
    finally:
        reader.context.close()


def row(nodes: int, kind: str, make: Callable[[Assembly], str], browser: Any, options: argparse.Namespace) -> str:
    """A line of the table."""
    assembly = large(nodes)
    begin = time.process_time()
    page = make(assembly)
    made = time.process_time() - begin
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "page.html")
        file.write_text(page, encoding="utf-8", newline="\n")
        times = []
        for _ in range(options.rounds):
            times.append(opened(browser, file, kind, options.limit))
            if times[-1] is None:  # nor will it be the next time
                break
    known = [one for one in times if one is not None]
    clock, cpu = f"> {options.limit:.0f}", ""
    if len(known) == len(times):
        clock, cpu = (f"{statistics.median(one):.2f}" for one in zip(*known, strict=True))
    return f"{nodes:6}  {kind:6}{made:10.2f}{len(page.encode()) / 1e6:8.2f}{clock:>12}{cpu:>12}"


def main() -> None:
    """Open, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--nodes", type=int, nargs="+", default=[300, 2000, 10000])
    parser.add_argument("--rounds", type=int, default=3, help="median of so many")
    parser.add_argument("--limit", type=float, default=60, help="seconds after which a page is given up")
    parser.add_argument("--all", action="store_true", help="draw all nodes at once, however many")
    options = parser.parse_args()
    if CHROMIUM is None:
        parser.error("no Chromium here: apt-get install chromium")
    print(" nodes  page   made, CPU s    MB  at rest, s  its CPU, s")
    with chromium() as browser:
        for nodes in options.nodes:
            limit = nodes if options.all else None
            kinds = {OURS: partial(to_html, limit=limit), PYVIS: plain}
            for kind, make in kinds.items():
                print(row(nodes, kind, make, browser, options), flush=True)


if __name__ == "__main__":
    main()
