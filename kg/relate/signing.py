"""Who signed what: 清远市与广州市签署《协议》, 甲、乙分别代表双方签字, 双方签署《协议》."""

import re
from collections.abc import Iterator

from kg.knowledge import Knowledge
from kg.letters import DOCUMENT, ORGANIZATION, PERSON, PLACE, PROVINCE
from kg.relate.denial import is_negated
from kg.relate.fold import Fold
from kg.relate.ledger import Ledger
from kg.relate.parties import Parties

_AREAS = PROVINCE + PLACE
_PARTIES = PERSON + ORGANIZATION + _AREAS
_LONGEST_NEGATION = 8  # characters before the verb in which 未 denies it


class Signing:
    """Reads signed, from each verb of signing: its parties stand before it, what they sign after it."""

    def __init__(self, ledger: Ledger, knowledge: Knowledge) -> None:
        self.ledger = ledger
        self.knowledge = knowledge
        self.patterns = knowledge.patterns
        self.parties = Parties(ledger, knowledge)

    def read(self, folded: Fold) -> None:
        """Add what one sentence says."""
        if "signing" in folded.cued:
            self._read_verbs(folded)
        self.parties.note(folded)

    def _read_verbs(self, folded: Fold) -> None:
        for verb in self.patterns["signing"].finditer(folded.text):
            floor = max(folded.text.rfind(mark, 0, verb.start()) for mark in "。；！？") + 1
            if is_negated(folded.text[max(floor, verb.start() - _LONGEST_NEGATION) : verb.start()], self.knowledge):
                continue
            signed, end = self._signed(folded, verb)
            if not signed:
                continue
            upon = self.patterns["signed_upon"].search(folded.text, floor, verb.start())
            stop = upon.start() if upon else verb.start()  # 代表两市|在《协议》上签字
            run = self._parties_before(folded, floor, stop)
            if run:
                start = run[0]
                signers = [reading.entity for at in run if (reading := folded.readings[at])]
                if len(run) == 1 and self.patterns["signs_with"].search(folded.text, floor, run[0]):
                    signers = self._subject(folded, floor) + signers
                if self.patterns["signs_for"].search(folded.text, run[-1], stop):
                    signers += self._represented(signers, signed)
            else:
                joint = self.patterns["joint_signers"].search(folded.text, floor, stop)
                start = joint.start() if joint else verb.start()
                signers = self.parties.meant(joint, folded, signed[0]) if joint else []
            for signer in signers:
                for what in signed:
                    self.ledger.tell(signer, "signed", what, "signs", folded.span(start, end))

    def _signed(self, folded: Fold, verb: re.Match[str]) -> tuple[list[str], int]:
        """What is signed: named after the verb, or before where people sign for others; and where that ends."""
        if what := self.patterns["signed_things"].match(folded.text, verb.end()):
            return folded.entities(*what.span("what")), what.end()
        if upon := self.patterns["signed_upon"].search(folded.text, 0, verb.start()):
            return folded.entities(*upon.span("what")), verb.end()
        if verb["approve"] and (named := folded.where(DOCUMENT, verb.end(), len(folded.text))):
            return folded.entities(named[0], named[0] + 1), named[0] + 1
        if self.patterns["signs_for"].search(folded.text, max(0, verb.start() - _LONGEST_NEGATION), verb.start()):
            latest = self.ledger.antecedent("latest Document", folded.starts[verb.start()])
            return ([latest] if latest else []), verb.end()
        return [], verb.end()

    def _parties_before(self, folded: Fold, floor: int, verb: int) -> list[int]:
        """Where the parties stand that a verb at `verb` has: the row of them next to it, without what they lie in."""
        text = folded.text
        last = next((at for at in reversed(range(floor, verb)) if self._may_sign(text, at)), -1)
        if last < 0 or not self.patterns["before_signing"].fullmatch(text, last + 1, verb):
            return []
        if text[last] in _AREAS and not self.patterns["area_signs"].match(text, last + 1, verb + 2):
            if last < floor + 2 or text[last - 1] != "、" or text[last - 2] not in _PARTIES:
                return []
            last -= 2  # 甲、乙、|广州科技转移中心|签署: a body of that area that has no name here
        return list(reversed(list(self._row(text, floor, last))))

    def _subject(self, folded: Fold, floor: int) -> list[str]:
        """清远市正在建港，并与广州市|签署…: the body or area that the sentence begins with, which signs too."""
        first = self.patterns["signs_first"].match(folded.text, floor)
        return folded.entities(*first.span("who")) if first else []

    def _may_sign(self, text: str, at: int) -> bool:
        """Whether a party stands there, and no place of signing: 在|银川."""
        return text[at] in _PARTIES and not (
            text[at] in _AREAS and self.patterns["place_of_signing"].search(text, max(0, at - 4), at)
        )

    def _row(self, text: str, floor: int, last: int) -> Iterator[int]:
        """The parties of a row from its last to its first; 波兰 is none in 宁波市与波兰格但斯克市."""
        at = last
        yield at
        for before in reversed(range(floor, last)):
            if not self._may_sign(text, before):
                continue
            joint = text[before + 1 : at]
            if joint.count("）") > joint.count("（"):  # 甲（以下简称“乙”）与丙: 乙 is 甲
                continue
            if text[before] in _AREAS and joint in {"", "的"} and text[at] in PLACE + ORGANIZATION:
                at = before  # what the party lies in
            elif self.patterns["between_parties"].fullmatch(joint):
                yield before
                at = before
            else:
                return

    def _represented(self, people: list[str], signed: list[str]) -> list[str]:
        """The bodies or areas for which people sign 代表双方, by their posts, unless bodies were said to sign that."""
        types = {entity.id: entity.type for entity in self.ledger.resolution.entities}
        for subject, predicate, other in self.ledger.evidence:
            if predicate == "signed" and other in signed and types.get(subject) != "Person":
                return []
        found: list[str] = []
        for person in people:
            if types.get(person) != "Person":
                return []
            posts = {o for s, p, o in self.ledger.evidence if s == person and p == "holdsOffice"}
            of = {o for s, p, o in self.ledger.evidence if p == "officeIn" and s in posts}
            bodies = sorted(one for one in of if types.get(one) == "Organization") or sorted(of)
            if len(bodies) != 1:
                return self.parties.titled(signed[0], len(people))
            found += bodies
        if len(set(found)) < len(people):
            return self.parties.titled(signed[0], len(people))
        return self.parties.row_of(found) or found
