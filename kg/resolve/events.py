"""Which events the mentions mean, and which one the article reports on: its topic.

会议 is the topic, 座谈会 the one named before with that head, 签约仪式 an event of its own.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import replace

from kg.knowledge import Knowledge
from kg.model import Mention, Span
from kg.resolve.book import Book
from kg.resolve.words import affixes

_LONGEST_VERB = 8  # characters between a body and the meeting that it holds
_NEAR = 60  # characters between a name and the head that means it
_MARKS = re.compile(r"[“”‘’《》\s]")
_REPORTED = frozenset({"event-head", "session", "body-gathers"})  # recognised so: events that an article can be about


def read_events(book: Book) -> None:
    """Read the events of the page, and note its topic."""
    events = _Events(book)
    for mention in events.mentions:
        if mention.rule == "event-bare":
            events.read_bare(mention)
        else:
            events.read_named(mention)
    if events.topic:
        book.topic = book.enter("Event", events.topic)
        _link_holder_in_title(events)


def _link_holder_in_title(events: "_Events") -> None:
    """珲春市举行签约仪式 as the title: the event of the article is held by that city, which the text names too."""
    book = events.book
    characters = book.knowledge.characters
    title = "".join(characters.get(character, character) for character in book.page.document.title)
    holds = book.knowledge.patterns["title_holds"].match(title)
    named = next((m for m in events.mentions if events.names.get(m.key) == events.topic), None)
    if holds is None or named is None:
        return
    told = next((m for m in book.headline if m.type == "Event" and m.span.start >= holds.end("verb")), None)
    if told is None or not (events.names.get(told.key) == events.topic or events.topic.endswith(told.key)):
        return
    holder = _our_area(book, holds["our"]) if holds["our"] else book.named(holds["who"])
    if holder:
        book.link(book.topic, "organizedBy", holder, named.span.start, named.span.end, "title-holds-event")


def _our_area(book: Book, level: str) -> str:
    """我市: the city that the article is from, or ""."""
    area = book.areas.of_level(level, 0)
    return book.enter_area(area) if area else ""


class _Events:
    """The events of one page, read in order."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.mentions = [_with_area(mention, book) for mention in book.of("Event")]
        known = (*self.mentions, *book.headline)
        self._cited = self._find_cited()
        self.names = _fullest_names((m.key for m in known if m.rule != "event-bare"), book.knowledge)  # by key
        self.topic = self._find_topic()
        self.topic_from = self._first_named(self.topic)
        self.latest: list[str] = []  # as named or meant, without those only cited
        self.named, self.last_end = "", 0  # the last one that was named, and where its name ends
        self.cited, self.cited_end = "", 0  # the last one that was only cited

    def _find_topic(self) -> str:
        """The first event that the text says was held, else one that the title names, else the first not cited."""
        look, held = self.book.page.look, self.book.knowledge.patterns["was_held"]
        main = [m for m in self.mentions if m.rule in _REPORTED and not self._is_cited(m)]
        told = [m for m in main if held.search(look, max(0, m.span.start - 12), m.span.end + 30)]
        titled = [m for m in self.book.headline if m.type == "Event" and m.rule in _REPORTED]
        first = next(iter((*told, *titled, *main)), None)
        return self.names[first.key] if first else ""

    def _first_named(self, name: str) -> int:
        """Where the text first names that event; -1 if the title does."""
        if any(self.names.get(m.key) == name for m in self.book.headline if m.type == "Event"):
            return -1
        return next((m.span.start for m in self.mentions if self.names.get(m.key) == name), -1)

    def may_be_topic(self, mention: Mention) -> bool:
        """Whether a head may mean the topic: not before that was named, nor where another is said to be held later."""
        start, look = mention.span.start, self.book.page.look
        if start < self.topic_from:
            return False
        opens = self.book.knowledge.patterns["holds_another"].search(look, max(0, start - 4), start)
        return not opens or self.topic_from < 0 or "\n" not in look[self.topic_from : start]

    def _is_cited(self, mention: Mention) -> bool:
        """Whether an event is only referred to, not reported on: 贯彻中央农村工作会议精神."""
        return mention.span in self._cited

    def _find_cited(self) -> frozenset[Span]:
        """The events that are only referred to, with those listed before one: 传达|省委全会|和|市委全会|精神."""
        look, patterns = self.book.page.look, self.book.knowledge.patterns
        found: set[Span] = set()
        after: Mention | None = None
        for mention in reversed(self.mentions):
            start, end = mention.span.start, mention.span.end
            listed = after and after.span in found and patterns["listed_with"].fullmatch(look, end, after.span.start)
            referred = patterns["cited_after"].match(look, end) or patterns["cited_before"].search(
                look, max(0, start - 5), start
            )
            if listed or referred:
                found.add(mention.span)
            after = mention
        return frozenset(found)

    def read_named(self, mention: Mention) -> None:
        """Read an event that has a name."""
        name = self.names[mention.key]
        cited = self._is_cited(mention)
        self.book.read(mention, self.book.enter("Event", name), "cited" if cited else "name")
        if cited:
            self.cited, self.cited_end = name, mention.span.end
        else:
            self.latest.append(name)
            self.named, self.last_end = name, mention.span.end

    def read_bare(self, mention: Mention) -> None:
        """Read a head that stands alone, 会议 or 座谈会, as what the first sieve that answers says."""
        for sieve, find in _SIEVES:
            if name := find(self, mention):
                self.book.read(mention, self.book.enter("Event", name), sieve)
                if sieve != "cited":
                    self.latest.append(name)
                return

    def has_word(self, words: str, head: str) -> bool:
        """Whether a head is in a list of words."""
        return head in self.book.knowledge.words[words]


