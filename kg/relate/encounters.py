"""Who met whom: 会见, 会谈 and the like; the first is the subject of the sentence, or of the one before."""

import re
from functools import cache

from kg.knowledge import Knowledge
from kg.relate.denial import is_negated
from kg.relate.fold import Fold
from kg.relate.ledger import Ledger
from kg.relate.letters import PERSON
from kg.relate.notation import one_of

_PEOPLE = rf"{PERSON}(?:(?:[、，和及与同]|以及)?{PERSON})*"
# 参加会见, 会见时参加: whoever is named there only came along
_COMPANY_BEFORE = re.compile(r"(?:参加|陪同)(?:了)?$")
_COMPANY_AFTER = re.compile(r"(?:时|结束后|后|前)?(?:参加|陪同)")


@cache
def _patterns(knowledge: Knowledge) -> tuple[re.Pattern[str], ...]:
    """会见|王磊; 同|王磊|会谈."""
    receive, meet = one_of(knowledge.words["receive"]), one_of(knowledge.words["meet"])
    return (
        re.compile(rf"(?:{receive})(?:了)?[^。；{PERSON}]{{0,24}}?(?P<whom>{_PEOPLE})"),
        re.compile(rf"[同与和](?P<whom>{_PEOPLE})[^，。；{PERSON}]{{0,14}}?(?:{meet})"),
    )


class Encounters:
    """Reads met; follows the subject of one document from sentence to sentence."""

    def __init__(self, ledger: Ledger, knowledge: Knowledge) -> None:
        self.ledger = ledger
        self.patterns = _patterns(knowledge)
        self.subject = ""  # the first person of the last sentence that names one

    def read(self, folded: Fold) -> None:
        """Add an encounter for each person whom someone meets in one sentence."""
        if PERSON not in folded.text:
            return
        for pattern in self.patterns:
            for match in pattern.finditer(folded.text):
                self._meet(folded, match)
        if lead := folded.first(PERSON):
            self.subject = lead.entity

    def _meet(self, folded: Fold, match: re.Match[str]) -> None:
        text = folded.text
        if _COMPANY_BEFORE.search(text, 0, match.start()) or _COMPANY_AFTER.match(text, match.end()):
            return
        start = folded.stretch(match.start())
        if is_negated(text[start : match.end() + 6]):
            return
        before = folded.where(PERSON, start, match.start())
        first = folded.readings[before[0]] if before else None
        who = first.entity if first else self.subject
        span = folded.span(before[0] if before else match.start(), match.end())
        for other in folded.entities(*match.span("whom")):
            known = self.ledger.has(who, "met", other) or self.ledger.has(other, "met", who)
            if who and other != who and not known:
                self.ledger.tell(who, "met", other, "encounter", span)
