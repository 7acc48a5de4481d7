"""Tenures → a picture of offices over time: a bar a tenure, a dot a day on which a text shows it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from kg.picture.svg import PALE, RULE, document, element, text, width

_MARGIN, _TITLE, _ROW, _PLOT, _AXIS = 24.0, 46.0, 26.0, 760.0, 30.0
_BAR, _DOT = "#e9c46a", "#b7791f"
_STEPS = (1, 3, 6, 12, 24, 60, 120)  # months between two marks of the axis
_MARKS = 12


@dataclass(frozen=True, slots=True)
class Bar:
    """What somebody was, and the ISO days that show it; the heading is the person or the office asked for."""

    heading: str
    label: str
    days: tuple[str, ...]


def draw_timeline(bars: Sequence[Bar], title: str) -> str:
    """The bars as SVG, each group below its heading, on one axis of time.

    A bar goes from the first day that shows it to the last: the office may have begun before and ended after. What has
    no day is listed without a bar.
    """
    days = [_day(day) for bar in bars for day in bar.days]
    first, last = (min(days), max(days)) if days else (date(2000, 1, 1), date(2000, 1, 1))
    low, high, step = _frame(first, last)
    left = _MARGIN + max((width(bar.label, 13) for bar in bars), default=0) + 22
    span = (high - low).days or 1

    def across(day: date) -> float:
        return left + (day - low).days / span * _PLOT

    parts, y, heading = [], _MARGIN + _TITLE, ""
    for bar in bars:
        if bar.heading != heading:
            heading = bar.heading
            parts.append(text(heading, _MARGIN, y + 15, size=14, font_weight="bold"))
            y += _ROW
        parts.append(text(bar.label, _MARGIN + 12, y + 15, size=13))
        shown = [across(_day(day)) for day in bar.days]
        if shown:
            begin, end = min(shown), max(shown)
            parts.append(element("rect", x=begin - 4, y=y + 4, width=end - begin + 8, height=13, rx=4, fill=_BAR))
            dots = sorted({round(x, 1) for x in shown})
            parts += [element("circle", cx=x, cy=y + 10.5, r=3, fill=_DOT) for x in dots]
            told = bar.days[0] if bar.days[0] == bar.days[-1] else f"{bar.days[0]} – {bar.days[-1]}"
            if end + width(told, 10) + 14 < left + _PLOT + 40:
                parts.append(text(told, end + 10, y + 14, size=10, colour=PALE))
        else:
            parts.append(text("（文中无日期）", left, y + 14, size=11, colour=PALE))
        y += _ROW
    marks = []
    for mark in _marks(low, high, step) if days else ():
        x = across(mark)
        words = str(mark.year) if step >= 12 or mark.month == 1 else f"{mark.year}-{mark.month:02}"
        marks.append(element("path", d=f"M{x:.1f} {_MARGIN + _TITLE - 6}V{y:.1f}", stroke=RULE, fill="none"))
        marks.append(text(words, x, y + 16, size=11, colour=PALE, text_anchor="middle"))
    head = text(title, _MARGIN, _MARGIN + 16, size=17, font_weight="bold")
    note = text("● 见报之日；条自最早见报日至最晚见报日，不等于任期", _MARGIN, _MARGIN + 34, size=11, colour=PALE)
    return document(left + _PLOT + 60, y + _AXIS + _MARGIN / 2, title, [head, note, *marks, *parts])


def _day(value: str) -> date:
    """The first day of a day, a month or a year."""
    year, month, day = (*map(int, value.partition("/")[0].split("-")), 1, 1)[:3]
    return date(year, month, day)


def _frame(first: date, last: date) -> tuple[date, date, int]:
    """The ends of the axis, at marks around the days, and the months from mark to mark."""
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    step = next((step for step in _STEPS if months / step <= _MARKS), _STEPS[-1])
    begin = (first.year * 12 + first.month - 1) // step * step
    end = ((last.year * 12 + last.month - 1) // step + 1) * step
    return date(begin // 12, begin % 12 + 1, 1), date(end // 12, end % 12 + 1, 1), step


def _marks(low: date, high: date, step: int) -> list[date]:
    begin, end = low.year * 12 + low.month - 1, high.year * 12 + high.month - 1
    return [date(month // 12, month % 12 + 1, 1) for month in range(begin, end + 1, step)]