def _same_sentence(events: _Events, mention: Mention) -> str:
    """全省农村工作会议召开，会议指出: the one named just before."""
    between = events.book.page.look[events.last_end : mention.span.start]
    near = len(between) < _NEAR and "\n" not in between and "。" not in between
    return events.named if near and events.named.endswith(mention.key) else ""


def _of_the_brief(events: _Events, mention: Mention) -> str:
    """又讯 政协…会议开幕。…主持会议: in a paragraph of other news the one that it names."""
    look = events.book.page.look
    line = look.rfind("\n", 0, mention.span.start) + 1
    brief = events.book.knowledge.patterns["opens_a_brief"].match(look, line)
    named = brief is not None and line < events.last_end and bool(events.latest)
    return events.latest[-1] if named and events.latest[-1].endswith(mention.key) else ""


def _of_that_act(events: _Events, mention: Mention) -> str:
    """揭牌仪式 after 清远茶业大学揭牌暨开学典礼: the ceremony that was named with more."""
    act = events.book.knowledge.patterns["ceremony"].fullmatch(mention.key)
    whole = events.book.knowledge.patterns["ends_with_ceremony"].search(events.named)
    return events.named if act and whole and act["act"] in events.named else ""


def _told_in_the_line(events: _Events, mention: Mention) -> str:
    """上午，前线指挥部第一次会议召开。…参加会议: in a paragraph on another meeting the one that it tells of."""
    look, end = events.book.page.look, events.last_end
    fits = events.has_word("any_event", mention.key) and events.named.endswith(mention.key)
    if not fits or "\n" in look[end : mention.span.start]:
        return ""
    return events.named if events.book.knowledge.patterns["is_held"].match(look, end) else ""


def _cited_just_before(events: _Events, mention: Mention) -> str:
    """学习二十届三中全会精神，学习…在全会上的讲话: the one cited just before, in news of another meeting."""
    if not events.has_word("cited_heads", mention.key) or events.topic.endswith(mention.key):
        return ""
    between = events.book.page.look[events.cited_end : mention.span.start]
    near = bool(events.cited) and len(between) < _NEAR and "。" not in between
    return events.cited if near and events.cited.endswith(mention.key) else ""


def _latest_of_that_head(events: _Events, mention: Mention) -> str:
    """会议 after 常委会会议 was named, in an article on a 座谈会."""
    if not events.has_word("any_event", mention.key) or not events.topic or events.topic.endswith(mention.key):
        return ""
    return events.latest[-1] if events.latest and events.latest[-1].endswith(mention.key) else ""


def _topic(events: _Events, mention: Mention) -> str:
    """会议 in an article on a 座谈会, 论坛 in one on a 论坛."""
    head = mention.key
    fits = events.has_word("general_events", head) and events.topic.endswith(head)
    return events.topic if (fits or events.has_word("any_event", head)) and events.may_be_topic(mention) else ""


