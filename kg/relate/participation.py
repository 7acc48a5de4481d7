"""Who was at an event, who led it, who spoke at it: read clause by clause, since a list of names may fill many.

「上海市委书记李强，上海市委副书记、代市长龚正；…出席会议」: names pile up until a verb takes them all.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from kg.knowledge import Knowledge
from kg.letters import DOCUMENT, EVENT, INITIATIVE, PERSON
from kg.relate.denial import is_negated
from kg.relate.fold import Fold
from kg.relate.ledger import Ledger
from kg.relate.lists import acting_bodies, acting_people, leading_people, listed
from kg.relate.scene import Scene

_CLAUSE = re.compile(r"[^，；！？]+")
_TOPICS = frozenset({"Initiative", "Document"})
_TOPIC_LETTERS = frozenset(INITIATIVE + DOCUMENT)
# What a verb says of its subjects, by its group.
_SAYS = {"chair": ("chaired", "attended"), "speak": ("spokeAt", "attended"), "report": ("spokeAt", "attended")}


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
        self.scene = Scene(ledger, knowledge)
        self.listing = ""  # the event of 出席开幕式的还有：, while the names go on

    def read(self, folded: Fold) -> None:
        """Add what the clauses of one sentence say."""
        self.scene.enter(folded)
        if "report_of" in folded.cued:
            self._reports(folded)
        says = "takes_part" in folded.cued and self.patterns["takes_part"].search(folded.text)
        if not says and not self.listing:
            return
        subjects = _Subjects()
        for match in _CLAUSE.finditer(folded.text):
            self._clause(folded, *match.span(), subjects)
        self.listing = self.listing if folded.text.endswith("：") else ""

    def _clause(self, folded: Fold, start: int, end: int, subjects: _Subjects) -> None:
        verbs = list(self.patterns["takes_part"].finditer(folded.text, start, end))
        if not verbs:
            self._wait(folded, start, end, subjects)
            return
        self.listing = ""
        takers = self._takers(folded, start, verbs[0], subjects)
        floor = self.patterns["takes_the_floor"]
        if not takers and verbs[0]["speak"] and floor.search(folded.text, start, verbs[0].start()):
            self.ledger.floor = self.ledger.latest_event(folded.starts[verbs[0].start()])
        subjects.waiting = []
        if self.patterns["absent"].search(folded.text, start, end):
            subjects.last = takers
            return
        stops = (*(verb.start() for verb in verbs[1:]), end)
        for verb, stop in zip(verbs, stops, strict=True):
            if (verb["attend"] or verb["chair"]) and self._of_whom_follows(folded, verb, start, end):
                continue
            if takers:
                self._act(folded, takers, verb, start, stop)
        subjects.last = [at for at in takers if folded.text[at] == PERSON]

    def _wait(self, folded: Fold, start: int, end: int, subjects: _Subjects) -> None:
        """Let the people of a clause without a verb wait for one, if the clause holds nothing but names."""
        end -= folded.text.endswith("。", start, end)
        found = listed(folded, start, end, self.patterns)
        if self.listing:
            self._attend(folded, found or self._named_after_lead(folded, start, end), self.listing, (start, end))
        elif found:
            subjects.waiting += found
        elif PERSON in folded.text[start:end]:
            subjects.waiting, subjects.last = [], leading_people(folded, start, end, self.patterns)
        elif self.patterns["breaks_a_list"].search(folded.text, start, end):
            subjects.waiting = []  # else names that no table knows: 甘肃省领导贡保加、妥建国

    def _named_after_lead(self, folded: Fold, start: int, end: int) -> list[int]:
        """粤方官员有|副省长王磊、李华: in a list that goes on."""
        lead = self.patterns["goes_on_listing"].match(folded.text, start, end)
        return folded.where(PERSON, start, end) if lead else []

    def _takers(self, folded: Fold, start: int, verb: re.Match[str], subjects: _Subjects) -> list[int]:
        """Whom the first verb of a clause is about: those before it, those who wait, and bodies that attend."""
        named = acting_people(folded, start, verb.start(), self.patterns)
        bodies = self._bodies(folded, start, verb)
        if not named:
            if subjects.waiting or bodies:
                return subjects.waiting + bodies
            goes_on = self.patterns["carries_on"].fullmatch(folded.text, start, verb.start())
            return subjects.last if goes_on else []
        opens = not self.patterns["breaks_a_list"].search(folded.text, start, named[0])
        return (subjects.waiting if opens else []) + sorted((*named, *bodies))

    def _bodies(self, folded: Fold, start: int, verb: re.Match[str]) -> list[int]:
        """水利部、国家发展改革委有关负责同志出席会议; 国家统计局负责同志介绍情况."""
        found = acting_bodies(folded, start, verb.start(), self.patterns)
        if verb["attend"] or (found and self.patterns["of_a_body"].search(folded.text, found[-1], verb.start())):
            return found
        return []

    def _act(self, folded: Fold, takers: Sequence[int], verb: re.Match[str], start: int, stop: int) -> None:
        """Add what one verb says of its subjects, with the event that it names or means."""
        named = self._named_event(folded, takers, verb, start, stop)
        if self._no_event(folded, verb, named, start, stop):
            return
        if named is not None:
            event = self.scene.named(folded, named)
        else:
            event = self._sits_down(folded, verb, stop) or self._meant(folded, verb, start, stop)
            if not event and verb["report"]:
                event = self._where_they_are(folded, takers, folded.starts[verb.start()])
        if not event:
            return
        told_before = verb["speak"] and self.patterns["speech_told_before"].match(folded.text, verb.end() - 2)
        left, right = takers[0], verb.end()
        if named is not None:
            left, right = min(left, named), max(right, named + 1)
        span = folded.span(left, min(right, stop))
        rule = f"clause-{verb.lastgroup}" + ("" if named is not None else "-latest")
        for at in takers:
            who = folded.readings[at]
            if who is None or is_negated(folded.text[at : verb.start()], self.knowledge):
                continue
            if told_before and self.ledger.speaks_somewhere(who.entity):
                continue
            for predicate in _SAYS.get(verb.lastgroup or "", ("attended",)):
                if predicate == "attended" or who.mention.type == "Person":
                    self.ledger.tell(who.entity, predicate, event, rule, span)
            speaks = verb.lastgroup in {"speak", "report"} or self.patterns["reads_out"].fullmatch(verb.group())
            if speaks and who.mention.type == "Person":
                self._speaks_of(folded, who.entity, self._about(folded, takers, at, verb, stop), rule, span)

    def _meant(self, folded: Fold, verb: re.Match[str], start: int, stop: int) -> str:
        """The event that a verb without one means, or "": on the platform one sits at what the article is about."""
        if verb.group() in self.knowledge.words["seated"] and self.ledger.resolution.topic:
            return self.ledger.resolution.topic
        return self.scene.event(folded, verb, start, stop)

    def _about(
        self, folded: Fold, takers: Sequence[int], at: int, verb: re.Match[str], stop: int
    ) -> Iterator[tuple[int, int]]:
        """Where the clause tells what a speech is about: 就《条例》|作说明, 通报|乡村振兴进展情况.

        Of 王磊、李华分别作法院工作报告和检察院工作报告 each gave one, in their order.
        """
        topics = [i for i in range(verb.start(), stop) if folded.text[i] in _TOPIC_LETTERS]
        if len(topics) == len(takers) > 1 and self.patterns["each_their_own"].search(
            folded.text, takers[-1], verb.end()
        ):
            topic = topics[takers.index(at)]
            yield topic, topic + 1
            return
        start = folded.stretch(verb.start())
        yield verb.start(), stop
        if about := self.patterns["speaks_about"].search(folded.text, start, verb.start()):
            yield about.span()

    def _speaks_of(
        self, folded: Fold, speaker: str, about: Iterator[tuple[int, int]], rule: str, span: tuple[int, int]
    ) -> None:
        for start, end in about:
            for topic in folded.bound(start, end):
                if topic.mention.type in _TOPICS:
                    self.ledger.tell(speaker, "speaksOf", topic.entity, rule, span)

    def _named_event(
        self, folded: Fold, takers: Sequence[int], verb: re.Match[str], start: int, stop: int
    ) -> int | None:
        """Where the clause names the event of a verb."""
        before = [at for at in folded.where(EVENT, start, verb.start()) if self._is_told(folded, at)]
        if verb["speak"] or verb["report"]:  # 通报了会议主要成果 does not say where; 在座谈会上讲话 does
            return before[-1] if before else None
        after = [at for at in folded.where(EVENT, verb.end(), stop) if self._is_told(folded, at)]
        if after and not verb["sign"]:
            return after[0]
        at_it = self.patterns["at_it"]
        if before and (before[-1] >= takers[0] or at_it.search(folded.text, before[-1], verb.start())):
            return before[-1]
        return None

    def _is_told(self, folded: Fold, at: int) -> bool:
        """Whether an event is more than cited: not 传达中央农村工作会议|精神时讲话."""
        reading = folded.readings[at]
        return reading is not None and (reading.sieve != "cited" or folded.text.startswith("上", at + 1))

    def _no_event(self, folded: Fold, verb: re.Match[str], named: int | None, start: int, stop: int) -> bool:
        """Whether a verb is about something else than an event, or only of what ought to be."""
        if self.patterns["ought"].search(folded.text, start, verb.start()):
            return True
        if verb["chair"] and self.patterns["chairs_work"].search(folded.text, start, verb.start()):
            return True
        if (verb["speak"] or verb["report"]) and self.patterns["hears_others"].search(folded.text, start, verb.start()):
            return True
        if verb["attend"] or verb["chair"]:
            if self.patterns["of_a_guest"].search(folded.text, 0, verb.start()):
                return True
            if named is None and self._sits_down(folded, verb, stop):
                return False
            if self.patterns["attends_no_event"].match(folded.text, verb.end(), stop):
                return True
            return named is None and not self.patterns["closes_clause"].match(folded.text, verb.end(), stop)
        return named is None and bool(self.patterns["important"].search(folded.text, 0, verb.start()))

    def _where_they_are(self, folded: Fold, takers: Sequence[int], offset: int) -> str:
        """王磊到会指导. … 王磊提出了意见: the event told of, if they were said to be there and none went away."""
        latest = self.ledger.latest_event(offset)
        there = all((who := folded.readings[at]) and self.ledger.has(who.entity, "attended", latest) for at in takers)
        return latest if there and not self.scene.has_moved(offset) else ""

    def _sits_down(self, folded: Fold, verb: re.Match[str], stop: int) -> str:
        """参加座谈: the 座谈会 told of, if there is one."""
        sits_down = self.patterns["sits_down"].match(folded.text, verb.end(), stop) if verb["attend"] else None
        return self.scene.of_kind(folded, verb, sits_down["what"]) if sits_down else ""

    def _of_whom_follows(self, folded: Fold, verb: re.Match[str], start: int, end: int) -> bool:
        """出席开幕式的还有：高明（…）等; 参加会议的王磊说: whether those who attend come after the verb."""
        relative = self.patterns["of_those_who"].match(folded.text, verb.end(), end)
        if not relative:
            return False
        events = folded.where(EVENT, start, relative.end())
        named = folded.readings[events[0]] if events else None
        event = named.entity if named else self._meant(folded, verb, start, end)
        if event and relative["list"]:
            self.listing = event
            self._attend(folded, folded.where(PERSON, relative.end(), end), event, (verb.start(), end))
        elif event and relative["whom"]:
            takers, place = folded.where(PERSON, *relative.span("whom")), (verb.start(), relative.end())
            self._attend(folded, takers, event, place)
            for who in folded.bound(takers[0], takers[-1] + 1) if verb["chair"] else []:
                self.ledger.tell(who.entity, "chaired", event, "clause-listed", folded.span(*place))
        return True

    def _attend(self, folded: Fold, takers: Sequence[int], event: str, place: tuple[int, int]) -> None:
        for at in takers:
            if who := folded.readings[at]:
                self.ledger.tell(who.entity, "attended", event, "clause-listed", folded.span(*place))

    def _reports(self, folded: Fold) -> None:
        """会议听取了王磊所作的《报告》: who gave what a meeting heard spoke there, of it."""
        for match in self.patterns["report_of"].finditer(folded.text):
            event = self.scene.hears(folded, match.start())
            span = folded.span(*match.span())
            for reader in folded.bound(*match.span("who")) if event else []:
                for predicate in ("spokeAt", "attended"):
                    self.ledger.tell(reader.entity, predicate, event, "report-heard", span)
                self._speaks_of(folded, reader.entity, iter([match.span("what")]), "report-heard", span)
