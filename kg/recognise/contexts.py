"""The contexts in which people's names stand, apart from posts: before 指出 or 同志, after 任命 or 护林员, in lists."""

import re
from collections.abc import Collection, Iterable, Iterator
from functools import cache

from kg.knowledge import Knowledge
from kg.recognise.appointments import names_after, names_before
from kg.recognise.edges import Edges
from kg.recognise.names import BEFORE_NAMES, WIDELY_KNOWN, Names, PersonName, surname_openings
from kg.recognise.surroundings import (
    AFTER_BARE_POST,
    AFTER_NOUN,
    AFTER_POST,
    APPOINTED,
    BEFORE_CLAUSE,
    MARKS,
    PUNCTUATION,
    UNANNOUNCED,
    WORD,
)

_CLAUSE_START = re.compile(f"{BEFORE_CLAUSE}(?=[^{re.escape(''.join(sorted(MARKS)))}])")
_LISTED = ("、", "和", "与", "及")  # what may stand between two names
_LONGEST_DOTTED = 24
_NOUN_TAGS = frozenset({"n", "nz"})
_NO_TITLE_AFTER = frozenset("为任副的和与同及")  # 普布为|秘书长, 西哈莫尼和|首相
_LONGEST_BARE = 8
_OPENS = 2.0  # how much it speaks for a name before a title that a clause begins with it
_WITH_AN_ACT = -3.0  # what a name must weigh that a verb of speech or act follows
_SURELY_CHINESE = 1.5  # the weight that shows a name after a noun
_SURELY_FOREIGN, _SURELY_FOREIGN_MEAN = 6.0, 2.0  # weights that need no surname


def names_in_context(names: Names, titled: Iterable[PersonName]) -> Iterator[PersonName]:
    """The names that their surroundings show, with those before titles; of two that begin together the first stands."""
    yield from _with_dots(names)
    yield from _at_clauses(names)
    yield from titled
    for context in (_after_appointing, _after_prepositions, _after_nouns, _called, _listed_there):
        yield from context(names)
    for office in names.office_from.values():
        yield from names_before(names, office)
    yield from _in_biographies(names)


def _at_clauses(names: Names) -> Iterator[PersonName]:
    """At the head of a clause before a verb of speech or act: 李强|指出, 谷雨、佟画|等出席."""
    goes_on = names.edges.patterns["subject_goes_on"]
    listed: set[int] = set()  # where the names of lists begin that were read: their tails are no lists of their own
    for at in _clause_starts(names):
        if names.has_surname_only(at) and not goes_on.match(names.look, at):
            continue  # asked first, since to read a name takes long
        read = names.read(at, least=_WITH_AN_ACT)
        if not read or not names.is_likely(at, *read):
            continue
        if _speaks_or_acts(names, read[0]):
            yield PersonName(at, *read, "name-before-verb")
        elif names.look.startswith(_LISTED, read[0]) and at not in listed:
            yield from _in_list(names, at, listed)


def _with_dots(names: Names) -> Iterator[PersonName]:
    """Wherever a foreign name with dots stands: 致电|杰辛达·阿德恩."""
    look, at = names.look, names.look.find("·")
    han = names.edges.patterns["han"]
    while at > 0:
        start = at
        while start > 0 and at - start < _LONGEST_BARE and not names.likeness.ends_foreign(look[start - 1]):
            start -= 1
            if not han.match(look, start):
                start += 1
                break
        while start < at and not names.edges.is_break(start):
            start += 1
        read = names.read(start) if at - start > 1 else None
        if read and read[0] > at and names.likeness.foreign(look[start:at]) >= _SURELY_FOREIGN_MEAN * (at - start):
            yield PersonName(start, *read, "name-with-dots")
            at = read[0]
        at = look.find("·", at + 1)


def _clause_starts(names: Names) -> list[int]:
    """Where sentences begin, and where text follows a mark inside them, if a name may begin there."""
    opening = _CLAUSE_START if names.has_dots else _plain_opening(names.edges.knowledge)
    starts = {mark.end() for mark in opening.finditer(names.look)}
    starts.update(sentence.start for sentence in names.edges.page.sentences)
    return sorted(filter(names.may_open, starts))


