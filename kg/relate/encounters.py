"""Who met whom: 会见, 会谈 and the like; the first is the subject of the sentence, or of the one before."""

import re

from kg.knowledge import Knowledge
from kg.letters import PERSON
from kg.relate.denial import is_negated
from kg.relate.fold import Fold
from kg.relate.ledger import Ledger
from kg.relate.lists import leading_people


class Encounters:
    """Reads met; follows the subject of one document from sentence to sentence."""

    def __init__(self, ledger: Ledger, knowledge: Knowledge) -> None:
        self.ledger = ledger
        self.knowledge = knowledge
        self.patterns = knowledge.patterns
        self.subject = ""  # the first person of the last sentence that names one

    def read(self, folded: Fold) -> None:
        """Add an encounter for each person whom someone meets in one sentence."""
        if PERSON not in folded.text:
            return
        for name in ("receives", "meets_with"):
            if name in folded.cued:
                for match in self.patterns[name].finditer(folded.text):
                    self._meet(folded, match)
        if lead := folded.first(PERSON):
            self.subject = lead.entity

    def _meet(self, folded: Fold, match: re.Match[str]) -> None:
        text = folded.text
        before, after = self.patterns["company_before"], self.patterns["company_after"]
        if before.search(text, 0, match.start()) or after.match(text, match.end()):
            return
        start = folded.stretch(match.start())
        if is_negated(text[start : match.end() + 6], self.knowledge):
            return
        hosts = leading_people(folded, start, match.start(), self.patterns)
        meeting = folded.bound(hosts[0], hosts[-1] + 1) if hosts else []
        span = folded.span(hosts[0] if hosts else match.start(), match.end())
        met = folded.entities(*match.span("whom"))
        for who in [reading.entity for reading in meeting] or [self.subject]:
            for other in met:
                known = self.ledger.has(who, "met", other) or self.ledger.has(other, "met", who)
                if who and who not in met and not known:
                    self.ledger.tell(who, "met", other, "encounter", span)
