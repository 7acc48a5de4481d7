"""One graph of all documents: what is merged, what is derived, what only the table knows."""

from dataclasses import dataclass, replace

import pytest
from facts import LAKE, MEETING, entity, lake, quote, say, write
from hypothesis import given
from hypothesis import strategies as st

from kg.assemble import assemble
from kg.identify import identify
from kg.knowledge import load
from kg.model import Assembly, Evidence, Facts, Span
from kg.seats import of_the_past


@dataclass(frozen=True)
class Row:
    code: str
    name: str
    level: str
    parent: str = ""


DIVISIONS = {
    row.code: row
    for row in (
        Row("330000", "浙江省", "province"),
        Row("330500", "湖州市", "prefecture", "330000"),
        Row("330502", "吴兴区", "county", "330500"),
    )
}


def built(*facts: Facts) -> Assembly:
    return assemble(identify(facts), DIVISIONS)


def names(assembly: Assembly) -> dict[str, str]:
    return {one.id: one.name for one in assembly.entities}


def stated(assembly: Assembly) -> set[str]:
    of = names(assembly)
    return {f"{of[s]} {p} {of.get(o, o)}" for s, p, o in (one.triple for one in assembly.statements)}


def test_the_most_frequent_name_wins_and_the_others_become_aliases() -> None:
    forms = ["中共中央政治局会议", "中央政治局会议", "中共中央政治局会议"]
    facts = []
    for number, form in enumerate(forms):
        document = write(f"d{number}", f"{form}举行。")
        one = replace(entity(document, f"Organization:{form}"), id="organization-1", aliases=("政治局",))
        facts.append(say(document, entities=(one,)))
    (merged,) = built(*facts).entities
    assert (merged.name, merged.aliases) == ("中共中央政治局会议", ("中央政治局会议", "政治局"))


def test_equal_triples_of_two_documents_become_one_with_both_reasons() -> None:
    line = "Person:李强 holdsOffice Office:上海市委书记"
    one, other = write("a", "上海市委书记李强出席。"), write("b", "上海市委书记李强讲话。")
    (statement,) = built(say(one, line), say(other, line)).statements
    assert {evidence.spans[0].document for evidence in statement.evidence} == {one.id, other.id}


def test_who_chaired_attended_and_the_reason_is_kept() -> None:
    assembly = built(lake())
    (derived,) = [one for one in assembly.statements if any(evidence.premises for evidence in one.evidence)]
    assert stated(assembly) >= {"车俊 attended 2020年度长三角地区主要领导座谈会"}
    (reason,) = derived.evidence
    assert reason.rule == "chair-attends"
    assert reason.premises == ((derived.subject, "chaired", derived.triple[2]),)


def test_nothing_is_derived_where_the_text_says_it() -> None:
    document = write("a", "李强出席并主持座谈会。")
    assembly = built(say(document, "Person:李强 attended Event:座谈会", "Person:李强 chaired Event:座谈会"))
    assert not [one for statement in assembly.statements for one in statement.evidence if one.premises]


def test_what_follows_from_a_plan_is_planned() -> None:
    document = write("a", "座谈会将由李强主持。")
    assembly = built(say(document, "Person:李强 chaired Event:座谈会 !planned"))
    assert {one.modality for statement in assembly.statements for one in statement.evidence} == {"planned"}


# (text, words of the fact, office, published, attested, acting)
TENURES = [
    ("上海市委书记李强出席。", "上海市委书记李强", "上海市委书记", "2020-06-07", ("2020-06-07",), False),
    ("上海市代市长龚正出席。", "上海市代市长龚正", "上海市代市长", "2020-06-07", ("2020-06-07",), True),
    ("上海市市长龚正出席。", "上海市市长龚正", "上海市市长", "", (), False),
    # a post of the past is not attested by the day of the article
    ("原江苏省委书记李强出席。", "原江苏省委书记李强", "江苏省委书记", "2020-06-07", (), False),
    ("时任江苏省委书记李强出席。", "时任江苏省委书记李强", "江苏省委书记", "2020-06-07", (), False),
    # 原 and 代 that are part of a name
    ("原阳县县长王平出席。", "原阳县县长王平", "原阳县县长", "2020-06-07", ("2020-06-07",), False),
    ("现代农业局局长王平出席。", "现代农业局局长王平", "现代农业局局长", "2020-06-07", ("2020-06-07",), False),
    ("最高人民法院代院长王平出席。", "最高人民法院代院长王平", "最高人民法院代院长", "", (), True),
]


@pytest.mark.parametrize(("text", "words", "office", "published", "attested", "acting"), TENURES)
def test_tenures(text: str, words: str, office: str, published: str, attested: tuple[str, ...], acting: bool) -> None:
    document = write("a", text, published=published)
    assembly = built(say(document, f"Person:某人 holdsOffice Office:{office} «{words}»"))
    (tenure,) = assembly.tenures
    assert (tenure.attested, tenure.acting, tenure.begin, tenure.end) == (attested, acting, "", "")


