"""By which of its forms a thing is called."""

from collections import Counter
from collections.abc import Iterable


def most_frequent(values: Iterable[str]) -> str:
    """The value that is there most often, of equals the least; "" if there is none.

    >>> most_frequent(["湖州市", "湖州", "湖州市"])
    '湖州市'
    """
    counts = Counter(values)
    return min(counts, key=lambda value: (-counts[value], value), default="")


def called(kind: str, names: Iterable[str]) -> str:
    """A body by the fullest form; whatever else goes by two names, by the one that is used most."""
    if kind == "Organization":
        return max(names, key=lambda one: (len(one), one), default="")
    return most_frequent(names)
