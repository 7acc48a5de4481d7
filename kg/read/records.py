"""Lines of JSON and rows of CSV become documents: each is a record with the fields of one article."""

import io
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from kg.errors import ReadError
from kg.knowledge import Knowledge
from kg.model import Document
from kg.read.dateline import iso_day
from kg.read.encoding import decode, refuse_unwritable

Record = Mapping[str, Any]

RECORDS = frozenset({"jsonl", "csv"})  # formats of which each line or row is an article


def read_records(
    kind: str, raw: bytes, where: str, given: Mapping[str, str], knowledge: Knowledge
) -> Iterator[tuple[str, Document]]:
    """The documents of a .jsonl or .csv file in its order, each with its place as file:line.

    What a record leaves out is taken from `given`.
    """
    rows = csv_rows(raw, where) if kind == "csv" else json_records(raw, where)
    for place, record in rows:
        yield place, document_of(named_as_ours(record, knowledge), place, given)


def json_records(raw: bytes, where: str) -> Iterator[tuple[str, Record]]:
    """The objects of a JSON lines file, each with its place as file:line; never none."""
    for place, line in json_lines(raw, where):
        yield place, parse_line(line, place)


def json_lines(raw: bytes, where: str) -> Iterator[tuple[str, str]]:
    """The lines of a JSON lines file that hold something, each with its place as file:line; never none."""
    # Only \n parts them: a text may hold U+2028, where str.splitlines would break.
    lines = [(f"{where}:{number}", line) for number, line in enumerate(decode(raw, where).split("\n"), 1)]
    filled = [(place, line) for place, line in lines if line.strip()]
    if not filled:
        raise ReadError(f"{where}: is empty")
    yield from filled


def csv_rows(raw: bytes, where: str) -> Iterator[tuple[str, Record]]:
    """The rows of a CSV file by column, each with its place as file:line; the first row names the columns.

    Parted by the commas, semicolons or tabs that the first row has most of.
    """
    import csv

    text = decode(raw, where)
    if not text.strip():
        raise ReadError(f"{where}: is empty")
    head = text.split("\n", 1)[0]
    csv.field_size_limit(1 << 30)  # an article is one field, and the module's own limit is 128 kB
    rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=head.count), strict=True)
    try:
        for row in rows:
            if None in row:  # where csv puts the cells beyond the last column
                raise ReadError(f"{where}:{rows.line_num}: more cells than columns; quote the text of the article")
            yield f"{where}:{rows.line_num}", {str(name).strip(): cell or "" for name, cell in row.items()}
    except csv.Error as error:
        raise ReadError(f"{where}:{rows.line_num}: broken CSV ({error}); quote each text as in \"…\"") from error


def parse_line(line: str, place: str) -> Record:
    """The JSON object of one line."""
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        what = f"{error.msg} at column {error.colno}" if isinstance(error, json.JSONDecodeError) else str(error)
        raise ReadError(f"{place}: broken JSON ({what}); each line must be one JSON object") from error
    if not isinstance(record, dict):
        raise ReadError(f'{place}: not a JSON object; each line must be one, such as {{"id": "1", "text": "…"}}')
    return record


def named_as_ours(record: Record, knowledge: Knowledge) -> Record:
    """The record with the fields of fields.tsv under our names, where it has none of that name itself.

    >>> from kg.knowledge import load
    >>> named_as_ours({"标题": "会议召开", "正文": "今日，会议召开。"}, load())["text"]
    '今日，会议召开。'
    """
    found = dict(record)
    lower = {key.lower(): value for key, value in record.items()}
    for field, aliases in knowledge.maps["fields"].items():
        if field not in found and (alias := next((name for name in aliases if name in lower), "")):
            found[field] = lower[alias]
    return found


def document_of(record: Record, place: str, given: Mapping[str, str]) -> Document:
    """The document of one record; what it leaves out is taken from `given`, keys that are not ours are ignored."""
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
