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
from dataclasses import replace
from typing import NamedTuple

from kg.model import Document

# Cut at every mark: 本报讯（记者 何立新）|6月5日，… is the agency's sentence with a word of the outlet before it.
_CLAUSE = re.compile(r"[^。！？；，：（）!?;,:()\n]+")
_DAY = re.compile(r"\d{1,2}月\d{1,2}日|(?<![\d月])\d{1,2}日")
_NO_WORDS = re.compile(r"[\W_]+")
_TELLING = 6  # characters: shorter clauses (会议指出) stand in many articles
_SHARED = 0.85  # of the characters of the shorter text: more than a report of another day on the same thing shares
_CLAUSES = struct.Struct("<8sI")
_COMMON = 50  # articles: a clause that stands in more is a formula, and no evidence


class Print(NamedTuple):
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
    return originals_of(by_id, pairs_of(by_id.values()))


def pairs_of(prints: Iterable[Print]) -> set[tuple[str, str]]:
    """The pairs of ids whose texts share nearly all of their clauses."""
    return set(_pairs({one.id: one.sizes() for one in prints}))


def pairs_after(
    pairs: Iterable[tuple[str, str]], gone: Sequence[Print], came: Sequence[Print], now: Sequence[Print]
) -> set[tuple[str, str]]:
    """The same for the documents of `now`, from the pairs before some of them came and others went."""
    changed = {digest for one in (*gone, *came) for digest in one.sizes()}
    holders = _holders(changed, now)
    here, there = (dict.fromkeys(changed, 0) for _ in range(2))
    for counted, several in ((here, came), (there, gone)):
        for one in several:
            for digest in one.sizes():
                counted[digest] += 1
    # A clause that has become a formula, or is none any more, counts for other documents too.
    redo = {one.id for one in came}
    for digest, ids in holders.items():
        if (len(ids) <= _COMMON) != (len(ids) - here[digest] + there[digest] <= _COMMON):
            redo.update(ids)
    away = {one.id for one in gone} | redo
    sizes = {one.id: one.sizes() for one in now if one.id in redo}
    further = {digest for found in sizes.values() for digest in found} - holders.keys()
    places = {**holders, **_holders(further, now)}
    found = {(one, other) for one, other in pairs if one not in away and other not in away}
    by_id = {one.id: one for one in now}
    for ident, clauses in sizes.items():
        shared: Counter[str] = Counter()
        for digest, size in clauses.items():
            if len(places[digest]) <= _COMMON:
                for other in places[digest]:
                    shared[other] += size
        own = sum(clauses.values())
        for other, size in shared.items():
            if other != ident and size >= _SHARED * min(own, sum(by_id[other].sizes().values())):
                found.add((min(ident, other), max(ident, other)))
    return found


def _holders(digests: Iterable[bytes], prints: Iterable[Print]) -> dict[bytes, set[str]]:
    """The ids of the documents in which each of these clauses stands."""
    found: dict[bytes, set[str]] = {digest: set() for digest in digests}
    for one in prints if found else ():
        if any(map(one.clauses.__contains__, found)):  # seldom, and quickly told; the bytes may be others
            for digest in found.keys() & one.sizes().keys():
                found[digest].add(one.id)
    return found


def originals_of(by_id: Mapping[str, Print], pairs: Iterable[tuple[str, str]]) -> Mapping[str, str]:
    """The same from the pairs."""
    parent = {ident: ident for ident in by_id}

    def root(ident: str) -> str:
        while parent[ident] != ident:
            parent[ident] = parent[parent[ident]]
            ident = parent[ident]
        return ident

    for one, other in sorted(pairs):
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
