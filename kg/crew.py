"""Worker processes that do chunks of work in order, replaced when one of them dies."""

import multiprocessing
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Any, Generic, TypeVar

T = TypeVar("T")
R = TypeVar("R")

_AHEAD = 3  # chunks for each worker that are under way or wait to be taken: what bounds the memory


class Crew(Generic[T, R]):
    """`jobs` processes, each of which calls `begin(*given)` once, and then `work(chunk, *given)` for each chunk.

    A thing that kills its worker costs no other: its chunk is done again, each thing in a process of its own, and what
    comes of that thing is `lost(thing)`.
    """

    def __init__(
        self, jobs: int, begin: Callable[..., None], work: Callable[..., list[R]], lost: Callable[[T], R],
        given: tuple[Any, ...],
    ) -> None:  # fmt: skip
        self._jobs, self._begin, self._work, self._lost, self._given = jobs, begin, work, lost, given
        self._pool = self._hire(jobs)

    def _hire(self, jobs: int) -> ProcessPoolExecutor:
        # A forked worker has the knowledge that is loaded here; where processes cannot fork, each loads it anew.
        method = "fork" if "fork" in multiprocessing.get_all_start_methods() else "spawn"
        context = multiprocessing.get_context(method)
        return ProcessPoolExecutor(jobs, mp_context=context, initializer=self._begin, initargs=self._given)

    def work(self, chunks: Iterator[tuple[T, ...]]) -> Iterator[R]:
        """What comes of all things, in order."""
        under_way: deque[tuple[tuple[T, ...], Future[list[R]]]] = deque()
        for chunk in chunks:
            under_way.append((chunk, self._submit(self._pool, chunk)))
            if len(under_way) >= _AHEAD * self._jobs:
                yield from self._outcomes(*under_way.popleft())
        while under_way:
            yield from self._outcomes(*under_way.popleft())

    def _submit(self, pool: ProcessPoolExecutor, chunk: Sequence[T]) -> "Future[list[R]]":
        try:
            return pool.submit(self._work, chunk, *self._given)
        except BrokenProcessPool as error:
            broken: Future[list[R]] = Future()
            broken.set_exception(error)
            return broken

    def _outcomes(self, chunk: tuple[T, ...], future: "Future[list[R]]") -> Iterator[R]:
        try:
            yield from future.result()
            return
        except BrokenProcessPool:
            self.dismiss()
            self._pool = self._hire(self._jobs)
        yield from map(self._alone, chunk)

    def _alone(self, thing: T) -> R:
        """What comes of a thing in a process of its own: what dies there is that thing's."""
        pool = self._hire(1)
        try:
            (outcome,) = self._submit(pool, (thing,)).result()
        except BrokenProcessPool:
            return self._lost(thing)
        finally:
            pool.shutdown(wait=False, cancel_futures=True)
        return outcome

    def dismiss(self) -> None:
        """End the workers; what they have not begun is not done."""
        self._pool.shutdown(wait=False, cancel_futures=True)