def _same_head(events: _Events, mention: Mention) -> str:
    return next((name for name in reversed(events.latest) if name.endswith(mention.key)), "")


def _expo(events: _Events, mention: Mention) -> str:
    """进博会 in an article on the 进口博览会."""
    patterns = events.book.knowledge.patterns
    fits = patterns["expo_short"].search(mention.key) and patterns["expo"].search(events.topic)
    return events.topic if fits else ""


def _headline(events: _Events, mention: Mention) -> str:
    named = (m.key for m in events.book.headline if m.type == "Event" and m.key.endswith(mention.key))
    return _event_name(next(named, ""))


def _stands_alone(events: _Events, mention: Mention) -> str:
    """A ceremony or a press conference is an event of its own even where it has no longer name."""
    head, knowledge = mention.key, events.book.knowledge
    if events.has_word("general_events", head):  # 会议 and 论坛 refer back
        return ""
    of_a_word = any(head.endswith(word) and head != word for word in knowledge.words["events_with_a_word"])
    return head if of_a_word or head.endswith(affixes(knowledge, "events_alone")) else ""


def _of_its_holder(events: _Events, mention: Mention) -> str:
    """临夏州委|召开|工作汇报会: named for the body that holds it, where the text names no event in full."""
    look, start = events.book.page.look, mention.span.start
    holds = events.book.knowledge.patterns["body_holds"].search(look, max(0, start - _LONGEST_VERB), start)
    if holds is None or events.topic or events.has_word("any_event", mention.key):
        return ""
    holder = next((r for r in events.book.readings if r.mention.span.end == holds.start()), None)
    if holder and look[holder.mention.span.start - 1 :][:1] in events.book.knowledge.words["prepositions"]:
        return ""  # 在|政协礼堂|举行
    kind, name, _, _ = events.book.facts.get(holder.entity, ("", "", "", "")) if holder else ("", "", "", "")
    return name + (holds["kind"] or "") + mention.key if kind == "Organization" else ""


def _topic_after_all(events: _Events, mention: Mention) -> str:
    return events.topic if events.has_word("general_events", mention.key) and events.may_be_topic(mention) else ""


# Which event a head without a name means, by the name of the sieve: the first that answers decides.
_SIEVES: tuple[tuple[str, Callable[[_Events, Mention], str]], ...] = (
    ("same-sentence", _same_sentence),
    ("same-brief", _of_the_brief),
    ("same-act", _of_that_act),
    ("same-line", _told_in_the_line),
    ("cited", _cited_just_before),
    ("latest", _latest_of_that_head),
    ("topic", _topic),
    ("same-head", _same_head),
    ("topic", _expo),
    ("headline", _headline),
    ("stands-alone", _stands_alone),
    ("of-its-holder", _of_its_holder),
    ("topic", _topic_after_all),
)


def _with_area(mention: Mention, book: Book) -> Mention:
    """市委召开常委会会议: the meeting of that 市."""
    if mention.rule != "body-gathers":
        return mention
    return replace(mention, key=book.areas.complete(mention.key, mention.span.start) or mention.key)


def _fullest_names(keys: Iterable[str], knowledge: Knowledge) -> dict[str, str]:
    """Key → the name of the longest one that ends with it, or holds it where it is long itself."""
    known = list(dict.fromkeys(keys))
    names = {}
    for key in known:
        longer = [other for other in known if other != key and other.endswith(key)]
        if not longer and len(key) >= 6:
            longer = [other for other in known if other != key and key in other]
        if not longer and (plenum := _plenum(key, knowledge)):
            longer = [other for other in known if _plenum(other, knowledge) == plenum]
        names[key] = _event_name(max(longer, key=len, default=key))
    return names


def _plenum(key: str, knowledge: Knowledge) -> tuple[str, str] | None:
    """Term and number of a plenum: 十八届四中全会 is the 中国共产党第十八届中央委员会第四次全体会议."""
    found = knowledge.patterns["plenum"].fullmatch(key)
    return (found["term"], found["number"] or found["count"]) if found else None


def _event_name(key: str) -> str:
    """A key as a name: without quotation marks and blanks."""
    return _MARKS.sub("", key)
