"""What no single sentence says: who goes on speaking, and of what; what a meeting dealt with."""

import re
from collections.abc import Iterable, Sequence

from kg.knowledge import Knowledge
from kg.letters import EVENT, PERSON
from kg.model import Quotation, Reading, Span
from kg.relate.fold import Fold
from kg.relate.ledger import Ledger
from kg.relate.venue import Venue

_TOPICS = frozenset({"Initiative", "Document"})
_OF_SPEECH = frozenset({  # patterns of which one must match for a sentence to begin a speech
    "acts_and_says", "everyone_says", "he_says", "letter_says", "named_says", "sends_letter", "transcript_line",
})  # fmt: skip
_STOP = re.compile(r"[。；]")
_CLAUSE_END = re.compile(r"[，。；]")


class Discourse:
    """Reads speaksOf and quotations; follows the speakers of one document.

    Comes after all other readers have read all sentences: who was at a meeting may be told at the end.
    """

    def __init__(self, ledger: Ledger, knowledge: Knowledge) -> None:
        self.ledger = ledger
        self.patterns, self.reports = knowledge.patterns, knowledge.words["report"]
        self.venue = Venue(ledger, knowledge)
        self.quotations: list[Quotation] = []  # one a stretch of speech, in the order of the text
        self.line = -1
        self.speakers: Sequence[str] = ()  # whose words the text gives
        self.writer = ""  # who sent the last letter
        self.person = ""  # the last speaker who is a person: whom 他 means
        self.ends_here = False  # the words are those of an event that is cited, or told of: 王磊介绍了情况
        self.transcript = False  # the lines are those of an interview: 王磊：…
        self.labelled = -1  # the last line that opens so

    def read(self, folded: Fold) -> None:
        """Add what is said in one sentence, or what its meeting deals with."""
        self.venue.enter(folded)
        self.ends_here = False
        if folded.sentence.line != self.line:
            self.line = folded.sentence.line
            if not folded.text.startswith("“") and not self.transcript:
                self.speakers = ()
        begin = self._begin(folded) if self.speakers or self.transcript or folded.cued & _OF_SPEECH else None
        if begin is None:
            self.speakers = ()
        if begin != 0:
            self._meeting_deals_with(folded, len(folded.text) if begin is None else begin)
        if begin is not None:
            self._quote(folded, begin, len(folded.text))
            if self.ends_here:
                self.speakers = ()

    # Where the words of a speaker begin in a sentence, who is noted: the first that knows decides.

    def _begin(self, folded: Fold) -> int | None:
        sieves = (self._transcript, self._letter, self._named, self._he, self._everyone, self._acting, self._goes_on)
        return next((begin for sieve in sieves if (begin := sieve(folded)) is not None), None)

    def _transcript(self, folded: Fold) -> int | None:
        """王磊：我们要…, in an interview; 记者：… leaves it."""
        match = self.patterns["transcript_line"].match(folded.text) if "transcript_line" in folded.cued else None
        if match and (reading := folded.readings[match.start("who" if match["who"] else "speaker")]):
            self.transcript, self.speakers, self.person = True, (reading.entity,), reading.entity
            self.labelled = folded.sentence.line
            self.venue.answers(folded, match, reading)
            return match.end()
        if self.transcript and self.patterns["asks"].match(folded.text):
            self.speakers = ()
        return None

    def _letter(self, folded: Fold) -> int | None:
        """贺信指出，…: whoever sent it."""
        if "sends_letter" in folded.cued and (sent := self.patterns["sends_letter"].search(folded.text)):
            reading = folded.readings[sent.start("who")]
            self.writer = reading.entity if reading else self.writer
        said = self.patterns["letter_says"].match(folded.text) if "letter_says" in folded.cued else None
        if not said or not self.writer:
            return None
        self.speakers = (self.writer,)
        return said.end()

    def _named(self, folded: Fold) -> int | None:
        """王磊指出，…；李华说，…: the last speaker that is named; the words of those before are quoted."""
        if "named_says" not in folded.cued:
            return None
        begin: int | None = None
        for match in self.patterns["named_says"].finditer(folded.text):
            speaking = self._who(folded, match)
            if not speaking:
                continue
            if begin is None and self._is_source(speaking[0], match):
                self._cite(folded, speaking, match.end())
                return 0
            if begin is not None:  # inside a speech only someone who begins another stretch speaks
                if speaking[0].mention.type != "Person":
                    continue
                if not _STOP.search(folded.text, begin, match.start()):
                    self._cite(folded, speaking, match.end())
                    continue
                self._quote(folded, begin, match.start())
            self.speakers, begin = tuple(one.entity for one in speaking), match.end()
            self._asked(folded, match.start(), speaking)
            self.ends_here = speaking[0].sieve == "cited" or (
                match["says"] in self.reports
                and self.patterns["tells_of_speech"].match(folded.text, match.end()) is not None
            )
            for one in speaking:
                if one.mention.type == "Person":
                    self.person = one.entity
                    self.venue.speaks(folded, match, one)
        return begin

    def _who(self, folded: Fold, match: re.Match[str]) -> list[Reading]:
        """Who speaks: all of 王磊、李华, and not 在会见|王磊|时 but whoever meets him."""
        speaking = folded.bound(*match.span("who"))
        if not self.patterns["says_when"].match(match["how"]):
            return speaking
        met = self.patterns["meets_whom"].search(folded.text, 0, match.start("who"))
        if not met:
            return speaking[:1]  # 王磊同李华会谈时|指出
        before = folded.where(PERSON, folded.stretch(match.start()), met.start())
        first = folded.readings[before[0]] if before else None
        return [first] if first else []

    def _is_source(self, speaking: Reading, match: re.Match[str]) -> bool:
        """Whether a speaker goes on who names where a thing was set: 党的二十大提出了…的目标."""
        if not self.speakers or self.person not in self.speakers or not self.patterns["sets"].fullmatch(match["says"]):
            return False
        kind = speaking.mention.type
        return kind == "Organization" or (kind == "Event" and speaking.entity != self.ledger.resolution.topic)

    def _cite(self, folded: Fold, cited: Iterable[Reading], begin: int) -> None:
        """王磊指出，李华强调，要…: the words are of both; of 李华提出的…要求 only the clause."""
        stop = (_CLAUSE_END if folded.text.startswith("的", begin) else _STOP).search(folded.text, begin)
        for topic in folded.bound(begin, stop.start() if stop else len(folded.text)):
            if topic.mention.type in _TOPICS:
                for one in cited:
                    span = folded.sentence.start, folded.sentence.end
                    self.ledger.add(one.entity, "speaksOf", topic.entity, "speech-cited", span)

    def _asked(self, folded: Fold, end: int, speaking: Sequence[Reading]) -> None:
        """在谈到乡村振兴时，王磊说: he speaks of what stands before him, too."""
        asked = self.patterns["asked_about"].search(folded.text, folded.stretch(end), end)
        for topic in folded.bound(*asked.span()) if asked else []:
            if topic.mention.type in _TOPICS:
                for one in speaking:
                    span = folded.sentence.start, folded.sentence.end
                    self.ledger.add(one.entity, "speaksOf", topic.entity, "speech-on-question", span)

    def _he(self, folded: Fold) -> int | None:
        """他强调，…: the last speaker who is a person."""
        if not self.person or "he_says" not in folded.cued:
            return None
        match = self.patterns["he_says"].search(folded.text)
        if match is None:
            return None
        self.speakers = (self.person,)
        return match.end()

    def _everyone(self, folded: Fold) -> int | None:
        """与会代表一致认为，…: the meeting."""
        match = self.patterns["everyone_says"].search(folded.text) if "everyone_says" in folded.cued else None
        meeting = self.ledger.latest_event(folded.sentence.start) if match else ""
        if not match or not meeting:
            return None
        self.speakers = (meeting,)
        return match.end()

    def _acting(self, folded: Fold) -> int | None:
        """王磊考察了…，要求…: whoever acts."""
        match = self.patterns["acts_and_says"].match(folded.text) if "acts_and_says" in folded.cued else None
        reading = folded.readings[match.start("who")] if match else None
        if not match or not reading:
            return None
        self.speakers, self.person = (reading.entity,), reading.entity
        return match.end()

    def _goes_on(self, folded: Fold) -> int | None:
        """A sentence after a speech is speech, unless it opens with a date, a meeting, or someone who acts."""
        if not self.speakers:
            return None
        if self.transcript and folded.sentence.line == self.labelled:
            return 0  # all that stands behind 王磊： is his
        first = folded.readings[0] if folded.readings else None
        if first and first.mention.type == "Person" and self.venue.is_cited(first.entity):
            return 0
        anew = self.patterns["leaves_speech"].match(folded.text) or self.patterns["acts"].match(folded.text)
        return None if anew else 0

    # What follows from it.

    def _quote(self, folded: Fold, begin: int, end: int) -> None:
        """Note the words in [begin, end) of the sentence: their speaker speaks of each policy and document in them."""
        while begin < end and folded.text[begin] in "，：、。；”":
            begin += 1
        if not self.speakers or begin >= end:
            return
        about = [r.entity for r in folded.bound(begin, end) if r.mention.type in _TOPICS]
        span = Span(self.ledger.page.document.id, *folded.span(begin, end))
        for speaker in self.speakers:
            for topic in about:
                self.ledger.add(speaker, "speaksOf", topic, "speech", (folded.sentence.start, folded.sentence.end))
            self.quotations.append(Quotation(speaker, span, tuple(dict.fromkeys(about)), "speech"))

    def _meeting_deals_with(self, folded: Fold, stop: int) -> None:
        """A meeting speaks of what its purpose clause names: 会议深入学习贯彻…, 研究…."""
        if EVENT not in folded.text:
            return
        if "deals_with" in folded.cued and (match := self.patterns["deals_with"].search(folded.text, 0, stop)):
            at = match.start("meeting") if match["meeting"] else match.start("chaired")
            people = folded.where(PERSON, match.end(), stop) if match["chaired"] else []
            self._deals_with(folded, at, match.end(), people[0] if people else stop)
            for also in self.patterns["deals_also_with"].finditer(folded.text, people[0], stop) if people else ():
                self._deals_with(folded, at, *also.span("what"))
        if "held_for" in folded.cued and (match := self.patterns["held_for"].match(folded.text)):
            self._deals_with(folded, match.start("meeting"), *match.span("purpose"))

    def _deals_with(self, folded: Fold, meeting: int, start: int, stop: int) -> None:
        event = folded.readings[meeting]
        for topic in folded.bound(start, stop):
            if event is None or event.sieve == "cited" or topic.mention.type not in _TOPICS:
                continue
            dealt_with = self.ledger.has(event.entity, "adopted", topic.entity) or self._was_read(topic.entity)
            if not dealt_with:
                span = folded.sentence.start, folded.sentence.end
                self.ledger.add(event.entity, "speaksOf", topic.entity, "meeting-deals-with", span)

    def _was_read(self, topic: str) -> bool:
        """Whether someone gave what the meeting heard: of 王磊所作的《报告》 he spoke."""
        return any(
            predicate == "speaksOf" and other == topic and any(one.rule == "report-heard" for one in found)
            for (_, predicate, other), found in self.ledger.evidence.items()
        )
