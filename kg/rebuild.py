"""The graph of this build from that of the last one, where little has changed: the same bytes as if made anew."""

import contextlib
import hashlib
import shutil
import sqlite3
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg import nodes, rdf
from kg.identify import Identity, Observed
from kg.knowledge import Knowledge
from kg.ledger import Ledger, new_ledger, opened
from kg.model import ENTITY_TYPES, RELATIONS, Assembly, Document, Facts
from kg.output import NTRIPLES, STORE, TURTLE
from kg.remember import Head, Memory
from kg.renew import Change, differences, note, parted, renew
from kg.report import Clock, Counts, in_order
from kg.splice import MismatchError, are_there, named_elsewhere, splice_blocks, splice_lines, splice_store
from kg.store import create
from kg.vocabulary import namespaces

_LEDGER, _DIGEST = "ledger.sqlite", "ledger.sha256"
_FEW, _SHARE = 20, 0.1  # documents: where more changed, it is quicker to make the graph anew


@dataclass(frozen=True, slots=True)
class Corpus:
    """The documents of a build: those that facts were extracted from, and those that repeat others."""

    originals: Mapping[str, Head]  # by id
    copies: Mapping[str, tuple[Head, str]]  # with the id of what each repeats, by id

    def sources(self) -> set[str]:
        """The outlets of all."""
        return {head.source for head in (*self.originals.values(), *(head for head, _ in self.copies.values()))} - {""}


class Library:
    """Documents and facts by the id of the document."""

    def __init__(self, heads: Mapping[str, Head], memory: Memory) -> None:
        self._heads, self._memory = heads, memory

    def documents(self, ids: Sequence[str]) -> Sequence[Document]:
        """The documents, in that order; MismatchError where one is no longer kept."""
        return self._memory.documents([self._head(ident) for ident in ids])

    def facts(self, ident: str) -> Facts:
        """Its facts, as they were extracted."""
        return self._memory.facts(self._head(ident))

    def _head(self, ident: str) -> Head:
        if ident not in self._heads:
            raise MismatchError
        return self._heads[ident]


def write_ledger(
    bench: Path, corpus: Corpus, state: str, counted: Counts, triples: int, assembly: Assembly,
    identified: tuple[Sequence[Facts], Sequence[Observed], Identity], knowledge: Knowledge,
) -> None:  # fmt: skip
    """Note beside a result all that the next build asks for."""
    named, observed, identity = identified
    with new_ledger(bench / _LEDGER) as ledger:
        for one, facts in zip(observed, named, strict=True):
            note(ledger, one, facts, identity, knowledge)
        names = Counter(entity.name for entity in assembly.entities if entity.type == "Person")
        _tell(ledger, bench, corpus, state, counted, names, triples)
    _seal(bench)


def write_renewed(
    last: Path, bench: Path, corpus: Corpus, state: str, memory: Memory, knowledge: Knowledge, clock: Clock, *,
    base: str, store: bool,
) -> tuple[Counts, int] | None:  # fmt: skip
    """Write the result from the last one, and its ledger; the counts and the number of triples.

    None where that cannot be done or is not worth it; what was written then is of no use.
    """
    with contextlib.suppress(MismatchError, sqlite3.Error):
        if _sealed(last) and _as_written(last):
            shutil.copyfile(last / _LEDGER, bench / _LEDGER)
            with _read_only(last / _LEDGER) as before, opened(bench / _LEDGER) as after:
                if before.told("state") != state:
                    raise MismatchError
                made = _renewed(last, bench, corpus, state, memory, knowledge, clock, base, store, before, after)
            _seal(bench)
            return made
    for name in (_LEDGER, NTRIPLES, TURTLE):
        (bench / name).unlink(missing_ok=True)
    shutil.rmtree(bench / STORE, ignore_errors=True)
    return None


def _renewed(
    last: Path, bench: Path, corpus: Corpus, state: str, memory: Memory, knowledge: Knowledge, clock: Clock, base: str,
    store: bool, before: Ledger, after: Ledger,
) -> tuple[Counts, int]:  # fmt: skip
    told: Any = before.told("corpus")
    originals: dict[str, str] = told["originals"]
    now = {ident: head.key for ident, head in corpus.originals.items()}
    gone, came = frozenset(originals.keys() - now.keys()), frozenset(now.keys() - originals.keys())
    if any(originals[ident] != now[ident] for ident in originals.keys() & now.keys()):
        raise MismatchError  # the same words, by another paper: rare
    if len(gone) + len(came) > max(_FEW, _SHARE * len(now)):
        raise MismatchError
    by_key = memory.heads()
    heads = {ident: by_key[key] for ident, key in {**originals, **now}.items() if key in by_key}
    if not gone <= heads.keys() or not {heads[one].key for one in gone} <= memory.known_facts():
        raise MismatchError  # forgotten by a build that was killed before its result was shown
    copies = _changed_copies(told["copies"], corpus, by_key, memory)
    library = Library(heads, memory)
    change = renew(before, after, library, knowledge, gone, came, copies)
    clock.lap("assemble")
    removed, added = _lines(parted(change, library), base, set(told["sources"]) & corpus.sources())
    _leave_shared_sentences(removed, added, last / NTRIPLES, base)
    triples = told["triples"] + splice_lines(last / NTRIPLES, bench / NTRIPLES, removed, added)
    subjects = {line[: line.index(" ")] for line in removed | added}
    splice_blocks(last / TURTLE, bench / TURTLE, base, subjects, last / NTRIPLES, bench / NTRIPLES)
    clock.lap("rdf")
    if store:
        if (last / STORE).is_dir() and before.told("store") == _stats(last / STORE):
            splice_store(last / STORE, bench / STORE, removed, added)
        else:
            create(bench / STORE, bench / NTRIPLES)
        clock.lap("store")
    people = sum(_persons(memory, heads[one]) for one in came) - sum(_persons(memory, heads[one]) for one in gone)
    counted, names = _counts(change, Counts(**told["counts"]), Counter(told["names"]), people)
    _tell(after, bench, corpus, state, counted, names, triples)
    return counted, triples


