"""Where a page and its title name areas and bodies, which the sieves then choose from."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate

from kg.cutting import tag
from kg.knowledge import Knowledge
from kg.model import Mention, Name, Page

_OWN_NAME = frozenset({"head-own", "table-full", "table-alias"})  # how bodies with names of their own are recognised
_SHORT_NAME = 3  # characters from which a name of the tables is no chance meeting of two words


def area_rows(page: Page, knowledge: Knowledge, mentions: Iterable[Mention]) -> Iterator[tuple[int, Sequence[Name]]]:
    """Where the title (at -1) and the mentions of a page name areas, with the rows that each name may mean."""
    named = {(m.span.start, m.span.end) for m in mentions if m.type in {"Province", "Place"}}
    named |= {(part.start, part.end) for m in mentions for part in m.parts if part.label == "area"}
    title, hits = page.document.title, page.title_hits
    villages = {m.key[:-1] for m in mentions if m.rule == "village" and len(m.key) > _SHORT_NAME}
    people = {m.key for m in mentions if m.type == "Person" and m.key in title} if hits else set()
    short = any(hit.end - hit.start < _SHORT_NAME for hit in hits)
    cuts = set(accumulate((len(word) for word, _ in tag(title, knowledge.segmenter)), initial=0)) if short else set()
    cuts.update(edge for hit in hits if hit.end - hit.start >= _SHORT_NAME for edge in (hit.start, hit.end))
    for hit in hits:
        if hit.end - hit.start < _SHORT_NAME and hit.start not in cuts and hit.end not in cuts:
            continue  # 居民迁|建安|全生产: the tail of one word and the head of the next
        if any(title.startswith(name, hit.start) for name in villages):
            continue  # 榆树川, of which the text has 榆树川村
        if any(hit.end <= title.find(name) + len(name) and title.find(name) <= hit.start for name in people):
            continue  # 宫|镇江|会见周军: of the name of somebody whom the text names
        if "word" in knowledge.ambiguous.get(title[hit.start : hit.end], ""):
            continue  # 签订|合作|协议
        if names := tuple(name for name in hit.names if name.status != "former"):  # 巡视|市区|高考考点
            yield -1, names
    yield from ((hit.start, hit.names) for hit in page.hits if (hit.start, hit.end) in named)
    yield from ((part.start, part.names) for m in mentions if m.rule.startswith("table") for part in m.parts)


def named_bodies(page: Page, knowledge: Knowledge, mentions: Iterable[Mention]) -> list[tuple[int, str]]:
    """The bodies with names of their own, by where each is named first; those of the title stand at -1.

    Those in posts alone come last: 国家电力公司副总经理何立新 is a guest where another company tells its news.
    """
    named = [(m.span.start, m.key) for m in mentions if m.type == "Organization" and m.rule in _OWN_NAME]
    posts = [m for m in mentions if m.type == "Office"]
    title = page.document.title
    for text, hits in ((page.look, page.hits), (title, page.title_hits)):
        named += [(hit.start, text[hit.start : hit.end]) for hit in hits if hit.names[0].type == "Organization"]
        named += [(works.start(), works.group()) for works in knowledge.patterns["company_of_works"].finditer(text)]
    told = knowledge.patterns["body_in_an_event"]
    named += [(m.span.start, body["body"]) for m in mentions if m.type == "Event" and (body := told.match(m.key))]
    in_posts = {at for m in posts for at in range(m.span.start, m.span.end)}
    last = [
        (part.start, page.look[m.parts[0].start : part.end])
        for m in posts for part in m.parts if part.label == "body"
    ]
    first: dict[str, int] = {}
    for at, name in (*sorted(row for row in named if row[0] not in in_posts), *sorted(named), *sorted(last)):
        first.setdefault(name, -1 if name in title else at)
    return sorted(((at, name) for name, at in first.items()), key=lambda row: row[0] >= 0)
