"""Facts of which not all can be true: two holders of a seat for one, or one person in two places, at once."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from itertools import combinations

from kg.assemble.tenures import Offices
from kg.model import Conflict, Date, Entity, Statement, Tenure, short_hash

Triple = tuple[str, str, str]


def find_conflicts(
    tenures: Sequence[Tenure], statements: Sequence[Statement], offices: Offices, entities: Mapping[str, Entity]
) -> tuple[Conflict, ...]:
    """The conflicts, sorted; nothing is taken back because of them, for which side is wrong only a reader can say."""
    known = {statement.triple for statement in statements}
    found = {
        *_two_in_a_seat(tenures, offices, entities, known),
        *_two_seats(tenures, offices, entities, known),
        *_two_places(statements, entities),
    }
    return tuple(sorted(found))


def _two_in_a_seat(
    tenures: Sequence[Tenure], offices: Offices, entities: Mapping[str, Entity], known: Set[Triple]
) -> Iterator[Conflict]:
    """上海市市长 in May is the one, in June the other, in July the one again."""
    seats: defaultdict[str, list[Tenure]] = defaultdict(list)
    for tenure in tenures:
        if tenure.attested and offices.for_one(tenure.seat):
            seats[tenure.seat].append(tenure)
    for seat, holders in seats.items():
        for one, other in combinations(holders, 2):
            if one.person != other.person and (days := _between(one, other)):
                names = "、".join(sorted(entities[each.person].name for each in (one, other)))
                note = f"{names}同时任{entities[seat].name}：{days[0]} 至 {days[1]}"
                yield _conflict("two-in-a-seat", (one.person, other.person, seat), _facts((one, other), known), note)


def _two_seats(
    tenures: Sequence[Tenure], offices: Offices, entities: Mapping[str, Entity], known: Set[Triple]
) -> Iterator[Conflict]:
    """One person as 县长 of two counties: as a rule two of one name, whom nothing else told apart."""
    people: defaultdict[str, list[Tenure]] = defaultdict(list)
    for tenure in tenures:
        if tenure.attested and offices.seat(tenure.office).alone:
            people[tenure.person].append(tenure)
    for person, own in people.items():
        for one, other in combinations(own, 2):
            seats = offices.seat(one.office), offices.seat(other.office)
            if not offices.seats.related(*seats) and (days := _between(one, other)):
                names = "、".join(sorted(seat.name for seat in seats))
                note = f"{entities[person].name}同时任{names}：{days[0]} 至 {days[1]}"
                about = person, one.office, other.office
                yield _conflict("two-seats-at-once", about, _facts((one, other), known), note)


def _between(one: Tenure, other: Tenure) -> tuple[str, str] | None:
    """The days on which both are attested, or one of them lies within the days of the other."""
    first, last = max(one.attested[0], other.attested[0]), min(one.attested[-1], other.attested[-1])
    return (first, last) if first <= last else None


def _two_places(statements: Iterable[Statement], entities: Mapping[str, Entity]) -> Iterator[Conflict]:
    """At meetings in two provinces on one day."""
    days: defaultdict[str, set[str]] = defaultdict(set)
    provinces: defaultdict[str, set[str]] = defaultdict(set)
    there: defaultdict[str, list[Statement]] = defaultdict(list)
    for statement in statements:
        asserted = any(one.modality == "asserted" for one in statement.evidence)
        if statement.predicate == "heldOn" and isinstance(statement.object, Date) and len(statement.object.value) == 10:
            days[statement.subject].add(statement.object.value)
        elif statement.predicate == "heldAt" and (code := entities[str(statement.object)].code):
            provinces[statement.subject].add(code[:2])
        elif statement.predicate == "attended" and asserted and entities[statement.subject].type == "Person":
            there[statement.subject].append(statement)
    for person, attended in there.items():
        placed = [one for one in attended if days[str(one.object)] and provinces[str(one.object)]]
        for one, other in combinations(placed, 2):
            first, second = str(one.object), str(other.object)
            day = min(days[first] & days[second], default="")
            if day and not provinces[first] & provinces[second]:
                note = f"{entities[person].name}在{day}出席两地活动：{entities[first].name}、{entities[second].name}"
                yield _conflict("two-places-in-a-day", (person, first, second), (one.triple, other.triple), note)


def _facts(tenures: Iterable[Tenure], known: Set[Triple]) -> Iterator[Triple]:
    """What the texts say of each tenure: that the post is held, or that it was taken."""
    for one in tenures:
        told = ((one.person, predicate, one.office) for predicate in ("holdsOffice", "appointedTo"))
        yield from (triple for triple in told if triple in known)


def _conflict(rule: str, about: Sequence[str], facts: Iterable[Triple], note: str) -> Conflict:
    ordered = tuple(sorted(facts))
    ident = f"conflict-{short_hash('Conflict', rule, *(part for fact in ordered for part in fact))}"
    return Conflict(ident, rule, tuple(sorted(set(about))), ordered, note)
