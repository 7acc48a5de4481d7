"""Are two guises of one name one person? Small functions that answer or abstain; the first answer is the judgement.

What speaks against it comes first: sexes, years of birth, two seats at once. Who is left is one person: officials
change their posts, and a name with posts that can follow one another is as a rule one career.
"""

from collections.abc import Callable, Iterator

from kg.identify.profiles import Profile, Term
from kg.model import Verdict
from kg.seats import Seat, Seats

Answer = Verdict | None

_MONTH, _SEASON, _YEAR = 31, 92, 365
_COUNTY_HEAD, _PREFECTURE_HEAD = 4, 6
_CAREER = 15 * _YEAR


class Pair:
    """Two guises of one name, and what they are compared by."""

    def __init__(self, one: Profile, other: Profile, seats: Seats) -> None:
        self.one, self.other = one, other
        self._seats = seats

    def unrelated(self) -> Iterator[tuple[Term, Term]]:
        """The seats of the one and of the other that one person cannot hold side by side."""
        for one, other in self.seats():
            if not self._seats.related(one.seat, other.seat):
                yield one, other

    def seats(self) -> Iterator[tuple[Term, Term]]:
        """The seats of the one and of the other that each fill a person's days."""
        for one in self.one.terms:
            yield from ((one, other) for other in self.other.terms if one.seat.alone and other.seat.alone)

    def related(self) -> bool:
        """Whether a seat of the one lies where a seat of the other does: 宁乡县, 长沙市."""
        placed = [[term.seat for term in each.terms if term.seat.of] for each in (self.one, self.other)]
        return any(self._seats.related(one, other) for one in placed[0] for other in placed[1])

    def move_is_told(self, term: Term) -> bool:
        """Whether a document says that a seat was taken or left."""
        return term.seat.name in self.one.told | self.other.told


def _gap(one: Term, other: Term) -> int:
    """The days between the last of the earlier and the first of the later; negative where they lie in one another."""
    return max(one.days[0], other.days[0]) - min(one.days[-1], other.days[-1])


def _both(one: Seat, other: Seat) -> tuple[int, int]:
    return min(one.rank, other.rank), max(one.rank, other.rank)


def sexes_differ(pair: Pair) -> Answer:
    """周敏，女，… and 周敏，男，…."""
    return "different" if pair.one.sexes and pair.other.sexes and not pair.one.sexes & pair.other.sexes else None


def births_differ(pair: Pair) -> Answer:
    """1978年5月生 and 1971年3月生; a year more or less is a slip of the pen."""
    years = [{year for year, _ in each.births} for each in (pair.one, pair.other)]
    if not all(years):
        return None
    return "different" if min(abs(one - other) for one in years[0] for other in years[1]) > 1 else None


def births_same(pair: Pair) -> Answer:
    """1968年7月生 of a county head and of a city's secretary."""
    return "same" if any(month for _, month in pair.one.births & pair.other.births) else None


def full_name_and_short(pair: Pair) -> Answer:
    """巴西总统罗塞夫 and 巴西总统迪尔玛·罗塞夫."""
    if pair.one.name == pair.other.name:
        return None
    seats = ({term.seat.name for term in each.terms if term.seat.distinct} for each in (pair.one, pair.other))
    return "same" if frozenset.intersection(*map(frozenset, seats)) else None


def two_seats_at_once(pair: Pair) -> Answer:
    """余杭区副区长 in March and June, 萧山区副区长 in April: nobody comes back to a seat after a month in another."""
    for one, other in pair.unrelated():
        if one.days and other.days and _gap(one, other) <= 0:
            return "different"
    return None


def two_provinces_in_a_month(pair: Pair) -> Answer:
    """洛川县县长 on May 6, 莒县县长 on May 20, and no word of a move."""
    for one, other in pair.unrelated():
        far = one.seat.province != other.seat.province
        told = pair.move_is_told(one) or pair.move_is_told(other)
        if one.days and other.days and far and not told and _gap(one, other) <= _MONTH:
            return "different"
    return None


