"""What one page is resolved with, and what was found so far: readings, entities and links."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache

from kg.knowledge import Knowledge
from kg.model import Entity, Link, Mention, MentionType, Name, Page, Part, Reading, Resolution, Span, short_hash
from kg.resolve.areas import Areas
from kg.resolve.post import Posts
from kg.resolve.short_forms import declared

_MARKS = "《》“”「」『』 \""
_HOLDERS = frozenset({"Organization", "Province", "Place"})
_ONLY_MEANT = frozenset({"area-of-post", "body-of-post"})  # 市长 stands for its 市 too, but is no name of it


class Book:
    """The entities of one page as the steps of `resolve` find them, each with the forms under which it stood.

    `headline` are the mentions of the title where that is no part of the text.
    """

    def __init__(
        self, page: Page, mentions: Sequence[Mention], headline: Sequence[Mention], knowledge: Knowledge
    ) -> None:
        self.page, self.mentions, self.headline, self.knowledge = page, mentions, headline, knowledge
        self._by_type: dict[MentionType, list[Mention]] = defaultdict(list)
        for mention in mentions:
            self._by_type[mention.type].append(mention)
        self.areas = Areas(page, knowledge, mentions)
        self.declared = declared(page.look, mentions, knowledge)
        self.posts = Posts()
        self.topic = ""  # the event that the article is about
        self.readings: list[Reading] = []
        self.facts: dict[str, tuple[MentionType, str, str, str]] = {}  # type, name, kind, code by id
        self._forms: dict[str, set[str]] = defaultdict(set)
        self._links: list[Link] = []

    def of(self, *types: MentionType) -> list[Mention]:
        """The mentions of those types, in reading order."""
        if len(types) == 1:
            return self._by_type.get(types[0], [])
        return [mention for mention in self.mentions if mention.type in types]

    def named(self, form: str) -> str:
        """The body or area that the text names so, or ""; where the form may be of several, the first."""
        for ident, (kind, name, _, _) in self.facts.items():
            if kind in _HOLDERS and (form == name or form in self._forms[ident]):
                return ident
        return ""

    def enter(self, kind_of_thing: MentionType, name: str, *, kind: str = "", code: str = "") -> str:
        """The id of the entity with that type and name; the same thing gets the same id on every call."""
        where = self.page.document.id if kind_of_thing == "Event" else ""
        ident = f"{kind_of_thing.lower()}-{code}" if code else _ident(kind_of_thing, name, where)
        self.facts.setdefault(ident, (kind_of_thing, name, kind, code))
        return ident

    def enter_area(self, name: Name) -> str:
        """The id of the entity of a division's or another place's row."""
        return self.enter(name.type, name.name, kind=name.kind, code=name.code)

    def read(self, mention: Mention, ident: str, sieve: str) -> str:
        """Note that the mention means that entity, and which sieve decided so; the entity again."""
        if mention.rule not in _ONLY_MEANT:
            self._forms[ident].add(mention.span.of(self.page.document.text).strip(_MARKS))
        self.readings.append(Reading(mention, ident, sieve))
        return ident

    def read_inside(
        self, at: tuple[int, int], kind_of_thing: MentionType, rule: str, key: str, ident: str, sieve: str
    ) -> None:
        """Note that a stretch inside a mention means an entity of its own."""
        self.read(Mention(Span(self.page.document.id, *at), kind_of_thing, rule, key), ident, sieve)

    def read_part(self, part: Part) -> None:
        """Read the area inside a longer name, where it is clear which one it is: 湖州市 in 湖州市会议中心."""
        name = self.areas.at(part.start)
        if name not in part.names:  # a longer name of the tables begins there too
            name = self.areas.choose(part.names, part.start)
        if name:
            at = part.start, part.end
            surface = self.page.look[slice(*at)]
            self.read_inside(at, name.type, "part-of-name", surface, self.enter_area(name), "part-of-name")

    def link(self, subject: str, predicate: str, other: str, start: int, end: int, rule: str) -> None:
        """Note a relation that a name in [start, end) shows by itself."""
        if subject != other:
            self._links.append(Link(subject, predicate, other, Span(self.page.document.id, start, end), rule))

    def close(self) -> Resolution:
        """All that was read and linked, with the entities that it is about, sorted."""
        used = {r.entity for r in self.readings} | {x for link in self._links for x in (link.subject, link.object)}
        entities = [
            Entity(ident, kind_of_thing, name, tuple(sorted(self._forms[ident] - {name})), kind, code)
            for ident, (kind_of_thing, name, kind, code) in sorted(self.facts.items())
            if ident in used
        ]
        readings = sorted(self.readings, key=_place)
        topic = self.topic if self.topic in used else ""  # an event that only the headline names has no span to show
        return Resolution(tuple(readings), tuple(entities), tuple(dict.fromkeys(self._links)), topic)


def _place(reading: Reading) -> tuple[int, int, str]:
    span = reading.mention.span
    return span.start, span.end, reading.entity


@lru_cache(maxsize=1 << 16)  # the same things are named in many articles
def _ident(kind_of_thing: MentionType, name: str, document: str) -> str:
    """The id of an entity without a code; of an event, in that document."""
    return f"{kind_of_thing.lower()}-{short_hash(kind_of_thing, name, *filter(None, (document,)))}"


def longest(forms: Iterable[str]) -> str:
    """The longest form, the last by code point of several."""
    return max(forms, key=lambda form: (len(form), form))
