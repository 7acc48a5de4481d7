"""The triples of a graph as lines of N-Triples in their order, and parts of them that a store takes at once."""

import hashlib
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import pyoxigraph

from kg.errors import ReadError
from kg.store import open_graph

_BLANK = re.compile(rb'^[ \t]*_:|^[^"]*[ \t>]_:[^"]*$')  # in a literal, _: is text


@dataclass(frozen=True, slots=True)
class Source:
    """A graph to push: its lines come from the file, or stand in `lines` where it had to be read from another form."""

    name: str
    folder: Path  # where a record of what was pushed can lie
    file: Path | None
    lines: tuple[bytes, ...]
    triples: int
    size: int  # bytes of all lines
    distinct: bool  # no line comes twice; only known of sorted ones
    digest: str  # of the lines

    def walk(self, start: int = 0) -> Iterator[bytes]:
        """The lines from the given one on; ReadError if the file is no longer what was measured."""
        yielded = start
        try:
            for line in islice(_lines(self.file) if self.file else self.lines, start, None):
                yielded += 1
                yield line
        except OSError as error:
            raise ReadError(f"{self.name}: cannot be read any more ({error.strerror}); push it again") from error
        if yielded != self.triples:
            raise ReadError(f"{self.name}: has changed while it was pushed; push it again")


def read_source(path: Path) -> Source:
    """The graph of an output folder, a store's folder or a file (.nt, .ttl); ReadError if it cannot go in parts.

    What belongs together by a blank node would come apart: a graph with one is refused.
    """
    file = path / "graph.nt" if (path / "graph.nt").is_file() else path
    if file.suffix.lower() == ".nt" and file.is_file():
        return _measure(str(file), file.parent, file, ())
    lines = _parsed(path) if path.suffix.lower() == ".ttl" and path.is_file() else tuple(open_graph(path).lines())
    return _measure(str(path), path if path.is_dir() else path.parent, None, lines)


def _measure(name: str, folder: Path, file: Path | None, lines: tuple[bytes, ...]) -> Source:
    digest = hashlib.sha256()
    count = size = 0
    last, distinct = b"", True
    try:
        for count, line in enumerate(_lines(file) if file else lines, 1):
            if b"_:" in line and _BLANK.search(line.strip()):
                raise ReadError(f"{name}: has blank nodes (line {count}), which cannot be pushed in parts")
            digest.update(line)
            size += len(line)
            distinct = distinct and line > last
            last = line
    except OSError as error:
        raise ReadError(f"{name}: cannot be read ({error.strerror})") from error
    return Source(name, folder, file, lines, count, size, distinct, digest.hexdigest())


def _parsed(file: Path) -> tuple[bytes, ...]:
    """The triples of a Turtle file, sorted; through a store, whole numbers would lose their type."""
    out = io.BytesIO()
    try:
        triples = (quad.triple for quad in pyoxigraph.parse(path=str(file), format=pyoxigraph.RdfFormat.TURTLE))
        pyoxigraph.serialize(triples, out, pyoxigraph.RdfFormat.N_TRIPLES)
    except (OSError, SyntaxError, ValueError) as error:
        raise ReadError(f"{file}: cannot be read as Turtle ({' '.join(str(error).split())})") from error
    return tuple(sorted(set(out.getvalue().splitlines(keepends=True))))


def _lines(file: Path) -> Iterator[bytes]:
    """The lines that hold triples, each with its end."""
    with file.open("rb") as opened:
        for line in opened:
            if line.strip() and not line.lstrip().startswith(b"#"):
                yield line if line.endswith(b"\n") else line + b"\n"


def parts(lines: Iterable[bytes], size: int) -> Iterator[list[bytes]]:
    """The lines in order, in lists of at most so many bytes; a line that is longer than that comes alone.

    >>> [b"".join(part) for part in parts([b"aa", b"b", b"cccc", b"d"], 3)]
    [b'aab', b'cccc', b'd']
    """
    part: list[bytes] = []
    held = 0
    for line in lines:
        if part and held + len(line) > size:
            yield part
            part, held = [], 0
        part.append(line)
        held += len(line)
    if part:
        yield part
