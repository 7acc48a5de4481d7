"""Who 双方, 两省 and 两国 are when they sign: the two that the text or the title of the agreement names."""

import re

from kg.knowledge import Knowledge
from kg.model import Entity
from kg.relate.fold import Fold
from kg.relate.ledger import Ledger

_NO_PARTIES = frozenset({"Infrastructure", "NaturalFeature", "Venue"})  # kinds of places that sign nothing
_SHORTEST = 2  # characters of an area's name without 市 that is looked for in a title


class Parties:
    """Keeps the rows of parties that the text has named, and says which are meant by 双方, 三方, 两人."""

    def __init__(self, ledger: Ledger, knowledge: Knowledge) -> None:
        self.ledger = ledger
        self.knowledge = knowledge
        self.kinds = {entity.id: entity.kind for entity in ledger.resolution.entities}
        self.hosts: list[str] = []  # the two who last held talks or led a meeting together
        self.rows: list[tuple[str, ...]] = []  # as the text named them: 甲与乙

    def note(self, folded: Fold) -> None:
        """Keep the rows of parties of a sentence, and who held talks in it: what later 双方 may mean."""
        if "pair_of_hosts" in folded.cued:
            for match in self.knowledge.patterns["pair_of_hosts"].finditer(folded.text):
                self.hosts = [*folded.entities(*match.span("host")), *folded.entities(*match.span("guest"))]
        if "row_of_parties" not in folded.cued:
            return
        for match in self.knowledge.patterns["row_of_parties"].finditer(folded.text):
            row = tuple(dict.fromkeys(folded.entities(*match.span())))
            if len(row) > 1 and not any(self.kinds[one] in _NO_PARTIES for one in row):
                self.rows.append(row)

    def meant(self, joint: re.Match[str], folded: Fold, signed: str) -> list[str]:
        """The parties of 双方签署…: exactly as many as it says, or none."""
        number = 2 if joint["both"] else self._number(joint["number"])
        level = joint["level"] or ""
        if level in self.knowledge.maps["joint_parties"]:
            areas = self._areas(level)
            if len(areas) == number:
                return areas
        self.note(folded)
        if level == "人":
            return self._pair_that_met()
        if titled := self.titled(signed, number):
            return titled
        types = {entity.id: entity.type for entity in self.ledger.resolution.entities}
        told = {*self._named_in_title(signed), *self._bodies_in_title(signed)}  # one of them is a party
        for_others = self.knowledge.patterns["others_sign"].search(folded.text, joint.end())
        if joint["both"] and not told and not for_others and self.hosts:
            return self.hosts
        for row in reversed(self.rows):
            fits = not told or not told.isdisjoint(row)
            if fits and len(row) == number and all(types.get(one) != "Person" for one in row):
                return list(row)
        return []

    def row_of(self, bodies: list[str]) -> list[str]:
        """The row that the text named with one of those in it, or with a body of one: 清远市 of 清远市人民政府.

        省委、省政府 is no row of two provinces.
        """
        names = {entity.id: entity.name for entity in self.ledger.resolution.entities}
        for row in reversed(self.rows):
            kept = [sum(names[one].startswith(names[body]) for one in row) for body in bodies]
            if len(row) == len(bodies) and max(kept, default=0) == 1:
                return list(row)
        return []

    def _number(self, word: str) -> int:
        found = self.knowledge.maps["numerals"].get(word)
        return int(found[0]) if found else 0

    def _pair_that_met(self) -> list[str]:
        """The two people of whose meeting the text told last, if it was one of two."""
        met = [(one, found[0].spans) for one, found in self.ledger.evidence.items() if one[1] == "met"]
        pairs = [[who, whom] for (who, _, whom), spans in met if spans == met[-1][1]]
        return pairs[0] if len(pairs) == 1 else []

    def titled(self, signed: str, number: int) -> list[str]:
        """So many areas, else bodies, as the title of what is signed names; none where it names more or fewer."""
        named = self._named_in_title(signed), self._bodies_in_title(signed)
        return next((found for found in named if len(found) == number), [])

    def _bodies_in_title(self, signed: str) -> list[str]:
        """The bodies that stand in the title of what is signed: 《清远大学与广州大学学术交流协议》."""
        entities = self.ledger.resolution.entities
        title = next((entity.name for entity in entities if entity.id == signed), "")
        return sorted(
            entity.id
            for entity in entities
            if entity.type == "Organization" and any(form in title for form in (entity.name, *entity.aliases))
        )

    def _named_in_title(self, signed: str) -> list[str]:
        """The areas in the title of what is signed: 《襄阳南阳汉江流域协同治理合作备忘录》, 《粤桂协作协议》."""
        entities = self.ledger.resolution.entities
        title = next((entity.name for entity in entities if entity.id == signed), "")
        level = {"Province", "Prefecture", "County", "Country"}
        letters = self.knowledge.patterns["letters_of_parties"].match(title)
        meant = {self.knowledge.abbreviations[one].name for one in letters.group()} if letters else set()
        return sorted(
            entity.id
            for entity in entities
            if entity.type in {"Province", "Place"} and (entity.kind in level or entity.name.endswith("市"))
            and (
                entity.name in meant
                or any(len(form) >= _SHORTEST and form in title for form in (entity.name[:-1], *entity.aliases))
            )
        )

    def _areas(self, level: str) -> list[str]:
        """The areas of the likeliest kind of which the text names any."""
        entities = self.ledger.resolution.entities
        kinds = self.knowledge.maps["joint_parties"][level]
        found = next((named for kind in kinds if (named := _of_kind(entities, kind))), set())
        if "Country" in kinds and len(found) == 1:  # 两国 of a Chinese paper: China is one of them
            home = self.knowledge.words["home_countries"]
            found |= {entity.id for entity in entities if entity.name in home}
        return sorted(found)


def _of_kind(entities: tuple[Entity, ...], kind: str) -> set[str]:
    return {entity.id for entity in entities if entity.type in {"Province", "Place"} and entity.kind == kind}
