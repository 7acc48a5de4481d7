"""Titled texts: what stands in 《》, and plans, lists and agreements named without the marks."""

import re
from collections.abc import Iterator, Sequence

from kg.model import Mention
from kg.recognise.edges import Edges, HeadAt, heads_in_sentences

_MARKS = re.compile(r"《([^《》]{2,80})》|《([^《》]{1,60}《[^《》]{1,60}》[^《》]{0,40})》")
_NO_KEY = re.compile(r"[“” ]")
_LONGEST = 36  # characters before the head
_SHORTEST_BEFORE = 4  # characters before the head: of a name at all
_SHORTEST_PLAN = 7  # before 规划, where no area or policy is named
_JOINS = "和与及、"  # 《…》和…: the end of one title is where the next may begin
_GOES_ON = "》性化"  # 规划|性, 方案|》


def newspapers(edges: Edges) -> Iterator[tuple[int, int]]:
    """Where the name of a paper stands in 《》: nothing inside is a mention."""
    for match in _MARKS.finditer(edges.look):
        if _is_paper(edges, match.group()[1:-1]):
            yield match.span()


def _is_paper(edges: Edges, title: str) -> bool:
    return title in edges.knowledge.outlets or bool(edges.patterns["newspaper"].search(title))


def title_marks(edges: Edges) -> Iterator[Mention]:
    """What stands in 《》, outermost marks; a paper's own name (《人民日报》) is none. The span holds the marks."""
    for match in _MARKS.finditer(edges.look):
        title = match.group()[1:-1]
        if not _is_paper(edges, title) and not edges.patterns["title_event"].match(edges.look, match.end()):
            yield edges.mention(*match.span(), "Document", "title-marks", title)


def named_documents(edges: Edges, heads: Sequence[HeadAt]) -> Iterator[Mention]:
    """Plans, lists and agreements named without marks: 长三角一体化发展2020年度工作计划, “十二五”规划."""
    look = edges.look
    ends: set[int] = set()
    for sentence, start, end, head in heads_in_sentences(edges.page, heads):
        if len(head.form) < 2 or not edges.is_break(end) or look[end : end + 1] in _GOES_ON:
            continue
        left = edges.left(start, max(sentence.start, start - _LONGEST), edges.lists["inside_titles"], numbers=True)
        left = max([left, *(at + 1 for at in range(left, start) if look[at] in _JOINS and at in ends)])
        ends.add(end)
        if lead := edges.patterns["title_lead"].match(look, left, start):
            left = lead.end()
        left = edges.after_words(left, start, edges.lists["verbs"])  # 编制实施|长三角生态环境共同保护规划
        name = look[left:start]
        if len(name) < _SHORTEST_BEFORE or edges.patterns["common_title"].fullmatch(name):
            continue
        if (
            head.form in edges.lists["plain_title_heads"]
            or (head.form.endswith("规划") and len(name) >= _SHORTEST_PLAN)
            or edges.patterns["five_year"].search(name)
            or _names_subject(edges, left, start, end)
        ):
            yield edges.mention(left, end, "Document", "named-document", _NO_KEY.sub("", look[left:end]))


def _names_subject(edges: Edges, left: int, start: int, end: int) -> bool:
    """Whether an area or policy stands in the name at [left, end), before the head at `start`."""
    return any(
        name.type in {"Province", "Place", "Initiative"}
        for hit in edges.hits_in(left, end)
        if hit.start < start
        for name in hit.names
    )
