"""Which documents the titles mean: a short title is the fuller one named before it, or the one that declares it."""

import re
from collections.abc import Mapping, Sequence

from kg.model import Mention
from kg.resolve.book import Book

_MARKS = re.compile(r"[“”\s《》]")


def read_documents(book: Book) -> None:
    """Read the documents of the page, each by the fullest title in the text."""
    mentions = book.of("Document")
    names = fullest_titles([_title(mention.key) for mention in mentions], book.declared)
    for mention in mentions:
        title = _title(mention.key)
        sieve = "title" if names[title] == title else "short-title"
        book.read(mention, book.enter("Document", _title(names[title])), sieve)


def fullest_titles(titles: Sequence[str], declared: Mapping[str, Mention]) -> dict[str, str]:
    """Title → the fullest title that it stands for: 《规划纲要》 after 长三角一体化发展规划纲要 named before."""
    order = list(dict.fromkeys(titles))
    return {title: declared[title].key if title in declared else _fuller(title, order) for title in order}


def _fuller(title: str, order: Sequence[str]) -> str:
    """The one title that holds this one, of those named before it if there are any; itself where several do."""
    if swapped := next((other for other in order if _swaps_countries(title, other)), ""):
        return min(title, swapped, key=order.index)
    longer: list[str] = []
    if len(title) <= 8:
        longer = [other for other in order if other != title and other.endswith(title)]
    if not longer and len(title) <= 6:
        longer = [other for other in order if len(other) > len(title) + 3 and title in other]
    before = [other for other in longer if order.index(other) < order.index(title)]
    candidates = before or longer
    return candidates[0] if len(candidates) == 1 else title


def _swaps_countries(title: str, other: str) -> bool:
    """Whether two titles differ only in which party comes first: 中欧投资协定, 欧中投资协定."""
    return title[:2] == other[1::-1] and title[2:] == other[2:] and title != other


def _title(key: str) -> str:
    """A title as a name: without quotation marks and blanks."""
    return _MARKS.sub("", key)
