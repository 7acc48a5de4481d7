"""When and where an event was held and who held it: read around 举行, 召开, 开幕 and the like."""

import re
from dataclasses import dataclass

from kg.knowledge import Knowledge
from kg.letters import DATE, EVENT
from kg.relate.denial import is_negated
from kg.relate.fold import Fold
from kg.relate.ledger import Ledger


@dataclass(frozen=True, slots=True)
class _Gathering:
    """An event and the verb that says it was held; positions are those of the folded string."""

    folded: Fold
    event: str
    at: int  # where the event is named
    start: int  # of the stretch in which its day, place and holder may stand
    verb: int
    span: tuple[int, int]  # of the text, from the stretch to the verb or the event


class Occasion:
    """Reads heldOn, heldAt and organizedBy, from each verb of gathering with an event beside it."""

    def __init__(self, ledger: Ledger, knowledge: Knowledge) -> None:
        self.ledger = ledger
        self.knowledge = knowledge
        self.patterns = knowledge.patterns

    def read(self, folded: Fold) -> None:
        """Add what one sentence says."""
        text = folded.text
        if EVENT not in text:
            return
        floor = 0
        for verb in self.patterns["gathers"].finditer(text):
            if verb.start() < floor:  # 召开召开论坛: the event of the first is taken
                continue
            start = max(floor, folded.stretch(verb.start()))
            clause_end = next((at for at in range(verb.end(), len(text)) if text[at] in "，。；：！？"), len(text))
            before = folded.where(EVENT, start, verb.start())
            after = folded.where(EVENT, verb.end(), clause_end)
            if after and self.patterns["attends"].search(text, verb.end(), after[0]):  # 进行国事访问并出席|论坛
                after = []
            if not before and not after:
                continue
            if is_negated(text[start : verb.end()], self.knowledge) or self.patterns["counted"].match(text, verb.end()):
                continue
            at = after[0] if after else before[-1]
            if reading := folded.readings[at]:
                span = folded.span(start, max(verb.end(), at + 1))
                self._note(_Gathering(folded, reading.entity, at, start, verb.start(), span), verb.group())
                floor = clause_end if after else verb.end()

    def _note(self, gathering: _Gathering, verb: str) -> None:
        words = self.knowledge.words
        # 论坛6月5日在湖州市开幕: so was its opening ceremony, where the text names one
        opening = self.ledger.named(words["opening_ceremonies"]) if verb in words["opening"] else ""
        self._note_day(gathering, opening)
        self._note_place(gathering, opening)
        self._note_holders(gathering)

    def _note_day(self, gathering: _Gathering, opening: str) -> None:
        """6月5日，论坛在湖州市举行: the last date before the verb."""
        dates = gathering.folded.where(DATE, gathering.start, gathering.verb)
        day = gathering.folded.readings[dates[-1]] if dates else None
        if day is None:
            return
        self.ledger.tell(gathering.event, "heldOn", day.entity, "held-on", gathering.span)
        if opening and "/" not in day.entity:
            self.ledger.tell(opening, "heldOn", day.entity, "opens-on", gathering.span)

    def _note_place(self, gathering: _Gathering, opening: str) -> None:
        where, rule = self._place(gathering)
        if where is None:
            return
        for place in gathering.folded.bound(*where.span("where")):
            for area in (place.entity, *self.ledger.parts(place)):
                self.ledger.tell(gathering.event, "heldAt", area, rule, gathering.span)
                if opening:
                    self.ledger.tell(opening, "heldAt", area, "opens-at", gathering.span)

    def _place(self, gathering: _Gathering) -> tuple[re.Match[str] | None, str]:
        """The place in the clause of the verb, else at the head of the sentence, else of a visit; with its rule."""
        text, start, verb = gathering.folded.text, gathering.start, gathering.verb
        clause = max(text.rfind(mark, start, verb) for mark in "，：") + 1 or start
        follows = gathering.at > verb  # 在湖州市举行论坛
        where = self.patterns["at_place"].search(text, clause if follows else min(clause, gathering.at), verb + 1)
        if where is None and follows:
            where = self.patterns["leading_place"].search(text, start, verb)
        if where is None and follows:
            return self.patterns["place_of_visit"].search(text, start, verb), "held-on-visit"
        return where, "held-at"

    def _note_holders(self, gathering: _Gathering) -> None:
        """三省联合举办论坛: only where the event comes after the verb, else what stands before it is no subject."""
        if gathering.at < gathering.verb:
            return
        found = self.patterns["event_holders"].search(gathering.folded.text[gathering.start : gathering.verb])
        if found:
            first, last = found.span("who")
            for holder in gathering.folded.entities(gathering.start + first, gathering.start + last):
                self.ledger.tell(gathering.event, "organizedBy", holder, "holds-event", gathering.span)
