"""Titled texts: what stands in 《》, and plans, lists and agreements named without the marks."""

import re
from collections.abc import Iterator, Sequence

from kg.knowledge import Head
from kg.model import Mention, Sentence
from kg.recognise.edges import Edges, HeadAt, heads_in_sentences

_MARKS = re.compile(r"《([^《》]{2,80})》|《([^《》]{1,60}《[^《》]{1,60}》[^《》]{0,40})》")
_NO_KEY = re.compile(r"[“”《》 ]")
_LONGEST = 36  # characters before the head
_LONGEST_BEFORE = 12  # characters before 《 in which 电影 is looked for
_LONGEST_VERB = 5  # characters before a name in which 签署 is looked for
_SHORTEST_BEFORE = 4  # characters before the head: of a name at all
_SHORTEST_LAW = 2  # the same before 保护法
_SHORTEST_PLAN = 7  # before 规划, where no area or policy is named
_JOINS = "和与及、"  # 《…》和…: the end of one title is where the next may begin
_GOES_ON = "》性化"  # 规划|性, 方案|》


def titles_of_no_document(edges: Edges) -> list[tuple[int, int]]:
    """Where the title of a paper, film, song, programme or article stands in 《》: nothing inside is a mention."""
    found, patterns = [], edges.patterns
    titles = []
    for match in _MARKS.finditer(edges.look):
        # 《清远日报》, 《…会议在新乡召开》|一文
        if _is_paper(edges, match.group()[1:-1]) or patterns["article_after"].match(edges.look, match.end()):
            found.append(match.span())
        else:
            titles.append(match)
    rows = [row for row in _rows(edges, titles) if any(_is_work(edges, title) for title in row)]
    works = {title.group() for row in rows for title in row}
    found += [m.span() for m in titles if m.group() in works and not patterns["sure_title"].search(m.group()[1:-1])]
    return found


def _is_paper(edges: Edges, title: str) -> bool:
    return title in edges.knowledge.outlets or bool(edges.patterns["newspaper"].search(title))


def title_marks(edges: Edges, others: Sequence[tuple[int, int]]) -> Iterator[Mention]:
    """What stands in 《》, outermost marks, but where a title of no document does. The span holds the marks."""
    refused = set(others)
    for match in _MARKS.finditer(edges.look):
        if match.span() not in refused and not edges.patterns["title_event"].match(edges.look, match.end()):
            yield edges.mention(*match.span(), "Document", "title-marks", match.group()[1:-1])


def _rows(edges: Edges, titles: Sequence[re.Match[str]]) -> list[list[re.Match[str]]]:
    """The titles in the rows in which they stand: 《满江红》《流浪地球2》, 《无名》."""
    rows: list[list[re.Match[str]]] = []
    for match in titles:
        if rows and edges.patterns["beside"].fullmatch(edges.look, rows[-1][-1].end(), match.start()):
            rows[-1].append(match)
        else:
            rows.append([match])
    return rows


def _is_work(edges: Edges, title: re.Match[str]) -> bool:
    """Whether the words around a title say that it is a film, song, programme or article: 电影《满江红》."""
    start, end = title.span()
    return bool(
        edges.patterns["no_document_before"].search(edges.look, max(0, start - _LONGEST_BEFORE), start)
        or edges.patterns["no_document_after"].match(edges.look, end)
    )


def told_titles(edges: Edges) -> Iterator[Mention]:
    """Decisions and reports without marks that tell what they do: 关于修改《煤炭法》的决定."""
    for match in edges.find("told_title"):
        yield edges.mention(*match.span(), "Document", "told-title", _NO_KEY.sub("", match.group()))


