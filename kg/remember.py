"""What a build read and extracted, kept in OUT/.kg for the next one: files → documents, document → `Facts`.

A document's facts are a pure function of the document and of what `state` names (the knowledge and the code), so they
are kept under the hash of the document in a file of that state; of another state, all is read and extracted again.
The file is an SQLite database of JSON: reading it runs nothing and makes nothing but strings and numbers, whoever wrote
it. Texts are checked against their hash and facts against their checksum, so that damage costs time, never a wrong
graph. Each `commit` is there for the next build, however this one ends.
"""

import contextlib
import errno
import json
import sqlite3
import time
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from kg.model import Document, Facts, short_hash
from kg.plain import pack, unpack

_NAME = "facts.sqlite"
_AT_ONCE = 500  # rows that are asked for by key
_EVERY = 2.0  # seconds between commits: what a kill can cost
_TABLES = """
CREATE TABLE state(state TEXT);
CREATE TABLE file(path BLOB PRIMARY KEY, size INTEGER, changed INTEGER, seen INTEGER, digest BLOB, entries TEXT);
CREATE TABLE document(key TEXT PRIMARY KEY, head TEXT, clauses BLOB);
CREATE TABLE text(key TEXT PRIMARY KEY, text BLOB);
CREATE TABLE pairs(documents TEXT, pairs TEXT);
CREATE TABLE facts(key TEXT PRIMARY KEY, facts BLOB);
"""


class DamagedError(Exception):
    """What was kept cannot be read; without it everything is done anew."""


class Head(NamedTuple):  # thousands are made at each start: of a dataclass that takes three times as long
    """A document without its text, and what tells copies by."""

    key: str  # of all its fields: two papers' copies of one text have one id and two keys
    id: str
    name: str
    title: str
    published: str
    source: str
    url: str
    length: int  # of the text
    days: tuple[str, ...]
    clauses: bytes  # see `collate.Print`


class Entry(NamedTuple):
    """A document in a file: its key, what follows the file's name in its place, and whether it is a record there."""

    key: str
    at: str
    is_record: bool


@dataclass(frozen=True, slots=True)
class KnownFile:
    """A file as it was when it was read, with what was in it."""

    size: int
    changed: int  # nanoseconds
    seen: int  # when it was looked at, in nanoseconds
    digest: bytes
    entries: tuple[Entry, ...]


def key_of(document: Document) -> str:
    """The key of a document: of all that its facts may depend on."""
    return short_hash(document.id, document.source, document.url)


