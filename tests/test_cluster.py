"""A build on a cluster gives the bytes of a local build, whatever becomes of its workers."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("distributed")
fsspec = pytest.importorskip("fsspec")
pytest.importorskip("pyarrow")

from extracted import KNOWLEDGE  # noqa: E402
from facts import lake  # noqa: E402
from hypothesis import given, settings  # noqa: E402
from hypothesis import strategies as st  # noqa: E402

from kg import pipeline  # noqa: E402
from kg.cli import main  # noqa: E402
from kg.cluster import Place, _units, build_on_cluster  # noqa: E402
from kg.cluster.parts import parts  # noqa: E402
from kg.cluster.shards import (  # noqa: E402
    part_url,
    read_documents,
    read_facts,
    read_whole,
    write_documents,
    write_facts,
    write_whole,
)
from kg.cluster.tasks import cut, lines_of  # noqa: E402
from kg.errors import BuildError, KGError, ReadError  # noqa: E402
from kg.extract import extract  # noqa: E402
from kg.pipeline import build_assembly  # noqa: E402
from kg.rdf import ntriples  # noqa: E402
from kg.read import read  # noqa: E402
from kg.read.remote import list_anywhere, read_anywhere  # noqa: E402
from kg.vocabulary import BASE  # noqa: E402

ROOT = Path(__file__).parents[1]
GOLD = Path(__file__).parent / "gold"


@pytest.fixture
def memory() -> Iterator[str]:
    """A place in the memory of this process."""
    yield "memory://kg-test"
    system = fsspec.filesystem("memory")
    if system.exists("/kg-test"):
        system.rm("/kg-test", recursive=True)


# SHARDS


@pytest.mark.parametrize("kind", ["memory", "file", "path"])
def test_what_is_written_is_read_again_to_the_last_field(kind: str, memory: str, tmp_path: Path) -> None:
    root = {"memory": memory, "file": f"file://{tmp_path}/deep/er", "path": str(tmp_path / "deeper")}[kind]
    documents = list(read([GOLD / "regression.jsonl"]))
    facts = [lake(), *(extract(one, KNOWLEDGE) for one in documents)]
    places = part_url(root, "documents", "0"), part_url(root, "facts", "0")
    write_documents(places[0], [one.document for one in facts])
    write_facts(places[1], facts)
    assert list(read_documents(places[0])) == [one.document for one in facts]
    again = list(read_facts(places[1], places[0]))
    assert again == facts
    for one, other in zip(again, facts, strict=True):
        assert [it.evidence for it in one.statements] == [it.evidence for it in other.statements]


def test_a_shard_done_twice_has_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a", "b", "b"):
        write_facts(str(tmp_path / name), [lake()])
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
    assert {path.name for path in tmp_path.iterdir()} == {"a", "b"}


def test_other_tools_read_what_the_facts_say(tmp_path: Path) -> None:
    import pyarrow.parquet as parquet

    write_facts(str(tmp_path / "facts.parquet"), [lake()])
    (row,) = parquet.read_table(tmp_path / "facts.parquet").to_pylist()
    assert {"Person"} == {it["type"] for it in row["entities"] if it["name"] == "李强"}
    assert {it["predicate"] for it in row["statements"]} >= {"holdsOffice", "heldOn"}
    assert {it["modality"] for it in row["statements"]} == {"asserted", "planned"}


def test_a_place_that_takes_nothing_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(BuildError, match="cannot be written"):
        write_whole(str(tmp_path / "file" / "part"), b"")
    with pytest.raises(BuildError, match="cannot be read"):
        read_whole(str(tmp_path / "none"))


# INPUT FROM ANYWHERE


def test_texts_are_read_from_other_storage(memory: str) -> None:
    system = fsspec.filesystem("memory")
    for name in ("b.jsonl", "sub/a.txt", ".hidden.txt", "README.md", "picture.png"):
        system.pipe_file(f"/kg-test/{name}", '{"id": "1", "text": "上海市委书记李强出席会议。"}'.encode())
    listing = list_anywhere([memory, f"{memory}/b.jsonl"])
    assert [name.rpartition("kg-test")[2] for name in listing.files] == ["/b.jsonl", "/sub/a.txt"]
    assert [name.rpartition("kg-test")[2] for name in listing.passed_over] == ["/README.md", "/picture.png"]
    given_fields = {"title": "", "published": "", "source": ""}
    ((place, document, is_record),) = read_anywhere(listing.files[0], given_fields, KNOWLEDGE)
    assert (place, document.name, is_record) == ("memory:///kg-test/b.jsonl:1", "1", True)


@pytest.mark.parametrize(
    ("path", "reason"),
    [("memory://kg-test/none", "no such file"), ("nothing://x", "nothing://x: "), ("no/such/file", "no such file")],
)
def test_what_is_not_there_is_told(path: str, reason: str) -> None:
    with pytest.raises(ReadError, match=reason):
        list_anywhere([path])


def test_standard_input_is_not_for_clusters() -> None:
    with pytest.raises(KGError, match="standard input"):
        list_anywhere(["-"])


def test_files_are_read_in_units_that_hold_all_of_them() -> None:
    sizes = [10, 5_000_000, 10, 3_000_000, 3_000_000]
    files = {f"{number}.txt": size for number, size in enumerate(sizes)}
    units = list(_units(files))
    assert [file for unit in units for file in unit] == list(files)
    assert [len(unit) for unit in units] == [2, 3]


# LINES

ASSEMBLY = build_assembly(read([GOLD / "regression.jsonl"]), KNOWLEDGE)


@settings(max_examples=10, deadline=None)
@given(st.integers(1, 7), st.integers(0, 3))
def test_the_lines_of_the_parts_are_the_lines_of_the_whole(count: int, left_out: int) -> None:
    ids = [one.id for one in ASSEMBLY.documents][left_out:]
    shards = [ids[number::count] for number in range(count)]
    found = {line for part in parts(ASSEMBLY, shards) for line in lines_of(part, BASE)}
    assert "".join(sorted(found)).encode() == ntriples(ASSEMBLY)


@given(st.lists(st.text(max_size=3)), st.lists(st.text(max_size=3)))
def test_a_cut_loses_nothing_and_puts_equal_lines_in_one_piece(lines: list[str], bounds: list[str]) -> None:
    ordered = sorted(set(lines))
    limits = sorted(set(bounds))
    pieces = cut(ordered, limits)
    assert [line for piece in pieces for line in piece] == ordered
    assert len(pieces) == len(limits) + 1
    for number, piece in enumerate(pieces):
        assert all(number == 0 or line >= limits[number - 1] for line in piece)
        assert all(number == len(limits) or line < limits[number] for line in piece)


# THE COMMAND


def test_without_dask_one_line_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    for name in [one for one in sys.modules if one.startswith("kg.cluster")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "distributed", None)
    assert main(["build", str(ROOT / "seeds"), "-o", str(tmp_path / "out"), "--cluster", "tcp://127.0.0.1:1"]) == 2
    assert "pip install 'kg-chinese-news[cluster]'" in capsys.readouterr().err


def test_where_no_scheduler_answers_one_line_says_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setattr("kg.cluster._PATIENCE", "1s")
    for address in ("tcp://127.0.0.1:9", "nonsense://x"):
        assert main(["build", str(ROOT / "seeds"), "-o", str(tmp_path / "out"), "--cluster", address]) == 2
        error = capsys.readouterr().err.splitlines()
        assert f"kg: {address}: no Dask scheduler answers there" in error[-1]
    assert not (tmp_path / "out" / "graph.nt").exists()


# SCALE


def test_the_page_on_scale_shows_what_the_simulation_gives() -> None:
    simulation = [sys.executable, str(ROOT / "tools" / "scale.py"), "simulate", str(ROOT / "docs" / "scale.json")]
    shown = subprocess.run(simulation, check=True, capture_output=True, text=True).stdout
    assert shown in (ROOT / "docs" / "scale.md").read_text(encoding="utf-8")


# BUILDS


@pytest.fixture(scope="module")
def news(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """240 articles in six files, a file of others, and one that is there twice."""
    folder = tmp_path_factory.mktemp("news")
    make = [sys.executable, str(ROOT / "tools" / "make_articles.py"), "240"]
    made = subprocess.run(make, check=True, capture_output=True).stdout.splitlines(keepends=True)
    for number in range(6):
        (folder / f"made-{number}.jsonl").write_bytes(b"".join(made[number::6]))
    lines = (GOLD / "regression.jsonl").read_text(encoding="utf-8").splitlines()
    copy = json.dumps({**json.loads(lines[0]), "id": "copy", "source": "转载报"}, ensure_ascii=False)
    (folder / "more.jsonl").write_text("\n".join([*lines, copy]) + "\n", encoding="utf-8")
    (folder / "corrections.toml").write_text(
        '[[correction]]\nassert = ["Person:王新人", "met", "Person:李新人"]\nwho = "a"\nwhen = 2026-11-25\nwhy = "b"\n',
        encoding="utf-8",
    )
    return folder


@pytest.fixture(scope="module")
def local(news: Path, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The bytes of a local build."""
    out = tmp_path_factory.mktemp("local")
    report = pipeline.build([news], out, html=False, store=False, corrections=news / "corrections.toml", jobs=1)
    assert report.copies == 1 and not report.failed
    return (out / "graph.nt").read_bytes()


