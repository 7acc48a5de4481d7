"""The pages: every node has one and leads to its triples, and nothing that the news says can act in them."""

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import pytest
import rdflib
from browser import CHROMIUM, Reader, chromium
from facts import LAKE, MEETING, entity, lake, say, write
from facts import quote as said

pytest.importorskip("starlette", reason="the extra `serve` is not installed")
pytest.importorskip("uvicorn", reason="the extra `serve` is not installed")

from serving import Served, path_of, served

from kg.assemble import assemble
from kg.identify import identify
from kg.model import ENTITY_TYPES, RELATIONS, Assembly, Facts
from kg.project import predicates
from kg.rdf import ntriples, triples
from kg.serve.pages import LANGUAGES, words
from kg.serve.search import Index, fold
from kg.serve.terms import terms
from kg.store import create, load
from kg.view import to_html
from kg.vocabulary import BASE

ID = f"{BASE}id/"
WEB = Path(__file__).parents[1] / "kg" / "data" / "serve"
HOSTILE = "</script><script>alert(1)</script>\u202e\"'<img src=x onerror=alert(2)>{{7*7}}&\n\0]]>"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8"


def assembled(*facts: Facts) -> Assembly:
    return assemble(identify(list(facts)), {})


def result(folder: Path, assembly: Assembly) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "graph.nt").write_bytes(ntriples(assembly))
    create(folder / "store", folder / "graph.nt")
    (folder / "graph.html").write_text(to_html(assembly), encoding="utf-8")
    return folder


def hostile(name: str) -> Facts:
    """A document in which everything that can be told is called so."""
    document = write(name, f"{name}出席座谈会。{name}说：“{name}”", title=name, source=name, url=f"javascript:{name}")
    people = tuple(entity(document, f"{kind}:{name}", aliases=(name, f"又{name}")) for kind in ("Person", "Event"))
    facts = say(document, "Person:甲 attended Event:乙", "Person:甲 holdsOffice Office:丙")
    renamed = tuple(
        type(one)(one.id, one.type, name, (f"又{name}",), one.kind, one.code) for one in (*facts.entities, *people)
    )
    return Facts(document, facts.readings, renamed, facts.statements, (said(document, "Person:甲", name),))


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with served(result(tmp_path_factory.mktemp("result"), assembled(lake()))) as one:
        yield one


def ident(spec: str) -> str:
    return entity(LAKE, spec).id


LI = ident("Person:李强")
TITLE = LAKE.title


