"""Plain values kept from one run to the next in the user's cache folder; a file that is damaged is as if absent.

A file holds the hash of its content and then the content in Python's own notation of plain values (marshal), which
reads ten times as fast as JSON and makes no objects of ours. It is named after all that it depends on, so that it
never has to be changed: another state has another name.
"""

import contextlib
import hashlib
import marshal
import os
import sys
from pathlib import Path
from typing import Any

_OFF = "KG_NO_CACHE"  # set to anything, nothing is read or written
_DIGEST = hashlib.sha256().digest_size
_MOST = 4  # files of one kind that stay: what was used last


def fetch(kind: str, key: str) -> object | None:
    """What was kept under the key; None if nothing was, or if what is there is damaged."""
    if (path := _path(kind, key)) is None:
        return None
    try:
        file = memoryview(path.read_bytes())  # of which no part is copied
    except OSError:
        return None
    digest, content = file[:_DIGEST], file[_DIGEST:]
    if hashlib.sha256(content).digest() != digest:
        return None
    with contextlib.suppress(OSError):
        path.touch()
    try:
        kept: object = marshal.loads(content)
    except (EOFError, ValueError, TypeError):  # written by a Python that notes values otherwise
        return None
    return kept


def keep(kind: str, key: str, value: Any) -> None:
    """Keep a value under the key if the cache folder can be written; nobody ever sees half of it."""
    if (path := _path(kind, key)) is None:
        return
    import tempfile

    content = marshal.dumps(value)
    with contextlib.suppress(OSError):  # a home that is read-only or full costs time, never the result
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{kind}-", dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(hashlib.sha256(content).digest() + content)
            Path(name).replace(path)
        except OSError:
            Path(name).unlink(missing_ok=True)
            raise
        for old in sorted(path.parent.glob(f"{kind}-*"), key=lambda one: one.stat().st_mtime)[:-_MOST]:
            old.unlink(missing_ok=True)


def _path(kind: str, key: str) -> Path | None:
    """Where a value is kept; None where nothing may be."""
    if os.environ.get(_OFF):
        return None
    with contextlib.suppress(RuntimeError):  # a user without a home
        root = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
        return Path(root) / "kg" / f"{kind}-{key}-{sys.implementation.cache_tag}"
    return None
