"""Extraction on several cores: chunks of documents go to worker processes, their facts come back in order.

Facts are a pure function of a document and the knowledge, so where they are computed changes nothing in them.
"""

import gc
import os
import signal
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path

from kg.extract import extract
from kg.knowledge import Knowledge, load
from kg.model import Document, Facts
from kg.plain import pack, unpack

_CHUNK = 32  # documents that go to a worker at once
_NEW_OBJECTS = 20_000  # after which cycles are searched for among them; Python's 700 are made by half an article
_WORTH_IT = 4 * _CHUNK  # fewer documents are done before a second process is up


@dataclass(frozen=True, slots=True)
class Failure:
    """A document on which extraction raised or died: always a bug of ours, never hidden."""

    document: str
    error: str
    trace: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one document, and the seconds that it took."""

    result: Facts | Failure
    seconds: float
    packed: bytes = b""  # the facts as `pack` gave them, if they came from another process

    def __reduce__(self) -> tuple[object, ...]:
        """Facts go to another process packed, as they are kept: pickle would take them apart object by object."""
        if isinstance(self.result, Failure):
            return Outcome, (self.result, self.seconds)
        return _arrived, (self.result.document, self.packed or pack(self.result), self.seconds)


def _arrived(document: Document, packed: bytes, seconds: float) -> Outcome:
    return Outcome(unpack(document, packed), seconds, packed)


def cores() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def extract_each(documents: Iterable[Document], knowledge: Knowledge, jobs: int = 1) -> Iterator[Outcome]:
    """For each document its facts, or the failure that kept them back, in the order of the documents.

    `jobs` processes do the work, this one alone where there is little. A document that kills its worker costs no
    other: its chunk is done again, each document in a process of its own.
    """
    stream = iter(documents)
    first = list(islice(stream, _WORTH_IT)) if jobs > 1 else []
    if len(first) < _WORTH_IT:
        with seldom_collecting():
            for document in chain(first, stream):  # not all at once: an archive is larger than the memory
                yield attempt(document, knowledge)
        return
    from kg.crew import Crew  # loads what talks to other processes, which a build of few documents never does

    crew = Crew(jobs, _begin, _extract_chunk, _lost, (knowledge.folders,))
    try:
        with seldom_collecting():
            yield from crew.work(_chunks((*first,), stream))
    finally:
        crew.dismiss()


@contextmanager
def seldom_collecting() -> Iterator[None]:
    """Search for cycles seldom, and not in what is there: the knowledge and facts have none, and are many objects."""
    threshold = gc.get_threshold()
    _collect_seldom()
    try:
        yield
    finally:
        gc.set_threshold(*threshold)
        gc.unfreeze()


def _collect_seldom() -> None:
    gc.freeze()
    gc.set_threshold(_NEW_OBJECTS, *gc.get_threshold()[1:])


def attempt(document: Document, knowledge: Knowledge) -> Outcome:
    """The facts of a document, or why there are none."""
    begun = time.perf_counter()
    result: Facts | Failure
    try:
        result = extract(document, knowledge)
    except Exception as error:  # one article must not cost the other ten thousand; the caller reports it
        import traceback

        result = Failure(document.name, f"{type(error).__name__}: {error}", traceback.format_exc())
    return Outcome(result, time.perf_counter() - begun)


def _chunks(first: Sequence[Document], rest: Iterator[Document]) -> Iterator[tuple[Document, ...]]:
    for at in range(0, len(first), _CHUNK):
        yield tuple(first[at : at + _CHUNK])
    while chunk := tuple(islice(rest, _CHUNK)):
        yield chunk


def _begin(folders: tuple[Path, ...]) -> None:
    """Make a worker ready; Ctrl-C at a terminal goes to all processes, and only the first answers it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    load(folders)
    _collect_seldom()  # for as long as it lives: it does nothing but extract


def _extract_chunk(chunk: Sequence[Document], folders: tuple[Path, ...]) -> list[Outcome]:
    knowledge = load(folders)
    return [attempt(document, knowledge) for document in chunk]


def _lost(document: Document) -> Outcome:
    return Outcome(Failure(document.name, "the process that read it died", ""), 0.0)
