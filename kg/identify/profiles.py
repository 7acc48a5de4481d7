"""What the documents show of each person: posts with their days, sex, year of birth, walk of life."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from kg.knowledge import Knowledge
from kg.model import Evidence, Facts, Reading, Span, Statement
from kg.seats import Seat, Seats, of_the_past

POSTS = ("holdsOffice", "appointedTo", "removedFrom")
_AFTER, _BEFORE = 40, 8  # characters around a name in which the text says who that is


@dataclass(frozen=True, slots=True)
class Term:
    """A seat with the days (as ordinals) on which articles show the person in it, sorted; none for one of the past."""

    seat: Seat
    days: tuple[int, ...]

    @property
    def shown(self) -> str:
        """The days for people: 2021-03-04, or 2021-03-04至2022-01-15."""
        return "至".join(dict.fromkeys(date.fromordinal(day).isoformat() for day in (*self.days[:1], *self.days[-1:])))


@dataclass(frozen=True, slots=True)
class Sight:
    """One person in one document, and all that it says of who that is."""

    document: str
    local: str  # the id of the person in that document
    name: str
    day: int  # of publication, 0 where it is not known
    terms: tuple[Term, ...]
    told: frozenset[str]  # names of seats that the document says were taken or left
    sexes: frozenset[str]
    births: frozenset[tuple[int, int]]  # year and month, 0 where it is not told
    walks: frozenset[str]
    areas: frozenset[str]  # codes of the divisions that the document names
    events: frozenset[str]
    span: Span  # words that show the person, with a post if there is one

    @property
    def speaks(self) -> bool:
        """Whether the document says anything of who that is."""
        return bool(self.sexes or self.births or self.walks or any(term.seat.distinct for term in self.terms))


@dataclass(frozen=True, slots=True)
class Profile:
    """A guise: sights that share a post, and what they say together."""

    key: str
    name: str
    sights: tuple[Sight, ...]
    terms: tuple[Term, ...]  # by the name of the seat
    told: frozenset[str]
    sexes: frozenset[str]
    births: frozenset[tuple[int, int]]
    walks: frozenset[str]

    @property
    def days(self) -> tuple[int, ...]:
        """The days on which it is shown, sorted."""
        return tuple(sorted({sight.day for sight in self.sights if sight.day}))

    @property
    def label(self) -> str:
        """For people: 陈志远（余杭区副区长，2021-03-04至2022-01-15）."""
        parts = [f"{term.seat.name}{'，' + term.shown if term.days else ''}" for term in self.terms]
        parts += sorted(self.sexes) + [f"{year}年生" for year, _ in sorted(self.births)]
        return f"{self.name}（{'；'.join(parts)}）" if parts else self.name


class Observer:
    """Looks at documents for what they say of persons."""

    def __init__(self, knowledge: Knowledge, seats: Seats) -> None:
        self._knowledge = knowledge
        self._patterns = knowledge.patterns
        self._walks = knowledge.maps["callings"]
        self._seats = seats

    def sights(self, facts: Facts, events: Mapping[str, str]) -> Iterator[Sight]:
        """The persons of one document; `events` are global ids by local ones."""
        seats = self._seats.of(facts)
        readings: defaultdict[str, list[Reading]] = defaultdict(list)
        for reading in facts.readings:
            if reading.mention.type == "Person":
                readings[reading.entity].append(reading)
        posts: defaultdict[str, list[Statement]] = defaultdict(list)
        met: defaultdict[str, set[str]] = defaultdict(set)
        for statement in facts.statements:
            if statement.predicate in POSTS:
                posts[statement.subject].append(statement)
            elif isinstance(statement.object, str) and statement.object in events:
                met[statement.subject].add(events[statement.object])
        areas = frozenset(entity.code for entity in facts.entities if entity.code)
        for entity in facts.entities:
            if entity.type == "Person" and (spans := [one.mention.span for one in readings[entity.id]]):
                yield self._sight(facts, entity.id, entity.name, spans, posts[entity.id], seats, areas, met[entity.id])

    def _sight(
        self, facts: Facts, local: str, name: str, spans: Sequence[Span], posts: Sequence[Statement],
        seats: Mapping[str, Seat], areas: frozenset[str], met: Iterable[str],
    ) -> Sight:  # fmt: skip
        text, day = facts.document.text, _ordinal(facts.document.published)
        terms: dict[str, Term] = {}
        shown: list[Span] = []
        for statement in posts:
            seat = seats[str(statement.object)]
            words = "".join(span.of(text) for one in statement.evidence for span in one.spans)
            if not self._seats.stands_in(seat, words):  # a guess of resolution, which speaks neither for nor against
                seat = replace(seat, alone=False, distinct=False)
            now = statement.predicate == "holdsOffice" and any(self._is_now(one, text) for one in statement.evidence)
            if now or seat.name not in terms:
                terms[seat.name] = Term(seat, (day,) if now and day else ())
            shown += [one.spans[0] for one in statement.evidence if one.spans]
        sexes, births, walks = self._self_told(text, spans)
        return Sight(
            facts.document.id, local, name, day,
            tuple(terms[one] for one in sorted(terms)),
            frozenset(seats[str(one.object)].name for one in posts if one.predicate != "holdsOffice"),
            sexes, births, walks, areas, frozenset(met), min(shown, default=spans[0]),
        )  # fmt: skip

    def _is_now(self, evidence: Evidence, text: str) -> bool:
        """Whether the post is held on the day of the article: not 原吴忠市委书记, nor what a career tells."""
        if evidence.modality != "asserted" or evidence.rule.startswith("career-") or not evidence.spans:
            return False
        return not of_the_past(text, evidence.spans[0], self._patterns)

    def _self_told(
        self, text: str, spans: Sequence[Span]
    ) -> tuple[frozenset[str], frozenset[tuple[int, int]], frozenset[str]]:
        sexes: set[str] = set()
        births: set[tuple[int, int]] = set()
        walks: set[str] = set()
        for span in spans:
            after = text[span.end : span.end + _AFTER]
            if found := self._patterns["sex_after_name"].match(after):
                sexes.add(found["sex"])
            if found := self._patterns["birth_after_name"].match(after):
                births.add((int(found["year"] or found["born"]), int(found["month"] or 0)))
            if found := self._patterns["calling_before_name"].search(text[max(0, span.start - _BEFORE) : span.start]):
                walks.update(self._walks[found["calling"]])
        return frozenset(sexes), frozenset(births), frozenset(walks)


def profile(sights: Sequence[Sight], *, by_place: bool = False) -> Profile:
    """The guise that these sights show together; its key is the place of the first, else the first of its seats."""
    seats: dict[str, Seat] = {}
    days: defaultdict[str, set[int]] = defaultdict(set)
    for sight in sights:
        for term in sight.terms:
            seats[term.seat.name] = term.seat
            days[term.seat.name].update(term.days)
    named = sorted(name for name, seat in seats.items() if seat.distinct)
    first = min(sights, key=lambda sight: (sight.day or date.max.toordinal(), sight.span))
    return Profile(
        key=f"{named[0]} {first.name}" if named and not by_place else f"{first.document} {first.span.start}",
        name=first.name,
        sights=tuple(sorted(sights, key=lambda sight: (sight.day, sight.span))),
        terms=tuple(Term(seats[one], tuple(sorted(days[one]))) for one in sorted(seats)),
        told=frozenset(one for sight in sights for one in sight.told),
        sexes=frozenset(one for sight in sights for one in sight.sexes),
        births=frozenset(one for sight in sights for one in sight.births),
        walks=frozenset(one for sight in sights for one in sight.walks),
    )


def _ordinal(day: str) -> int:
    try:
        return date.fromisoformat(day).toordinal()
    except ValueError:
        return 0
