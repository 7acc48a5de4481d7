"""Which events of many documents are one: by edition, by day, and by where and for whom they were held.

Persons, bodies and places come with ids of type and name, so that equal names meet by themselves. Events do not: the
国务院常务会议 of June 7 and that of June 14 are two. An event's id is local to its document until its edition or its
day says which one it is.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations, groupby, pairwise

from kg.identify.clusters import Clusters
from kg.identify.told import Told
from kg.knowledge import Knowledge
from kg.model import Date, Facts, Guise, Judgement, Span, short_hash

# 座谈会, 开幕式, 成果发布会: two such events of one day are as a rule two.
_TELLING = 6
# The sessions of one edition (第十三届全国人民代表大会第三次会议) last weeks; editions of equal name are months apart.
_EDITION_LASTS = timedelta(days=31)
_REPORTED_WITHIN = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Candidate:
    """An event of one document, with the days on which that document says it was held."""

    id: str
    name: str
    document: str
    published: date | None
    days: tuple[tuple[date, date], ...]  # first and last day of each date, sorted
    held: frozenset[str]  # codes of the provinces where it was held or whose bodies held it
    areas: frozenset[str]  # the same, else of the posts in the article
    span: Span

    @property
    def key(self) -> str:
        """What tells it from all others."""
        return f"{self.document} {self.name}"

    @property
    def first(self) -> date:
        """Its first day."""
        return self.days[0][0]


@dataclass(frozen=True, slots=True)
class _Link:
    one: Candidate
    other: Candidate
    rule: str


def identify_events(
    candidates: Iterable[Candidate], knowledge: Knowledge, told: Told
) -> tuple[dict[str, str], list[Judgement]]:
    """The global id of each event of which it can be said, by local id; the judgements that made them one or two.

    Events whose names are in different `name_families` know nothing of one another.
    """
    events = _Events(sorted(candidates, key=lambda one: (one.name, one.document)), knowledge)
    events.link_told(told)
    events.link_editions()
    events.link_days()
    events.link_shorter_names()
    events.link_reports()
    return events.ids(), list(events.judgements())


def name_families(names: Iterable[str]) -> Iterable[Sequence[str]]:
    """The names in families: linked where one ends with another that is long enough to be its short form."""
    clusters = Clusters(sorted(names))
    known = frozenset(names := [name for family in clusters.members() for name in family])
    for name in names:
        for cut in range(1, len(name) - _TELLING + 1):
            if name[cut:] in known:
                clusters.join(name, name[cut:])
    return clusters.members()


def candidates_of(fact: Facts) -> Iterator[Candidate]:
    """The events of one document."""
    codes = {entity.id: entity.code for entity in fact.entities if entity.code}
    held: defaultdict[str, set[tuple[date, date]]] = defaultdict(set)
    where: defaultdict[str, set[str]] = defaultdict(set)
    around = {codes[str(s.object)][:2] for s in fact.statements if s.predicate == "officeIn" and s.object in codes}
    for statement in fact.statements:
        if statement.predicate == "heldOn" and isinstance(statement.object, Date):
            held[statement.subject].update(_days(statement.object.value))
        elif statement.predicate in ("heldAt", "organizedBy") and statement.object in codes:
            where[statement.subject].add(codes[str(statement.object)][:2])
    spans: dict[str, Span] = {}
    for reading in fact.readings:
        spans.setdefault(reading.entity, reading.mention.span)
    published = next((first for first, _ in _days(fact.document.published)), None)
    for entity in fact.entities:
        if entity.type == "Event":
            yield Candidate(
                entity.id, entity.name, fact.document.id, published, tuple(sorted(held[entity.id])),
                frozenset(where[entity.id]), frozenset(where[entity.id] or around),
                spans.get(entity.id, Span(fact.document.id, 0, 0)),
            )  # fmt: skip


def _days(value: str) -> Iterator[tuple[date, date]]:
    """First and last day of a date or an interval; nothing for a month, a year or what is no date."""
    first, _, last = value.partition("/")
    try:
        yield date.fromisoformat(first), date.fromisoformat(last or first)
    except ValueError:
        return


class _Events:
    """The events of all documents, linked step by step."""

    def __init__(self, candidates: Sequence[Candidate], knowledge: Knowledge) -> None:
        self._by_key = {one.key: one for one in candidates}
        self._clusters = Clusters(self._by_key)
        self._edition = knowledge.patterns["edition"]
        self._relative = knowledge.patterns["relative_name"]
        self._telling: set[str] = set()  # keys of those that get a global one
        self._links: list[_Link] = []
        self._apart: list[_Link] = []
        self._of_name = {name: tuple(group) for name, group in groupby(candidates, key=lambda one: one.name)}
        self._names = tuple(self._of_name.values())

    def _join(self, one: Candidate, other: Candidate, rule: str) -> None:
        if self._clusters.join(one.key, other.key):
            self._links.append(_Link(one, other, rule))
        self._telling.update((one.key, other.key))

    def link_told(self, told: Told) -> None:
        """What users said goes first; what they told apart is never linked."""
        shown = {told.shown(one.name, one.document): one for one in self._by_key.values()}
        for left, right, verdict in told.rows():
            if left in shown and right in shown:
                one, other = shown[left], shown[right]
                if verdict == "same":
                    self._join(one, other, "user")
                else:
                    self._clusters.tell_apart(one.key, other.key)
                    self._apart.append(_Link(one, other, "user"))

    def link_editions(self) -> None:
        """2020年度…座谈会 is one event whoever tells of it, unless stated days are months apart."""
        for same_name in self._names:
            if self._edition.search(same_name[0].name):
                clusters = _by_day(same_name, _EDITION_LASTS)
                if len(clusters) <= 1:
                    clusters = [list(same_name)]
                self._link(clusters, "same-edition")

    def link_days(self) -> None:
        """国务院常务会议 of one day is one; of two provinces' 全省农村工作会议 of that day each is its own."""
        for same_name in self._names:
            if not self._edition.search(same_name[0].name) and len(same_name[0].name) >= _TELLING:
                for part in self._by_area(same_name):
                    clusters = [two for one in _by_day(part, timedelta()) for two in _by_province(one)]
                    self._link(clusters, "same-day")

    def _by_area(self, same_name: Sequence[Candidate]) -> list[list[Candidate]]:
        """One part where the name says whose event it is; else a part for each province that is told."""
        if not self._relative.match(same_name[0].name):
            return [list(same_name)]
        areas: defaultdict[str, list[Candidate]] = defaultdict(list)
        for one in same_name:
            areas[min(one.areas, default="")].append(one)
        return [areas[area] for area in sorted(areas)]

    def _link(self, clusters: Sequence[Sequence[Candidate]], rule: str) -> None:
        for cluster in clusters:
            self._telling.update(one.key for one in cluster)
            for one, other in pairwise(cluster):
                self._join(one, other, rule)
        for before, after in pairwise(clusters):
            self._clusters.tell_apart(before[0].key, after[0].key)
            day = any(one.days and other.days and one.first == other.first for one in before for other in after)
            self._apart.append(_Link(before[0], after[0], "other-province" if day else "other-day"))

    def link_shorter_names(self) -> None:
        """长三角地区主要领导座谈会 is the 2020年度长三角地区主要领导座谈会 of that day."""
        on: defaultdict[date, dict[str, Candidate]] = defaultdict(dict)
        for one in self._by_key.values():
            for first, _ in one.days:
                on[first].setdefault(one.name, one)
        for _, named in sorted(on.items()):
            for name, one in sorted(named.items()):
                for cut in range(1, len(name) - _TELLING + 1):
                    other = named.get(name[cut:])
                    if other and not self._relative.match(other.name) and _meet(one.areas, other.areas):
                        self._join(one, other, "shorter-name-of-that-day")
                        break

    def link_reports(self) -> None:
        """An article of June 8 on the 国务院常务会议 that does not say when: the one of June 7, if there is one."""
        for same_name in self._names:
            name = same_name[0].name
            if self._edition.search(name) or len(name) < _TELLING or self._relative.match(name):
                continue
            dated = [one for one in same_name if one.days]
            for one in same_name:
                if one.days or not one.published:
                    continue
                close = [it for it in dated if timedelta() <= one.published - it.days[-1][1] <= _REPORTED_WITHIN]
                if len({self._clusters.root(it.key) for it in close}) == 1:
                    self._join(close[0], one, "reported-then")

    def ids(self) -> dict[str, str]:
        """Local id → global id, of those whose name tells which one they are."""
        found: dict[str, str] = {}
        taken: set[str] = set()
        for keys in self._clusters.members():
            members = [self._by_key[key] for key in keys if key in self._telling]
            if not members:
                continue
            name = max((one.name for one in members), key=lambda it: (bool(self._edition.search(it)), len(it), it))
            ident = self._ident(name, members)
            if ident in taken:  # users told apart what name and day make one
                ident = f"event-{short_hash('Event', name, members[0].key)}"
            taken.add(ident)
            found.update((one.id, ident) for one in members)
        return found

    def _ident(self, name: str, members: Sequence[Candidate]) -> str:
        """Of the name where that tells which one is meant, else of the name and the first day."""
        dated = [one.first for one in members if one.days]
        roots = {self._clusters.root(one.key) for one in self._of_name[name] if one.key in self._telling}
        if (self._edition.search(name) and len(roots) == 1) or not dated:
            return f"event-{short_hash('Event', name)}"
        key = [name, min(dated).isoformat()]
        if self._relative.match(name):
            key += sorted(frozenset.union(*(one.areas for one in members)))[:1]
        return f"event-{short_hash('Event', *key)}"

    def judgements(self) -> Iterator[Judgement]:
        """What linked two documents' events, and what kept two of one name apart."""
        ids = self.ids()
        for verdict, links in (("same", self._links), ("different", self._apart)):
            for link in links:
                one, other = sorted((_guise(link.one, ids), _guise(link.other, ids)), key=lambda guise: guise.id)
                if one.id != other.id:
                    yield Judgement(one, other, "same" if verdict == "same" else "different", link.rule)