@cache
def _plain_opening(knowledge: Knowledge) -> re.Pattern[str]:
    """A mark after which a surname begins a clause, or what is neither Chinese nor a mark; there are no dots."""
    surnames = _any_of(surname_openings(knowledge))
    return re.compile(f"{BEFORE_CLAUSE}(?=(?:{surnames}|(?=[\\x00-\\x7f])[^{re.escape(''.join(sorted(MARKS)))}]))")


def _speaks_or_acts(names: Names, at: int) -> bool:
    patterns = names.edges.patterns
    return bool(patterns["speech_follows"].match(names.look, at) or patterns["act_follows"].match(names.look, at))


def _in_list(names: Names, at: int, listed: set[int]) -> Iterator[PersonName]:
    """A list of two or more bare names before 出席 or another act: 谷雨、佟画等出席; what is read goes to `listed`."""
    found: list[PersonName] = []
    while (read := names.read(at, AFTER_BARE_POST if found else UNANNOUNCED)) and names.is_likely(at, *read):
        listed.add(at)
        found.append(PersonName(at, *read, "name-in-list"))
        if not names.look.startswith(_LISTED, read[0]):
            if len(found) > 1 and names.edges.patterns["act_follows"].match(names.look, read[0]):
                yield from found
            return
        at = read[0] + 1


def names_before_titles(names: Names) -> Iterator[PersonName]:
    """The name that ends where a title begins: 习近平|总书记, 秋实|市长, 科瓦奇·伊姆雷|先生."""
    for match in names.edges.find("title_of_person"):
        if _joins_words(names, match.start(), match.end()):
            continue
        start = _start_before(names, match.start())
        if start is not None:
            yield PersonName(start, match.start(), names.look[start : match.start()], "name-before-title")


def _joins_words(names: Names, start: int, end: int) -> bool:
    """Whether a title is the tail of one word or the head of the next: 社|会长|期, 片|区长."""
    edges = names.edges
    if end < len(edges.word_of) and start < edges.word_of[end] < end:
        return True
    before = edges.word_of[start]
    return before < start and edges.tag_from[before] in _NOUN_TAGS


def _start_before(names: Names, title: int) -> int | None:
    """Where the name begins that ends at a title: what looks most like one, else one with dots."""
    look, edges = names.look, names.edges
    if look[title - 1] in edges.lists["never_last"]:
        return None
    best, most = None, 0.0
    han_only = edges.patterns["han_only"]
    for size in range(2, min(_LONGEST_BARE, title) + 1):
        start = title - size
        if not han_only.fullmatch(look, start, title) or look[title - 1] in _NO_TITLE_AFTER:
            break
        text = look[start:title]
        if names.is_no_name(text) or text in edges.stops or look[start] in edges.lists["never_first"]:
            continue
        begins = names.opens_clause(start) or edges.is_break(start) or names.follows_one_of(start, BEFORE_NAMES)
        if not begins or edges.inside_hit(start):
            continue
        if text[0] in BEFORE_NAMES and names.begins_strong_name(start + 1, title):
            continue  # 同|普京总统
        weight = _weigh_before_title(names, text)
        if weight > 0 and names.opens_clause(start):
            weight += _OPENS
        known = edges.hit_from.get(start)
        if known and known.end == title:
            continue  # 科威特|首相
        if weight > most and not names.in_byline(start) and names.is_likely(start, title, text):
            best, most = start, weight
    if best is not None and title not in edges.hit_to:
        return best
    dotted = edges.patterns["dotted_before"].search(look, max(0, title - _LONGEST_DOTTED), title)
    return _start_of_dotted(names, dotted.start(), title) if dotted else None


def _start_of_dotted(names: Names, first: int, title: int) -> int | None:
    """Where a name with dots begins that ends at a title: 委员会顾问|萨利姆·哈立德|先生."""
    look = names.look
    start = look.index("·", first)
    while start > first and not names.likeness.ends_foreign(look[start - 1]):
        start -= 1
    while start < title and not names.edges.is_break(start):
        start += 1
    read = names.read(start) if look.find("·", start, title) > 0 else None
    return start if read and read[0] == title else None


