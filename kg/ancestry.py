"""The divisions in which one lies."""

from functools import lru_cache

from kg.knowledge import Division, Knowledge


@lru_cache(maxsize=1 << 14)  # the same places are named in many articles
def ancestors(knowledge: Knowledge, code: str) -> tuple[Division, ...]:
    """The divisions above that one, nearest first; none of a code that no table has."""
    found: dict[str, Division | None] = {}
    while (division := knowledge.divisions.get(code)) and division.parent and division.parent not in found:
        code = division.parent
        found[code] = knowledge.divisions.get(code)
    return tuple(filter(None, found.values()))
