"""A written graph and what goes and comes → the new graph: graph.nt, graph.ttl and store/ without writing them anew.

graph.nt is sorted, so it is its own index; graph.ttl is in order too (see `turtle`). All but the changed lines and
blocks is copied in large slices. What is found otherwise than expected is a MismatchError: then all is written anew.
"""

import mmap
import os
import re
import shutil
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

import pyoxigraph

from kg.turtle import SECTIONS, Key, Shortener, block, header, key_of, key_of_block, turtle

_PIECE = 1 << 20  # bytes that are copied at once where the system does not do it
_IMMUTABLE = ".sst"  # of RocksDB: written once, then only read or taken away


class MismatchError(Exception):
    """The written graph is not what it was when it was written."""


class _SectionError(Exception):
    """A section of Turtle comes or goes."""


def splice_lines(old: Path, new: Path, gone: Iterable[str], came: Iterable[str]) -> int:
    """Write the sorted lines of a file without some and with others; by how many lines they are more."""
    edits: list[tuple[int, int, bytes]] = []
    removed, added = set(gone), set(came)
    with _mapped(old) as lines:
        for line in (one.encode() for one in removed):
            at = _lower_bound(lines, line)
            if lines[at : at + len(line)] != line:
                raise MismatchError
            edits.append((at, len(line), b""))
        for line in sorted(one.encode() for one in added):
            at = _lower_bound(lines, line)
            if lines[at : at + len(line)] == line:
                raise MismatchError
            edits.append((at, 0, line))
    _write(old, new, edits)
    return len(added) - len(removed)


def named_elsewhere(lines: Path, nodes: Collection[str], but: Collection[str]) -> set[str]:
    """Which of these nodes are the objects of lines of a file, other than some."""
    if not nodes:
        return set()
    named = re.compile(b"|".join(re.escape(f" {node} .\n".encode()) for node in nodes))
    with _mapped(lines) as text:
        places = ((found, text.rfind(b"\n", 0, found.start()) + 1) for found in named.finditer(text))
        return {found[0][1:-3].decode() for found, at in places if text[at : found.end()].decode() not in but}


def are_there(lines: Path, nodes: Iterable[str]) -> set[str]:
    """Which of these nodes are subjects of the sorted lines of a file."""
    with _mapped(lines) as text:
        return {
            node for node in nodes
            if text[(at := _lower_bound(text, f"{node} ".encode())) : at + len(node) + 1] == f"{node} ".encode()
        }  # fmt: skip


def splice_blocks(
    old: Path, new: Path, base: str, subjects: Iterable[str], lines_before: Path, lines_after: Path
) -> None:
    """Write Turtle with the blocks of some subjects made anew from their lines, as these were and as they are."""
    try:
        _splice_blocks(old, new, base, subjects, lines_before, lines_after)
    except _SectionError:
        text = lines_after.read_bytes().decode()
        new.write_bytes("".join(turtle([f"{line}\n" for line in text.split("\n")[:-1]], base)).encode())


def _splice_blocks(
    old: Path, new: Path, base: str, subjects: Iterable[str], lines_before: Path, lines_after: Path
) -> None:
    shortener = Shortener(base)
    edits: list[tuple[int, int, bytes]] = []
    inserted: defaultdict[int, list[tuple[Key, bytes]]] = defaultdict(list)
    blocks: defaultdict[int, int] = defaultdict(int)  # how many more there are, by section
    with _mapped(old) as text, _mapped(lines_before) as was, _mapped(lines_after) as now:
        bounds = _sections(text)
        for subject in subjects:
            before, after = (_block_of(lines, subject, shortener) for lines in (was, now))
            if before == after:
                continue
            if before:
                key, written = before
                at = _place(text, bounds, key)
                if text[at : at + len(written)] != written:
                    raise MismatchError
                edits.append((at, len(written), b""))
                blocks[key[0]] -= 1
            if after:
                key, written = after
                inserted[_place(text, bounds, key)].append((key, written))
                blocks[key[0]] += 1
        for at, several in inserted.items():
            edits.append((at, 0, b"".join(written for _, written in sorted(several))))
        for section, more in blocks.items():
            if more < 0 and not _is_left(text, bounds[section], edits):
                raise _SectionError
    _write(old, new, edits)


