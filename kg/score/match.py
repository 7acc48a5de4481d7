"""When a found thing or fact is the one that gold has: by name and forms (strict), or by likeness (lenient)."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TypeVar

# A person, an office and a province have one canonical name; of the others the guideline allows any form to meet.
_BY_FORM = frozenset({"Organization", "Place", "Initiative", "Event", "Document"})
_EITHER_WAY = frozenset({"met"})
_LIKE = 0.6  # the share of common bigrams from which two forms resemble one another

T = TypeVar("T")

_IGNORED = re.compile(r"[\s“”\"'‘’《》〈〉「」『』()·•]")
_OFFICE_PREFIX = re.compile(r"^(?:中共|原|时任)|第.{1,3}届")
# 湖南省政府副省长 and 湖南省副省长 are one office, as are 代理市长 and 代市长.
_OFFICE_MIDDLE = re.compile(r"(?:人民)?政府(?=(?:副|代)?[省市县区州]长|(?:副|代)?主席)|(?<=代)理(?=.长)")


@dataclass(frozen=True, slots=True)
class Thing:
    """An entity as far as scoring looks at it."""

    type: str
    name: str
    forms: frozenset[str]  # the name and the other forms, normalised


@dataclass(frozen=True, slots=True)
class Fact:
    """A relation between two things, or from an event to a date."""

    subject: Thing
    relation: str
    object: Thing | str


@cache
def _simplifier() -> Callable[[str], str]:
    """OpenCC where it is installed, so that the figures are those of the reference scorer; else nothing is changed."""
    try:
        from opencc import OpenCC
    except ImportError:
        return str
    convert: Callable[[str], str] = OpenCC("t2s").convert
    return convert


@cache
def normal_name(name: str) -> str:
    """The name without what may vary: width, script, blanks, quotation and title marks, middle dots.

    >>> normal_name("“两山” 理念"), normal_name("《规划（２０２０）》")
    ('两山理念', '规划2020')
    """
    return _IGNORED.sub("", _simplifier()(unicodedata.normalize("NFKC", name)))


def normal_office(name: str) -> str:
    """The office without what the guideline drops: the term, 中共, 原, 人民政府 before its head.

    >>> normal_office("第十三届湖南省人民政府副省长"), normal_office("某省人民代表大会常务委员会主任")
    ('湖南省副省长', '某省人大常委会主任')
    """
    name = _OFFICE_MIDDLE.sub("", _OFFICE_PREFIX.sub("", normal_name(name)))
    return name.replace("常务委员会", "常委会").replace("人民代表大会", "人大")


def thing(kind: str, name: str, forms: Iterable[str]) -> Thing:
    """The entity with its names normalised."""
    canonical = normal_office(name) if kind == "Office" else normal_name(name)
    return Thing(kind, canonical, frozenset({canonical, *map(normal_name, forms)}))


def same_thing(gold: Thing, found: Thing, lenient: bool) -> bool:
    """Whether the two name one thing."""
    if gold.type != found.type:
        return False
    if gold.name == found.name:
        return True
    if gold.type in _BY_FORM and (gold.name in found.forms or found.name in gold.forms):
        return True
    return lenient and any(_alike(one, other) for one in gold.forms for other in found.forms)


def same_fact(gold: Fact, found: Fact, lenient: bool) -> bool:
    """Whether the two state one fact; who met whom is the same either way."""
    if gold.relation != found.relation:
        return False
    if _same_end(gold.subject, found.subject, lenient) and _same_end(gold.object, found.object, lenient):
        return True
    return (
        gold.relation in _EITHER_WAY
        and _same_end(gold.subject, found.object, lenient)
        and _same_end(gold.object, found.subject, lenient)
    )


def pairs(gold: Sequence[T], found: Sequence[T], *tests: Callable[[T, T], bool]) -> dict[int, int]:
    """Which gold item is met by which found one: one to one, by the first test as far as it goes, then the next."""
    met: dict[int, int] = {}
    free = list(range(len(found)))
    for test in tests:
        for i, item in enumerate(gold):
            if i not in met:
                j = next((j for j in free if test(item, found[j])), None)
                if j is not None:
                    met[i] = j
                    free.remove(j)
    return met


def _same_end(gold: Thing | str, found: Thing | str, lenient: bool) -> bool:
    if isinstance(gold, Thing) and isinstance(found, Thing):
        return same_thing(gold, found, lenient)
    return gold == found


def _alike(one: str, other: str) -> bool:
    if one in other or other in one:
        return True
    a, b = _bigrams(one), _bigrams(other)
    return len(a & b) / len(a | b) >= _LIKE


def _bigrams(text: str) -> frozenset[str]:
    return frozenset(text[i : i + 2] for i in range(len(text) - 1)) or frozenset({text})
