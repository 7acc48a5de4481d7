"""OUT is the last result or the new one over all its files, at whatever moment a build is killed."""

import os
import random
import resource
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kg import output
from kg.errors import BuildError, StoreError
from kg.output import workshop

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="processes cannot fork here")

Files = dict[str, str]
OLD: Files = {"graph.nt": "old nt", "graph.ttl": "old ttl", "graph.html": "old page", "run.json": "old run"}
NEW: Files = {"graph.nt": "new nt", "graph.ttl": "new ttl", "store": "new store", "run.json": "new run"}


def write(folder: Path, files: Files) -> None:
    for name, text in files.items():
        if name == "store":
            (folder / name).mkdir()
            (folder / name / "CURRENT").write_text(text, encoding="utf-8")
        else:
            (folder / name).write_text(text, encoding="utf-8")


def publish(out: Path, files: Files) -> None:
    with workshop(out) as shop:
        write(shop.bench, files)


def seen(out: Path) -> Files:
    """What a person finds in OUT: each file by name, read through whatever links there are."""
    found = {}
    for name in output.NAMES:
        path = out / name / "CURRENT" if name == "store" else out / name
        if path.exists():
            found[name] = path.read_text(encoding="utf-8")
    return found


def killed_at(step: int, work: Callable[[], None]) -> bool:
    """Do the work in a process that is killed before its nth step on the disk; whether it came to that."""
    child = os.fork()
    if not child:
        left = step

        def count(event: str, _: tuple[object, ...]) -> None:
            nonlocal left
            if event != "os.kill" and event.startswith(("open", "os.", "shutil.")):
                left -= 1
                if left < 0:
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(count)
        try:
            work()
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def steps(out: Path, before: Callable[[Path], None]) -> Iterator[tuple[Path, bool]]:
    """A folder for each step at which the writing of NEW can be killed, killed there."""
    for step in range(10_000):
        folder = out / str(step)
        before(folder)
        killed = killed_at(step, lambda folder=folder: publish(folder, NEW))  # type: ignore[misc]
        yield folder, killed
        if not killed:
            return


@pytest.mark.parametrize("first", [True, False])
def test_killed_at_any_step_it_is_the_old_or_the_new(tmp_path: Path, first: bool) -> None:
    before = {} if first else OLD
    states = []
    for out, killed in steps(tmp_path, lambda folder: None if first else publish(folder, OLD)):
        states.append(seen(out))
        assert states[-1] in (before, NEW), out
        assert killed or states[-1] == NEW
        publish(out, OLD)  # the next build sweeps up
        assert seen(out) == OLD
        assert sorted(path.name for path in out.iterdir()) == sorted([".kg", *OLD])
        assert len([path for path in (out / ".kg").iterdir() if path.is_dir() and not path.is_symlink()]) == 1
    assert len(states) > 20
    assert before in states and NEW in states


def test_the_plain_files_of_earlier_versions_are_taken_over(tmp_path: Path) -> None:
    plain = {**OLD, "store": "old store"}

    def earlier(folder: Path) -> None:
        folder.mkdir()
        write(folder, plain)

    halves = 0
    for out, _ in steps(tmp_path, earlier):
        state = seen(out)
        if "store" not in state:  # between two renames: kg reads graph.nt then
            halves += 1
            state["store"] = "old store"
        assert state in (plain, NEW)
    assert halves <= 1