def _changed_copies(
    before: Mapping[str, Sequence[str]], corpus: Corpus, heads: Mapping[str, Head], memory: Memory
) -> tuple[list[Document], list[Document]]:
    """The copies that did not repeat the same before, as they were and as they are."""
    now = {ident: [head.key, of] for ident, (head, of) in corpus.copies.items()}
    if any(key not in heads for ident, (key, _) in before.items() if now.get(ident) != before[ident]):
        raise MismatchError
    old = [memory.document(heads[key], of) for ident, (key, of) in before.items() if now.get(ident) != [key, of]]
    new = [memory.document(heads[key], of) for ident, (key, of) in now.items() if before.get(ident) != [key, of]]
    return old, new


def _lines(both: tuple[Assembly, Assembly], base: str, outlets: set[str]) -> tuple[set[str], set[str]]:
    """The triples that go and that come; of outlets that stay, none."""
    old, new = (set(rdf.triples(one, base)) for one in both)
    stay = {f"<{namespaces(base)['id']}{nodes.outlet(name)}>" for name in outlets}
    gone, came = (
        {line for line in lines if line[: line.index(" ")] not in stay} for lines in (old - new, new - old)
    )
    return gone, came


def _leave_shared_sentences(removed: set[str], added: set[str], lines: Path, base: str) -> None:
    """Leave sentences as they are that are shown by guises of other names too, which are not at hand.

    So a sentence goes only with its article or with the last line that names it, and comes only where it is not there.
    """
    begin = f"<{namespaces(base)['id']}"
    gone, came = (
        {line[: line.index(" ")] for line in some if line.startswith(f"{begin}sentence-")} for some in (removed, added)
    )
    articles = {
        line[: line.index(" ")] for line in removed - added
        if line.startswith(f"{begin}article-") and line.split(" ", 2)[1].endswith("#type>")
    }  # fmt: skip
    with_article = {line.split(" ", 1)[0] for line in removed if line.split(" ", 2)[2][:-3] in articles}
    stay = named_elsewhere(lines, gone - came - with_article, removed) | are_there(lines, came - gone)
    for some in (removed, added):
        some -= {line for line in some if line[: line.index(" ")] in stay}


def _persons(memory: Memory, head: Head) -> int:
    return sum(entity.type == "Person" for entity in memory.facts(head).entities)


def _counts(
    change: Change, before: Counts, names: Counter[str], people: int
) -> tuple[Counts, Counter[str]]:
    """The counts after the change, and how many persons bear each name."""
    more = differences(change)
    names.update(more["names"])
    names = +names
    types = Counter(before.types)
    types.update(more["types"])
    relations = Counter(before.relations)
    relations.update(more["relations"])
    judgements, conflicts = Counter(before.judgements), Counter(before.conflicts)
    judgements.update(more["judgements"])
    conflicts.update(more["conflicts"])
    return Counts(
        {
            "in articles": before.people["in articles"] + people,
            "merged": names.total(),
            "shared names": sum(count > 1 for count in names.values()),
        },
        dict(sorted((+judgements).items())),
        dict(sorted((+conflicts).items())),
        in_order(types, ENTITY_TYPES),
        in_order(relations, RELATIONS),
    ), names


def _tell(
    ledger: Ledger, bench: Path, corpus: Corpus, state: str, counted: Counts, names: Counter[str], triples: int
) -> None:
    ledger.tell("state", state)
    ledger.tell("files", {name: _stat(bench / name) for name in (NTRIPLES, TURTLE)})
    ledger.tell("store", _stats(bench / STORE))
    ledger.tell("corpus", {
        "originals": {ident: head.key for ident, head in corpus.originals.items()},
        "copies": {ident: [head.key, of] for ident, (head, of) in corpus.copies.items()},
        "sources": sorted(corpus.sources()),
        "counts": {
            "people": counted.people, "judgements": counted.judgements, "conflicts": counted.conflicts,
            "types": counted.types, "relations": counted.relations,
        },
        "names": names,
        "triples": triples,
    })  # fmt: skip


def _stats(store: Path) -> dict[str, list[int]]:
    """What tells whether somebody opened a store to write; reading changes nothing."""
    return {path.name: _stat(path) for path in store.iterdir() if path.name != "LOCK"} if store.is_dir() else {}


def _stat(path: Path) -> list[int]:
    found = path.stat()
    return [found.st_size, found.st_mtime_ns]


def _as_written(last: Path) -> bool:
    """Whether nobody changed the files since they were written."""
    with _read_only(last / _LEDGER) as ledger:
        files: Any = ledger.told("files")
    return all((last / name).is_file() and _stat(last / name) == files[name] for name in (NTRIPLES, TURTLE))


@contextlib.contextmanager
def _read_only(path: Path) -> Iterator[Ledger]:
    with contextlib.closing(sqlite3.connect(f"{path.resolve().as_uri()}?immutable=1", uri=True)) as database:
        yield Ledger(database)


def _seal(bench: Path) -> None:
    (bench / _DIGEST).write_text(_digest(bench / _LEDGER), encoding="ascii")


def _sealed(last: Path) -> bool:
    """Whether the ledger is there and is what was written."""
    try:
        return (last / _DIGEST).read_text(encoding="ascii") == _digest(last / _LEDGER)
    except (OSError, ValueError):
        return False


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