def named_documents(edges: Edges, heads: Sequence[HeadAt]) -> Iterator[Mention]:
    """Plans, lists and agreements named without marks: 长三角一体化发展2020年度工作计划, “十二五”规划."""
    look = edges.look
    ends: set[int] = set()
    for sentence, start, end, head in heads_in_sentences(edges.page, heads):
        if len(head.form) < 2 or not edges.is_break(end) or look[end : end + 1] in _GOES_ON:
            continue
        if edges.patterns["names_a_place"].match(look, end):
            continue
        left = _begin(edges, sentence, start, ends)
        ends.add(end)
        if _is_name(edges, left, start, end, head):
            yield edges.mention(left, end, "Document", "named-document", _NO_KEY.sub("", look[left:end]))


def _begin(edges: Edges, sentence: Sentence, start: int, ends: set[int]) -> int:
    """Where the name of a plan or agreement with a head at `start` begins."""
    look = edges.look
    left = edges.left(start, max(sentence.start, start - _LONGEST), edges.lists["inside_titles"], numbers=True)
    left = max([left, *(at + 1 for at in range(left, start) if look[at] in _JOINS and at in ends)])
    if five := edges.patterns["five_year"].search(look, left, start):  # …发展情况和|“十二五”规划
        before = edges.patterns["before_five_year"].search(look, left, five.start())
        area = edges.hit_to.get(five.start())
        left = before.start() if before else area.start if area and area.start >= left else five.start()
        return left
    left = _after_lead(edges, left, start)
    left = edges.after_words(left, start, edges.lists["verbs"])  # 编制实施|长三角生态环境共同保护规划
    for first, stop, _ in edges.words(left, start):
        # 退出|南海行为准则, “一带一路”与|欧洲…协定, 北京非首都功能疏解和|雄安新区规划
        known = look[first - 1] in "”》" or (first in edges.hit_to and stop in edges.hit_from)
        joins = look[first] in _JOINS and known
        if joins or (
            look[first:stop] in edges.lists["never_in_titles"] and not edges.patterns["noun_of_verb"].match(look, stop)
        ):
            left = stop
    return _after_lead(edges, left, start)


def _after_lead(edges: Edges, left: int, start: int) -> int:
    """Where [left, start) goes on after words that open a phrase with a plan: 一系列|规划; not 新|增…规划."""
    lead = edges.patterns["title_lead"].match(edges.look, left, start)
    return lead.end() if lead and edges.is_break(lead.end()) else left


def _is_name(edges: Edges, left: int, start: int, end: int, head: Head) -> bool:
    """Whether the words before a head make it the name of a document."""
    look, patterns, lists = edges.look, edges.patterns, edges.lists
    if patterns["known_report"].fullmatch(look, start, end):
        return True
    name = look[left:start]
    if patterns["five_year"].search(name) or patterns["numbered_plan"].match(look[left:end]):
        return True
    if patterns["no_title"].search(name) or _is_policy(edges, left, end):
        return False
    is_law = head.form in lists["law_heads"]
    if len(name) < (_SHORTEST_LAW if is_law else _SHORTEST_BEFORE) or patterns["common_title"].fullmatch(name):
        return False
    if patterns["dated_title"].match(name):
        return True
    if head.form in lists["bare_title_heads"]:
        return False
    return bool(
        head.form in lists["plain_title_heads"]
        or (head.form.endswith("规划") and len(name) >= _SHORTEST_PLAN)
        or patterns["introduces_title"].search(look, max(0, left - _LONGEST_VERB), left)
        or (is_law and patterns["two_countries"].match(name))
        or _names_subject(edges, left, start, end)
    )


def _is_policy(edges: Edges, left: int, end: int) -> bool:
    """Whether the tables know [left, end) as a policy."""
    hit = edges.hit_from.get(left)
    return bool(hit and hit.end == end and any(name.type == "Initiative" for name in hit.names))


def _names_subject(edges: Edges, left: int, start: int, end: int) -> bool:
    """Whether an area or policy stands in the name at [left, end), before the head at `start`."""
    return any(
        name.type in {"Province", "Place", "Initiative"}
        for hit in edges.hits_in(left, end)
        if hit.start < start
        for name in hit.names
    )
