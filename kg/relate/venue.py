"""At which event someone speaks whose words the text gives: 「鱼潜渊建议，…」 in a report of a meeting."""

import re

from kg.knowledge import Knowledge
from kg.letters import EVENT
from kg.model import Reading
from kg.relate.fold import Fold
from kg.relate.ledger import Ledger
from kg.relate.scene import Scene

_LINES_APART = 2  # a report goes on from paragraph to paragraph, with a blank line between


class Venue:
    """Adds spokeAt and attended for speakers, where the text shows the event; follows one document."""

    def __init__(self, ledger: Ledger, knowledge: Knowledge) -> None:
        self.ledger = ledger
        self.patterns = knowledge.patterns
        self.scene = Scene(ledger, knowledge)
        self.told = -_LINES_APART  # the last line that tells of the meeting reported
        self.names = {entity.id: entity.name for entity in ledger.resolution.entities}

    def enter(self, folded: Fold) -> None:
        """Note where a sentence plays."""
        self.scene.enter(folded)
        topic = self.ledger.resolution.topic
        if EVENT in folded.text and any(r and r.entity == topic for r in folded.readings):
            self.told = folded.sentence.line

    def is_cited(self, person: str) -> bool:
        """Whether the text only cites that person: 习近平总书记, in news of another."""
        return self.scene.is_cited(person)

    def speaks(self, folded: Fold, match: re.Match[str], reading: Reading) -> None:
        """Add where someone 指出s or 说s something, as the first sieve that answers knows."""
        if self.patterns["in_an_interview"].search(folded.text, *match.span()):
            return
        named = self.patterns["event_of_speech"].search(folded.text, *match.span())
        where = folded.readings[named.start("event")] if named else None  # 张伟民在清远市农村工作会议上|指出
        event = where.entity if where else ""
        if not event and not self.is_cited(reading.entity):
            event = self._event(folded, match, reading.entity)
        if event:
            self._add(reading, event, "speech-at-meeting", folded.span(*match.span()))
            self.told = folded.sentence.line if event == self.ledger.resolution.topic else self.told

    def answers(self, folded: Fold, match: re.Match[str], reading: Reading) -> None:
        """王磊：…, in the transcript of a press conference."""
        event = self._attended(reading.entity, folded.sentence.start) or self.ledger.resolution.topic
        hosts = self.ledger.has(reading.entity, "chaired", event)
        if not hosts and self.patterns["is_press"].search(self.names.get(event, "")):
            self._add(reading, event, "answers-at-press-conference", folded.span(*match.span()))

    def _add(self, reading: Reading, event: str, rule: str, span: tuple[int, int]) -> None:
        for predicate in ("spokeAt", "attended"):
            self.ledger.add(reading.entity, predicate, event, rule, span)

    def _event(self, folded: Fold, match: re.Match[str], person: str) -> str:
        if self.scene.stage:
            return self.scene.stage
        if self.ledger.floor:
            return self.ledger.floor
        known = self._attended(person, folded.sentence.start)
        if known and not self.scene.away and self._in_line(folded.starts[match.start()], known):
            return known
        to_press = self.patterns["says_to_press"].fullmatch(match["says"]) is not None
        if known and to_press and not self.patterns["is_press"].search(self.names[known]):
            return ""
        if known and not (self.scene.talks and self._has_met(person)):
            moved = self.scene.has_moved(folded.sentence.start)
            return "" if moved and not self.ledger.has(person, "chaired", known) else known
        if known or self.scene.away or self.scene.talks or self._has_met(person):
            return ""
        if self.patterns["says_on_a_day"].search(folded.text, match.start(), match.end()):
            return ""
        here = self.ledger.in_line(folded.sentence)
        if here and self.patterns["has_speeches"].search(self.names[here]):
            return here
        return "" if to_press else self._meeting_reported(folded, match)

    def _attended(self, person: str, offset: int) -> str:
        """The last event named before that offset that the person was at, else the last of the text."""
        attended = [
            (at, event) for at, event in self.ledger.events
            if self.ledger.has(person, "attended", event) or self.ledger.has(person, "chaired", event)
        ]
        before = [event for at, event in attended if at < offset]
        return before[-1] if before else attended[-1][1] if attended else ""

    def _has_met(self, person: str) -> bool:
        return any(p == "met" and person in (one, other) for one, p, other in self.ledger.evidence)

    def _in_line(self, offset: int, event: str) -> bool:
        start = self.ledger.page.look.rfind("\n", 0, offset) + 1
        return any(start <= at < offset and named == event for at, named in self.ledger.events)

    def _meeting_reported(self, folded: Fold, match: re.Match[str]) -> str:
        """The meeting that the article reports, for who opens a paragraph with 建议 before the text leaves it."""
        topic, start = self.ledger.resolution.topic, folded.sentence.start
        if folded.sentence.line - self.told > _LINES_APART:
            return ""
        if not self._is_report() or not self.patterns["opens_paragraph"].match(folded.text, 0, match.start() + 1):
            return ""
        named = [at for at, event in self.ledger.events if at < start]
        if not named or self.ledger.latest_event(start) != topic or self.scene.has_moved(start):
            return ""
        return topic

    def _is_report(self) -> bool:
        """Whether the article is the report of a meeting: someone led it, or spoke there."""
        topic = self.ledger.resolution.topic
        return self.patterns["is_meeting"].search(self.names.get(topic, "")) is not None and any(
            other == topic and predicate in {"chaired", "spokeAt"} for _, predicate, other in self.ledger.evidence
        )
