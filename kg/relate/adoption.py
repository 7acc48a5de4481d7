"""What a meeting passed and what a body issued: 会议审议通过《条例》, 国务院印发《规划纲要》."""

import re

from kg.knowledge import Knowledge
from kg.letters import DOCUMENT, EVENT, INITIATIVE
from kg.relate.denial import is_negated
from kg.relate.fold import Fold
from kg.relate.ledger import Ledger


class Adoption:
    """Reads adopted, from each verb of passing or issuing with documents or policies after it."""

    def __init__(self, ledger: Ledger, knowledge: Knowledge) -> None:
        self.ledger = ledger
        self.knowledge = knowledge
        self.patterns = knowledge.patterns

    def read(self, folded: Fold) -> None:
        """Add what one sentence says."""
        text = folded.text
        if "adopting" not in folded.cued or (DOCUMENT not in text and INITIATIVE not in text):
            return
        for verb in self.patterns["adopting"].finditer(text):
            what = self.patterns["adopted"].match(text, verb.end())
            if what is None:
                continue
            start = folded.stretch(verb.start())
            if verb["pass"] and not self._passes(text, start, verb):
                continue
            if is_negated(text[max(start, verb.start() - 8) : verb.start()], self.knowledge):
                continue
            if self.patterns["proposed"].search(text, max(start, verb.start() - 6), verb.start()):
                continue
            span = folded.span(start, what.end())
            for subject in self._subjects(folded, start, verb):
                for adopted in folded.bound(*what.span("what")):
                    if adopted.mention.type in {"Document", "Initiative"}:  # not who gave the report
                        self.ledger.tell(subject, "adopted", adopted.entity, "adopts", span)

    def _passes(self, text: str, start: int, verb: re.Match[str]) -> bool:
        """Whether 通过 is to pass a text, not a means: 会议经表决，通过《条例》, not 通过主题教育."""
        before = self.patterns["passes"].search(text[start : verb.start()])
        return bool(before and self.patterns["passed"].match(text, verb.end()))

    def _subjects(self, folded: Fold, start: int, verb: re.Match[str]) -> list[str]:
        """A body at the verb; else the first event of the sentence that is not only cited; else the meeting told of."""
        bodies = self.patterns["adopting_bodies"].search(folded.text[start : verb.start()])
        events = [
            reading.entity
            for at in folded.where(EVENT, start, verb.start())
            if (reading := folded.readings[at]) and reading.sieve != "cited"
        ]
        if bodies and (verb["issue"] or not events):
            return folded.entities(start + bodies.start("who"), start + bodies.end("who"))
        if folded.text.startswith("的", verb.end()):  # 贯彻三中全会通过的《决定》
            nearest = folded.where(EVENT, start, verb.start())[-1:]
            return [reading.entity for at in nearest if (reading := folded.readings[at])]
        if events:
            return events[:1]
        acting = self.patterns["meeting_acts"].match(folded.text)
        if acting and (reading := folded.readings[acting.group().index(EVENT)]):
            return [reading.entity]
        if not verb["issue"] or self.patterns["at_meeting"].match(folded.text, start):
            latest = self.ledger.latest_event(folded.starts[verb.start()])
            return [latest] if latest else []
        return []
