"""The day that a sentence states for what it tells."""

from datetime import date, timedelta

from kg.cite import sentence_of
from kg.knowledge import Knowledge
from kg.model import Document, Span


def stated_day(document: Document, span: Span, knowledge: Knowledge) -> str:
    """The last date before the end of the span in its sentence, as 2014-03-18, 2014-03 or 2014; "" without one.

    A month or a day alone is the last one before the article; it is none where the article has no day.
    """
    start, _ = sentence_of(document.text, span.start, span.end)
    found = list(knowledge.patterns["stated_day"].finditer(document.text, start, span.end))
    if not found:
        return ""
    groups = found[-1].groupdict()
    if groups["year"]:
        parts = (groups["year"], groups["month"], groups["day"])
        return "-".join(part.zfill(2) for part in parts if part)
    try:
        published = date.fromisoformat(document.published)
        if groups["this_month"]:
            month, day = int(groups["this_month"]), int(groups["its_day"])
            told = date(published.year, month, day)
            return (told if told <= published else date(published.year - 1, month, day)).isoformat()
        before = published.replace(day=1) - timedelta(days=1)
        day = int(groups["only_day"])
        return (published if day <= published.day else before).replace(day=day).isoformat()
    except ValueError:  # no day of publication, or a 31st of a shorter month
        return ""
