"""Which store is to be read just now: the result may be built anew while it is served."""

import shutil
import threading
from pathlib import Path

from kg.errors import NotFoundError
from kg.store import create

_MAGIC, _STORE, _NTRIPLES = "CURRENT", "store", "graph.nt"


class Source:
    """A result, a store or a file of triples, and the store on disk that holds its present state.

    What has no store gets one in the working folder. A store is named by its true path, so that whoever opens it reads
    one state of the result, and never half of the next.
    """

    def __init__(self, path: Path, work: Path) -> None:
        self.path = path
        self._work = work
        self._made: tuple[str, Path] | None = None
        self._count = 0
        self._lock = threading.Lock()

    def find(self) -> tuple[Path, bool]:
        """What holds the graph, and whether it is a store; NotFoundError if nothing does."""
        if self.path.is_file():
            return self.path.resolve(), False
        for store in (self.path, self.path / _STORE):
            if (store / _MAGIC).exists():
                return store.resolve(), True
        if (self.path / _NTRIPLES).is_file():
            return (self.path / _NTRIPLES).resolve(), False
        raise NotFoundError(f"{self.path}: no graph there; run `kg build PATHS -o {self.path}` first")

    def stamp(self) -> str:
        """What changes when the result does; empty while there is none."""
        try:
            found, is_store = self.find()
            status = (found / _MAGIC if is_store else found).stat()
        except (NotFoundError, OSError):
            return ""
        return f"{found} {status.st_ino} {status.st_mtime_ns} {status.st_size}"

    def store(self) -> Path:
        """The store to open; StoreError or NotFoundError where there is none or it cannot be made."""
        found, is_store = self.find()
        if is_store:
            return found
        with self._lock:  # several workers may start at once
            stamp = self.stamp()
            if self._made is None or self._made[0] != stamp:
                last = self._made
                self._count += 1
                path = self._work / f"store-{self._count}"
                create(path, found)
                self._made = stamp, path
                if last is not None:
                    shutil.rmtree(last[1], ignore_errors=True)
            return self._made[1]
