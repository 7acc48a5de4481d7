"""The order of everything: paths → documents → facts → one assembly → the files of OUT/."""

import contextlib
import datetime
import json
import platform
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from kg import rdf
from kg.assemble import assemble
from kg.collate import collate
from kg.correct import correct
from kg.corrections import Entry, Stale
from kg.extract import extract
from kg.identify import identify
from kg.knowledge import Knowledge, load
from kg.model import ENTITY_TYPES, RELATIONS, Assembly, Document, Facts
from kg.output import HTML, NAMES, NTRIPLES, RUN, STORE, TURTLE, workshop
from kg.read import list_files, read, read_corrections
from kg.spread import Failure, Outcome, cores, extract_each
from kg.store import create, refuse_other
from kg.vocabulary import BASE, check_base


@dataclass(frozen=True, slots=True)
class Report:
    """What a build did: everything of run.json except the clock and the versions."""

    out: str
    documents: int
    copies: int  # documents that repeat others, and were not extracted from
    people: dict[str, int]  # in the articles one by one, after merging, and names that more than one of them bear
    judgements: dict[str, int]  # by verdict
    conflicts: dict[str, int]  # by rule
    types: dict[str, int]
    relations: dict[str, int]
    triples: int
    files: tuple[str, ...]
    warnings: tuple[str, ...]
    failed: tuple[Failure, ...]
    corrections: str  # the file, or ""
    corrected: int  # corrections that took effect
    stale: tuple[str, ...]  # those that no longer apply, with file, line and why
    knowledge: str
    seconds: dict[str, float]  # by stage
    slowest: float  # seconds that one document took at most


Progress = Callable[[int, Document], None]


def assemble_all(facts: Iterable[Facts], knowledge: Knowledge, copies: Iterable[Document] = ()) -> Assembly:
    """One graph of the facts of all documents, whatever their order; `copies` are the articles that repeat others."""
    return assemble_corrected(facts, knowledge, copies, ())[0]


def assemble_corrected(
    facts: Iterable[Facts], knowledge: Knowledge, copies: Iterable[Document], entries: Sequence[Entry]
) -> tuple[Assembly, tuple[Stale, ...]]:
    """The same with what persons put right, and the entries that no longer apply."""
    ordered = sorted(facts, key=lambda one: one.document.id)
    copies = tuple(copies)
    corrected, corrections = correct(identify(ordered, knowledge), entries, copies)
    return assemble(corrected, knowledge.divisions, copies, knowledge, corrections), corrections.stale


def build_assembly(documents: Iterable[Document], knowledge: Knowledge | None = None) -> Assembly:
    """The graph of the documents, in memory; what extraction raises is raised."""
    return build_corrected(documents, knowledge or load(), ())[0]


def build_corrected(
    documents: Iterable[Document], knowledge: Knowledge, entries: Sequence[Entry]
) -> tuple[Assembly, tuple[Stale, ...]]:
    """The same with what persons put right, and the entries that no longer apply."""
    originals, copies = part_copies(documents)
    return assemble_corrected((extract(document, knowledge) for document in originals), knowledge, copies, entries)


