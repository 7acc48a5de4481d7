"""Who is who across documents: above all which events are one."""

import pytest
from facts import lake, say, write
from hypothesis import given
from hypothesis import strategies as st

from kg.identify import identify
from kg.model import Facts


def held(name: str, event: str, *days: str) -> Facts:
    document = write(name, f"{event}举行。李强出席。")
    dated = [f"Event:{event} heldOn {day}" for day in days]
    return say(document, *dated, f"Person:李强 attended Event:{event}")


def event_of(facts: Facts) -> str:
    return next(entity.id for entity in facts.entities if entity.type == "Event")


# (event, days of one document, days of the other, one event?)
CASES = [
    # the same day, or a day of both
    ("国务院常务会议", ["2023-06-07"], ["2023-06-07"], True),
    ("国务院常务会议", ["2023-06-07"], ["2023-06-14"], False),
    ("中央农村工作会议", ["2023-12-19/2023-12-20"], ["2023-12-20"], True),
    ("中央农村工作会议", ["2023-12-19", "2023-12-20"], ["2023-12-20"], True),
    # no day, or a month, says nothing
    ("国务院常务会议", [], [], False),
    ("国务院常务会议", ["2023-06"], ["2023-06"], False),
    ("国务院常务会议", ["2023-06-07"], [], False),
    # the name says which one
    ("2020年度长三角地区主要领导座谈会", ["2020-06-05"], [], True),
    ("2020年度长三角地区主要领导座谈会", ["2020-06-05"], ["2020-06-06"], True),
    ("第七届中国国际进口博览会", [], [], True),
    ("党的十九大", [], [], True),
    ("党的十九届五中全会", [], [], True),
    ("二〇二〇年全国经济工作座谈会", [], [], True),
    # it does not, where the days are months apart: two bodies, or two years' copies of one name
    ("第一届全体会议", ["2020-01-05"], ["2021-03-06"], False),
    # two such meetings of one day are as a rule two
    ("座谈会", ["2023-06-07"], ["2023-06-07"], False),
]


@pytest.mark.parametrize(("event", "one", "other", "same"), CASES)
def test_events_are_one_where_day_or_edition_says_so(
    event: str, one: list[str], other: list[str], same: bool
) -> None:
    first, second = identify([held("a", event, *one), held("b", event, *other)])
    assert (event_of(first) == event_of(second)) is same


def test_an_undated_event_joins_none_of_two_editions() -> None:
    facts = [
        held("a", "第一届全体会议", "2020-01-05"),
        held("b", "第一届全体会议", "2021-03-06"),
        held("c", "第一届全体会议"),
    ]
    assert len({event_of(one) for one in identify(facts)}) == 3


def test_days_link_in_a_chain() -> None:
    name = "中央农村工作会议"
    facts = [held("a", name, "2023-12-19"), held("b", name, "2023-12-19", "2023-12-20"), held("c", name, "2023-12-20")]
    assert len({event_of(one) for one in identify(facts)}) == 1


def test_an_id_does_not_change_when_a_second_document_comes() -> None:
    first = held("a", "国务院常务会议", "2023-06-07")
    alone = event_of(identify([first])[0])
    assert alone == event_of(identify([first, held("b", "国务院常务会议", "2023-06-07")])[0])


def test_everything_is_renamed() -> None:
    before = lake()
    (after,) = identify([before])
    local = event_of(before)
    assert event_of(after) != local
    assert local not in repr(after)
    assert [one.evidence for one in after.statements] == [one.evidence for one in before.statements]


DAYS = st.sampled_from(["2023-06-07", "2023-06-08", "2023-06-07/2023-06-09", "2023-06", "2023-09-01"])
NAMES = st.sampled_from(["国务院常务会议", "第七届工作会议", "座谈会", "中央农村工作会议"])
MANY = st.lists(st.tuples(NAMES, st.lists(DAYS, max_size=2)), min_size=1, max_size=8).map(
    lambda rows: [held(f"d{number}", event, *days) for number, (event, days) in enumerate(rows)]
)


@given(MANY, st.randoms(use_true_random=False))
def test_the_order_of_documents_does_not_matter(facts: list[Facts], random: object) -> None:
    shuffled = list(facts)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert set(identify(facts)) == set(identify(shuffled))


@given(MANY)
def test_to_identify_twice_changes_nothing(facts: list[Facts]) -> None:
    once = identify(facts)
    assert identify(once) == once
