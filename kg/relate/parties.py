"""Who 两省 and 两国 are when they sign: the areas of that level that the text names, if they are that many."""

import re

from kg.knowledge import Knowledge
from kg.model import Entity
from kg.relate.fold import Fold
from kg.relate.ledger import Ledger
from kg.relate.letters import DOCUMENT

_NUMBERS = {"两": 2, "三": 3, "四": 4, "五": 5, "六": 6}
# By the word for a level, the kinds of area that it can mean, the likeliest first.
_KINDS = {
    "国": ("Country",),
    "省": ("Province",),
    "省区": ("Province",),
    "省市": ("Province",),
    "市": ("Prefecture", "County"),
    "县": ("County",),
    "地": ("Province", "Prefecture", "County"),
}
_SIGN = re.compile(
    r"(?P<number>[两三四五六])(?P<level>国|省区|省市|省|市|县|地)[^，。；]{0,10}?"
    rf"(?:签署|签订|续签|签)(?:了)?[^，。；{DOCUMENT}]{{0,8}}?(?P<what>{DOCUMENT})"
)


class Parties:
    """Reads signed, from 两省签署了《框架协议》 where the text names exactly so many areas of the level."""

    def __init__(self, ledger: Ledger, knowledge: Knowledge) -> None:
        self.ledger = ledger

    def read(self, folded: Fold) -> None:
        """Add what one sentence says."""
        if DOCUMENT not in folded.text:
            return
        for match in _SIGN.finditer(folded.text):
            what = folded.readings[match.start("what")]
            found = self._areas(match["level"])
            if what and len(found) == _NUMBERS[match["number"]]:
                for area in found:
                    self.ledger.add(area, "signed", what.entity, "joint-parties", folded.span(*match.span()))

    def _areas(self, level: str) -> list[str]:
        """The areas of the likeliest kind of which the text names any."""
        entities = self.ledger.resolution.entities
        found = next((named for kind in _KINDS[level] if (named := _of_kind(entities, kind))), set())
        if level == "国" and len(found) == 1:  # 两国 of a Chinese paper: China is one of them
            found |= {entity.id for entity in entities if entity.name == "中国"}
        return sorted(found)


def _of_kind(entities: tuple[Entity, ...], kind: str) -> set[str]:
    return {entity.id for entity in entities if entity.type in {"Province", "Place"} and entity.kind == kind}
