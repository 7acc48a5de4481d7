"""The endpoint keeps to the SPARQL 1.1 Protocol: https://www.w3.org/TR/sparql11-protocol/, section 2, and its tests."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlencode

import pyoxigraph
import pytest
import rdflib
from facts import lake
from hypothesis import given
from hypothesis import strategies as st

pytest.importorskip("starlette", reason="the extra `serve` is not installed")
pytest.importorskip("uvicorn", reason="the extra `serve` is not installed")

from serving import ROOT, Served, path_of, served

from kg.assemble import assemble
from kg.cli import main
from kg.identify import identify
from kg.rdf import ntriples
from kg.serve.negotiate import SELECT, TRIPLES, choose
from kg.serve.protocol import RefusedError, read_request
from kg.store import create

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
DIRECT = {"Content-Type": "application/sparql-query"}
WIDE = {"Content-Type": "application/sparql-query; charset=utf-16"}
PEOPLE = "SELECT ?name { ?p a kg:Person ; rdfs:label ?name } ORDER BY ?name"


def result(folder: Path) -> Path:
    """A small result as `kg build` writes it."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "graph.nt").write_bytes(ntriples(assemble(identify([lake()]), {})))
    create(folder / "store", folder / "graph.nt")
    return folder


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with served(result(tmp_path_factory.mktemp("result"))) as one:
        yield one


# THE THREE WAYS TO ASK


def test_a_query_is_asked_in_three_ways(server: Served) -> None:
    body = urlencode({"query": PEOPLE}).encode()
    replies = [
        server.query(PEOPLE),
        server.ask("POST", "/sparql", body, FORM),
        server.ask("POST", "/sparql", PEOPLE.encode(), DIRECT),
        server.ask("POST", "/sparql", PEOPLE.encode(), {"Content-Type": "application/sparql-query; charset=UTF-8"}),
    ]
    assert {reply.status for reply in replies} == {200}
    assert len({reply.body for reply in replies}) == 1
    assert replies[0].media == "application/sparql-results+json"
    names = [row["name"]["value"] for row in replies[0].json["results"]["bindings"]]
    assert names == ["李强", "车俊", "龚正"]


def test_head_gives_the_headers_alone(server: Served) -> None:
    reply = server.ask("HEAD", f"/sparql?{urlencode({'query': PEOPLE})}")
    assert reply.status == 200 and reply.body == b""
    assert int(reply.headers["content-length"]) > 0


