"""Named queries: each works, says what it takes, gives names and not ids, and can be told nothing but values."""

import csv
import io
import json
from pathlib import Path

import pytest
from facts import MEETING, entity, lake, say, write
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.assemble import assemble
from kg.correct import correct
from kg.corrections import Entry
from kg.errors import QueryError
from kg.identify import identify
from kg.query import NamedQuery, as_text, ask, bind, find_query, named_queries, parse_query, write_answer
from kg.rdf import ntriples, triples
from kg.store import Store, load
from kg.table import lay_out, visible, width

VISIT = write("visit", "李强在湖州调研，会见车俊，签署《合作协议》。任命龚正为上海市市长。", published="2020-07-01")
TWO = write("two", "清远市市长张三出席。清远市市长李四讲话。", published="2020-08-01")
QINGYUAN = entity(TWO, "Place:清远市", kind="Prefecture", code="441800")
IN_A_SEAT = ("Person:张三 holdsOffice Office:清远市市长", "Person:李四 holdsOffice Office:清远市市长")
NAMESAKES = [say(TWO, *IN_A_SEAT, "Office:清远市市长 officeIn Place:清远市", entities=(QINGYUAN,))] + [
    say(
        document := write(f"{place}{month}", f"{place}县长王五出席。", published=f"2020-{month}-01"),
        f"Person:王五 holdsOffice Office:{place}县长 «{place}县长王五»",
        f"Office:{place}县长 officeIn Place:{place}",
        entities=(entity(document, f"Place:{place}", kind="County", code=code),),
    )
    for place, month, code in (("阳山县", "08", "441823"), ("佛冈县", "09", "441821"), ("阳山县", "10", "441823"))
]
BOTH = write("both", "清远市委书记赵六出席。韶关市委书记赵六讲话。", published="2020-08-01")
SHAOGUAN = entity(BOTH, "Place:韶关市", kind="Prefecture", code="440200")
SUCCESSION = [
    say(
        document := write(f"mayor{year}", f"韶关市市长{name}出席。", published=f"{year}-03-01"),
        f"Person:{name} holdsOffice Office:韶关市市长 «韶关市市长{name}»",
        "Office:韶关市市长 officeIn Place:韶关市",
        entities=(entity(document, "Place:韶关市", kind="Prefecture", code="440200"),),
    )
    for year, name in (("2018", "孙七"), ("2021", "周八"))
]
ACTING = write("acting", "代县代县长吴九出席。", published="2022-03-01")  # 代 of the name stays, that of the post goes
EARLIER = write("earlier", "2019年度长三角地区主要领导座谈会在芜湖市举行。")
IDENTIFIED = identify(
    [
        lake(),
        say(
            VISIT,
            "Person:李强 visited Place:湖州",
            "Person:李强 met Person:车俊",
            "Person:李强 signed Document:合作协议",
            "Person:龚正 appointedTo Office:上海市市长",
        ),
        *NAMESAKES,
        *SUCCESSION,
        say(ACTING, "Person:吴九 holdsOffice Office:代县代县长 «代县代县长吴九»"),
        say(
            BOTH,
            "Person:赵六 holdsOffice Office:清远市委书记 «清远市委书记赵六»",
            "Person:赵六 holdsOffice Office:韶关市委书记 «韶关市委书记赵六»",
            "Office:清远市委书记 officeIn Place:清远市",
            "Office:韶关市委书记 officeIn Place:韶关市",
            entities=(entity(BOTH, "Place:清远市", kind="Prefecture", code="441800"), SHAOGUAN),
        ),
        say(EARLIER, "Event:2019年度长三角地区主要领导座谈会 heldAt Place:芜湖市"),
    ]
)
WHO = {"who": "馆员甲", "when": "2026-11-25", "why": "查过"}
ENTRIES = [
    Entry("c.toml", 3, "assert", ("车俊", "visited", "湖州市"), source="年鉴", **WHO),
    Entry("c.toml", 9, "reject", ("2021年度座谈会", "heldAt", "江苏省"), **WHO),
]
CORRECTED, CORRECTIONS = correct(IDENTIFIED, ENTRIES)
ASSEMBLY = assemble(CORRECTED, {}, (), None, CORRECTIONS)
QUERIES = {query.name: query for query in named_queries()}
FORUM = MEETING.removeprefix("Event:")


