"""Gold of identities: short articles in which each marked name says who or what it is; pairs that are one, or two.

{"id": "t01", "published": "2021-03-04", "marked": "余杭区副区长[陈志远|chen-yuhang]出席会议。"}
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path

from kg.errors import ReadError
from kg.extract import extract
from kg.identify import identify
from kg.knowledge import Knowledge
from kg.model import Document, Facts, Span
from kg.read import document_of, json_records, read_bytes
from kg.score.measure import Tally

_MARK = re.compile(r"\[([^\[\]|]+)\|([^\[\]|]+)\]")
_MISSED = "?"


@dataclass(frozen=True, slots=True)
class Marked:
    """An article with the identity of each marked name, in the order of the text."""

    document: Document
    part: str
    names: tuple[tuple[Span, str], ...]


@dataclass(slots=True)
class Identity:
    """Pairs of an article's name and another's: found to be one and rightly so, missed, wrongly made one."""

    documents: int = 0
    names: int = 0
    missed: list[str] = field(default_factory=list)  # names that extraction did not find
    parts: defaultdict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    wrong: list[str] = field(default_factory=list)


def read_identities(path: str | Path) -> Iterator[Marked]:
    """The articles of a gold file of identities, in the order of its lines."""
    raw, where = read_bytes(str(path))
    for place, record in json_records(raw, where):
        marked = record.get("marked")
        if not isinstance(marked, str):
            raise ReadError(f'{place}: not a line of identities; it has no "marked" with [name|identity] in it')
        document = document_of({**record, "text": _MARK.sub(r"\1", marked)}, place, {})
        yield Marked(document, str(record.get("part", "all")), tuple(_names(marked, document.id)))


def _names(marked: str, document: str) -> Iterator[tuple[Span, str]]:
    taken = 0
    for found in _MARK.finditer(marked):
        start = found.start() - taken
        yield Span(document, start, start + len(found[1])), found[2]
        taken += len(found[0]) - len(found[1])


def measure_identity(golds: Sequence[Marked], knowledge: Knowledge) -> Identity:
    """All articles of the gold in one build: which names became one, against which are one."""
    facts = identify([extract(gold.document, knowledge) for gold in golds], knowledge)
    found = Identity(documents=len(golds))
    units = [unit for gold, fact in zip(golds, facts, strict=True) for unit in _units(gold, fact, found)]
    for one, other in combinations(units, 2):
        same, said = one.identity == other.identity, one.entity == other.entity and one.entity != _MISSED
        if not same and not said:
            continue
        for part in dict.fromkeys(("ALL", one.part if one.part == other.part else "ALL")):
            found.parts[part] += Tally(hits=same and said, missed=same and not said, extra=said and not same)
        if same != said:
            found.wrong.append(f"{'missed' if same else 'extra'} {one.label} = {other.label}")
    return found


@dataclass(frozen=True, slots=True)
class _Unit:
    """One identity in one article, and the entity that most of its names became."""

    part: str
    label: str
    identity: str
    entity: str


def _units(gold: Marked, facts: Facts, found: Identity) -> Iterator[_Unit]:
    by_span = {reading.mention.span: reading.entity for reading in facts.readings}
    entities: defaultdict[str, list[str]] = defaultdict(list)
    for span, identity in gold.names:
        found.names += 1
        entity = by_span.get(span) or next((by_span[one] for one in by_span if _within(span, one)), _MISSED)
        if entity == _MISSED:
            found.missed.append(f"{gold.document.name} {span.of(gold.document.text)}")
        entities[identity].append(entity)
    for identity, many in entities.items():
        seen = Counter(one for one in many if one != _MISSED)
        entity = min(seen, key=lambda one: (-seen[one], one), default=_MISSED)
        yield _Unit(gold.part, f"{gold.document.name} {identity}", identity, entity)


def _within(span: Span, other: Span) -> bool:
    """Whether a name stands inside a longer one that ends with it: 2021年度…会议 in 本次2021年度…会议."""
    return other.start <= span.start and span.end == other.end
