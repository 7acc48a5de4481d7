"""`build` into a folder that has a result: only what changed is done, and what comes out is as from scratch."""

import json
import os
import random
import re
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pyoxigraph
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg import corpus, pipeline, spread
from kg.extract import extract
from kg.knowledge import Knowledge
from kg.model import Document, Facts
from kg.pipeline import build
from kg.report import Report
from kg.store import open_store

GOLD = Path(__file__).parent / "gold"
RECORDS = [
    json.loads(line)
    for name in ("identity.jsonl", "regression.jsonl")
    for line in (GOLD / name).read_text(encoding="utf-8").splitlines()
]
SERIES = [
    ("6月5日，2020年度长三角地区主要领导座谈会在浙江湖州举行。上海市委书记李强主持会议。", "2020-06-07"),
    ("5月22日，2019年度长三角地区主要领导座谈会在安徽芜湖举行。安徽省委书记李锦斌主持会议。", "2019-05-23"),
    ("2021年5月27日，2021年度长三角地区主要领导座谈会在江苏无锡举行。自2019年“芜湖会议”以来，成果丰硕。", "2021-05-28"),
    ("清水县县长王平在清水县主持召开清水县政府常务会议。", "2021-03-02"),
    ("清水县县长王平在清水县出席会议。", "2021-03-09"),
    ("3月2日，盐池县县长王平在盐池县主持召开座谈会。", "2021-03-03"),
    ("王平指出，要抓好春耕。", "2021-03-04"),
    ("清水县代县长何清源在清水县主持召开清水县政府常务会议。", "2021-07-02"),
    ("清水县县长何清源在清水县调研。", "2021-09-02"),
]
RECORDS_BEFORE = len(RECORDS)  # articles before those of SERIES
MARK = re.compile(r"\[([^\[\]|]+)\|[^\[\]|]+\]")
ARTICLES = [
    *({"id": f"r{n}", "title": record.get("title", ""), "published": record.get("published", ""),
       "text": record.get("text") or MARK.sub(r"\1", record["marked"])} for n, record in enumerate(RECORDS)),
    *({"id": f"s{n}", "title": "", "published": day, "text": text} for n, (text, day) in enumerate(SERIES)),
]  # fmt: skip


def write(folder: Path, number: int, version: int = 0) -> None:
    """One article as a file of its own; a later version has one sentence more."""
    record = {**ARTICLES[number], "source": ("甲报", "乙报")[number % 2]}
    if version:
        record["text"] += f"会议强调，要抓好落实。清水县副县长周若{'一二三'[version % 3]}出席会议。"
    (folder / f"{number}.jsonl").write_text(json.dumps(record, ensure_ascii=False) + "\n", encoding="utf-8")


def come_or_go(path: Path, published: str, text: str) -> None:
    """An article as a file of its own, or none where there was one."""
    if path.exists():
        path.unlink()
    else:
        record = {"id": path.stem, "published": published, "text": text}
        path.write_text(json.dumps(record, ensure_ascii=False) + "\n", encoding="utf-8")


def run(news: Path, out: Path, *, html: bool = False, jobs: int = 1, fresh: bool = False) -> Report:
    return build([news], out, html=html, jobs=jobs, fresh=fresh)


def result(out: Path) -> dict[str, bytes]:
    """All files of a result, the store by its triples, the report without the clock."""
    names = ("graph.nt", "graph.ttl", "graph.html")
    found = {name: (out / name).read_bytes() for name in names if (out / name).exists()}
    found["store"] = b"".join(open_store(out / "store").lines())
    told = json.loads((out / "run.json").read_text(encoding="utf-8"))
    for key in ("out", "seconds", "slowest", "finished", "renewed", "extracted", "notes"):
        del told[key]
    found["run.json"] = json.dumps(told).encode()
    return found


def from_scratch(news: Path, *, html: bool = False) -> dict[str, bytes]:
    with tempfile.TemporaryDirectory() as folder:
        run(news, Path(folder), html=html)
        return result(Path(folder))


# An article, and which version of it is written; None takes it away.
change = st.tuples(st.integers(0, len(ARTICLES) - 1), st.sampled_from([0, 0, 0, 1, 2, None]))
changes = st.lists(st.lists(change, min_size=1, max_size=6), min_size=1, max_size=4)


