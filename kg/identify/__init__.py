"""Facts of many documents → the same facts with global ids: who is who across documents, and why.

Each step gives judgements, same or different or unsure, between guises: how some documents show a thing. What is the
same is linked, and the connected components are the things; what is different never ends up in one of them. The
judgements depend on the set of the facts, not on their order.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from itertools import chain

from kg.identify.bodies import identify_places_and_bodies
from kg.identify.events import identify_events
from kg.identify.namesakes import part_namesakes
from kg.identify.people import identify_people
from kg.identify.profiles import Observer
from kg.identify.rename import rename
from kg.identify.told import Told
from kg.knowledge import Knowledge, load
from kg.model import Facts, Judgement
from kg.renamings import renamings
from kg.seats import Seats


def identify(facts: Sequence[Facts], knowledge: Knowledge | None = None) -> tuple[Facts, ...]:
    """The facts in the same order with global ids everywhere, and the judgements that gave them."""
    knowledge = knowledge or load()
    seats = Seats(knowledge, renamings(knowledge))
    parted = [part_namesakes(one, seats, knowledge) for one in facts]
    told = Told(knowledge.judgements, {one.document.id: one.document.name for one in facts})
    others, of_others = identify_places_and_bodies(parted, renamings(knowledge), told.own_names())
    events, of_events = identify_events(parted, knowledge, told)
    observer = Observer(knowledge, seats)
    sights = chain.from_iterable(observer.sights(one, events) for one in parted)
    people, of_people = identify_people(sights, seats, told)
    by_document = {**others, **people}
    renamed = (rename(one, events, by_document) for one in parted)
    shown: defaultdict[str, list[Judgement]] = defaultdict(list)  # by the document of the later guise
    for judgement in sorted({*of_others, *of_events, *of_people}):
        shown[judgement.other.span.document].append(judgement)
    return tuple(replace(one, judgements=tuple(shown[one.document.id])) for one in renamed)
