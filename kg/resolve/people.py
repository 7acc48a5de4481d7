"""Who the names of persons mean: 默克尔 is 安格拉·默克尔, where the text names one such person in full."""

import re
from collections import defaultdict
from collections.abc import Iterable

from kg.model import Mention
from kg.resolve.book import Book

_BLANK = re.compile(r"\s")
_DOT = re.compile(r"[·•‧・]")


def read_people(book: Book) -> None:
    """Read the persons of the page; a part of a foreign name only where one full name has it."""
    mentions = book.of("Person")
    names = [_plain_name(mention, book) for mention in mentions]
    whole = full_names(names)
    for mention, name in zip(mentions, names, strict=True):
        if name in whole or mention.rule != "name-shortened":
            book.read(mention, book.enter("Person", whole.get(name, name)), mention.rule)


def _plain_name(mention: Mention, book: Book) -> str:
    """The name of a person as the text writes it, without blanks."""
    return _BLANK.sub("", mention.span.of(book.page.document.text))


def full_names(names: Iterable[str]) -> dict[str, str]:
    """The only full name that has a shorter one as a part of it, by the shorter.

    >>> full_names(["卡洛斯·莫雷蒂", "莫雷蒂", "尹怀安"])
    {'莫雷蒂': '卡洛斯·莫雷蒂'}
    """
    known = frozenset(names)
    wholes: dict[str, set[str]] = defaultdict(set)
    for name in known:
        for part in _DOT.split(name):
            if part != name and part in known:
                wholes[part].add(name)
    return {part: full.pop() for part, full in sorted(wholes.items()) if len(full) == 1}
