"""Lists of words of the knowledge in the forms in which they are looked for, made once for each knowledge."""

import re
from functools import cache

from kg.knowledge import Knowledge


@cache
def affixes(knowledge: Knowledge, name: str) -> tuple[str, ...]:
    """The words of a list, for str.endswith and str.startswith."""
    return tuple(sorted(knowledge.words[name]))


@cache
def one_of(knowledge: Knowledge, name: str) -> str:
    """A regular expression for any word of a list, the longest that fits."""
    return "|".join(sorted(map(re.escape, knowledge.words[name]), key=lambda word: (-len(word), word)))
