"""Facts of many documents → the same facts with global ids: who is who across documents, and why.

Each step gives judgements, same or different or unsure, between guises: how some documents show a thing. What is the
same is linked, and the connected components are the things; what is different never ends up in one of them. The
judgements depend on the set of the facts, not on their order.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from kg.identify.bodies import Shown, judge_places_and_bodies, places_and_bodies
from kg.identify.events import Candidate, candidates_of, identify_events
from kg.identify.namesakes import part_namesakes
from kg.identify.people import Local, identify_people
from kg.identify.profiles import Observer, Sight
from kg.identify.rename import rename
from kg.identify.told import Told
from kg.knowledge import Knowledge, load
from kg.model import Facts, Judgement
from kg.renamings import renamings
from kg.seats import Seats


@dataclass(frozen=True, slots=True)
class Observed:
    """All that identification asks a document for: a pure function of its facts."""

    facts: Facts  # namesakes within it told apart
    candidates: tuple[Candidate, ...]
    sights: tuple[Sight, ...]  # with local ids of events
    shown: tuple[Shown, ...]
    ids: Mapping[str, str]  # of places and bodies, where they have other ones


@dataclass(frozen=True, slots=True)
class Identity:
    """Who is who."""

    events: Mapping[str, str]  # global id by local one, of those of which it can be said
    people: Mapping[tuple[str, str], str]  # by document and local id, where it is another
    judgements: tuple[Judgement, ...]


class Identifier:
    """Observes documents one by one, judges what they show, and gives them global ids."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self._seats = Seats(knowledge, renamings(knowledge))
        self._observer = Observer(knowledge, self._seats)
        self._own = Told(knowledge.judgements, {}).own_names()

    def observe(self, facts: Facts) -> Observed:
        """What a document shows."""
        parted = part_namesakes(facts, self._seats, self._knowledge)
        ids, shown = places_and_bodies(parted, renamings(self._knowledge), self._own)
        candidates = tuple(candidates_of(parted))
        local = {one.id: one.id for one in candidates}
        return Observed(parted, candidates, tuple(self._observer.sights(parted, local)), shown, ids)

    def judge_events(
        self, candidates: Iterable[Candidate], articles: Mapping[str, str]
    ) -> tuple[dict[str, str], list[Judgement]]:
        """The global ids of events, and why; see `identify_events`."""
        return identify_events(candidates, self._knowledge, Told(self._knowledge.judgements, articles))

    def judge_people(
        self, sights: Iterable[Sight], events: Mapping[str, str], articles: Mapping[str, str]
    ) -> tuple[dict[tuple[str, str], str], list[Judgement]]:
        """The global ids of persons, and why; see `identify_people`."""
        seen = with_events(sights, events)
        return identify_people(seen, self._seats, Told(self._knowledge.judgements, articles))

    def name(self, observed: Observed, identity: Identity) -> Facts:
        """The facts of a document with global ids."""
        document = observed.facts.document.id
        by_document = {(document, local): ident for local, ident in observed.ids.items()}
        by_document |= {
            key: identity.people[key]
            for one in observed.sights
            if (key := (document, one.local)) in identity.people
        }
        return rename(observed.facts, identity.events, by_document)


def with_events(sights: Iterable[Sight], events: Mapping[str, str]) -> Iterator[Sight]:
    """The sights with global ids of events, where there are some."""
    for one in sights:
        yield replace(one, events=frozenset(events[it] for it in one.events if it in events)) if one.events else one


# From global ids of events by local ones to what `Identifier.judge_people` gives.
PeopleStep = Callable[[Mapping[str, str]], tuple[dict[Local, str], list[Judgement]]]


def identify(facts: Sequence[Facts], knowledge: Knowledge | None = None) -> tuple[Facts, ...]:
    """The facts in the same order with global ids everywhere, and the judgements that gave them."""
    return identify_observed(facts, knowledge or load())[0]


def identify_observed(
    facts: Sequence[Facts], knowledge: Knowledge, people_step: PeopleStep | None = None
) -> tuple[tuple[Facts, ...], tuple[Observed, ...], Identity]:
    """The same, with what the documents show and who is who; `people_step` judges people, if that is done elsewhere."""
    identifier = Identifier(knowledge)
    observed = tuple(map(identifier.observe, facts))
    articles = {one.document.id: one.document.name for one in facts}
    events, of_events = identifier.judge_events((it for one in observed for it in one.candidates), articles)
    if people_step is not None:
        people, of_people = people_step(events)
    else:
        people, of_people = identifier.judge_people((it for one in observed for it in one.sights), events, articles)
    of_others = judge_places_and_bodies(it for one in observed for it in one.shown)
    identity = Identity(events, people, tuple(sorted({*of_others, *of_events, *of_people})))
    shown: defaultdict[str, list[Judgement]] = defaultdict(list)  # by the document of the later guise
    for judgement in identity.judgements:
        shown[judgement.other.span.document].append(judgement)
    named = (identifier.name(one, identity) for one in observed)
    whole = tuple(replace(one, judgements=tuple(shown[one.document.id])) for one in named)
    return whole, observed, identity
