"""Who the names of persons mean: 默克尔 is 安格拉·默克尔, where the text names one such person in full."""

import re

from kg.resolve.book import Book

_BLANK = re.compile(r"\s")
_DOT = re.compile(r"[·•‧・]")


def read_people(book: Book) -> None:
    """Read the persons of the page; a part of a foreign name only where one full name has it."""
    mentions = book.of("Person")
    names = [_BLANK.sub("", mention.span.of(book.page.document.text)) for mention in mentions]
    for mention, name in zip(mentions, names, strict=True):
        if mention.rule == "name-shortened":
            full = {other for other in names if name in _DOT.split(other) and other != name}
            if len(full) != 1:
                continue
            name = full.pop()
        book.read(mention, book.enter("Person", name), mention.rule)
