"""The order of everything: paths → documents → facts → one assembly → the files of OUT/.

What an earlier build into the same folder read and extracted is kept there (see `remember`), and not done again.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from threading import Thread

from kg import rdf
from kg.assemble import assemble
from kg.collate import collate
from kg.corpus import collate_heads, state_of, take_in
from kg.corrections import Entry, Stale
from kg.errors import BuildError
from kg.extract import extract
from kg.identify import identify, identify_observed
from kg.knowledge import Knowledge, load, no_collection
from kg.model import Assembly, Document, Facts, short_hash
from kg.output import HTML, NAMES, NTRIPLES, RUN, STORE, TURTLE, Workshop, workshop
from kg.read import given_fields, list_files
from kg.rebuild import Corpus, write_ledger, write_renewed
from kg.remember import DamagedError, Head, Memory, forget, recall
from kg.report import Clock, Counts, Report, counts, write_run
from kg.spread import Failure, cores, extract_each
from kg.store import create, refuse_other
from kg.turtle import turtle
from kg.vocabulary import BASE, check_base

_SOURCES = "sources.json"  # beside the files of a result: the documents that it was made of

# Documents done, documents to be done, and the one that is done just now.
Progress = Callable[[int, int, Document], None]


@dataclass(frozen=True, slots=True)
class Options:
    """What a build is asked for, beside the paths."""

    html: bool = True
    store: bool = True
    base: str = BASE
    published: str = ""
    title: str = ""
    source: str = ""
    knowledge: tuple[Path, ...] = ()
    corrections: Path | None = None  # what persons put right
    jobs: int = 0  # processes that extract; 0 stands for as many as there are processors
    fresh: bool = False  # use nothing that an earlier build kept


def assemble_all(facts: Iterable[Facts], knowledge: Knowledge, copies: Iterable[Document] = ()) -> Assembly:
    """One graph of the facts of all documents, whatever their order; `copies` are the articles that repeat others."""
    return assemble_corrected(facts, knowledge, copies, ())[0]


def assemble_corrected(
    facts: Iterable[Facts], knowledge: Knowledge, copies: Iterable[Document], entries: Sequence[Entry]
) -> tuple[Assembly, tuple[Stale, ...]]:
    """The same with what persons put right, and the entries that no longer apply."""
    named = identify(sorted(facts, key=lambda one: one.document.id), knowledge)
    return _assembled(named, knowledge, tuple(copies), entries)


def _assembled(
    named: Sequence[Facts], knowledge: Knowledge, copies: Sequence[Document], entries: Sequence[Entry]
) -> tuple[Assembly, tuple[Stale, ...]]:
    from kg.correct import correct

    corrected, corrections = correct(named, entries, copies)
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
    fresh: bool = False,
    progress: Progress | None = None,
) -> Report:
    """Read, extract, assemble and write; OUT is whole or untouched, and the same input gives the same files.

    `jobs` processes extract; 0 stands for as many as there are processors. What an earlier build into OUT kept is used
    unless `fresh`; it never changes what comes out.
    """
    options = Options(html, store, base, published, title, source, tuple(knowledge), corrections, jobs, fresh)
    check_base(base)
    refuse_other(Path(out, STORE))
    with workshop(Path(out)) as shop:
        try:
            return _build(paths, shop, options, (), progress)
        except DamagedError:
            forget(shop.lasting)
        try:
            return _build(paths, shop, options, ("what the last build kept is damaged: all is done anew",), progress)
        except DamagedError as error:
            raise BuildError(f"{shop.lasting}: nothing can be kept there ({error.__cause__})") from error


def _build(
    paths: Sequence[str | Path], shop: Workshop, options: Options, notes: tuple[str, ...], progress: Progress | None
) -> Report:
    clock, bench = Clock(), shop.bench
    given = given_fields(published=options.published, title=options.title, source=options.source)
    known = load(options.knowledge)
    listing = list_files(paths)
    entries = _entries(options.corrections)
    with recall(shop.lasting, state_of(known), fresh=options.fresh) as (memory, why):
        notes += (f"{why}: all is done anew",) if why else ()
        clock.lap("prepare")
        heads, files = take_in(listing.files, given, known, memory)
        memory.commit()
        clock.lap("read")
        repeats = collate_heads(heads, memory)
        originals = [head for head in heads if repeats[head.id] == head.id]
        copies = [head for head in heads if repeats[head.id] != head.id]
        clock.lap("collate")
        work = _extract(originals, known, memory, options, progress)
        clock.lap("extract")
        corpus = Corpus(
            {head.id: head for head in originals if head.key not in work.failed},
            {head.id: (head, repeats[head.id]) for head in copies},
        )
        with no_collection():
            made = _made(corpus, len(heads), work, shop, known, entries, memory, options, clock)
        others = (path for path in listing.passed_over if not options.corrections or Path(path) != options.corrections)
        warnings = []
        if not options.corrections and (last := _corrections_before(shop.out)):
            warnings.append(f"{shop.out} was built with {last}, and now is without; give --corrections {last}")
        warnings += [f"{path}: no article, passed over" for path in others]
        warnings += [f"{one.name}: no day of publication; give --published" for one in heads if not one.published]
        report = Report(
            out=str(shop.out),
            documents=len(heads),
            copies=len(copies),
            renewed=_renewed(heads, shop.last),
            extracted=len(work.facts),
            people=made.counts.people,
            judgements=made.counts.judgements,
            conflicts=made.counts.conflicts,
            types=made.counts.types,
            relations=made.counts.relations,
            triples=made.triples,
            files=tuple(sorted([*(name for name in NAMES if (bench / name).exists()), RUN])),
            warnings=tuple(warnings),
            notes=notes,
            failed=tuple(work.failed.values()),
            corrections=str(options.corrections or ""),
            corrected=made.corrected,
            stale=made.stale,
            knowledge=known.version,
            seconds=clock.laps,
            slowest=work.slowest,
        )
        write_run(report, bench / RUN)
        _write_sources(heads, bench)
        memory.forget_all_but([head.key for head in heads], files)
    return report


def _entries(corrections: Path | None) -> Sequence[Entry]:
    """What persons put right."""
    if not corrections:
        return ()
    from kg.read.corrections import read_corrections

    return read_corrections(corrections)


@dataclass(frozen=True, slots=True)
class _Made:
    """A graph that was written."""

    counts: Counts
    triples: int
    corrected: int = 0
    stale: tuple[str, ...] = ()


def _made(
    corpus: Corpus, documents: int, work: "_Work", shop: Workshop, known: Knowledge, entries: Sequence[Entry],
    memory: Memory, options: Options, clock: Clock,
) -> _Made:  # fmt: skip
    """Write the graph: from the last one if it can be had from that, else anew."""
    bench = shop.bench
    # What persons say may concern any document, and two documents of one id are told apart only when all are at hand.
    plain = not entries and not known.judgements and len(corpus.originals) + len(corpus.copies) == documents
    state = short_hash(state_of(known), options.base)
    if plain and shop.last and not options.html and not options.fresh:
        renewed = write_renewed(
            shop.last, bench, corpus, state, memory, known, clock, base=options.base, store=options.store
        )
        if renewed:
            return _Made(*renewed)
    facts = _all_facts(corpus.originals.values(), work, memory)
    clock.lap("recall")
    ordered = sorted(facts, key=lambda one: one.document.id)
    identified = identify_observed(ordered, known)
    copies = [memory.document(head, of) for head, of in corpus.copies.values()]
    assembly, stale = _assembled(identified[0], known, copies, entries)
    clock.lap("assemble")
    triples = _write_graph(assembly, bench, options, clock)
    counted = counts(facts, assembly)
    if plain:
        write_ledger(bench, corpus, state, counted, triples, assembly, identified, known)
        clock.lap("ledger")
    return _Made(counted, triples, len(assembly.corrections), tuple(map(str, stale)))


@dataclass(frozen=True, slots=True)
class _Work:
    """What was extracted in this build."""

    facts: Mapping[str, Facts]  # by the key of the document
    failed: Mapping[str, Failure]  # likewise
    slowest: float


def _extract(
    originals: Sequence[Head], known: Knowledge, memory: Memory, options: Options, progress: Progress | None
) -> _Work:
    """Extract from the documents whose facts are not kept, and keep them as they come."""
    done = memory.known_facts()
    missing = [head for head in originals if head.key not in done]
    facts: dict[str, Facts] = {}
    failed: dict[str, Failure] = {}
    slowest = 0.0
    outcomes = extract_each(map(memory.document, missing), known, options.jobs or cores())
    try:
        for number, (head, outcome) in enumerate(zip(missing, outcomes, strict=True), 1):
            if isinstance(outcome.result, Failure):
                failed[head.key] = outcome.result
            else:
                facts[head.key] = outcome.result
                memory.keep_facts(outcome.result, outcome.packed)
            slowest = max(slowest, outcome.seconds)
            if progress:
                progress(number, len(missing), Document(head.id, head.name, "", head.title))
    finally:
        memory.commit()
    return _Work(facts, failed, round(slowest, 3))


def _all_facts(originals: Iterable[Head], work: _Work, memory: Memory) -> list[Facts]:
    """The facts of all documents that have some: those just extracted, and those that were kept."""
    return [work.facts.get(head.key) or memory.facts(head) for head in originals]


def _corrections_before(out: Path) -> str:
    """The corrections file of the last build into that folder, if there was one."""
    try:
        last = json.loads((out / RUN).read_text(encoding="utf-8"))
    except (OSError, ValueError):  # the first build, or a folder of something else
        return ""
    return str(last.get("corrections", "")) if isinstance(last, dict) else ""


def _renewed(heads: Sequence[Head], last: Path | None) -> dict[str, int]:
    """How many documents are new, changed, gone or unchanged since the last result; nothing where there is none."""
    try:
        before: dict[str, str] = json.loads((last / _SOURCES).read_text(encoding="utf-8")) if last else {}
    except (OSError, ValueError):
        before = {}
    if not before:
        return {}
    now = {head.key: head.name for head in heads}
    came = [name for key, name in now.items() if key not in before]
    went = [name for key, name in before.items() if key not in now]
    changed = len(set(came) & set(went))
    return {
        "new": len(came) - changed, "changed": changed, "gone": len(went) - changed, "unchanged": len(now) - len(came)
    }  # fmt: skip


def _write_sources(heads: Sequence[Head], bench: Path) -> None:
    sources = json.dumps({head.key: head.name for head in heads})
    (bench / _SOURCES).write_text(sources, encoding="utf-8")


def _write_graph(assembly: Assembly, bench: Path, options: Options, clock: Clock) -> int:
    """Write graph.nt and what is made of it: the store, graph.ttl, the page; the number of triples."""
    lines = rdf.lines_of(assembly, options.base)
    (bench / NTRIPLES).write_bytes("".join(lines).encode())
    clock.lap("rdf")
    # The store is filled outside of Python, which can write the rest meanwhile.
    with _beside(create, bench / STORE, bench / NTRIPLES) if options.store else nullcontext():
        (bench / TURTLE).write_bytes("".join(turtle(lines, options.base)).encode())
        clock.lap("turtle")
        if options.html:
            from kg.view import to_html

            (bench / HTML).write_text(to_html(assembly), encoding="utf-8", newline="\n")
            clock.lap("html")
    if options.store:
        clock.lap("store")
    return len(lines)


@contextmanager
def _beside(work: Callable[[Path, Path], None], *paths: Path) -> Iterator[None]:
    """Do the work in a thread of its own while the block runs; what it raises is raised when both have ended."""
    errors: list[BaseException] = []

    def run() -> None:
        try:
            work(*paths)
        except BaseException as error:  # raised below, in the thread that asked for the work
            errors.append(error)

    thread = Thread(target=run)
    thread.start()
    try:
        yield
    finally:
        thread.join()
    if errors:
        raise errors[0]
