"""The folder OUT: a new result takes the place of the last one at a stroke, or not at all.

Each build writes a generation of its own, OUT/.kg/N. What a person sees in OUT are links through the one link
OUT/.kg/current:

    OUT/graph.nt -> .kg/current/graph.nt        OUT/.kg/current -> N

Renaming another link over `current` is the whole switch, and a file system does that at once or not at all: whoever is
killed before it leaves the last result, after it the new one, and the next build sweeps up. Where links cannot be had
(FAT, some network folders), the files are moved one by one, by a list that the next build goes through again.
"""

import contextlib
import json
import os
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kg.errors import BuildError, StoreError

TURTLE, NTRIPLES, HTML, STORE, RUN = "graph.ttl", "graph.nt", "graph.html", "store", "run.json"
NAMES = (NTRIPLES, TURTLE, HTML, STORE, RUN)
_INNER, _CURRENT, _LOCK, _MOVES, _MOVING = ".kg", "current", "lock", "moves.json", "moving"


@dataclass(frozen=True, slots=True)
class Workshop:
    """Where a build writes: a folder for its result, and one for what outlives a build that breaks off."""

    out: Path
    bench: Path  # empty at first; becomes the result
    last: Path | None  # the folder of the last result, whole; None where there is none, or one by another way
    lasting: Path  # what is kept here is there for the next build, whatever becomes of this one


@contextlib.contextmanager
def workshop(out: Path) -> Iterator[Workshop]:
    """A workshop whose files are the result in OUT once the block ends well; else OUT stays as it was.

    One build at a time: StoreError at once where another is at work. BuildError for what the disk refuses.
    """
    inner = out / _INNER
    try:
        inner.mkdir(parents=True, exist_ok=True)
        lock = (inner / _LOCK).open("ab")
    except OSError as error:
        raise BuildError(f"{out}: cannot write there ({error.strerror}); give another folder with -o") from error
    with lock:
        try:
            if not _take(lock.fileno()):
                raise StoreError(f"{out}: another build writes there; wait until it is done, or give another -o")
            _finish_moves(out)
            _sweep(out)
            number = _current(inner)
            bench = inner / str(number + 1)
            bench.mkdir()
            try:
                yield Workshop(out, bench, inner / str(number) if number else None, inner)
                _settle(bench)
                _publish(out, bench)
            except BaseException:
                if _current(inner) != int(bench.name):
                    shutil.rmtree(bench, ignore_errors=True)
                raise
            _sweep(out)
        except OSError as error:
            raise BuildError(f"{error.filename or out}: cannot be written ({error.strerror})") from error


def _take(descriptor: int) -> bool:
    """Lock the file for as long as this process lives, however it dies; False where another has it."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    return True


def _current(inner: Path) -> int:
    """The number of the generation that OUT shows; 0 where it shows none."""
    try:
        number = int(str((inner / _CURRENT).readlink()))
    except (OSError, ValueError):
        return 0
    return number if (inner / str(number)).is_dir() else 0


def _publish(out: Path, bench: Path) -> None:
    """Show the generation in OUT."""
    try:
        _adopt(out)
        for name in NAMES:
            if (bench / name).exists():
                _link(_through(name), out / name)
    except (OSError, NotImplementedError):
        if os.path.lexists(out / _INNER / _CURRENT):
            raise
        _move(out, bench)
        return
    _sync(out)
    _link(bench.name, out / _INNER / _CURRENT)
    _sync(out / _INNER)


def _through(name: str) -> str:
    return str(Path(_INNER, _CURRENT, name))


def _is_ours(path: Path, name: str) -> bool:
    return path.is_symlink() and str(path.readlink()) == _through(name)


def _link(target: str, path: Path, aside: Path | None = None) -> None:
    """Make the path a link, in the place of what file or link was there; a folder is put aside first."""
    if path.is_symlink() and str(path.readlink()) == target:
        return
    new = path.parent / f".{path.name}-{os.getpid()}"
    new.unlink(missing_ok=True)
    new.symlink_to(target)
    if aside:
        path.rename(aside)
    new.replace(path)


def _adopt(out: Path) -> None:
    """Make a generation of a result that lies in OUT as plain files, as earlier versions wrote it, and show that.

    Nothing that is seen through OUT changes, but that a store is away between two renames: kg then reads graph.nt.
    """
    plain = [name for name in NAMES if os.path.lexists(out / name) and not _is_ours(out / name, name)]
    if not plain:
        return
    inner = out / _INNER
    adopted = inner / str(max(map(int, _generations(inner))) + 1)
    adopted.mkdir()
    for name in filter(lambda it: (out / it).exists(), NAMES):
        if (out / name).is_dir():
            shutil.copytree(out / name, adopted / name, copy_function=_twin)
        else:
            _twin(os.path.realpath(out / name), adopted / name)
    _settle(adopted)
    _link(adopted.name, inner / _CURRENT)
    for name in plain:
        is_folder = (out / name).is_dir() and not (out / name).is_symlink()
        _link(_through(name), out / name, aside=adopted / f"plain-{name}" if is_folder else None)


def _twin(source: str | Path, target: str | Path) -> str | Path:
    """The same file under another name."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)
    return target


