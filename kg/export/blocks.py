"""A written graph → its triples by subject, in the spelling of N-Triples: `<iri>`, `"text"@zh`."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph

from kg.errors import NotFoundError
from kg.store import open_graph
from kg.vocabulary import BASE, namespaces

Blocks = dict[str, list[tuple[str, str]]]
Triple = tuple[str, str, str]

_LINE = re.compile(r"(<[^>]*>) (<[^>]*>) (.+) \.")
_LITERAL = re.compile(r'"((?:[^"\\]|\\.)*)"(?:@([A-Za-z0-9-]+)|\^\^<([^>]*)>)?')
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))")
_SHORT = {"t": "\t", "n": "\n", "r": "\r", "b": "\b", "f": "\f"}


@dataclass(frozen=True, slots=True)
class Literal:
    """The characters of a literal, its language or its datatype."""

    value: str
    language: str
    datatype: str


@dataclass(frozen=True, slots=True)
class Written:
    """A graph by subject, sorted, with the base under which it was written."""

    blocks: Blocks
    base: str

    @property
    def names(self) -> dict[str, str]:
        """Namespaces by prefix."""
        return namespaces(self.base)

    def term(self, name: str) -> str:
        """The IRI of a prefixed name, as it is spelled in the blocks."""
        prefix, _, local = name.partition(":")
        return f"<{self.names[prefix]}{local}>"

    def of_class(self, name: str) -> Iterator[str]:
        """The subjects of that class, in order."""
        wanted = (self.term("rdf:type"), self.term(name))
        return (subject for subject, pairs in self.blocks.items() if wanted in pairs)

    def triples(self) -> Iterator[Triple]:
        """All triples, in order."""
        for subject, pairs in self.blocks.items():
            for predicate, thing in pairs:
                yield subject, predicate, thing

    def count(self) -> int:
        """How many triples there are."""
        return sum(map(len, self.blocks.values()))


def read_blocks(source: Path) -> Written:
    """The graph of an output folder, a store or a .nt or .ttl file; NotFoundError if none is there."""
    file = source / "graph.nt" if source.is_dir() else source
    if file.suffix.lower() == ".nt" and file.is_file():
        lines: Iterable[bytes] = file.read_bytes().splitlines()
        found = [_LINE.fullmatch(line.decode("utf-8", "replace")) for line in lines if line]
        if None in found:  # valid, but not as we write it
            return _blocks(_spelled(open_graph(file).lines()))
        return _blocks(one.groups() for one in found if one)  # type: ignore[misc]
    return _blocks(_spelled(open_graph(source).lines()))


def _spelled(lines: Iterable[bytes]) -> Iterator[Triple]:
    """The triples of a store, in which Oxigraph made each whole number an xsd:integer; offsets get their type back."""
    whole = ("<http://www.w3.org/ns/oa#start>", "<http://www.w3.org/ns/oa#end>")
    for line in lines:
        found = _LINE.fullmatch(line.decode().removesuffix("\n"))
        if found:
            subject, predicate, thing = found.groups()
            if predicate in whole:
                thing = thing.replace("XMLSchema#integer>", "XMLSchema#nonNegativeInteger>")
            yield subject, predicate, thing


def _blocks(triples: Iterable[Triple]) -> Written:
    blocks: Blocks = {}
    base = BASE
    for subject, predicate, thing in sorted(set(triples)):
        blocks.setdefault(subject, []).append((predicate, thing))
        if predicate == "<http://rdfs.org/ns/void#uriSpace>":
            base = read_literal(thing).value.removesuffix("id/")
    if not blocks:
        raise NotFoundError("the graph is empty; there is nothing to export")
    return Written(blocks, base)


def read_literal(spelled: str) -> Literal:
    r"""The parts of a literal of N-Triples.

    >>> read_literal('"a\\u0062"@zh')
    Literal(value='ab', language='zh', datatype='')
    """
    found = _LITERAL.fullmatch(spelled)
    if not found:
        raise ValueError(f"{spelled} is no literal")
    value = _ESCAPE.sub(_character, found[1]) if "\\" in found[1] else found[1]
    return Literal(value, found[2] or "", found[3] or "")


def _character(found: re.Match[str]) -> str:
    code = found[1] or found[2]
    return chr(int(code, 16)) if code else _SHORT.get(found[3], found[3])


def text(spelled: str) -> str:
    """The characters of a literal, or the IRI without its brackets."""
    return spelled[1:-1] if spelled.startswith("<") else read_literal(spelled).value


def parsed(lines: bytes) -> Iterator[pyoxigraph.Quad]:
    """The same as terms of Oxigraph."""
    return pyoxigraph.parse(lines, pyoxigraph.RdfFormat.N_QUADS)
