"""When and where an event was held and who held it: read around 举行, 召开, 开幕 and the like."""

import re
from dataclasses import dataclass
from functools import cache

from kg.knowledge import Knowledge
from kg.relate.denial import is_negated
from kg.relate.fold import Fold
from kg.relate.ledger import Ledger
from kg.relate.letters import DATE, EVENT, ORGANIZATION, PERSON, PLACE, PROVINCE
from kg.relate.notation import one_of

_AREA = f"[{PROVINCE}{PLACE}]"
_AREAS = f"(?P<where>{_AREA}(?:[、和及 的]?{_AREA})*)"
_AT = re.compile(rf"[在于][^，。；{EVENT}{PERSON}]{{0,6}}?{_AREAS}")
# 在湖州市，三省联合举办论坛: the place opens the sentence
_LEADING_AT = re.compile(rf"(?:^|[。；])[^，。；]{{0,6}}?在{_AREAS}，[^，。；]{{0,16}}$")
# 到湖州市调研并主持召开座谈会: the meeting of a visit is held where the visit is
_VISIT = re.compile(
    rf"(?:到|赴|在|来到|深入)(?P<where>{_AREA}(?:[、和及 ]?{_AREA})*)[^，。；]{{0,10}}?(?:调研|考察|视察|检查)"
)
_COUNTED = re.compile(r"(?:过|了)?[\d一二三四五六七八九十]+(?:多)?[次届场]")  # 已经召开14次
_OPENING_CEREMONY = "开幕式"


@cache
def _verb(knowledge: Knowledge) -> re.Pattern[str]:
    return re.compile(one_of(knowledge.words["gather"]))


@cache
def _holders(knowledge: Knowledge) -> re.Pattern[str]:
    """Who stands before a verb of gathering, with nothing between that has a subject of its own."""
    one = f"[{ORGANIZATION}{PROVINCE}{PLACE}]"
    return re.compile(
        rf"(?:^|[，。；：]|{DATE}|[上下]午)(?P<who>{one}(?:[、和及与 ]?{one})*)"
        rf"(?:[两三四五六七八九十](?:省区市|省区|省市|[省市县区州地国方校]))?"  # 陕川两省在成都举行联席会议
        rf"(?:{one_of(knowledge.words['before_gather'])}|{DATE}|[上下]午|[在于]{_AREA}+)*$"
    )


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
        self.verb = _verb(knowledge)
        self.holders = _holders(knowledge)
        self.opening = knowledge.words["opening"]
        self.attends = re.compile(one_of(knowledge.words["attend"]))

    def read(self, folded: Fold) -> None:
        """Add what one sentence says."""
        text = folded.text
        if EVENT not in text:
            return
        floor = 0
        for verb in self.verb.finditer(text):
            if verb.start() < floor:  # 召开召开论坛: the event of the first is taken
                continue
            start = max(floor, folded.stretch(verb.start()))
            clause_end = next((at for at in range(verb.end(), len(text)) if text[at] in "，。；：！？"), len(text))
            before = folded.where(EVENT, start, verb.start())
            after = folded.where(EVENT, verb.end(), clause_end)
            if after and self.attends.search(text, verb.end(), after[0]):  # 进行国事访问并出席|论坛
                after = []
            if not before and not after:
                continue
            if is_negated(text[start : verb.end()]) or _COUNTED.match(text, verb.end()):
                continue
            at = after[0] if after else before[-1]
            if reading := folded.readings[at]:
                span = folded.span(start, max(verb.end(), at + 1))
                self._note(_Gathering(folded, reading.entity, at, start, verb.start(), span), verb.group())
                floor = clause_end if after else verb.end()

    def _note(self, gathering: _Gathering, verb: str) -> None:
        # 论坛6月5日在湖州市开幕: so was its opening ceremony, where the text names one
        opening = self.ledger.named(_OPENING_CEREMONY) if verb in self.opening else ""
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
        where = _AT.search(text, clause if follows else min(clause, gathering.at), verb + 1)
        if where is None and follows:
            where = _LEADING_AT.search(text, start, verb)
        if where is None and follows:
            return _VISIT.search(text, start, verb), "held-on-visit"
        return where, "held-at"

    def _note_holders(self, gathering: _Gathering) -> None:
        """三省联合举办论坛: only where the event comes after the verb, else what stands before it is no subject."""
        if gathering.at < gathering.verb:
            return
        found = self.holders.search(gathering.folded.text[gathering.start : gathering.verb])
        if found:
            first, last = found.span("who")
            for holder in gathering.folded.entities(gathering.start + first, gathering.start + last):
                self.ledger.tell(gathering.event, "organizedBy", holder, "holds-event", gathering.span)