def _generations(inner: Path) -> list[str]:
    return [path.name for path in inner.iterdir() if path.name.isdecimal()]


def _sweep(out: Path) -> None:
    """Take away what killed builds left, generations that are no longer shown, and links that lead nowhere."""
    inner = out / _INNER
    shown = str(_current(inner))
    for name in _generations(inner):
        if name != shown:
            shutil.rmtree(inner / name, ignore_errors=True)
    shutil.rmtree(inner / _MOVING, ignore_errors=True)
    for name in (*NAMES, _CURRENT):
        for stray in (inner if name == _CURRENT else out).glob(f".{name}-*"):
            if stray.is_symlink():
                stray.unlink(missing_ok=True)
    for name in NAMES:
        if _is_ours(out / name, name) and not (out / name).exists():
            (out / name).unlink(missing_ok=True)


# WHERE LINKS CANNOT BE HAD


def _move(out: Path, bench: Path) -> None:
    """Move the files of the generation to OUT; the list of what is to be moved makes it good if this is killed."""
    moves = out / _INNER / _MOVES
    new = moves.with_suffix(".new")
    new.write_text(json.dumps([name for name in NAMES if (bench / name).exists()]), encoding="utf-8")
    kept = out / _INNER / _MOVING
    shutil.rmtree(kept, ignore_errors=True)
    bench.rename(kept)  # a name that no sweep takes away
    _sync_file(new)
    new.replace(moves)
    _sync(moves.parent)
    _finish_moves(out)


def _finish_moves(out: Path) -> None:
    """Go through the list of a move that was begun, if there is one."""
    moves, kept = out / _INNER / _MOVES, out / _INNER / _MOVING
    if not moves.exists():
        return
    new = json.loads(moves.read_text(encoding="utf-8"))
    for name in NAMES:
        if (kept / name).exists():
            _make_way(out / name)
            (kept / name).rename(out / name)
        elif name not in new:
            _make_way(out / name)
    _sync(out)
    moves.unlink()
    shutil.rmtree(kept, ignore_errors=True)


def _make_way(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


# ON THE DISK


def _settle(folder: Path) -> None:
    """Have all that is below the folder on the disk: no loss of power makes the switch come before the files."""
    for parent, _, names in os.walk(folder):
        for name in names:
            _sync_file(Path(parent, name))
        _sync(Path(parent))


def _sync_file(path: Path) -> None:
    with path.open("rb+" if sys.platform == "win32" else "rb") as file:
        os.fsync(file.fileno())


def _sync(folder: Path) -> None:
    """Have the names in the folder on the disk; some systems know no such thing."""
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
