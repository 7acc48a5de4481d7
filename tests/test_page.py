"""The page in a browser without a network: what a reader does with it, on the seed and on large graphs."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from browser import CHROMIUM, Reader, chromium
from drawn import HOSTILE, corrected, large, small

from kg.pipeline import build_assembly
from kg.read import read
from kg.view import to_html
from kg.view.assets import rows

pytest.importorskip("playwright", reason="playwright is not installed")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here")
SEEDS = Path(__file__).parent.parent / "seeds"

Open = Callable[..., Any]


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with chromium() as one:
        yield one


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    folder = tmp_path_factory.mktemp("pages")
    makers = {
        "seed": lambda: to_html(build_assembly(read([SEEDS]))),
        "hostile": lambda: to_html(small(), title=HOSTILE),
        "corrected": lambda: to_html(corrected()),
        "300": lambda: to_html(large(300)),
        "2000": lambda: to_html(large(2000)),
        "10000": lambda: to_html(large(10000)),
        "all 10000": lambda: to_html(large(10000), limit=10000),
    }

    def file(name: str) -> Path:
        path = folder / f"{name}.html"
        if not path.exists():
            path.write_text(makers[name](), encoding="utf-8", newline="\n")
        return path

    return file


@pytest.fixture
def visit(browser: Any, files: Callable[[str], Path]) -> Iterator[Open]:
    """Opens a page; when the test is over, it must have asked for nothing and complained of nothing."""
    readers = []

    def open_page(name: str, fragment: str = "", **options: Any) -> Any:
        reader = Reader(browser, **options)
        readers.append(reader)
        return reader.open(files(name), fragment)

    yield open_page
    for reader in readers:
        assert {url.partition(":")[0] for url in reader.requests} <= {"file", "blob", "data"}
        assert len({url.partition("#")[0] for url in reader.requests if url.startswith("file:")}) == 1
        assert not reader.complaints
        reader.context.close()


def counted(page: Any) -> tuple[int, int]:
    """How many nodes and lines are drawn."""
    drawn = page.evaluate("() => ({...document.documentElement.dataset})")
    return int(drawn["nodes"]), int(drawn["edges"])


def find(page: Any, words: str) -> None:
    page.fill("#search", words)
    page.press("#search", "Enter")


def heading(page: Any) -> str:
    return str(page.inner_text("#panel h2"))


MARKS = """(colour) => {  // the middles of the marks of a colour on the canvas
  const canvas = document.querySelector("canvas");
  const { width, height } = canvas;
  const copy = Object.assign(document.createElement("canvas"), { width, height });
  const context = copy.getContext("2d", { willReadFrequently: true });
  context.drawImage(canvas, 0, 0);
  const { data } = context.getImageData(0, 0, width, height);
  const wanted = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
  const inked = new Set();
  for (let i = 0; i < width * height; i += 1) if (wanted.every((value, c) => data[4 * i + c] === value)) inked.add(i);
  const found = [];
  for (const first of inked) {
    const pending = [first];
    const mark = [];
    inked.delete(first);
    while (pending.length) {
      const i = pending.pop();
      mark.push(i);
      for (const next of [i - 1, i + 1, i - width, i + width]) if (inked.delete(next)) pending.push(next);
    }
    const mean = (values) => values.reduce((sum, value) => sum + value, 0) / mark.length;
    if (mark.length > 15) found.push([mean(mark.map((i) => i % width)), mean(mark.map((i) => Math.floor(i / width)))]);
  }
  const box = canvas.getBoundingClientRect();
  return found.map(([x, y]) => [box.x + x, box.y + y]);
}"""
COLOURS = {row["name"]: row["colour"] for row in rows("types.tsv")}


def click_the_mark(page: Any, name: str, type_: str) -> None:
    for x, y in page.evaluate(MARKS, COLOURS[type_]):
        page.mouse.move(x, y)
        page.wait_for_timeout(50)
        if page.is_visible("#tip") and page.inner_text("#tip").startswith(name):
            page.mouse.click(x, y)
            return
    pytest.fail(f"no mark of {name}")


def search_for(words: str) -> Callable[[Any], None]:
    return lambda page: find(page, words)


# How docs/how-to/read-the-page.md says to find out who was 江苏省省长, as a reader does it.
WAYS: dict[str, tuple[Callable[[Any], None], ...]] = {
    "click 江苏省省长 in the overview at the right, under 职务 (Offices)": (
        lambda page: page.click("#panel section:has(h3:text('职务')) a:has-text('江苏省省长')"),
    ),
    "type 江苏省省长 in the search box, or `jssz`, the initials of its pinyin; press Enter": (
        search_for("江苏省省长"), search_for("jssz"),
    ),
    "click the mark 江苏省省长 in the picture": (lambda page: click_the_mark(page, "江苏省省长", "Office"),),
}  # fmt: skip
CLICKS = {"one click": 1, "no click, one Enter": 0}


def ways_in_the_guide() -> list[tuple[str, str]]:
    guide = (SEEDS.parent / "docs" / "how-to" / "read-the-page.md").read_text(encoding="utf-8")
    part = guide.partition("## Who was 江苏省省长")[2].partition("\n## ")[0]
    return [(what, cost) for what, cost in re.findall(r"^\| (.+?) \| (.+?) \|$", part, re.MULTILINE)][2:]


def test_the_guide_tells_these_ways() -> None:
    assert [what for what, _ in ways_in_the_guide()] == list(WAYS)


@pytest.mark.parametrize(("what", "cost"), ways_in_the_guide())
def test_who_was_governor_of_jiangsu_as_the_guide_says(visit: Open, what: str, cost: str) -> None:
    for act in WAYS[what]:
        page = visit("seed")
        page.evaluate("() => { window.clicks = 0; addEventListener('click', () => { window.clicks += 1; }, true); }")
        act(page)
        assert page.evaluate("() => window.clicks") == CLICKS[cost]
        assert heading(page) == "江苏省省长"
        assert "吴政隆" in page.inner_text("#panel section:has(h3:text('历任与现任'))")
        held = "#panel section:has(h3:text('任职者'))"
        assert "江苏省委书记娄勤俭，江苏省委副书记、省长吴政隆；" in page.inner_text(held)
        assert page.inner_text(f"{held} mark") == "江苏省委副书记、省长吴政隆"
        assert page.inner_text(f"{held} footer").startswith("—— 《2020年度长三角地区主要领导座谈会在浙江湖州举行》")


@pytest.mark.parametrize("words", ["jssz", "JSSSZ", "江苏省省"])
def test_the_search_completes(visit: Open, words: str) -> None:
    page = visit("seed")
    page.fill("#search", words)
    assert page.inner_text("#found-0 bdi") == "江苏省省长"
    assert page.get_attribute("#search", "aria-expanded") == "true"
    page.press("#search", "Escape")
    assert page.is_hidden("#found")


def test_a_name_that_is_not_there_is_not_found(visit: Open) -> None:
    page = visit("seed", locale="en-GB")
    page.fill("#search", "甲乙丙")
    assert page.inner_text("#found") == "No such name"


def test_types_and_relations_are_hidden_and_undone(visit: Open) -> None:
    page = visit("seed")
    nodes, lines = counted(page)
    page.click("#legend button:has-text('政策倡议')")
    without, fewer = counted(page)
    assert (nodes - without, fewer < lines) == (29, True)
    assert "hide=Initiative" in page.url
    page.click("#undo")
    assert counted(page) == (nodes, lines)
    page.click("#filters summary")
    page.click("#relations button:has-text('论及')")
    assert counted(page)[1] < lines and "without=speaksOf" in page.url
    page.click("#reset")
    assert counted(page) == (nodes, lines)


def test_a_province_is_chosen(visit: Open) -> None:
    page = visit("seed")
    page.click("#filters summary")
    page.select_option("#province", label=page.inner_text("#province option:has-text('安徽省')"))
    names = page.evaluate("() => document.documentElement.dataset.nodes")
    assert 0 < int(names) < 40
    page.click("#show-list")
    rows = page.inner_text("#list")
    assert "安徽省省长" in rows and "李国英" in rows and "江苏省省长" not in rows


def test_the_slider_moves_along_the_years(visit: Open) -> None:
    page = visit("300")
    nodes, _ = counted(page)
    steps = int(page.get_attribute("#time-to", "max"))
    page.focus("#time-to")
    for _ in range(3):
        page.press("#time-to", "PageDown")
    assert int(page.input_value("#time-to")) < steps
    assert counted(page)[0] < nodes
    assert page.inner_text("#time-text").startswith("2012-01")
    assert "time=2012-01-01.." in page.url
    page.click("#time-all")
    assert counted(page)[0] == nodes and page.input_value("#time-to") == str(steps) and "time=" not in page.url


def test_play_walks_and_stops(visit: Open) -> None:
    page = visit("300")
    nodes, _ = counted(page)
    page.click("#play")
    few = counted(page)[0]
    assert few < nodes
    page.wait_for_function(f"() => Number(document.documentElement.dataset.nodes) > {few}")
    page.click("#play")
    still = counted(page)
    page.wait_for_timeout(400)
    assert counted(page) == still


def test_the_panel_of_a_person_tells_offices_in_time_and_sentences(visit: Open) -> None:
    page = visit("hostile", "p-1")
    panel = page.inner_text("#panel")
    assert heading(page) == "李强"
    assert "报道见于 2020-06-06 至 2020-06-07" in panel and "计划" in panel
    assert page.locator("#panel .timeline svg.track").count() >= 1
    assert page.inner_text("#panel mark:has-text('李强将考察湖州')")
    assert "由此推出：李强 出席 座谈会" in panel
    assert "《座谈会<b>》 日报 2020-06-06" in panel


def test_marks_count_code_points(visit: Open) -> None:
    page = visit("hostile", "e-1")
    assert "𠮷林座谈会在湖州举行" in page.locator("#panel mark").all_inner_texts()


def test_hostile_names_show_as_text(visit: Open) -> None:
    page = visit("hostile", "i-1")
    shown = HOSTILE.replace("\u2028", "")
    assert page.inner_text("h1").replace("\u2028", "").replace("\n", "") == shown
    assert page.evaluate("() => document.querySelector('#panel h2').textContent") == HOSTILE
    assert page.locator("img").count() == 0
    page.click("#show-list")
    assert page.locator("#list-body bdi").evaluate_all("all => all.map((one) => one.textContent)").count(HOSTILE) == 1
    page.click("#list-facts")
    with page.expect_download() as waiting:
        page.click(".menu summary")
        page.click("#save-svg")
    text = Path(waiting.value.path()).read_text(encoding="utf-8")
    assert "<script" not in text and "&lt;/script&gt;" in text


def test_what_persons_put_right_stands_with_who_and_why(visit: Open) -> None:
    page = visit("corrected", "p-1")
    panel = page.inner_text("#panel")
    assert "更正（补充）馆员甲<b>，2026-11-25：年鉴列名 出处：《年鉴》第5页" in page.inner_text(
        "#panel section:has(h3:text('主持')) .fact"
    )
    assert "由此推出：李强 主持 座谈会" in page.inner_text("#panel section:has(h3:text('讲话于')) .fact")
    assert "更正（否定）馆员乙，2026-11-26：误读 被否定的：李强 会见 浙江省" in panel.split("人工更正")[1]
    english = visit("corrected", "e-1", locale="en-GB")
    assert "Correction (added) by 馆员甲<b>, 2026-11-25: 年鉴列名" in english.inner_text("#panel")
    assert "rejected" not in english.inner_text("#panel")
    page.click("#show-list")
    page.click("#list-facts")
    row = page.inner_text("#list-body tr:has(td:text-is('主持'))")
    assert "更正（补充）馆员甲<b>" in row and "行政区划表" not in row


def test_a_line_opens_the_facts_between_two(visit: Open) -> None:
    page = visit("hostile")
    (person,), (office,) = (page.evaluate(MARKS, COLOURS[kind]) for kind in ("Person", "Office"))
    for part in (0.5, 0.4, 0.6, 0.3):  # a label may lie above the line
        x, y = (a + (b - a) * part for a, b in zip(person, office, strict=True))
        page.mouse.move(x, y)
        page.wait_for_timeout(50)
        if page.is_visible("#tip") and page.inner_text("#tip") == "李强 担任 上海市委书记":
            page.mouse.click(x, y)
            assert "两者之间的事实" in heading(page)
            assert page.inner_text("#panel mark") == "李强"
            return
    pytest.fail("no line under the pointer")


def test_a_path_between_two_is_told_in_words(visit: Open) -> None:
    page = visit("seed")
    page.click("#open-path")
    page.fill("#path-from", "李强")
    page.press("#path-from", "Enter")
    page.fill("#path-to", "hzs")
    page.press("#path-to", "Enter")
    page.press("#find-path", "Enter")
    way = page.inner_text("#panel .way")
    assert re.sub(r"\s+", "", way) == "李强—出席→2020年度长三角地区主要领导座谈会—举办地→湖州市"
    assert page.locator("#panel mark").count() >= 2
    assert "path=" in page.url
    again = visit("seed", page.url.partition("#")[2])
    assert again.inner_text("#panel .way") == way


def test_neighbours_are_expanded_collapsed_and_hidden(visit: Open) -> None:
    page = visit("10000")
    assert counted(page)[0] < 1000 and "10,000" in page.inner_text("#notice")
    find(page, "甲1999")
    before = counted(page)[0]
    page.click("#panel button:has-text('只看周围')")
    alone = counted(page)[0]
    assert alone < 12
    page.click("#panel a:has-text('座谈会') >> nth=0")
    page.click("#panel button:has-text('展开')")
    assert counted(page)[0] > alone
    page.click("#panel button:has-text('收起')")
    assert counted(page)[0] == alone
    page.click("#panel button:has-text('隐去')")
    assert counted(page)[0] == alone - 1
    for _ in range(4):
        page.press("body", "Control+z")
    assert counted(page)[0] == before


def test_what_is_pinned_stays(visit: Open) -> None:
    page = visit("seed", "place-330500")
    page.click("#panel button:has-text('固定')")
    assert page.get_attribute("#panel button:has-text('固定')", "aria-pressed") == "true"
    page.click("#panel button:has-text('返回概览')")
    page.click("#legend button:has-text('地点')")
    page.click("#show-list")
    assert "湖州市" in page.inner_text("#list-body") and "淀山湖" not in page.inner_text("#list-body")


def test_an_address_opens_its_entity_with_the_filters(visit: Open) -> None:
    page = visit("seed", "place-330500&hide=Initiative,Document&without=attended&lang=en&theme=dark")
    assert heading(page) == "湖州市"
    assert page.get_attribute("#legend button:has-text('Initiatives')", "aria-pressed") == "false"
    assert page.evaluate("() => getComputedStyle(document.body).color") == "rgb(232, 236, 241)"
    page.click("#panel a:has-text('浙江省') >> nth=0")
    assert heading(page) == "浙江省"
    page.go_back()
    assert heading(page) == "湖州市"


@pytest.mark.parametrize("fragment", ["nobody", "%E0%A4%A", "time=9999-99-99..0000-00-00&in=x&path=a&hide=", "&&=&a=%"])
def test_addresses_of_nothing_open_the_overview(visit: Open, fragment: str) -> None:
    page = visit("hostile", fragment)
    assert heading(page) == "概览"
    assert counted(page)[0] == 6


@pytest.mark.parametrize("layout", ["meetings", "offices"])
def test_layouts_in_rows(visit: Open, layout: str) -> None:
    page = visit("seed")
    page.click("#filters summary")
    page.select_option("#layout", layout)
    assert 0 < counted(page)[0] < 40 and f"as={layout}" in page.url
    page.select_option("#layout", "net")
    assert counted(page)[0] == 89


@pytest.mark.parametrize("kind", ["png", "svg"])
def test_the_picture_is_exported(visit: Open, kind: str) -> None:
    page = visit("seed")
    page.click(".menu summary")
    with page.expect_download() as waiting:
        page.click(f"#save-{kind}")
    assert waiting.value.suggested_filename == f"graph.{kind}"
    written = Path(waiting.value.path()).read_bytes()
    if kind == "png":
        assert written.startswith(b"\x89PNG\r\n\x1a\n") and len(written) > 50_000
    else:
        text = written.decode()
        assert "车俊" in text and text.count("<line") > 100


def test_the_keyboard_does_what_the_pointer_does(visit: Open) -> None:
    page = visit("seed")
    page.keyboard.press("/")
    assert page.evaluate("() => document.activeElement.id") == "search"
    page.keyboard.type("湖州市")
    page.keyboard.press("Enter")
    page.focus("#network [role=application]")
    page.keyboard.press("ArrowLeft")
    assert heading(page) not in ("湖州市", "概览")
    page.keyboard.press("Enter")
    assert page.evaluate("() => document.activeElement.id") == "panel"
    page.keyboard.press("Escape")
    assert heading(page) == "概览"
    page.keyboard.press("?")
    assert page.is_visible("#help")
    page.keyboard.press("Escape")
    assert page.is_hidden("#help")


def test_everything_that_can_be_used_has_a_name(visit: Open) -> None:
    for language in ("zh-CN", "en-US"):
        page = visit("seed", "place-330500", locale=language)
        nameless = page.evaluate(
            """() => [...document.querySelectorAll("button, input, select, summary, a, [role]")].filter((one) =>
            !(one.textContent.trim() || one.getAttribute("aria-label") || (one.labels && one.labels.length)
              || one.closest("[hidden]") || one.role === "status")).map((one) => one.outerHTML.slice(0, 120))"""
        )
        assert not nameless
        assert page.evaluate("() => document.documentElement.lang") == ("zh-CN" if language == "zh-CN" else "en")


def test_the_list_tells_the_facts_with_sentences(visit: Open) -> None:
    page = visit("seed", "view=list")
    assert page.locator("#list-body tbody tr").count() == 89
    page.click("#list-facts")
    assert page.get_attribute("#list-facts", "aria-selected") == "true"
    page.fill("#list-filter", "吴政隆")
    rows = page.locator("#list-body tbody tr")
    assert rows.count() > 2
    assert "江苏省省长" in page.inner_text("#list-body") and page.locator("#list-body mark").count() >= rows.count()


def test_the_languages_change_all_words(visit: Open) -> None:
    page = visit("seed", "place-330500", locale="en-US")
    panel = page.inner_text("#panel")
    assert page.inner_text("h1") == page.title() == "Knowledge graph"
    assert "Prefecture-level division" in panel and "Is located in" in panel
    page.click("#language")
    assert "地级行政区" in page.inner_text("#panel") and "lang=zh" in page.url
    interface = "header, #legend, #filters summary, #time button, .deeds"
    assert page.inner_text("h1") == page.title() == "知识图谱"
    words = " ".join(page.locator(interface).all_inner_texts())
    assert not re.search(r"Path|List|Undo|Reset|Export|People|Filters", words)


@pytest.mark.parametrize(("name", "drawn"), [("300", 300), ("2000", 2000), ("10000", 600)])
def test_graphs_of_any_size_are_drawn_and_searched(visit: Open, name: str, drawn: int) -> None:
    page = visit(name)
    assert counted(page)[0] == drawn
    last = int(name) // 5 - 1
    find(page, f"甲{last}")
    assert heading(page) == f"甲{last}"
    assert f"第{last}次座谈会" in page.inner_text("#panel")
    inked = page.evaluate(
        """() => { const one = document.querySelector("canvas");
        const pixels = one.getContext("2d").getImageData(0, 0, one.width, one.height).data;
        return pixels.filter((value, i) => i % 4 === 3 && value).length; }"""
    )
    assert inked > 1000


@pytest.mark.slow
def test_ten_thousand_drawn_at_once_can_still_be_worked_with(visit: Open) -> None:
    page = visit("all 10000")
    nodes, lines = counted(page)
    assert nodes == 10000 and lines > 10000
    find(page, "甲1999")
    assert heading(page) == "甲1999" and "第1999次座谈会" in page.inner_text("#panel")
    page.click("#legend button:has-text('政策倡议')")
    assert counted(page)[0] == 8000
    page.click("#panel button:has-text('只看周围')")
    assert counted(page)[0] < 12
    page.click("#undo")
    page.click("#undo")
    assert counted(page) == (nodes, lines)