@pytest.mark.slow
def test_a_cluster_in_this_process_with_storage_in_memory(
    news: Path, local: bytes, memory: str, tmp_path: Path
) -> None:
    from distributed import LocalCluster

    system = fsspec.filesystem("memory")
    for path in news.glob("*.jsonl"):
        system.pipe_file(f"/kg-test/news/{path.name}", path.read_bytes())
    with LocalCluster(n_workers=2, threads_per_worker=1, processes=False, dashboard_address=None) as cluster:
        place = Place(cluster.scheduler_address, f"{memory}/shards", 100)
        report = build_on_cluster(
            [f"{memory}/news"], tmp_path, place, store=False, corrections=news / "corrections.toml"
        )
    assert report.copies == 1 and not report.failed
    assert (tmp_path / "graph.nt").read_bytes() == local
    assert not system.glob("/kg-test/shards/*/*.tmp*")


class Crew:
    """A scheduler and workers as processes of their own."""

    def __init__(self, folder: Path, count: int) -> None:
        env = {**os.environ, "PYTHONPATH": str(ROOT)}
        note = folder / "scheduler.json"
        dask = [sys.executable, "-m", "dask"]
        self.scheduler = subprocess.Popen(
            [*dask, "scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", str(note)],
            env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        until(note.exists)
        self.address = json.loads(note.read_text(encoding="utf-8"))["address"]
        self.workers = [
            subprocess.Popen(
                [*dask, "worker", self.address, "--no-nanny", "--nthreads", "1", "--no-dashboard",
                 "--local-directory", str(folder / f"worker-{number}")],
                env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            )
            for number in range(count)
        ]  # fmt: skip

    def end(self) -> None:
        for process in (*self.workers, self.scheduler):
            with contextlib.suppress(ProcessLookupError):
                process.send_signal(signal.SIGCONT)
            process.kill()
            process.wait()


def until(ready: object, seconds: float = 120) -> None:
    end = time.monotonic() + seconds
    while not ready():  # type: ignore[operator]
        assert time.monotonic() < end
        time.sleep(0.05)


@pytest.mark.slow
def test_one_worker_killed_and_one_made_slow_change_nothing(news: Path, local: bytes, tmp_path: Path) -> None:
    crew = Crew(tmp_path, 3)
    shards = tmp_path / "shards"
    done = threading.Event()

    def disturb() -> None:
        until(lambda: any((shards / "facts").glob("*.parquet")) or done.is_set())
        crew.workers[0].kill()  # -9, in the middle of the extraction
        while not done.is_set():  # one fourth of its time is left to the second
            crew.workers[1].send_signal(signal.SIGSTOP)
            done.wait(0.3)
            crew.workers[1].send_signal(signal.SIGCONT)
            done.wait(0.1)

    from distributed import Client

    disturber = threading.Thread(target=disturb)
    try:
        with Client(crew.address, set_as_default=False) as client:
            client.wait_for_workers(3, timeout=120)
        disturber.start()
        build_on_cluster(
            [news], tmp_path / "out", Place(crew.address, str(shards), 25), corrections=news / "corrections.toml"
        )
        killed = crew.workers[0].wait(timeout=60)
    finally:
        done.set()
        disturber.join()
        crew.end()
    assert killed == -signal.SIGKILL
    assert (tmp_path / "out" / "graph.nt").read_bytes() == local
    triples = b"".join(path.read_bytes() for path in sorted((shards / "triples").iterdir()))
    assert triples == local
    assert (tmp_path / "out" / "store").is_dir()