class Tags(HTMLParser):
    """Every tag of a page with its attributes, as a browser would see them, and the text between them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words += data


# DEREFERENCING


def test_an_iri_leads_a_browser_to_a_page_and_a_program_to_triples(server: Served) -> None:
    where = {
        BROWSER: f"/page/{LI}", "": f"/page/{LI}", "text/turtle": f"/data/{LI}.ttl",
        "application/ld+json": f"/data/{LI}.jsonld", "application/n-triples": f"/data/{LI}.nt",
        "application/rdf+xml;q=0.9, text/html;q=0.1": f"/data/{LI}.rdf",
    }  # fmt: skip
    for accept, location in where.items():
        reply = server.get(f"/id/{LI}", accept)
        assert (reply.status, reply.headers["location"]) == (303, location)
        assert "Accept" in reply.headers["vary"]
        assert server.get(location).status == 200
    assert server.get(f"/id/{LI}", "image/png").status == 406


def test_every_node_has_a_page_and_triples(server: Served) -> None:
    graph = rdflib.Graph().parse(data=ntriples(assembled(lake())).decode(), format="nt")
    nodes = sorted({str(node) for node in graph.subjects() if str(node).startswith(ID)})
    assert len(nodes) > 40
    for node in nodes:
        local = node.removeprefix(ID)
        page = server.get(f"/page/{local}", BROWSER)
        assert page.status == 200 and page.media == "text/html" and node in page.text
        about = rdflib.Graph().parse(data=server.get(f"/data/{local}.nt").text, format="nt")
        iri = rdflib.URIRef(node)  # Oxigraph makes each whole number an xsd:integer
        pairs = [{(p, str(o)) for p, o in one.predicate_objects(iri)} for one in (graph, about)]
        assert pairs[0] <= pairs[1] != set()


def test_the_triples_of_a_thing_hold_its_facts_and_their_sentences(server: Served) -> None:
    about = rdflib.Graph().parse(data=server.get(f"/data/{LI}.ttl").text, format="turtle")
    kg, oa = rdflib.Namespace(f"{BASE}ontology#"), rdflib.Namespace("http://www.w3.org/ns/oa#")
    attended = list(about.subjects(rdflib.RDF.predicate, kg.attended))
    (fact,) = attended
    sentence = about.value(fact, rdflib.PROV.wasDerivedFrom)
    assert "出席会议" in str(about.value(sentence, oa.exact))
    assert about.value(about.value(fact, kg.evidence), kg.rule) == rdflib.Literal("attends")


@pytest.mark.parametrize("path", [
    "/page/nothing", "/data/nothing.ttl", "/page/person-0", "/page/a%20b", "/page/%3Cscript%3E", "/data/..%2F..%2Fetc",
    "/page/%00", "/static/../app.py", "/static/words.tsv", "/static/%2e%2e/site.css", "/no/such", f"/page/{'x' * 3000}",
])  # fmt: skip
def test_what_is_not_there_is_not_found(server: Served, path: str) -> None:
    assert server.get(path).status == 404
    page = server.get(path, BROWSER, Accept_Language="en")
    assert (page.status, page.media) == (404, "text/html")
    assert "Something went wrong" in page.text and "nothing here" in page.text
    assert "什么也没有" in server.get(path, BROWSER).text


# WHAT PAGES SAY


def test_a_fact_stands_with_its_sentence_and_the_words_are_marked(server: Served) -> None:
    page = server.get(f"/page/{LI}", BROWSER).text
    assert 'id="out-attended">Attended <span' in server.get(f"/page/{LI}", BROWSER, Accept_Language="en").text
    assert "，<mark>李强，上海市委副书记、代市长龚正出席会议</mark>，" in page.replace("上海市委书记<mark>", "，<mark>")
    assert ">attends</code>" in page and "新华日报" in page
    assert re.search(r'<h2 id="out-attended">出席 <span class="count">1</span>', page)
    assert f'href="/page/{ident("Office:上海市委书记")}"' in page


def test_an_article_names_its_things_and_links_to_the_web_only(server: Served) -> None:
    assembly = assembled(lake())
    page = server.get(f"/page/article-{assembly.documents[0].id}", BROWSER).text
    assert 'href="https://example.org/2020/06/07"' in page
    assert "数字长三角建设方案" in page and "<mark>" in page


def test_a_long_group_goes_on_other_pages(tmp_path: Path) -> None:
    document = write("many", "甲乙丙" + "丁" * 10)
    names = [f"会议{number:03}" for number in range(120)]
    assembly = assembled(say(document, *(f"Person:甲乙丙 attended Event:{name}" for name in names)))
    with served(result(tmp_path, assembly)) as server:
        (person,) = server.get(f"/search?{urlencode({'q': '甲乙丙'})}", "application/json").json
        path = f"/page/{person['id']}"
        first = server.get(path, BROWSER).text
        assert f'href="?group=out-attended">全部 {len(names)}' in first
        seen = []
        for start in (0, 50, 100):
            part = server.get(f"{path}?group=out-attended&from={start}", BROWSER).text
            seen += re.findall(r"会议\d{3}", Tags(part).words)
        assert sorted(set(seen)) == names
        for start in ("-5", "999999999999", "x"):
            assert server.get(f"{path}?group=out-attended&from={start}", BROWSER).status == 200
        assert server.get(f"{path}?group=out-nothing", BROWSER).status == 200


def test_pages_speak_two_languages(server: Served) -> None:
    path = f"/page/{LI}"
    assert "任职" in server.get(path, BROWSER).text
    english = server.get(path, BROWSER, Accept_Language="fr, en-GB;q=0.8, zh;q=0.5")
    assert "Offices held" in english.text and '<html lang="en">' in english.text
    chosen = server.get(f"{path}?group=out-attended&lang=en", BROWSER)
    assert (chosen.status, chosen.headers["location"]) == (303, f"{path}?group=out-attended")
    cookie = chosen.headers["set-cookie"].partition(";")[0]
    assert "Offices held" in server.get(path, BROWSER, Cookie=cookie, Accept_Language="zh").text
    assert server.get("//evil.example/?lang=en", BROWSER).status == 404


def test_every_word_of_the_pages_is_there_in_both_languages() -> None:
    said_by_pages = words()
    assert set(said_by_pages) == set(LANGUAGES)
    for language in LANGUAGES:
        assert all(said_by_pages[language].values())
    used = set()
    for file in WEB.iterdir():
        text = file.read_text(encoding="utf-8")
        used |= set(re.findall(r"\bw\.(\w+)", text)) if file.suffix == ".html" else set()
        used |= set(re.findall(r"\bwords\.(\w+)", text)) - {"language"} if file.suffix == ".js" else set()
    inverse = {f"in_{name}" for name in RELATIONS}
    assert set(said_by_pages["zh"]) - {"key"} == used | inverse | {"no_graph", "not_here", "busy"}
    for name in RELATIONS:
        assert said_by_pages["zh"][f"in_{name}"] == predicates()[name].inverse


# SEARCH


def test_things_are_found_by_any_name() -> None:
    index = Index(load(triples(assembled(lake()))))
    assert [one.name for one in index.find("李强")] == ["李强"]
    assert next(one.name for one in index.find("湖州")) == "湖州市"
    assert [one.name for one in index.find("長三角　一體化")] == ["长三角一体化发展"]
    assert index.find("湖州")[0].alias in ("", "湖州")
    assert next(one.name for one in index.find("上海市")) == "上海市"
    assert index.find("") == index.find("  ") == index.find("无此名") == ()
    assert len(index.find("上海", limit=1)) == 1


def test_names_are_compared_folded() -> None:
    assert fold("ＡＢ國務院") == fold("ab国务院")


def test_search_over_http(server: Served) -> None:
    (found,) = server.get(f"/search?q={quote('车俊')}", "application/json").json
    assert found == {"id": ident("Person:车俊"), "type": "Person", "name": "车俊", "alias": "", "articles": 1}
    page = server.get(f"/search?q={quote('车俊')}", BROWSER).text
    assert f'href="/page/{found["id"]}"' in page
    assert "没有名为" in server.get(f"/search?q={quote('无此名')}", BROWSER).text
    for odd in ("%00", "%22%3E%3Cscript%3E", "a" * 5000, "%E2%80%AE", "(", "%"):
        assert server.get(f"/search?q={odd}", BROWSER).status == 200


# SAFETY


def test_hostile_names_stay_names(tmp_path: Path) -> None:
    with served(result(tmp_path / "bad", assembled(hostile(HOSTILE)))) as bad, \
            served(result(tmp_path / "good", assembled(hostile("好人")))) as good:  # fmt: skip
        kinds: list[set[str]] = []
        for server in (bad, good):
            kinds.append(set())
            rows = server.query("SELECT DISTINCT ?e { ?e a ?type }").json["results"]["bindings"]
            nodes = sorted({row["e"]["value"].removeprefix(ID) for row in rows if row["e"]["value"].startswith(ID)})
            assert len(nodes) > 10
            for node in nodes:
                reply = server.get(f"/page/{node}", BROWSER)
                assert reply.status == server.get(f"/data/{node}.ttl").status == 200
                page = Tags(reply.text)
                kinds[-1] |= {tag for tag, _ in page.seen}
                assert sum(tag == "script" for tag, _ in page.seen) == 1
                assert not [1 for _, attributes in page.seen if any(name.startswith("on") for name in attributes)]
                assert "\u202e" not in page.words and "\0" not in page.words
                assert not [1 for _, attributes in page.seen if (attributes.get("href") or "").startswith("javascript")]
        assert kinds[0] <= kinds[1]
        found = bad.get(f"/search?{urlencode({'q': HOSTILE})}", BROWSER)
        assert found.status == 200 and "<img" not in found.text
        rows = bad.get(f"/search?{urlencode({'q': 'alert(1)'})}", "application/json").json
        assert {row["name"] for row in rows} == {HOSTILE}


@pytest.mark.parametrize("path", ["/", f"/page/{LI}", "/search?q=x", "/no/such"])
def test_pages_ask_for_nothing_from_outside_and_hold_no_script(server: Served, path: str) -> None:
    reply = server.get(path, BROWSER)
    for tag, attributes in Tags(reply.text).seen:
        assert "style" not in attributes
        for name in ("src", "href", "action"):
            value = attributes.get(name) or ""
            assert value == "data:," or not re.match(r"[a-z]+:|//", value), (tag, value)
        if tag == "script":
            assert attributes.get("src") or attributes.get("type") == "application/json"
    policy = reply.headers["content-security-policy"]
    assert "unsafe" not in policy and "frame-ancestors 'none'" in policy
    for file in WEB.glob("*.[cj]s*"):
        text = file.read_text(encoding="utf-8")
        assert not re.search(r"https?://(?!www\.w3\.org/2000/svg)|@import|url\(", text)
        assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(", text)


def test_the_graph_page_comes_with_a_policy(server: Served, tmp_path: Path) -> None:
    reply = server.get("/graph", BROWSER)
    assert reply.status == 200 and "id=\"network\"" in reply.text
    assert reply.headers["content-security-policy"].startswith("default-src 'none'")
    folder = result(tmp_path, assembled(lake()))
    (folder / "graph.html").unlink()
    with served(folder) as other:
        assert other.get("/graph", BROWSER).status == 404


def test_the_colours_can_be_read() -> None:
    """WCAG AA: 4.5 for words, 3 for signs and borders of fields."""
    css = (WEB / "site.css").read_text(encoding="utf-8")
    light, dark = (dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6})\b", part)) for part in css.split("@media", 2)[:2])
    assert len(light) == len(dark) > 25
    inks = ["ink", "soft", "accent", "warn", "bad", *(name for name in light if name.startswith("c-"))]
    for colours in (light, dark):
        for ink in inks:
            for paper in ("paper", "ground"):
                assert contrast(colours[ink], colours[paper]) >= 4.5, (ink, paper, colours)
        assert contrast(colours["on-accent"], colours["accent"]) >= 4.5
        assert contrast(colours["mark-ink"], colours["mark"]) >= 4.5
        assert contrast(colours["bad"], colours["bad-ground"]) >= 4.5
        assert contrast(colours["ink"], colours["accent-ground"]) >= 4.5
        for sign in ("edge", *(name for name in light if name.startswith("t-"))):
            assert contrast(colours[sign], colours["paper"]) >= 3, sign


def contrast(one: str, other: str) -> float:
    def light(colour: str) -> float:
        digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
        parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
        red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    low, high = sorted((light(one), light(other)))
    return (high + 0.05) / (low + 0.05)


def test_the_vocabulary_can_be_completed(server: Served) -> None:
    known = {one["name"]: one for one in server.get("/vocabulary").json["terms"]}
    assert known["kg:attended"]["zh"] == "出席" and known["kg:Person"]["kind"] == "class"
    assert {f"kg:{name}" for name in (*RELATIONS, *ENTITY_TYPES)} <= set(known)
    assert set(terms("https://example.org/n/")) == set(known)


def test_the_vocabulary_is_a_page_for_a_browser(server: Served) -> None:
    page = server.get("/ontology", BROWSER)
    assert page.media == "text/html" and 'id="attended"' in page.text
    assert next(one for tag, one in Tags(page.text).seen if tag == "a")["href"] == "/"
    assert "script" not in page.headers["content-security-policy"]
    assert server.get("/ontology").media == "text/turtle"


def test_a_node_shows_facts_by_their_names(server: Served) -> None:
    text = 'SELECT ?f ?s { ?f rdf:predicate kg:attended ; rdf:subject/rdfs:label "李强"@zh ; prov:wasDerivedFrom ?s }'
    (row,) = server.query(text).json["results"]["bindings"]
    fact, sentence = (server.get("/page/" + row[one]["value"].removeprefix(ID), BROWSER).text for one in "fs")
    for page in (fact, sentence):
        assert "李强出席2020年度长三角地区主要领导座谈会" in "".join(Tags(page).words.split())
    assert "<mark>李强，上海市委副书记、代市长龚正出席会议</mark>" in fact


def test_a_browser_that_comes_to_the_endpoint_gets_the_page(server: Served) -> None:
    text = "ASK { ?s ?p ?o }"
    reply = server.get(f"/sparql?{urlencode({'query': text})}", BROWSER)
    assert (reply.status, reply.headers["location"]) == (303, f"/?{urlencode({'query': text})}")
    reply = server.get(path_of("offices", person="李强"), BROWSER)
    assert (reply.status, reply.headers["location"]) == (303, f"/?{urlencode({'name': 'offices', 'person': '李强'})}")


# IN A BROWSER


@pytest.fixture(scope="module")
def chrome() -> Iterator[Any]:
    """Headless Chromium; skipped by name where it or what drives it is not installed."""
    pytest.importorskip("playwright", reason="playwright is not installed")
    if CHROMIUM is None:
        pytest.skip("no Chromium here")
    with chromium() as one:
        yield one


@pytest.fixture
def reader(chrome: Any) -> Iterator[Reader]:
    """Somebody who opens pages of the server; whoever complains of nothing must have nothing to complain of."""
    one = Reader(chrome, offline=False, viewport={"width": 1200, "height": 900})
    one.page.set_default_timeout(30_000)
    yield one
    one.context.close()


READY = "() => document.documentElement.dataset.ready"
ROWS = "#view tbody tr"


def test_a_person_runs_a_query_and_opens_a_thing(server: Served, reader: Reader) -> None:
    page = reader.page
    page.goto(server.url)
    page.wait_for_function(READY)
    page.fill("#editor", "")
    page.type("#editor", "SELECT ?p ?e { ?p 出席")
    page.wait_for_selector("#completions [aria-selected=true]")
    page.press("#editor", "Enter")
    assert page.input_value("#editor").endswith("kg:attended")
    page.type("#editor", " ?e }")
    page.press("#editor", "Control+Enter")
    row = page.locator(ROWS, has_text="李强").first
    assert row.inner_text().split() == ["李强", MEETING.removeprefix("Event:")]
    row.get_by_role("link", name="李强", exact=True).click()
    page.wait_for_url("**/page/**")
    page.wait_for_selector("mark")
    assert page.inner_text("h1") == "李强"
    assert not reader.complaints


def test_a_named_query_has_a_form_a_chart_and_a_graph(server: Served, reader: Reader) -> None:
    page = reader.page
    page.goto(f"{server.url}?name=co-attendance&person={quote('李强')}")
    page.wait_for_function(READY)
    page.wait_for_selector(ROWS)
    assert '"李强"@zh' in page.input_value("#editor")
    page.click("#tab-chart")
    assert page.locator(".bars dd").count()
    page.click("#tab-network")
    assert page.locator("svg.net circle").count() >= 2
    assert not reader.complaints


def test_names_in_an_answer_lead_to_what_they_name(server: Served, reader: Reader) -> None:
    page = reader.page
    page.goto(f"{server.url}?name=evidence&subject={quote('李强')}&predicate=attended")
    page.wait_for_selector("#view td a")
    assert set(page.locator("#view td a").all_inner_texts()) == {"李强", MEETING.removeprefix("Event:"), TITLE}
    page.get_by_role("link", name=TITLE).first.click()
    page.wait_for_url("**/page/article-*")
    assert not reader.complaints


def test_an_answer_is_downloaded_as_it_is_shown(server: Served, reader: Reader) -> None:
    page = reader.page
    page.goto(f"{server.url}?name=offices&person={quote('龚正')}")
    page.wait_for_selector(ROWS)
    for label, suffix, media in (("CSV", "csv", "text/csv"), ("XML", "xml", "application/sparql-results+xml")):
        page.select_option("#download", label=label)
        with page.expect_download() as waiting:
            page.click("#save")
        assert waiting.value.suggested_filename == f"offices.{suffix}"
        written = Path(waiting.value.path()).read_bytes()
        assert written == server.get(path_of("offices", person="龚正"), media).body


def test_a_mistake_is_shown_where_it_is(server: Served, reader: Reader) -> None:
    page = reader.page
    page.goto(f"{server.url}?{urlencode({'query': 'ASK {' + chr(10) + ' ?s ?p }'})}")
    page.wait_for_function(READY)
    page.click("#run")
    page.wait_for_selector("#trouble")
    page.click("#trouble button")
    assert page.evaluate("() => document.getElementById('editor').selectionStart") > 5
    assert page.inner_text(".lines b") == "2"
    assert ["400" in one for one in reader.complaints] == [True]


def test_the_search_field_suggests(server: Served, reader: Reader) -> None:
    page = reader.page
    page.goto(f"{server.url}search")
    page.type("#search", "车")
    page.wait_for_selector("#suggested [role=option]")
    page.press("#search", "ArrowDown")
    page.press("#search", "Enter")
    page.wait_for_url("**/page/person-*")


def test_nothing_hostile_acts_in_a_browser(tmp_path: Path, reader: Reader) -> None:
    page = reader.page
    with served(result(tmp_path, assembled(hostile(HOSTILE)))) as server:
        page.goto(f"{server.url}?{urlencode({'query': 'SELECT * { ?s rdfs:label ?o }'})}")
        page.wait_for_function(READY)
        page.click("#run")
        page.wait_for_selector(ROWS)
        for tab in ("#tab-chart", "#tab-network"):
            page.click(tab)
        assert not page.locator("#view img, #view script").count()
        assert "\u202e" not in page.inner_text("body")
        (first, *_) = json.loads(server.get("/search?q=alert", "application/json").text)
        page.goto(f"{server.url}page/{first['id']}")
        assert page.title().startswith("</script>")
        assert not reader.complaints


def test_no_page_is_wider_than_a_phone(server: Served, reader: Reader) -> None:
    page = reader.page
    page.set_viewport_size({"width": 360, "height": 800})
    for path in ("", f"page/{LI}", f"search?q={quote('上海')}", f"?name=offices&person={quote('李强')}"):
        page.goto(server.url + path)
        page.wait_for_timeout(300)
        assert page.evaluate("() => document.documentElement.scrollWidth") <= 360
