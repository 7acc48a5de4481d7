"""Whom a text takes from place to place: the visitor is carried from sentence to sentence, the company stays out."""

import re
from dataclasses import dataclass
from functools import cache

from kg.knowledge import Knowledge
from kg.relate.denial import is_negated
from kg.relate.fold import Fold
from kg.relate.ledger import Ledger
from kg.relate.letters import DATE, INITIATIVE, ORGANIZATION, PERSON, PLACE, PROVINCE
from kg.relate.notation import one_of

_STOP = f"[{PROVINCE}{PLACE}{ORGANIZATION}]"
_STOPS = rf"(?P<stops>{_STOP}(?:(?:[、和及与的]|以及|等地和|，?并)?{_STOP})*)"
# 对法国进行国事访问
_STATE_VISIT = re.compile(rf"对{_STOPS}(?:分别)?进行(?:了|为期[^，。]{{1,4}})?[^，。；]{{0,10}}?(?:访问|考察|调研)")
# 在湖州市，王磊走进…: the place opens the sentence, what shows the visit comes later
_LEADING = re.compile(
    rf"(?:[^，。；]{{0,8}})?在(?P<stops>[{PROVINCE}{PLACE}]+)，?"
    rf"(?=[{PERSON}他她]|代表团|[^，。]{{0,4}}一行|先后|实地)"
)
# 王磊率代表团赴…: where the delegation goes, its leader goes
_DELEGATION = re.compile(
    rf"(?P<who>{PERSON}(?:[、和及，]{PERSON})*)[^。；，{PERSON}]{{0,6}}?(?:率|率领|带领)"
    rf"[^。；，{PERSON}]{{0,4}}?(?P<team>{ORGANIZATION})"
)
_COMPANY = re.compile(r"陪同|随同|参加(?:了)?(?:调研|考察|上述活动|有关活动|活动|会见)")
_SPEECH = re.compile(r"(?:时|期间)?(?:的)?(?:重要讲话|讲话|重要指示)")
_GROUP = re.compile(rf"{PERSON}(?:[、，和及与]{PERSON})*")
_COMES_ALONG = re.compile(r"[^，。；]{0,3}(?:陪同|随同)")
_ANOTHER_CLAUSE = re.compile(r"(?:在|由|与|向|对|会见|听取)$")


@dataclass(frozen=True, slots=True)
class _Patterns:
    """What is looked for, made of the words of the knowledge."""

    visit: re.Pattern[str]  # the verb and its stops
    weak: frozenset[str]
    purpose: re.Pattern[str]  # what shows that a weak verb is a visit
    no_visit: re.Pattern[str]  # what one goes to a place for without visiting it
    unnamed: re.Pattern[str]  # subjects without a name
    on_site: re.Pattern[str]  # what shows that someone goes about


@cache
def _patterns(knowledge: Knowledge) -> _Patterns:
    words = knowledge.words
    return _Patterns(
        visit=re.compile(
            rf"(?P<verb>{one_of(words['visit'])})(?:了|位于[^，。；]{{0,6}}?)?"
            rf"(?:(?!时(?![代尚]))[^，。；！？{PERSON}{INITIATIVE}-{DATE}]){{0,8}}?{_STOPS}"  # 视察加奥时感谢|法国
        ),
        weak=words["weak_visit"],
        purpose=re.compile(one_of(words["visit_purpose"])),
        no_visit=re.compile(f"{one_of(words['not_visit'])}|学习(?!考察)"),
        unnamed=re.compile(f"{one_of(words['unnamed_speakers'])}|群众|企业|记者"),
        on_site=re.compile(one_of(words["on_site"])),
    )


class Visits:
    """Reads visited; follows the visitors of one document and the leaders of its delegations."""

    def __init__(self, ledger: Ledger, knowledge: Knowledge) -> None:
        self.ledger = ledger
        self.patterns = _patterns(knowledge)
        self.visitors: list[str] = []
        self.leaders: dict[str, list[str]] = {}  # by delegation

    def read(self, folded: Fold) -> None:
        """Add a visit for each stop that one sentence names."""
        if not any(letter in folded.text for letter in (PROVINCE, PLACE, ORGANIZATION)):
            return
        self._note_leaders(folded)
        if self._tells_of_company(folded.text):
            return
        for match in _STATE_VISIT.finditer(folded.text):
            self._visit(folded, match)
        for match in self.patterns.visit.finditer(folded.text):
            if self._is_visit(folded, match):
                self._visit(folded, match)
        self._lead_in(folded)

    def _note_leaders(self, folded: Fold) -> None:
        for match in _DELEGATION.finditer(folded.text):
            if team := folded.readings[match.start("team")]:
                self.leaders[team.entity] = folded.entities(*match.span("who"))

    def _tells_of_company(self, text: str) -> bool:
        """陪同调研, before which no one goes anywhere: the sentence names who came along."""
        company = _COMPANY.search(text)
        return company is not None and not self.patterns.visit.search(text, 0, company.start())

    def _is_visit(self, folded: Fold, match: re.Match[str]) -> bool:
        text, start, end = folded.text, match.start(), match.end()
        if is_negated(text[folded.stretch(start) : start]):
            return False
        if match["verb"] in self.patterns.weak and not self.patterns.purpose.search(text, start):
            return False  # 到|湖州市|调研 is one
        if match["verb"] in self.patterns.weak and self.patterns.no_visit.match(text, end):
            return False  # 到|湖州市|任职
        return start > 0 or not _SPEECH.match(text, end)  # 考察|湖北省|时的重要讲话

    def _visit(self, folded: Fold, match: re.Match[str]) -> None:
        if who := self._who(folded, match.start()):
            self._add(folded, who, match.start(), match)
            self.visitors = who

    def _lead_in(self, folded: Fold) -> None:
        """在湖州市，王磊走进…, in a text whose visitor is known."""
        leading = _LEADING.match(folded.text)
        if not leading or not self.visitors or not self.patterns.on_site.search(folded.text, leading.end()):
            return
        named = PERSON in folded.text[leading.end() : leading.end() + 2]
        who = self._who(folded, len(folded.text)) if named else self.visitors
        if who:
            self._add(folded, who, 0, leading)

    def _who(self, folded: Fold, verb: int) -> list[str]:
        """The visitors: who begins the clause or sentence, the leaders of a delegation, else those carried."""
        text, start = folded.text, folded.stretch(verb)
        before = text[start:verb]
        groups = [
            group for group in _GROUP.finditer(before)
            if not _COMES_ALONG.match(before, group.end()) and not _ANOTHER_CLAUSE.search(before, 0, group.start())
        ]
        if groups:
            group = groups[-1] if "，" in before[groups[0].end() :] else groups[0]
            return folded.entities(start + group.start(), start + group.end())
        for at in reversed(folded.where(ORGANIZATION, start, verb)):
            reading = folded.readings[at]
            if reading and reading.entity in self.leaders:
                return self.leaders[reading.entity]
        if "代表团" in before and self.leaders:
            return next(iter(self.leaders.values()))
        if self.patterns.unnamed.search(before):
            return []  # 会议期间，三省领导考察了…: people whom the text does not name
        return self.visitors

    def _add(self, folded: Fold, who: list[str], start: int, stops: re.Match[str]) -> None:
        span = folded.span(start, stops.end("stops"))
        for stop in folded.entities(*stops.span("stops")):
            for person in who:
                self.ledger.tell(person, "visited", stop, "visits", span)
