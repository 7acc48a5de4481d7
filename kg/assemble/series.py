"""Events that come back: 2019 芜湖 → 2020 湖州 → 2021 江苏, the editions of one meeting in order, with who had them."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.knowledge import Knowledge
from kg.model import Date, Edition, Entity, Facts, Series, Statement, short_hash

_DIGITS = {char: value for value, char in enumerate("一二三四五六七八九", 1)}
_SHORTEST = 4  # 大会, 论坛: what is left of such a name says nothing


@dataclass(frozen=True, slots=True, order=True)
class _Member:
    year: int
    number: int
    event: str
    label: str


def find_series(
    facts: Sequence[Facts], entities: Mapping[str, Entity], statements: Iterable[Statement],
    divisions: Mapping[str, object], knowledge: Knowledge,
) -> tuple[tuple[Series, ...], tuple[Entity, ...]]:  # fmt: skip
    """The series of which the graph has two editions or more, sorted, and the hosts that only a name tells of."""
    years: dict[str, int] = {}
    hosts: defaultdict[str, list[str]] = defaultdict(list)
    for statement in statements:
        if statement.predicate == "heldOn" and isinstance(statement.object, Date):
            years.setdefault(statement.subject, int(statement.object.value[:4]))
        elif statement.predicate in ("heldAt", "organizedBy"):
            hosts[statement.subject].append(str(statement.object))
    members: defaultdict[str, set[_Member]] = defaultdict(set)
    for event in (entity for entity in entities.values() if entity.type == "Event"):
        name, year, number, label = read_edition(event.name, knowledge)
        if label and len(name) >= _SHORTEST and name not in knowledge.heads:  # 第一次全体会议 of whoever
            members[name].add(_Member(year or years.get(event.id, 0), number, event.id, label))
    added: dict[str, Entity] = {}
    for name, member, city in _named_for_cities(facts, entities, years, members, knowledge):
        members[name].add(member)
        added[city.id] = city
        hosts[member.event].append(city.id)
    found = [
        Series(
            f"series-{short_hash('Series', name)}",
            name,
            tuple(Edition(one.event, one.label, tuple(sorted(set(hosts[one.event])))) for one in sorted(several)),
        )
        for name, several in members.items()
        if len({(one.year, one.number) for one in several}) > 1
    ]
    return tuple(sorted(found, key=lambda one: one.id)), tuple(added[ident] for ident in sorted(added))


def read_edition(name: str, knowledge: Knowledge) -> tuple[str, int, int, str]:
    """The name of the series, the year and the number that the name tells (else 0), and how the edition is called."""
    found = knowledge.patterns["edition_in_name"].match(name)
    if not found or not (found["year"] or found["number"]):
        return name, 0, 0, ""
    label = found["year"] or f"第{found['number']}届"
    return found["before"] + name[found.end() :], int(found["year"] or 0), _number(found["number"] or ""), label


def _number(text: str) -> int:
    """十二 as 12."""
    if re.fullmatch(r"\d*", text):
        return int(text or 0)
    hundreds, _, rest = text.rpartition("百")
    tens, ten, ones = rest.rpartition("十")
    total = 100 * _DIGITS.get(hundreds, 1 if "百" in text else 0)
    return total + (10 * _DIGITS.get(tens, 1) if ten else 0) + _DIGITS.get(ones, 0)


def _named_for_cities(
    facts: Iterable[Facts], entities: Mapping[str, Entity], years: Mapping[str, int],
    members: Mapping[str, set[_Member]], knowledge: Knowledge,
) -> Iterator[tuple[str, _Member, Entity]]:  # fmt: skip
    """2019年“芜湖会议”以来: an edition of the one yearly meeting that the article tells of, by its city."""
    yearly = {one.event: (name, one.year) for name, several in members.items() for one in several if one.year}
    for fact in facts:
        told = {yearly[entity.id][0] for entity in fact.entities if entity.id in yearly}
        taken = {yearly[entity.id][1] for entity in fact.entities if entity.id in yearly}
        for entity in fact.entities:
            found = knowledge.patterns["named_for_city"].match(entity.name) if entity.type == "Event" else None
            if found and len(told) == 1 and years.get(entity.id) and years[entity.id] not in taken:
                (name,) = told
                if city := _city(found["city"], entities, knowledge):
                    yield name, _Member(years[entity.id], 0, entity.id, str(years[entity.id])), city


def city_of_name(name: str, knowledge: Knowledge) -> str:
    """The id of the city for which an event is named, 芜湖会议; "" where it is named otherwise."""
    found = knowledge.patterns["named_for_city"].match(name)
    city = _city(found["city"], {}, knowledge) if found else None
    return city.id if city else ""


def _city(form: str, entities: Mapping[str, Entity], knowledge: Knowledge) -> Entity | None:
    """The one city of that name, as the graph has it or from the table."""
    rows = [row for row in knowledge.names.get(form, ()) if row.code and row.kind in ("Prefecture", "Province")]
    if len(rows) != 1:
        return None
    (row,) = rows
    ident = f"{row.type.lower()}-{row.code}"
    return entities.get(ident) or Entity(ident, row.type, row.name, kind=row.kind, code=row.code)
