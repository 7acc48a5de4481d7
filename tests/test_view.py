"""The page: complete in itself, the same every time, harmless whatever the news says, and really drawn."""

import json
import os
import re
import shutil
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from kg.layout import layout
from kg.model import (
    ENTITY_TYPES,
    Assembly,
    Date,
    Document,
    Entity,
    Evidence,
    Quotation,
    Span,
    Statement,
    Tenure,
)
from kg.view import to_html
from kg.vocabulary import KINDS

HOSTILE = "</script><script>alert(1)</script>&\u2028'\"<img src=x onerror=alert(2)><kg:vis>{{7*7}}"
TEXT = "6月5日，𠮷林座谈会在湖州举行。李强出席座谈会并讲话。李强说：“要合作。”明天李强将考察湖州。"
DOC = Document("d1", "seed", TEXT, "座谈会<b>", "2020-06-06", "日报", "javascript:alert(3)")
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


def span(words: str) -> Span:
    start = TEXT.index(words)
    return Span("d1", start, start + len(words))


def small(hostile: str = HOSTILE) -> Assembly:
    return Assembly(
        documents=(DOC,),
        entities=(
            Entity("e-1", "Event", "座谈会", ("𠮷林座谈会",), "Meeting"),
            Entity("i-1", "Initiative", hostile, (hostile,), hostile),
            Entity("l-1", "Place", "湖州市", ("湖州",), "Prefecture", "330500"),
            Entity("o-1", "Office", "上海市委书记"),
            Entity("p-1", "Person", "李强"),
            Entity("v-1", "Province", "浙江省"),
        ),
        statements=(
            Statement("e-1", "heldAt", "l-1", (Evidence("r", (span("𠮷林座谈会在湖州举行"),)),)),
            Statement("e-1", "heldOn", Date("2020-06-05"), (Evidence("r", (span("6月5日"),)),)),
            Statement("p-1", "attended", "e-1", (Evidence("r", (span("李强出席座谈会"), span("讲话"))),)),
            Statement("p-1", "foundedBy", "i-1", (Evidence("r", (), (("p-1", "attended", "e-1"),)),)),
            Statement("p-1", "holdsOffice", "o-1", (Evidence("r", (span("李强"),)),)),
            Statement("p-1", "visited", "l-1", (Evidence("r", (span("李强将考察湖州"),), (), "planned"),)),
        ),
        quotations=(Quotation("p-1", span("要合作"), ("i-1",), "r"),),
        tenures=(Tenure("t-1", "p-1", "o-1", ("2020-06-06", "2020-06-07")),),
        mentions=(("d1", "p-1"),),
        within=(("l-1", "v-1"),),
    )


def embedded(page: str, name: str) -> Any:
    found = re.search(rf'<script type="application/json" id="data-{name}">(.*?)</script>', page, re.DOTALL)
    assert found
    return json.loads(found[1])


