"""Facts of many documents → the same facts with global ids: who is who across documents.

Persons, offices, bodies and places come with ids made of type and name (divisions: their code), so that equal names
meet by themselves. Events do not: the 国务院常务会议 of June 7 and that of June 14 are two. An event's id is therefore
local to its document, until its day or its edition says which one it is.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby

from kg.model import Date, Entity, Evidence, Facts, Quotation, Reading, Statement, short_hash

# 2020年度长三角地区主要领导座谈会, 第七届…, 党的十九大, 十九届五中全会: the name says which one of a series is meant.
_EDITION = re.compile(
    r"(?:19|20)\d\d年|[一二][九〇零○][〇零○一二三四五六七八九]{2}年|第[\d一二三四五六七八九十百]+届|十[一二三四五六七八九]?[大届]|二十[一-十]?[大届]"
)
# 座谈会, 开幕式, 成果发布会: two such events of one day are as a rule two.
_TELLING = 6
# The sessions of one edition (第十三届全国人民代表大会第三次会议) last weeks; editions of equal name are months apart.
_EDITION_LASTS = timedelta(days=31)


@dataclass(frozen=True, slots=True)
class _Candidate:
    """An event of one document, with the days on which that document says it was held."""

    id: str
    name: str
    days: tuple[tuple[date, date], ...]  # first and last day of each date, sorted


def identify(facts: Sequence[Facts]) -> tuple[Facts, ...]:
    """The facts in the same order with global ids everywhere; what an id becomes does not depend on the order."""
    ids = dict(_global_ids(_candidates(facts)))
    return tuple(_rename(fact, ids) for fact in facts)


def _candidates(facts: Iterable[Facts]) -> Iterator[_Candidate]:
    names: dict[str, str] = {}
    held: defaultdict[str, set[tuple[date, date]]] = defaultdict(set)
    for fact in facts:
        names.update((entity.id, entity.name) for entity in fact.entities if entity.type == "Event")
        for statement in fact.statements:
            if statement.predicate == "heldOn" and isinstance(statement.object, Date):
                held[statement.subject].update(_days(statement.object.value))
    for ident, name in names.items():
        yield _Candidate(ident, name, tuple(sorted(held[ident])))


def _days(value: str) -> Iterator[tuple[date, date]]:
    """First and last day of a date or an interval; nothing for a month, a year or what is no date."""
    first, _, last = value.partition("/")
    try:
        yield date.fromisoformat(first), date.fromisoformat(last or first)
    except ValueError:
        return


def _global_ids(candidates: Iterable[_Candidate]) -> Iterator[tuple[str, str]]:
    """The global id of each candidate of which it can be said, as (local, global)."""
    ordered = sorted(candidates, key=lambda candidate: (candidate.name, candidate.id))
    for name, group in groupby(ordered, key=lambda candidate: candidate.name):
        same_name = tuple(group)
        if _EDITION.search(name):
            yield from _same_edition(name, same_name)
        elif len(name) >= _TELLING:
            for first, cluster in _by_day(same_name, timedelta()):
                yield from ((candidate.id, _event_id(name, first)) for candidate in cluster)


def _same_edition(name: str, candidates: Sequence[_Candidate]) -> Iterator[tuple[str, str]]:
    """All are one where no two stated days speak against it; else each day's event is one, and the undated abstain."""
    clusters = tuple(_by_day(candidates, _EDITION_LASTS))
    if len(clusters) <= 1:
        yield from ((candidate.id, _event_id(name)) for candidate in candidates)
        return
    for first, cluster in clusters:
        yield from ((candidate.id, _event_id(name, first)) for candidate in cluster)


def _by_day(candidates: Sequence[_Candidate], gap: timedelta) -> Iterator[tuple[date, tuple[_Candidate, ...]]]:
    """The dated candidates in clusters linked by days that overlap or are no farther apart than the gap.

    Each comes with the first day of the cluster. A candidate of several days joins the clusters of all of them.
    """
    ranges = sorted((*days, candidate.id) for candidate in candidates for days in candidate.days)
    by_id = {candidate.id: candidate for candidate in candidates}
    parent = {candidate.id: candidate.id for candidate in candidates if candidate.days}

    def root(ident: str) -> str:
        while parent[ident] != ident:
            ident = parent[ident]
        return ident

    reach, latest = date.min, ""
    for first, last, ident in ranges:
        if latest and first - reach <= gap:
            parent[root(ident)] = root(latest)
        if not latest or last > reach:
            reach, latest = last, ident
    clusters: defaultdict[str, list[_Candidate]] = defaultdict(list)
    for ident in parent:
        clusters[root(ident)].append(by_id[ident])
    for cluster in clusters.values():
        yield min(days[0] for candidate in cluster for days in candidate.days), tuple(cluster)


def _event_id(name: str, first: date | None = None) -> str:
    return "event-" + (short_hash("Event", name, first.isoformat()) if first else short_hash("Event", name))


def _rename(facts: Facts, ids: Mapping[str, str]) -> Facts:
    def of(ident: str) -> str:
        return ids.get(ident, ident)

    def entity(it: Entity) -> Entity:
        return replace(it, id=of(it.id))

    def reading(it: Reading) -> Reading:
        return replace(it, entity=of(it.entity))

    def evidence(it: Evidence) -> Evidence:
        return replace(it, premises=tuple((of(s), p, of(o)) for s, p, o in it.premises)) if it.premises else it

    def statement(it: Statement) -> Statement:
        thing = it.object if isinstance(it.object, Date) else of(it.object)
        return replace(it, subject=of(it.subject), object=thing, evidence=tuple(map(evidence, it.evidence)))

    def quotation(it: Quotation) -> Quotation:
        return replace(it, speaker=of(it.speaker), about=tuple(sorted({of(one) for one in it.about})))

    return replace(
        facts,
        readings=tuple(map(reading, facts.readings)),
        entities=tuple(map(entity, facts.entities)),
        statements=tuple(map(statement, facts.statements)),
        quotations=tuple(map(quotation, facts.quotations)),
    )
