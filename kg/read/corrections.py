"""A corrections file becomes entries: TOML with a table [[correction]] each, or a row each of a CSV or TSV sheet."""

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from kg.corrections import ACTIONS, Action, CorrectionError, Entry, signatures, type_and_class
from kg.errors import ReadError
from kg.model import ENTITY_TYPES
from kg.project import predicates
from kg.read.dateline import iso_day
from kg.read.encoding import decode, read_bytes, refuse_unwritable
from kg.read.records import csv_rows

Row = Mapping[str, Any]

_SHEETS = (".csv", ".tsv")
_HEADER = re.compile(r"\s*\[\[\s*(?:correction|\"correction\"|'correction')\s*\]\]")
_AT_LINE = re.compile(r" \(at line (\d+), column \d+\)| \(at end of document\)")
_DAY = r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])"
_DATE = re.compile(rf"\d{{4}}(?:-(?:0[1-9]|1[0-2]))?|{_DAY}(?:/{_DAY})?")
_ALL = ("who", "when", "why")
_KEYS: Mapping[Action, tuple[str, ...]] = {
    "merge": ("name",),
    "split": ("article", "quote", "name", "key"),
    "rename": ("name",),
    "retype": ("type",),
    "reject": ("article",),
    "assert": ("article", "quote", "source"),
}
_KNOWN = frozenset({*_ALL, *ACTIONS, *(key for keys in _KEYS.values() for key in keys)})


def read_corrections(path: Path) -> tuple[Entry, ...]:
    """The entries in the order of the file; ReadError for what cannot be read, CorrectionError for what says nothing.

    Cells of a sheet hold several things with | between them.
    """
    raw, where = read_bytes(str(path))
    suffix = path.suffix.lower()
    if suffix == ".toml":
        rows = list(_tables(refuse_unwritable(decode(raw, where), where), where))
    elif suffix in _SHEETS:
        rows = list(_rows(raw, where))
    else:
        raise ReadError(f"{where}: no corrections file; give a .toml, .csv or .tsv")
    return tuple(_entry(row, where, line) for line, row in rows)


def _tables(text: str, where: str) -> Iterator[tuple[int, Row]]:
    try:
        whole = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = _AT_LINE.search(str(error))
        line = found[1] if found and found[1] else text.count("\n") + 1
        raise ReadError(f"{where}:{line}: broken TOML ({_AT_LINE.sub('', str(error))})") from error
    tables = whole.pop("correction", [])
    if whole or not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        stray = next(iter(whole), "correction")
        raise CorrectionError(f"{where}: {stray!r} stands outside; begin each correction with a line [[correction]]")
    yield from zip(_lines(text, len(tables)), tables, strict=True)


def _lines(text: str, count: int) -> list[int]:
    """The numbers of the lines where the tables begin; a line inside a string that looks like one is none."""
    lines = text.splitlines(keepends=True)
    found = [number for number, line in enumerate(lines, 1) if _HEADER.match(line)]
    if len(found) != count:
        found = [number for number in found if _is_toml("".join(lines[: number - 1]))]
    # Tables that are written inline have no line of their own.
    return found if len(found) == count else [1] * count


def _is_toml(text: str) -> bool:
    try:
        tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return False
    return True


def _rows(raw: bytes, where: str) -> Iterator[tuple[int, Row]]:
    lists = {"merge", "reject", "assert", "article", "quote"}
    for place, record in csv_rows(raw, where):
        line = int(place.rpartition(":")[2])
        cells = {key: cell.strip() for key, cell in record.items() if cell.strip()}
        if cells:
            yield line, {
                key: [part.strip() for part in cell.split("|")] if key in lists and "|" in cell else cell
                for key, cell in cells.items()
            }


