"""The lines of a JSON lines file one after the other: a file of any size costs no more memory than its longest line."""

from collections.abc import Iterator
from itertools import islice

from kg.errors import ReadError
from kg.read.encoding import has_mark, opened, read_bytes, refuse_unwritable
from kg.read.records import json_lines


def lines_of(file: str) -> Iterator[tuple[str, str]]:
    """The lines of a file that hold something, each with its place as file:line; never none.

    They are those of `json_lines`. A file that is not UTF-8 is read as a whole, for only then is it clear what it is.
    """
    given, plain = 0, True  # so many lines; ASCII alone, which reads the same whatever the encoding
    with opened(file) as stream:
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
    yield from islice(json_lines(*read_bytes(file)), given, None)


def _utf8(raw: bytes) -> str | None:
    try:
        return raw.removesuffix(b"\n").decode()
    except UnicodeDecodeError:
        return None
