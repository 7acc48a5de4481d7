"""What no single sentence says: who goes on speaking, which meeting 会议 is, what a meeting dealt with."""

import re
from dataclasses import dataclass
from functools import cache

from kg.knowledge import Knowledge
from kg.model import Quotation, Reading, Span
from kg.relate.fold import Fold
from kg.relate.ledger import Ledger
from kg.relate.letters import DATE, EVENT, ORGANIZATION, PERSON
from kg.relate.notation import one_of

_TOPICS = frozenset({"Initiative", "Document"})
_STOP = re.compile(r"[。；]")
_EVERYONE = re.compile(
    r"(?:大家|与会(?:人员|代表|专家|各方)|会上)(?:一致|普遍|纷纷)?(?:认为|表示|指出|强调)"
)
_ACTS = re.compile(rf"[^，。]{{0,6}}{PERSON}[^，。]{{0,12}}(?:出席|参加|陪同|主持)")


@dataclass(frozen=True, slots=True)
class _Patterns:
    """What is looked for, made of the words of the knowledge."""

    named: re.Pattern[str]  # 王磊|指出
    he: re.Pattern[str]  # 他|指出
    anew: re.Pattern[str]  # how a sentence begins that leaves the speech before it
    deals: re.Pattern[str]  # 会议|深入学习贯彻


@cache
def _patterns(knowledge: Knowledge) -> _Patterns:
    words = knowledge.words
    say = one_of(words["speech"])
    return _Patterns(
        named=re.compile(
            rf"(?P<who>[{PERSON}{EVENT}{ORGANIZATION}])[^，。；：“{PERSON}]{{0,24}}?(?:{say})(?=[，：“。]|[^，。；]{{2}})"
        ),
        he=re.compile(
            r"(?:^|[。，；”、])(?:随后，?|会上，?|调研中，?)?[他她](?:们)?(?:还|又|同时|在[^，。]{1,16})?"
            rf"(?:{say})"
        ),
        anew=re.compile(rf"{one_of(words['after_speech'])}|[{PERSON}{EVENT}{DATE}]"),
        deals=re.compile(
            rf"^(?:[^，。；{PERSON}]{{0,20}})?{EVENT}[^。]{{0,8}}?(?:{one_of(words['deal_with'])})"
        ),
    )


class Discourse:
    """Reads speaksOf and quotations; follows the speaker of one document.

    Comes after all other readers have read all sentences: who was at a meeting may be told at the end.
    """

    def __init__(self, ledger: Ledger, knowledge: Knowledge) -> None:
        self.ledger = ledger
        self.patterns = _patterns(knowledge)
        self.quotations: list[Quotation] = []  # one a stretch of speech, in the order of the text
        self.line = -1
        self.speaker = ""  # whose words the text gives
        self.person = ""  # the last speaker who is a person: whom 他 means

    def read(self, folded: Fold) -> None:
        """Add what is said in one sentence, or what its meeting deals with."""
        if folded.sentence.line != self.line:
            self.line = folded.sentence.line
            if not folded.text.startswith("“"):
                self.speaker = ""
        sieves = (self._named, self._he, self._everyone, self._goes_on)
        begin = next((begin for sieve in sieves if (begin := sieve(folded)) is not None), None)
        if begin is None:
            self.speaker = ""
        if begin != 0:
            self._meeting_deals_with(folded, len(folded.text) if begin is None else begin)
        if begin is not None:
            self._quote(folded, begin, len(folded.text))

    # Where the words of a speaker begin in a sentence, who is noted: the first that knows decides.

    def _named(self, folded: Fold) -> int | None:
        """王磊指出，…；李华说，…: the last speaker that is named; the words of those before are quoted."""
        begin: int | None = None
        for match in self.patterns.named.finditer(folded.text):
            reading = folded.readings[match.start("who")]
            if reading is None:
                continue
            if begin is not None:  # inside a speech only someone who begins another stretch speaks
                if reading.mention.type != "Person" or not _STOP.search(folded.text, begin, match.start()):
                    continue
                self._quote(folded, begin, match.start())
            self.speaker, begin = reading.entity, match.end()
            if reading.mention.type == "Person":
                self.person = reading.entity
                self._spoke_at(folded, match, reading)
        return begin

    def _he(self, folded: Fold) -> int | None:
        """他强调，…: the last speaker who is a person."""
        match = self.patterns.he.search(folded.text)
        if not match or not self.person:
            return None
        self.speaker = self.person
        return match.end()

    def _everyone(self, folded: Fold) -> int | None:
        """与会代表一致认为，…: the meeting."""
        match = _EVERYONE.search(folded.text)
        meeting = self.ledger.latest_event(folded.sentence.start) if match else ""
        if not match or not meeting:
            return None
        self.speaker = meeting
        return match.end()

    def _goes_on(self, folded: Fold) -> int | None:
        """A sentence after a speech is speech, unless it opens with a date, a meeting, or someone who acts."""
        anew = self.patterns.anew.match(folded.text) or _ACTS.match(folded.text)
        return 0 if self.speaker and not anew else None

    # What follows from it.

    def _quote(self, folded: Fold, begin: int, end: int) -> None:
        """Note the words in [begin, end) of the sentence: their speaker speaks of each policy and document in them."""
        while begin < end and folded.text[begin] in "，：、。；”":
            begin += 1
        if not self.speaker or begin >= end:
            return
        about = [r.entity for r in folded.bound(begin, end) if r.mention.type in _TOPICS]
        for topic in about:
            self.ledger.add(self.speaker, "speaksOf", topic, "speech", (folded.sentence.start, folded.sentence.end))
        span = Span(self.ledger.page.document.id, *folded.span(begin, end))
        self.quotations.append(Quotation(self.speaker, span, tuple(dict.fromkeys(about)), "speech"))

    def _spoke_at(self, folded: Fold, match: re.Match[str], reading: Reading) -> None:
        """Who was at a meeting and 指出s after it was named speaks at it."""
        ledger = self.ledger
        named = [at for at in folded.where(EVENT, *match.span()) if folded.text[at - 1] in "在于"]
        where = folded.readings[named[0]] if named else None  # 张伟民在清远市农村工作会议上|指出
        named_here = where.entity if where else ""
        event = named_here or ledger.floor or self._attended(reading.entity) or ledger.in_line(folded.sentence)
        if event:
            ledger.add(reading.entity, "spokeAt", event, "speech-at-meeting", folded.span(*match.span()))

    def _attended(self, person: str) -> str:
        """The last event of the text that the person was at."""
        for _, event in reversed(self.ledger.events):
            if self.ledger.has(person, "attended", event) or self.ledger.has(person, "chaired", event):
                return event
        return ""

    def _meeting_deals_with(self, folded: Fold, stop: int) -> None:
        """A meeting speaks of what its purpose clause names: 会议深入学习贯彻…, 研究…."""
        match = self.patterns.deals.search(folded.text, 0, stop)
        event = folded.first(EVENT)
        if not match or not event:
            return
        for reading in folded.bound(match.end(), stop):
            adopted = self.ledger.has(event.entity, "adopted", reading.entity)
            if reading.mention.type in _TOPICS and not adopted:
                span = folded.sentence.start, folded.sentence.end
                self.ledger.add(event.entity, "speaksOf", reading.entity, "meeting-deals-with", span)
