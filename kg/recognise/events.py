"""Meetings, forums, ceremonies and exhibitions, by their heads and by what opens them: 召开, 出席, a date, a place."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cache

from kg.knowledge import Head, Knowledge
from kg.model import Mention, Sentence
from kg.recognise.edges import Edges, HeadAt, cues, heads_in_sentences

_NO_KEY = re.compile(r"[“”‘’ ]")
_TIME_TAGS = frozenset({"t", "tg"})  # 上个月, 昨天
# Patterns of events that heads don't show.
_WITHOUT_HEADS = ("plenums", "party_session", "session", "gathering", "festival")
_JOINS = "和与及、"  # 座谈会和|推进会: the end of one name is where the next may begin
# Patterns of what stands before a name, all of which goes: 钮承泽在|会商会, 介绍本届|世运会, 重要指示和|常委会会议
_BEFORE = ("up_to_preposition", "up_to_pointer", "up_to_cited")
_LONGER = {"赛": "no_contest", "班": "no_class"}  # patterns of what makes such a head part of something else
_LONGEST = 40  # characters before the head
_LONGEST_POINTER = 4  # 今年的|会议
_LONGEST_THEME = 10  # ，深入学习贯彻|党的二十大精神宣讲报告会
_LONGEST_COUNT = 6  # 二十余场|座谈会
_LONGEST_BODY = 24  # characters before 第十二次会议, or 第三次 before 人民代表大会
_SHORTEST_BODY = 3  # 鞍山市委|召开会议; 市委|召开会议 names no body


def may_name_event(look: str, knowledge: Knowledge) -> bool:
    """Whether a text can name an event, quickly told: all mentions of events need one of these words."""
    heads = (head for _, _, found in knowledge.scan_heads(look) for head in found)
    return any(head.category == "Event" for head in heads) or not cues(knowledge)(look).isdisjoint(_WITHOUT_HEADS)


def party_sessions(edges: Edges) -> Iterator[Mention]:
    """Congresses and plenums of the Party: 党的二十大, 十八届三中、四中全会 as two."""
    look, patterns = edges.look, edges.patterns
    taken: set[int] = set()
    for match in edges.find("plenums"):
        at = match.start("list")
        for piece in match["list"].split("、"):
            start = match.start() if at == match.start("list") else at
            end = at + len(piece)
            taken.update(range(start, end + len("全会")))
            yield edges.mention(start, end, "Event", "party-session", f"{match['term']}{piece}全会")
            at = end + 1
    for match in edges.find("party_session"):
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
    for match in edges.find("session"):
        start = edges.left(match.start(), max(0, match.start() - _LONGEST_BODY))
        if look.startswith("暨", start) or look.startswith("暨", start - 1):
            continue  # read by its head, with the name that it is joined to: 启动会暨第一届…第一次会议
        while start < match.start() and not (start in edges.hit_from or opens.match(look, start)):
            start += 1
        key = edges.patterns["held_inside_session"].sub("", look[start : match.end()])
        yield edges.mention(start, match.end(), "Event", "session", key)


def events(edges: Edges, heads: Sequence[HeadAt], dates: Sequence[Mention]) -> Iterator[Mention]:
    """The named events of a page and the bare heads that may refer to one (rule event-bare), in reading order."""
    look, patterns = edges.look, edges.patterns
    gathered = _gathered(edges)
    yield from gathered.values()
    numbered = [*party_sessions(edges), *sessions(edges)]
    yield from numbered
    for festival in edges.find("festival"):
        yield edges.mention(*festival.span(), "Event", "event-head", _NO_KEY.sub("", festival.group()))
    day_ends = {m.span.end for m in dates if "年" not in look[m.span.start : m.span.end][-2:]}
    ends = {m.span.end for m in numbered}
    begins: dict[int, int] = {}  # where the name of an event begins, by where it ends
    for sentence, start, end, head in heads_in_sentences(edges.page, heads):
        if sentence.dateline or not _ends_here(edges, end, head) or not _is_numbered(edges, sentence, start, end, head):
            continue
        first = _begin(edges, sentence, start, end, day_ends)
        if head.form in edges.lists["halls_too"] and patterns["takes_place"].match(look, end):
            continue  # 在文理大讲堂|召开: where it takes place
        first = max([first, *(at + 1 for at in ends if first <= at < start and look[at] in _JOINS)])
        first = _joined_names(edges, first, start, begins)
        ends.add(end)
        begins[end] = first
        if end in gathered or _is_counted(edges, sentence, first, start):
            continue
        if _is_bare(edges, look[first:start]):
            next_one = patterns["next_event"].search(look, max(sentence.start, start - _LONGEST_POINTER), start)
            if next_one:
                yield edges.mention(start, end, "Event", "event-head", look[next_one.start() : end])
            elif len(head.form) >= 2 and not patterns["no_bare_event"].match(look, end):
                pointer = patterns["demonstrative"].search(look, max(sentence.start, start - _LONGEST_POINTER), start)
                yield edges.mention(pointer.start() if pointer else start, end, "Event", "event-bare", head.form)
            continue
        opening = patterns["opening_in_full"].fullmatch(look, first, end)
        if opening and f"{opening['kind']}式" in look:  # 开幕仪式 is the 开幕式 that the text names
            yield edges.mention(first, end, "Event", "event-bare", f"{opening['kind']}式")
            continue
        number = patterns["numbered_meeting"].match(look, end)
        if number and head.form.endswith(("会议", "大会", "常务委员会")):
            end = number.end()
        yield edges.mention(first, end, "Event", "event-head", _NO_KEY.sub("", look[first:end]))


def _joined_names(edges: Edges, first: int, start: int, begins: Mapping[int, int]) -> int:
    """Where 启动会|暨|第一次会议 begins, one event with two names; else `first`."""
    joint = edges.look.rfind("暨", max(0, first - 1), start)
    return min(first, begins.get(joint, first))


def _ends_here(edges: Edges, end: int, head: Head) -> bool:
    """Whether the name of an event ends with the head: not 大会|堂, 常委会|议."""
    look, patterns = edges.look, edges.patterns
    if look.startswith("堂", end) or (head.form.endswith("会") and patterns["no_event"].match(look, end)):
        return False
    if patterns["no_meeting"].match(look, end):
        return False
    longer = _LONGER.get(head.form[-1])
    if longer and patterns[longer].match(look, end):
        return False
    if edges.is_break(end) or patterns["after_event"].match(look, end):
        return True
    return head.form.endswith(("会议", "座谈会", "论坛", "大会"))


def _is_counted(edges: Edges, sentence: Sentence, first: int, start: int) -> bool:
    """Whether a text speaks of several events of a kind, or of any: 20场|分论坛, 各类|研讨会, 当地|一个|经济论坛."""
    look, patterns = edges.look, edges.patterns
    return bool(
        patterns["counted_events"].search(look, max(sentence.start, first - _LONGEST_COUNT), first)
        or patterns["counts_events"].match(look, first, start)
        or patterns["any_of_a_kind"].search(look, first, start)
    )


def _is_numbered(edges: Edges, sentence: Sentence, start: int, end: int, head: Head) -> bool:
    """Whether what may be a congress is one, as its number shows, and no body: 人民代表大会|第三次会议."""
    if not head.form.endswith("代表大会") and not edges.look.endswith("人民代表大会", 0, end):
        return True
    before = edges.patterns["ordinal"].search(edges.look, max(sentence.start, start - _LONGEST_BODY), start)
    return bool(before or edges.patterns["number_of_times"].match(edges.look, end))


def _gathered(edges: Edges) -> dict[int, Mention]:
    """Meetings named by who meets: 鞍山市委常委会召开会议 is 鞍山市委常委会会议; by where they end."""
    found: dict[int, Mention] = {}
    if "gathering" not in edges.cued or not edges.patterns["gathers_for_a_meeting"].search(edges.look):
        return found  # asked first, since to find the body takes long
    inside = edges.lists["inside_bodies"]
    for match in edges.find("gathering"):
        start = max(match.start(), edges.left(match.end("body"), match.start(), inside))
        body = edges.look[start : match.end("body")]
        if len(body) >= _SHORTEST_BODY or body in edges.lists["gathering_bodies"]:
            key = body + (match["kind"] or "") + match["head"]
            found[match.end()] = edges.mention(match.start("head"), match.end(), "Event", "body-gathers", key)
    return found


@cache
def _through(knowledge: Knowledge) -> frozenset[str]:
    """What may stand inside the name of an event: every verb but those that take an event as their object."""
    words = knowledge.words
    return (words["verbs"] - words["before_an_event"]) | words["inside_events"]


@cache
def _walls(knowledge: Knowledge) -> frozenset[str]:
    """What ends the walk to the left edge of an event's name: 提请|十八届四中全会, 参照|世界技能大赛."""
    return knowledge.words["before_an_event"] - knowledge.words["inside_events"]


