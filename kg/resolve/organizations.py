"""Which bodies the mentions mean: 远磁股份 as declared, 省委 as that of the province told of, 发改委 by its table."""

from collections import defaultdict

from kg.model import Mention
from kg.resolve.book import Book, longest


def read_organizations(book: Book) -> None:
    """Read the bodies of the page."""
    mentions = book.of("Organization")
    forms: dict[str, set[str]] = defaultdict(set)  # in the text, by the name of the row
    for mention in mentions:
        if mention.rule.startswith("table"):
            forms[_row(book, mention)].add(mention.key)
    for mention in mentions:
        if mention.rule.startswith("table"):
            row = _row(book, mention)
            name, sieve = (row if row == "中共中央" else longest(forms[row])), "table"
        elif mention.key in book.declared:
            name, sieve = book.declared[mention.key].key, "declared"
        elif name := _of_level(book, mention):
            sieve = "area-of-level"
        else:
            name, sieve = mention.key, "name"
        book.read(mention, book.enter("Organization", name), sieve)


def _row(book: Book, mention: Mention) -> str:
    """The name of the table's row."""
    return next((n.name for n in book.knowledge.names[mention.key] if n.type == "Organization"), mention.key)


def _of_level(book: Book, mention: Mention) -> str:
    """省委 with the name of its 省, 行署 with that of its 地区; "" where the text names none."""
    posts = book.posts.areas()
    if levels := book.knowledge.maps["level_bodies"].get(mention.key):
        area = book.areas.of_level(levels[0], mention.span.start, posts)
        return area.name + book.knowledge.patterns["region_prefix"].sub("", mention.key) if area else ""
    return "" if mention.parts else book.areas.complete(mention.key, mention.span.start, posts)