# (what is wrong, method, path, body, headers, status)
ASK = "ASK { ?s ?p ?o }"
HIDDEN = b"PREFIX c: <x:> ASK { FILTER(1<c:d#> '''\n) SERVICE <http://127.0.0.1/> { ?s ?p ?o } } #'''"
BAD = [
    ("method", "PUT", f"/sparql?query={quote(ASK)}", None, {}, 405),
    ("method", "DELETE", "/sparql", None, {}, 405),
    ("method", "PATCH", "/sparql", b"", {}, 405),
    ("method", "OPTIONS", "/sparql", None, {}, 405),
    ("missing query", "GET", "/sparql?default-graph-uri=urn:x:g", None, {}, 400),
    ("missing query", "GET", "/sparql?querry=ASK", None, {}, 400),
    ("missing query", "POST", "/sparql", b"", FORM, 400),
    ("missing query", "POST", "/sparql", b"default-graph-uri=urn%3Ax%3Ag", FORM, 400),
    ("empty query", "GET", "/sparql?query=", None, {}, 400),
    ("empty query", "POST", "/sparql", b"", DIRECT, 400),
    ("two queries", "GET", f"/sparql?query={quote(ASK)}&query={quote(ASK)}", None, {}, 400),
    ("two queries", "POST", "/sparql", urlencode([("query", ASK), ("query", ASK)]).encode(), FORM, 400),
    ("two queries", "POST", f"/sparql?query={quote(ASK)}", urlencode({"query": ASK}).encode(), FORM, 400),
    ("two queries", "POST", f"/sparql?query={quote(ASK)}", ASK.encode(), DIRECT, 400),
    ("wrong media type", "POST", "/sparql", ASK.encode(), {"Content-Type": "text/plain"}, 415),
    ("no media type", "POST", "/sparql", ASK.encode(), {}, 415),
    ("form without its media type", "POST", "/sparql", urlencode({"query": ASK}).encode(), {}, 415),
    ("not UTF-8", "POST", "/sparql", ASK.encode("utf-16"), WIDE, 415),
    ("not UTF-8", "POST", "/sparql", ASK.encode("utf-16"), DIRECT, 400),
    ("not UTF-8", "GET", "/sparql?query=%FF%FE", None, {}, 400),
    ("not UTF-8", "POST", "/sparql", b"query=%FF%FE", FORM, 400),
    ("not UTF-8", "POST", "/sparql", b"query=\xff\xfe", FORM, 400),
    ("malformed query", "GET", "/sparql?query=ASK%20%7B%20whatever", None, {}, 400),
    ("malformed query", "POST", "/sparql", b"SELECT nothing", DIRECT, 400),
    ("graph that is no IRI", "GET", f"/sparql?query={quote(ASK)}&default-graph-uri=a%20b", None, {}, 400),
    ("graph that is no IRI", "GET", f"/sparql?query={quote(ASK)}&named-graph-uri=%3Curn%3Ax%3E", None, {}, 400),
    ("update", "POST", "/sparql", b"update=CLEAR%20ALL", FORM, 403),
    ("update", "POST", "/sparql", b"CLEAR ALL", {"Content-Type": "application/sparql-update"}, 403),
    ("update", "GET", "/sparql?update=CLEAR%20ALL", None, {}, 403),
    ("update", "POST", f"/sparql?query={quote(ASK)}", b"update=CLEAR%20ALL", FORM, 403),
    ("update as query", "POST", "/sparql", b"INSERT DATA { <x:a> <x:b> <x:c> }", DIRECT, 400),
    ("load as query", "POST", "/sparql", b"LOAD <http://127.0.0.1/>", DIRECT, 400),
    ("service", "POST", "/sparql", b"ASK { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }", DIRECT, 400),
    ("service hidden", "POST", "/sparql", HIDDEN, DIRECT, 400),
    ("long query", "POST", "/sparql", b"#" * (2 << 20), DIRECT, 413),
    ("many fields", "POST", "/sparql", b"&".join([b"a=b"] * 2000), FORM, 400),
]  # fmt: skip


@pytest.mark.parametrize(("what", "method", "path", "body", "headers", "status"), BAD,
                         ids=[f"{number}-{case[0]}" for number, case in enumerate(BAD)])  # fmt: skip
def test_what_breaks_the_protocol_is_refused(
    server: Served, what: str, method: str, path: str, body: bytes | None, headers: dict[str, str], status: int
) -> None:
    reply = server.ask(method, path, body, headers)
    assert reply.status == status, what
    assert reply.media == "application/problem+json"
    assert reply.json["status"] == status and "\n" not in reply.json["detail"]
    if status == 405:
        assert reply.headers["allow"] == "GET, HEAD, POST"


def test_a_malformed_query_has_its_place(server: Served) -> None:
    reply = server.query("SELECT ?名 {\n  ?人 rdfs:label ?名 .\n  ?人 ?名 }")
    assert reply.status == 400
    assert (reply.json["line"], reply.json["column"]) == (3, 10)  # in characters, not bytes


# THE DATA SET


def test_the_protocol_names_the_data_set(server: Served) -> None:
    def count(text: str, *fields: tuple[str, str]) -> int:
        reply = server.get("/sparql?" + urlencode([("query", text), *fields]))
        assert reply.status == 200
        return len(reply.json["results"]["bindings"])

    everything = "SELECT * { ?s a kg:Person }"
    assert count(everything) == 3
    assert count(everything, ("default-graph-uri", "urn:x:nothing")) == 0
    assert count(everything, ("named-graph-uri", "urn:x:nothing")) == 0
    two = ("named-graph-uri", "urn:x:a"), ("named-graph-uri", "urn:x:b")
    assert count("SELECT * { GRAPH ?g { ?s a kg:Person } }", *two) == 0
    assert count("SELECT * FROM <urn:x:nothing> { ?s a kg:Person }") == 0
    body = urlencode([("default-graph-uri", "urn:x:a"), ("default-graph-uri", "urn:x:b"), ("query", everything)])
    assert server.ask("POST", "/sparql", body.encode(), FORM).json["results"]["bindings"] == []
    direct = server.ask("POST", "/sparql?default-graph-uri=urn%3Ax%3Aa", everything.encode(), DIRECT)
    assert direct.json["results"]["bindings"] == []