def test_one_tenure_for_each_person_and_office() -> None:
    document = write("a", "任命王平为代市长，免去李安的市长职务。", published="2020-06-07")
    assembly = built(
        say(
            document,
            "Person:王平 appointedTo Office:某市代市长",
            "Person:王平 holdsOffice Office:某市代市长",
            "Person:李安 removedFrom Office:某市市长",
        )
    )
    of = names(assembly)
    found = {(of[one.person], of[one.office]): one.attested for one in assembly.tenures}
    assert found == {("王平", "某市代市长"): ("2020-06-07",), ("李安", "某市市长"): ()}


@pytest.mark.parametrize("known", [False, True])
def test_an_acting_tenure_becomes_a_full_one_and_never_itself(known: bool) -> None:
    document = write("a", "任命王平为代市长。王平任市长。", published="2020-06-07")
    more = ["Person:王平 holdsOffice Office:某市市长"] if known else []
    assembly = built(say(document, "Person:王平 holdsOffice Office:某市代市长", *more))
    (acting,) = (one for one in assembly.tenures if one.acting)
    assert [one.id for one in assembly.tenures if not one.acting] == ([acting.full] if known else [])
    assert bool(acting.full) == known


def test_the_table_adds_the_divisions_above_without_a_mention() -> None:
    document = write("a", "吴兴区。")
    assembly = built(say(document, entities=(entity(document, "Place:吴兴区", code="330502"),)))
    of = names(assembly)
    assert [(of[part], of[whole]) for part, whole in assembly.within] == [("湖州市", "浙江省"), ("吴兴区", "湖州市")]
    assert {one.id: one.type for one in assembly.entities}["province-330000"] == "Province"
    assert [one.kind for one in assembly.entities if one.type == "Place"] == ["Prefecture", "County"]
    assert [of[ident] for _, ident in assembly.mentions] == ["吴兴区"]


def test_the_table_points_at_what_the_text_names() -> None:
    document = write("a", "浙江省湖州市。")
    province = entity(document, "Province:浙江省", code="330000")
    assembly = built(say(document, entities=(entity(document, "Place:湖州市", code="330500"), province)))
    assert assembly.within == (("place-330500", province.id),)
    assert len(assembly.entities) == 2


def test_a_fact_about_an_unknown_entity_is_an_error() -> None:
    facts = lake()
    with pytest.raises(ValueError, match="unknown entity"):
        built(replace(facts, entities=facts.entities[1:]))


def test_a_quotation_of_two_topics_is_one() -> None:
    topics = ("Initiative:长三角一体化发展", "Document:数字长三角建设方案")
    quotations = tuple(quote(LAKE, "Person:李强", "要推动长三角一体化发展。", topic) for topic in topics)
    (merged,) = built(replace(lake(), quotations=quotations)).quotations
    assert len(merged.about) == 2


def test_a_text_that_came_twice_counts_once() -> None:
    assert built(lake(), lake()) == built(lake())


PEOPLE = st.sampled_from(["李强", "龚正", "车俊"])
LINES = st.one_of(
    PEOPLE.map(lambda name: f"Person:{name} attended {MEETING}"),
    PEOPLE.map(lambda name: f"Person:{name} chaired {MEETING} !planned"),
    PEOPLE.map(lambda name: f"Person:{name} holdsOffice Office:上海市代市长"),
    st.just(f"{MEETING} heldOn 2020-06-05"),
)
MANY = st.lists(st.lists(LINES, max_size=4, unique=True), min_size=1, max_size=5).map(
    lambda rows: [
        say(write(f"d{number}", f"第{number}篇：李强、龚正、车俊出席。", published=f"2020-06-0{number + 1}"), *lines)
        for number, lines in enumerate(rows)
    ]
)


@given(MANY, st.randoms(use_true_random=False))
def test_the_order_of_documents_does_not_matter(facts: list[Facts], random: object) -> None:
    shuffled = list(facts)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    one, other = built(*facts), built(*shuffled)
    assert one == other
    assert [it.evidence for it in one.statements] == [it.evidence for it in other.statements]


@given(MANY)
def test_each_thing_is_there_once_and_sorted(facts: list[Facts]) -> None:
    assembly = built(*facts)
    keys: list[list[tuple[str, ...]]] = [
        [(one.id,) for one in assembly.entities],
        [one.triple for one in assembly.statements],
        [(one.id,) for one in assembly.tenures],
        list(assembly.mentions),
        list(assembly.within),
    ]
    for each in keys:
        assert each == sorted(set(each))
    triples = {one.triple for one in assembly.statements}
    evidence: list[Evidence] = [reason for one in assembly.statements for reason in one.evidence]
    assert all(premise in triples for reason in evidence for premise in reason.premises)


@pytest.mark.parametrize(
    ("text", "post", "expected"),
    [
        ("法国前总统马克莱访华", "法国前总统", True),
        ("原清远市委书记何立新受审", "原清远市委书记", True),
        ("惊悉原清远市委书记何立新逝世", "清远市委书记", True),
        ("南石村原党支部书记何立新说", "南石村原党支部书记", True),
        ("太原市市长何立新出席", "太原市市长", False),
        ("中原区区长何立新出席", "中原区区长", False),
        ("清远市委书记何立新出席", "清远市委书记", False),
    ],
)
def test_a_post_of_the_past_is_told(text: str, post: str, expected: bool) -> None:
    start = text.index(post)
    assert of_the_past(text, Span("d", start, start + len(post)), load().patterns) is expected
