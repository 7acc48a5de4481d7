"""The graph layer: what becomes a node, an edge, an attribute; and how paths read."""

import re
from pathlib import Path

import pytest

from kg.graph import Step, explain_path, find, neighbourhood, shortest_path, to_networkx
from kg.model import (
    RELATIONS,
    Assembly,
    Date,
    Document,
    Entity,
    Evidence,
    MentionType,
    Modality,
    Span,
    Statement,
)
from kg.project import predicates

TEXT = "6月5日，座谈会在湖州举行。上海市委书记李强出席并讲话。龚正出席。明天李强将考察宁波。"
DOC = Document("d1", "seed", TEXT, "座谈会在湖州举行", "2020-06-06", "新华日报", "")


def entity(spec: str, *aliases: str) -> Entity:
    kinds: dict[str, MentionType] = {"p": "Person", "e": "Event", "l": "Place", "v": "Province", "o": "Office"}
    return Entity(spec, kinds[spec[0]], spec[2:], aliases)


def said(subject: str, predicate: str, thing: str | Date, words: str, modality: Modality = "asserted") -> Statement:
    start = TEXT.index(words)
    return Statement(
        subject, predicate, thing, (Evidence("by-hand", (Span("d1", start, start + len(words)),), (), modality),)
    )


def follows(subject: str, predicate: str, thing: str, *premises: Statement) -> Statement:
    return Statement(subject, predicate, thing, (Evidence("derived", (), tuple(one.triple for one in premises)),))


SPOKE = said("p:李强", "spokeAt", "e:座谈会", "李强出席并讲话")
ASSEMBLY = Assembly(
    documents=(DOC,),
    entities=tuple(
        sorted(
            (
                entity("p:李强"), entity("p:龚正"), entity("e:座谈会", "“座谈会议”"), entity("l:湖州市", "湖州"),
                entity("l:宁波市", "宁波"), entity("v:浙江省"), entity("o:上海市委书记"), entity("p:孤立"),
            ),
            key=lambda one: one.id,
        )
    ),
    statements=tuple(
        sorted(
            (
                SPOKE,
                follows("p:李强", "attended", "e:座谈会", SPOKE),
                said("p:龚正", "attended", "e:座谈会", "龚正出席"),
                said("p:李强", "holdsOffice", "o:上海市委书记", "上海市委书记李强"),
                said("p:李强", "visited", "l:宁波市", "李强将考察宁波", "planned"),
                said("e:座谈会", "heldAt", "l:湖州市", "座谈会在湖州举行"),
                said("e:座谈会", "heldOn", Date("2020-06-05"), "6月5日，座谈会"),
            ),
            key=lambda one: one.triple,
        )
    ),
    quotations=(),
    tenures=(),
    mentions=(("d1", "e:座谈会"), ("d1", "p:李强")),
    within=(("l:宁波市", "v:浙江省"), ("l:湖州市", "v:浙江省")),
)
GRAPH = to_networkx(ASSEMBLY)


def test_entities_are_nodes_and_dates_are_not() -> None:
    assert list(GRAPH) == [one.id for one in ASSEMBLY.entities]
    node = GRAPH.nodes["e:座谈会"]
    assert (node["type"], node["label"], node["aliases"]) == ("Event", "座谈会", ["“座谈会议”"])
    assert list(node["dates"]["heldOn"]) == ["2020-06-05"]
    assert node["dates"]["heldOn"]["2020-06-05"]["evidence"][0]["sentence"] == "6月5日，座谈会在湖州举行。"


def test_a_node_has_its_days_and_the_articles_that_name_it() -> None:
    meeting, person, alone = (GRAPH.nodes[one] for one in ("e:座谈会", "p:李强", "p:孤立"))
    assert meeting["days"] == ("2020-06-05",)  # its own, not that of the article
    assert person["days"] == ("2020-06-06",)
    article = {"article": "seed", "title": "座谈会在湖州举行", "date": "2020-06-06", "outlet": "新华日报", "url": ""}
    assert meeting["evidence"] == person["evidence"] == [article]
    assert (alone["days"], alone["evidence"]) == ((), [])


def test_an_edge_leads_to_its_sentence() -> None:
    edge = GRAPH.edges["p:李强", "o:上海市委书记", "holdsOffice"]
    (source,) = edge["evidence"]
    assert (edge["label"], edge["modality"]) == ("担任", "asserted")
    assert source["sentence"] == "上海市委书记李强出席并讲话。"
    assert source["sentence"][source["start"] : source["end"]] == "上海市委书记李强"
    assert (source["title"], source["date"], source["outlet"]) == ("座谈会在湖州举行", "2020-06-06", "新华日报")