def test_what_the_request_says_of_the_data_set_goes_before_the_query() -> None:
    fields = b"query=ASK%7B%7D&default-graph-uri=urn:a&named-graph-uri=urn:b&default-graph-uri=urn:c"
    asked = read_request("GET", fields, "", b"")
    assert asked and asked.default_graphs == ("urn:a", "urn:c") and asked.named_graphs == ("urn:b",)


@pytest.fixture(scope="module")
def graphs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A store with two named graphs, of one and of two triples, and one triple beside them."""
    path = tmp_path_factory.mktemp("graphs") / "store"
    store = pyoxigraph.Store(str(path))
    quads = "<x:s0> <x:p> 0 . <x:a> { <x:s1> <x:p> 1 } <x:b> { <x:s2> <x:p> 2 . <x:s3> <x:p> 3 }"
    store.load(quads.encode(), pyoxigraph.RdfFormat.TRIG)
    store.flush()
    del store  # gives back the lock
    with served(path) as one:
        yield one


DEFAULT, NAMED = "default-graph-uri", "named-graph-uri"
OF_DEFAULT, OF_NAMED = "SELECT ?o { ?s ?p ?o }", "SELECT ?o { GRAPH ?g { ?s ?p ?o } }"
OF_BOTH = f"SELECT ?o {{ {{ {OF_DEFAULT} }} UNION {{ {OF_NAMED} }} }}"
# As in W3C's suite of the protocol, by the names of its tests: what is asked of which graphs, and what is found.
DATA_SETS = [
    ("query_dataset_default_graph", OF_DEFAULT, [(DEFAULT, "x:a")], {1}),
    ("query_dataset_default_graphs", OF_DEFAULT, [(DEFAULT, "x:a"), (DEFAULT, "x:b")], {1, 2, 3}),
    ("query_dataset_named_graphs", OF_NAMED, [(NAMED, "x:a"), (NAMED, "x:b")], {1, 2, 3}),
    ("query_dataset_full", OF_BOTH, [(DEFAULT, "x:a"), (NAMED, "x:b")], {1, 2, 3}),
    ("query_multiple_dataset", OF_DEFAULT.replace("{", "FROM <x:b> {", 1), [(DEFAULT, "x:a")], {1}),
    ("named_graphs_leave_the_default_graph_empty", OF_DEFAULT, [(NAMED, "x:a")], set()),
    ("default_graphs_leave_no_named_graphs", OF_NAMED, [(DEFAULT, "x:a")], set()),
    ("without_graphs_those_of_the_store", OF_DEFAULT, [], {0}),
    ("without_graphs_the_named_ones_too", OF_NAMED, [], {1, 2, 3}),
    ("from_in_the_query", OF_DEFAULT.replace("{", "FROM <x:b> {", 1), [], {2, 3}),
]


@pytest.mark.parametrize("way", ["get", "form", "direct"])
@pytest.mark.parametrize(("name", "text", "fields", "found"), DATA_SETS, ids=[case[0] for case in DATA_SETS])
def test_graphs_are_asked_as_the_protocol_says(
    graphs: Served, way: str, name: str, text: str, fields: list[tuple[str, str]], found: set[int]
) -> None:
    asked = urlencode([("query", text), *fields])
    reply = {
        "get": lambda: graphs.get(f"/sparql?{asked}"),
        "form": lambda: graphs.ask("POST", "/sparql", asked.encode(), FORM),
        "direct": lambda: graphs.ask("POST", f"/sparql?{urlencode(fields)}", text.encode(), DIRECT),
    }[way]()
    assert {int(row["o"]["value"]) for row in reply.json["results"]["bindings"]} == found, name


# CONTENT NEGOTIATION

ACCEPTED = [
    ("", "application/sparql-results+json"),
    ("*/*", "application/sparql-results+json"),
    ("application/sparql-results+json", "application/sparql-results+json"),
    ("application/json", "application/sparql-results+json"),
    ("application/sparql-results+xml", "application/sparql-results+xml"),
    ("application/xml", "application/sparql-results+xml"),
    ("text/csv", "text/csv"),
    ("text/tab-separated-values", "text/tab-separated-values"),
    ("text/csv;q=0.2, text/tab-separated-values;q=0.9", "text/tab-separated-values"),
    ("text/turtle, application/sparql-results+xml;q=0.5", "application/sparql-results+xml"),
    ("text/*", "text/csv"),
    ("TEXT/CSV ; Q=1", "text/csv"),
]


@pytest.mark.parametrize(("accept", "media"), ACCEPTED)
def test_rows_come_as_the_client_likes(server: Served, accept: str, media: str) -> None:
    reply = server.query(PEOPLE, accept)
    assert (reply.status, reply.media) == (200, media)
    assert "accept" in reply.headers["vary"].lower()
    assert "李强" in reply.text


@pytest.mark.parametrize("media", SELECT)
def test_a_truth_comes_in_each_format(server: Served, media: str) -> None:
    assert "true" in server.query(ASK, media).text
    assert "false" in server.query("ASK { ?s ?s ?s }", media).text


@pytest.mark.parametrize("form", ["CONSTRUCT WHERE { ?s kg:heldAt ?o }", "DESCRIBE ?s { ?s kg:heldAt ?o }"])
@pytest.mark.parametrize("media", TRIPLES)
def test_triples_come_in_each_format_and_are_the_same(server: Served, form: str, media: str) -> None:
    reply = server.query(form, media)
    assert (reply.status, reply.media) == (200, media)
    nt = rdflib.Graph().parse(data=server.query(form, "application/n-triples").text, format="nt")
    names = {"text/turtle": "turtle", "application/n-triples": "nt", "application/ld+json": "json-ld"}
    assert set(rdflib.Graph().parse(data=reply.text, format=names.get(media, "xml"))) == set(nt) != set()


@pytest.mark.parametrize(
    ("text", "accept"), [(PEOPLE, "text/turtle"), (PEOPLE, "image/png"), (PEOPLE, "text/csv;q=0"),
                         ("CONSTRUCT WHERE { ?s ?p ?o }", "text/csv")]
)  # fmt: skip
def test_what_cannot_be_written_so_is_not_acceptable(server: Served, text: str, accept: str) -> None:
    assert server.query(text, accept).status == 406


@given(st.text(max_size=60), st.sampled_from([SELECT, TRIPLES]))
def test_no_accept_header_is_too_odd(accept: str, offered: tuple[str, ...]) -> None:
    assert choose(accept, offered) in (*offered, None)


@given(
    st.sampled_from(["GET", "HEAD", "POST", "PUT"]),
    st.binary(max_size=80),
    st.sampled_from([FORM["Content-Type"], DIRECT["Content-Type"]]) | st.text(max_size=40),
    st.binary(max_size=80),
)
def test_any_request_is_read_or_refused(method: str, query: bytes, media: str, body: bytes) -> None:
    try:
        read_request(method, query, media, body)
    except RefusedError as error:
        assert 400 <= error.status < 500


def test_who_asks_nothing_is_told_of_the_service(server: Served) -> None:
    reply = server.get("/sparql")
    graph = rdflib.Graph().parse(data=reply.text, format="turtle")
    sd = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
    ((service, endpoint),) = graph.subject_objects(sd.endpoint)
    assert str(endpoint) == f"{server.url}sparql" == str(service)
    assert (service, sd.supportedLanguage, sd.SPARQL11Query) in graph
    assert server.get("/sparql", "application/ld+json").media == "application/ld+json"
    assert server.get("/sparql", "image/png").status == 406


# NAMED QUERIES


def test_a_named_query_takes_values_and_nothing_else(server: Served) -> None:
    reply = server.get(path_of("offices", person="龚正"), "text/csv")
    assert reply.text.splitlines()[1].startswith("龚正,上海市代市长")
    text = server.get(path_of("offices", person="龚正"), "application/sparql-query")
    assert text.media == "application/sparql-query" and 'VALUES ?name { "龚正"@zh }' in text.text
    assert server.query(text.text, "text/csv").body == reply.body
    assert server.get(path_of("offices", perzon="x")).status == 400
    assert server.get(path_of("no-such")).status == 404
    assert server.get("/queries/offices?person=a&person=b").status == 400
    assert {query["name"] for query in server.get("/queries").json} >= {"offices", "evidence", "holder-on"}


@pytest.mark.parametrize("value", [
    '"} ?s ?p ?o . {"', '龚正"@zh } { ?p ?q ?r } #', "\\", "'\"\n\r\t", "</script>", "\u202e龚正",
    "x" * 20_000, "? UNDEF }  # person", "龚\0正",
])  # fmt: skip
def test_a_parameter_is_never_read_as_sparql(server: Served, value: str) -> None:
    reply = server.get(path_of("offices", person=value))
    assert reply.status == 200 and reply.json["results"]["bindings"] == []


# WHO MAY ASK


@pytest.mark.parametrize(("host", "status"), [
    ("127.0.0.1", 200), ("localhost:80", 200), ("[::1]:9", 200), ("10.1.2.3", 200), ("LOCALHOST", 200),
    ("attacker.example", 421), ("127.0.0.1.attacker.example", 421), ("localhost.attacker.example:80", 421),
    ("", 421), ("localhost@attacker.example", 421), ("[::1", 421),
])  # fmt: skip
def test_it_answers_to_numbers_and_its_own_names(server: Served, host: str, status: int) -> None:
    assert server.get(f"/sparql?query={quote(ASK)}", Host=host).status == status


def test_pages_of_other_sites_may_not_ask(server: Served) -> None:
    path = f"/sparql?query={quote(ASK)}"
    own = f"http://127.0.0.1:{server.port}"
    assert server.get(path, Origin=own).status == 200
    for origin in ("http://attacker.example", "null", f"http://localhost:{server.port}"):
        reply = server.get(path, Origin=origin)
        assert reply.status == 403
        assert "access-control-allow-origin" not in reply.headers
    assert server.get(path, Sec_Fetch_Site="cross-site", Sec_Fetch_Mode="no-cors").status == 403
    assert server.get(path, Sec_Fetch_Site="cross-site", Sec_Fetch_Mode="navigate").status == 200
    assert server.get(path, Sec_Fetch_Site="same-origin", Sec_Fetch_Mode="cors").status == 200


def test_sites_that_are_named_may_ask(tmp_path: Path) -> None:
    options = ("--cors", "https://friend.example", "--allow-host", "graph.example")
    with served(result(tmp_path), *options) as server:
        path = f"/sparql?query={quote(ASK)}"
        reply = server.get(path, Origin="https://friend.example", Host="graph.example")
        assert reply.status == 200
        assert reply.headers["access-control-allow-origin"] == "https://friend.example"
        assert server.get(path, Origin="https://other.example").status == 403
        asked = {"Origin": "https://friend.example", "Access-Control-Request-Method": "POST"}
        assert server.ask("OPTIONS", "/sparql", headers=asked).status == 204


def test_no_header_of_an_answer_lets_others_in(server: Served) -> None:
    reply = server.query(ASK)
    assert reply.headers["x-content-type-options"] == "nosniff"
    assert reply.headers["cross-origin-resource-policy"] == "same-origin"
    assert "default-src 'none'" in reply.headers["content-security-policy"]


# REAL CLIENTS


def test_curl(server: Served) -> None:
    if shutil.which("curl") is None:
        pytest.skip("curl is not installed")
    command = ["curl", "-sS", "--noproxy", "*", "-H", "Accept: text/csv", f"{server.url}sparql"]
    done = subprocess.run([*command, "--data-urlencode", f"query={PEOPLE}"], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["name", "李强", "车俊", "龚正"]


def test_sparqlwrapper(server: Served) -> None:
    wrapper = pytest.importorskip("SPARQLWrapper", reason="SPARQLWrapper is not installed")
    for form in (wrapper.JSON, wrapper.XML):
        for method in (wrapper.GET, wrapper.POST):
            for way in (wrapper.URLENCODED, wrapper.POSTDIRECTLY):
                client = wrapper.SPARQLWrapper(f"{server.url}sparql")
                client.setQuery(PEOPLE)
                client.setReturnFormat(form)
                client.setMethod(method)
                client.setRequestMethod(way)
                answer = client.query()
                text = json.dumps(answer.convert()) if form == wrapper.JSON else answer.convert().toxml()
                assert "李强" in text or "\\u674e" in text
    client.setQuery("CONSTRUCT WHERE { ?s kg:heldAt ?o }")
    client.setReturnFormat(wrapper.TURTLE)
    graph = rdflib.Graph().parse(data=client.query().convert(), format="turtle")
    assert len(graph) == 2


def test_rdflib_sparql_store(server: Served) -> None:
    from rdflib.plugins.stores.sparqlstore import SPARQLStore

    for method in ("GET", "POST", "POST_FORM"):
        graph = rdflib.Graph(SPARQLStore(f"{server.url}sparql", method=method))
        kg = rdflib.Namespace("https://w3id.org/kg-news/ontology#")
        assert {str(row[0]) for row in graph.query(PEOPLE)} == {"李强", "车俊", "龚正"}
        assert len(set(graph.subjects(rdflib.RDF.type, kg.Person))) == 3
        assert (None, kg.heldAt, None) in graph


def test_pyoxigraph_reads_the_answers(server: Served) -> None:
    for media, form in (("text/tab-separated-values", pyoxigraph.QueryResultsFormat.TSV),
                        ("application/sparql-results+xml", pyoxigraph.QueryResultsFormat.XML)):  # fmt: skip
        solutions = pyoxigraph.parse_query_results(server.query(PEOPLE, media).body, format=form)
        assert isinstance(solutions, pyoxigraph.QuerySolutions)
        assert [row["name"].value for row in solutions] == ["李强", "车俊", "龚正"]


# START AND END


def children(pid: int) -> list[str]:
    """The processes that it has started and that are still there."""
    return Path(f"/proc/{pid}/task/{pid}/children").read_text().split()


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="this system has no /proc")
@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_at_once_and_leaves_nothing(tmp_path: Path, sign: signal.Signals) -> None:
    work = tmp_path / "work"
    work.mkdir()
    with served(result(tmp_path / "out"), TMPDIR=str(work)) as server:
        assert len(list(work.iterdir())) == 1
        with socket.create_connection(("127.0.0.1", server.port)) as slow:
            text = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
            slow.sendall(f"GET /sparql?{urlencode({'query': text})} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
            time.sleep(0.5)
            workers = children(server.process.pid)
            assert workers
            assert server.end(sign) == 0
            assert slow.recv(100).startswith(b"HTTP/1.1 503")
        assert not [pid for pid in workers if Path(f"/proc/{pid}").exists()]
        assert not list(work.iterdir())


def test_what_is_wrong_is_said_in_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "broken.nt").write_text("<a> <b>")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        cases = [
            (1, [str(tmp_path / "none")], "no graph there"),
            (4, [str(tmp_path / "broken.nt"), "--port", "0"], "broken.nt"),
            (2, [str(result(tmp_path / "out")), "--port", port], "give another --port"),
            (2, [str(tmp_path / "out"), "--host", "no.such.host.invalid"], "no such address"),
            (2, [str(tmp_path / "out"), "--workers", "0"], "at least 1"),
            (2, [str(tmp_path / "out"), "--timeout", "nan"], "give seconds"),
        ]
        for code, arguments, says in cases:
            assert main(["serve", *arguments]) == code
            (line,) = capsys.readouterr().err.splitlines()
            assert says in line


def test_without_the_extra_it_says_what_to_install(tmp_path: Path) -> None:
    code = (
        "import sys; sys.modules.update(starlette=None, uvicorn=None); from kg.cli import main; "
        f"sys.exit(main(['serve', {str(tmp_path)!r}]))"
    )
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=env)
    assert done.returncode == 2
    assert done.stderr == "kg: kg serve needs the extra `serve`: pip install 'kg-chinese-news[serve]'\n"


def test_a_file_of_triples_can_be_served(tmp_path: Path) -> None:
    folder = result(tmp_path / "out")
    shutil.rmtree(folder / "store")
    for path in (folder, folder / "graph.nt"):
        with served(path) as server:
            assert server.query(ASK).json["boolean"] is True
    assert [path.name for path in folder.iterdir()] == ["graph.nt"]
