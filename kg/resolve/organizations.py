"""Which bodies the mentions mean: 远磁股份 as declared, 省委 as that of the province told of, 发改委 by its table."""

from collections import defaultdict

from kg.model import Mention, Name
from kg.resolve.areas import in_full
from kg.resolve.book import Book, longest

_LEVELLED = frozenset({"head-organ", "head-level", "head-listed"})  # how bodies are recognised that 省 or 市 may begin


def read_organizations(book: Book) -> None:
    """Read the bodies of the page."""
    mentions = book.of("Organization")
    forms: dict[str, set[str]] = defaultdict(set)  # in the text, by the name of the row
    for mention in mentions:
        if mention.rule.startswith("table"):
            forms[_row(book, mention)].add(mention.key)
    before: tuple[int, Name | None] = (-1, None)  # where the organ before ends, and its area
    for mention in mentions:
        listed = before[1] if before[0] == mention.span.start - 1 else None
        area: Name | None = None
        if mention.rule.startswith("table"):
            row = _row(book, mention)
            name, sieve = (row if row == "中共中央" else longest(forms[row])), "table"
        elif mention.key in book.declared:
            name, sieve = book.declared[mention.key].key, "declared"
        elif whole := _with_declared_name(book, mention.key):
            name, sieve = whole, "declared"
        elif listed and (found := _of_the_organ_before(book, mention, listed)):  # 天津市委、|市政府
            name, sieve, area = found, "area-of-organ-before", listed
        elif mention.rule in _LEVELLED and (name := _of_level(book, mention)):
            sieve = "area-of-level"
        elif whole := book.areas.with_its_area(mention.key):
            name, sieve = whole, "with-its-area"
        else:
            name, sieve = mention.key, "name"
        before = (mention.span.end, area or _area_of(book, mention))
        book.read(mention, book.enter("Organization", name), sieve)


def _with_declared_name(book: Book, key: str) -> str:
    """秦农大|农学院 with the name in full of the university that is called so; "" of others."""
    short = next((form for form in book.declared if key.startswith(form)), "")
    if not short or not book.knowledge.patterns["unit_of_institution"].fullmatch(key, len(short)):
        return ""
    whole = book.declared[short]
    return whole.key + key[len(short) :] if whole.type == "Organization" and not whole.key.startswith(short) else ""


def _of_the_organ_before(book: Book, mention: Mention, area: Name) -> str:
    """市政府 after 天津市委、 and 公安局 after 三明市教育局、: of the same area; "" where the level is another."""
    level = book.knowledge.patterns["level"].match(mention.key)
    if mention.rule == "head-listed" and not level:
        return area.name + mention.key
    if mention.parts or not level or not area.name.endswith(book.knowledge.maps["area_levels"].get(level.group(), ())):
        return ""
    return in_full(area.name, mention.key, book.knowledge)


def _area_of(book: Book, mention: Mention) -> Name | None:
    """The area with which the name of an organ begins, or that its level stands for."""
    if areas := [part for part in mention.parts if part.label == "area"]:
        return book.areas.at(areas[-1].start)
    level = book.knowledge.patterns["level"].match(mention.key)
    if not level or mention.rule not in _LEVELLED:
        return None
    return book.areas.of_level(level.group(), mention.span.start, book.posts.areas())


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