def _meet(one: frozenset[str], other: frozenset[str]) -> bool:
    return not one or not other or bool(one & other)


def _by_day(candidates: Sequence[Candidate], gap: timedelta) -> list[list[Candidate]]:
    """The dated candidates in clusters linked by days that overlap or are no farther apart than the gap, by first day.

    A candidate of several days joins the clusters of all of them.
    """
    by_key = {one.key: one for one in candidates if one.days}
    clusters = Clusters(by_key)
    reach, latest = date.min, ""
    for first, last, key in sorted((*days, one.key) for one in by_key.values() for days in one.days):
        if latest and first - reach <= gap:
            clusters.join(latest, key)
        if not latest or last > reach:
            reach, latest = last, key
    found = [sorted((by_key[key] for key in keys), key=lambda one: (one.first, one.key)) for keys in clusters.members()]
    return sorted(found, key=lambda cluster: (cluster[0].first, cluster[0].key))


def _by_province(cluster: Sequence[Candidate]) -> list[list[Candidate]]:
    """秋冬种工作现场会 of one day in 湖北 and in 安徽 are two; where none is told, the posts in the article say."""
    provinces: defaultdict[frozenset[str], list[Candidate]] = defaultdict(list)
    for one in cluster:
        if one.held:
            provinces[one.held].append(one)
    places = sorted(provinces, key=sorted)
    if all(_meet(one, other) for one, other in combinations(places, 2)):
        return [list(cluster)]
    for one in cluster:
        fits = [place for place in places if not one.held and one.areas & place]
        if len(fits) == 1:
            provinces[fits[0]].append(one)
    return [sorted(provinces[place], key=lambda one: (one.first, one.key)) for place in places]


def _guise(one: Candidate, ids: Mapping[str, str]) -> Guise:
    day = f"（{one.first.isoformat()}）" if one.days else ""
    return Guise(
        f"guise-{short_hash('Guise', 'Event', one.name, one.document)}",
        ids.get(one.id, one.id), one.name + day, one.span, (one.document,),
    )  # fmt: skip
