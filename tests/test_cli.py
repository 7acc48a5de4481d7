"""The command line: data on stdout, messages on stderr, one clear line and the right exit code for each mistake."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from drawn import embedded

from kg.cli import COMMANDS, main

SEEDS = Path(__file__).parents[1] / "seeds"


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("result") / "out"
    assert main(["build", str(SEEDS), "-o", str(folder), "-q"]) == 0
    return folder


def run(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[int, str, str]:
    capsys.readouterr()
    code = main([str(argument) for argument in arguments])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


# MISTAKES


def mistakes(folder: Path) -> dict[str, tuple[int, list[str], str]]:
    """By name: the exit code, the arguments, and what the one line says."""
    (folder / "empty.txt").write_bytes(b"")
    (folder / "binary.txt").write_bytes(b"\x89PNG\0\0")
    (folder / "news.odt").write_bytes(b"PK")
    (folder / "broken.jsonl").write_text('{"text": "文"}\n{"text": ', encoding="utf-8")
    (folder / "folder").mkdir()
    (folder / "file").write_text("", encoding="utf-8")
    (folder / "out").mkdir()
    out = ["-o", str(folder / "new")]
    return {
        "missing file": (3, ["build", str(folder / "none.txt"), *out], "none.txt: no such file"),
        "empty file": (3, ["build", str(folder / "empty.txt"), *out], "empty.txt: is empty"),
        "binary file": (3, ["build", str(folder / "binary.txt"), *out], "binary.txt: a binary file"),
        "other format": (3, ["build", str(folder / "news.odt"), *out], "news.odt: this format cannot be read"),
        "broken line": (3, ["extract", str(folder / "broken.jsonl")], "broken.jsonl:2: broken JSON"),
        "no texts": (3, ["build", str(folder / "folder"), *out], "no text in this folder"),
        "unwritable": (2, ["build", str(SEEDS), "-o", str(folder / "file" / "out")], "cannot write there"),
        "no day": (2, ["build", str(SEEDS), *out, "--published", "gestern"], "'gestern' is no day"),
        "no base": (2, ["build", str(SEEDS), *out, "--base", "x y"], "'x y' cannot be the base"),
        "no knowledge": (3, ["build", str(SEEDS), *out, "--knowledge", str(folder / "none")], "no such folder"),
        "not knowledge": (2, ["check", "--knowledge", str(folder / "folder")], "has no tables/"),
        "no result": (3, ["show", "李强", "-g", str(folder / "none")], "no result there; run `kg build"),
        "no graph": (3, ["path", "李强", "湖州市", "-g", str(folder / "out")], "no graph there; run `kg build"),
        "no gold": (3, ["score", str(folder / "none.jsonl")], "none.jsonl: cannot be read"),
        "not gold": (3, ["score", str(folder / "broken.jsonl")], "broken.jsonl:1: not a gold line"),
        "no other": (3, ["diff", str(folder / "none"), str(folder / "none")], "none: no such result"),
    }


NAMES = [
    "missing file", "empty file", "binary file", "other format", "broken line", "no texts", "unwritable", "no day",
    "no base", "no knowledge", "not knowledge", "no result", "no graph", "no gold", "not gold", "no other",
]  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_a_mistake_is_one_line_and_a_code(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, arguments, message = mistakes(tmp_path)[name]
    found, printed, said = run(capsys, *arguments)
    assert found == code
    assert message in said
    assert said.count("\n") == 1 and said.startswith("kg: ")
    assert name == "broken line" or printed == ""


def test_every_mistake_is_tried(tmp_path: Path) -> None:
    assert sorted(mistakes(tmp_path)) == sorted(NAMES)


@pytest.mark.parametrize(
    ("code", "arguments", "message"),
    [
        (1, ["show", "没有这个人"], "nothing called '没有这个人'"),
        (1, ["why", "没有这个人"], "nothing called '没有这个人'"),
        (1, ["path", "没有这个人", "上海市"], "nothing is called '没有这个人'"),
        (2, ["path", "上海市", "上海市"], "are the same"),
        (2, ["path", "上海市", "李强", "--via", "likes"], "no relation is called 'likes'; there are holdsOffice,"),
        (1, ["path", "上海市", "李强", "--via", "signed"], "no path from 上海市 to 李强"),
        (1, ["near", "没有这个人"], "nothing is called '没有这个人'"),
        (1, ["near", "李强", "--via", "signed"], "nothing is linked to 李强"),
        (2, ["near", "李强", "--types", "Robot"], "no type is called 'Robot'; there are Person,"),
        (2, ["near", "李强", "--since", "gestern"], "--since: 'gestern' is no day, month or year"),
        (2, ["rank", "--by", "beauty"], "no measure is called 'beauty'; there are degree,"),
        (2, ["rank", "--of", "love"], "no network is called 'love'; there are links,"),
        (1, ["rank", "--since", "2077"], "there is nothing in that network"),
        (2, ["communities", "--resolution", "0"], "--resolution must be above 0"),
        (1, ["communities", "--since", "2077"], "there is no group"),
        (2, ["query", "nosuchquery"], "no query is called 'nosuchquery'"),
        (2, ["query", "SELECT {"], ""),
        (2, ["query", "offices", "place=上海市"], "has no parameter"),
        (2, ["query"], "what is the query?"),
        (2, ["query", "offices", "-o", "answer.docx"], "no answer can be written as 'docx'"),
        (2, ["export", "-o", "graph.docx"], "which format?"),
        (2, ["export", "-o", "/dev/null/graph.ttl"], "cannot be written"),
        (2, ["view", "-o", "/dev/null/graph.html"], "cannot be written"),
    ],
)
def test_a_question_that_has_no_answer(
    out: Path, capsys: pytest.CaptureFixture[str], code: int, arguments: list[str], message: str
) -> None:
    found, printed, said = run(capsys, *arguments, "-g", out)
    assert (found, printed) == (code, "")
    assert message in said
    assert said.count("\n") == 1 and said.startswith("kg: ")


@pytest.mark.parametrize("arguments", [[], ["nonsense"], ["build"], ["query", "offices", "--format", "docx"]])
def test_what_argparse_refuses_is_usage(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == 2
    assert "usage: kg" in capsys.readouterr().err


def test_texts_without_news_are_no_success(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.txt").write_text("nothing here", encoding="utf-8")
    code, _, said = run(capsys, "build", tmp_path / "a.txt", "-o", tmp_path / "out", "--no-html", "--no-store")
    assert code == 1 and "nothing was found" in said
    code, printed, said = run(capsys, "extract", tmp_path / "a.txt")
    assert code == 1 and "nothing was found" in said and json.loads(printed)["facts"] == []


def test_a_store_in_the_way_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "store").mkdir()
    (tmp_path / "store" / "mine").touch()
    code, _, said = run(capsys, "build", SEEDS, "-o", tmp_path)
    assert code == 4 and said.count("\n") == 1


# COMMANDS


def test_build_prints_a_summary(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, printed, said = run(capsys, "build", SEEDS, "-o", tmp_path / "out", "--no-store")
    assert code == 0
    assert printed.startswith("1 article: ")
    assert "holdsOffice" in printed and "graph.html" in printed and "for kg query" not in printed
    assert said.startswith("warning: 2020-yangtze-delta-leaders-meeting.txt: no day of publication")
    _, _, said = run(capsys, "build", SEEDS, "-o", tmp_path / "out", "--no-store", "-q")
    assert said == ""
    _, _, said = run(capsys, "build", SEEDS, "-o", tmp_path / "out", "--no-store", "-v", "--published", "2020-06-07")
    assert "extract" in said and "warning" not in said


def test_extract_prints_standoff(capsys: pytest.CaptureFixture[str]) -> None:
    (seed,) = SEEDS.glob("*.txt")
    code, printed, _ = run(capsys, "extract", seed)
    record, text = json.loads(printed), seed.read_bytes().decode()
    assert code == 0
    assert record["id"] == seed.name
    assert set(record) == {"id", "title", "published", "mentions", "entities", "facts", "quotations"}
    ids = {entity["id"] for entity in record["entities"]}
    for mention in record["mentions"]:
        assert text[mention["start"] : mention["end"]] == mention["surface"]
        assert mention["entity"] in ids and mention["rule"] and mention["sieve"]
    for fact in record["facts"]:
        assert fact["subject_id"] in ids
        for evidence in fact["evidence"]:
            assert text[evidence["start"] : evidence["end"]] == evidence["exact"]


def test_query(out: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    code, printed, said = run(capsys, "query", "offices", "李强", "-g", out)
    assert code == 0 and "上海市委书记" in printed and "row" in said
    named = run(capsys, "query", "offices", "person=李强", "-g", out)[1]
    assert named == printed
    rows = json.loads(run(capsys, "query", "offices", "李强", "--format", "json", "-g", out)[1])
    assert rows["results"]["bindings"]
    code, printed, _ = run(capsys, "query", "offices", "李强", "-o", tmp_path / "a.csv", "-g", out)
    assert (code, printed) == (0, "")
    assert (tmp_path / "a.csv").read_text(encoding="utf-8").startswith("person,")
    code, _, said = run(capsys, "query", "offices", "没有这个人", "-g", out)
    assert code == 1 and said.startswith("0 rows")
    monkeypatch.setattr("sys.stdin", (tmp_path / "a.csv").open(encoding="utf-8"))
    assert run(capsys, "query", "-", "-g", out)[0] == 2
    assert "attendees" in run(capsys, "query", "--list")[1]


def test_show_why_and_path(out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, printed, _ = run(capsys, "show", "李强", "-g", out)
    assert code == 0 and "上海市委书记" in printed
    code, printed, _ = run(capsys, "why", "李强", "holdsOffice", "-g", out)
    assert code == 0 and "【上海市委书记李强】" in printed
    assert json.loads(run(capsys, "why", "李强", "holdsOffice", "--format", "json", "-g", out)[1])
    code, printed, _ = run(capsys, "path", "李强", "上海市", "-g", out)
    assert code == 0 and printed.splitlines()[0].startswith("李强 —") and "【" in printed
    assert run(capsys, "path", "Person:李强", "Province:上海市", "-g", out)[1] == printed
    steps = json.loads(run(capsys, "path", "李强", "上海市", "--format", "json", "-g", out)[1])
    assert steps[0]["subject"] == "李强" and steps[0]["evidence"]


def test_what_follows_links(out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, printed, _ = run(capsys, "path", "李强", "浙江省", "-k", "3", "-g", out)
    ways = printed.split("\n\n")[0].splitlines()
    assert code == 0 and len(ways) == 3 == len(set(ways))
    several = json.loads(run(capsys, "path", "李强", "浙江省", "-k", "3", "--format", "json", "-g", out)[1])
    assert [len(way) for way in several] == sorted(len(way) for way in several)
    code, printed, _ = run(capsys, "near", "李强", "--types", "Office", "--format", "csv", "-g", out)
    assert (code, printed) == (0, "hops,type,name,way\n1,Office,上海市委书记,李强 —担任→ 上海市委书记\n")
    code, printed, said = run(capsys, "near", "李强", "--hops", "2", "--top", "3", "--format", "json", "-g", out)
    assert code == 0 and len(json.loads(printed)) == 3 and "of which 3 are shown" in said
    code, printed, said = run(capsys, "rank", "--of", "together", "--top", "2", "-g", out)
    assert code == 0 and len(printed.splitlines()) == 4 and "links" in said
    code, printed, _ = run(capsys, "communities", "--format", "json", "-g", out)
    assert code == 0 and "李强" in json.loads(printed)[0]["members"]


@pytest.mark.parametrize("form", ["ttl", "nt", "jsonld", "graphml"])
def test_export(out: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], form: str) -> None:
    file = tmp_path / f"graph.{form}"
    code, printed, said = run(capsys, "export", "-o", file, "-g", out)
    assert (code, printed) == (0, "") and str(file) in said
    done = subprocess.run([sys.executable, "-m", "kg", "export", "--format", form, "-g", out], capture_output=True)
    assert done.stdout == file.read_bytes() != b""
    if form in ("ttl", "nt"):
        assert file.read_bytes() == (out / f"graph.{form}").read_bytes()


def test_view(out: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    whole, part = tmp_path / "a.html", tmp_path / "b.html"
    assert run(capsys, "view", "-o", whole, "-g", out)[1] == f"{whole}\n"
    assert "上海市委书记" in whole.read_text(encoding="utf-8")
    assert run(capsys, "view", "-o", part, "--around", "李强", "--title", "李强其人", "-g", out)[0] == 0
    page = part.read_text(encoding="utf-8")
    assert "李强其人" in page and "上海市委书记" in page
    assert len(page) < len(whole.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("question", "opening"),
    [
        (("--focus", "湖州市"), "place-330500"),
        (("--focus", "湖州市", "李强"), ""),
        (("--path", "湖州市", "浙江省"), "path=place-330500,province-330000"),
        (("--event", "成果发布会"), "event-"),
    ],
)
def test_a_page_opens_where_it_was_asked(
    out: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], question: tuple[str, ...], opening: str
) -> None:
    page = tmp_path / "a.html"
    assert run(capsys, "view", *question, "-o", page, "-g", out)[0] == 0
    (found,) = re.findall(r'<body data-opening="([^"]*)">', page.read_text(encoding="utf-8"))
    assert found.startswith(opening) and bool(found) == bool(opening)


def test_a_page_has_the_facts_of_its_question_and_no_other(
    out: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "a.html"
    run(capsys, "view", "--path", "李强", "湖州市", "-o", page, "-g", out)
    book = embedded(page.read_text(encoding="utf-8"), "facts")
    used = [book["predicates"][p]["name"] for p in book["facts"]["p"]]
    assert sorted(used) == ["attended", "heldAt", "heldOn"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--event", "成果发布会", "--since", "2020"), "--since and --until go with --focus, --path, --timeline"),
        (("--query", "offices", "--until", "2020"), "--since and --until go with --focus, --path, --timeline"),
        (("--timeline", "李强", "--until", "1999"), "no office of 李强 is known in that time"),
        (("--path", "李强", "湖州市", "--since", "2077"), "no path from 李强 to 湖州市 in that time"),
    ],
)
def test_a_time_is_kept_to_or_refused(
    out: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], message: str
) -> None:
    code, printed, said = run(capsys, "view", *arguments, "-o", tmp_path / "a.svg", "-g", out)
    assert code in (1, 2) and not printed and message in said


@pytest.mark.parametrize(
    "arguments", [("path", "A", "B", "-k", "0"), ("near", "A", "--hops", "-1"), ("view", "--limit", "0"),
                  ("view", "--focus", "A", "--hops", "x"), ("rank", "--top", "-2")]
)  # fmt: skip
def test_what_counts_is_one_or_more(arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(list(arguments))
    assert caught.value.code == 2
    assert "is no whole number of 1 or more" in capsys.readouterr().err


def test_check(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "words").mkdir()
    (tmp_path / "words" / "verbs.txt").write_text("出席\n出席\n", encoding="utf-8")
    code, printed, said = run(capsys, "check", "--knowledge", tmp_path)
    assert code == 1 and "verbs.txt:2: 出席 is in line 1 already" in printed and "finding" in said


# THE PROCESS


def test_version_and_module() -> None:
    for command in ([sys.executable, "-m", "kg", "--version"], [sys.executable, "-m", "kg", "build", "--help"]):
        assert subprocess.run(command, capture_output=True, check=True).stdout.startswith((b"kg ", b"usage: kg"))


def test_a_reader_that_has_read_enough_is_no_error(out: Path) -> None:
    command = f"{sys.executable} -m kg export --format nt -g {out} | head -c 10"
    done = subprocess.run(["bash", "-c", command], capture_output=True)
    assert (len(done.stdout), done.stderr) == (10, b"")


def test_names_are_printed_whatever_the_locale(out: Path) -> None:
    env = {**os.environ, "LC_ALL": "C", "PYTHONIOENCODING": "ascii"}
    done = subprocess.run([sys.executable, "-m", "kg", "show", "李强", "-g", out], capture_output=True, env=env)
    assert "上海市委书记" in done.stdout.decode()


@pytest.mark.parametrize("command", COMMANDS)
def test_help_has_examples(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main([command, "--help"])
    assert caught.value.code == 0
    printed = capsys.readouterr().out
    assert f"kg {command}" in printed.partition("for example:")[2]
