"""Which places the mentions mean: 沪 is 上海市, 湖州 the division of the table, 峨口镇西关村 what the text calls it."""

from collections import defaultdict

from kg.model import Mention
from kg.resolve.book import Book, longest

_KINDS = {"village": "Village"}


def read_places(book: Book) -> None:
    """Read the places of the page, and the areas inside their names."""
    places = book.of("Province", "Place")
    forms: dict[str, set[str]] = defaultdict(set)  # in the text, by the name of the row
    for mention in places:
        if mention.type == "Place" and mention.rule.startswith("table"):
            for name in book.knowledge.names[mention.key]:
                forms[name.name].add(mention.key)
    for mention in places:
        if mention.rule == "table-abbr":
            book.read(mention, book.enter_area(book.knowledge.abbreviations[mention.key]), "abbreviation")
        elif mention.rule.startswith("table"):
            _read_row(book, mention, forms)
        elif mention.rule != "our-area":
            _read_name(book, mention)
        elif area := book.areas.ours(mention.key, mention.span.start):
            book.read(mention, book.enter_area(area), "our-area")


def _read_row(book: Book, mention: Mention, forms: dict[str, set[str]]) -> None:
    """A division, by the row that was chosen for it; another place, by the longest form in the text."""
    division = book.areas.at(mention.span.start)
    if division and division.code:
        book.read(mention, book.enter_area(division), "table")
        return
    rows = [row for row in book.knowledge.names[mention.key] if row.type == mention.type and not row.code]
    if rows:
        place = book.enter(rows[0].type, longest(forms[rows[0].name]), kind=rows[0].kind)
        book.read(mention, place, "table")
        for part in mention.parts:
            book.read_part(part)


def _read_name(book: Book, mention: Mention) -> None:
    """A place that is in no table, by what the text calls it, without the areas before the last."""
    if mention.rule == "declared-short":
        book.read(mention, book.enter("Place", _declared(book, mention)), "declared")
        return
    name = _full_name(book, mention)
    kind = mention.rule.removeprefix("head-")
    book.read(mention, book.enter("Place", name, kind=_KINDS.get(kind, kind)), "name")
    for part in mention.parts:
        book.read_part(part)


def _full_name(book: Book, mention: Mention) -> str:
    start = mention.parts[-1].start if len(mention.parts) > 1 else mention.span.start
    return book.page.look[start : mention.span.end].replace(" ", "")


def _declared(book: Book, mention: Mention) -> str:
    """The place that a declared short form means, as the text names it where it declares the form."""
    whole = book.declared.get(book.page.look[mention.span.start : mention.span.end])
    return _full_name(book, whole) if whole else mention.key
