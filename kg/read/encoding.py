"""Bytes become characters: a byte order mark decides, then strict UTF-8, then strict GB18030, then a detector."""

import codecs
import gzip
import importlib
import re
import sys
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import BinaryIO, cast

from kg.errors import ReadError
from kg.read.files import STDIN

# The longest mark first: the one of UTF-16 is the beginning of the one of UTF-32.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
_GZIP = b"\x1f\x8b"  # how what is gzipped begins
_BROKEN_GZIP = (gzip.BadGzipFile, EOFError, zlib.error)
_SURROGATE = re.compile("[\ud800-\udfff]")


def read_bytes(file: str) -> tuple[bytes, str]:
    """What the file holds, and the name by which messages call it."""
    if file == STDIN:
        return unzip(sys.stdin.buffer.read(), "stdin"), "stdin"
    with opened(file) as stream:
        return stream.read(), file


@contextmanager
def opened(file: str) -> Iterator[BinaryIO]:
    """The bytes of a file, or of what is gzipped in it, to be read as far as they are needed."""
    with ExitStack() as held:
        try:
            stream = held.enter_context(Path(file).open("rb"))
        except OSError as error:
            raise ReadError(f"{file}: cannot be read ({error.strerror})") from error
        begins = stream.peek(len(_GZIP))[: len(_GZIP)]
        if file.lower().endswith(".gz") and begins not in {b"", _GZIP}:
            raise ReadError(f"{file}: is not gzipped; take .gz off its name")
        try:
            yield cast(BinaryIO, gzip.GzipFile(fileobj=stream)) if begins == _GZIP else stream
        except _BROKEN_GZIP as error:
            raise _broken(file, error) from error


def has_mark(raw: bytes) -> bool:
    """Whether a file that begins so says of what encoding it is."""
    return any(raw.startswith(mark) for mark, _ in _MARKS)


def unzip(raw: bytes, where: str) -> bytes:
    """The bytes themselves, or what they hold if they are gzipped."""
    if not raw.startswith(_GZIP):
        return raw
    try:
        return gzip.decompress(raw)
    except _BROKEN_GZIP as error:
        raise _broken(where, error) from error


def _broken(where: str, error: Exception) -> ReadError:
    return ReadError(f"{where}: broken gzip file ({error}); download or compress it again")


def decode(raw: bytes, where: str) -> str:
    """The characters of a text file: no mark, every newline as it stands.

    >>> [decode("湖州".encode(encoding), "a.txt") for encoding in ("utf-8-sig", "gb18030", "utf-16")]
    ['湖州', '湖州', '湖州']
    """
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            text = _strictly(raw[len(mark) :], encoding)
            if text is None:
                raise ReadError(f"{where}: begins as {encoding.upper()} but breaks off; save it again as UTF-8")
            return refuse_unwritable(text, where)
    if b"\0" in raw:
        raise ReadError(f"{where}: a binary file, no text; save its text as UTF-8 .txt")
    if _breaks_off(raw):
        raise ReadError(f"{where}: breaks off in the middle of a UTF-8 character; get the whole file again")
    # Detectors take twenty characters of GB18030 for Korean, so they come last.
    for reading in (partial(_strictly, encoding="utf-8"), partial(_strictly, encoding="gb18030"), _detected):
        if (text := reading(raw)) is not None:
            return refuse_unwritable(text, where)
    raise ReadError(f"{where}: neither UTF-8 nor GB18030; save it again as UTF-8")


def decode_as(raw: bytes, encoding: str, where: str) -> str:
    """The characters of a page in the encoding that it names; as `decode` says where that name is wrong.

    >>> decode_as("湖州".encode("big5", "ignore") + "會".encode("big5"), "big5", "a.html")
    '湖州會'
    """
    try:
        codecs.lookup(encoding)
    except LookupError:
        return decode(raw, where)
    # pages that say gb2312 hold GBK, and those that say utf-8 may have a mark that `decode` takes off
    text = None if encoding.startswith(("gb", "utf")) else _strictly(raw, encoding)
    return decode(raw, where) if text is None else refuse_unwritable(text, where)


def refuse_unwritable(text: str, where: str) -> str:
    """The text, if each of its characters can be written into UTF-8 and RDF again."""
    if _SURROGATE.search(text):
        raise ReadError(f"{where}: half of a character (a lone surrogate such as \\ud83d); write the whole character")
    if "\0" in text:
        raise ReadError(f"{where}: the character NUL stands in the text; take it out")
    return text


def _strictly(raw: bytes, encoding: str) -> str | None:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError:
        return None


def _breaks_off(raw: bytes) -> bool:
    """Whether this is UTF-8 cut short by a byte or two, of which GB18030 would make other characters."""
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.reason == "unexpected end of data" and not raw[: error.start].isascii()
    return False


def _detected(raw: bytes) -> str | None:
    """The text by the detector that is installed, if one is and has an answer."""
    try:
        best = importlib.import_module("charset_normalizer").from_bytes(raw).best()
    except ImportError:
        return None
    return None if best is None else _strictly(raw, best.encoding)
