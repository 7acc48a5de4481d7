"""Workers, a few of them, and a queue before them that does not grow without end."""

import asyncio
import contextlib
import itertools
import json
import signal
import sys
from collections import deque
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from kg.errors import KGError, StoreError
from kg.serve.protocol import RefusedError
from kg.serve.source import Source
from kg.serve.worker import Job

_START, _END = 60.0, 5.0  # seconds for a worker to open a store; to be gone after its last word
_TRIES, _PAUSE = 3, 0.2
_AFTER = {"Retry-After": "5"}


@dataclass(frozen=True, slots=True)
class Limits:
    """What one query may take, and how many may wait."""

    seconds: float = 30.0
    megabytes: int = 64  # of answer
    memory: int = 2048  # megabytes of a worker
    queue: int = 32


@dataclass(frozen=True, slots=True)
class Done:
    """An answer: its file, which is the reader's to take away, and its media type."""

    file: Path
    media: str


class Worker:
    """A running process with a store in it."""

    def __init__(self, process: asyncio.subprocess.Process, stamp: str) -> None:
        self._process = process
        self.stamp = stamp

    @classmethod
    async def start(cls, store: Path, stamp: str, limits: Limits) -> "Worker":
        """A worker that has the store open; StoreError if it cannot open it."""
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "kg.serve.worker", str(store), str(limits.memory), str(limits.seconds),
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL,
            start_new_session=True,  # Ctrl-C at the terminal is for the server, which ends its workers itself
        )  # fmt: skip
        worker = cls(process, stamp)
        try:
            said = await asyncio.wait_for(worker._read(), _START)
        except BaseException:
            worker.kill()
            raise
        if not said.get("ready"):
            worker.kill()
            raise StoreError(said.get("detail") or f"{store}: cannot be opened")
        return worker

    async def ask(self, job: Job) -> dict[str, Any]:
        """What the worker says of the job; empty if it died of it."""
        assert self._process.stdin
        try:
            self._process.stdin.write(job.line())
            await self._process.stdin.drain()
        except (BrokenPipeError, ConnectionResetError):
            return {}
        return await self._read()

    async def _read(self) -> dict[str, Any]:
        assert self._process.stdout
        line = await self._process.stdout.readline()
        said: dict[str, Any] = json.loads(line) if line.endswith(b"\n") else {}
        return said

    def kill(self) -> None:
        """End the process, whatever it is at."""
        with contextlib.suppress(ProcessLookupError):
            self._process.kill()

    async def ended(self) -> int:
        """How the process ended, which it has, or is about to."""
        try:
            return await asyncio.wait_for(self._process.wait(), _END)
        except TimeoutError:
            self.kill()
            return await self._process.wait()

    @property
    def alive(self) -> bool:
        """Whether the process is running."""
        return self._process.returncode is None


class Pool:
    """So many workers over one source; each answer comes from one state of it.

    When the source has a new state, each worker gives way to one with the new state before its next job; if that cannot
    be opened, the old one goes on.
    """

    def __init__(self, source: Source, work: Path, workers: int, limits: Limits) -> None:
        self._source = source
        self._work = work
        self._limits = limits
        self._idle: deque[Worker | None] = deque([None] * workers)
        self._busy: set[Worker] = set()
        self._free = asyncio.Semaphore(workers)
        self._workers = workers
        self._inside = 0
        self._numbers = itertools.count()
        self._closed = False

    async def open(self) -> None:
        """Start one worker, so that what is wrong with the source is known at once."""
        self._idle.append(await self._fresh(self._idle.popleft()))

    async def run(self, job: Job) -> Done:
        """The answer to a job; RefusedError with 503 if too many wait, 504 after the time limit, or why it has none."""
        if self._closed or self._inside >= self._workers + self._limits.queue:
            raise _busy()
        self._inside += 1
        try:
            try:
                await asyncio.wait_for(self._free.acquire(), self._limits.seconds)
            except TimeoutError:
                raise _busy() from None
            try:
                return await self._run(job)
            finally:
                self._free.release()
        finally:
            self._inside -= 1

    async def _run(self, job: Job) -> Done:
        if self._closed:
            raise RefusedError(503, "the server is being shut down", _AFTER)
        worker: Worker | None = self._idle.pop()
        file = self._work / f"answer-{id(self)}-{next(self._numbers)}"
        kept = False
        try:
            worker = await self._fresh(worker)
            self._busy.add(worker)
            told = replace(job, file=str(file), most_bytes=self._limits.megabytes << 20)
            try:
                said = await asyncio.wait_for(worker.ask(told), self._limits.seconds)
            except TimeoutError:
                why = f"the query took longer than {self._limits.seconds:g} s and was stopped"
                raise RefusedError(504, why) from None
            if not said:
                raise self._dead(await worker.ended())
            kept = True
            if said["status"] != 200:
                raise FailedError(said)
            return Done(file, said["media"])
        except BaseException as error:
            file.unlink(missing_ok=True)
            if isinstance(error, KGError) and not isinstance(error, RefusedError):
                raise RefusedError(503, str(error), _AFTER) from error
            raise
        finally:
            if worker is not None:
                self._busy.discard(worker)
                if not kept:
                    worker.kill()
            self._idle.append(worker if kept else None)

    async def _fresh(self, worker: Worker | None) -> Worker:
        """The worker if it has the present state of the source, else one that has."""
        if worker is not None and worker.alive and self._source.stamp() in ("", worker.stamp):
            return worker
        usable = worker if worker is not None and worker.alive else None
        for left in reversed(range(_TRIES)):
            try:
                stamp = self._source.stamp()
                store = await asyncio.to_thread(self._source.store)
                new = await Worker.start(store, stamp, self._limits)
                break
            except KGError:  # the result may be just between two states
                if usable is not None:
                    return usable
                if not left:
                    raise
                await asyncio.sleep(_PAUSE)
        if worker is not None:
            worker.kill()
        return new

    def _dead(self, code: int) -> RefusedError:
        if self._closed:
            return RefusedError(503, "the server is being shut down", _AFTER)
        if code == -signal.SIGSEGV:
            return RefusedError(400, "the query is nested too deeply to be read")
        if code == -signal.SIGABRT:
            return RefusedError(507, f"the query needs more than {self._limits.memory} MB of memory")
        return RefusedError(500, "the query could not be answered: its process ended")

    async def close(self) -> None:
        """End all workers; what is running is answered with 503."""
        self._closed = True
        workers = [*self._busy, *filter(None, self._idle)]
        for worker in workers:
            worker.kill()
        for worker in workers:
            await worker.ended()


def _busy() -> RefusedError:
    return RefusedError(503, "too many queries at once; ask again in a moment", _AFTER)


class FailedError(RefusedError):
    """What a worker said against a job, with the place in the query where it knows one."""

    def __init__(self, said: dict[str, Any]) -> None:
        super().__init__(said["status"], said["detail"])
        self.more: dict[str, Any] = {name: said[name] for name in ("line", "column") if name in said}
