"""Who held which office when: one tenure for each person and office, from all that was observed and announced."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import pairwise
from typing import Literal

from kg.assemble.days import stated_day
from kg.knowledge import Knowledge
from kg.model import Date, Document, Entity, Evidence, Span, Statement, Tenure, short_hash
from kg.renamings import renamings
from kg.seats import Seat, Seats, of_the_past

POSTS = ("holdsOffice", "appointedTo", "removedFrom")
_THERE = ("attended", "chaired", "spokeAt")

# What a document tells of a person in an office: that it is spoken of, a day on which it is shown, or began or ended.
What = Literal["named", "shown", "begin", "end"]
WHATS: tuple[What, ...] = ("named", "shown", "begin", "end")
Told = tuple[str, str, What, str]  # person, office, what is told, the day


class Offices:
    """What is known of the offices of a graph: their seats, and which office an acting one stands for."""

    def __init__(
        self, entities: Mapping[str, Entity], statements: Iterable[Statement], knowledge: Knowledge
    ) -> None:
        self.knowledge = knowledge
        self.seats = Seats(knowledge, renamings(knowledge))
        self.entities = entities
        owners = {one.subject: str(one.object) for one in statements if one.predicate == "officeIn"}
        self._seats = {
            ident: self.seats.seat(entity.name, entities.get(owners.get(ident, "")))
            for ident, entity in entities.items()
            if entity.type == "Office"
        }

    def seat(self, office: str) -> Seat:
        """The office as a seat."""
        return self._seats[office]

    def for_one(self, office: str) -> bool:
        """Whether one person holds it at a time: 市长, not 副市长 or 市委常委, nor a 书记 of no known body."""
        seat = self._seats[office]
        return bool(seat.of) and bool(self.knowledge.patterns["seat_for_one"].search(seat.name))

    def acting(self, office: str) -> bool:
        """Whether it is a 代市长."""
        return bool(self.knowledge.patterns["acting_post"].search(self.entities[office].name))

    def full(self, office: str) -> str:
        """The office for which an acting one stands, where the graph has it; else itself."""
        found = self.knowledge.patterns["acting_post"].search(self.entities[office].name)
        if not found:
            return office
        ident = f"office-{short_hash('Office', found['area'] + found['role'])}"
        return ident if ident in self._seats else office


def find_tenures(told: Iterable[Told], offices: Offices) -> tuple[Tenure, ...]:
    """One for each person and office, sorted by id, with those before and after it in a seat for one."""
    tenures = {one.id: one for one in _gathered(told, offices)}
    for holder in _by_seat(tenures.values()).values():
        for acting in holder:
            full = [one for one in holder if one.person == acting.person and not one.acting]
            if acting.acting and full:
                tenures[acting.id] = replace(tenures[acting.id], full=full[0].id)
    for seat, holders in _by_seat(tenures.values()).items():
        if offices.for_one(seat):
            for before, after in _successions(holders):
                for one in before:
                    tenures[one.id] = replace(tenures[one.id], successor=after[0].id)
                for one in after:
                    tenures[one.id] = replace(tenures[one.id], predecessor=before[-1].id)
    return tuple(tenures[ident] for ident in sorted(tenures))


def _gathered(told: Iterable[Told], offices: Offices) -> Iterator[Tenure]:
    """The tenures by themselves, without what came before and after."""
    days: defaultdict[tuple[str, str], dict[What, set[str]]] = defaultdict(lambda: {what: set() for what in WHATS})
    for person, office, what, day in told:
        days[person, office][what].add(day)
    for (person, office), by_what in days.items():
        yield Tenure(
            f"tenure-{short_hash('Tenure', person, office)}", person, office, tuple(sorted(by_what["shown"])),
            begin=min(by_what["begin"], default=""), end=max(by_what["end"], default=""),
            acting=offices.acting(office), seat=offices.full(office),
        )  # fmt: skip


def _by_seat(tenures: Iterable[Tenure]) -> dict[str, list[Tenure]]:
    """The tenures of each seat, acting ones too, by their first day."""
    seats: defaultdict[str, list[Tenure]] = defaultdict(list)
    for one in sorted(tenures, key=lambda one: (one.first, one.last, one.id)):
        seats[one.seat].append(one)
    return dict(sorted(seats.items()))


def _successions(holders: Iterable[Tenure]) -> Iterator[tuple[list[Tenure], list[Tenure]]]:
    """Each holder's tenures with those of the next one, where the first are over when the next begin."""
    people: dict[str, list[Tenure]] = {}
    for one in holders:
        if one.first:
            people.setdefault(one.person, []).append(one)
    ordered = sorted(people.values(), key=lambda own: (own[0].first, own[0].id))
    for before, after in pairwise(ordered):
        if max(one.last for one in before) <= after[0].first:
            yield before, after


def posts_told(
    statements: Iterable[Statement], documents: Mapping[str, Document], knowledge: Knowledge
) -> set[Told]:
    """What some documents tell of persons in offices, each of them by itself; what others say is passed over."""
    posts = _Posts(tuple(statements), knowledge, documents)
    return set(posts.told())


class _Posts:
    """What the statements say of posts, and the days on which they say it."""

    def __init__(
        self, statements: tuple[Statement, ...], knowledge: Knowledge, documents: Mapping[str, Document]
    ) -> None:
        self._knowledge, self._documents = knowledge, documents
        self._posts = [one for one in statements if one.predicate in POSTS and isinstance(one.object, str)]
        held: defaultdict[tuple[str, str], set[str]] = defaultdict(set)  # days by event and document
        for one in statements:
            if one.predicate == "heldOn" and isinstance(one.object, Date) and len(one.object.value) >= 10:
                for document in _where(one):
                    held[one.subject, document].add(one.object.value[:10])
        self._days: defaultdict[tuple[str, str], set[str]] = defaultdict(set)  # by person and document
        for one in statements:
            if one.predicate in _THERE:
                for document in _where(one):
                    self._days[one.subject, document] |= held[str(one.object), document]

    def told(self) -> Iterator[Told]:
        """What the documents tell."""
        for one in self._posts:
            person, office = one.subject, str(one.object)
            yield person, office, "named", ""
            said = (it for it in one.evidence if it.modality == "asserted")
            for evidence, span in ((it, span) for it in said for span in it.spans if span.document in self._documents):
                if one.predicate == "holdsOffice":
                    day = ""
                elif day := self._stated(span):
                    yield person, office, "begin" if one.predicate == "appointedTo" else "end", day
                if one.predicate == "holdsOffice" or (one.predicate == "appointedTo" and self._is_news(span, day)):
                    yield from ((person, office, "shown", day) for day in self._shown(person, evidence, span))

    def _shown(self, person: str, evidence: Evidence, span: Span) -> Iterator[str]:
        """The day of the article and of the meetings at which it shows the person; none for a post of the past."""
        document = self._documents[span.document]
        past = of_the_past(document.text, span, self._knowledge.patterns)
        if past or evidence.rule == "career-holdsOffice":
            return
        if document.published:
            yield document.published
        for day in self._days[person, span.document]:
            if not document.published or day <= document.published:
                yield day

    def _stated(self, span: Span) -> str:
        return stated_day(self._documents[span.document], span, self._knowledge)

    def _is_news(self, span: Span, day: str) -> bool:
        """Whether an appointment is of the days of the article: not what a career tells of 1988."""
        return not day or day[:7] >= self._documents[span.document].published[:7]


def _where(statement: Statement) -> set[str]:
    """The documents that say it."""
    return {span.document for one in statement.evidence if one.modality == "asserted" for span in one.spans}