def _weigh_before_title(names: Names, text: str) -> float:
    """How much characters before a title look like a name with a surname, or like a foreign one."""
    weights = [0.0]
    if len(text) < 4 and text[0] in names.surnames:
        weights.append(names.likeness.chinese(text))
    if len(text) in (3, 4) and text[:2] in names.surnames:
        weights.append(names.likeness.chinese(text))
    foreign = names.likeness.foreign(text)
    is_one = names.edges.lists["never_last"].isdisjoint(text) and not any(map(names.likeness.ends_foreign, text))
    if foreign >= _SURELY_FOREIGN_MEAN * len(text) and is_one:
        weights.append(foreign)
    return max(weights)


def _after_appointing(names: Names) -> Iterator[PersonName]:
    """任命|向前、商量为…, 接受|毕成辞去…."""
    done = 0
    for match in names.edges.find("appoints"):
        promise = _promise_of_appointing(names, match.end())
        yield from names_after(names, match.end(), "name-appointed", promise)
        if promise == APPOINTED:
            yield from _in_further_clauses(names, match.end(), done)
            done = max(done, names.look.find("。", match.end()))


def _promise_of_appointing(names: Names, at: int) -> float:
    """How much a word like 任命 promises a name: surely where a post is given or taken away in the same clause."""
    clause = names.edges.patterns["rest_of_appointing"].match(names.look, at)
    given = clause and (clause.end() in names.office_from or names.look[clause.end() - 1] == "为")
    return APPOINTED if given else UNANNOUNCED


def _in_further_clauses(names: Names, at: int, floor: int) -> Iterator[PersonName]:
    """任命林绮湘为行政法务司司长，|谭国权|为经济财政司司长: the clauses after one that appoints."""
    stop = names.look.find("。", at)
    for mark in _CLAUSE_START.finditer(names.look, at, stop if stop > 0 else len(names.look)):
        read = names.read(mark.end(), AFTER_POST)
        if read and names.look.startswith(("为", "任"), read[0]) and mark.end() >= floor:
            yield PersonName(mark.end(), *read, "name-appointed")


def _after_prepositions(names: Names) -> Iterator[PersonName]:
    """由|佟画主持, 会见|谷雨先生: only before an act, since 由 and 会见 stand before much else."""
    look, goes_on = names.look, names.edges.patterns["object_goes_on"]
    for match in names.edges.patterns["before_object"].finditer(look):
        at = match.end()
        if _is_in_a_noun(names.edges, at):
            continue
        if not names.may_open(at) or (names.has_surname_only(at) and not goes_on.match(look, at)):
            continue
        read = names.read(at)
        if not read or len(read[1]) < 2 or not names.is_likely(at, *read):
            continue
        if names.edges.patterns["act_follows"].match(look, read[0]):
            yield PersonName(at, *read, "name-after-verb")


def _is_in_a_noun(edges: Edges, at: int) -> bool:
    """Whether a noun goes on at `at`: 送去慰问|金和慰问品."""
    first = edges.word_of[at]
    return first < at and edges.tag_from[first] in _NOUN_TAGS


def _after_nouns(names: Names) -> Iterator[PersonName]:
    """护林员|苏和, 退休职工|赵卫, 摩托车手|龚小亮: most must look like names, what they are listed with need not."""
    look, edges = names.look, names.edges
    for last in _last_of_nouns(edges.knowledge).finditer(look):
        end = last.end()
        start = edges.word_of[end - 1]
        if edges.word_from[start] != end:
            continue
        joined = end - start == 1 and start > 0 and edges.tag_from[edges.word_of[start - 1]] in _NOUN_TAGS  # 摩托车|手
        if not _is_person_noun(names, look[start - joined : end], edges.tag_from[start]) or names.in_byline(end):
            continue
        listed = list(names_after(names, end, "name-after-noun", AFTER_NOUN))
        sure = sum(_is_sure(names, name) for name in listed)
        if listed and (_is_sure(names, listed[0]) or (len(listed) > 2 and sure * 2 >= len(listed))):
            yield from listed


