"""Who 两省 and 两国 are when they sign: the areas of that level that the text names, if they are that many."""

from kg.knowledge import Knowledge
from kg.letters import DOCUMENT
from kg.model import Entity
from kg.relate.fold import Fold
from kg.relate.ledger import Ledger


class Parties:
    """Reads signed, from 两省签署了《框架协议》 where the text names exactly so many areas of the level."""

    def __init__(self, ledger: Ledger, knowledge: Knowledge) -> None:
        self.ledger = ledger
        self.knowledge = knowledge

    def read(self, folded: Fold) -> None:
        """Add what one sentence says."""
        if DOCUMENT not in folded.text:
            return
        for match in self.knowledge.patterns["joint_signing"].finditer(folded.text):
            what = folded.readings[match.start("what")]
            found = self._areas(match["level"])
            (number,) = self.knowledge.maps["numerals"][match["number"]]
            if what and len(found) == int(number):
                for area in found:
                    self.ledger.add(area, "signed", what.entity, "joint-parties", folded.span(*match.span()))

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