def test_what_is_not_ours_stays(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("years of work", encoding="utf-8")
    publish(tmp_path, OLD)
    publish(tmp_path, NEW)
    assert (tmp_path / "thesis.txt").read_text(encoding="utf-8") == "years of work"


def test_who_has_a_file_open_keeps_it(tmp_path: Path) -> None:
    publish(tmp_path, OLD)
    with (tmp_path / "graph.nt").open(encoding="utf-8") as reader:
        publish(tmp_path, NEW)
        assert reader.read() == "old nt"


def test_it_can_be_moved_elsewhere(tmp_path: Path) -> None:
    publish(tmp_path / "here", OLD)
    (tmp_path / "here").rename(tmp_path / "there")
    assert seen(tmp_path / "there") == OLD


def test_a_second_writer_is_told_at_once_and_loses_nothing(tmp_path: Path) -> None:
    publish(tmp_path, OLD)
    with workshop(tmp_path) as shop:
        with pytest.raises(StoreError, match="another build writes there"), workshop(tmp_path):
            pass
        assert seen(tmp_path) == OLD
        write(shop.bench, NEW)
    assert seen(tmp_path) == NEW


def test_the_lock_dies_with_its_process(tmp_path: Path) -> None:
    def die() -> None:
        with workshop(tmp_path):
            os.kill(os.getpid(), signal.SIGKILL)

    assert killed_at(10**6, die)
    publish(tmp_path, NEW)
    assert seen(tmp_path) == NEW


def test_what_breaks_off_leaves_no_trace(tmp_path: Path) -> None:
    publish(tmp_path, OLD)
    with pytest.raises(KeyboardInterrupt), workshop(tmp_path) as shop:
        write(shop.bench, NEW)
        raise KeyboardInterrupt
    assert seen(tmp_path) == OLD
    assert not shop.bench.exists()


def test_a_full_disk_is_one_line_and_the_last_result_stays(tmp_path: Path) -> None:
    publish(tmp_path, OLD)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, hard))
    try:
        with pytest.raises(BuildError, match="cannot be written") as caught:
            publish(tmp_path, {"graph.nt": "x" * 100_000})
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, handler)
    assert "\n" not in str(caught.value)
    assert seen(tmp_path) == OLD


def test_without_links_the_files_are_moved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError("no links here")

    monkeypatch.setattr(os, "symlink", refuse)
    for step in range(10_000):
        out = tmp_path / str(step)
        publish(out, {**OLD, "store": "old store"})
        killed = killed_at(step, lambda out=out: publish(out, NEW))  # type: ignore[misc]
        with pytest.raises(ZeroDivisionError), workshop(out):  # any build makes good what was begun
            raise ZeroDivisionError
        assert seen(out) in ({**OLD, "store": "old store"}, NEW)
        assert not any(path.is_symlink() for path in out.iterdir())
        if not killed:
            break
    assert seen(out) == NEW


BUILDS = """
import os, sys, time
from pathlib import Path
from kg.knowledge import load
from kg.pipeline import build
load()
for line in sys.stdin:
    news, out, jobs = line.split()
    if not os.fork():
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
        build([news], out, html=False, jobs=int(jobs))
        os._exit(0)
    os.wait()
    print("done", flush=True)
"""


@pytest.mark.slow
def test_whole_builds_are_killed_hundreds_of_times(tmp_path: Path) -> None:
    """Two corpora in turn are built into one folder, each build killed after a while; what stands there is whole."""
    whole: set[tuple[tuple[str, bytes], ...]] = set()
    news = []
    for number in range(2):
        folder = tmp_path / f"news{number}"
        folder.mkdir()
        for article in range(3 + number):
            text = f"6月{article + 1}日，苍南县县长周若谷{number}在苍南县主持召开政府常务会议。"
            (folder / f"{article}.txt").write_text(text, encoding="utf-8")
        news.append(folder)
    chance = random.Random(4)
    out = tmp_path / "out"
    with subprocess.Popen(
        [sys.executable, "-c", BUILDS], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
    ) as server:
        assert server.stdin and server.stdout
        for folder in news:
            server.stdin.write(f"{folder} {tmp_path / 'whole'} 1\n")
            server.stdout.readline()
            whole.add(state(tmp_path / "whole"))
        for time in range(240):
            if time % 40 == 0:  # a first build again
                subprocess.run(["rm", "-rf", str(out)], check=True)
            server.stdin.write(f"{news[time % 2]} {out} 1\n")
            kill_children(server.pid, after=chance.uniform(0, 0.35))
            server.stdout.readline()
            found = state(out)
            assert found == () or found in whole
        server.stdin.close()
    assert len(whole) == 2


def kill_children(parent: int, after: float) -> None:
    """Kill the child of the process after so many seconds, if it still lives."""
    import time

    time.sleep(after)
    children = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    for child in children:
        os.kill(int(child), signal.SIGKILL)


def state(out: Path) -> tuple[tuple[str, bytes], ...]:
    """All files of a result, the store by its triples; what only the clock tells is left out."""
    import json

    from kg.store import open_store

    found = {name: (out / name).read_bytes() for name in ("graph.nt", "graph.ttl") if (out / name).exists()}
    if (out / "run.json").exists():
        run = json.loads((out / "run.json").read_text(encoding="utf-8"))
        found["run.json"] = json.dumps([run["documents"], run["triples"], run["files"]]).encode()
    if (out / "store").exists():
        found["store"] = b"".join(open_store(out / "store").lines())
    return tuple(sorted(found.items()))
