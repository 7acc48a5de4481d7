"""Read news and write its knowledge graph: graph.ttl, graph.nt, graph.html, store/ and run.json.

for example:
  kg build seeds -o out
  kg build news/2020 news/2021.jsonl.gz -o out --source 新华日报
  kg build news -o out --corrections corrections.toml    # what you put right, on every build
  kg build s3://news/2020 -o out --cluster tcp://10.0.0.1:8786 --shards s3://work/shards
  kg build - -o out --published 2020-06-07 < article.txt
"""

import argparse
from collections.abc import Sequence
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING

from kg.commands.options import add_inputs, knowledge_folders
from kg.commands.terminal import INTERRUPTED, Pace, Terminal

if TYPE_CHECKING:
    from kg.model import Document
    from kg.pipeline import Progress
    from kg.report import Report

_SHOWN = 5  # warnings or failures, unless --verbose
_WHAT = {
    "graph.html": "to look at: open it in a browser",
    "graph.ttl": "Turtle, for people and stores",
    "graph.nt": "N-Triples, sorted",
    "store": "for kg query",
    "run.json": "what was done",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    add_inputs(parser)
    parser.add_argument("-o", "--out", default="out", help="folder to write into (default: out)")
    parser.add_argument("--no-html", action="store_true", help="leave graph.html out")
    parser.add_argument("--no-store", action="store_true", help="leave store/ out")
    parser.add_argument(
        "-j", "--jobs", type=int, default=0, metavar="N", help="processes that extract (default: one a processor)"
    )
    parser.add_argument(
        "--corrections", type=Path, metavar="FILE",
        help="what persons put right (.toml .csv .tsv): merge, split, rename, retype, reject, assert",
    )
    parser.add_argument(
        "--fresh", action="store_true", help="do everything anew, without what the last build kept in OUT/.kg"
    )
    parser.add_argument(
        "--cluster", metavar="ADDRESS",
        help="extract on the workers of the Dask scheduler there, tcp://HOST:8786; PATH may then be s3://… or the like",
    )
    parser.add_argument(
        "--shards", metavar="PLACE",
        help="with --cluster: where workers put their files, a folder or s3://… that all reach (default: OUT/shards)",
    )
    parser.add_argument("--base", metavar="IRI", help="where the IRIs of terms and individuals begin")


def run(options: argparse.Namespace, terminal: Terminal) -> int:
    """Build, print the summary; 1 if a document failed or nothing was found."""
    pace = Pace()

    def progress(done: int, total: int, document: "Document") -> None:
        terminal.progress(f"{pace.told(done, total)}  {document.title or document.name}")

    try:
        report = _build_on_cluster(options, terminal) if options.cluster else _build(options, progress)
    except KeyboardInterrupt:
        terminal.clear()
        terminal.error(f"interrupted; {options.out} is as it was, and the next build goes on where this one was")
        return INTERRUPTED
    terminal.clear()
    print(summary(report))
    run_json = Path(report.out, "run.json")
    limit = None if terminal.verbose else _SHOWN
    for note in report.notes:
        terminal.say(f"note: {note}")
    for stale in report.stale:
        terminal.say(f"warning: {stale}; the correction was not applied")
    for warning in report.warnings[:limit]:
        terminal.say(f"warning: {warning}")
    _rest(report.warnings[_SHOWN:], "warnings", run_json, terminal)
    for stage, seconds in report.seconds.items():
        terminal.detail(f"{stage:10} {seconds:8.3f} s")
    for failure in report.failed[:limit]:
        terminal.error(f"{failure.document}: {failure.error} (a bug of kg; its trace is in {run_json})")
    _rest(report.failed[_SHOWN:], "failures", run_json, terminal)
    if not report.types:
        terminal.error("nothing was found in these texts; are they Chinese news?")
    return 1 if report.failed or not report.types else 0


def _build(options: argparse.Namespace, progress: "Progress") -> "Report":
    from kg.pipeline import build
    from kg.vocabulary import BASE

    return build(
        options.paths,
        options.out,
        html=not options.no_html,
        store=not options.no_store,
        base=options.base or BASE,
        published=options.published,
        title=options.title,
        source=options.source,
        knowledge=knowledge_folders(options),
        corrections=options.corrections,
        jobs=max(options.jobs, 0),
        fresh=options.fresh,
        progress=progress,
    )


def _build_on_cluster(options: argparse.Namespace, terminal: Terminal) -> "Report":
    from kg.errors import KGError
    from kg.vocabulary import BASE

    try:
        from kg.cluster import Place, build_on_cluster
    except ImportError as error:
        raise KGError(f"--cluster needs {error.name}: pip install 'kg-chinese-news[cluster]'") from error
    return build_on_cluster(
        options.paths,
        options.out,
        Place(options.cluster, options.shards or str(Path(options.out, "shards").resolve())),
        store=not options.no_store,
        base=options.base or BASE,
        published=options.published,
        title=options.title,
        source=options.source,
        knowledge=knowledge_folders(options),
        corrections=options.corrections,
        say=terminal.progress,
    )


def _rest(rest: Sequence[object], what: str, where: Path, terminal: Terminal) -> None:
    """Say how many are not shown."""
    if rest and not terminal.verbose:
        terminal.say(f"and {len(rest)} {what} more: see {where}")


def summary(report: "Report") -> str:
    """The counts side by side, and the files."""
    entities, facts = sum(report.types.values()), sum(report.relations.values())
    copies = f" ({_many(report.copies, 'copy', 'copies')} among them)" if report.copies else ""
    lines = [
        f"{_many(report.documents, 'article')}{copies}: "
        f"{_many(entities, 'entity', 'entities')}, {_many(facts, 'fact')}, "
        f"{_many(report.triples, 'triple')} in {sum(report.seconds.values()):.1f} s",
        "",
    ]
    if report.renewed:
        told = [f"{count:,} {what}" for what, count in report.renewed.items() if count]
        lines[-1:] = [f"since the last build: {', '.join(told)}; facts extracted from {report.extracted:,}", ""]
    if report.documents > 1:
        people, conflicts = report.people, sum(report.conflicts.values())
        lines[-1:] = [
            f"{people['in articles']:,} people of single articles are {people['merged']:,}, "
            f"{people['shared names']:,} of their names shared; {_many(conflicts, 'conflict')}",
            "",
        ]
    if report.corrections:
        stale = f", {len(report.stale):,} no longer applied: see the warnings" if report.stale else ""
        lines[-1:] = [f"{_many(report.corrected, 'correction')} of {report.corrections}{stale}", ""]
    columns = [
        [f"{name:14}{count:8,}" for name, count in counted.items()] for counted in (report.types, report.relations)
    ]
    lines += [f"{left:22}    {right}".rstrip() for left, right in zip_longest(*columns, fillvalue="")]
    lines += [""] + [f"{Path(report.out, name)!s:24} {what}" for name, what in _WHAT.items() if name in report.files]
    return "\n".join(lines)


def _many(count: int, one: str, many: str = "") -> str:
    return f"{count:,} {one if count == 1 else many or one + 's'}"
