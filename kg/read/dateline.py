"""What a text says of itself above and below its body: the headline, the day of publication, the outlet."""

import datetime
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from kg.knowledge import Knowledge

_TOP, _BOTTOM = 8, 5  # lines that may hold the dateline; further in, a date belongs to the story
_HEADLINE, _LINE = 60, 80  # characters: longer lines are paragraphs

# How a day may be given, as an option or a field; how a text shows one stands in kg/data/patterns/read.toml.
_DAY = r"(?P<year>(?:19|20)\d\d)\s?[-/.年]\s?(?P<month>\d{1,2})\s?[-/.月]\s?(?P<day>\d{1,2})\s?(?:日|(?!\d))"
_TIME = r"(?:T|\s)?(?:\d{1,2}[:时]\d{2}(?:分|[:]\d{2}(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?"
_WHOLE = re.compile(rf"{_DAY}{_TIME}")
_COMPACT = re.compile(r"(?P<year>(?:19|20)\d\d)(?P<month>\d\d)(?P<day>\d\d)")
_FILE = re.compile(r"(?P<year>(?:19|20)\d\d)([-_.]?)(?P<month>\d\d)\2(?P<day>\d\d)(?!\d)")


@dataclass(frozen=True, slots=True)
class Dateline:
    """The headline, ISO day and outlet that a text shows; empty where it shows none."""

    title: str
    published: str
    source: str


def iso_day(date: str) -> str:
    """The day as 2020-06-07, from the forms in which days are written; empty if it is no day.

    >>> iso_day("2020年6月7日"), iso_day("2020/6/7 10:22"), iso_day("20200607"), iso_day("2020-13-01")
    ('2020-06-07', '2020-06-07', '2020-06-07', '')
    """
    date = unicodedata.normalize("NFKC", date).strip()
    return _day(_WHOLE.fullmatch(date) or _COMPACT.fullmatch(date))


def day_of_file(name: str) -> str:
    """The day with which a file's name begins, if it does; a year alone is none.

    >>> day_of_file("2020-06-07 湖州.txt"), day_of_file("20200607.txt"), day_of_file("2020-yangtze.txt")
    ('2020-06-07', '2020-06-07', '')
    """
    return _day(_FILE.match(name))


def read_dateline(text: str, knowledge: Knowledge) -> Dateline:
    """What the lines at the top and at the bottom say; the top is asked first."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    edges = [line for line in (*lines[:_TOP], *lines[_TOP:][-_BOTTOM:]) if len(line) <= _LINE]
    published = next((day for line in edges for day in _days(line, knowledge)), "")
    outlet = knowledge.patterns["outlet"]
    source = next((match["name"] for line in edges if (match := outlet.search(line))), "")
    return Dateline(_headline(lines, knowledge), published, source)


def _headline(lines: list[str], knowledge: Knowledge) -> str:
    """The first line that is no dateline, if it can be the headline of what follows."""
    for number, line in enumerate(lines, 1):
        if any(_days(line, knowledge)) or knowledge.patterns["outlet"].search(line):
            continue
        is_headline = number < len(lines) and len(line) < _HEADLINE and line[-1] not in "。；：，、;:,"
        return line if is_headline else ""
    return ""


def _days(line: str, knowledge: Knowledge) -> Iterator[str]:
    for match in knowledge.patterns["day_of_publication"].finditer(unicodedata.normalize("NFKC", line)):
        if day := _day(match):
            yield day


def _day(match: re.Match[str] | None) -> str:
    if match is None:
        return ""
    try:
        return datetime.date(int(match["year"]), int(match["month"]), int(match["day"])).isoformat()
    except ValueError:
        return ""
