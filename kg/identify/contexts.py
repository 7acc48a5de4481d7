"""Whose name it is where an article says nothing of the person: 丁天佑指出, of two who are called so."""

from collections.abc import Callable, Sequence

from kg.identify.profiles import Profile
from kg.seats import Seats

Person = Sequence[Profile]

_PROVINCE_SECOND = 7  # a rank
_MANY = 10


def home(guise: Profile, people: Sequence[Person], seats: Seats) -> tuple[Person, str]:
    """The one person that a sieve finds, with the name of the sieve; of several none is taken."""
    if len(people) == 1:
        return people[0], "nothing-against"
    if known := _in_every_paper(people):
        return known, "in-every-paper"
    for name, sieve in _SIEVES:
        found = [person for person in people if sieve(guise, person, seats)]
        if len(found) == 1:
            return found[0], name
    return (), "two-of-that-name"


def _in_every_paper(people: Sequence[Person]) -> Person:
    """The person of whom ten times as many articles tell as of all others of the name."""
    ordered = sorted(people, key=_weight)
    most, rest = _weight(ordered[-1]), sum(map(_weight, ordered[:-1]))
    return ordered[-1] if most >= _MANY * rest else ()


def _weight(person: Person) -> int:
    return sum(len(guise.sights) for guise in person)


def same_event(guise: Profile, person: Person, _: Seats) -> bool:
    """Both were at the 2021年度淮河生态经济带省际联席会议."""
    here = {event for sight in guise.sights for event in sight.events}
    return any(here & sight.events for one in person for sight in one.sights)


def seat_in_sight(guise: Profile, person: Person, _: Seats) -> bool:
    """The article names the county of which the person is 县长."""
    areas = {code for sight in guise.sights for code in sight.areas}
    return any(term.seat.area in areas and len(term.seat.area) == 6 and not term.seat.area.endswith("0000")
               for one in person for term in one.terms)  # fmt: skip


def seat_around(guise: Profile, person: Person, seats: Seats) -> bool:
    """The article names a place in the city or the province of the person's seat."""
    provinces = {code[:2] for sight in guise.sights for code in sight.areas}
    return any(term.seat.province in provinces for one in person for term in one.terms if term.seat.province)


def far_and_wide(guise: Profile, person: Person, _: Seats) -> bool:
    """A name without a post is that of a leader of a province, not of a county's deputy."""
    return any(term.seat.rank >= _PROVINCE_SECOND for one in person for term in one.terms)


def in_office(guise: Profile, person: Person, _: Seats) -> bool:
    """Of a secretary and a villager, it is the secretary whose words are printed without saying who he is."""
    return any(term.seat.alone and term.days for one in person for term in one.terms)


_SIEVES: tuple[tuple[str, Callable[[Profile, Person, Seats], bool]], ...] = (
    ("same-event", same_event),
    ("seat-in-sight", seat_in_sight),
    ("seat-around", seat_around),
    ("far-and-wide", far_and_wide),
    ("in-office", in_office),
)