@pytest.mark.slow
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(start=st.sets(st.integers(0, len(ARTICLES) - 1), min_size=1, max_size=60), changes=changes)
def test_after_any_changes_it_is_as_from_scratch(start: set[int], changes: list[list[tuple[int, int | None]]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        news, out = Path(folder, "news"), Path(folder, "out")
        news.mkdir()
        for number in start:
            write(news, number)
        run(news, out)
        for several in changes:
            for number, version in several:
                if version is None:
                    (news / f"{number}.jsonl").unlink(missing_ok=True)
                else:
                    write(news, number, version)
            if not any(news.iterdir()):
                write(news, 0)
            run(news, out)
            assert result(out) == from_scratch(news)


@pytest.fixture
def news(tmp_path: Path) -> Path:
    folder = tmp_path / "news"
    folder.mkdir()
    for number in range(0, 60, 3):
        write(folder, number)
    return folder


def test_the_page_too_is_as_from_scratch(news: Path, tmp_path: Path) -> None:
    run(news, tmp_path / "out", html=True)
    write(news, 1)
    run(news, tmp_path / "out", html=True)
    assert result(tmp_path / "out") == from_scratch(news, html=True)


def test_what_did_not_change_is_neither_read_nor_extracted(
    news: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    long_ago = time.time_ns() - 10**10
    for path in news.iterdir():
        os.utime(path, ns=(long_ago, long_ago))
    first = run(news, tmp_path / "out")
    assert first.renewed == {}
    read: list[str] = []
    extracted: list[str] = []
    read_file = corpus.read_file

    def reading(file: str, *rest: object) -> object:
        read.append(Path(file).name)
        return read_file(file, *rest)  # type: ignore[arg-type]

    def extracting(document: Document, knowledge: Knowledge) -> Facts:
        extracted.append(document.name)
        return extract(document, knowledge)

    monkeypatch.setattr(corpus, "read_file", reading)
    monkeypatch.setattr(spread, "extract", extracting)
    (news / "3.jsonl").touch()  # the same content
    (news / "6.jsonl").unlink()
    write(news, 9, version=1)
    write(news, 10)
    report = run(news, tmp_path / "out")
    assert sorted(read) == ["10.jsonl", "9.jsonl"]
    assert sorted(extracted) == ["r10", "r9"]
    assert report.renewed == {"new": 1, "changed": 1, "gone": 1, "unchanged": first.documents - 2}
    assert report.extracted == 2
    read.clear()
    report = run(news, tmp_path / "out")
    assert (read, report.extracted) == ([], 0)


def test_a_small_change_is_written_into_the_last_graph(
    news: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    run(news, out)
    store = (out / "store").resolve()
    with monkeypatch.context() as patched:
        patched.setattr(pipeline, "_all_facts", None)  # would raise, if the graph were made anew
        for step, several in enumerate([[(1, 0)], [(1, None), (9, 1)], [(9, 2), (3, None), (155, 0), (157, 0)], []]):
            for number, version in several:
                if version is None:
                    (news / f"{number}.jsonl").unlink()
                else:
                    write(news, number, version)
            before = result(out)
            run(news, out)
            assert (result(out) == before) == (step == 3)
    assert result(out) == from_scratch(news)
    assert not store.exists()


def test_a_graph_that_somebody_changed_is_made_anew(news: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    for name in ("graph.nt", "graph.ttl"):
        run(news, out)
        path = (out / name).resolve()
        path.write_bytes(path.read_bytes().replace(b"a", b"b", 1))
        write(news, 1, version=1 if name == "graph.nt" else 2)
        run(news, out)
        assert result(out) == from_scratch(news)


def test_a_store_that_somebody_opened_to_write_is_made_anew(news: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run(news, out)
    graph = pyoxigraph.Store(str((out / "store").resolve()))
    graph.add(pyoxigraph.Quad(*(pyoxigraph.NamedNode(f"https://example.org/{name}") for name in "abc")))
    graph.flush()
    del graph
    write(news, 1)
    run(news, out)
    assert result(out) == from_scratch(news)


def test_divisions_that_lie_in_one_another_come_and_go_one_by_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = (
        "震泽镇党委书记沈雅琴在吴江区震泽镇调研。", "吴江区区长顾晓岚出席会议。", "会议在苏州市举行。",
        "会议在江苏省举行。", "会议在浙江省湖州市德清县举行。", "会议在密云县举行。", "会议在北京市密云区举行。",
    )  # fmt: skip
    news, out = tmp_path / "news", tmp_path / "out"
    news.mkdir()
    for number in range(100, 125):
        write(news, number)
    run(news, out)
    monkeypatch.setattr(pipeline, "_all_facts", all_facts := FromScratch(pipeline._all_facts))
    for order in ((0, 1, 2, 3, 4, 5, 6), (3, 2, 1, 0, 6, 5, 4)):
        for number in order:
            come_or_go(news / f"place{number}.jsonl", "2021-03-02", texts[number])
            run(news, out)
            assert not all_facts.called
            assert result(out) == from_scratch(news), (order, number)
            all_facts.called = False


def test_a_city_for_which_an_edition_is_named_comes_and_goes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = ("会议在安徽省芜湖市举行。", "安徽省芜湖市市长顾晓岚出席会议。")
    news, out = tmp_path / "news", tmp_path / "out"
    news.mkdir()
    for number in (*range(100, 125), *(RECORDS_BEFORE + n for n in (0, 2))):  # of 芜湖 only its meeting is told
        write(news, number)
    run(news, out)
    assert re.search(rb"ontology#host> [^\n]*340200", (out / "graph.nt").read_bytes())
    monkeypatch.setattr(pipeline, "_all_facts", all_facts := FromScratch(pipeline._all_facts))
    for number in (0, 1, 0, 1):
        come_or_go(news / f"city{number}.jsonl", "2021-06-02", texts[number])
        run(news, out)
        assert not all_facts.called
        assert result(out) == from_scratch(news), number
        all_facts.called = False


def test_an_edition_is_told_of_where_a_post_is_taken(tmp_path: Path) -> None:
    texts = (  # the first shows who that is, the second says since when, the third names another edition
        ("2021-04-01", "清水县县长沈雅琴在清水县调研。"),
        ("2021-05-28", "2021年度长三角地区主要领导座谈会在江苏无锡举行。3月2日，沈雅琴任清水县县长。"),
        ("2021-05-29", "2019年度长三角地区主要领导座谈会在安徽芜湖举行。清水县县长沈雅琴到会学习。"),
    )
    news, out = tmp_path / "news", tmp_path / "out"
    news.mkdir()
    for number in range(100, 125):
        write(news, number)
    for number, (day, text) in enumerate(texts):
        come_or_go(news / f"t{number}.jsonl", day, text)
        run(news, out)
        assert result(out) == from_scratch(news)
    assert b"ontology#begin" in (out / "graph.nt").read_bytes()


def test_a_sentence_stays_as_long_as_anybody_is_shown_by_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = (
        "沈雅琴指出，要抓好春耕，陆建平强调，要抓好落实。",
        "清水县县长沈雅琴在清水县调研。",
        "盐池县县长陆建平在盐池县调研。",
    )
    news, out = tmp_path / "news", tmp_path / "out"
    news.mkdir()
    for number in range(100, 125):
        write(news, number)
    for number, text in enumerate(texts):
        come_or_go(news / f"t{number}.jsonl", f"2021-05-0{number + 1}", text)
    run(news, out)
    assert texts[0].encode() in (out / "graph.nt").read_bytes()
    monkeypatch.setattr(pipeline, "_all_facts", all_facts := FromScratch(pipeline._all_facts))
    for number in (1, 2, 1, 2, 2, 1):
        come_or_go(news / f"t{number}.jsonl", f"2021-05-0{number + 1}", texts[number])
        run(news, out)
        assert not all_facts.called
        assert result(out) == from_scratch(news), number
        all_facts.called = False


class FromScratch:
    """Takes the place of what only a graph that is made anew asks for, and notes that it was asked."""

    def __init__(self, ask: Callable[..., object]) -> None:
        self.ask, self.called = ask, False

    def __call__(self, *args: object) -> object:
        self.called = True
        return self.ask(*args)


def test_a_change_within_one_tick_of_the_clock_is_seen(news: Path, tmp_path: Path) -> None:
    run(news, tmp_path / "out")
    path = news / "3.jsonl"
    before = path.stat()
    path.write_bytes(path.read_bytes().replace("。".encode(), "！".encode()))
    os.utime(path, ns=(before.st_mtime_ns, before.st_mtime_ns))
    assert path.stat().st_size == before.st_size
    run(news, tmp_path / "out")
    assert result(tmp_path / "out") == from_scratch(news)


def test_options_and_knowledge_are_part_of_it(news: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine" / "tables"
    mine.mkdir(parents=True)
    (mine / "initiatives.tsv").write_text("name\taliases\tkind\tsource\n要抓好落实\t\tcampaign\t\n", encoding="utf-8")
    out = tmp_path / "out"
    for options in ({"published": "2020-01-01"}, {"knowledge": [mine.parent]}, {"base": "https://x.org/"}):
        build([news], out, html=False, jobs=1, **options)  # type: ignore[arg-type]
        build([news], tmp_path / "whole", html=False, jobs=1, fresh=True, **options)  # type: ignore[arg-type]
        assert result(out) == result(tmp_path / "whole"), options


def damages(out: Path) -> list[tuple[Path, str]]:
    inner = out / ".kg"
    files = [path for path in inner.rglob("*") if path.is_file() and path.suffix in {".sqlite", ".json"}]
    return [(path.relative_to(out), how) for path in files for how in ("cut", "empty", "noise", "away")]


def test_damage_costs_time_and_never_the_result(news: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run(news, out)
    write(news, 1)
    whole = from_scratch(news)
    seen = 0
    for path, how in damages(out):
        broken = tmp_path / "broken"
        shutil.rmtree(broken, ignore_errors=True)
        shutil.copytree(out, broken, symlinks=True)
        content = (broken / path).read_bytes()
        if how == "away":
            (broken / path).unlink()
        else:
            middle = len(content) // 2
            noise = content[:middle] + random.Random(4).randbytes(2000) + content[middle + 2000 :]
            (broken / path).write_bytes({"cut": content[:middle], "empty": b"", "noise": noise}[how])
        report = run(news, broken)
        assert result(broken) == whole, (path, how)
        seen += bool(report.notes)
    assert seen


@pytest.mark.parametrize("size", [2_000, 20_000, 60_000, 120_000])
def test_a_full_disk_is_one_line_and_the_last_result_stays(news: Path, tmp_path: Path, size: int) -> None:
    out = tmp_path / "out"
    run(news, out)
    before = result(out)
    write(news, 1)
    command = [sys.executable, "-m", "kg", "build", str(news), "-o", str(out), "--no-html", "--fresh", "-j", "1"]

    def limit() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    environment = {**os.environ, "KG_NO_CACHE": "1", "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(command, capture_output=True, text=True, preexec_fn=limit, env=environment, check=False)
    assert done.returncode in (2, 4), done
    assert done.stderr.startswith("kg: ") and done.stderr.count("\n") == 1, done.stderr
    assert result(out) == before
    run(news, out)
    assert result(out) == from_scratch(news)


def test_what_another_version_kept_is_not_used(
    news: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(news, tmp_path / "out")
    monkeypatch.setattr("kg.corpus.code_version", lambda: "another")
    report = run(news, tmp_path / "out")
    assert report.extracted == report.documents
    (note,) = report.notes
    assert "another version" in note


def test_an_interrupted_build_goes_on_where_it_was(tmp_path: Path) -> None:
    news = tmp_path / "news"
    news.mkdir()
    records = ({**ARTICLES[n % 140], "id": f"a{n}", "title": f"第{n}篇"} for n in range(500))
    lines = [json.dumps(record, ensure_ascii=False) for record in records]
    (news / "all.jsonl").write_text("\n".join(lines), encoding="utf-8")
    out = tmp_path / "out"
    command = [sys.executable, "-m", "kg", "build", str(news), "-o", str(out), "--no-html", "--no-store", "-j", "1"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as building:
        while building.poll() is None and not kept(out):
            time.sleep(0.05)
        building.send_signal(signal.SIGINT)
        _, told = building.communicate()
    assert building.returncode == 130
    assert told.count("\n") == 1 and "interrupted" in told
    assert not (out / "graph.nt").exists()
    before = kept(out)
    assert 0 < before < 500
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    report = json.loads((out / "run.json").read_text(encoding="utf-8"))
    assert report["extracted"] <= 500 - before, done.stdout


def kept(out: Path) -> int:
    """How many documents' facts a build has kept so far."""
    path = out / ".kg" / "facts.sqlite"
    if not path.exists():
        return 0
    try:
        database = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
        (count,) = database.execute("SELECT COUNT(*) FROM facts").fetchone()
        database.close()
    except sqlite3.Error:
        return 0
    return int(count)