def part_copies(documents: Iterable[Document]) -> tuple[list[Document], list[Document]]:
    """The documents to extract from, and those that only repeat one of them."""
    collated = collate(list(documents))
    return [one for one in collated if not one.copy_of], [one for one in collated if one.copy_of]


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
    corrections: Path | None = None,
    jobs: int = 0,
    progress: Progress | None = None,
) -> Report:
    """Read, extract, assemble and write; OUT is whole or untouched, and the same input gives the same files.

    `jobs` processes extract; 0 stands for as many as there are processors.
    """
    clock = _Clock()
    check_base(base)
    refuse_other(Path(out, STORE))
    with workshop(Path(out)) as shop:
        bench = shop.bench
        known = load(tuple(knowledge))
        listing = list_files(paths)
        entries = read_corrections(corrections) if corrections else ()
        clock.lap("prepare")
        documents = list(read(paths, published=published, title=title, source=source, knowledge=known))
        clock.lap("read")
        originals, copies = part_copies(documents)
        clock.lap("collate")
        extracted = extract_each(originals, known, jobs or cores())
        outcomes = list(_with_progress(extracted, originals, progress))
        clock.lap("extract")
        facts = [one.result for one in outcomes if isinstance(one.result, Facts)]
        failed = tuple(one.result for one in outcomes if isinstance(one.result, Failure))
        assembly, stale = assemble_corrected(facts, known, copies, entries)
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
        others = (path for path in listing.passed_over if not corrections or Path(path) != corrections)
        warnings = []
        if not corrections and (last := _corrections_before(Path(out))):
            warnings.append(f"{out} was built with {last}, and now is without; give --corrections {last}")
        warnings += [f"{path}: no article, passed over" for path in others]
        warnings += [f"{one.name}: no day of publication; give --published" for one in documents if not one.published]
        report = Report(
            out=str(out),
            documents=len(documents),
            copies=len(copies),
            people=_people(facts, assembly),
            judgements=dict(sorted(Counter(one.verdict for one in assembly.judgements).items())),
            conflicts=dict(sorted(Counter(one.rule for one in assembly.conflicts).items())),
            types=_count((entity.type for entity in assembly.entities), ENTITY_TYPES),
            relations=_count((statement.predicate for statement in assembly.statements), RELATIONS),
            triples=triples,
            files=tuple(sorted([*(name for name in NAMES if (bench / name).exists()), RUN])),
            warnings=tuple(warnings),
            failed=failed,
            corrections=str(corrections or ""),
            corrected=len(assembly.corrections),
            stale=tuple(map(str, stale)),
            knowledge=known.version,
            seconds=clock.laps,
            slowest=round(max((one.seconds for one in outcomes), default=0.0), 3),
        )
        _write_run(report, bench / RUN)
    return report


def _corrections_before(out: Path) -> str:
    """The corrections file of the last build into that folder, if there was one."""
    try:
        last = json.loads((out / RUN).read_text(encoding="utf-8"))
    except (OSError, ValueError):  # the first build, or a folder of something else
        return ""
    return str(last.get("corrections", "")) if isinstance(last, dict) else ""


def _with_progress(
    outcomes: Iterable[Outcome], documents: Iterable[Document], progress: Progress | None
) -> Iterator[Outcome]:
    """The outcomes as they come, with a word on each document that is done."""
    for number, (outcome, document) in enumerate(zip(outcomes, documents, strict=True), 1):
        if progress:
            progress(number, document)
        yield outcome


def _write_graph(assembly: Assembly, bench: Path, base: str) -> int:
    """Write graph.nt and graph.ttl; the number of triples."""
    lines = rdf.ntriples(assembly, base)
    (bench / NTRIPLES).write_bytes(lines)
    (bench / TURTLE).write_bytes(rdf.turtle(assembly, base))
    return lines.count(b"\n")


def _people(facts: Iterable[Facts], assembly: Assembly) -> dict[str, int]:
    """How many persons the articles name, each for itself, and how many those are."""
    named = Counter(entity.name for entity in assembly.entities if entity.type == "Person")
    return {
        "in articles": sum(entity.type == "Person" for one in facts for entity in one.entities),
        "merged": named.total(),
        "shared names": sum(count > 1 for count in named.values()),
    }


def _count(things: Iterable[str], order: Sequence[str]) -> dict[str, int]:
    """How many of each, those of the guideline first, what does not occur left out."""
    counted = Counter(things)
    names = [*order, *sorted(set(counted) - set(order))]
    return {name: counted[name] for name in names if counted[name]}


class _Clock:
    """Seconds by stage."""

    def __init__(self) -> None:
        self.laps: dict[str, float] = {}
        self._last = time.perf_counter()

    def lap(self, stage: str) -> None:
        now = time.perf_counter()
        self.laps[stage] = round(now - self._last, 3)
        self._last = now


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
