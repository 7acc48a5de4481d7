"""Whatever is asked, by however many, the server stays up, leaks nothing, and gives no wrong answer."""

import contextlib
import csv
import io
import json
import re
import socket
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlencode
from xml.etree import ElementTree

import pyoxigraph
import pytest
import rdflib
from facts import lake, say, write

pytest.importorskip("starlette", reason="the extra `serve` is not installed")
pytest.importorskip("uvicorn", reason="the extra `serve` is not installed")

from serving import Served, served

from kg.assemble import assemble
from kg.cli import main
from kg.identify import identify
from kg.model import Facts
from kg.rdf import ntriples
from kg.serve.negotiate import SELECT
from kg.store import create

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n2 ?o }"
GREEDY = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?i ?f ?c"
PEOPLE = "SELECT (COUNT(?p) AS ?n) { ?p a kg:Person }"
DIRECT = {"Content-Type": "application/sparql-query"}


def result(folder: Path, *facts: Facts) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "graph.nt").write_bytes(ntriples(assemble(identify(list(facts)), {})))
    create(folder / "store", folder / "graph.nt")
    return folder


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    work = tmp_path_factory.mktemp("work")
    options = ("--timeout", "2", "--memory", "400", "--max-answer", "1", "--queue", "4")
    with served(result(tmp_path_factory.mktemp("result"), lake()), *options, TMPDIR=str(work)) as one:
        yield one
        assert one.process.poll() is None
        (folder,) = work.iterdir()
        assert not list(folder.iterdir()), "answers are left behind"


def people(server: Served) -> int:
    return int(server.query(PEOPLE).json["results"]["bindings"][0]["n"]["value"])


def test_a_query_that_runs_away_is_stopped(server: Served) -> None:
    reply = server.query(ENDLESS)
    assert (reply.status, reply.json["title"]) == (504, "Time limit")
    assert people(server) == 3


def test_a_query_that_takes_all_memory_is_stopped(server: Served) -> None:
    assert server.query(GREEDY).status in (507, 504)  # a busy machine may take longer than the time limit
    assert people(server) == 3


@pytest.mark.parametrize("text", [
    "ASK { FILTER(" + "(" * 100_000 + "1" + ")" * 100_000 + ") }",
    "SELECT * " + "{" * 200_000 + "}" * 200_000,
    "SELECT * { ?s " + "!(" * 50_000,
    "SELECT * { ?s ?p " + "[" * 100_000,
])  # fmt: skip
def test_nesting_without_end_costs_one_worker(server: Served, text: str) -> None:
    assert server.ask("POST", "/sparql", text.encode(), DIRECT).status in (400, 504, 507)
    assert people(server) == 3


def test_an_answer_without_end_is_no_answer(server: Served) -> None:
    for accept in ("text/csv", "application/sparql-results+json"):
        assert server.query("SELECT * { ?a ?b ?c . ?d ?e ?f }", accept).status == 413
    assert server.query("CONSTRUCT { ?a ?b ?f } { ?a ?b ?c . ?d ?e ?f }", "text/turtle").status in (413, 504)
    assert people(server) == 3


def test_ten_megabytes_are_no_query(server: Served) -> None:
    long = ("SELECT * { ?s ?p '" + "x" * (10 << 20) + "' }").encode()
    assert server.ask("POST", "/sparql", long, DIRECT).status == 413
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    assert server.ask("POST", "/sparql", b"query=" + long, form).status == 413
    with contextlib.suppress(OSError):  # the server may hang up before all of it is sent
        assert 400 <= server.get("/sparql?query=" + "x" * (10 << 20)).status < 500
    assert people(server) == 3