@pytest.fixture(scope="module", params=["memory", "disk"])
def store(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Store:
    if request.param == "memory":
        return load(triples(ASSEMBLY))
    folder = tmp_path_factory.mktemp("out")
    (folder / "graph.nt").write_bytes(ntriples(ASSEMBLY))
    return load(folder / "graph.nt", folder / "store")


# (query, parameters, a row that must be there, begun)
EXPECTED = [
    ("offices", {"person": "龚正"}, ["龚正", "上海市代市长", "", "2020-06-07", "2020-06-07", "true"]),
    ("offices", {}, ["李强", "上海市委书记", "上海市", "2020-06-05", "2020-06-07", "false"]),
    ("offices-at", {"day": "2020-06-30", "place": "上海市"}, ["上海市", "上海市委书记", "李强", "2020-06-07"]),
    ("attendees", {"event": FORUM}, [FORUM, "车俊", "", "主持", "asserted"]),
    ("attendees", {}, [FORUM, "李强", "上海市委书记", "讲话", "asserted"]),
    ("who-spoke-of", {"topic": "长三角一体化发展"}, ["长三角一体化发展", "李强", "2020-06-07"]),
    ("events", {"since": "2020-06-01", "until": "2020-06-30"}, [FORUM, "2020-06-05", "湖州市", "", "1"]),
    ("evidence", {"subject": "李强", "predicate": "attended"}, ["李强", "kg:attended", FORUM, "asserted"]),
    ("evidence", {"object": "湖州"}, [FORUM, "kg:heldAt", "湖州市", "asserted", "2020-06-07"]),
    ("co-attendance", {"person": "李强"}, ["李强", "车俊", "1"]),
    ("meetings-in", {"place": "湖州"}, [FORUM, "2020-06-05", "湖州市"]),
    ("initiatives-of", {"speaker": "李强"}, ["李强", "长三角一体化发展", "1", "1"]),
    ("visited", {}, ["李强", "湖州", "asserted", "2020-07-01"]),
    ("signed", {"signer": "李强"}, ["李强", "合作协议", "asserted"]),
    ("met", {"person": "车俊"}, ["李强", "车俊", "asserted"]),
    ("adopted", {}, [FORUM, "数字长三角建设方案", "asserted"]),
    ("appointments", {"person": "龚正"}, ["龚正", "任", "上海市市长", "asserted"]),
    ("holder-on", {"office": "上海市委书记", "date": "2020-06-06"}, ["上海市委书记", "2020-06-06", "inferred", "李强"]),
    ("holder-on", {"office": "上海市委书记", "date": "2020-06-05"}, ["上海市委书记", "2020-06-05", "attested", "李强"]),
    ("holder-on", {"office": "上海市委书记", "date": "2019-06-05"}, ["上海市委书记", "2019-06-05", "unknown", ""]),
    ("holder-on", {"office": "上海市市长", "date": "2020-06-07"}, ["上海市市长", "2020-06-07", "attested", "龚正"]),
    (
        "holder-on", {"office": "代县县长", "date": "2022-03-01"},
        ["代县代县长", "2022-03-01", "attested", "吴九", "true"],
    ),
    ("holder-on", {"office": "代县县长", "date": "2021-03-01"}, ["代县代县长", "2021-03-01", "unknown", ""]),
    ("holders", {"office": "代县县长"}, ["代县代县长", "吴九", "true", "2022-03-01", "2022-03-01"]),
    ("holders", {"office": "上海市市长"}, ["上海市市长", "龚正", "true", "2020-06-07", "2020-06-07"]),
    ("series", {}, ["长三角地区主要领导座谈会", "2020", FORUM, "湖州市", "2020-06-05"]),
    ("document-stages", {"document": "数字长三角建设方案"}, ["数字长三角建设方案", "deliberated", "2020-06-07"]),
    ("conflicts", {"about": "张三"}, ["two-in-a-seat", "张三、李四同时任清远市市长：2020-08-01 至 2020-08-01"]),
    ("namesakes", {"name": "王五"}, ["王五", "different", "two-seats-at-once"]),
    ("corrections", {}, ["c.toml:3", "assert", "湖州市, 车俊", "馆员甲", "2026-11-25", "查过", "年鉴"]),
    ("corrections", {"about": "车俊"}, ["c.toml:3", "assert"]),
    ("rejected", {"name": "2021年度座谈会"}, ["2021年度座谈会 举办地 江苏省", "馆员甲", "2026-11-25", "查过"]),
    ("attendance-by-rank", {"event": FORUM}, [FORUM, "省级正职", "1", "李强"]),
    ("successions", {"person": "周八"}, ["韶关市市长", "孙七", "2018-03-01", "周八", "2021-03-01"]),
    ("first-to-speak", {"topic": "长三角一体化发展"}, ["长三角一体化发展", "2020-06-07", "李强"]),
    ("initiatives-in", {"place": "上海市"}, ["上海市", "2020", "长三角一体化发展", "1", "李强"]),
    ("conflicting-posts", {}, ["赵六", "赵六同时任清远市委书记、韶关市委书记：2020-08-01 至 2020-08-01"]),
    ("quotations", {"topic": "长三角一体化发展"}, ["李强", "2020-06-07"]),
]


@pytest.mark.parametrize(("name", "given", "row"), EXPECTED)
def test_named_queries_answer(store: Store, name: str, given: dict[str, str], row: list[str]) -> None:
    rows = as_text(ask(store, name, given))
    assert row in [found[: len(row)] for found in rows]
    assert len(rows) == len(set(map(tuple, rows)))


def test_every_named_query_is_tried() -> None:
    assert {name for name, _, _ in EXPECTED} == set(QUERIES)


@pytest.mark.parametrize("query", QUERIES.values(), ids=lambda query: query.name)
def test_every_named_query_has_title_example_and_names_for_its_values(query: NamedQuery, store: Store) -> None:
    assert query.title
    command, word, name, *values = query.example.split()
    assert (command, word, name) == ("kg", "query", query.name)
    given = dict(value.split("=") for value in values)
    answer = ask(store, query.name, given)
    assert not [cell for row in as_text(answer) for cell in row if cell.startswith("id:")]
    # What is asked of a place or day that is not there is nothing, never everything.
    for parameter in query.parameters:
        nowhere = {"name": "无此名", "day": "1000-01-01", "term": "nothing"}[parameter.kind]
        if parameter.name not in ("since", "until"):
            assert not ask(store, query.name, {parameter.name: nowhere}).rows


def test_dates_bound_from_both_sides(store: Store) -> None:
    assert not ask(store, "events", {"since": "2021-01-01"}).rows
    assert not ask(store, "events", {"until": "2019-12-31"}).rows
    assert not ask(store, "offices-at", {"day": "2018-01-01"}).rows


@settings(deadline=None)
@given(st.text(min_size=1).filter(lambda text: not any("\ud800" <= char <= "\udfff" for char in text)))
def test_a_value_is_never_read_as_sparql(value: str) -> None:
    graph = load(triples(ASSEMBLY))
    assert (value in ("李强", "龚正")) == bool(ask(graph, "offices", {"person": value}).rows)


@pytest.mark.parametrize(
    ("what", "given", "says"),
    [
        ("ofices", {}, "did you mean offices"),
        ("zzzz", {}, "there are adopted"),
        ("offices", {"who": "李强"}, "it has person"),
        ("offices-at", {"day": "2020年"}, "a day like"),
        ("evidence", {"predicate": "a> <b"}, "ontology"),
        ("offices", {"person": "\ud800"}, "no valid text"),
        ("missing.rq", {}, "cannot be read"),
    ],
)
def test_mistakes_are_told(what: str, given: dict[str, str], says: str) -> None:
    with pytest.raises(QueryError, match=says):
        ask(load([]), what, given)


def test_a_file_with_a_header_is_a_named_query(tmp_path: Path) -> None:
    file = tmp_path / "mine.rq"
    file.write_text(
        "# param: who name=李强 谁\nSELECT ?name {\n  VALUES ?name { UNDEF }  # who\n  ?p rdfs:label ?name\n}\n"
    )
    graph = load(triples(ASSEMBLY))
    assert as_text(ask(graph, str(file))) == [["李强"]]
    assert as_text(ask(graph, str(file), {"who": "车俊"})) == [["车俊"]]


def test_a_parameter_without_a_place_is_a_mistake() -> None:
    with pytest.raises(QueryError, match="needs a"):
        parse_query("q", "# param: who name 谁\nSELECT * { ?s ?p ?o }")
    with pytest.raises(QueryError, match="write"):
        parse_query("q", "# param: who\nSELECT * { ?s ?p ?o }")


def test_without_a_value_the_slot_is_gone() -> None:
    query = find_query("offices")
    assert "UNDEF" not in bind(query, {}, load([]).prefixes)


# ANSWERS


def test_the_forms_of_an_answer(store: Store) -> None:
    answer = ask(store, "offices", {"person": "龚正"})
    rows = csv.DictReader(io.StringIO(write_answer(answer, "csv")))
    assert ("上海市代市长", "", "2020-06-07") in [(row["office"], row["of"], row["first"]) for row in rows]
    assert write_answer(answer, "tsv").splitlines()[0].split("\t")[0] == "person"
    shape = json.loads(write_answer(answer, "json"))
    assert shape["head"]["vars"] == list(answer.variables)
    binding = next(one for one in shape["results"]["bindings"] if "first" in one)
    assert binding["person"] == {"type": "literal", "value": "龚正", "xml:lang": "zh"}
    assert binding["first"]["datatype"] == "http://www.w3.org/2001/XMLSchema#date"
    assert binding["of"] == {"type": "literal", "value": ""}
    holder = json.loads(write_answer(ask(store, "holders", {"office": "上海市市长"}), "json"))["results"]["bindings"][0]
    assert "begin" not in holder
    with pytest.raises(QueryError, match="table, csv"):
        write_answer(answer, "docx")


def test_of_nothing_there_is_no_table(store: Store) -> None:
    answer = ask(store, "conflicts", {"about": "无此名"})
    assert write_answer(answer) == ""
    assert write_answer(answer, "csv") == "rule,conflict,date,title,sentence\n"


def test_json_of_an_ask() -> None:
    assert json.loads(write_answer(load([]).query("ASK { ?s ?p ?o }"), "json")) == {"head": {}, "boolean": False}


def test_a_table_stands_straight() -> None:
    table = lay_out(["who", "office"], [["李强", "市委书记"], ["x", "ok"]])
    assert table == "who   office\n────  ────────\n李强  市委书记\nx     ok\n"


@given(st.lists(st.lists(st.text(max_size=12), min_size=2, max_size=2), max_size=4), st.integers(18, 40))
def test_a_table_keeps_to_the_columns_of_the_terminal(rows: list[list[str]], columns: int) -> None:
    table = lay_out(["one", "two"], rows, columns=columns)
    assert all(width(line) <= columns for line in table.splitlines())
    assert len(table.splitlines()) == len(rows) + 2


def test_a_name_cannot_command_the_terminal() -> None:
    assert visible("甲\x1b]0;x\x07乙\u202e") == "甲\\x1b]0;x\\x07乙\\u202e"
