"""Who is who among the persons of one name: guises, judgements between them, and the id of each person.

A name that one person has keeps the id that the name gives. Where it splits, the person with most articles keeps that
id, and each other one gets an id of the name and a seat, or of what else shows it first.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import combinations, groupby

from kg.identify.clusters import Clusters
from kg.identify.contexts import home
from kg.identify.profiles import Profile, Sight, profile
from kg.identify.sieves import Pair, judge
from kg.identify.told import Told
from kg.model import Guise, Judgement, Verdict, short_hash
from kg.seats import Seats

_DOT = re.compile(r"[·•‧・]")
_STRONG = frozenset({"births-same", "full-name-and-short"})
Local = tuple[str, str]  # the document, and the id of the person in it


@dataclass(frozen=True, slots=True)
class _Verdict:
    one: Profile
    other: Profile
    verdict: Verdict
    rule: str


def identify_people(sights: Iterable[Sight], seats: Seats, told: Told) -> tuple[dict[Local, str], list[Judgement]]:
    """The global id of each person in each document where that is not its own, and the judgements that led to it."""
    ids: dict[Local, str] = {}
    judgements: list[Judgement] = []
    seen = list(sights)
    family = Families(posts_of(seen), told).of
    for name, group in groupby(
        sorted(seen, key=lambda sight: (family(sight.name), sight.document, sight.span)),
        key=lambda sight: family(sight.name),
    ):
        found, judged = identify_family(name, tuple(group), seats, told)
        ids |= found
        judgements += judged
    return ids, judgements


def identify_family(
    name: str, sights: Sequence[Sight], seats: Seats, told: Told
) -> tuple[dict[Local, str], list[Judgement]]:
    """The same for one family, whose sights come sorted by document and place: no other family has a say in it."""
    if len(sights) > 1:
        people, verdicts = _cluster(sights, seats, told)
        named = _name(people, name)
        ids = {
            (sight.document, sight.local): ident
            for ident, guises in named.items() for guise in guises for sight in guise.sights
        }  # fmt: skip
        return ids, list(_written(verdicts, named))
    (one,) = sights
    return ({(one.document, one.local): _plain(one.name)} if one.local != _plain(one.name) else {}), []


def posts_of(sights: Iterable[Sight]) -> dict[str, set[str]]:
    """By name the seats that tell who bears it."""
    posts: defaultdict[str, set[str]] = defaultdict(set)
    for sight in sights:
        posts[sight.name].update(term.seat.name for term in sight.terms if term.seat.distinct)
    return dict(posts)


def name_families(names: Iterable[str]) -> Iterable[Sequence[str]]:
    """The names in families: linked where one is a part of the other. Persons of different ones are never compared.

    That is so as long as users judged nothing.
    """
    clusters = Clusters(sorted(names))
    known = frozenset(names := [name for family in clusters.members() for name in family])
    for name in names:
        for part in _DOT.split(name) if _DOT.search(name) else ():
            if part in known:
                clusters.join(name, part)
    return clusters.members()


class Families:
    """The name under which persons are compared: its own, the short one of 迪尔玛·罗塞夫, or what users said."""

    def __init__(self, posts: Mapping[str, Set[str]], told: Told) -> None:
        self._told = told
        full: defaultdict[str, list[str]] = defaultdict(list)
        for name in posts:
            for part in _DOT.split(name) if _DOT.search(name) else ():
                if part in posts and posts[part] & posts[name]:
                    full[part].append(name)
        self._short = {names[0]: part for part, names in sorted(full.items()) if len(names) == 1}

    def of(self, name: str) -> str:
        """The family of a name."""
        return self._told.family(self._short.get(name, name))


def _plain(name: str) -> str:
    return f"person-{short_hash('Person', name)}"


def _cluster(sights: Sequence[Sight], seats: Seats, told: Told) -> tuple[list[list[Profile]], list[_Verdict]]:
    """The guises of one name by person, and the judgements that link them or keep them apart."""
    groups = _share_a_post(sights, told)
    guises = sorted((profile(one, by_place=told.names(one[0])) for one in groups), key=lambda one: one.key)
    speaking = [guise for guise in guises if any(sight.speaks for sight in guise.sights)]
    silent = [guise for guise in guises if not any(sight.speaks for sight in guise.sights)]
    judged = _judge_all(speaking, seats, told)
    if silent and not any(told.names(sight) for sight in sights) and all(it.verdict == "same" for it in judged):
        silent = [profile([sight for guise in silent for sight in guise.sights])]  # all of them are the one person
    by_key = {guise.key: guise for guise in (*speaking, *silent)}
    clusters = Clusters(by_key)
    verdicts: list[_Verdict] = []
    for verdict in judged:
        if verdict.verdict == "different":
            clusters.tell_apart(verdict.one.key, verdict.other.key)
        elif not clusters.join(verdict.one.key, verdict.other.key):
            continue
        verdicts.append(verdict)
    verdicts += _place(silent, speaking, clusters, seats, told)
    people = [[by_key[key] for key in keys] for keys in clusters.members()]
    return people, verdicts


def _share_a_post(sights: Sequence[Sight], told: Told) -> list[list[Sight]]:
    """The sights in groups that are linked by seats that two of one name do not both hold.

    What the user judged stays by itself, so that a judgement can part what a seat would link.
    """
    clusters = Clusters(range(len(sights)))
    holders: dict[tuple[str, str], int] = {}
    for number, sight in enumerate(sights):
        if told.names(sight):
            continue
        for term in sight.terms:
            if term.seat.distinct:
                clusters.join(holders.setdefault((sight.name, term.seat.name), number), number)
    return [[sights[number] for number in numbers] for numbers in clusters.members()]


def _judge_all(guises: Sequence[Profile], seats: Seats, told: Told) -> list[_Verdict]:
    """What is said of each pair: first what keeps apart, then the links, the closest first."""
    found = []
    for one, other in combinations(guises, 2):
        user = told.judge(one, other)
        verdict, rule = user or judge(Pair(one, other, seats))
        far = _days_between(one, other)
        strength = (not user, rule not in _STRONG, rule != "one-career")
        order = (verdict != "different", *strength, far, one.key, other.key)
        found.append((order, _Verdict(one, other, verdict, rule)))
    return [verdict for _, verdict in sorted(found, key=lambda row: row[0])]


def _days_between(one: Profile, other: Profile) -> int:
    if not one.days or not other.days:
        return 0
    return max(0, max(one.days[0], other.days[0]) - min(one.days[-1], other.days[-1]))


def _place(
    silent: Sequence[Profile], speaking: Sequence[Profile], clusters: Clusters[str], seats: Seats, told: Told
) -> Iterator[_Verdict]:
    """Where the guises belong that say nothing of themselves: to the one person of the name, else by what is around."""
    for guise in silent:
        for other in (*speaking, *silent):
            if other is not guise and (user := told.judge(guise, other)):
                if user[0] == "different":
                    clusters.tell_apart(guise.key, other.key)
                    yield _Verdict(guise, other, *user)
                elif clusters.join(guise.key, other.key):
                    yield _Verdict(guise, other, *user)
    people: defaultdict[str, list[Profile]] = defaultdict(list)
    for guise in speaking:
        people[clusters.root(guise.key)].append(guise)
    candidates = tuple(tuple(guises) for guises in people.values()) or ((silent[0],),) if silent else ()
    for guise in silent:
        if any(guise is one for person in candidates for one in person):
            continue
        person, rule = home(guise, candidates, seats)
        if person and clusters.join(guise.key, person[0].key):
            yield _Verdict(guise, person[0], "same", rule)
        elif not person:
            yield from (_Verdict(guise, one[0], "unsure", rule) for one in candidates)


def _name(people: Sequence[Sequence[Profile]], name: str) -> dict[str, Sequence[Profile]]:
    """The guises of each person by its id; the one with most articles has the id of the bare name."""

    def weight(person: Sequence[Profile]) -> tuple[int, str]:
        return -sum(len(guise.sights) for guise in person), min(guise.key for guise in person)

    first, *others = sorted(people, key=weight)
    named = {_plain(name): first}
    for person in others:
        guise = min(person, key=lambda one: (one.days[:1] or (10**7,), one.key))
        named[f"person-{short_hash('Person', guise.name, guise.key)}"] = person
    return named


def _written(verdicts: Iterable[_Verdict], named: Mapping[str, Sequence[Profile]]) -> Iterator[Judgement]:
    """The judgements between guises; of those that keep the same two persons apart, the first says enough."""
    ids = {guise.key: ident for ident, guises in named.items() for guise in guises}
    seen: set[tuple[str, str]] = set()
    for found in verdicts:
        one, other = sorted((_guise(found.one, ids), _guise(found.other, ids)), key=lambda guise: guise.id)
        ends = (min(one.entity, other.entity), max(one.entity, other.entity))
        if found.verdict == "same" or ends not in seen:
            yield Judgement(one, other, found.verdict, found.rule)
        if found.verdict != "same":
            seen.add(ends)


def _guise(found: Profile, ids: Mapping[str, str]) -> Guise:
    return Guise(
        id=f"guise-{short_hash('Guise', 'Person', found.name, found.key)}",
        entity=ids[found.key],
        label=found.label,
        span=next((sight.span for sight in found.sights if sight.terms), found.sights[0].span),
        documents=tuple(sorted({sight.document for sight in found.sights})),
    )
