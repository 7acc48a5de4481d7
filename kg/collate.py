"""Documents → the same documents, each copy marked with the article that it repeats: a syndicated text counts once.

Outlets print an agency's text whole, trimmed, or with a line of their own. Two texts are copies of one another when the
clauses of the shorter stand, nearly all of them and word for word, in the longer one; not where the days that they name
are others: 3月1日，省政府常务会议召开 is said of the 15th in the same words.
"""

import hashlib
import re
import struct
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from kg.model import Document

# Cut at every mark: 本报讯（记者 何立新）|6月5日，… is the agency's sentence with a word of the outlet before it.
_CLAUSE = re.compile(r"[^。！？；，：（）!?;,:()\n]+")
_DAY = re.compile(r"\d{1,2}月\d{1,2}日|(?<![\d月])\d{1,2}日")
_NO_WORDS = re.compile(r"[\W_]+")
_TELLING = 6  # characters: shorter clauses (会议指出) stand in many articles
_SHARED = 0.85  # of the characters of the shorter text: more than a report of another day on the same thing shares
_CLAUSES = struct.Struct("<8sI")
_COMMON = 50  # articles: a clause that stands in more is a formula, and no evidence


@dataclass(frozen=True, slots=True)
class Print:
    """What of a document tells whether it is a copy."""

    id: str
    length: int  # of the text
    published: str
    days: frozenset[str]  # that the text names
    clauses: bytes  # for each clause its digest of eight bytes, and its length in four

    def sizes(self) -> Mapping[bytes, int]:
        """The clauses as digests of their words, with their lengths."""
        return dict(_CLAUSES.iter_unpack(self.clauses))


def collate(documents: Sequence[Document]) -> tuple[Document, ...]:
    """The documents in their order; of each group of copies all but one have `copy_of`, the id of that one.

    That one is the longest of its group, which holds what all others say; of equals the first published, whose 昨日 is
    the right one. Which are marked does not depend on the order of the documents.
    """
    originals = find_originals([print_of(document) for document in documents])
    return tuple(
        replace(document, copy_of=originals[document.id]) if originals[document.id] != document.id else document
        for document in documents
    )


def print_of(document: Document) -> Print:
    """The print of a document."""
    clauses = b"".join(_CLAUSES.pack(digest, size) for digest, size in _clauses(document.text).items())
    days = frozenset(_DAY.findall(document.text))
    return Print(document.id, len(document.text), document.published, days, clauses)


def find_originals(prints: Iterable[Print]) -> Mapping[str, str]:
    """For the id of each document that of the article that stands for it, its own where it is no copy."""
    by_id = {one.id: one for one in prints}
    clauses = {ident: one.sizes() for ident, one in by_id.items()}
    parent = {ident: ident for ident in by_id}

    def root(ident: str) -> str:
        while parent[ident] != ident:
            parent[ident] = parent[parent[ident]]
            ident = parent[ident]
        return ident

    for one, other in _pairs(clauses):
        days = by_id[one].days, by_id[other].days
        if not (all(days) and days[0].isdisjoint(days[1])):
            parent[root(one)] = root(other)
    groups: defaultdict[str, list[Print]] = defaultdict(list)
    for ident, one_print in by_id.items():
        groups[root(ident)].append(one_print)
    return {one.id: min(group, key=_precedence).id for group in groups.values() for one in group}


def _precedence(one: Print) -> tuple[int, str, str]:
    """Least for the article that stands for its copies."""
    return -one.length, one.published or "9", one.id


def _pairs(clauses: Mapping[str, Mapping[bytes, int]]) -> Iterator[tuple[str, str]]:
    """The pairs of ids whose texts are copies of one another."""
    places: defaultdict[bytes, list[str]] = defaultdict(list)
    for ident in sorted(clauses):
        for digest in clauses[ident]:
            places[digest].append(ident)
    length = {ident: sum(found.values()) for ident, found in clauses.items()}
    for ident, found in sorted(clauses.items()):
        shared: Counter[str] = Counter()
        for digest, size in found.items():
            if len(places[digest]) <= _COMMON:
                for other in places[digest]:
                    shared[other] += size
        for other, size in shared.items():
            if ident < other and size >= _SHARED * min(length[ident], length[other]):
                yield ident, other


def _clauses(text: str) -> Mapping[bytes, int]:
    """The clauses of a text as digests of their words, with their lengths; a short text is one clause."""
    found = [words for match in _CLAUSE.findall(text) if len(words := _NO_WORDS.sub("", match)) >= _TELLING]
    whole: Iterable[str] = found or (_NO_WORDS.sub("", text),)
    return {_digest(words): len(words) for words in whole}


def _digest(words: str) -> bytes:
    return hashlib.blake2b(words.encode("utf-8", "surrogatepass"), digest_size=8).digest()