def same_rank_next_door(pair: Pair) -> Answer:
    """副区长 of two districts within a season: one who moves rises, or the papers tell of the move."""
    for one, other in pair.unrelated():
        low, high = _both(one.seat, other.seat)
        told = pair.move_is_told(one) or pair.move_is_told(other)
        if one.days and other.days and 0 <= low == high < _COUNTY_HEAD and _gap(one, other) <= _SEASON and not told:
            return "different"
    return None


def two_provinces_below_the_province(pair: Pair) -> Answer:
    """A county's deputy in one province, a county's head in another: only who leads a prefecture is moved so far."""
    for one, other in pair.unrelated():
        low, high = _both(one.seat, other.seat)
        far = one.seat.province and other.seat.province and one.seat.province != other.seat.province
        if far and 0 <= low <= _COUNTY_HEAD and high <= _PREFECTURE_HEAD and _near(one, other, _CAREER):
            return "different"
    return None


def too_steep(pair: Pair) -> Answer:
    """A town's head who leads a city three years later, or a city's secretary who then is a county's deputy."""
    for one, other in pair.seats():
        if not one.days or not other.days or min(one.seat.rank, other.seat.rank) < 0:
            continue
        first, last = (one, other) if one.days[0] <= other.days[0] else (other, one)
        climb, gap = last.seat.rank - first.seat.rank, max(0, _gap(one, other))
        if (climb >= 3 and gap < 3 * _YEAR) or climb <= -3:
            return "different"
    return None


def leader_and_layman(pair: Pair) -> Answer:
    """南阳市委书记赵刚 and 小学教师赵刚, 巴东县县长谭明亮 and 村民谭明亮, within ten years."""
    for one, other in ((pair.one, pair.other), (pair.other, pair.one)):
        leads = any(term.seat.alone and (term.seat.rank >= 2 or not term.seat.area) for term in one.terms)
        lay = other.walks and not one.walks and not any(term.seat.alone for term in other.terms)
        days = one.days, other.days
        near = not all(days) or max(days[0][0], days[1][0]) - min(days[0][-1], days[1][-1]) < 10 * _YEAR
        if leads and lay and near:
            return "different"
    return None


def two_walks(pair: Pair) -> Answer:
    """村民 and 运动员, of whom nothing else is said."""
    if any(term.seat.distinct for each in (pair.one, pair.other) for term in each.terms):
        return None
    return "different" if pair.one.walks and pair.other.walks and not pair.one.walks & pair.other.walks else None


def one_career(pair: Pair) -> Answer:
    """宁乡县县长 in 2014, 长沙市副市长 in 2018: posts in one another's area."""
    return "same" if pair.related() else None


def nothing_against(_: Pair) -> Answer:
    """江西省副省长 in 2017, 成都市委书记 in 2019."""
    return "same"


def _near(one: Term, other: Term, days: int) -> bool:
    return not one.days or not other.days or _gap(one, other) <= days


SIEVES: tuple[tuple[str, Callable[[Pair], Answer]], ...] = (
    ("sexes-differ", sexes_differ),
    ("births-differ", births_differ),
    ("births-same", births_same),
    ("full-name-and-short", full_name_and_short),
    ("two-seats-at-once", two_seats_at_once),
    ("two-provinces-in-a-month", two_provinces_in_a_month),
    ("same-rank-next-door", same_rank_next_door),
    ("two-provinces-below-the-province", two_provinces_below_the_province),
    ("too-steep", too_steep),
    ("leader-and-layman", leader_and_layman),
    ("two-walks", two_walks),
    ("one-career", one_career),
    ("nothing-against", nothing_against),
)


def judge(pair: Pair) -> tuple[Verdict, str]:
    """The verdict and the name of the sieve that gave it."""
    for name, sieve in SIEVES:
        if verdict := sieve(pair):
            return verdict, name
    return "unsure", "no-sieve"