@pytest.mark.parametrize("bytes_", [
    b"\x00\xff" * 5000, b"GET / HTTP/9.9\r\n\r\n", b"GET /\x00 HTTP/1.1\r\nHost: localhost\r\n\r\n",
    b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n",
    b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", b"GET " + b"/" * 200_000 + b" HTTP/1.1\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: localhost\r\nX: " + b"y" * 500_000 + b"\r\n\r\n",
])  # fmt: skip
def test_what_is_no_http_is_refused(server: Served, bytes_: bytes) -> None:
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as line:
        try:
            line.sendall(bytes_)
            line.shutdown(socket.SHUT_WR)
            said = line.recv(64)
        except OSError:
            said = b""
    assert said == b"" or said.startswith((b"HTTP/1.1 4", b"HTTP/1.0 4"))
    assert people(server) == 3


def test_who_goes_away_keeps_no_worker(server: Served) -> None:
    lines = []
    for _ in range(2):
        line = socket.create_connection(("127.0.0.1", server.port))
        line.sendall(f"GET /sparql?{urlencode({'query': ENDLESS})} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        lines.append(line)
    time.sleep(0.3)
    for line in lines:
        line.close()
    assert people(server) == 3


def test_pages_answer_while_queries_run(server: Served) -> None:
    with ThreadPoolExecutor(8) as pool:
        running = [pool.submit(server.query, ENDLESS) for _ in range(4)]
        time.sleep(0.3)
        assert server.get("/search?q=x", "text/html").status == 200
        assert {one.result().status for one in running} <= {503, 504}


NAMES = [
    "甲" * 350_000, "\u202e甲\u2066", 'a"b\\c', "x\ny\rz\tw", "</script><!--", "\0", "{{7*7}}${7*7}<%=7*7%>",
    "<kg:x> a <y> .", "甲'乙", "%00%0a", "\ud7ff\U0010ffff", "\u2028\u2029\x85", "--", "]]>",
    "\x01\x1b\x7f\ufffe\uffff", "\r\n\r", "\N{COMBINING ACUTE ACCENT}" * 2000,
]  # fmt: skip
DATA = {"ttl": "turtle", "nt": "nt", "jsonld": "json-ld", "rdf": "xml"}
RESULTS = "http://www.w3.org/2005/sparql-results#"


def in_xml(name: str) -> str:
    """The name with U+FFFD for what no XML can hold."""
    return re.sub("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "\ufffd", name)


@pytest.fixture(scope="module")
def named(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A graph of persons and events with these names."""
    told = []
    for number, name in enumerate(NAMES):
        document = write(f"d{number}", "甲出席乙。")
        facts = say(document, "Person:甲 attended Event:乙")
        ids = {one.id: f"{one.id}{number}" for one in facts.entities}
        things = tuple(
            type(one)(ids[one.id], one.type, name, (f"{name}又",), one.kind, one.code) for one in facts.entities
        )
        statements = tuple(
            type(one)(ids[one.subject], one.predicate, ids[str(one.object)], one.evidence) for one in facts.statements
        )
        told.append(Facts(document, (), things, statements, ()))
    with served(result(tmp_path_factory.mktemp("named"), *told), "--max-answer", "16") as one:
        yield one


@pytest.mark.parametrize("name", NAMES, ids=lambda name: ascii(name)[:20])
def test_any_name_comes_out_as_it_went_in(name: str, named: Served) -> None:
    rows = named.query("SELECT ?p ?n { ?p a kg:Person ; rdfs:label ?n }").json["results"]["bindings"]
    (person,) = {row["p"]["value"].rpartition("/")[2] for row in rows if row["n"]["value"] == name}
    page = named.get(f"/page/{person}", "text/html")
    assert page.status == 200 and len(page.body) < 100_000
    assert "\0" not in page.text and "\u202e" not in page.text and "<kg:x>" not in page.text
    for suffix, form in DATA.items():
        reply = named.get(f"/data/{person}.{suffix}")
        assert reply.status == 200
        labels = {str(thing) for thing in rdflib.Graph().parse(data=reply.text, format=form).objects()}
        assert (in_xml(name) if suffix == "rdf" else name) in labels
    found = named.get(f"/search?{urlencode({'q': name[:50]})}", "application/json")
    assert found.status == 200 and isinstance(json.loads(found.text), list)


@pytest.mark.parametrize("media", SELECT)
def test_all_names_come_in_each_format(named: Served, media: str) -> None:
    reply = named.query("SELECT ?n { ?p a kg:Person ; rdfs:label ?n }", media)
    assert (reply.status, reply.media) == (200, media)
    if media == "text/csv":
        csv.field_size_limit(4_000_000)
        found = [row[0] for row in csv.reader(io.StringIO(reply.text, newline=""))][1:]
    elif media == "text/tab-separated-values":
        terms = pyoxigraph.parse_query_results(reply.body, format=pyoxigraph.QueryResultsFormat.TSV)
        assert isinstance(terms, pyoxigraph.QuerySolutions)
        found = [row["n"].value for row in terms]
    elif media == "application/sparql-results+xml":
        found = [one.text or "" for one in ElementTree.fromstring(reply.text).iter(f"{{{RESULTS}}}literal")]
    else:
        found = [row["n"]["value"] for row in reply.json["results"]["bindings"]]
    assert Counter(found) == Counter(map(in_xml, NAMES) if "xml" in media else NAMES)


def test_an_iri_with_a_space_is_refused_at_the_door(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], server: Served
) -> None:
    (tmp_path / "bad.nt").write_text("<http://a b> <x:p> <x:o> .\n")
    assert main(["serve", str(tmp_path / "bad.nt"), "--port", "0"]) == 4
    assert len(capsys.readouterr().err.splitlines()) == 1
    assert server.query("ASK { <http://a b> ?p ?o }").status == 400
    assert server.get("/id/a%20b").status in (303, 404)
    assert server.get("/page/a%20b").status == 404


def test_the_log_cannot_be_written_to_by_others(tmp_path: Path) -> None:
    with served(result(tmp_path, lake()), "-v") as server:
        server.get("/%0Akg%3A%20all%20is%20well%1B%5B31m?%E2%80%AE=%0d")
        server.get("/sparql", Host="evil\x7f.example")
        server.process.terminate()
        _, log = server.process.communicate(timeout=30)
    assert "/%0Akg%3A%20all%20is%20well%1B%5B31m 404" in log
    assert not [char for char in log if (char < " " and char != "\n") or char == "\x7f"]


# A NEW STATE WHILE IT IS SERVED


def edition(count: int) -> Facts:
    """A state of the graph in which as many people attend as there are events."""
    document = write(f"d{count}", "".join(f"人{number:02}出席会{number:02}。" for number in range(count)))
    return say(document, *(f"Person:人{number:02} attended Event:会{number:02}" for number in range(count)))


BOTH = """SELECT ?people ?events {
  { SELECT (COUNT(?p) AS ?people) { ?p a kg:Person } } { SELECT (COUNT(?e) AS ?events) { ?e a kg:Event } } }"""


@pytest.mark.slow
@pytest.mark.parametrize("way", ["renamed", "linked"])
def test_a_new_state_is_taken_up_whole(tmp_path: Path, way: str) -> None:
    sizes = (3, 5, 8, 13)
    states = [result(tmp_path / f"state{size}", edition(size)) for size in sizes]
    out = tmp_path / "out"
    if way == "linked":
        out.symlink_to(states[0])
    else:
        result(out, edition(sizes[0]))

    def switch(number: int) -> None:
        if way == "linked":
            new = tmp_path / "new"
            new.symlink_to(states[number])
            new.replace(out)
        else:
            create(out / "store", states[number] / "graph.nt")

    with served(out, "--workers", "2") as server:
        seen: Counter[tuple[str, str]] = Counter()
        wrong: list[str] = []
        ended = threading.Event()

        def ask() -> None:
            while not ended.is_set():
                reply = server.query(BOTH)
                if reply.status != 200:
                    wrong.append(reply.text)
                    continue
                (row,) = reply.json["results"]["bindings"]
                seen[row["people"]["value"], row["events"]["value"]] += 1

        askers = [threading.Thread(target=ask) for _ in range(3)]
        for asker in askers:
            asker.start()
        for number in range(1, len(sizes)):
            time.sleep(0.7)
            switch(number)
        time.sleep(1)
        ended.set()
        for asker in askers:
            asker.join()
        assert not wrong
        assert {people for people, _ in seen} <= set(map(str, sizes)) and all(one == other for one, other in seen)
        (row,) = server.query(BOTH).json["results"]["bindings"]
        assert row["people"]["value"] == str(sizes[-1])


def test_a_result_that_goes_away_is_served_on(tmp_path: Path) -> None:
    folder = result(tmp_path / "out", lake())
    with served(folder) as server:
        assert people(server) == 3
        folder.rename(tmp_path / "elsewhere")
        assert people(server) == 3


# MANY AT ONCE


def used(pid: int) -> tuple[int, int, int]:
    """Megabytes, open files and children of a process."""
    status = Path(f"/proc/{pid}/status").read_text()
    memory = int(status.partition("VmRSS:")[2].split()[0]) >> 10
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return memory, len(list(Path(f"/proc/{pid}/fd").iterdir())), len(children)


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="this system has no /proc")
def test_two_hundred_slow_queries_at_once(tmp_path: Path) -> None:
    work = tmp_path / "work"
    work.mkdir()
    options = ("--timeout", "2", "--workers", "2", "--queue", "8")
    with served(result(tmp_path / "out", lake()), *options, TMPDIR=str(work)) as server:
        assert people(server) == 3
        server.get("/search?q=x")
        before = used(server.process.pid)
        for _ in range(2):
            with ThreadPoolExecutor(220) as pool:
                slow = [pool.submit(server.query, ENDLESS) for _ in range(200)]
                quick = [pool.submit(server.query, PEOPLE) for _ in range(20)]
                pages = [pool.submit(server.get, "/", "text/html") for _ in range(3)]
                counted = Counter(one.result().status for one in slow)
            assert set(counted) <= {503, 504} and counted[504] >= 2 and counted[503] > 100
            for one in quick:
                reply = one.result()
                assert reply.status in (200, 503)
                if reply.status == 200:
                    assert reply.json["results"]["bindings"][0]["n"]["value"] == "3"
                else:
                    assert int(reply.headers["retry-after"]) > 0
            assert {one.result().status for one in pages} == {200}
            assert people(server) == 3
        memory, files, children = used(server.process.pid)
        assert memory < before[0] + 60
        assert files <= before[1] + 10
        assert children <= 3
        (folder,) = work.iterdir()
        assert not list(folder.iterdir())


@pytest.mark.slow
def test_many_quick_queries_at_once_are_all_right(tmp_path: Path) -> None:
    with served(result(tmp_path, lake()), "--queue", "500") as server, ThreadPoolExecutor(32) as pool:
        texts = [f"SELECT (({number} + ?n) AS ?sum) {{ {{ {PEOPLE} }} }}" for number in range(400)]
        sums = [reply.json["results"]["bindings"][0]["sum"]["value"] for reply in pool.map(server.query, texts)]
        assert sums == [str(number + 3) for number in range(400)]


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="this system has no /proc")
@pytest.mark.parametrize("busy", [False, pytest.param(True, marks=pytest.mark.slow)])
def test_the_workers_end_with_a_server_that_is_killed(tmp_path: Path, busy: bool) -> None:
    with served(result(tmp_path, lake()), "--timeout", "1") as server:
        assert people(server) == 3
        pid = server.process.pid
        line = socket.create_connection(("127.0.0.1", server.port))
        if busy:
            line.sendall(f"GET /sparql?{urlencode({'query': ENDLESS})} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
            time.sleep(0.4)
        workers = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        server.process.kill()
        server.process.wait()
        line.close()
        end = time.monotonic() + 120
        while any(running(one) for one in workers):
            assert time.monotonic() < end
            time.sleep(0.05)


def running(pid: str) -> bool:
    """Whether there is such a process, other than as an entry that nobody has asked for."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
