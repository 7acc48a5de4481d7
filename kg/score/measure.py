"""Each gold document is built alone, and what comes out is held against what should."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Literal, TypeVar

from kg.assemble import assemble
from kg.extract import extract
from kg.identify import identify
from kg.knowledge import Knowledge
from kg.model import ENTITY_TYPES, RELATIONS, Assembly, Facts, Statement
from kg.score.gold import Gold
from kg.score.match import Fact, Thing, normal_name, pairs, same_fact, same_thing, thing

T = TypeVar("T")
Mode = Literal["strict", "lenient"]
MODES: tuple[Mode, ...] = ("strict", "lenient")


@dataclass(slots=True)
class Tally:
    """Found and right, in gold but not found, found but not in gold."""

    hits: int = 0
    missed: int = 0
    extra: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(self.hits + other.hits, self.missed + other.missed, self.extra + other.extra)

    @property
    def precision(self) -> float:
        """The share of what was found that is right."""
        return self.hits / (self.hits + self.extra) if self.hits + self.extra else 0.0

    @property
    def recall(self) -> float:
        """The share of what is right that was found."""
        return self.hits / (self.hits + self.missed) if self.hits + self.missed else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(slots=True)
class Measure:
    """The figures of many documents; the misses and extras are those of the strict mode."""

    documents: int = 0
    tallies: dict[Mode, defaultdict[str, Tally]] = field(
        default_factory=lambda: {mode: defaultdict(Tally) for mode in MODES}
    )
    misses: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    extras: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    rules: defaultdict[tuple[str, str], Tally] = field(default_factory=lambda: defaultdict(Tally))  # no misses

    def total(self, mode: Mode, names: Iterable[str]) -> Tally:
        """The sum over those types or relations."""
        return sum((self.tallies[mode][name] for name in names), Tally())

    def add(self, other: "Measure") -> None:
        """Count the other's documents too."""
        self.documents += other.documents
        for mode in MODES:
            for name, tally in other.tallies[mode].items():
                self.tallies[mode][name] += tally
        for mine, theirs in ((self.misses, other.misses), (self.extras, other.extras)):
            for name, rows in theirs.items():
                mine[name] += rows
        for rule, tally in other.rules.items():
            self.rules[rule] += tally


def measure(gold: Gold, knowledge: Knowledge) -> tuple[Measure, Assembly]:
    """The figures of one document built alone, and the graph that was built."""
    (facts,) = identify((extract(gold.document, knowledge),), knowledge)
    assembly = assemble((facts,), knowledge.divisions, (), knowledge)
    mentioned = {entity for _, entity in assembly.mentions}  # what only a table knows costs nothing
    found = {one.id: thing(one.type, one.name, one.aliases) for one in assembly.entities if one.id in mentioned}
    statements = [one for one in assembly.statements if _counts(one, found)]
    result, name = Measure(documents=1), gold.document.name
    right = _compare(result, name, gold.things, list(found.values()), ENTITY_TYPES, _type, same_thing)
    for at, rule in enumerate(_first_rules(facts, found)):
        result.rules["entity", rule] += _fired(at in right)
    right = _compare(
        result, name, gold.facts, [_fact(one, found) for one in statements], RELATIONS, _relation, same_fact
    )
    for at, statement in enumerate(statements):
        for rule in {evidence.rule for evidence in statement.evidence}:
            result.rules["relation", rule] += _fired(at in right)
    return result, assembly


def _counts(statement: Statement, found: Mapping[str, Thing]) -> bool:
    """Whether scoring looks at the statement: a relation of the guideline between things that the text names."""
    ends = (statement.subject, statement.object) if isinstance(statement.object, str) else (statement.subject,)
    return statement.predicate in RELATIONS and all(end in found for end in ends)


def _fact(statement: Statement, found: Mapping[str, Thing]) -> Fact:
    end = statement.object
    return Fact(
        found[statement.subject],
        statement.predicate,
        found[end] if isinstance(end, str) else normal_name(end.value),
    )


def _first_rules(facts: Facts, entities: Iterable[str]) -> list[str]:
    """For each entity the recogniser that saw its first mention."""
    first: dict[str, str] = {}
    for reading in sorted(facts.readings, key=lambda one: one.mention.span):
        first.setdefault(reading.entity, reading.mention.rule)
    return [first.get(entity, "no mention") for entity in entities]


def _fired(is_right: bool) -> Tally:
    return Tally(hits=1) if is_right else Tally(extra=1)


def _compare(
    result: Measure,
    document: str,
    gold: Sequence[T],
    found: Sequence[T],
    names: Iterable[str],
    name_of: Callable[[T], str],
    same: Callable[[T, T, bool], bool],
) -> set[int]:
    """Count things, or facts, in both modes; the positions in `found` of those that are strictly right."""
    right: set[int] = set()
    strictly, leniently = partial(_test, same, False), partial(_test, same, True)
    for name in names:
        wanted = [item for item in gold if name_of(item) == name]
        places = [at for at, item in enumerate(found) if name_of(item) == name]
        candidates = [found[at] for at in places]
        strict = pairs(wanted, candidates, strictly)
        lenient = pairs(wanted, candidates, strictly, leniently)
        for mode, met in zip(MODES, (strict, lenient), strict=True):
            if wanted or candidates:
                result.tallies[mode][name] += Tally(len(met), len(wanted) - len(met), len(candidates) - len(met))
        hit = set(strict.values())
        result.misses[name] += [f"{document}: {show(item)}" for i, item in enumerate(wanted) if i not in strict]
        result.extras[name] += [f"{document}: {show(item)}" for j, item in enumerate(candidates) if j not in hit]
        right |= {places[j] for j in hit}
    return right


def _test(same: Callable[[T, T, bool], bool], lenient: bool, gold: T, found: T) -> bool:
    return same(gold, found, lenient)


def _type(one: Thing) -> str:
    return one.type


def _relation(one: Fact) -> str:
    return one.relation


def show(item: object) -> str:
    """A thing or a fact in one line."""
    if isinstance(item, Fact):
        return f"{item.subject.name} {item.relation} {show(item.object)}"
    return item.name if isinstance(item, Thing) else str(item)