def _begin(edges: Edges, sentence: Sentence, start: int, end: int, day_ends: Collection[int]) -> int:
    """Where the name of an event with a head at [start, end) begins; `day_ends` are the ends of dates that are days."""
    look, patterns, known = edges.look, edges.patterns, edges.knowledge
    if (quoted := _quoted(edges, sentence, start, end)) is not None:
        return quoted
    first = edges.left(
        start, max(sentence.start, start - _LONGEST), _through(known), _walls(known), numbers=True
    )
    # a day ends before a name, a year may begin it: 6月5日|长三角一体化发展论坛, 2020年度…座谈会
    first = next((at for at in range(start, first, -1) if at in day_ends), first)
    if look[first - 1 : first] == "》" and _takes_title(edges, first, start):
        opening = look.rfind("《", sentence.start, first)
        if opening >= 0:
            return opening
    for pattern in _BEFORE:
        if found := patterns[pattern].match(look, first, start):
            first = found.end()
    if edges.word_before(first) in edges.lists["before_verbs"]:
        first = _after_verbs(edges, first, start)
    verb_end = edges.word_from.get(first, first)
    if look[first:verb_end] in edges.lists["verbs"] and (hit := edges.hit_from.get(verb_end)) and hit.end == start:
        first = verb_end  # 推动|汉堡|峰会
    if lead := patterns["event_lead"].match(look, first, start):
        first = lead.end()
    if patterns["last_of_parties"].match(look, first, start):
        parties = patterns["parties_before"].search(look, max(sentence.start, start - _LONGEST), first)
        first = parties.start() if parties else first
    if patterns["named_by_clause"].search(look, first, start):
        who = patterns["to_whom"].search(look, sentence.start, first)
        opens = who.start() if who else first
        first = next((at for at in range(first, opens, -1) if at in day_ends), opens)
        before = patterns["up_to_time_of_day"].match(look, first, start)
        return before.end() if before else first
    if not edges.names_china(first, first + 1):
        first = edges.after_words(first, start, edges.lists["before_events"], _TIME_TAGS)
    before = patterns["up_to_time_of_day"].match(look, first, start)
    first = before.end() if before else first
    theme = patterns["theme_before"].search(look, max(sentence.start, first - _LONGEST_THEME), first)
    return theme.start("theme") if theme and patterns["takes_place"].match(look, end) else first


