"""Short forms that a text declares for a name: 中科远磁新材料股份有限公司（以下简称“远磁股份”）."""

import re
from collections.abc import Iterable

from kg.knowledge import Knowledge
from kg.model import Mention

_OPENS = "（"  # what both patterns begin with, asked first since few mentions are followed by it
_LATIN = re.compile(r"[A-Za-z]")


def declared(look: str, mentions: Iterable[Mention], knowledge: Knowledge) -> dict[str, Mention]:
    """The short forms that stand in brackets right after a mention, with the mention that each is short for."""
    found: dict[str, Mention] = {}
    for mention in mentions:
        if not look.startswith(_OPENS, mention.span.end):
            continue
        match = knowledge.patterns["declared_after"].match(look, mention.span.end)
        if not match and mention.type == "Organization" and _LATIN.search(mention.key):
            match = knowledge.patterns["in_brackets"].match(look, mention.span.end)
        if match:
            found.setdefault(match["short"], mention)
    return found
