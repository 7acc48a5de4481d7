"""The statements of one page as they are found, and what the page has named so far."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from kg.knowledge import Knowledge
from kg.model import Date, Evidence, Modality, Page, Reading, Resolution, Sentence, Span, Statement
from kg.relate.denial import modality

_TOOK_PLACE = frozenset({"attended", "chaired", "heldOn", "heldAt"})
_CLAUSE_REACH = 30  # characters before a match in which 将 or 拟 still speaks of it


@dataclass(slots=True)
class Ledger:
    """What the readers of `relate` write into, and ask which event is meant; it never leaves `relate`."""

    page: Page
    resolution: Resolution
    knowledge: Knowledge
    denied: tuple[tuple[int, int], ...]
    evidence: dict[tuple[str, str, str], list[Evidence]] = field(default_factory=lambda: defaultdict(list))
    events: list[tuple[int, str]] = field(default_factory=list)  # (offset, entity), as named
    documents: list[tuple[int, str]] = field(default_factory=list)  # the same
    floor: str = ""  # the event at which unnamed people were said to speak: whoever is quoted next speaks there
    nested: dict[tuple[int, int], list[str]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        for reading in self.resolution.readings:
            if reading.mention.rule == "part-of-name":
                self.nested[reading.mention.span.start, reading.mention.span.end].append(reading.entity)

    def parts(self, reading: Reading) -> list[str]:
        """The areas inside the name that a reading is of: 湖州市 of 湖州市会议中心."""
        span = reading.mention.span
        return [
            entity
            for (start, end), entities in self.nested.items() if span.start <= start and end <= span.end
            for entity in entities
        ]

    # What was named.

    def enter(self, sentence: Sentence, readings: Sequence[Reading]) -> None:
        """Note the events and documents that a sentence names."""
        opens = "，。；：\n”" if sentence.start else ""
        for reading in readings:
            start, kind = reading.mention.span.start, reading.mention.type
            if kind == "Document":
                self.documents.append((start, reading.entity))
            if kind != "Event" or reading.sieve == "cited":
                continue
            inside = start > sentence.start and self.page.look[start - 1] not in opens
            # 通报了会议主要成果: a bare 会议 inside a clause takes nobody's mind off the event named before
            if reading.sieve == "topic" and inside and self.events:
                continue
            self.events.append((start, reading.entity))

    def latest_event(self, offset: int) -> str:
        """The last event named before that offset, else the topic of the article."""
        return _latest(self.events, offset) or self.resolution.topic

    def antecedent(self, which: str, offset: int) -> str:
        """What an omitted slot of a rule means at that offset: `topic Event`, `latest Event` or `latest Document`."""
        if which.startswith("topic"):
            return self.resolution.topic
        if which == "latest Document":
            return _latest(self.documents, offset)
        return self.latest_event(offset)

    def in_line(self, sentence: Sentence) -> str:
        """The last event that the line names before this sentence, where the text tells of its place, day or people."""
        start = self.page.look.rfind("\n", 0, sentence.start) + 1
        for offset, event in reversed(self.events):
            if offset < start:
                return ""
            if offset < sentence.start and self.took_place(event):
                return event
        return ""

    def took_place(self, event: str) -> bool:
        """Whether the text has told of the place, the day or the people of an event."""
        return any(p in _TOOK_PLACE and event in (subject, other) for subject, p, other in self.evidence)

    def is_announced(self, event: str) -> bool:
        """Whether all that the text has told of an event is yet to come: 下个月，推进会将在博罗县召开."""
        told = [
            evidence for (subject, predicate, _), several in self.evidence.items()
            if subject == event and predicate in _TOOK_PLACE for evidence in several
        ]
        return bool(told) and all(evidence.modality == "planned" for evidence in told)

    def named(self, names: frozenset[str]) -> str:
        """The event that has exactly one of those names, or ""."""
        return next((e.id for e in self.resolution.entities if e.type == "Event" and e.name in names), "")

    # What is said.

    def tell(self, subject: str, predicate: str, other: str, rule: str, span: tuple[int, int]) -> None:
        """Add a statement seen in a stretch of the text: as planned, where the clause around it announces it."""
        self.add(subject, predicate, other, rule, span, modality(self._clause(*span), self.knowledge))

    def _clause(self, start: int, end: int) -> str:
        """The stretch, with what its clause says before it."""
        floor = max(0, start - _CLAUSE_REACH)
        left = max(self.page.look.rfind(mark, floor, start) for mark in "。；！？\n") + 1
        return self.page.look[max(left, floor) : end]

    def add(
        self, subject: str, predicate: str, other: str, rule: str, span: tuple[int, int], mood: Modality = "asserted"
    ) -> None:
        """Add a statement seen in a stretch of the text, unless the text denies that stretch."""
        start, end = span
        if not any(left < end and start < right for left, right in self.denied):
            self.note(subject, predicate, other, rule, span, mood)

    def note(
        self, subject: str, predicate: str, other: str, rule: str, span: tuple[int, int], mood: Modality = "asserted"
    ) -> None:
        """Add a statement that holds even in a stretch that the text denies: a name shows it. X met X says nothing."""
        if subject == other:
            return
        found = Evidence(rule, (Span(self.page.document.id, *span),), (), mood)
        if found not in self.evidence[subject, predicate, other]:
            self.evidence[subject, predicate, other].append(found)

    def has(self, subject: str, predicate: str, other: str) -> bool:
        """Whether that was said before."""
        return (subject, predicate, other) in self.evidence

    def speaks_somewhere(self, person: str) -> bool:
        """Whether the text told of an event at which the person spoke."""
        return any(subject == person and predicate == "spokeAt" for subject, predicate, _ in self.evidence)

    def _days(self, event: str) -> list[str]:
        return [other for subject, predicate, other in self.evidence if predicate == "heldOn" and subject == event]

    def first_day(self, event: str) -> str:
        """The first day on which the text says so far that the event was held, or ""."""
        return min((day for day in self._days(event) if len(day) == len("2020-06-05")), default="")

    # At the end.

    def settle(self) -> None:
        """Settle when events were held, once all sentences are read."""
        self._leave_out_days_of_intervals()
        self._take_years_from_names()

    def _leave_out_days_of_intervals(self) -> None:
        """22日开幕 of a forum of 22日至24日: the interval says it all."""
        for event, predicate, value in list(self.evidence):
            if predicate == "heldOn" and "/" in value:
                first, last = value.split("/")
                for day in self._days(event):
                    if "/" not in day and first <= day <= last:
                        del self.evidence[event, "heldOn", day]

    def _take_years_from_names(self) -> None:
        """2021年度…座谈会, of which no day is told, was held in 2021."""
        names = {entity.id: entity.name for entity in self.resolution.entities}
        pattern = self.knowledge.patterns["year_in_name"]
        for reading in self.resolution.readings:
            if reading.mention.type != "Event" or not (year := pattern.match(names[reading.entity])):
                continue
            if not self._days(reading.entity):
                span = reading.mention.span
                self.add(reading.entity, "heldOn", year["year"], "year-in-name", (span.start, span.end))

    def statements(self) -> tuple[Statement, ...]:
        """The statements, sorted, each triple once, with its evidence in the order of the text."""
        return tuple(
            Statement(s, p, Date(o) if p == "heldOn" else o, tuple(sorted(found, key=lambda e: (e.spans, e.rule))))
            for (s, p, o), found in sorted(self.evidence.items())
        )


def _latest(named: Sequence[tuple[int, str]], offset: int) -> str:
    at = bisect_right(named, offset, key=lambda row: row[0]) - 1
    return named[at][1] if at >= 0 else ""
