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
    kin = {name for mention, name in zip(mentions, names, strict=True) if _is_of_the_family(mention, book)}
    whole = full_names(name for name in names if name not in kin)
    told = {name for mention, name in zip(mentions, names, strict=True) if mention.rule != "name-shortened"}
    for mention, name in zip(mentions, names, strict=True):
        if name in whole or name in told:
            book.read(mention, book.enter("Person", whole.get(name, name)), mention.rule)


def _is_of_the_family(mention: Mention, book: Book) -> bool:
    """Whether another than the one of that name alone is meant: 莫雷蒂总统|夫人|安娜·莫雷蒂."""
    start = mention.span.start
    return book.knowledge.patterns["of_the_family"].search(book.page.look, max(0, start - 2), start) is not None


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