def _quoted(edges: Edges, sentence: Sentence, start: int, end: int) -> int | None:
    """Where the quotation opens that holds nothing but the name of an event: 举行|“高质量完成‘十四五’规划发布会”."""
    look = edges.look
    if not look.startswith("”", end):
        return None
    opening = look.rfind("“", max(sentence.start, start - _LONGEST), start)
    whole = opening >= 0 and edges.patterns["quoted_event"].fullmatch(look, opening + 1, start)
    return opening + 1 if whole else None


def _takes_title(edges: Edges, first: int, start: int) -> bool:
    """Whether a title before a name is part of it: 《…》签署仪式, 《生物多样性公约》第十五次缔约方大会."""
    return first == start or bool(edges.patterns["after_title_of_event"].match(edges.look, first, start))


def _after_verbs(edges: Edges, first: int, start: int) -> int:
    """Where a name begins whose verbs 将, 要 or 继续 shows to be no part of it: 要|持续发挥|委员学习座谈会."""
    at = first
    for word, stop, tag in edges.words(first, start):
        text = edges.look[word:stop]
        if not tag.startswith(("v", "d", "ad")) and text not in edges.lists["verbs"]:
            break
        at = stop
    return at if at < start else first


def _is_bare(edges: Edges, before: str) -> bool:
    """Whether the words before a head name no event: nothing, one character, or common adjectives only."""
    return bool(edges.patterns["common_event"].fullmatch(before)) or (len(before) < 2 and not before.isdigit())
