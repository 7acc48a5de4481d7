"""Files → the documents in them, of which only new and changed files are read."""

import hashlib
import json
import os
import stat
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

from kg.collate import Print, originals_of, pairs_after, pairs_of, print_of
from kg.errors import ReadError
from kg.knowledge import Knowledge
from kg.model import short_hash
from kg.read import STDIN, Roll, read_file
from kg.remember import Entry, Head, KnownFile, Memory
from kg.versions import version, version_of_files

# A file that was changed so shortly before it was looked at may have been changed again without a sign of it: clocks
# of file systems tick in up to two seconds.
_IN_DOUBT = 2_000_000_000
_SHARE = 0.1  # of the documents: where more came and went, it is quicker to compare all


def state_of(knowledge: Knowledge) -> str:
    """What facts depend on beside the document: the knowledge, the code, and the library that cuts the words."""
    names = ("rjieba", "jieba", "trafilatura", "markdown-it-py", "python-docx", "pypdf")
    libraries = (f"{name} {version(name)}" for name in names)
    return short_hash(knowledge.version, code_version(), *libraries)


@cache
def code_version() -> str:
    """A hash of the package's sources: a number would have to be thought of with each change."""
    return version_of_files(Path(__file__).parent, (".py",))


def take_in(
    files: Iterable[str], given: Mapping[str, str], knowledge: Knowledge, memory: Memory
) -> tuple[list[Head], list[bytes]]:
    """The documents of the files in order, as `read` gives them, and the files under which they are kept."""
    heads = memory.heads()
    roll = Roll()
    found: list[Head] = []
    paths: list[bytes] = []
    options = json.dumps(given, sort_keys=True).encode()
    for file in files:
        path = os.fsencode(os.path.abspath(file)) + b"\0" + options  # noqa: PTH100 (the link, not what it leads to)
        for entry, head in _documents(file, path, given, knowledge, memory, heads):
            if roll.admits(file + entry.at, head, is_record=entry.is_record):
                found.append(head)
        paths.append(path)
    return found, paths


def collate_heads(heads: Sequence[Head], memory: Memory) -> Mapping[str, str]:
    """For the id of each document that of the article that it repeats, else its own.

    Only documents that are new, and those that share clauses with what came or went, are compared with others.
    """
    by_id = {head.id: head for head in heads}
    prints = {ident: _print(head) for ident, head in by_id.items()}
    before, pairs = memory.pairs()
    kept = memory.heads() if before.keys() - by_id.keys() else {}
    gone = [_print(kept[key]) for ident, key in before.items() if ident not in by_id and key in kept]
    came = [one for ident, one in prints.items() if ident not in before]
    if len(gone) < len(before.keys() - by_id.keys()) or _SHARE * len(prints) < len(gone) + len(came):
        found = pairs_of(prints.values())
    else:
        found = pairs_after(pairs, gone, came, tuple(prints.values())) if gone or came else set(pairs)
    if gone or came:
        memory.keep_pairs({ident: head.key for ident, head in by_id.items()}, found)
    return originals_of(prints, found)


def _print(head: Head) -> Print:
    return Print(head.id, head.length, head.published, frozenset(head.days), head.clauses)


def _documents(
    file: str, path: bytes, given: Mapping[str, str], knowledge: Knowledge, memory: Memory, heads: dict[str, Head]
) -> Iterator[tuple[Entry, Head]]:
    """The documents of one file; it is read where it is not the file that was read before."""
    known = memory.known_file(path)
    now = _look(file)
    if now and known and (known.size, known.changed) == (now.size, now.changed):
        if known.seen - known.changed > _IN_DOUBT or known.digest == _digest(file):
            yield from ((entry, heads[entry.key]) for entry in known.entries)
            return
    elif now and known and known.size == now.size and known.digest == _digest(file):  # touched, or copied anew
        memory.keep_file(path, KnownFile(now.size, now.changed, now.seen, known.digest, known.entries))
        yield from ((entry, heads[entry.key]) for entry in known.entries)
        return
    digest = _digest(file) if now else b""
    entries = []
    for place, document, is_record in read_file(file, given, knowledge):
        shown = print_of(document)
        head = memory.keep_document(document, sorted(shown.days), shown.clauses)
        heads[head.key] = head
        entries.append(Entry(head.key, _at(place, file), is_record))
        yield entries[-1], head
    if now:
        memory.keep_file(path, KnownFile(now.size, now.changed, now.seen, digest, tuple(entries)))


def _at(place: str, file: str) -> str:
    """What follows the name of the file in a place: the number of the line."""
    return place.removeprefix("stdin" if file == STDIN else file)


def _look(file: str) -> KnownFile | None:
    """A file as it is now; None for what can be read only once."""
    if file == STDIN:
        return None
    try:
        found = Path(file).stat()
    except OSError as error:
        raise ReadError(f"{file}: cannot be read ({error.strerror})") from error
    if not stat.S_ISREG(found.st_mode):
        return None
    return KnownFile(found.st_size, found.st_mtime_ns, time.time_ns(), b"", ())


def _digest(file: str) -> bytes:
    try:
        with Path(file).open("rb") as opened:
            return hashlib.file_digest(opened, "sha256").digest()
    except OSError as error:
        raise ReadError(f"{file}: cannot be read ({error.strerror})") from error
