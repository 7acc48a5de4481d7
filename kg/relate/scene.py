"""At which event a sentence plays that names none: the one named last, unless the text has left it.

「会前，张伟民看望了代表」 is no part of the meeting; 「李树青在会上作表态发言」 is not said at its closing ceremony.
"""

import re

from kg.knowledge import Knowledge
from kg.letters import EVENT
from kg.relate.fold import Fold
from kg.relate.ledger import Ledger


class Scene:
    """Follows where one document plays, from sentence to sentence."""

    def __init__(self, ledger: Ledger, knowledge: Knowledge) -> None:
        self.ledger = ledger
        self.patterns = knowledge.patterns
        self.cited_offices = knowledge.words["cited_offices"]
        self.names = {entity.id: entity.name for entity in ledger.resolution.entities}
        # 王磊会见马丁: who 介绍了情况 in another paragraph does so there
        self.talks = self.patterns["headline_of_talks"].search(ledger.page.document.title) is not None
        self.line = -1
        self.away = False  # 会前，…: the line tells of something else
        self.back = -1  # where the text last said that it is at a meeting: 会上
        self.stage = ""  # 会上，…: the event at which the line plays

    def enter(self, folded: Fold) -> None:
        """Note how a sentence begins."""
        if folded.sentence.line != self.line:
            self.line, self.away, self.stage = folded.sentence.line, False, ""
        leaves, comes = "off_stage" in folded.cued, "on_stage" in folded.cued
        opening = folded.text[: folded.text.find("，") + 1] if leaves or comes else ""  # both end with its mark
        if not opening:
            return
        if leaves and self.patterns["off_stage"].match(opening):
            self.away = True
        elif comes and (on_stage := self.patterns["on_stage"].match(opening)):
            self.away, self.back = False, folded.sentence.start
            reading = folded.readings[on_stage.start("event")] if on_stage["event"] else None
            self.stage = reading.entity if reading else self._at_meeting(folded.sentence.start)

    def named(self, folded: Fold, at: int) -> str:
        """The event of a mention; a bare 会议 is the one that its sentence has just named, not the one told of."""
        reading = folded.readings[at]
        if reading is None:
            return ""
        if reading.sieve == "topic":
            named = [r.entity for place in folded.where(EVENT, 0, at) if (r := folded.readings[place])]
            if named and self.patterns["is_meeting"].search(self.names[named[-1]]):
                return named[-1]
        return reading.entity

    def event(self, folded: Fold, verb: re.Match[str], start: int, stop: int) -> str:
        """The event that a verb of taking part means, or ""."""
        offset = folded.starts[verb.start()]
        if later := self._opens_later(folded, verb.end()):
            return later
        here = self._since(folded.sentence.start if self.away else self._line_start(offset), offset)
        if verb["report"] and not self.ledger.took_place(here):
            here = ""
        if self.patterns["in_meeting"].search(folded.text, start, stop):
            return self._at_meeting(offset)
        if here or self.away:
            return here
        if self.stage:
            return self.stage
        if self.patterns["answers"].match(verb.group()) and (press := self._press(offset)):
            return press
        if verb["report"]:
            latest = self.ledger.latest_event(offset)
            return latest if self._is(latest, "is_press") else ""
        if self.patterns["weak_witness"].fullmatch(verb.group()):
            return ""
        if verb["sign"]:
            latest = self.ledger.latest_event(offset)
            return latest if self._is(latest, "is_signing") else ""
        if verb["speak"] and (self.talks or self.patterns["tells_someone"].search(folded.text, start, verb.start())):
            return ""
        if verb["attend"] and self.has_moved(offset):
            return ""
        latest = self._main(offset, speech=not verb["attend"])
        if self.patterns["main_report"].search(verb.group()) and self._is(latest, "part_of_event"):
            return self.ledger.resolution.topic
        return latest

    def hears(self, folded: Fold, at: int) -> str:
        """The meeting that hears a report: the first of the sentence, else the one at which the line plays."""
        events = [r.entity for place in folded.where(EVENT, 0, at) if (r := folded.readings[place])]
        return events[0] if events else self.stage or self._since(
            self._line_start(folded.starts[at]), folded.starts[at]
        )

    def of_kind(self, folded: Fold, verb: re.Match[str], kind: str) -> str:
        """The event that 参加座谈 means, a 座谈会: the last that was named, else the one told of.

        Of an 活动 any ceremony is one: 揭牌仪式举行。…参加活动.
        """
        offset = folded.starts[verb.start()]
        named = [event for at, event in self.ledger.events if at < offset]
        known = (*reversed(named), self.ledger.resolution.topic)
        fits = self.patterns["of_any_kind"].search if kind == "活动" else re.compile(kind).search
        return next((event for event in known if fits(self.names.get(event, ""))), "")

    def _main(self, offset: int, speech: bool = False) -> str:
        """The event named last before that offset, where there are speeches if one is told of; else the topic."""
        named = [event for at, event in self.ledger.events if at < offset]
        named = [event for event in named if not self.ledger.is_announced(event)] or named
        if named:
            with_speeches = [event for event in named if self._is(event, "has_speeches")] if speech else []
            return (with_speeches or named)[-1]
        topic = self.ledger.resolution.topic
        return "" if any(r.entity == topic for r in self.ledger.resolution.readings) else topic

    def _at_meeting(self, offset: int) -> str:
        """The last event before that offset that 会上 can mean: no ceremony."""
        named = [event for at, event in self.ledger.events if at < offset]
        meeting = self.patterns["is_meeting"]
        return next((event for event in reversed(named) if meeting.search(self.names[event])), self._main(offset))

    def _press(self, offset: int) -> str:
        """The last press conference before that offset."""
        named = (event for at, event in reversed(self.ledger.events) if at < offset)
        return next((event for event in named if self._is(event, "is_press")), "")

    def _line_start(self, offset: int) -> int:
        return self.ledger.page.look.rfind("\n", 0, offset) + 1

    def _since(self, start: int, offset: int) -> str:
        """The last event named in [start, offset), but for the one that a line opens with to leave it: 会议结束后."""
        left = self.patterns["left_event"]
        look = self.ledger.page.look
        return next(
            (
                event for at, event in reversed(self.ledger.events)
                if start <= at < offset and not (self.away and left.match(look, at))
            ),
            "",
        )

    def _is(self, event: str, pattern: str) -> bool:
        """Whether the name of an event is of that kind."""
        return self.patterns[pattern].search(self.names.get(event, "")) is not None

    def has_moved(self, offset: int) -> bool:
        """Whether the text has gone somewhere since it named an event: 参加 tells of the visit then."""
        last = max((at for at, _ in self.ledger.events if at < offset), default=-1)
        last = max(last, self.back)
        return any(
            last < span.start < offset
            for (who, predicate, _), found in self.ledger.evidence.items()
            if predicate == "visited" and not self.is_cited(who)
            for one in found for span in one.spans
        )

    def is_cited(self, person: str) -> bool:
        """Whether the text only cites that person, by the post told so far: 习近平总书记, in news of another."""
        return self.names[person] not in self.ledger.page.document.title and any(
            subject == person and predicate == "holdsOffice" and self.names.get(office) in self.cited_offices
            for subject, predicate, office in self.ledger.evidence
        )

    def _opens_later(self, folded: Fold, at: int) -> str:
        """The one event that the rest of the sentence tells of, where none stands before: P致辞，P主持|开幕式."""
        if EVENT in folded.text[:at]:
            return ""
        found = {
            reading.entity
            for match in self.patterns["event_told_later"].finditer(folded.text, at)
            if not self.patterns["ought"].search(folded.text, at, match.start())  # 介绍了市情，并邀请福建参加|洽谈会
            and (reading := folded.readings[match.start("event")]) and reading.sieve not in {"topic", "cited"}
        }
        return found.pop() if len(found) == 1 else ""
