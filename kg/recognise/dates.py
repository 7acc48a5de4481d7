"""Dates, resolved against the day of publication: 6月5日, 6月5日至6日, 昨日, 去年, 二○二○年, 18日."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from kg.model import Mention, Page
from kg.recognise.edges import Edges

_DIGITS = str.maketrans("○一二三四五六七八九", "0123456789")
_HAN_YEAR = re.compile(r"[一二][○一二三四五六七八九]{3}(?=年)")
_ANY_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2}) ?年")
# The patterns in the order in which they win where two match the same characters.
_PATTERNS = ("days", "day", "month", "year", "year_name", "day_of_month", "day_alone", "word")
_SOUGHT = tuple(f"date_{rule}" for rule in _PATTERNS)
# The groups of the patterns date_word and relative_year, and how far from the day of publication they are.
_DAYS_AWAY = {
    "today": 0, "yesterday": -1, "two_days_ago": -2, "three_days_ago": -3, "tomorrow": 1, "in_two_days": 2,
}
_DAYS_AFTER_LAST = {"same_day": 0, "next_day": 1}
_MONTHS_AWAY = {"this_month": 0, "last_month": -1, "next_month": 1}
_YEARS_AWAY = {"this_year": 0, "last_year": -1, "next_year": 1, "year_before_last": -2}
_ANNOUNCED_WITHIN = 8  # characters before a date in which 将于 is looked for
_MONTHS_AHEAD = 2  # 3月 in an article of January may be to come; 12月 is that of the year before
_FIRST_SENTENCES = 4  # in which the dateline is looked for
_DATELINE_REACH = 3  # days from the day in a dateline to publication
_DAYS_AHEAD = 5  # 18日 in an article of the 15th that has named a day of this month


def dates(edges: Edges) -> Iterator[Mention]:
    """The dates of a page in reading order; the key is ISO 8601: a day, month or year, or an interval of days."""
    if edges.cued.isdisjoint(_SOUGHT):
        return
    look = _HAN_YEAR.sub(lambda match: match.group().translate(_DIGITS), edges.look)
    calendar = _Calendar(edges)
    announced, deadline = edges.patterns["announced"], edges.patterns["deadline"]
    taken = -1
    for rule, match in _matches(edges, look):
        start, end = match.span()
        if start < taken:
            continue
        value = calendar.value(rule, match, bool(announced.search(look, max(0, start - _ANNOUNCED_WITHIN), start)))
        if value:
            taken = end
            if not deadline.match(look, end):
                calendar.saw(value)
            yield edges.mention(start, end, "Date", f"date-{rule.replace('_', '-')}", value)


def _matches(edges: Edges, look: str) -> Iterator[tuple[str, re.Match[str]]]:
    """What the patterns find, in reading order; where two begin together, the longer comes first.

    Each finds what it would find alone, one match after the other, but is tried only where a date can begin.
    """
    sought = zip(_PATTERNS, _SOUGHT, strict=True)
    patterns = [(rule, edges.patterns[name]) for rule, name in sought if name in edges.cued]
    reach = dict.fromkeys(_PATTERNS, 0)  # where the last match of each ends
    for opening in edges.patterns["date_opens"].finditer(look):
        at = opening.start()
        found = []
        for rule, pattern in patterns:
            if reach[rule] <= at and (match := pattern.match(look, at)):
                reach[rule] = match.end()
                found.append((rule, match))
        yield from sorted(found, key=lambda row: -row[1].end()) if len(found) > 1 else found


class _Calendar:
    """What the document's own day, and the dates read so far, say of the dates that the text leaves incomplete."""

    def __init__(self, edges: Edges) -> None:
        self._relative_year = edges.patterns["relative_year"]
        self._today = _published(edges.page)
        self._year = self._today.year if self._today else _first_year(edges.page.document.title, edges.look)
        self._here = _day_of_dateline(edges, self._today) or self._today  # the day that the text calls 今天
        self._last: date | None = None  # the last day named, for 当天 and 次日
        self._span: tuple[date, date] | None = None  # the last range of days named, for a 21日 within it
        self._last_year: int | None = None  # for 同年

    def saw(self, value: str) -> None:
        """Keep a date that was read, for those after it that refer to it."""
        last = value.split("/")[-1]
        if len(last) == len("2020-06-05"):
            self._last = date.fromisoformat(last)
        if "/" in value:
            first = date.fromisoformat(value.split("/")[0])
            self._span = (first, date.fromisoformat(last))
        self._last_year = int(value[:4])

    def value(self, rule: str, match: re.Match[str], future: bool) -> str:
        """The date that a match of that pattern means, or "" where the document does not tell."""
        if rule == "word":
            return self._word(match.lastgroup or "")
        if rule == "year":
            return match["year"]
        if rule == "year_name":
            year = self._named_year("", match["rel"])
            return str(year) if year else ""
        if rule == "day_of_month":
            return self._day_of_month(_number(match["day"]), next(group for group in _MONTHS_AWAY if match[group]))
        if rule == "day_alone":
            first = self._day_alone(_number(match["day"]), future)
            return _interval(first, self._day_alone(_number(match["day2"]), future) if match["day2"] else "")
        groups = match.groupdict()
        month = _number(match["month"])
        year = self._named_year(match["year"], groups.get("rel")) or self._nearest_year(month, future)
        if rule == "month":
            return f"{year:04d}-{month:02d}" if year and 1 <= month <= 12 else ""
        first = _day(year, month, _number(match["day"]))
        if not match["day2"]:
            return first
        month2 = groups.get("month2")
        return _interval(first, _day(year, _number(month2) if month2 else month, _number(match["day2"])))

    def _named_year(self, digits: str | None, word: str | None) -> int | None:
        """The year that the text gives in digits, or in a word such as 去年."""
        if digits:
            return int(digits)
        relative = self._relative_year.fullmatch(word) if word else None
        if not relative:
            return None
        if relative.lastgroup == "named_year":
            return self._last_year
        return self._year + _YEARS_AWAY[relative.lastgroup or ""] if self._year else None

    def _nearest_year(self, month: int, future: bool) -> int | None:
        """The year of a month without one: the last such month before publication, the next where it is announced."""
        if not self._today:
            return self._year
        if month > self._today.month + _MONTHS_AHEAD and not future:
            return self._today.year - 1
        if future and month < self._today.month:
            return self._today.year + 1
        return self._today.year

    def _day_alone(self, day: int, future: bool) -> str:
        """The day without a month: one of the range named last, else the last such day before publication.

        The next such day where it is announced.
        """
        if self._span and (found := next((d for d in _days(*self._span) if d.day == day), None)):
            return found.isoformat()
        if not self._today:
            return _day(self._last.year, self._last.month, day) if self._last else ""
        year, month = self._today.year, self._today.month
        if day > self._today.day and not future:
            this_month = self._last and (self._last.year, self._last.month) == (year, month)
            if this_month and day - self._today.day <= _DAYS_AHEAD:
                return _day(year, month, day)
            year, month = (year - 1, 12) if month == 1 else (year, month - 1)
        if day < self._today.day and future:
            year, month = (year + 1, 1) if month == 12 else (year, month + 1)
        return _day(year, month, day)

    def _day_of_month(self, day: int, group: str) -> str:
        """The day of 本月28日 and 上月5日."""
        if not self._today:
            return ""
        months = self._today.year * 12 + self._today.month - 1 + _MONTHS_AWAY[group]
        return _day(months // 12, months % 12 + 1, day)

    def _word(self, group: str) -> str:
        """The day of a word by its group: 昨日 counts from the day of writing, 次日 from the last day named."""
        origin, away = (
            (self._here, _DAYS_AWAY[group]) if group in _DAYS_AWAY else (self._last, _DAYS_AFTER_LAST[group])
        )
        return (origin + timedelta(away)).isoformat() if origin else ""


def _first_year(*texts: str) -> int | None:
    """The first year that the texts name."""
    return next((int(year[1]) for text in texts if (year := _ANY_YEAR.search(text))), None)


def _published(page: Page) -> date | None:
    day = page.document.published
    return date.fromisoformat(day) if len(day) == len("2020-06-05") else None


def _day_of_dateline(edges: Edges, published: date | None) -> date | None:
    """The day on which the dateline says that the text was written: 本报兰州6月10日讯, printed on the 11th."""
    if not published:
        return None
    for line in edges.page.sentences[:_FIRST_SENTENCES]:
        found = edges.patterns["day_of_dateline"].search(edges.look, line.start, line.end) if line.dateline else None
        if found:
            written = _day(published.year, int(found["month"]), int(found["day"]))
            away = (published - date.fromisoformat(written)).days if written else -1
            return date.fromisoformat(written) if 0 <= away <= _DATELINE_REACH else None
    return None


def _days(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(away) for away in range((last - first).days + 1))


def _number(text: str) -> int:
    """6, 十二 and 二十一 as numbers.

    >>> _number("二十一"), _number("十"), _number("6")
    (21, 10, 6)
    """
    if text.isdigit():
        return int(text)
    tens, mark, ones = text.partition("十")
    if not mark:
        return int(text.translate(_DIGITS))
    return (int(tens.translate(_DIGITS)) if tens else 1) * 10 + (int(ones.translate(_DIGITS)) if ones else 0)


def _day(year: int | None, month: int, day: int) -> str:
    """The ISO date, or "" where there is no such day or no year is known."""
    try:
        return date(year or 0, month, day).isoformat()
    except ValueError:
        return ""


def _interval(first: str, last: str) -> str:
    """Both days as an interval; the first alone where the second is no day after it; "" where the first is none."""
    return f"{first}/{last}" if first and last > first else first
