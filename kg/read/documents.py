"""The bytes of a file become documents: one for a .txt, one for each line of a .jsonl."""

import json
import stat
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from kg.errors import KGError, ReadError
from kg.knowledge import Knowledge, load
from kg.model import Document
from kg.read.dateline import day_of_file, iso_day, read_dateline
from kg.read.encoding import decode, refuse_unwritable, unzip
from kg.read.files import STDIN, kind_of, list_files


def read(
    paths: Iterable[str | Path],
    *,
    published: str = "",
    title: str = "",
    source: str = "",
    knowledge: Knowledge | None = None,
) -> Iterator[Document]:
    """The documents of files and folders in the order of their names; what they don't say is taken from the options.

    A text file that is there twice (same name, same text) is read once; an id that two JSON lines share is an error.
    """
    if published and not iso_day(published):
        raise KGError(f"{published!r} is no day of publication; write it like 2020-06-07")
    knowledge = knowledge or load()
    given = {"title": title, "published": iso_day(published), "source": source}
    seen_texts: set[str] = set()
    seen_lines: dict[str, str] = {}
    for file in list_files(paths).files:
        raw, where = read_bytes(file)
        if _kind(file, raw) == "jsonl":
            for place, line in json_lines(raw, where):
                document = read_line(line, place, given)
                if document.name in seen_lines:
                    raise ReadError(f"{place}: id {document.name!r} was in {seen_lines[document.name]} already; "
                                    "give each document its own id")  # fmt: skip
                seen_lines[document.name] = place
                yield document
        else:
            document = _read_text(raw, where, given, knowledge)
            if document.id not in seen_texts:
                seen_texts.add(document.id)
                yield document


def json_lines(raw: bytes, where: str) -> Iterator[tuple[str, str]]:
    """The lines of a JSON lines file that hold something, each with its place as file:line; never none."""
    # Only \n parts them: a text may hold U+2028, where str.splitlines would break.
    lines = [(f"{where}:{number}", line) for number, line in enumerate(decode(raw, where).split("\n"), 1)]
    filled = [(place, line) for place, line in lines if line.strip()]
    if not filled:
        raise ReadError(f"{where}: is empty")
    yield from filled


def _read_text(raw: bytes, where: str, given: dict[str, str], knowledge: Knowledge) -> Document:
    text = decode(raw, where)
    if not text.strip():
        raise ReadError(f"{where}: is empty")
    shown = read_dateline(text, knowledge)
    name = Path(where).name
    title = shown.title or given["title"]
    published = shown.published or day_of_file(name) or given["published"]
    return Document(
        Document.identify(name, title, published, text), name, text, title, published, shown.source or given["source"]
    )


def read_line(line: str, place: str, given: dict[str, str]) -> Document:
    """The document of one JSON line; what it leaves out is taken from `given`, keys that are not ours are ignored."""
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        what = f"{error.msg} at column {error.colno}" if isinstance(error, json.JSONDecodeError) else str(error)
        raise ReadError(f"{place}: broken JSON ({what}); each line must be one JSON object") from error
    if not isinstance(record, dict):
        raise ReadError(f'{place}: not a JSON object; each line must be one, such as {{"id": "1", "text": "…"}}')
    text = record.get("text")
    if not isinstance(text, str) or not text.strip():
        raise ReadError(f'{place}: no text; put the body of the article under "text"')
    refuse_unwritable(text, place)

    def field(key: str) -> str:
        value = record.get(key)
        if value is None or value == "":
            return given.get(key, "")
        if not isinstance(value, str | int) or isinstance(value, bool):
            raise ReadError(f"{place}: {key!r} must be a string")
        return refuse_unwritable(str(value), place)

    published = iso_day(field("published"))
    if field("published") and not published:
        raise ReadError(f"{place}: 'published' is {field('published')!r}, no day; write it like 2020-06-07")
    name, title = field("id") or Path(place).name, field("title")
    return Document(
        Document.identify(name, title, published, text),
        name, text, title, published, field("source"), field("url"),
    )  # fmt: skip


def read_bytes(file: str) -> tuple[bytes, str]:
    """What the file holds, and the name by which messages call it."""
    if file == STDIN:
        return unzip(sys.stdin.buffer.read(), "stdin"), "stdin"
    try:
        raw = Path(file).read_bytes()
    except OSError as error:
        raise ReadError(f"{file}: cannot be read ({error.strerror})") from error
    if file.lower().endswith(".gz") and raw and not raw.startswith(b"\x1f\x8b"):
        raise ReadError(f"{file}: is not gzipped; take .gz off its name")
    return unzip(raw, file), file


def _kind(file: str, raw: bytes) -> str:
    """The format by the name; for standard input and pipes, which have none, by the first character."""
    if file == STDIN or stat.S_ISFIFO(Path(file).stat().st_mode):
        return "jsonl" if raw.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{") else "txt"
    return kind_of(file)
