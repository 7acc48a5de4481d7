"""Why a fact is there, and all that is known of a thing: from the store alone."""

from dataclasses import replace

import pytest
from extracted import facts_of
from facts import LAKE, lake, say, write

from kg.assemble import assemble
from kg.errors import NotFoundError, QueryError
from kg.explain import Fact, find, show, why
from kg.identify import identify
from kg.rdf import triples
from kg.store import Store, load
from kg.tell import BOLD, write_facts, write_profile

LATER = write("later", "李强讲话。\n上海市委书记李强出席。", published="2020-08-01", title="后来", source="解放日报")
FORUM = "2020年度长三角地区主要领导座谈会"


@pytest.fixture(scope="module")
def store() -> Store:
    facts = [lake(), say(LATER, "Person:李强 holdsOffice Office:上海市委书记 «上海市委书记李强»")]
    return load(triples(assemble(identify(facts), {})))


def the(facts: tuple[Fact, ...]) -> Fact:
    (fact,) = facts
    return fact


def test_a_fact_has_each_sentence_that_says_it_by_date(store: Store) -> None:
    fact = the(why(store, "李强", "holdsOffice"))
    assert [passage.date for passage in fact.passages] == ["2020-06-07", "2020-08-01"]
    first, second = fact.passages
    assert first.sentence[first.start : first.end] == second.sentence[second.start : second.end] == "上海市委书记李强"
    assert (second.title, second.outlet, second.rule) == ("后来", "解放日报", "by-hand")
    assert first.url == LAKE.url


def test_a_derived_fact_shows_what_it_follows_from(store: Store) -> None:
    fact = the(why(store, "车俊", "出席"))
    assert (fact.passages, fact.rule) == ((), "chair-attends")
    (premise,) = fact.premises
    assert (premise.predicate, premise.passages[0].rule) == ("chaired", "chairs")


@pytest.mark.parametrize(
    ("subject", "predicate", "thing", "found"),
    [
        ("李强", None, None, 4),
        ("李强", "attended", None, 1),
        ("李强", None, FORUM, 2),
        ("会议", "举办地", "湖州", 1),
        (FORUM, "heldOn", "2020-06-05", 1),
        ("place-330500", None, None, 0),
        ("李强", "attended", "湖州", 0),
        (FORUM, "heldOn", "2019", 0),
    ],
)
def test_facts_are_found_by_name_alias_id_and_date(
    store: Store, subject: str, predicate: str | None, thing: str | None, found: int
) -> None:
    if found:
        assert len(why(store, subject, predicate, thing)) == found
    else:
        with pytest.raises(NotFoundError, match="does not say"):
            why(store, subject, predicate, thing)


def test_what_is_not_there_is_told(store: Store) -> None:
    with pytest.raises(NotFoundError, match="无此人"):
        why(store, "无此人")
    with pytest.raises(NotFoundError, match="无此物"):
        why(store, "李强", "attended", "无此物")
    with pytest.raises(QueryError, match="there are holdsOffice"):
        why(store, "李强", "likes")


@pytest.mark.parametrize("name", ['"', "李强\"@zh . }", "\\", "a>b", "\n", ""])
def test_no_name_is_read_as_sparql(store: Store, name: str) -> None:
    with pytest.raises(NotFoundError):
        find(store, name)


def test_a_name_wins_over_an_alias(store: Store) -> None:
    assert [thing.name for thing in find(store, "湖州")] == ["湖州市"]
    (thing,) = find(store, "李强")
    assert find(store, thing.id) == (thing,)


def test_a_profile_of_a_person(store: Store) -> None:
    (profile,) = show(store, "李强")
    assert [(post.office.name, post.attested) for post in profile.posts] == [
        ("上海市委书记", ("2020-06-05", "2020-06-07", "2020-08-01"))
    ]
    assert dict(profile.outgoing)["speaksOf"][0].type == "Initiative"
    assert profile.quotations[0].words == "要推动长三角一体化发展。"
    assert profile.quotations[0].about == ("长三角一体化发展",)
    assert profile.articles == (("2020-06-07", LAKE.title), ("2020-08-01", "后来"))


def test_profiles_of_other_things(store: Store) -> None:
    (event,) = show(store, FORUM)
    assert (event.kinds, event.aliases) == (("Meeting",), ("会议",))
    assert [thing.name for thing in dict(event.outgoing)["heldOn"]] == ["2020-06-05"]
    assert [thing.name for thing in dict(event.incoming)["attended"]] == ["李强", "车俊"]
    (office,) = show(store, "上海市代市长")
    assert [(post.person.name, post.acting) for post in office.posts] == [("龚正", True)]
    (province,) = show(store, "江苏省")
    assert (province.entity.type, province.kinds) == ("Province", ("Place",))


def test_as_text(store: Store) -> None:
    text = write_facts(why(store, "车俊"))
    assert "车俊 —出席→ " + FORUM in text
    assert "【车俊主持】" in text
    assert "新华日报 《" + LAKE.title in text
    assert "\x1b[1;33m车俊主持\x1b[0m" in write_facts(why(store, "车俊"), BOLD)
    assert "（计划）" in write_facts(why(store, "2021年度座谈会"))
    profile = write_profile(show(store, "湖州")[0])
    assert "又作 湖州" in profile
    assert "在此举行: " + FORUM in profile


def test_no_text_of_an_article_commands_the_terminal() -> None:
    document = replace(LATER, title="\x1b[31m红\u202e")
    facts = say(document, "Person:李强 holdsOffice Office:上海市委书记 «上海市委书记李强»")
    graph = load(triples(assemble(identify([facts]), {})))
    for text in (write_facts(why(graph, "李强")), write_profile(show(graph, "李强")[0])):
        assert "\x1b" not in text
        assert "\u202e" not in text


def test_the_post_of_who_acts_in_it_is_found_by_the_name_of_the_full_one() -> None:
    store = load(triples(assemble(identify([facts_of("清远市代市长佟画出席会议。")]), {})))
    assert [thing.name for thing in find(store, "清远市市长")] == ["清远市代市长"]
    with pytest.raises(NotFoundError):
        find(store, "清远市长官")
