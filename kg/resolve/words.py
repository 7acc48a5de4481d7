"""Lists of words of the knowledge in the forms in which they are looked for, made once for each knowledge."""

from functools import cache

from kg.knowledge import Knowledge


@cache
def affixes(knowledge: Knowledge, name: str) -> tuple[str, ...]:
    """The words of a list, for str.endswith and str.startswith."""
    return tuple(sorted(knowledge.words[name]))
