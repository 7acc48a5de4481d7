"""Short forms that a text declares for a name: 中科远磁新材料股份有限公司（以下简称“远磁股份”）."""

import re
from collections.abc import Iterable

from kg.model import Mention

_DECLARED = re.compile(r"（(?:以下|下)?(?:简称|称)[：:为]?[“《‘]?([^”》’）]{2,16})[”》’]?）")
_IN_BRACKETS = re.compile(r"（([\u4e00-\u9fffA-Za-z0-9]{2,12})）")  # Norwell Biotech（诺维尔生物）
_LATIN = re.compile(r"[A-Za-z]")


def declared(look: str, mentions: Iterable[Mention]) -> dict[str, Mention]:
    """The short forms that stand in brackets right after a mention, with the mention that each is short for."""
    found: dict[str, Mention] = {}
    for mention in mentions:
        match = _DECLARED.match(look, mention.span.end)
        if not match and mention.type == "Organization" and _LATIN.search(mention.key):
            match = _IN_BRACKETS.match(look, mention.span.end)
        if match:
            found.setdefault(match.group(1), mention)
    return found
