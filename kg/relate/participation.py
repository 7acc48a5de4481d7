"""Who was at an event, who led it, who spoke at it: read clause by clause, since a list of names may fill many.

「上海市委书记李强，上海市委副书记、代市长龚正；…出席会议」: names pile up until a verb takes them all.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from kg.knowledge import Knowledge
from kg.letters import EVENT, ORGANIZATION, PERSON
from kg.relate.denial import is_negated
from kg.relate.fold import Fold
from kg.relate.ledger import Ledger

_CLAUSE = re.compile(r"[^，；！？]+")
_WHO = re.compile(f"[{PERSON}{ORGANIZATION}]")
_SAYS = {"chair": ("chaired", "attended"), "speak": ("spokeAt", "attended")}  # by the group of the verb


@dataclass(slots=True)
class _Subjects:
    """Who the clauses so far name: those that wait for a verb, and those that the last verb took."""

    waiting: list[int] = field(default_factory=list)
    last: list[int] = field(default_factory=list)


class Participation:
    """Reads attended, chaired and spokeAt, from each clause that names who did so."""

    def __init__(self, ledger: Ledger, knowledge: Knowledge) -> None:
        self.ledger = ledger
        self.knowledge = knowledge
        self.patterns = knowledge.patterns

    def read(self, folded: Fold) -> None:
        """Add what the clauses of one sentence say."""
        if not self.patterns["takes_part"].search(folded.text):
            return
        subjects = _Subjects()
        previous_end = 0
        for match in _CLAUSE.finditer(folded.text):
            start, end = match.span()
            if "。" in folded.text[previous_end:start]:
                subjects = _Subjects()
            previous_end = end
            self._clause(folded, start, end, subjects)

    def _clause(self, folded: Fold, start: int, end: int, subjects: _Subjects) -> None:
        verbs = list(self.patterns["takes_part"].finditer(folded.text, start, end))
        if not verbs:
            self._wait(folded, start, end, subjects)
            return
        takers = self._takers(folded, start, verbs[0], subjects)
        floor = self.patterns["takes_the_floor"]
        if not takers and verbs[0]["speak"] and floor.search(folded.text, start, verbs[0].start()):
            self.ledger.floor = self.ledger.latest_event(folded.starts[verbs[0].start()])
        subjects.waiting = []
        absent = self.patterns["absent"].search(folded.text, start, end)
        if absent or not takers:
            subjects.last = takers
            if not absent:
                self._listed(folded, verbs[-1], start, end)
            return
        stops = (*(verb.start() for verb in verbs[1:]), end)
        for verb, stop in zip(verbs, stops, strict=True):
            self._act(folded, takers, verb, start, stop)
        subjects.last = [at for at in takers if folded.text[at] == PERSON]
        self._listed(folded, verbs[-1], start, end)

    def _wait(self, folded: Fold, start: int, end: int, subjects: _Subjects) -> None:
        """Let the people of a clause without a verb wait for one, if the clause holds nothing but names."""
        people = folded.where(PERSON, start, end)
        residue = _WHO.sub("", folded.text[start:end]).rstrip("。")
        if people and self.patterns["between_people"].fullmatch(residue):
            subjects.waiting += people
        else:
            subjects.waiting, subjects.last = [], people[:1]

    def _takers(self, folded: Fold, start: int, verb: re.Match[str], subjects: _Subjects) -> list[int]:
        """Whom the first verb of a clause is about: those before it, those who wait, and bodies that attend."""
        named = folded.where(PERSON, start, verb.start())
        # 水利部、国家发展改革委有关负责同志出席会议
        bodies = folded.where(ORGANIZATION, start, verb.start()) if verb["attend"] else []
        if not named:
            return (subjects.waiting or ([] if bodies else subjects.last)) + bodies
        opens = self.patterns["between_people"].fullmatch(folded.text, start, named[0])
        return (subjects.waiting if opens else []) + named + bodies

    def _act(self, folded: Fold, takers: Sequence[int], verb: re.Match[str], start: int, stop: int) -> None:
        """Add what one verb says of its subjects, with the event that it names or means."""
        named = self._named_event(folded, takers, verb, start, stop)
        if self._no_event(folded, verb, named, stop):
            return
        reading = folded.readings[named] if named is not None else None
        if reading:
            event = reading.entity
        else:
            event = _only_event_after(folded, verb.end()) or self.ledger.latest_event(folded.starts[verb.start()])
        if not event:
            return
        left, right = takers[0], verb.end()
        if named is not None:
            left, right = min(left, named), max(right, named + 1)
        span = folded.span(left, min(right, stop))
        rule = f"clause-{verb.lastgroup}" + ("" if named is not None else "-latest")
        for at in takers:
            who = folded.readings[at]
            if who is None or is_negated(folded.text[at : verb.start()], self.knowledge):
                continue
            for predicate in _SAYS.get(verb.lastgroup or "", ("attended",)):
                if predicate == "attended" or who.mention.type == "Person":
                    self.ledger.tell(who.entity, predicate, event, rule, span)

    def _named_event(
        self, folded: Fold, takers: Sequence[int], verb: re.Match[str], start: int, stop: int
    ) -> int | None:
        """Where the clause names the event of a verb."""
        before = folded.where(EVENT, start, verb.start())
        if verb["speak"]:  # 通报了会议主要成果 does not say where; 在座谈会上讲话 and 主持会议并讲话 do
            return before[-1] if before else None
        if after := folded.where(EVENT, verb.end(), stop):
            return after[0]
        if before and (before[-1] >= takers[0] or self.patterns["at_it"].search(folded.text, before[-1], verb.start())):
            return before[-1]
        return None

    def _no_event(self, folded: Fold, verb: re.Match[str], named: int | None, stop: int) -> bool:
        """Whether a verb is about something else than an event."""
        if verb["attend"] or verb["chair"]:
            if self.patterns["of_a_guest"].search(folded.text, 0, verb.start()):
                return True
            if self.patterns["attends_no_event"].match(folded.text, verb.end(), stop):
                return True
            return named is None and not self.patterns["closes_clause"].match(folded.text, verb.end(), stop)
        if verb["witness"]:
            return named is None and not self.ledger.resolution.topic
        return named is None and bool(self.patterns["important"].search(folded.text, 0, verb.start()))

    def _listed(self, folded: Fold, verb: re.Match[str], start: int, end: int) -> None:
        """出席开幕式的还有：高明（…）、左丘远（…）等."""
        people = folded.where(PERSON, verb.end(), end)
        if not people or not self.patterns["list_follows"].match(folded.text, verb.end(), end):
            return
        events = folded.where(EVENT, start, end)
        named = folded.readings[events[0]] if events else None
        event = named.entity if named else self.ledger.latest_event(folded.starts[verb.start()])
        for at in people:
            who = folded.readings[at]
            if who and event:
                self.ledger.add(who.entity, "attended", event, "clause-listed", folded.span(verb.start(), end))


def _only_event_after(folded: Fold, at: int) -> str:
    """The one event that the rest of the sentence names, where none stands before: P致辞，P主持开幕式."""
    if EVENT in folded.text[:at]:
        return ""
    found = {
        reading.entity
        for place in folded.where(EVENT, at, len(folded.text))
        if (reading := folded.readings[place]) and reading.sieve != "topic"
    }
    return found.pop() if len(found) == 1 else ""
