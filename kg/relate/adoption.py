"""What a meeting passed and what a body issued: 会议审议通过《条例》, 国务院印发《规划纲要》."""

import re
from functools import cache

from kg.knowledge import Knowledge
from kg.relate.denial import is_negated
from kg.relate.fold import Fold
from kg.relate.ledger import Ledger
from kg.relate.letters import DOCUMENT, EVENT, INITIATIVE, ORGANIZATION, PERSON
from kg.relate.notation import one_of

_OBJECTS = re.compile(
    rf"[^，。；！？{PERSON}{EVENT}{ORGANIZATION}{INITIATIVE}{DOCUMENT}]{{0,12}}?"
    rf"(?P<what>[{DOCUMENT}{INITIATIVE}]"
    rf"(?:[^，。；！？{PERSON}{EVENT}{ORGANIZATION}]{{0,8}}?[{DOCUMENT}{INITIATIVE}])*)"
)
_PROPOSED = re.compile(r"提请|建议")  # 提请审议《条例》
_BODIES = re.compile(
    rf"(?P<who>{ORGANIZATION}(?:[、，和及与 ]{ORGANIZATION})*)[^，。；{PERSON}{EVENT}]{{0,8}}$"
)
_AT_MEETING = re.compile(r"(?:会上|会议|仪式上|开幕式上|论坛上|大会|发布会上|[^。，]{0,4}还)")


@cache
def _verb(knowledge: Knowledge) -> re.Pattern[str]:
    return re.compile(
        r"(?P<meeting>审议并?(?:原则)?(?:通过|同意)|审议|审定|(?:讨论)?(?:并)?(?:原则)?(?:通过|同意))(?:了|的是)?"
        rf"|(?P<issue>{one_of(knowledge.words['issue'])})(?:实施)?(?:了)?"
    )


class Adoption:
    """Reads adopted, from each verb of passing or issuing with documents or policies after it."""

    def __init__(self, ledger: Ledger, knowledge: Knowledge) -> None:
        self.ledger = ledger
        self.verb = _verb(knowledge)

    def read(self, folded: Fold) -> None:
        """Add what one sentence says."""
        text = folded.text
        if DOCUMENT not in text and INITIATIVE not in text:
            return
        for verb in self.verb.finditer(text):
            what = _OBJECTS.match(text, verb.end())
            if what is None:
                continue
            start = folded.stretch(verb.start())
            if is_negated(text[max(start, verb.start() - 8) : verb.start()]):
                continue
            if _PROPOSED.search(text, max(start, verb.start() - 6), verb.start()):
                continue
            span = folded.span(start, what.end())
            for subject in self._subjects(folded, start, verb):
                for adopted in folded.entities(*what.span("what")):
                    self.ledger.tell(subject, "adopted", adopted, "adopts", span)

    def _subjects(self, folded: Fold, start: int, verb: re.Match[str]) -> list[str]:
        """A body at the verb; else the first event of the sentence that is not only cited; else the meeting told of."""
        bodies = _BODIES.search(folded.text[start : verb.start()])
        events = [
            reading.entity
            for at in folded.where(EVENT, start, verb.start())
            if (reading := folded.readings[at]) and reading.sieve != "cited"
        ]
        if bodies and (verb["issue"] or not events):
            return folded.entities(start + bodies.start("who"), start + bodies.end("who"))
        if events:
            return events[:1]
        if verb["meeting"] or _AT_MEETING.match(folded.text, start):
            latest = self.ledger.latest_event(folded.starts[verb.start()])
            return [latest] if latest else []
        return []