def splice_store(old: Path, new: Path, gone: Iterable[str], came: Iterable[str]) -> None:
    """A store with other triples, which shares with the old one what did not change; the old one stays as it is."""
    new.mkdir()
    for path in old.iterdir():
        if path.suffix == _IMMUTABLE:
            try:
                os.link(path, new / path.name)
                continue
            except OSError:  # another disk, or one without links
                pass
        if path.name != "LOCK":
            shutil.copyfile(path, new / path.name)
    graph = pyoxigraph.Store(str(new))
    removed, added = list(_quads(gone)), list(_quads(came))
    if not all(quad in graph for quad in removed) or any(quad in graph for quad in added):
        raise MismatchError
    for quad in removed:
        graph.remove(quad)
    graph.extend(added)
    graph.flush()
    del graph  # gives back the lock


def _quads(lines: Iterable[str]) -> Iterator[pyoxigraph.Quad]:
    text = "".join(lines).encode()
    yield from pyoxigraph.parse(text, pyoxigraph.RdfFormat.N_TRIPLES)


@contextmanager
def _mapped(path: Path) -> Iterator[mmap.mmap]:
    with path.open("rb") as file:
        try:
            mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        except ValueError as error:  # an empty file
            raise MismatchError from error
        with mapped:
            yield mapped


def _write(old: Path, new: Path, edits: Iterable[tuple[int, int, bytes]]) -> None:
    """Write a file with the edits: at an offset, how many bytes go, and which come (before what else is there)."""
    at = 0
    with old.open("rb") as source, new.open("wb") as file:
        for place, length, bytes_there in sorted(edits, key=lambda edit: (edit[0], edit[1])):
            if place > at:
                _copy(source, file, at, place - at)
                at = place
            file.write(bytes_there)
            at += length
        _copy(source, file, at, old.stat().st_size - at)


def _copy(source: BinaryIO, file: BinaryIO, at: int, size: int) -> None:
    """Write that many bytes of the source, from an offset on; they need not pass through this process."""
    file.flush()
    if hasattr(os, "copy_file_range"):
        with suppress(OSError):  # between two disks, or on one that cannot
            while size > 0 and (done := os.copy_file_range(source.fileno(), file.fileno(), size, at)):
                at, size = at + done, size - done
    file.seek(0, os.SEEK_END)
    source.seek(at)
    while size > 0 and (piece := source.read(min(size, _PIECE))):
        file.write(piece)
        size -= len(piece)


def _lower_bound(lines: mmap.mmap, line: bytes) -> int:
    """Where the line stands among sorted lines, or would stand."""
    low, high = 0, len(lines)
    while low < high:
        middle = (low + high) // 2
        start = lines.rfind(b"\n", low, middle) + 1 or low
        end = lines.find(b"\n", middle) + 1 or len(lines)
        if lines[start:end] < line:
            low = end
        else:
            high = start
    return low


def _block_of(lines: mmap.mmap, subject: str, shortener: Shortener) -> tuple[Key, bytes] | None:
    """The block of a subject, and where it stands; None where there is none."""
    start = _lower_bound(lines, f"{subject} ".encode())
    end = _lower_bound(lines, f"{subject}!".encode())  # the character after the blank
    if start == end:
        return None
    name, things = shortener.things(f"{line}\n" for line in lines[start:end].decode().split("\n")[:-1])
    return key_of(name, things), block(name, things).encode()


def _sections(text: mmap.mmap) -> Mapping[int, tuple[int, int]]:
    """Where the blocks of each section begin and end."""
    found: list[tuple[int, int, int]] = []
    at = 0
    for section in range(len(SECTIONS)):
        head = header(section).encode()
        place = text.find(head, at)
        if place >= 0:
            found.append((section, place, place + len(head)))
            at = place + len(head)
    ends = [place for _, place, _ in found[1:]] + [len(text)]
    return {section: (start, end) for (section, _, start), end in zip(found, ends, strict=True)}


def _place(text: mmap.mmap, bounds: Mapping[int, tuple[int, int]], key: Key) -> int:
    """Where the block of that key stands, or would stand."""
    if key[0] not in bounds:
        raise _SectionError
    low, high = bounds[key[0]]
    end_of_section = high
    while low < high:
        middle = (low + high) // 2
        start = text.rfind(b"\n\n", low, middle + 1) + 1 or low
        following = text.find(b"\n\n", max(middle, start + 1), end_of_section)
        end = following + 1 if following >= 0 else end_of_section
        try:
            found = key_of_block(text[start:end].decode())
        except ValueError as error:
            raise MismatchError from error
        if found < key:
            low = end
        else:
            high = start
    return low


def _is_left(text: mmap.mmap, bounds: tuple[int, int], edits: Iterable[tuple[int, int, bytes]]) -> bool:
    """Whether anything is left of a section."""
    start, end = bounds
    inside = [(length, there) for at, length, there in edits if start <= at <= end]
    return sum(length for length, _ in inside) < end - start or any(there for _, there in inside)
