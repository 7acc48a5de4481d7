"""When and where an event was held and who held it: read around 举行, 召开, 开幕 and the like."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from kg.knowledge import Knowledge
from kg.letters import DATE, EVENT
from kg.relate.denial import is_negated
from kg.relate.fold import Fold
from kg.relate.ledger import Ledger
from kg.relate.lists import innermost

_LONGEST_EVENT = 31  # days from its opening to its end


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
        home = knowledge.words["home_countries"]
        self.home = {one.id for one in ledger.resolution.entities if one.name in home}
        self.last_day: tuple[int, str] = -1, ""  # where the last day was named, and which

    def read(self, folded: Fold) -> None:
        """Add what one sentence says."""
        text = folded.text
        if EVENT in text and "gathers" in folded.cued:
            floor = 0
            for verb in self.patterns["gathers"].finditer(text):
                if verb.start() >= floor:  # 召开召开论坛: the event of the first is taken
                    floor = self._read_verb(folded, verb, floor)
        if DATE in text:
            if "last_day" in folded.cued:
                self._note_last_day(folded)
            days = [at for at in folded.where(DATE, 0, len(text)) if len(_value(folded, at)) == len("2020-06-05")]
            if days:
                self.last_day = folded.starts[days[-1]], _value(folded, days[-1])

    def _read_verb(self, folded: Fold, verb: re.Match[str], floor: int) -> int:
        """Add what is said around one verb of gathering; from where the next may be read."""
        text = folded.text
        start = max(floor, folded.stretch(verb.start()))
        clause_end = next((at for at in range(verb.end(), len(text)) if text[at] in "，。；：！？"), len(text))
        before, after = self._beside(folded, verb, start, clause_end)
        if not before and not after:
            return floor
        if is_negated(text[start : verb.end()], self.knowledge) or self.patterns["counted"].match(text, verb.end()):
            return floor
        if self.patterns["put_off"].match(text, max(verb.end(), (after or before)[-1] + 1)):
            return floor
        for at in _joined(text, after[0], after) if after else _joined(text, before[-1], before):
            if reading := folded.readings[at]:
                span = folded.span(start, max(verb.end(), at + 1))
                self._note(_Gathering(folded, reading.entity, at, start, verb.start(), span), verb.group())
        if after and self.patterns["goes_on_with"].match(text, verb.end()):
            return after[0]
        return clause_end if after else verb.end()

    def _beside(self, folded: Fold, verb: re.Match[str], start: int, clause_end: int) -> tuple[list[int], list[int]]:
        """The events before and after a verb of gathering that it may tell of, each where it stands."""
        text, patterns = folded.text, self.patterns
        before = [at for at in folded.where(EVENT, start, verb.start()) if not _is_cited(folded, at)]
        after = folded.where(EVENT, verb.end(), clause_end)
        if after and patterns["attends"].search(text, verb.end(), after[0]):  # 进行国事访问并出席|论坛
            after = []
        if patterns["weak_gathering"].fullmatch(verb.group()):
            beside = patterns["beside_gathering"]
            before = [at for at in before[-1:] if beside.fullmatch(text, at + 1, verb.start())]
            after = [at for at in after[:1] if at == verb.end()]
        return before, after

    def _note(self, gathering: _Gathering, verb: str) -> None:
        words = self.knowledge.words
        # 论坛6月5日在湖州市开幕: so was its opening ceremony, where the text names one
        opening = self.ledger.named(words["opening_ceremonies"]) if verb in words["opening"] else ""
        self._note_day(gathering, opening, verb)
        self._note_place(gathering, opening)
        self._note_holders(gathering)

    def _note_day(self, gathering: _Gathering, opening: str, word: str) -> None:
        """6月5日，论坛在湖州市举行: the last date before the verb, which is that word."""
        folded, verb = gathering.folded, gathering.verb
        dates = folded.where(DATE, gathering.start, verb)
        if dates and self._is_of_another_act(folded, dates[-1], min(verb, max(gathering.at, dates[-1]))):
            return
        day = self._days_at(folded, dates[-1]) if dates else self._day_before(gathering)
        if not day:
            return
        first = self.ledger.first_day(gathering.event) if word in self.knowledge.words["closing"] else ""
        if first and len(first) == len(day) and first < day and _is_near(first, day):  # 论坛5月6日开幕, 8日闭幕
            day = f"{first}/{day}"
        self.ledger.tell(gathering.event, "heldOn", day, "held-on", gathering.span)
        if opening and "/" not in day:
            self.ledger.tell(opening, "heldOn", day, "opens-on", gathering.span)

    def _days_at(self, folded: Fold, at: int) -> str:
        """The date there, or the range whose end it is: 本月18日|到|9月2日."""
        last = _value(folded, at)
        first = _value(folded, at - 2) if self.patterns["up_to_day"].match(folded.text, max(0, at - 2)) else ""
        return f"{first}/{last}" if first and len(first) == len(last) and first < last else last

    def _is_of_another_act(self, folded: Fold, day: int, end: int) -> bool:
        """Whether something else than an event with its verb at `end` happened on a date: 今天从商务部获悉，…."""
        of_days = "/" in _value(folded, day) and self.patterns["act_of_days"].search(folded.text, day, end)
        not_then = self.patterns["first_planned"].search(folded.text, 0, day)
        return bool(of_days or not_then or self.patterns["another_act"].search(folded.text, day, end))

    def _day_before(self, gathering: _Gathering) -> str:
        """上午10时许，典礼举行: the day that the paragraph named last, where only the time of day is told."""
        folded = gathering.folded
        offset, day = self.last_day
        start = folded.starts[gathering.start]
        if offset < 0 or "\n" in self.ledger.page.look[offset:start]:
            return ""
        opens = max(0, gathering.start - 1)
        return day if self.patterns["time_of_day"].match(folded.text, opens) else ""

    def _note_last_day(self, folded: Fold) -> None:
        """展期至6月12日: what opened on a day is held from it to that day."""
        for found in self.patterns["last_day"].finditer(folded.text):
            event, last = self._lasting(folded, found.start()), _value(folded, found.start("day"))
            first = self.ledger.first_day(event)
            if first and first < last and len(first) == len(last):
                self.ledger.tell(event, "heldOn", f"{first}/{last}", "lasts-to", folded.span(*found.span()))

    def _lasting(self, folded: Fold, at: int) -> str:
        """What lasts to a day: the event named before in the sentence, else the topic, else the event named last."""
        named = [reading.entity for event in folded.where(EVENT, 0, at) if (reading := folded.readings[event])]
        if named:
            return named[-1]
        topic = self.ledger.resolution.topic
        return topic if self.ledger.first_day(topic) else self.ledger.latest_event(folded.starts[at])

    def _note_place(self, gathering: _Gathering, opening: str) -> None:
        where, rule = self._place(gathering)
        if where is None:
            return
        for place in gathering.folded.bound(*where.span("where")):
            # 在辛尼亚村的中国维和营区举行: not in 中国
            parts = [part for part in self.ledger.parts(place) if part not in self.home]
            for area in (place.entity, *parts):
                self.ledger.tell(gathering.event, "heldAt", area, rule, gathering.span)
                if opening:
                    self.ledger.tell(opening, "heldAt", area, "opens-at", gathering.span)

    def _place(self, gathering: _Gathering) -> tuple[re.Match[str] | None, str]:
        """The place in the clause of the verb, else at the head of the sentence, else of a visit; with its rule."""
        text, start, verb = gathering.folded.text, gathering.start, gathering.verb
        clause = max(text.rfind(mark, start, verb) for mark in "，：") + 1 or start
        follows = gathering.at > verb  # 在湖州市举行论坛
        first = clause if follows else min(clause, gathering.at)
        where = next(reversed(list(self.patterns["at_place"].finditer(text, first, verb + 1))), None)
        if where is None and follows:
            where = self.patterns["leading_place"].search(text, start, verb)
        if where is None and follows:
            where = self.patterns["place_gone_to"].search(text, start, verb)
        if where is None and follows:
            return self.patterns["place_of_visit"].search(text, start, verb), "held-on-visit"
        return where, "held-at"

    def _note_holders(self, gathering: _Gathering) -> None:
        """三省联合举办论坛: only where the event comes after the verb, else what stands before it is no subject."""
        folded, start = gathering.folded, gathering.start
        if gathering.at < gathering.verb:
            return
        found = self.patterns["event_holders"].search(folded.text[start : gathering.verb])
        if found:
            first, last = found.span("who")
            for holder in innermost(folded, start + first, start + last):
                self.ledger.tell(gathering.event, "organizedBy", holder.entity, "holds-event", gathering.span)


def _is_near(first: str, last: str) -> bool:
    """Whether two ISO days are at most a month apart."""
    return (date.fromisoformat(last) - date.fromisoformat(first)).days <= _LONGEST_EVENT


def _value(folded: Fold, at: int) -> str:
    """The date that stands at that place of a folded sentence."""
    reading = folded.readings[at]
    return reading.entity if reading else ""


def _is_cited(folded: Fold, at: int) -> bool:
    reading = folded.readings[at]
    return reading is not None and reading.sieve == "cited"


def _joined(text: str, at: int, events: Sequence[int]) -> list[int]:
    """The event there, with those of its list: 举行宣讲会|和|分享沙龙."""
    joined = [at]
    for other in events if events[0] == at else reversed(events):
        if other != at and abs(other - joined[-1]) == 2 and text[min(other, joined[-1]) + 1] in "、和及与暨":
            joined.append(other)
    return joined