def _entry(row: Row, where: str, line: int) -> Entry:
    def wrong(what: str) -> CorrectionError:
        return CorrectionError(f"{where}:{line}: {what}")

    def text(key: str) -> str:
        value = row.get(key, "")
        if not isinstance(value, str):
            raise wrong(f"{key} must be a string in quotation marks")
        return refuse_unwritable(value.strip(), f"{where}:{line}")

    def texts(key: str) -> tuple[str, ...]:
        value = row.get(key, [])
        several = [value] if isinstance(value, str) else value
        if not isinstance(several, list) or not all(isinstance(one, str) and one.strip() for one in several):
            raise wrong(f'{key} must be a name, or a list of names such as ["…", "…"]')
        return tuple(refuse_unwritable(one.strip(), f"{where}:{line}") for one in several)

    for key in row:
        if key not in _KNOWN:
            close = get_close_matches(key, _KNOWN, n=1)
            raise wrong(f"no correction has {key!r}" + (f"; did you mean {close[0]}?" if close else ""))
    actions = [action for action in ACTIONS if action in row]
    if len(actions) != 1:
        raise wrong(f"write one of {', '.join(ACTIONS)}" + (f", not {' and '.join(actions)}" if actions else ""))
    (action,) = actions
    for key in row:
        if key not in (*_ALL, action, *_KEYS[action]):
            raise wrong(f"a {action} has no {key!r}; it can have {', '.join(_KEYS[action])}")
    for key in ("who", "why"):
        if not text(key):
            raise wrong(f"say {key}: {key} = \"…\"")
    entry = Entry(
        where, line, action, texts(action), text("who"), _day(row.get("when"), wrong), text("why"),
        name=text("name"), key=text("key"), type=text("type"),
        articles=texts("article"), quotes=texts("quote"), source=text("source"),
    )  # fmt: skip
    if problem := _problem(entry):
        raise wrong(problem)
    return _with_relation(entry)


def _day(value: object, wrong: Callable[[str], CorrectionError]) -> str:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value.isoformat()
    day = iso_day(value) if isinstance(value, str) else ""
    if not day:
        raise wrong("say when, as a day: when = 2026-11-25")
    return day


def _with_relation(entry: Entry) -> Entry:
    """The entry with its relation by our name: 出席 is attended."""
    if len(entry.what) != 3 or entry.action not in ("reject", "assert"):
        return entry
    by_label = {one.zh: one.name for one in predicates().values()}
    subject, relation, thing = entry.what
    return replace(entry, what=(subject, by_label.get(relation, relation), thing))


def _problem(entry: Entry) -> str:
    """What is wrong with the entry by itself, or ""."""
    fact = entry.action == "assert" or (entry.action == "reject" and len(entry.what) != 1)
    if fact and len(entry.what) != 3:
        return f'a fact is three things: {entry.action} = ["李强", "attended", "座谈会"]'
    if fact and entry.what[1] not in signatures() and entry.what[1] not in {it.zh for it in predicates().values()}:
        return f"no relation is called {entry.what[1]!r}; there are {', '.join(sorted(signatures()))}"
    if fact and entry.what[1] in ("heldOn", "举办日期") and not _DATE.fullmatch(entry.what[2]):
        return f"{entry.what[2]!r} is no date; write it like 2020-06-05, 2020-06, 2020 or 2020-06-05/2020-06-07"
    if entry.action == "merge" and len(set(entry.what)) < 2:
        return 'a merge needs two things or more: merge = ["…", "…"]'
    if entry.action in ("split", "rename", "retype") and len(entry.what) != 1:
        return f'a {entry.action} is of one thing: {entry.action} = "…"'
    if entry.action == "rename" and not entry.name:
        return 'say the new name: name = "…"'
    if entry.action == "retype" and not type_and_class(entry.type):
        return f"type must be one of {', '.join(ENTITY_TYPES)}, or a class below one such as Meeting"
    if entry.action == "split" and not entry.articles:
        return 'say which articles tell of the other one: article = ["…"]'
    if entry.quotes and len(entry.articles) != 1:
        return "a quote needs the one article in which it stands"
    if entry.action == "assert" and len(entry.articles) != len(entry.quotes):
        return "an article as the source needs the one quote in it that says so: quote = \"…\""
    return ""