class Tags(HTMLParser):
    """Every tag of a page with its attributes, as a browser would see them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))


def test_the_page_asks_for_nothing() -> None:
    page = to_html(small())
    for tag, attributes in Tags(page).seen:
        for name in ("src", "href", "srcset", "data", "poster", "action"):
            value = attributes.get(name) or ""
            assert value in ("", "data:,") or value.startswith("#"), (tag, name, value)
    style = page[page.index("<style>") : page.index("</style>")]
    assert not re.search(r"url\(|@import|@font-face", style)
    assert "sourceMappingURL" not in page
    assert "bootstrap" not in page.lower()
    assert "default-src 'none'" in page


def test_hostile_names_stay_names() -> None:
    page = to_html(small(), title=HOSTILE)
    tags = [tag for tag, _ in Tags(page).seen]
    assert tags == [tag for tag, _ in Tags(to_html(small("好"), title="好")).seen]
    assert "img" not in tags
    assert {one["id"]: one["name"] for one in embedded(page, "facts")["entities"]}["i-1"] == HOSTILE
    assert "\u2028" not in page[page.index("<script") :]
    assert not re.search("innerHTML|outerHTML|insertAdjacentHTML|document.write", page[page.rindex("<script>") :])


def test_lone_surrogates_can_be_written() -> None:
    to_html(small("坏\ud800字"), title="\udfff").encode("utf-8")


def test_facts_come_with_their_sentences_and_the_words_that_say_them() -> None:
    book = embedded(to_html(small()), "facts")
    fact = next(one for one in book["facts"] if one["p"] == "heldAt")
    ((number, marks),) = fact["e"]
    article, sentence = book["sentences"][number]
    assert book["articles"][article]["date"] == "2020-06-06"
    assert sentence == "6月5日，𠮷林座谈会在湖州举行。"
    assert [sentence[start:end] for start, end in marks] == ["𠮷林座谈会在湖州举行"]
    attended = next(one for one in book["facts"] if one["p"] == "attended")
    assert len(attended["e"]) == 1 and len(attended["e"][0][1]) == 2
    derived = next(one for one in book["facts"] if one["p"] == "foundedBy")
    assert derived["because"] == ["李强 出席 座谈会"]
    assert derived["e"] == attended["e"]
    assert next(one for one in book["facts"] if "d" in one)["d"] == "2020-06-05"


def test_plans_are_dashed_and_background_dotted() -> None:
    edges = {edge["id"]: edge for edge in embedded(to_html(small()), "edges")}
    assert edges["l-1 p-1"]["line"] == "planned" and edges["l-1 p-1"]["dashes"]
    assert edges["l-1 v-1"]["line"] == "within" and edges["l-1 v-1"]["dashes"]
    assert edges["e-1 p-1"]["line"] == "asserted" and edges["e-1 p-1"]["dashes"] is False
    assert (edges["e-1 p-1"]["from"], edges["e-1 p-1"]["to"]) == ("p-1", "e-1")


def test_the_page_is_at_rest() -> None:
    page = to_html(small())
    assert embedded(page, "options")["physics"] == {"enabled": False}
    assert embedded(page, "options")["edges"]["smooth"] is False
    assert all(isinstance(node["x"], int) and isinstance(node["y"], int) for node in embedded(page, "nodes"))


def test_the_most_connected_are_shown_and_the_rest_is_counted() -> None:
    book = embedded(to_html(small(), limit=3), "facts")
    assert [one["id"] for one in book["entities"]] == ["e-1", "l-1", "p-1"]
    assert book["total"]["entities"] == 6
    assert all(fact["s"] in ("e-1", "l-1", "p-1") for fact in book["facts"])


def test_an_empty_assembly_gives_a_page() -> None:
    assert "<h1>空</h1>" in to_html(Assembly((), (), (), (), (), (), ()), title="空")


def test_same_bytes_whatever_the_hash_seed() -> None:
    code = "import sys; sys.path.insert(0, 'tests'); from test_view import small; from kg.view import to_html; "
    code += "import hashlib; print(hashlib.sha256(to_html(small()).encode()).hexdigest())"
    root = Path(__file__).parent.parent
    digests = {
        subprocess.run(
            [sys.executable, "-c", code], env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(root)}, cwd=root,
            capture_output=True, text=True, check=True,
        ).stdout
        for seed in ("0", "1", "77")
    }  # fmt: skip
    assert len(digests) == 1


def test_every_type_has_a_colour_and_every_kind_a_name_of_the_ontology() -> None:
    folder = Path(__file__).parent.parent / "kg" / "data" / "view"
    rows = [line.split("\t") for line in (folder / "types.tsv").read_text(encoding="utf-8").splitlines()[1:]]
    assert tuple(row[0] for row in rows) == ENTITY_TYPES
    assert len({row[2] for row in rows}) == len(rows)
    ontology = (folder.parent.parent.parent / "ontology.ttl").read_text(encoding="utf-8")
    declared = dict(re.findall(r'^kg:(\w+) a owl:Class ;\s+rdfs:label "([^"]+)"@zh', ontology, re.MULTILINE))
    kinds = [line.split("\t") for line in (folder / "kinds.tsv").read_text(encoding="utf-8").splitlines()[1:]]
    assert dict(kinds) == {name: declared[name] for some in KINDS.values() for name in some}


def test_boxes_do_not_overlap() -> None:
    neighbours: dict[str, list[str]] = {str(i): [] for i in range(60)}
    for i in range(1, 50):  # a tree of 50, and 10 that stand alone
        neighbours[str(i)].append(str(i // 3))
        neighbours[str(i // 3)].append(str(i))
    points = layout(neighbours, dict.fromkeys(neighbours, (40.0, 15.0)))
    places = list(points.values())
    for at, (x, y) in enumerate(places):
        for other_x, other_y in places[at + 1 :]:
            assert abs(x - other_x) > 78 or abs(y - other_y) > 28


PROBE = """<script>
new MutationObserver(() => {
  const canvas = document.querySelector("canvas");
  const pixels = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
  let inked = 0;
  for (let i = 3; i < pixels.length; i += 4) if (pixels[i]) inked += 1;
  document.body.dataset.inked = String(inked);
}).observe(document.documentElement, { attributes: true, attributeFilter: ["data-drawn"] });
</script>"""


def browse(page: str, folder: Path, fragment: str = "") -> tuple[str, str]:
    """What the page is after it was opened, and what the browser logged."""
    file = folder / "page.html"
    file.write_text(page, encoding="utf-8")
    done = subprocess.run(
        [
            str(CHROMIUM), "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
            "--disable-background-networking", "--disable-component-update", "--disable-sync",
            f"--user-data-dir={folder / 'profile'}", "--host-resolver-rules=MAP * ~NOTFOUND",
            "--enable-logging=stderr", "--window-size=1200,800", "--virtual-time-budget=3000", "--dump-dom",
            f"{file.as_uri()}#{fragment}",
        ],
        capture_output=True, text=True, encoding="utf-8", timeout=120, check=True,
    )  # fmt: skip
    return done.stdout, "\n".join(line for line in done.stderr.splitlines() if "CONSOLE" in line)


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here")
class TestInChromium:
    def test_the_network_is_drawn(self, tmp_path: Path) -> None:
        # The page's own policy would refuse the probe.
        page = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", to_html(small()))
        dom, log = browse(page.replace("<body>", "<body>" + PROBE), tmp_path)
        assert not log
        assert 'data-drawn="6"' in dom
        inked = re.search(r'data-inked="(\d+)"', dom)
        assert inked and int(inked[1]) > 1000

    def test_an_address_opens_its_entity_with_the_sentence(self, tmp_path: Path) -> None:
        dom, log = browse(to_html(small(), title=HOSTILE), tmp_path, "p-1")
        panel = dom[dom.index('<aside id="panel"') : dom.index("</aside>")]
        assert not log  # nor did the policy refuse anything of ours
        assert "<h2>李强</h2>" in panel
        assert "<mark>李强将考察湖州</mark>。" in panel
        assert "计划" in panel and "报道见于 2020-06-06 至 2020-06-07" in panel
        assert "&lt;/script&gt;&lt;script&gt;alert(1)" in panel
        assert "javascript:" not in panel and "<img" not in panel

    def test_marks_count_code_points(self, tmp_path: Path) -> None:
        dom, _ = browse(to_html(small()), tmp_path, "e-1")
        assert "<mark>𠮷林座谈会在湖州举行</mark>" in dom
