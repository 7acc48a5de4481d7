"""The bytes of a file become documents: one for each line of a .jsonl or .csv, one for a file of any other kind."""

import stat
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Protocol

from kg.errors import KGError, ReadError
from kg.knowledge import Knowledge, load
from kg.model import Document
from kg.read.dateline import day_of_file, iso_day, read_dateline
from kg.read.encoding import decode, read_bytes
from kg.read.files import STDIN, kind_of, list_files
from kg.read.lines import lines_of
from kg.read.records import RECORDS, document_of, named_as_ours, parse_line, read_records


def read(
    paths: Iterable[str | Path],
    *,
    published: str = "",
    title: str = "",
    source: str = "",
    knowledge: Knowledge | None = None,
) -> Iterator[Document]:
    """The documents of files and folders in the order of their names; what they don't say is taken from the options.

    A text file that is there twice (same name, same text) is read once; an id that two records share is an error.
    """
    knowledge = knowledge or load()
    given = given_fields(published=published, title=title, source=source)
    roll = Roll()
    for file in list_files(paths).files:
        for place, document, is_record in read_file(file, given, knowledge):
            if roll.admits(place, document, is_record=is_record):
                yield document


class Named(Protocol):
    """A document, or what stands for it."""

    @property
    def id(self) -> str:
        """From the content."""

    @property
    def name(self) -> str:
        """The id of the record, else the file's name."""


class Roll:
    """The documents that were read so far."""

    def __init__(self) -> None:
        self._articles: set[str] = set()
        self._records: dict[str, str] = {}

    def admits(self, place: str, document: Named, *, is_record: bool) -> bool:
        """Whether a document is new; a file that is there twice is not, an id that two records share is a ReadError."""
        if not is_record:
            is_new = document.id not in self._articles
            self._articles.add(document.id)
            return is_new
        if first := self._records.get(document.name):
            raise ReadError(f"{place}: id {document.name!r} was in {first} already; give each document its own id")
        self._records[document.name] = place
        return True


def given_fields(*, published: str, title: str, source: str) -> Mapping[str, str]:
    """What the options say of documents that do not say it themselves."""
    if published and not iso_day(published):
        raise KGError(f"{published!r} is no day of publication; write it like 2020-06-07")
    return {"title": title, "published": iso_day(published), "source": source}


def read_file(file: str, given: Mapping[str, str], knowledge: Knowledge) -> Iterator[tuple[str, Document, bool]]:
    """The documents of one file in its order, each with its place as file or file:line, and whether it is a record."""
    if file != STDIN and kind_of(file) == "jsonl" and Path(file).is_file():
        for place, line in lines_of(file):
            yield place, document_of(named_as_ours(parse_line(line, place), knowledge), place, given), True
        return
    raw, where = read_bytes(file)
    yield from documents_in(raw, where, _kind(file, raw), given, knowledge)


def documents_in(
    raw: bytes, where: str, kind: str, given: Mapping[str, str], knowledge: Knowledge
) -> Iterator[tuple[str, Document, bool]]:
    """The same of a file's bytes, wherever they are from; `kind` is its format."""
    if kind in RECORDS:
        yield from (
            (place, document, True) for place, document in read_records(kind, raw, where, given, knowledge)
        )
    else:
        yield where, _read_article(kind, raw, where, given, knowledge), False


def _read_article(kind: str, raw: bytes, where: str, given: Mapping[str, str], knowledge: Knowledge) -> Document:
    """The article of a file: what its format says goes before what its text shows, that before name and options."""
    article = _told(kind, raw, where, knowledge)
    shown = read_dateline(article["text"], knowledge)
    name = Path(where).name
    otherwise = {
        "id": name,
        "title": shown.title or given["title"],
        "published": shown.published or day_of_file(name) or given["published"],
        "source": shown.source or given["source"],
    }
    return document_of(named_as_ours(article, knowledge), where, otherwise)


def _told(kind: str, raw: bytes, where: str, knowledge: Knowledge) -> Mapping[str, str]:
    """The `text` of a file of that kind, with the fields that its format gives: title, published, source, url.

    A .txt is taken as it stands. A ReadError where the file is broken or holds no text.
    """
    if kind == "txt":
        article: Mapping[str, str] = {"text": decode(raw, where)}
    else:
        from kg.read.formats import READERS

        article = READERS[kind](raw, where, knowledge)
    if not article["text"].strip():
        why = "is empty" if kind in {"txt", "md"} else "no text in it"
        scanned = "; a scanned page must go through character recognition first" if kind == "pdf" else ""
        raise ReadError(f"{where}: {why}{scanned}")
    return article


def _kind(file: str, raw: bytes) -> str:
    """The format by the name; for standard input and pipes, which have none, by the first character."""
    if file == STDIN or stat.S_ISFIFO(Path(file).stat().st_mode):
        return "jsonl" if raw.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{") else "txt"
    return kind_of(file)
