"""Meetings, forums, ceremonies and exhibitions, by their heads and by what opens them: 召开, 出席, a date, a place."""

import re
from collections.abc import Collection, Iterator, Sequence
from functools import cache

from kg.knowledge import Head, Knowledge
from kg.model import Mention, Sentence
from kg.recognise.edges import Edges, HeadAt, heads_in_sentences

_NO_KEY = re.compile(r"[“” ]")
_TIME_TAGS = frozenset({"t", "tg"})  # 上个月, 昨天
_JOINS = "和与及、"  # 座谈会和|推进会: the end of one name is where the next may begin
_LONGEST = 40  # characters before the head
_LONGEST_POINTER = 4  # 今年的|会议
_LONGEST_BODY = 24  # characters before 第十二次会议, or 第三次 before 人民代表大会
_SHORTEST_BODY = 3  # 鞍山市委|召开会议; 市委|召开会议 names no body


def party_sessions(edges: Edges) -> Iterator[Mention]:
    """Congresses and plenums of the Party: 党的二十大, 十八届三中、四中全会 as two."""
    look, patterns = edges.look, edges.patterns
    taken: set[int] = set()
    for match in patterns["plenums"].finditer(look):
        at = match.start("list")
        for piece in match["list"].split("、"):
            start = match.start() if at == match.start("list") else at
            end = at + len(piece)
            taken.update(range(start, end + len("全会")))
            yield edges.mention(start, end, "Event", "party-session", f"{match['term']}{piece}全会")
            at = end + 1
    for match in patterns["party_session"].finditer(look):
        text = match.group()
        if match.start() in taken or text.endswith("中") or look.startswith("代表", match.end()):
            continue
        by_number = patterns["congress_number"].fullmatch(text)
        if by_number and not patterns["after_congress_number"].match(look, match.end()):
            continue
        if not patterns["small_number"].fullmatch(text):
            yield edges.mention(*match.span(), "Event", "party-session", text)


def sessions(edges: Edges) -> Iterator[Mention]:
    """Sessions of congresses and committees: 常德市第八届人民代表大会常务委员会第十二次会议."""
    look, opens = edges.look, edges.patterns["session_opens"]
    for match in edges.patterns["session"].finditer(look):
        start = edges.left(match.start(), max(0, match.start() - _LONGEST_BODY))
        while start < match.start() and not (start in edges.hit_from or opens.match(look, start)):
            start += 1
        yield edges.mention(start, match.end(), "Event", "session", look[start : match.end()])


def events(edges: Edges, heads: Sequence[HeadAt], dates: Sequence[Mention]) -> Iterator[Mention]:
    """The named events of a page and the bare heads that may refer to one (rule event-bare), in reading order."""
    look, patterns = edges.look, edges.patterns
    gathered = _gathered(edges)
    yield from gathered.values()
    day_ends = {m.span.end for m in dates if "年" not in look[m.span.start : m.span.end][-2:]}
    ends: set[int] = set()
    for sentence, start, end, head in heads_in_sentences(edges.page, heads):
        if sentence.dateline or not _ends_here(edges, end, head) or not _is_numbered(edges, sentence, start, end, head):
            continue
        first = _begin(edges, sentence, start, day_ends)
        first = max([first, *(at + 1 for at in ends if first <= at < start and look[at] in _JOINS)])
        ends.add(end)
        if end in gathered:
            continue
        if _is_bare(edges, look[first:start]):
            if len(head.form) >= 2 and not patterns["no_bare_event"].match(look, end):
                pointer = patterns["demonstrative"].search(look, max(sentence.start, start - _LONGEST_POINTER), start)
                yield edges.mention(pointer.start() if pointer else start, end, "Event", "event-bare", head.form)
            continue
        number = patterns["numbered_meeting"].match(look, end)
        if number and head.form.endswith(("会议", "大会", "常务委员会")):
            end = number.end()
        yield edges.mention(first, end, "Event", "event-head", _NO_KEY.sub("", look[first:end]))


def _ends_here(edges: Edges, end: int, head: Head) -> bool:
    """Whether the name of an event ends with the head: not 大会|堂, 常委会|议."""
    look, patterns = edges.look, edges.patterns
    if look.startswith("堂", end) or (head.form.endswith("会") and patterns["no_event"].match(look, end)):
        return False
    if patterns["no_meeting"].match(look, end):
        return False
    if edges.is_break(end) or patterns["after_event"].match(look, end):
        return True
    return head.form.endswith(("会议", "座谈会", "论坛", "大会"))


def _is_numbered(edges: Edges, sentence: Sentence, start: int, end: int, head: Head) -> bool:
    """Whether what may be a congress is one, as its number shows, and no body: 人民代表大会|第三次会议."""
    if not head.form.endswith("代表大会") and not edges.look.endswith("人民代表大会", 0, end):
        return True
    before = edges.patterns["ordinal"].search(edges.look, max(sentence.start, start - _LONGEST_BODY), start)
    return bool(before or edges.patterns["number_of_times"].match(edges.look, end))


def _gathered(edges: Edges) -> dict[int, Mention]:
    """Meetings named by who meets: 鞍山市委常委会召开会议 is 鞍山市委常委会会议; by where they end."""
    found = {}
    inside = edges.lists["inside_bodies"]
    for match in edges.patterns["gathering"].finditer(edges.look):
        start = max(match.start(), edges.left(match.end("body"), match.start(), inside))
        body = edges.look[start : match.end("body")]
        if len(body) >= _SHORTEST_BODY:
            key = body + (match["kind"] or "") + match["head"]
            found[match.end()] = edges.mention(match.start("head"), match.end(), "Event", "body-gathers", key)
    return found


@cache
def _through(knowledge: Knowledge) -> frozenset[str]:
    """What may stand inside the name of an event: every verb but those that take an event as their object."""
    words = knowledge.words
    return (words["verbs"] - words["before_an_event"]) | words["inside_events"]


def _begin(edges: Edges, sentence: Sentence, start: int, day_ends: Collection[int]) -> int:
    """Where the name of an event with a head at `start` begins; `day_ends` are the ends of dates that are days."""
    look, patterns = edges.look, edges.patterns
    first = edges.left(start, max(sentence.start, start - _LONGEST), _through(edges.knowledge), numbers=True)
    # a day ends before a name, a year may begin it: 6月5日|长三角一体化发展论坛, 2020年度…座谈会
    first = next((at for at in range(start, first, -1) if at in day_ends), first)
    if first == start and look[start - 1 : start] == "》":  # 《…》签署仪式: the title is part of the name
        opening = look.rfind("《", sentence.start, start)
        if opening >= 0:
            return opening
    if lead := patterns["event_lead"].match(look, first, start):
        first = lead.end()
    first = edges.after_words(first, start, edges.lists["before_events"], _TIME_TAGS)
    before = patterns["up_to_time_of_day"].match(look, first, start)
    return before.end() if before else first


def _is_bare(edges: Edges, before: str) -> bool:
    """Whether the words before a head name no event: nothing, one character, or common adjectives only."""
    return bool(edges.patterns["common_event"].fullmatch(before)) or (len(before) < 2 and not before.isdigit())
