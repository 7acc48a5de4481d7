"""The contexts in which people's names stand, apart from posts: before 指出 or 同志, after 任命 or 护林员, in lists."""

import re
from collections.abc import Iterator

from kg.recognise.appointments import names_after, names_before
from kg.recognise.names import MARKS, Names, PersonName

_HAN = re.compile(r"[\u4e00-\u9fff]+")
_DOTTED_BEFORE = re.compile(r"[\u4e00-\u9fff]{1,8}(?:·[\u4e00-\u9fff]{1,10})+$")
_CLAUSE_START = re.compile(f"[，；：“”。）、 ](?=[^{re.escape(''.join(sorted(MARKS)))}])")
_LISTED = ("、", "和", "与", "及")  # what may stand between two names
_LONGEST_DOTTED = 24


def names_in_context(names: Names) -> Iterator[PersonName]:
    """The names that their surroundings show; where two begin together, the first is the one to keep."""
    for context in (_at_clauses, _before_titles, _after_appointing, _after_prepositions, _after_nouns):
        yield from context(names)
    for office in names.office_from.values():
        yield from names_before(names, office)
    yield from _in_biographies(names)


def _at_clauses(names: Names) -> Iterator[PersonName]:
    """At the head of a clause before a verb of speech or act: 李强|指出, 谷雨、佟画|等出席."""
    for at in _clause_starts(names):
        read = names.read(at, anchored=False)
        if not read or not names.is_likely(at, *read):
            continue
        if _speaks_or_acts(names, read[0]):
            yield PersonName(at, *read, "name-before-verb")
        elif names.look.startswith(_LISTED, read[0]):
            yield from _in_list(names, at)


def _clause_starts(names: Names) -> Iterator[int]:
    """Where each sentence begins, and where text follows a mark inside it."""
    for sentence in names.edges.page.sentences:
        yield sentence.start
        for mark in _CLAUSE_START.finditer(names.look, sentence.start, sentence.end):
            yield mark.end()


def _speaks_or_acts(names: Names, at: int) -> bool:
    patterns = names.edges.patterns
    return bool(patterns["speech_follows"].match(names.look, at) or patterns["act_follows"].match(names.look, at))


def _in_list(names: Names, at: int) -> Iterator[PersonName]:
    """A list of two or more bare names before 出席 or another act: 谷雨、佟画等出席."""
    found: list[PersonName] = []
    while (read := names.read(at, anchored=False)) and names.is_likely(at, *read):
        found.append(PersonName(at, *read, "name-in-list"))
        if not names.look.startswith(_LISTED, read[0]):
            if len(found) > 1 and names.edges.patterns["act_follows"].match(names.look, read[0]):
                yield from found
            return
        at = read[0] + 1


def _before_titles(names: Names) -> Iterator[PersonName]:
    """The name that ends where a title begins: 习近平|总书记, 秋实|市长, 科瓦奇·伊姆雷|先生."""
    for match in names.edges.patterns["title_of_person"].finditer(names.look):
        start = _start_before(names, match.start())
        if start is not None:
            yield PersonName(start, match.start(), names.look[start : match.start()], "name-before-title")


def _start_before(names: Names, title: int) -> int | None:
    """Where the name begins that ends at a title: the longest that has a surname, else one with dots."""
    look, edges = names.look, names.edges
    for size in (4, 3, 2):
        start = title - size
        if start < 0 or not _HAN.fullmatch(look, start, title):
            continue
        text = look[start:title]
        has_surname = text[: 2 if size == 4 else 1] in names.surnames
        if not has_surname or names.is_no_name(text) or text in edges.stops:
            continue
        if not (names.opens_clause(start) or edges.is_break(start)) or edges.inside_hit(start):
            continue
        if not names.in_byline(start) and names.is_likely(start, title, text) and title not in edges.hit_to:
            return start
    dotted = _DOTTED_BEFORE.search(look, max(0, title - _LONGEST_DOTTED), title)
    return dotted.start() if dotted else None


def _after_appointing(names: Names) -> Iterator[PersonName]:
    """任命|向前、商量为…, 接受|毕成辞去…."""
    for match in names.edges.patterns["appoints"].finditer(names.look):
        yield from names_after(names, match.end(), "name-appointed")


def _after_prepositions(names: Names) -> Iterator[PersonName]:
    """由|佟画主持, 会见|谷雨先生: only before an act, since 由 and 会见 stand before much else."""
    for match in names.edges.patterns["before_object"].finditer(names.look):
        at = match.end()
        read = names.read(at, anchored=False)
        if not read or len(read[1]) < 2 or not names.is_likely(at, *read):
            continue
        if names.edges.patterns["act_follows"].match(names.look, read[0]):
            yield PersonName(at, *read, "name-after-verb")


def _after_nouns(names: Names) -> Iterator[PersonName]:
    """护林员|苏和, 退休职工|赵卫: the first must look like a name, what it is listed with need not."""
    nouns, look = names.edges.lists["person_nouns"], names.look
    for start, end, _ in names.edges.page.tokens:
        word = look[start:end]
        if not (word in nouns or word[-2:] in nouns or word[-3:] in nouns) or end == len(look) or names.in_byline(end):
            continue
        if look[end] in names.edges.lists["never_first"]:  # 海外委员|和中方企业家
            continue
        for number, name in enumerate(names_after(names, end, "name-after-noun")):
            if not number and not _is_sure(names, name):
                break
            yield name


def _is_sure(names: Names, name: PersonName) -> bool:
    """Whether a name after a noun looks like one: 村民|高明 may be clever."""
    at, text = name.start, name.text
    has_surname = (
        names.look[at : at + 2] in names.surnames
        or names.is_common_surname(at)
        or (names.look[at] in names.surnames and len(text) == 3)
    )
    return ("·" in text or has_surname) and names.is_likely(at, name.end, text)


def _in_biographies(names: Names) -> Iterator[PersonName]:
    """谷雨，女，1968年3月生: the line with which a biography begins."""
    for match in names.edges.patterns["biography"].finditer(names.look):
        text = match["name"].replace(" ", "")
        if text[0] in names.surnames or len(text) >= 3:
            yield PersonName(*match.span("name"), text, "name-of-biography")
