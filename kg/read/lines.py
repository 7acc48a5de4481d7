"""The lines of a JSON lines file one after the other: a file of any size costs no more memory than its longest line."""

import gzip
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from itertools import islice
from pathlib import Path
from typing import BinaryIO, cast

from kg.errors import ReadError
from kg.read.encoding import GZIP, has_mark, read_bytes, refuse_unwritable
from kg.read.records import json_lines


def lines_of(file: str) -> Iterator[tuple[str, str]]:
    """The lines of a file that hold something, each with its place as file:line; never none.

    They are those of `json_lines`. A file that is not UTF-8 is read as a whole, for only then is it clear what it is.
    """
    given, plain = 0, True  # so many lines; ASCII alone, which reads the same whatever the encoding
    try:
        with _opened(file) as stream:
            for number, raw in enumerate(stream, 1):
                line = None if (number == 1 and has_mark(raw)) or b"\0" in raw else _utf8(raw)
                if line is None and not plain:
                    raise ReadError(f"{file}:{number}: no UTF-8, as the lines before are; save it again as UTF-8")
                if line is None:
                    break
                plain = plain and line.isascii()
                if line.strip():
                    given += 1
                    yield f"{file}:{number}", refuse_unwritable(line, f"{file}:{number}")
            else:
                if not given:
                    raise ReadError(f"{file}: is empty")
                return
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise ReadError(f"{file}: broken gzip file ({error}); download or compress it again") from error
    yield from islice(json_lines(*read_bytes(file)), given, None)


@contextmanager
def _opened(file: str) -> Iterator[BinaryIO]:
    """The bytes of a file, or of what is gzipped in it."""
    with ExitStack() as held:
        try:
            stream = held.enter_context(Path(file).open("rb"))
        except OSError as error:
            raise ReadError(f"{file}: cannot be read ({error.strerror})") from error
        begins = stream.peek(len(GZIP))
        if file.lower().endswith(".gz") and begins and not begins.startswith(GZIP):
            raise ReadError(f"{file}: is not gzipped; take .gz off its name")
        yield cast(BinaryIO, held.enter_context(gzip.GzipFile(fileobj=stream))) if begins.startswith(GZIP) else stream


def _utf8(raw: bytes) -> str | None:
    try:
        return raw.removesuffix(b"\n").decode()
    except UnicodeDecodeError:
        return None
