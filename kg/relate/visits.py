"""Whom a text takes from place to place: the visitor is carried from sentence to sentence, the company stays out."""

import re
from collections.abc import Iterable

from kg.knowledge import Knowledge
from kg.letters import EVENT, ORGANIZATION, PERSON, PLACE, PROVINCE
from kg.relate.denial import is_negated
from kg.relate.fold import Fold
from kg.relate.ledger import Ledger

_STOPS = frozenset({"Province", "Place", "Organization"})
_NO_NAME = ""  # under which the leaders of a delegation without a name stand
_ASIDE = frozenset("，：")  # after which a clause may have a subject of its own
_SETTLED = frozenset({"Prefecture", "County", "Township", "Village"})  # what is a stop beside the area before it


class Visits:
    """Reads visited; follows the visitors of one document and the leaders of its delegations."""

    def __init__(self, ledger: Ledger, knowledge: Knowledge) -> None:
        self.ledger = ledger
        self.knowledge = knowledge
        self.patterns = knowledge.patterns
        self.kinds = {entity.id: entity.kind for entity in ledger.resolution.entities}
        home = knowledge.words["home_countries"]
        self.home = [entity.id for entity in ledger.resolution.entities if entity.name in home]
        self.visitors: list[str] = []
        self.leaders: dict[str, list[str]] = {}  # by delegation

    def read(self, folded: Fold) -> None:
        """Add a visit for each stop that one sentence names."""
        text = folded.text
        if PERSON not in text and not self.visitors and not self.leaders:
            return  # nobody goes
        if PERSON in text:
            self._note_unnamed_team(folded)
        if PLACE not in text and PROVINCE not in text and ORGANIZATION not in text and "state_visit" not in folded.cued:
            return
        self._note_leaders(folded)
        if "company" in folded.cued and self._tells_of_company(folded.text):
            return
        for match in self._found("state_visit", folded):
            if match["home"]:
                self._come_here(folded, match)
            else:
                self._visit(folded, match, "stops" if match["stops"] else "ended")
        for match in self._found("stays", folded):
            if not is_negated(folded.text[folded.stretch(match.start()) : match.start()], self.knowledge):
                self._visit(folded, match)
        for match in self._found("visits", folded):
            if self._is_visit(folded, match):
                self._visit(folded, match)
        if "leading_stop" in folded.cued:
            self._lead_in(folded)

    def _found(self, name: str, folded: Fold) -> Iterable[re.Match[str]]:
        """The matches of a pattern in a sentence."""
        return self.patterns[name].finditer(folded.text) if name in folded.cued else ()

    def _note_leaders(self, folded: Fold) -> None:
        for match in self._found("delegation_leaders", folded):
            if team := folded.readings[match.start("team")]:
                self.leaders[team.entity] = folded.entities(*match.span("who"))

    def _note_unnamed_team(self, folded: Fold) -> None:
        """由王磊率领的参访团, 以王磊为团长的代表团: the leader of what has no name, in sentences without stops too."""
        for match in self._found("led_delegation", folded):
            self.leaders[_NO_NAME] = folded.entities(*match.span("who" if match["who"] else "head"))

    def _tells_of_company(self, text: str) -> bool:
        """陪同调研, before which no one goes anywhere: the sentence names who came along."""
        company = self.patterns["company"].search(text)
        return company is not None and not self.patterns["visits"].search(text, 0, company.start())

    def _is_visit(self, folded: Fold, match: re.Match[str]) -> bool:
        text, start, end = folded.text, match.start(), match.end()
        weak = self.knowledge.words["weak_visit"]
        if is_negated(text[folded.stretch(start) : start], self.knowledge):
            return False
        if self.patterns["from_afar"].search(text, folded.stretch(start), start):
            return False
        if match["verb"] in weak and not self.patterns["purpose_of_visit"].search(text, start):
            return False  # 到|湖州市|调研 is one
        if self.patterns["no_visit"].match(text, end):
            return False  # 到|湖州市|任职
        return start > 0 or not self.patterns["cited_speech"].match(text, end)  # 考察|湖北省|时的重要讲话

    def _visit(self, folded: Fold, match: re.Match[str], group: str = "stops") -> None:
        if who := self._who(folded, match.start()):
            self._add(folded, who, match.start(), match.span(group))
            self.visitors = who

    def _come_here(self, folded: Fold, match: re.Match[str]) -> None:
        """对我国进行国事访问: a visit to the country, where the text names it."""
        self.visitors = self._who(folded, match.start())
        for country in self.home:
            for person in self.visitors:
                self.ledger.tell(person, "visited", country, "visits", folded.span(*match.span()))

    def _lead_in(self, folded: Fold) -> None:
        """在湖州市，王磊走进…, in a text whose visitor is known."""
        leading = self.patterns["leading_stop"].match(folded.text)
        if not leading or EVENT in folded.text[: leading.end() + 1]:
            return
        if not self.patterns["goes_about"].search(folded.text, leading.end()):
            return
        named = PERSON in folded.text[leading.end() : leading.end() + 2]
        if who := self._who(folded, len(folded.text)) if named else self.visitors:
            self._add(folded, who, 0, leading.span("stops"))
            self.visitors = who

    def _who(self, folded: Fold, verb: int) -> list[str]:
        """The visitors: a guest who is welcomed, who begins the clause or sentence, else those carried."""
        start = folded.stretch(verb)
        before = folded.text[start:verb]
        if self._others_go(folded, start, verb):
            return []
        guest = self.patterns["guest"].search(before)
        if guest and self.patterns["is_welcomed"].match(folded.text, verb):
            return self._meant(folded, start + guest.start("who"), start + guest.end("who"))
        if groups := self._groups(before):
            group = self._foremost(groups, before)
            return self._meant(folded, start + group.start(), start + group.end()) if group else []
        return self._carried(folded, start, verb)

    def _others_go(self, folded: Fold, start: int, verb: int) -> bool:
        """Whether those go whom the text does not name, or a body of which no leader is told: 广东省代表团|访问."""
        before, patterns = folded.text[start:verb], self.patterns
        if patterns["others_go"].search(before) or patterns["receives_unnamed"].search(before):
            return True
        goes = patterns["body_goes"].search(before)
        body = folded.readings[start + goes.start("body")] if goes else None
        return body is not None and body.entity not in self.leaders

    def _groups(self, before: str) -> list[re.Match[str]]:
        """The people before a verb who may be the ones that go, together where they are listed."""
        patterns = self.patterns
        return [
            group for group in patterns["visitors"].finditer(before)
            if not patterns["comes_along"].match(before, group.end())
            and (
                patterns["leads_the_way"].match(before, group.end())
                or not patterns["no_visitor_after"].search(before, 0, group.start())
            )
        ]

    def _foremost(self, groups: list[re.Match[str]], before: str) -> re.Match[str] | None:
        """Those of the groups who go: the first, or the last where the first only speaks or receives them."""
        patterns, rest = self.patterns, groups[0].end()
        aside = not _ASIDE.isdisjoint(before[rest:])  # 毛宁宣布：|法国总统马克龙将访华
        told = PERSON in before[rest:] and patterns["speaks_of_others"].match(before, rest)
        if aside and len(groups) == 1 and told:
            return None  # 苏林表示，在|习近平|对越南进行访问之际: another went
        received = patterns["received"].search(before, rest, groups[-1].start())
        if received and not received["came"]:
            return None
        return groups[-1] if aside or received else groups[0]

    def _carried(self, folded: Fold, start: int, verb: int) -> list[str]:
        """Who goes where the clause names nobody: the leaders of its delegation, else the visitors told of before."""
        before = folded.text[start:verb]
        for at in reversed(folded.where(ORGANIZATION, start, verb)):
            reading = folded.readings[at]
            if reading and reading.entity in self.leaders:
                return self.leaders[reading.entity]
        if self.leaders and self.patterns["delegation"].search(before):
            return next(iter(self.leaders.values()))
        if self.patterns["unnamed_visitors"].search(before):
            return []  # 会议期间，三省领导考察了…: people whom the text does not name
        return self.visitors

    def _meant(self, folded: Fold, start: int, end: int) -> list[str]:
        """The persons named there; whom a text takes about stays 他, whoever was named in between."""
        readings = folded.bound(start, end)
        if self.visitors and all(reading.mention.rule == "pronoun" for reading in readings):
            return self.visitors
        return [reading.entity for reading in readings]

    def _add(self, folded: Fold, who: list[str], start: int, stops: tuple[int, int]) -> None:
        span = folded.span(start, stops[1])
        where = {at for match in self.patterns["located"].finditer(folded.text, *stops) for at in range(*match.span())}
        for at in range(*stops):
            reading = folded.readings[at]
            stop = reading and reading.mention.type in _STOPS and at not in where
            if reading and stop and not self._leads_on(folded, at, stops[1]):
                for person in who:
                    self.ledger.tell(person, "visited", reading.entity, "visits", span)

    def _leads_on(self, folded: Fold, at: int, end: int) -> bool:
        """Whether what stands at `at` only says where the next stop is: 江津区|珞璜铁路枢纽, not 江津区|珞璜镇."""
        reading, following = folded.readings[at], folded.readings[at + 1] if at + 1 < end else None
        if reading is None or following is None:
            return False
        return self.kinds[reading.entity] == "Province" or self.kinds[following.entity] not in _SETTLED
