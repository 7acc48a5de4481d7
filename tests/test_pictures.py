"""Pictures of questions: well-formed, always the same, true to the graph, with hostile names shown as text."""

import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest
from facts import lake, say, write

from kg import scenes
from kg.assemble import assemble
from kg.errors import KGError, NotFoundError, QueryError
from kg.graph import to_networkx
from kg.links import open_links
from kg.picture import files
from kg.picture.network import draw
from kg.picture.svg import text, width
from kg.picture.tiles import draw_tiles, tiles
from kg.picture.timeline import Bar, draw_timeline
from kg.rdf import triples
from kg.store import Store, load

ROOT = Path(__file__).parents[1]
MEETING = "2020年度长三角地区主要领导座谈会"
HOSTILE = "</text><script>alert(1)</script>\u202e&\"'\x00"


@pytest.fixture(scope="module")
def store() -> Store:
    return load(triples(assemble([lake()], {})))


def words(picture: str) -> list[str]:
    return [it.text or "" for it in ElementTree.fromstring(picture).iter() if it.tag.endswith("text")]


def drawn(scene: scenes.Scene) -> str:
    return draw(scene.graph, scene.title, columns=scene.columns, marked=scene.marked)


def test_a_focus_shows_what_is_near(store: Store) -> None:
    picture = drawn(scenes.around(store, ["李强"], 1))
    assert {"李强", "上海市委书记", "担任", "出席、讲话于"} <= set(words(picture))
    assert "湖州市" not in words(picture)


def test_a_focus_in_a_time_without_facts_is_told(store: Store) -> None:
    with pytest.raises(NotFoundError, match="nothing is linked to 李强 in that time"):
        scenes.around(store, ["李强"], 1, since="2077")


def test_ways_stand_in_columns_and_each_thing_once(store: Store) -> None:
    scene = scenes.way(store, "李强", "湖州市", 3)
    placed = [node for column in scene.columns for node in column if node]
    assert sorted(placed) == sorted(scene.graph)
    assert scene.columns[0][0] == scene.marked[0] and scene.columns[-1][0] == scene.marked[1]
    assert scenes.way(store, "李强", "湖州市", 1).title == f"李强 —出席→ {MEETING} —举办地→ 湖州市"


def test_an_event_stands_between_people_and_places(store: Store) -> None:
    left, (center,), right = scenes.event(store, MEETING).columns
    graph = open_links(store)
    assert graph.nodes[center]["label"] == MEETING
    assert [graph.nodes[node]["label"] for node in left] == ["车俊", "李强"]  # who chaired comes first
    assert {graph.nodes[node]["label"] for node in right} == {"湖州市", "数字长三角建设方案"}
    with pytest.raises(KGError, match="李强 is no event"):
        scenes.event(store, "李强")


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?p ?e { ?p kg:attended ?e }",
        "SELECT ?p ?r ?e { VALUES ?r { kg:attended } ?p ?r ?e }",
        "SELECT ?x { { ?x a kg:Person } UNION { ?x a kg:Event } }",
        "CONSTRUCT { ?p kg:attended ?e . ?p rdfs:label ?l } { ?p kg:attended ?e ; rdfs:label ?l }",
    ],
)
def test_a_query_becomes_a_picture(store: Store, query: str) -> None:
    shown = words(drawn(scenes.answer(store, query, {})))
    assert "李强" in shown and MEETING in "".join(shown)


def test_literals_are_things_too(store: Store) -> None:
    scene = scenes.answer(store, "SELECT ?a ?b { ?p kg:holdsOffice ?o . ?p rdfs:label ?a . ?o rdfs:label ?b }", {})
    assert "上海市委书记" in words(drawn(scene))


