"""N-Triples → Turtle in sections to read, with prefixed names.

The block of a subject and its place among the others are a function of the lines of that subject alone: so a file can
be brought up to date block by block, and is what it would be if it were written anew.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import groupby

from kg.vocabulary import BASE, LOCAL, namespaces

# Titles, with the classes of what stands below them. What is of several classes stands below the first.
SECTIONS: tuple[tuple[str, str], ...] = (
    ("这个图 · This graph", "void:Dataset"),
    ("媒体 · Outlets", "kg:Outlet"),
    ("文章 · Articles", "kg:Article"),
    ("实体与事实 · Entities and their facts",
     "kg:Person kg:Office kg:Organization kg:Province kg:Place kg:Initiative kg:Event kg:Document"),
    ("任职 · Tenures", "kg:Tenure"),
    ("届次 · Series", "kg:Series kg:Edition"),
    ("文件的办理 · Stages of documents", "kg:Stage"),
    ("引语 · Quotations", "kg:Quotation"),
    ("是否同一 · Who is who", "kg:Guise kg:Judgement"),
    ("相互矛盾 · Conflicts", "kg:Conflict"),
    ("更正 · Corrections", "kg:Corrector kg:Correction kg:RejectedEntity kg:RejectedFact"),
    ("事实的出处 · Where each fact is written", "rdf:Statement"),
    ("依据 · Evidence", "kg:Match kg:Derivation"),
    ("句子 · Sentences", "kg:Sentence"),
    ("其他 · Others", ""),
)  # fmt: skip
_OTHERS = len(SECTIONS) - 1
_SECTION: Mapping[str, int] = {name: place for place, (_, names) in enumerate(SECTIONS) for name in names.split()}
# By what the blocks of a section are in order, before their subject: sentences as they stand in their articles.
_ORDER: Mapping[str, tuple[str, ...]] = {
    "kg:Edition": ("kg:ofSeries", "kg:editionName"),
    "kg:Quotation": ("kg:inArticle", "oa:start"),
    "kg:Judgement": ("kg:one", "kg:other"),
    "rdf:Statement": ("rdf:subject", "rdf:predicate", "rdf:object"),
    "kg:Match": ("kg:inSentence", "oa:start"),
    "kg:Sentence": ("kg:inArticle", "oa:start"),
}
_FIRST = (
    "rdf:type", "rdfs:label", "skos:altLabel", "dcterms:identifier", "dcterms:title", "dcterms:date", "rdf:subject",
    "rdf:predicate", "rdf:object",
)  # fmt: skip
_RANK = {name: f"{place:02}" for place, name in enumerate(_FIRST)}
_END = len(" .\n")
_NUMBER = re.compile(r'"(\d+)"\^\^xsd:nonNegativeInteger')

Things = Mapping[str, Sequence[str]]  # objects by predicate, both as Turtle writes them and in its order
Key = tuple[int, tuple[str, ...], str]  # section, order in it, subject


class Shortener:
    """Terms of N-Triples as Turtle writes them."""

    def __init__(self, base: str = BASE) -> None:
        self._prefixes = namespaces(base)
        self._id = f"<{self._prefixes['id']}"
        self.iri = cache(self._iri)

    def head(self) -> str:
        """The prefixes, declared."""
        return "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in self._prefixes.items())

    def things(self, lines: Iterable[str]) -> tuple[str, Things]:
        """The subject of some lines, all of one, and what they say of it."""
        found: dict[str, list[str]] = {}
        subject = ""
        for line in lines:
            subject, predicate, rest = line.split(" ", 2)
            found.setdefault(predicate, []).append(self._object(rest[:-_END]))
        named = {self.iri(predicate): sorted(several) for predicate, several in found.items()}
        return self._object(subject), {name: named[name] for name in sorted(named, key=_ranked)}

    def _object(self, term: str) -> str:
        if term.startswith(self._id):
            return f"id:{term[len(self._id) : -1]}"
        if term[0] == "<":
            return self.iri(term)
        if term[-1] == ">":
            value, _, datatype = term.rpartition("^^")
            return f"{value}^^{self.iri(datatype)}"
        return term

    def _iri(self, term: str) -> str:
        for prefix, iri in self._prefixes.items():
            if term.startswith(iri, 1) and LOCAL.fullmatch(term, len(iri) + 1, len(term) - 1):
                return f"{prefix}:{term[len(iri) + 1 : -1]}"
        return term


def turtle(lines: Iterable[str], base: str = BASE) -> Iterator[str]:
    """The Turtle of sorted lines of N-Triples, in parts to be joined."""
    shortener = Shortener(base)
    blocks = []
    for _, of_subject in groupby(lines, key=lambda line: line[: line.index(" ")]):
        subject, things = shortener.things(of_subject)
        blocks.append((key_of(subject, things), block(subject, things)))
    blocks.sort()
    yield shortener.head()
    for section, several in groupby(blocks, key=lambda one: one[0][0]):
        yield header(section)
        yield from (text for _, text in several)


def header(section: int) -> str:
    """What stands above the blocks of a section."""
    return f"\n# {SECTIONS[section][0]}\n"


def _ranked(predicate: str) -> str:
    return _RANK.get(predicate, predicate)


def block(subject: str, things: Things) -> str:
    """All triples of one subject as one statement of Turtle, after a blank line."""
    parts = [
        f"{'a' if predicate == 'rdf:type' else predicate} " + ",\n        ".join(several)
        for predicate, several in things.items()
    ]
    return f"\n{subject} " + " ;\n    ".join(parts) + " .\n"


def key_of(subject: str, things: Things) -> Key:
    """Where the block of a subject stands."""
    return _key(subject, things.get("rdf:type", ()), {predicate: several[0] for predicate, several in things.items()})


_KIND = re.compile(r"\A\n(\S+) (?:a ([^;]*?) [;.]$)?", re.MULTILINE)
_VALUE = re.compile(r"^    ([a-z]+:\w+) (.*) [;.]$", re.MULTILINE)


def key_of_block(text: str) -> Key:
    """The same, read from the block itself; a literal holds no line feed, so a line that begins so is a predicate."""
    found = _KIND.match(text)
    if not found:
        raise ValueError("no block of Turtle")
    kinds = [one.strip() for one in (found[2] or "").split(",")]
    values = dict(_VALUE.findall(text)) if any(kind in _ORDER for kind in kinds) or "kg:Series" in kinds else {}
    return _key(found[1], kinds, values)


def _key(subject: str, kinds: Sequence[str], values: Mapping[str, str]) -> Key:
    section = min((_SECTION[kind] for kind in kinds if kind in _SECTION), default=_OTHERS)
    if "kg:Series" in kinds:
        return section, (subject, ""), subject
    names = next((_ORDER[kind] for kind in kinds if kind in _ORDER), ())
    return section, tuple(_orderly(values.get(name, "")) for name in names), subject


def _orderly(value: str) -> str:
    """A number so that 9 comes before 10."""
    found = _NUMBER.fullmatch(value)
    return found[1].zfill(12) if found else value