def test_a_derived_edge_leads_to_the_sentences_of_its_premises() -> None:
    (source,) = GRAPH.edges["p:李强", "e:座谈会", "attended"]["evidence"]
    assert source["sentence"] == "上海市委书记李强出席并讲话。"
    assert source["premises"] == [("p:李强", "spokeAt", "e:座谈会")]


def test_premises_in_a_circle_come_to_an_end() -> None:
    one = Statement("p:李强", "met", "p:龚正", (Evidence("r", (), (("p:龚正", "met", "p:李强"),)),))
    other = Statement("p:龚正", "met", "p:李强", (Evidence("r", (), (("p:李强", "met", "p:龚正"),)),))
    graph = to_networkx(Assembly(ASSEMBLY.documents, ASSEMBLY.entities, (one, other), (), (), (), ()))
    assert graph.edges["p:李强", "p:龚正", "met"]["evidence"] == []


def test_plans_and_background_are_told_apart() -> None:
    assert GRAPH.edges["p:李强", "l:宁波市", "visited"]["modality"] == "planned"
    background = GRAPH.edges["l:湖州市", "v:浙江省", "within"]
    assert (background["label"], background["evidence"]) == ("隶属", [])


@pytest.mark.parametrize(
    ("a", "b", "line"),
    [
        ("p:李强", "p:龚正", "李强 —出席→ 座谈会 ←出席— 龚正"),
        ("p:李强", "l:湖州市", "李强 —出席→ 座谈会 —举办地→ 湖州市"),
        ("l:湖州市", "p:龚正", "湖州市 ←举办地— 座谈会 ←出席— 龚正"),
        # Two ways of three steps: what was said goes before what was planned.
        ("p:李强", "v:浙江省", "李强 —考察→ 宁波市 —隶属→ 浙江省"),
        ("p:李强", "p:李强", ""),
    ],
)
def test_paths_read_in_the_direction_of_their_triples(a: str, b: str, line: str) -> None:
    path = shortest_path(GRAPH, a, b)
    assert path is not None
    assert explain_path(GRAPH, path) == line


def test_among_equal_paths_what_is_asserted_comes_first() -> None:
    planned = said("p:李强", "visited", "e:座谈会", "李强将考察宁波", "planned")
    graph = to_networkx(
        Assembly((DOC,), ASSEMBLY.entities, (planned, SPOKE), (), (), (), (("e:座谈会", "p:李强"),))
    )
    assert shortest_path(graph, "p:李强", "e:座谈会") == (Step("p:李强", "spokeAt", "e:座谈会", True),)


def test_no_path_is_none() -> None:
    assert shortest_path(GRAPH, "p:李强", "p:孤立") is None


def test_every_step_of_a_path_is_an_edge() -> None:
    for step in shortest_path(GRAPH, "p:龚正", "l:宁波市") or ():
        subject, predicate, thing = step.triple
        assert GRAPH.has_edge(subject, thing, key=predicate)


@pytest.mark.parametrize(
    ("name", "ids"),
    [
        ("李强", ("p:李强",)),
        ("湖州", ("l:湖州市",)),
        ("座谈会议", ("e:座谈会",)),
        ("“座谈会”", ("e:座谈会",)),
        ("无", ()),
    ],
)
def test_find_goes_by_name_then_by_alias(name: str, ids: tuple[str, ...]) -> None:
    assert find(GRAPH, name) == ids


def test_a_neighbourhood_walks_over_the_wanted_types_only() -> None:
    assert set(neighbourhood(GRAPH, "p:李强", 1)) == {"p:李强", "e:座谈会", "o:上海市委书记", "l:宁波市"}
    part = neighbourhood(GRAPH, "p:李强", 2, ["Event", "Person"])
    assert list(part) == ["e:座谈会", "p:李强", "p:龚正"]
    assert part.edges["p:龚正", "e:座谈会", "attended"]["evidence"]
    assert set(neighbourhood(GRAPH, "p:李强", 0)) == {"p:李强"}


def test_every_relation_has_its_words_and_the_table_is_sorted() -> None:
    known = predicates()
    assert set(known) == {*RELATIONS, "within"}
    assert list(known) == sorted(known)
    assert all(one.zh and one.en and one.inverse for one in known.values())


def test_the_words_are_those_of_the_ontology() -> None:
    ontology = (Path(__file__).parent.parent / "ontology.ttl").read_text(encoding="utf-8")
    labels = re.findall(r'^kg:(\w+) a [^;]+;\s+rdfs:label "([^"]+)"@zh , "([^"]+)"@en', ontology, re.MULTILINE)
    declared = {name: (zh, en) for name, zh, en in labels}
    for name, one in predicates().items():
        assert declared[name] == (one.zh, one.en)
