"""The page as a file: complete in itself, the same every time, harmless whatever the news says. See test_page.py."""

import json
import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from drawn import HOSTILE, corrected, embedded, large, small

from kg.layout import layout
from kg.model import ENTITY_TYPES, Assembly
from kg.project import predicates
from kg.tell import ACTIONS
from kg.view import LIMIT, OPENING, to_html
from kg.view.areas import provinces
from kg.view.assets import FOLDER, rows
from kg.view.page import SCRIPTS, STYLES
from kg.vocabulary import KINDS

ROOT = Path(__file__).parent.parent
PATH = os.pathsep.join((str(ROOT), str(ROOT / "tests")))


class Tags(HTMLParser):
    """Every tag of a page with its attributes, as a browser would see them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))


def named(page: str) -> dict[str, int]:
    """The numbers of the entities by id."""
    return {ident: number for number, ident in enumerate(embedded(page, "facts")["entities"]["id"])}


def fact(book: Any, predicate: str) -> int:
    """The number of the only fact of that predicate."""
    at = [one["name"] for one in book["predicates"]].index(predicate)
    (found,) = [number for number, p in enumerate(book["facts"]["p"]) if p == at]
    return found


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
    assert "unsafe-eval" not in page and not re.search(r"script-src[^;]*unsafe", page)


def test_hostile_names_stay_names() -> None:
    page = to_html(small(), title=HOSTILE)
    tags = [tag for tag, _ in Tags(page).seen]
    assert tags == [tag for tag, _ in Tags(to_html(small("好"), title="好")).seen]
    assert "img" not in tags
    assert embedded(page, "facts")["entities"]["name"][named(page)["i-1"]] == HOSTILE
    assert "\u2028" not in page[page.index("<script") :]
    own = "".join((FOLDER / f"{name}.js").read_text(encoding="utf-8") for name in SCRIPTS)
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function", own)


def test_lone_surrogates_can_be_written() -> None:
    to_html(small("坏\ud800字"), title="\udfff").encode("utf-8")


def test_facts_come_with_their_sentences_and_the_words_that_say_them() -> None:
    page = to_html(small())
    book, sentences = embedded(page, "facts"), embedded(page, "sentences")
    ((number, *marks),) = book["facts"]["e"][fact(book, "heldAt")]
    _name, _title, _outlet, date, _url = book["articles"][book["sentences"][number]]
    assert date == "2020-06-06"
    assert sentences[number] == "6月5日，𠮷林座谈会在湖州举行。"
    assert sentences[number][slice(*marks)] == "𠮷林座谈会在湖州举行"
    attended, derived = fact(book, "attended"), fact(book, "foundedBy")
    assert len(book["facts"]["e"][attended]) == 1 and len(book["facts"]["e"][attended][0]) == 5
    assert book["facts"]["because"] == {str(derived): [attended]}
    assert book["facts"]["e"][derived] == book["facts"]["e"][attended]
    assert book["facts"]["o"][fact(book, "heldOn")] == "2020-06-05"
    assert book["facts"]["planned"] == [fact(book, "visited")]


def test_corrections_are_told_where_they_belong() -> None:
    book = embedded(to_html(corrected()), "facts")
    numbers = named(to_html(corrected()))
    chaired, spoke = fact(book, "chaired"), fact(book, "spokeAt")
    assert book["facts"]["by"] == {str(chaired): [0]}
    assert book["facts"]["because"][str(spoke)] == [chaired] and book["facts"]["e"][spoke] == []
    (_, who, *_, about, rejected), second = book["corrections"]
    assert (who, about, rejected) == ("馆员甲<b>", [numbers["e-1"], numbers["p-1"]], [])
    assert second[-2:] == [[numbers["p-1"]], ["李强 会见 浙江省"]]
    assert {row["name"]: row["zh"] for row in rows("actions.tsv")} == ACTIONS


def test_the_picture_is_at_rest_before_it_opens() -> None:
    page = to_html(small())
    options = embedded(page, "options")
    assert options["physics"] == {"enabled": False} and options["edges"]["smooth"] is False
    nodes = embedded(page, "nodes")
    assert [node["id"] for node in nodes] == list(range(6))
    assert all(isinstance(node["x"], int) and isinstance(node["y"], int) for node in nodes)


def test_of_many_the_most_connected_are_drawn_and_all_are_told() -> None:
    page = to_html(small(), limit=3)
    numbers = named(page)
    assert [node["id"] for node in embedded(page, "nodes")] == [numbers[one] for one in ("e-1", "l-1", "p-1")]
    assert len(numbers) == 6 and len(embedded(page, "facts")["facts"]["s"]) == 7
    assert len(embedded(to_html(large(LIMIT)), "nodes")) == LIMIT
    assert len(embedded(to_html(large(LIMIT + 5)), "nodes")) == OPENING


def test_an_empty_assembly_gives_a_page() -> None:
    assert "<h1>空</h1>" in to_html(Assembly((), (), (), (), (), (), ()), title="空")


def test_same_bytes_whatever_the_hash_seed() -> None:
    code = "from drawn import small, large; from kg.view import to_html; import hashlib; "
    code += "print(hashlib.sha256((to_html(small()) + to_html(large(300))).encode()).hexdigest())"
    digests = {
        subprocess.run(
            [sys.executable, "-c", code], env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": PATH}, cwd=ROOT,
            capture_output=True, text=True, check=True,
        ).stdout
        for seed in ("0", "1", "77")
    }  # fmt: skip
    assert len(digests) == 1


def test_pyvis_comes_without_notebooks_and_whole_for_whom_wants_it() -> None:
    code = "import sys; from drawn import small; from kg.view import to_html; to_html(small()); "
    code += "print(*{name.partition('.')[0] for name in sys.modules} & {'IPython', 'networkx', 'jsonpickle'}); "
    code += "import pyvis.network; print(pyvis.network.IFrame is not None, hasattr(pyvis.network.nx, 'Graph'))"
    done = subprocess.run(
        [sys.executable, "-c", code], env={**os.environ, "PYTHONPATH": PATH}, cwd=ROOT, capture_output=True, text=True,
        check=True,
    )  # fmt: skip
    assert done.stdout.splitlines() == ["", "True True"]


def test_provinces_reach_people_through_their_offices() -> None:
    assert provinces(small()) == {"e-1": ("v-1",), "l-1": ("v-1",), "v-1": ("v-1",)}


def test_every_type_has_a_colour_and_every_kind_a_name_of_the_ontology() -> None:
    assert tuple(row["name"] for row in rows("types.tsv")) == ENTITY_TYPES
    for column in ("colour", "dark"):
        assert len({row[column] for row in rows("types.tsv")}) == len(ENTITY_TYPES)
    ontology = (ROOT / "ontology.ttl").read_text(encoding="utf-8")
    declared = dict(re.findall(r'^kg:(\w+) a owl:Class ;\s+rdfs:label "([^"]+)"@zh', ontology, re.MULTILINE))
    kinds = {row["name"]: row["zh"] for row in rows("kinds.tsv")}
    assert kinds == {name: declared[name] for some in KINDS.values() for name in some}
    assert {row["name"] for row in rows("inverses.tsv")} == set(predicates()) - {"heldOn"} | {"heldOn"}


def test_every_word_that_the_page_says_is_in_the_table_and_no_other() -> None:
    sources = "".join((FOLDER / f"{name}.js").read_text(encoding="utf-8") for name in SCRIPTS)
    page = (FOLDER / "page.html").read_text(encoding="utf-8")
    keys = {row["key"] for row in rows("words.tsv")}
    said = set(re.findall(r'\bsay\("(\w+)"', sources)) | set(re.findall(r'data-say(?:-\w+)?="(\w+)"', page))
    assert said <= keys
    quoted = said | set(re.findall(r'"(\w+)"', sources))
    assert keys <= quoted
    for row in rows("words.tsv"):
        assert sorted(re.findall(r"\{\w+\}", row["zh"])) == sorted(re.findall(r"\{\w+\}", row["en"])), row
    assert [row["key"] for row in rows("words.tsv")] == sorted(keys)


def luminance(colour: str) -> float:
    whole = colour if len(colour) == 7 else "#" + "".join(2 * one for one in colour[1:])
    parts = [int(whole[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (one / 12.92 if one <= 0.03928 else ((one + 0.055) / 1.055) ** 2.4 for one in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_contrast_is_that_of_wcag_aa(scheme: str) -> None:
    style = (FOLDER / f"{STYLES[0]}.css").read_text(encoding="utf-8")
    start = style.index(":root {") if scheme == "light" else style.index(':root[data-theme="dark"] {')
    colours = dict(re.findall(r"--([\w-]+): (#\w+);", style[start : style.index("}", start)]))
    for text in ("ink", "soft", "accent"):
        for ground in ("paper", "ground", "hover", "chosen"):
            assert contrast(colours[text], colours[ground]) >= 4.5, (text, ground)
    assert contrast(colours["ink"], colours["mark"]) >= 4.5 and contrast(colours["ink"], colours["notice"]) >= 4.5
    assert contrast(colours["warn"], colours["paper"]) >= 4.5
    assert contrast(colours["border"], colours["paper"]) >= 3
    for row in rows("types.tsv"):
        assert contrast(row["colour" if scheme == "light" else "dark"], colours["ground"]) >= 3, row["name"]


def test_both_ways_to_the_dark_wear_the_same() -> None:
    style = (FOLDER / f"{STYLES[0]}.css").read_text(encoding="utf-8")
    by_system, by_choice = (
        re.sub(r"\s+", " ", style[style.index(head) + len(head) : style.index("}", style.index(head))])
        for head in (':root:not([data-theme="light"]) {', ':root[data-theme="dark"] {')
    )
    assert by_system == by_choice


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


def test_json_in_the_page_is_plain() -> None:
    assert json.loads(json.dumps(embedded(to_html(small()), "words")))["undo"] == ["撤销", "Undo"]
