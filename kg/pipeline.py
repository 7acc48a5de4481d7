"""The order of everything: paths → documents → facts → one assembly → the files of OUT/."""

import contextlib
import datetime
import json
import platform
import shutil
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TypeVar

from kg import rdf
from kg.assemble import assemble
from kg.errors import BuildError
from kg.extract import extract
from kg.identify import identify
from kg.knowledge import Knowledge, load
from kg.model import ENTITY_TYPES, RELATIONS, Assembly, Document, Facts
from kg.read import list_files, read
from kg.store import create, refuse_other
from kg.vocabulary import BASE, check_base

TURTLE, NTRIPLES, HTML, STORE, RUN = "graph.ttl", "graph.nt", "graph.html", "store", "run.json"


@dataclass(frozen=True, slots=True)
class Failure:
    """A document on which extraction raised: always a bug of ours, never hidden."""

    document: str
    error: str
    trace: str


@dataclass(frozen=True, slots=True)
class Report:
    """What a build did: everything of run.json except the clock and the versions."""

    out: str
    documents: int
    types: dict[str, int]
    relations: dict[str, int]
    triples: int
    files: tuple[str, ...]
    warnings: tuple[str, ...]
    failed: tuple[Failure, ...]
    knowledge: str
    seconds: dict[str, float]  # by stage
    slowest: float  # seconds that one document took at most


T = TypeVar("T")
Progress = Callable[[int, Document], None]


def extract_each(
    documents: Iterable[Document], knowledge: Knowledge, progress: Progress | None = None
) -> Iterator[Facts | Failure]:
    """For each document its facts, or the failure that kept them back, in the order of the documents."""
    for number, document in enumerate(documents, 1):
        try:
            yield extract(document, knowledge)
        except Exception as error:  # one article must not cost the other ten thousand; the caller reports it
            yield Failure(document.name, f"{type(error).__name__}: {error}", traceback.format_exc())
        if progress:
            progress(number, document)


def assemble_all(facts: Iterable[Facts], knowledge: Knowledge) -> Assembly:
    """One graph of the facts of all documents, whatever their order."""
    ordered = sorted(facts, key=lambda one: one.document.id)
    return assemble(identify(ordered), knowledge.divisions)


def build_assembly(documents: Iterable[Document], knowledge: Knowledge | None = None) -> Assembly:
    """The graph of the documents, in memory; what extraction raises is raised."""
    knowledge = knowledge or load()
    return assemble_all((extract(document, knowledge) for document in documents), knowledge)


def build(
    paths: Sequence[str | Path],
    out: str | Path,
    *,
    html: bool = True,
    store: bool = True,
    base: str = BASE,
    published: str = "",
    title: str = "",
    source: str = "",
    knowledge: Sequence[Path] = (),
    progress: Progress | None = None,
) -> Report:
    """Read, extract, assemble and write; OUT is whole or untouched, and the same input gives the same files."""
    clock = _Clock()
    check_base(base)
    refuse_other(Path(out, STORE))
    with _workshop(Path(out)) as bench:
        known = load(tuple(knowledge))
        listing = list_files(paths)
        clock.lap("prepare")
        documents = list(read(paths, published=published, title=title, source=source, knowledge=known))
        clock.lap("read")
        results = list(clock.each("extract", extract_each(documents, known, progress)))
        facts = [result for result in results if isinstance(result, Facts)]
        failed = tuple(result for result in results if isinstance(result, Failure))
        assembly = assemble_all(facts, known)
        clock.lap("assemble")
        triples = _write_graph(assembly, bench, base)
        clock.lap("rdf")
        if store:
            create(bench / STORE, bench / NTRIPLES)
            clock.lap("store")
        if html:
            from kg.view import to_html

            (bench / HTML).write_text(to_html(assembly), encoding="utf-8", newline="\n")
            clock.lap("html")
        warnings = [f"{path}: no text format, passed over" for path in listing.passed_over]
        warnings += [f"{one.name}: no day of publication; give --published" for one in documents if not one.published]
        report = Report(
            out=str(out),
            documents=len(documents),
            types=_count((entity.type for entity in assembly.entities), ENTITY_TYPES),
            relations=_count((statement.predicate for statement in assembly.statements), RELATIONS),
            triples=triples,
            files=tuple(sorted([*(path.name for path in bench.iterdir()), RUN])),
            warnings=tuple(warnings),
            failed=failed,
            knowledge=known.version,
            seconds=clock.laps,
            slowest=clock.longest,
        )
        _write_run(report, bench / RUN)
    return report


def _write_graph(assembly: Assembly, bench: Path, base: str) -> int:
    """Write graph.nt and graph.ttl; the number of triples."""
    lines = rdf.ntriples(assembly, base)
    (bench / NTRIPLES).write_bytes(lines)
    (bench / TURTLE).write_bytes(rdf.turtle(assembly, base))
    return lines.count(b"\n")


def _count(things: Iterable[str], order: Sequence[str]) -> dict[str, int]:
    """How many of each, those of the guideline first, what does not occur left out."""
    counted = Counter(things)
    names = [*order, *sorted(set(counted) - set(order))]
    return {name: counted[name] for name in names if counted[name]}


class _Clock:
    """Seconds by stage, and the longest that one item of a stage took."""

    def __init__(self) -> None:
        self.laps: dict[str, float] = {}
        self.longest = 0.0
        self._last = time.perf_counter()

    def lap(self, stage: str) -> None:
        now = time.perf_counter()
        self.laps[stage] = round(now - self._last, 3)
        self._last = now

    def each(self, stage: str, items: Iterable[T]) -> Iterator[T]:
        last = self._last
        for item in items:
            now = time.perf_counter()
            self.longest, last = max(self.longest, round(now - last, 3)), now
            yield item
        self.lap(stage)


@contextlib.contextmanager
def _workshop(out: Path) -> Iterator[Path]:
    """A folder beside the results of earlier builds, whose files replace those when all of them are done."""
    try:
        out.mkdir(parents=True, exist_ok=True)
        bench = Path(tempfile.mkdtemp(prefix=".building-", dir=out))
    except OSError as error:
        raise BuildError(f"{out}: cannot write there ({error.strerror}); give another folder with -o") from error
    try:
        yield bench
        for name in (STORE, HTML, TURTLE, NTRIPLES, RUN):
            _replace(bench / name, out / name)
    except OSError as error:
        raise BuildError(f"{error.filename or out}: cannot be written ({error.strerror})") from error
    finally:
        shutil.rmtree(bench, ignore_errors=True)


def _replace(new: Path, old: Path) -> None:
    """Put the new file or folder in the place of the old one; an old one without a successor is stale, and goes."""
    if old.is_dir():
        old.rename(new.with_name(f"old-{old.name}"))
    if new.exists():
        new.replace(old)
    else:
        old.unlink(missing_ok=True)


def _write_run(report: Report, path: Path) -> None:
    """The run report: the only file that knows the clock and the versions."""
    record = {
        **asdict(report),
        "finished": datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
        "versions": {"python": platform.python_version(), "platform": sys.platform, **_versions()},
    }
    path.write_text(json.dumps(record, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _versions() -> dict[str, str]:
    found = {}
    for name in ("kg-chinese-news", "rjieba", "ahocorasick-rs", "networkx", "rdflib", "pyoxigraph", "pyvis"):
        with contextlib.suppress(PackageNotFoundError):  # a checkout on the path is not installed
            found[name] = version(name)
    return found
