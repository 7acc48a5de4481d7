"""A push gets everything in or says what is in; it goes on where it broke off, and gives its secrets to nobody else."""

import json
import shutil
import ssl
import subprocess
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from itertools import pairwise
from pathlib import Path
from threading import Thread
from urllib.parse import quote

import pytest
from fake_store import PASSWORD, TOKEN, USER, FakeStore, Request, fake_store
from hypothesis import given
from hypothesis import strategies as st

from kg.cli import main
from kg.errors import KGError, ReadError, StoreError
from kg.push import Credentials, Plan, Pushed, Transport, aim, find_credentials, plan, push, read_source
from kg.push.stores import kinds
from kg.push.triples import parts

GRAPH = "https://example.org/新闻"
LINES = [f'<x:s{number:03}> <x:p> "第{number}件事"@zh .\n'.encode() for number in range(200)]
WHOLE = {line.rstrip(b"\n") for line in LINES}


@pytest.fixture
def nt(tmp_path: Path) -> Path:
    file = tmp_path / "graph.nt"
    file.write_bytes(b"".join(LINES))
    return file


@pytest.fixture(autouse=True)
def nobody(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Whoever runs the tests has no credentials, and no proxy between the tests and their store."""
    for name in ("KG_PUSH_USER", "KG_PUSH_PASSWORD", "KG_PUSH_TOKEN", "NETRC"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("NO_PROXY", "*")


def planned(store: FakeStore, nt: Path, kind: str = "oxigraph", *, over: bool = False, chunk: int = 1500) -> Plan:
    return plan(read_source(nt), aim(store.url, store=kind, graph=GRAPH), over=over, chunk=chunk)


def transport(retries: int = 3, waits: list[float] | None = None, timeout: float = 5, **who: str) -> Transport:
    sleep = ([] if waits is None else waits).append
    return Transport(Credentials(**who), timeout=timeout, retries=retries, sleep=sleep)  # type: ignore[arg-type]


def at(number: int, what: object) -> Callable[[int, Request], object]:
    """That trouble with one request, and none with the others."""
    return lambda which, request: what if which == number else None


# WHAT GOES OVER


def test_parts_are_added_and_counted(nt: Path) -> None:
    with fake_store() as store:
        pushed = push(planned(store, nt), transport())
        assert pushed == Pushed(200, 0, 200)
        assert store.graphs == {GRAPH: WHOLE}
        posts = store.done("POST")
        assert len(posts) == planned(store, nt).requests > 4
        assert all(len(post.body) <= 1500 for post in posts)
        assert b"".join(post.body for post in posts) == nt.read_bytes()
        assert not list(nt.parent.glob("push-*"))


@given(st.lists(st.binary(min_size=1, max_size=30)), st.integers(1, 40))
def test_parts_keep_to_their_size_and_lose_nothing(lines: list[bytes], size: int) -> None:
    found = list(parts(lines, size))
    assert [line for part in found for line in part] == lines
    assert all(len(part) == 1 or sum(map(len, part)) <= size for part in found)
    assert all(sum(map(len, one)) + len(other[0]) > size for one, other in pairwise(found))


def test_adding_leaves_what_is_there_and_twice_is_once(nt: Path) -> None:
    with fake_store(graphs={GRAPH: {b"<x:a> <x:b> <x:c> ."}}) as store:
        for _ in range(2):
            assert push(planned(store, nt), transport()).counted == 201


def test_a_store_that_keeps_less_than_it_took_is_told_of(nt: Path) -> None:
    def forget(number: int, request: Request) -> object:
        return (200, {}, b"") if number == 2 else None

    with fake_store(trouble=forget) as store, pytest.raises(StoreError, match=r"took 200 triples, and counts 1\d\d"):
        push(planned(store, nt), transport())


def test_the_forms_of_a_graph(tmp_path: Path, nt: Path) -> None:
    (tmp_path / "graph.ttl").write_bytes(b"# a comment\n\n" + b"".join(LINES))
    (tmp_path / "remarks.nt").write_bytes(b"# a comment\n\n" + b"".join(LINES).rstrip(b"\n"))
    sources = [read_source(path) for path in (tmp_path, nt, tmp_path / "graph.ttl", tmp_path / "remarks.nt")]
    assert len({(source.digest, source.triples, source.size, source.distinct) for source in sources}) == 1
    assert all(list(source.walk(199)) == LINES[199:] for source in sources)


def test_numbers_keep_their_type(tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_text('<x:s> <x:p> "1"^^<http://www.w3.org/2001/XMLSchema#nonNegativeInteger> .')
    assert b"#nonNegativeInteger" in next(read_source(tmp_path / "a.ttl").walk())


def test_a_graph_that_changes_meanwhile_is_told_of(nt: Path) -> None:
    with fake_store() as store:
        work = planned(store, nt)
        nt.write_bytes(b"".join(LINES[:-1]))
        with pytest.raises(ReadError, match="has changed while it was pushed"):
            push(work, transport())
        nt.unlink()
        with pytest.raises(ReadError, match="cannot be read any more"):
            push(work, transport())


@pytest.mark.parametrize("line", ["_:b <x:p> <x:o> .", "<x:s> <x:p> _:b .", "  _:b <x:p> \"x\" ."])
def test_blank_nodes_are_refused(tmp_path: Path, line: str) -> None:
    (tmp_path / "graph.nt").write_text(f'<x:s> <x:p> "a _:b" .\n{line}\n')
    with pytest.raises(ReadError, match=r"blank nodes \(line 2"):
        read_source(tmp_path)


# IN THE PLACE OF WHAT IS THERE

OLD = {b"<x:old> <x:p> <x:o> ."}


def test_one_put_replaces(nt: Path) -> None:
    with fake_store(graphs={GRAPH: set(OLD)}) as store:
        assert push(planned(store, nt, over=True), transport()).counted == 200
        assert store.graphs == {GRAPH: WHOLE}
        assert [request.method for request in store.requests] == ["PUT", "GET"]


def test_a_staging_graph_takes_the_place(nt: Path) -> None:
    with fake_store(graphs={GRAPH: set(OLD)}) as store:
        seen = []
        store.trouble = lambda number, request: seen.append(set(store.graphs.get(GRAPH, ())))
        work = plan(read_source(nt), aim(store.url, store="oxigraph", graph=GRAPH), over=True, chunk=1500)
        assert work.way == "put"
        store.most = 2000  # the PUT is refused, hence parts
        told: list[str] = []
        assert push(work, transport(), tell=told.append).counted == 200
        assert store.graphs == {GRAPH: WHOLE}
        assert all(graph in (OLD, WHOLE) for graph in seen)
        assert told == [f"the store takes no {work.source.size:,} bytes at once; they go in parts"]


def test_a_copy_whose_answer_is_lost_is_done_again_and_loses_nothing(nt: Path) -> None:
    with fake_store(graphs={GRAPH: set(OLD)}, most=2000) as store:
        store.trouble = lambda number, request: "lost" if request.path == "/update" and lost.pop() else None
        lost = [False, True]
        push(planned(store, nt, over=True), transport())
        assert store.graphs == {GRAPH: WHOLE}
        assert [request.path for request in store.requests].count("/update") == 2


def test_without_put_and_copy_it_says_so(nt: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with fake_store(graphs={GRAPH: set(OLD)}) as store:
        url = f"{store.url}/store"
        arguments = ["push", url, str(nt), "--store", "other", "--graph", GRAPH, "--replace", "--chunk", "1500"]
        assert main([*arguments, "--dry-run"]) == 0
        assert "until all are in, who asks gets a part" in capsys.readouterr().out
        assert store.requests == []
        assert main(arguments) == 0
        assert store.graphs == {GRAPH: WHOLE}


def test_a_put_that_fails_says_that_nothing_changed(nt: Path) -> None:
    with fake_store(trouble=at(1, 400), graphs={GRAPH: set(OLD)}) as store:
        with pytest.raises(StoreError, match=r"answers 400: no; graph <.*> is as it was"):
            push(planned(store, nt, over=True), transport())
        assert store.graphs == {GRAPH: OLD}


# WHAT GOES WRONG


@pytest.mark.parametrize("what", [429, 502, 503, 504, "cut", "lost"])
def test_it_tries_again(nt: Path, what: object) -> None:
    waits: list[float] = []
    with fake_store(trouble=lambda number, request: what if number in (2, 3) else None) as store:
        assert push(planned(store, nt), transport(waits=waits)).counted == 200
    assert waits == [0.5, 1.0]


def test_waits_grow_and_are_as_long_as_the_store_says(nt: Path) -> None:
    waits: list[float] = []
    busy = {2: 503, 3: 503, 4: (429, {"Retry-After": "7"}, b""), 6: (503, {"Retry-After": "99999999"}, b"")}
    busy |= {7: (503, {"Retry-After": "Wed, 21 Oct 2026 07:28:00 GMT"}, b""), 8: (503, {"Retry-After": "nan"}, b"")}
    with fake_store(trouble=lambda number, request: busy.get(number)) as store:
        push(planned(store, nt), transport(waits=waits))
    assert waits == [0.5, 1.0, 7.0, 120.0, 1.0, 2.0]


def test_a_slow_store_is_given_up(nt: Path) -> None:
    with fake_store(trouble=lambda number, request: "slow") as store:
        with pytest.raises(StoreError, match="no answer in time; tried 3 times; nothing is in"):
            push(planned(store, nt), transport(2, timeout=0.1))
        assert len(store.requests) == 3


def test_nobody_there(nt: Path) -> None:
    with fake_store() as store:
        gone = planned(store, nt)
    with pytest.raises(StoreError, match=r"127\.0\.0\.1:\d+: .*refused; tried twice|tried 2 times"):
        push(gone, transport(1))


def test_too_large_means_smaller_parts(nt: Path) -> None:
    with fake_store(most=700) as store:
        told: list[str] = []
        assert push(planned(store, nt), transport(), tell=told.append).counted == 200
        assert len(told) == 2 and "going on with" in told[0]
        assert max(len(request.body) for request in store.requests[4:]) <= 700


def test_one_line_too_large_is_the_end(nt: Path) -> None:
    with fake_store(most=10) as store, pytest.raises(StoreError, match="answers 413; nothing is in"):
        push(planned(store, nt), transport())


@pytest.mark.parametrize("kind", ["oxigraph", "other"])
@pytest.mark.parametrize("over", [False, True])
def test_what_broke_off_goes_on(nt: Path, kind: str, over: bool) -> None:
    with fake_store(graphs={GRAPH: set(OLD)}, most=2000) as store:
        if kind == "other":
            store.url += "/store"
        broken = {"posts": 0}

        def third_post(number: int, request: Request) -> object:
            if (request.method, request.path) != ("POST", "/store"):
                return None
            broken["posts"] += 1
            return 500 if broken["posts"] == 3 else None

        store.trouble = third_post
        work = planned(store, nt, kind, over=over)
        with pytest.raises(StoreError, match=r"answers 500.*; \d+ of 200 triples are in") as caught:
            push(work, transport())
        assert "to go on, give the same command with --resume" in str(caught.value)
        if over and kind == "oxigraph":
            assert f"graph <{GRAPH}> is as it was" in str(caught.value) and store.graphs[GRAPH] == OLD
        before = len(store.requests)
        pushed = push(work, transport(), resume=True)
        assert pushed.skipped + pushed.sent == 200 and pushed.skipped > 0
        sent = b"".join(request.body for request in store.requests[before:] if request.path == "/store")
        assert len(sent.splitlines()) == pushed.sent
        assert "PUT" not in [request.method for request in store.requests[before:]]
        assert store.graphs == {GRAPH: WHOLE | (set() if over else OLD)}
        assert not list(nt.parent.glob("push-*"))


@pytest.mark.parametrize("number", range(1, 14))
@pytest.mark.parametrize("what", ["cut", "lost", 500])
def test_wherever_a_replacement_breaks_off_it_can_go_on(nt: Path, number: int, what: object) -> None:
    with fake_store(graphs={GRAPH: set(OLD)}, most=2000, trouble=at(number, what)) as store:
        work = planned(store, nt, over=True)
        try:
            push(work, transport(0))
        except StoreError:
            assert store.graphs.get(GRAPH) in (OLD, WHOLE)
            push(work, transport(0), resume=True)
        assert store.graphs == {GRAPH: WHOLE}


def test_a_store_that_was_emptied_in_between_gets_everything(nt: Path) -> None:
    with fake_store(trouble=at(4, 500)) as store:
        with pytest.raises(StoreError):
            push(planned(store, nt), transport())
        store.graphs.clear()
        told: list[str] = []
        assert push(planned(store, nt), transport(), resume=True, tell=told.append) == Pushed(200, 0, 200)
        assert "beginning again" in told[0]


def test_another_graph_does_not_go_on(nt: Path) -> None:
    with fake_store(trouble=at(4, 500)) as store:
        with pytest.raises(StoreError):
            push(planned(store, nt), transport())
        nt.write_bytes(b"".join(LINES[:-1]))
        told: list[str] = []
        assert push(planned(store, nt), transport(), resume=True, tell=told.append).skipped == 0
        assert "not the one whose push broke off" in told[0]


def test_a_record_holds_no_secret_and_must_be_one(nt: Path) -> None:
    with fake_store(scheme="basic", trouble=at(3, 500)) as store:
        work = planned(store, nt)
        with pytest.raises(StoreError):
            push(work, transport(scheme="basic", user=USER, secret=PASSWORD))
        record = work.record.read_text(encoding="utf-8")
        assert json.loads(record)["triples"] > 0 and PASSWORD not in record and USER not in record
        work.record.write_text("[]")
        with pytest.raises(ReadError, match="no record of a push"):
            push(work, transport(), resume=True)


def test_what_a_store_says_cannot_command_the_terminal(nt: Path, capsys: pytest.CaptureFixture[str]) -> None:
    evil = "<html><title>t</title><b>no\x1b]0;x\x07</b>\n<script>x</script>\u202edef " + "long " * 200
    with fake_store(trouble=lambda number, request: (400, {}, evil.encode())) as store:
        assert main(["push", store.url, str(nt), "--store", "oxigraph"]) == 4
    said = capsys.readouterr().err
    assert said.count("\n") == 1 and len(said) < 600
    assert "no\\x1b]0;x\\x07 \\u202edef" in said and "\x1b" not in said and "script" not in said


def test_an_endless_answer_is_not_read(nt: Path) -> None:
    with fake_store(trouble=lambda number, request: (400, {}, b"x" * 10_000_000)) as store:
        with pytest.raises(StoreError) as caught:
            push(planned(store, nt), transport())
        assert len(str(caught.value)) < 600


# WHO PUSHES

WHO = {
    "basic": Credentials("basic", USER, PASSWORD, "a test"),
    "digest": Credentials("digest", USER, PASSWORD, "a test"),
    "bearer": Credentials("bearer", "", TOKEN, "a test"),
}


@pytest.mark.parametrize("scheme", WHO)
def test_the_ways_to_say_who_one_is(nt: Path, scheme: str) -> None:
    with fake_store(scheme=scheme) as store:
        assert push(planned(store, nt), Transport(WHO[scheme])).counted == 200
        wrong = Credentials(scheme, USER * (scheme != "bearer"), "wrong", "a test")  # type: ignore[arg-type]
        with pytest.raises(StoreError, match=rf"answers 401: who .*it asks for {scheme.title()}; nothing is") as caught:
            push(planned(store, nt), Transport(wrong))
        assert "wrong" not in str(caught.value)


def test_a_nonce_of_digest_is_kept_and_renewed(nt: Path) -> None:
    with fake_store(scheme="digest", nonce_uses=3) as store:
        work = planned(store, nt, chunk=500)
        assert push(work, Transport(WHO["digest"])).counted == 200
        refused = len(store.requests) - work.requests - 1
        assert 0 < refused <= (work.requests + 1) // 3 + 1


def test_no_secret_is_shown() -> None:
    for who in WHO.values():
        assert who.secret not in repr(who) + who.told


def target(host: str = "db.example.org", kind: str = "oxigraph") -> object:
    return aim(f"https://{host}", store=kind, graph=GRAPH)


def test_where_credentials_are_looked_for(tmp_path: Path) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine db.example.org login lin password p1\ndefault login any password p2\n")
    netrc.chmod(0o600)
    file = tmp_path / "who"
    file.write_text("su:pa:ss\nsecond line\n")
    token = tmp_path / "token"
    token.write_text("abc.def\n")
    surroundings = {"KG_PUSH_USER": "wu", "KG_PUSH_PASSWORD": "", "NETRC": str(netrc)}

    def found(file: Path | None = None, kind: str = "oxigraph", host: str = "db.example.org",
              scheme: str | None = None, **environment: str) -> tuple[str, str, str]:  # fmt: skip
        one = find_credentials(target(host, kind), file=file, scheme=scheme, environment=environment)  # type: ignore[arg-type]
        return one.scheme, one.user, one.secret

    assert found(file, **surroundings) == ("basic", "su", "pa:ss")
    assert found(token, **surroundings) == ("bearer", "", "abc.def")
    assert found(**surroundings, KG_PUSH_TOKEN="t") == ("bearer", "", "t")
    assert found(**surroundings) == ("basic", "wu", "")
    assert found(NETRC=str(netrc)) == ("basic", "lin", "p1")
    assert found(NETRC=str(netrc), kind="virtuoso") == ("digest", "lin", "p1")
    assert found(NETRC=str(netrc), kind="virtuoso", scheme="basic") == ("basic", "lin", "p1")
    assert found(NETRC=str(netrc), scheme="none") == ("none", "", "")
    assert found(NETRC=str(netrc), host="other.example.org") == ("none", "", "")
    assert found() == ("none", "", "")


@pytest.mark.parametrize(
    ("content", "scheme", "error", "says"),
    [
        ("", None, ReadError, "holds no credentials"),
        (None, None, ReadError, "cannot be read as credentials"),
        ("a:b\x01c", None, KGError, "control characters"),
        ("token", "basic", KGError, "needs a user and a password"),
    ],
)
def test_credentials_that_are_none(
    tmp_path: Path, content: str | None, scheme: str | None, error: type[Exception], says: str
) -> None:
    file = tmp_path / "who"
    if content is not None:
        file.write_text(content)
    with pytest.raises(error, match=says):
        find_credentials(target(), file=file, scheme=scheme, environment={})  # type: ignore[arg-type]
    with pytest.raises(KGError, match=r"is not|no credentials"):
        find_credentials(target(), scheme="basic", environment={"KG_PUSH_USER": "x"} if content else {})  # type: ignore[arg-type]


# WHERE IT GOES


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_redirect_within_the_host_keeps_method_and_credentials(nt: Path, status: int) -> None:
    def moved(number: int, request: Request) -> object:
        there = f"/graphs?graph={quote(GRAPH)}"
        return (status, {"Location": there}, b"") if request.path == "/store" else None

    with fake_store(scheme="basic", trouble=moved) as store:
        assert push(planned(store, nt), Transport(WHO["basic"])).counted == 200
        assert {request.method for request in store.requests if request.path == "/graphs"} == {"POST"}


def test_another_host_gets_nothing(nt: Path) -> None:
    with fake_store(scheme="basic") as other:
        there = other.url.replace("127.0.0.1", "localhost") + "/store"
        for address in (there, other.url + "/store", "ftp://127.0.0.1/x", "//example.org/\x1b[31m"):
            away = (307, {"Location": address}, b"")
            with fake_store(trouble=at(1, away)) as store, pytest.raises(StoreError, match="sends us to "):
                push(planned(store, nt), Transport(WHO["basic"]))
        assert other.requests == []


def test_redirects_in_a_circle_end(nt: Path) -> None:
    with fake_store(trouble=lambda number, request: (307, {"Location": "/store"}, b"")) as store:
        with pytest.raises(StoreError, match="sends us to"):
            push(planned(store, nt), transport())
        assert len(store.requests) < 10


@pytest.fixture
def https(tmp_path: Path) -> Iterator[str]:
    """A server whose certificate nobody signed."""
    if not shutil.which("openssl"):
        pytest.skip("openssl is not installed")
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", certificate, "-days", "1",
         "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"],
        check=True, capture_output=True,
    )  # fmt: skip
    server = HTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    server.handle_error = lambda *_: None  # type: ignore[method-assign]
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    yield f"https://localhost:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


def test_certificates_are_verified(nt: Path, https: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"):
        monkeypatch.delenv(name, raising=False)
    work = plan(read_source(nt), aim(https, store="oxigraph"))
    with pytest.raises(StoreError, match="its certificate is not trusted"):
        push(work, transport())


PATHS = [
    ("http://h:7878", "oxigraph", "http://h:7878/store"),
    ("http://h:7878/store", "", "http://h:7878/store"),
    ("http://h:3030/news", "fuseki", "http://h:3030/news/data"),
    ("http://h:3030/news/data/", "", "http://h:3030/news/data"),
    ("http://h:8890/", "virtuoso", "http://h:8890/sparql-graph-crud-auth"),
    ("http://h:8890/sparql-graph-crud-auth", "", "http://h:8890/sparql-graph-crud-auth"),
    ("http://h/rdf4j-server/repositories/r", "", "http://h/rdf4j-server/repositories/r/rdf-graphs/service"),
    ("http://h/repositories/r/rdf-graphs/service", "graphdb", "http://h/repositories/r/rdf-graphs/service"),
    ("http://h:7001", "qlever", "http://h:7001/"),
    ("https://h:8182", "neptune", "https://h:8182/sparql/gsp/"),
    ("https://h:8182/sparql/gsp/", "", "https://h:8182/sparql/gsp/"),
    ("https://h/deep/graph-store", "other", "https://h/deep/graph-store"),
]


@pytest.mark.parametrize(("url", "store", "graphs"), PATHS)
def test_the_paths_of_stores(url: str, store: str, graphs: str) -> None:
    found = aim(url, store=store, graph=GRAPH)
    assert found.graphs == graphs
    assert store in ("", found.kind.name)
    assert aim(found.graphs, store=found.kind.name, graph=GRAPH) == found


def test_the_other_addresses_of_stores() -> None:
    one = aim("http://h/repositories/r", store="graphdb")
    assert (one.query, one.update) == ("http://h/repositories/r", "http://h/repositories/r/statements")
    assert aim("http://h/news/data").update == "http://h/news/update"
    assert aim("http://h/x", store="other").query is None


def test_the_table_is_sorted_and_every_kind_is_tried() -> None:
    assert list(kinds()) == sorted(kinds())
    assert {aim(url, store=store, graph=GRAPH).kind.name for url, store, _ in PATHS} == set(kinds())


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["http://localhost:1"], 2, "which store is that? give --store; there are fuseki"),
        (["http://localhost:1", "--store", "oxygraph"], 2, "did you mean oxigraph?"),
        (["localhost:7878", "--store", "oxigraph"], 2, "no address of a store"),
        (["http://u:secret@h/store"], 2, "must not hold a user or password"),
        (["http://h/store?graph=x"], 2, "--graph names the graph"),
        (["http://h:99999/store"], 2, "no address of a store"),
        (["http://h/store\n"], 2, "no address of a store"),
        (["http://h/store", "--graph", "out"], 2, "'out' is no IRI"),
        (["http://h/store", "--graph", "x:> . DROP ALL"], 2, "is no IRI"),
        (["http://h", "--store", "virtuoso"], 2, "has no default graph"),
        (["http://h/store", "--auth", "basic"], 2, "no credentials"),
        (["http://h/store", "--chunk", "-1"], 2, "no less than 0"),
        (["http://h/store", "none"], 3, "none: no result there"),
        (["http://h/store", "empty.nt"], 3, "empty.nt: has no triples"),
        (["http://127.0.0.1:1/store", "graph.nt", "--retries", "0"], 4, "127.0.0.1:1: "),
        (["http://127.0.0.1:1/store", "graph.nt", "--record", "/dev/null/x"], 2, "--record"),
    ],
)
def test_a_mistake_is_one_line_and_a_code(
    nt: Path, arguments: list[str], code: int, says: str, capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.chdir(nt.parent)
    (nt.parent / "empty.nt").touch()
    if len(arguments) == 1 or arguments[1].startswith("-"):
        arguments = [arguments[0], "graph.nt", *arguments[1:]]
    assert main(["push", *arguments]) == code
    out, err = capsys.readouterr()
    assert says in err and err.count("\n") == 1 and err.startswith("kg: ") and out == "" and "secret" not in err


def test_the_command(nt: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_PUSH_USER", USER)
    monkeypatch.setenv("KG_PUSH_PASSWORD", PASSWORD)
    with fake_store(scheme="basic") as store:
        url = f"{store.url}/store"
        assert main(["push", url, str(nt), "--dry-run"]) == 0
        told = capsys.readouterr().out
        assert "200 triples" in told and "1 request\n" in told and f"user {USER}, basic" in told
        assert PASSWORD not in told and store.requests == []
        assert main(["push", url, str(nt)]) == 0
        out, err = capsys.readouterr()
        assert out == f"200 triples are in the default graph of {url}; the store counts 200 there\n" and err == ""


def test_credentials_in_the_open_are_warned_of(
    nt: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KG_PUSH_TOKEN", TOKEN)
    monkeypatch.setattr("kg.push.push", lambda *_, **__: Pushed(200, 0, None))  # nothing leaves the machine
    for url, warned in (("http://h/store", True), ("https://h/store", False), ("http://[::1]/store", False)):
        assert main(["push", url, str(nt)]) == 0
        assert ("others on the way can read the credentials" in capsys.readouterr().err) == warned