def _called(names: Names) -> Iterator[PersonName]:
    """牵线的人叫|梁少康，; 38岁的|娜玛恒; 来到|彭秀枝|家里: what introduces a name, if it looks like one."""
    for pattern in ("introduces_name", "introduces_family"):
        for match in names.edges.find(pattern):
            at = match.end()
            read = names.read(at, AFTER_NOUN)
            name = PersonName(at, *read, "name-after-noun") if read else None
            if name and len(name.text) > 2 and _is_sure(names, name) and _closes(names, pattern, name.end):
                yield name


def _closes(names: Names, pattern: str, end: int) -> bool:
    """Whether a name that a pattern introduces ends there: before 家, else before a mark or what follows names."""
    if pattern == "introduces_family":
        return names.look.startswith("家", end)
    return names.ends(end) >= WORD


def _listed_there(names: Names) -> Iterator[PersonName]:
    """在主席台就座的还有：|滕茂才、王学礼、张　伟: a list of names, of which most look like one."""
    for match in names.edges.find("introduces_list"):
        listed = list(names_after(names, match.end(), "name-in-list", AFTER_NOUN))
        sure = sum(_is_sure(names, name) for name in listed)
        if len(listed) > 2 and sure * 2 >= len(listed):
            yield from listed


@cache
def _last_of_nouns(knowledge: Knowledge) -> re.Pattern[str]:
    """The characters with which nouns for people end, where a name may follow."""
    last = {noun[-1] for noun in knowledge.words["person_nouns"]} | knowledge.words["person_endings"]
    no_name = knowledge.words["never_first"]  # 海外委员|和中方企业家
    return re.compile(f"{_any_of(last)}(?!{_any_of(no_name)}|\\Z)")


def _any_of(characters: Collection[str]) -> str:
    """A regular expression for any of some characters; one that matches nothing where there are none."""
    return f"[{re.escape(''.join(sorted(characters)))}]" if characters else "(?!)"


def _is_person_noun(names: Names, word: str, tag: str) -> bool:
    """Whether a word says what a person is: 村民, 退休职工, and any noun that ends as 车手 and 管护员 do."""
    nouns = names.edges.lists["person_nouns"]
    if word in nouns or word[-2:] in nouns or word[-3:] in nouns:
        return True
    if len(word) < 2 or tag not in _NOUN_TAGS or names.is_no_name(word):  # 增长|过旺
        return False
    return word[-1] in names.edges.lists["person_endings"]


def _is_sure(names: Names, name: PersonName) -> bool:
    """Whether a name after a noun looks like one: 村民|高明 may be clever."""
    at, text = name.start, name.text
    if "·" in text or not names.is_likely(at, name.end, text):
        return "·" in text
    known = names.edges.hit_from.get(at)
    if names.is_other_word(text) or (known and (known.end == name.end or known.names[0].kind in WIDELY_KNOWN)):
        return False  # 残疾人|康复, 记者|瑞士蒙特勒
    foreign = names.likeness.foreign(text)
    if foreign >= _SURELY_FOREIGN and foreign >= _SURELY_FOREIGN_MEAN * len(text) and names.ends(name.end) >= WORD:
        return True
    if text in names.edges.knowledge.name_components:
        return True
    has_surname = names.look[at] in names.surnames or names.look[at : at + 2] in names.surnames
    weight = names.likeness.chinese(text) + (0.0 if names.ends(name.end) < PUNCTUATION else 1.0)
    return has_surname and weight >= _SURELY_CHINESE


def _in_biographies(names: Names) -> Iterator[PersonName]:
    """谷雨，女，1968年3月生: the line with which a biography begins."""
    for match in names.edges.find("biography"):
        text = match["name"].replace(" ", "")
        if (text[0] in names.surnames and len(text) < 4) or (match["sex"] and len(text) >= 3):
            yield PersonName(*match.span("name"), text, "name-of-biography")