class Memory:
    """What is kept; each method raises DamagedError where that cannot be read, OSError where it cannot be written."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        self._heads: dict[str, Head] | None = None  # once they are asked for
        self._committed = time.monotonic()

    def known_file(self, path: bytes) -> KnownFile | None:
        """The file as it was last read."""
        with _plainly():
            row = self._database.execute(
                "SELECT size, changed, seen, digest, entries FROM file WHERE path = ?", (path,)
            ).fetchone()
            if not row:
                return None
            size, changed, seen, digest, entries = row
            return KnownFile(size, changed, seen, digest, tuple(Entry(*one) for one in json.loads(entries)))

    def keep_file(self, path: bytes, file: KnownFile) -> None:
        """Keep what is in a file; its documents are kept already."""
        entries = json.dumps([[one.key, one.at, one.is_record] for one in file.entries])
        row = (path, file.size, file.changed, file.seen, file.digest, entries)
        with _plainly():
            self._database.execute("INSERT OR REPLACE INTO file VALUES (?, ?, ?, ?, ?, ?)", row)

    def heads(self) -> dict[str, Head]:
        """All documents that are kept, by key."""
        if self._heads is None:
            self._heads = self._read_heads()
        return dict(self._heads)

    def _read_heads(self) -> dict[str, Head]:
        with _plainly():
            rows = self._database.execute("SELECT key, head, clauses FROM document").fetchall()
            heads = json.loads(f"[{','.join(head for _, head, _ in rows)}]")
            found = {}
            for (key, _, clauses), told in zip(rows, heads, strict=True):
                ident, name, title, published, source, url, length, days = told
                found[key] = Head(key, ident, name, title, published, source, url, length, tuple(days), clauses)
            return found

    def keep_document(self, document: Document, days: Iterable[str], clauses: bytes) -> Head:
        """Keep a document; its head."""
        head = Head(
            key_of(document), document.id, document.name, document.title, document.published, document.source,
            document.url, len(document.text), tuple(days), clauses,
        )  # fmt: skip
        row = json.dumps([
            head.id, head.name, head.title, head.published, head.source, head.url, head.length, head.days
        ])  # fmt: skip
        text = document.text.encode("utf-8", "surrogatepass")
        with _plainly():
            self._database.execute("INSERT OR REPLACE INTO document VALUES (?, ?, ?)", (head.key, row, clauses))
            self._database.execute("INSERT OR REPLACE INTO text VALUES (?, ?)", (head.key, text))
        if self._heads is not None:
            self._heads[head.key] = head
        self._commit_now_and_then()
        return head

    def document(self, head: Head, copy_of: str = "") -> Document:
        """The document of a head."""
        with _plainly():
            row = self._database.execute("SELECT text FROM text WHERE key = ?", (head.key,)).fetchone()
        return _document(head, row[0] if row else b"", copy_of)

    def documents(self, heads: Sequence[Head]) -> list[Document]:
        """The documents of these heads."""
        texts: dict[str, bytes] = {}
        with _plainly():
            for at in range(0, len(heads), _AT_ONCE):
                keys = [head.key for head in heads[at : at + _AT_ONCE]]
                query = f"SELECT key, text FROM text WHERE key IN ({', '.join('?' * len(keys))})"
                texts.update(self._database.execute(query, keys).fetchall())
        return [_document(head, texts.get(head.key, b"")) for head in heads]

    def pairs(self) -> tuple[dict[str, str], list[tuple[str, str]]]:
        """The pairs of documents that were found to be copies, and among which documents: keys by id."""
        with _plainly():
            row = self._database.execute("SELECT documents, pairs FROM pairs").fetchone()
            return (json.loads(row[0]), [(one, other) for one, other in json.loads(row[1])]) if row else ({}, [])

    def keep_pairs(self, documents: Mapping[str, str], pairs: Iterable[tuple[str, str]]) -> None:
        """Keep the pairs of copies among these documents."""
        with _plainly():
            self._database.execute("DELETE FROM pairs")
            row = (json.dumps(documents), json.dumps(sorted(pairs)))
            self._database.execute("INSERT INTO pairs VALUES (?, ?)", row)

    def known_facts(self) -> set[str]:
        """The keys of the documents whose facts are kept."""
        with _plainly():
            return {key for (key,) in self._database.execute("SELECT key FROM facts")}

    def facts(self, head: Head) -> Facts:
        """The facts of a document, as they were extracted."""
        with _plainly():
            (kept,) = self._database.execute("SELECT facts FROM facts WHERE key = ?", (head.key,)).fetchone()
            return unpack(self.document(head), kept)

    def keep_facts(self, facts: Facts, packed: bytes = b"") -> None:
        """Keep the facts of a document, which another process may have packed."""
        row = (key_of(facts.document), packed or pack(facts))
        with _plainly():
            self._database.execute("INSERT OR REPLACE INTO facts VALUES (?, ?)", row)
        self._commit_now_and_then()

    def forget_all_but(self, keys: Iterable[str], files: Iterable[bytes]) -> None:
        """Drop what is not of these documents and files."""
        self._heads = None
        with _plainly():
            for table, column, kept in (
                ("document", "key", set(keys)), ("text", "key", set(keys)), ("facts", "key", set(keys)),
                ("file", "path", set(files)),
            ):  # fmt: skip
                found = {row[0] for row in self._database.execute(f"SELECT {column} FROM {table}")}
                gone = [(one,) for one in found - kept]
                if gone:
                    self._database.executemany(f"DELETE FROM {table} WHERE {column} = ?", gone)

    def commit(self) -> None:
        """Have all on the disk that was kept so far."""
        with _plainly():
            self._database.commit()
        self._committed = time.monotonic()

    def _commit_now_and_then(self) -> None:
        if time.monotonic() - self._committed >= _EVERY:
            self.commit()


def _document(head: Head, text: bytes, copy_of: str = "") -> Document:
    """The document of a head with that text; DamagedError where it is not its text."""
    with _plainly():
        written = text.decode("utf-8", "surrogatepass")
    if head.id != Document.identify(head.name, head.title, head.published, written):
        raise DamagedError
    return Document(head.id, head.name, written, head.title, head.published, head.source, head.url, copy_of)


@contextlib.contextmanager
def recall(folder: Path, state: str, *, fresh: bool = False) -> Iterator[tuple[Memory, str]]:
    """The memory of a folder, and why it is empty if it was of no use: of another state or damaged, or not to be used.

    What was kept in the block stays, also if the block raises.
    """
    path = folder / _NAME
    why = "" if fresh or not path.exists() else _why_useless(path, state)
    if fresh or why or not path.exists():
        forget(folder)
    with _plainly():
        database = sqlite3.connect(path)
        try:
            database.executescript("PRAGMA synchronous = NORMAL; PRAGMA journal_mode = TRUNCATE;")
            if not database.execute("SELECT name FROM sqlite_master").fetchone():
                database.executescript(_TABLES)
                database.execute("INSERT INTO state VALUES (?)", (state,))
                database.commit()
        except BaseException:
            database.close()
            raise
    try:
        yield Memory(database), why
    finally:
        with contextlib.suppress(sqlite3.Error):  # what cannot be kept now is extracted again
            database.commit()
        database.close()


def forget(folder: Path) -> None:
    """Take away what is kept in the folder."""
    for path in (folder / _NAME, folder / f"{_NAME}-journal"):
        path.unlink(missing_ok=True)


def _why_useless(path: Path, state: str) -> str:
    """Why nothing of the file can be used; "" if it can."""
    try:
        with contextlib.closing(sqlite3.connect(path)) as database:
            rows: Sequence[tuple[str]] = database.execute("SELECT state FROM state").fetchall()
    except sqlite3.Error:
        return "what the last build kept is damaged"
    return "" if rows == [(state,)] else "the last build was by another version of kg or of its knowledge"


@contextlib.contextmanager
def _plainly() -> Iterator[None]:
    """What SQLite says, as damage or as what the system says of a full disk."""
    try:
        yield
    except (sqlite3.OperationalError, sqlite3.InternalError) as error:
        if "full" in str(error) or "disk I/O" in str(error) or "readonly" in str(error):
            raise OSError(errno.ENOSPC, str(error)) from error
        raise DamagedError from error
    except (sqlite3.Error, zlib.error, ValueError, TypeError, IndexError, KeyError, AttributeError) as error:
        raise DamagedError from error
