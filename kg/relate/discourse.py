"""What no single sentence says: who goes on speaking, which meeting 会议 is, what a meeting dealt with."""

import re

from kg.knowledge import Knowledge
from kg.letters import EVENT
from kg.model import Quotation, Reading, Span
from kg.relate.fold import Fold
from kg.relate.ledger import Ledger

_TOPICS = frozenset({"Initiative", "Document"})
_STOP = re.compile(r"[。；]")


class Discourse:
    """Reads speaksOf and quotations; follows the speaker of one document.

    Comes after all other readers have read all sentences: who was at a meeting may be told at the end.
    """

    def __init__(self, ledger: Ledger, knowledge: Knowledge) -> None:
        self.ledger = ledger
        self.patterns = knowledge.patterns
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
        for match in self.patterns["named_says"].finditer(folded.text):
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
        match = self.patterns["he_says"].search(folded.text)
        if not match or not self.person:
            return None
        self.speaker = self.person
        return match.end()

    def _everyone(self, folded: Fold) -> int | None:
        """与会代表一致认为，…: the meeting."""
        match = self.patterns["everyone_says"].search(folded.text)
        meeting = self.ledger.latest_event(folded.sentence.start) if match else ""
        if not match or not meeting:
            return None
        self.speaker = meeting
        return match.end()

    def _goes_on(self, folded: Fold) -> int | None:
        """A sentence after a speech is speech, unless it opens with a date, a meeting, or someone who acts."""
        anew = self.patterns["leaves_speech"].match(folded.text) or self.patterns["acts"].match(folded.text)
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
        named = self.patterns["event_of_speech"].search(folded.text, *match.span())
        where = folded.readings[named.start()] if named else None  # 张伟民在清远市农村工作会议上|指出
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
        match = self.patterns["deals_with"].search(folded.text, 0, stop)
        event = folded.first(EVENT)
        if not match or not event:
            return
        for reading in folded.bound(match.end(), stop):
            adopted = self.ledger.has(event.entity, "adopted", reading.entity)
            if reading.mention.type in _TOPICS and not adopted:
                span = folded.sentence.start, folded.sentence.end
                self.ledger.add(event.entity, "speaksOf", reading.entity, "meeting-deals-with", span)
