"""Extraction on several cores: chunks of documents go to worker processes, their facts come back in order.

Facts are a pure function of a document and the knowledge, so where they are computed changes nothing in them.
"""

import gc
import multiprocessing
import os
import signal
import time
import traceback
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from kg.extract import extract
from kg.knowledge import Knowledge, load
from kg.model import Document, Facts

_CHUNK = 32  # documents that go to a worker at once
_AHEAD = 3  # chunks for each worker that are under way or wait to be taken: what bounds the memory
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
            for document in (*first, *stream):
                yield attempt(document, knowledge)
        return
    crew = _Crew(knowledge, jobs)
    try:
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
        result = Failure(document.name, f"{type(error).__name__}: {error}", traceback.format_exc())
    return Outcome(result, time.perf_counter() - begun)


def _chunks(first: Sequence[Document], rest: Iterator[Document]) -> Iterator[tuple[Document, ...]]:
    for at in range(0, len(first), _CHUNK):
        yield tuple(first[at : at + _CHUNK])
    while chunk := tuple(islice(rest, _CHUNK)):
        yield chunk


class _Crew:
    """Worker processes, replaced when one of them dies."""

    def __init__(self, knowledge: Knowledge, jobs: int) -> None:
        self.folders = knowledge.folders
        self.jobs = jobs
        self.pool = self._hire(jobs)

    def _hire(self, jobs: int) -> ProcessPoolExecutor:
        # A forked worker has the knowledge that is loaded here; where processes cannot fork, each loads it anew.
        method = "fork" if "fork" in multiprocessing.get_all_start_methods() else "spawn"
        context = multiprocessing.get_context(method)
        return ProcessPoolExecutor(jobs, mp_context=context, initializer=_begin, initargs=(self.folders,))

    def work(self, chunks: Iterator[tuple[Document, ...]]) -> Iterator[Outcome]:
        """The outcomes of all chunks, in order."""
        under_way: deque[tuple[tuple[Document, ...], Future[list[Outcome]]]] = deque()
        for chunk in chunks:
            under_way.append((chunk, self._submit(self.pool, chunk)))
            if len(under_way) >= _AHEAD * self.jobs:
                yield from self._outcomes(*under_way.popleft())
        while under_way:
            yield from self._outcomes(*under_way.popleft())

    def _submit(self, pool: ProcessPoolExecutor, chunk: tuple[Document, ...]) -> "Future[list[Outcome]]":
        try:
            return pool.submit(_extract_chunk, chunk, self.folders)
        except BrokenProcessPool as error:
            broken: Future[list[Outcome]] = Future()
            broken.set_exception(error)
            return broken

    def _outcomes(self, chunk: tuple[Document, ...], future: "Future[list[Outcome]]") -> Iterator[Outcome]:
        try:
            yield from future.result()
            return
        except BrokenProcessPool:
            self.dismiss()
            self.pool = self._hire(self.jobs)
        yield from map(self._alone, chunk)

    def _alone(self, document: Document) -> Outcome:
        """What becomes of a document in a process of its own: what dies there is that document's."""
        pool = self._hire(1)
        try:
            (outcome,) = self._submit(pool, (document,)).result()
        except BrokenProcessPool:
            return Outcome(Failure(document.name, "the process that read it died", ""), 0.0)
        finally:
            pool.shutdown(wait=False, cancel_futures=True)
        return outcome

    def dismiss(self) -> None:
        """End the workers; what they have not begun is not done."""
        self.pool.shutdown(wait=False, cancel_futures=True)


def _begin(folders: tuple[Path, ...]) -> None:
    """Make a worker ready; Ctrl-C at a terminal goes to all processes, and only the first answers it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    load(folders)
    _collect_seldom()  # for as long as it lives: it does nothing but extract


def _extract_chunk(chunk: Sequence[Document], folders: tuple[Path, ...]) -> list[Outcome]:
    knowledge = load(folders)
    return [attempt(document, knowledge) for document in chunk]