@pytest.mark.parametrize(
    ("query", "error", "message"),
    [
        ("ASK { ?a ?b ?c }", QueryError, "a picture needs a CONSTRUCT"),
        ("SELECT ?a ?b ?c ?d { ?a ?b ?c , ?d }", QueryError, "one, two or three columns"),
        ("SELECT ?a ?b { ?a kg:signed ?b }", NotFoundError, "has no rows"),
        ("SELECT ?l { ?a rdfs:label ?l }", NotFoundError, "SELECT their IRIs"),
    ],
)
def test_what_is_no_picture_is_told(store: Store, query: str, error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        scenes.answer(store, query, {})


# OVER TIME, OVER THE COUNTRY


def test_a_timeline_has_the_offices_of_a_person_and_the_holders_of_an_office(store: Store) -> None:
    (bar,) = scenes.offices(store, ["李强"])
    assert (bar.heading, bar.label, bar.days) == ("李强", "上海市委书记", ("2020-06-05", "2020-06-07"))
    (back,) = scenes.offices(store, ["上海市委书记"])
    assert (back.heading, back.label, back.days) == ("上海市委书记", "李强", bar.days)
    with pytest.raises(NotFoundError, match="no office of 车俊"):
        scenes.offices(store, ["车俊"])


@pytest.mark.parametrize("days", [(), ("2020",), ("2019-12-31", "2020-01"), ("1949-10-01", "2026-06-30")])
def test_any_days_fit_on_the_axis(days: tuple[str, ...]) -> None:
    picture = draw_timeline([Bar("甲", "乙", days)], "标题")
    right = float(ElementTree.fromstring(picture).get("width", "0"))
    rects = [it for it in ElementTree.fromstring(picture).iter() if it.tag.endswith("rect")][1:]
    assert len(rects) == bool(days)
    for it in rects:
        x, wide = float(it.get("x", "0")), float(it.get("width", "0"))
        assert x > 0 and x + wide < right


def test_every_province_has_one_tile_of_its_own() -> None:
    provinces = {
        line.split("\t")[0]
        for line in (ROOT / "kg/data/tables/divisions.tsv").read_text(encoding="utf-8").splitlines()[1:]
        if line.split("\t")[0].endswith("0000")
    }
    assert {tile.code for tile in tiles()} == provinces and len(provinces) == 34
    assert len({(tile.column, tile.row) for tile in tiles()}) == 34
    assert [tile.code for tile in tiles()] == sorted(tile.code for tile in tiles())


def test_a_place_counts_for_its_province(store: Store) -> None:
    text = write("t", "会议在湖州举行。会议也在浙江举行。李强考察湖州。", published="2020-01-02")
    facts = say(
        text, "Event:会议 heldAt Place:湖州市", "Event:会议 heldAt Province:浙江省", "Person:李强 visited Place:湖州市",
        "Place:湖州市 locatedIn Province:浙江省",
    )  # fmt: skip
    graph = to_networkx(assemble([facts], {}))
    (province,) = (node for node, it in graph.nodes.items() if it["type"] == "Province")
    code = province.rpartition("-")[2]
    assert scenes.by_province(graph, "events") == {code: 1}  # one event, told of two places of one province
    assert scenes.by_province(graph, "visits") == {code: 1}
    assert scenes.by_province(graph, "offices") == {}
    with pytest.raises(KGError, match="no count is called 'love'"):
        scenes.by_province(graph, "love")


def test_every_count_says_what_it_counts() -> None:
    assert len({told for _, *words in scenes.COUNTED.values() for told in words}) == 2 * len(scenes.COUNTED)


def test_names_break_into_even_lines(store: Store) -> None:
    name = "长三角一体化发展2020年度工作计划会议"
    facts = say(write("l", f"陈一出席{name}。"), f"Person:陈一 attended Event:{name}")
    shown = words(draw(to_networkx(assemble([facts], {})), "图"))
    assert shown[shown.index("长三角一体化发展") + 1] == "2020年度工作计划会议"


def boxes(picture: str, size: str) -> list[tuple[float, float, float, float]]:
    """Left, top, right, bottom of the texts of that size."""
    found = []
    for it in ElementTree.fromstring(picture).iter():
        if it.tag.endswith("text") and it.get("font-size") == size:
            x, y, wide = float(it.get("x", "")), float(it.get("y", "")), width(it.text or "", float(size))
            left = x - wide * {"middle": 0.5, "end": 1.0}.get(it.get("text-anchor", ""), 0.0)
            found.append((left, y - float(size) * 0.85, left + wide, y + float(size) * 0.1))
    return found


@pytest.mark.parametrize("hops", [1, 2])
def test_arrow_heads_and_the_words_of_lines_lie_on_no_name(store: Store, hops: int) -> None:
    picture = drawn(scenes.around(store, ["李强"], hops))
    labels = boxes(picture, "13")
    for left, top, right, bottom in boxes(picture, "10.5"):
        assert not [it for it in labels if left < it[2] and it[0] < right and top < it[3] and it[1] < bottom]
    ends = re.findall(r"L([\d.]+) ([\d.]+)M", picture)
    assert len(ends) >= 2
    for x, y in ends:
        assert not [it for it in labels if it[0] < float(x) < it[2] and it[1] < float(y) < it[3]]


def test_the_map_shows_counts() -> None:
    shown = words(draw_tiles({"330000": 1234, "110000": 1}, "图", "注"))
    assert "浙江" in shown and "1,234" in shown and len([one for one in shown if one == "1"]) == 2  # tile and legend


# FILES


def test_hostile_names_are_text() -> None:
    facts = say(write("h", "李强出席会议。"), "Person:李强 attended Event:会议")
    graph = to_networkx(assemble([facts], {}))
    for node in graph:
        graph.nodes[node]["label"] = HOSTILE
    for picture in (draw(graph, HOSTILE), draw_timeline([Bar(HOSTILE, HOSTILE, ("2020",))], HOSTILE)):
        assert not [it for it in ElementTree.fromstring(picture).iter() if it.tag.endswith("script")]
        page = files.as_file(picture, HOSTILE, "html").decode()
        assert "<script" not in page and "\u202e" not in page and "http" not in page.replace("http://www.w3.org", "")
    assert text("a\x00b", 0, 0).count("\ufffd") == 1


def test_equal_graphs_give_equal_bytes() -> None:
    code = (
        "import sys; sys.path.insert(0, 'tests'); from test_pictures import *;"
        "s = load(triples(assemble([lake()], {})));"
        "print(drawn(scenes.around(s, ['李强'], 2)), drawn(scenes.way(s, '李强', '湖州市', 2)))"
    )
    printed = {
        subprocess.run(
            [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True, encoding="utf-8",
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"},
        ).stdout
        for seed in ("1", "2")
    }  # fmt: skip
    assert len(printed) == 1


def test_png_is_drawn_with_chinese_letters(store: Store) -> None:
    pytest.importorskip("resvg_py")
    try:
        content = files.as_file(drawn(scenes.around(store, ["李强"], 1)), "图", "png")
    except QueryError as error:
        pytest.skip(str(error))
    assert content.startswith(b"\x89PNG")


def test_png_without_a_chinese_font_is_refused_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("resvg_py")
    monkeypatch.setattr(files, "_has_chinese_letters", lambda: False)
    with pytest.raises(QueryError, match="no font with Chinese letters is found: install one"):
        files.as_file("<svg/>", "图", "png")


def test_png_without_its_library_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "resvg_py", None)
    with pytest.raises(QueryError, match=r"pip install 'kg-chinese-news\[pictures\]'"):
        files.as_file("<svg/>", "图", "png")
