"""`kg diff`: what a change of rules or tables has gained and lost, by labels."""

from pathlib import Path

import pytest
from facts import say, write

from kg.assemble import assemble
from kg.cli import main
from kg.diff import Line, diff
from kg.errors import ReadError
from kg.identify import identify
from kg.rdf import ntriples

TEXT = "上海市委书记李强出席座谈会。明日将考察湖州。"


def put(folder: Path, *lines: str) -> Path:
    folder.mkdir()
    facts = say(write("d1", TEXT), *lines)
    (folder / "graph.nt").write_bytes(ntriples(assemble(identify([facts]), {})))
    return folder


@pytest.fixture
def results(tmp_path: Path) -> tuple[Path, Path]:
    before = put(tmp_path / "a", "Person:李强 attended Event:座谈会", "Person:李强 holdsOffice Office:上海市委书记")
    after = put(
        tmp_path / "b", "Person:李强 attended Event:座谈会", "Person:李强 visited Place:湖州 !planned «将考察湖州»"
    )
    return before, after


def test_gained_and_lost(results: tuple[Path, Path]) -> None:
    difference = diff(*results)
    assert difference.gained == (
        (Line("Place", "湖州"), ""),
        (Line("visited", "李强", "湖州", "planned"), "将考察湖州"),
    )
    assert [line for line, _ in difference.lost] == [
        Line("Office", "上海市委书记"),
        Line("holdsOffice", "李强", "上海市委书记", "asserted"),
    ]
    assert diff(results[1], results[1]).gained == diff(results[0], results[0] / "graph.nt").lost == ()


def test_the_command(results: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    before, after = map(str, results)
    assert main(["diff", before, after]) == 1
    out, err = capsys.readouterr()
    assert out.splitlines() == [
        "- Office\t上海市委书记",
        "+ Place\t湖州",
        "- holdsOffice\t李强 → 上海市委书记\t上海市委书记李强出席座谈会。",
        "+ visited\t李强 → 湖州 (planned)\t将考察湖州",
    ]
    assert err == "2 gained, 2 lost\n"
    assert main(["diff", before, before]) == 0
    assert capsys.readouterr().out == ""


def test_what_extract_printed_can_be_compared(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = tmp_path / "a.txt"
    text.write_text("6月5日，上海市委书记李强在湖州调研。\n", encoding="utf-8")
    assert main(["extract", str(text)]) == 0
    printed = capsys.readouterr().out
    (tmp_path / "a.jsonl").write_text(printed, encoding="utf-8")
    assert main(["build", str(text), "-o", str(tmp_path / "out"), "--no-html", "--no-store", "-q"]) == 0
    difference = diff(tmp_path / "a.jsonl", tmp_path / "out")
    assert [line for line, _ in difference.lost] == []


@pytest.mark.parametrize(("name", "content"), [("a.jsonl", '{"id": "1", "text": "文"}'), ("a.csv", "x"), ("a.nt", "x")])
def test_what_is_no_result_is_refused(tmp_path: Path, name: str, content: str) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")
    for path in (tmp_path / name, tmp_path / "none", tmp_path):
        with pytest.raises(ReadError):
            diff(path, path)
