"""The corrections file: what it may say, in TOML and in sheets, and what is refused with the file and the line."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.cli import main
from kg.corrections import CorrectionError, Entry
from kg.errors import KGError, ReadError
from kg.read.corrections import read_corrections

WHO = 'who = "馆员甲"\nwhen = 2026-11-25\nwhy = "查过"\n'
SEEDS = Path(__file__).parents[1] / "seeds"


def parsed(tmp_path: Path, text: str | bytes, name: str = "c.toml") -> tuple[Entry, ...]:
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_corrections(path)


def test_each_kind_is_read(tmp_path: Path) -> None:
    text = f'''# 馆藏
[[correction]]
merge = ["王平@a1", "王平@b3"]
name = "王平"
{WHO}
[[correction]]
split = "王平"
article = ["b3", "b4"]
key = "记者"
{WHO}
[[correction]]
rename = "Organization:发改委"
name = "国家发展改革委"
{WHO}
[[correction]]
retype = "芜湖会议"
type = "Meeting"
{WHO}
[[correction]]
reject = "Person:高水平"
article = "a1"
{WHO}
[[correction]]
assert = ["李强", "出席", "座谈会"]
article = "a1"
quote = "李强出席"
{WHO}'''
    found = parsed(tmp_path, text)
    assert [one.action for one in found] == ["merge", "split", "rename", "retype", "reject", "assert"]
    assert [one.line for one in found] == [2, 9, 17, 24, 31, 38]
    assert found[0].what == ("王平@a1", "王平@b3") and found[0].name == "王平"
    assert found[1].articles == ("b3", "b4") and found[1].key == "记者"
    assert found[4].articles == ("a1",)
    assert found[5].what == ("李强", "attended", "座谈会") and found[5].quotes == ("李强出席",)
    assert {(one.who, one.when, one.why) for one in found} == {("馆员甲", "2026-11-25", "查过")}


def test_a_sheet_says_the_same(tmp_path: Path) -> None:
    head = "merge,reject,name,article,who,when,why\n"
    rows = "王平@a1 | 王平@b3,,王平,,馆员甲,2026/11/25,查过\n,,,,,,\n"
    rows += ',李强 | 出席 | 座谈会,,a1|a2,馆员乙,20261126,"不是, 真的"\n'
    for raw in ((head + rows).encode("utf-8-sig"), (head + rows).encode("gb18030")):  # as spreadsheets write it
        merge, reject = parsed(tmp_path, raw, "c.csv")
        assert (merge.what, merge.name, merge.when, merge.line) == (("王平@a1", "王平@b3"), "王平", "2026-11-25", 2)
        assert (reject.what, reject.articles) == (("李强", "attended", "座谈会"), ("a1", "a2"))
        assert (reject.why, reject.line) == ("不是, 真的", 4)
    tabs = "rename\tname\twho\twhen\twhy\n王平\t王平甲\t馆员甲\t2026-11-25\t查过\n"
    assert parsed(tmp_path, tabs, "c.tsv")[0].name == "王平甲"


def test_a_line_in_a_string_is_no_header(tmp_path: Path) -> None:
    text = '[[correction]]\nrename = "甲"\nname = "乙"\nwho = "a"\nwhen = 2026-11-25\nwhy = """\n[[correction]]\n"""\n'
    text += f'\n[[correction]]\nrename = "丙"\nname = "丁"\n{WHO}'
    assert [one.line for one in parsed(tmp_path, text)] == [1, 10]


def test_an_empty_file_puts_nothing_right(tmp_path: Path) -> None:
    assert parsed(tmp_path, "# 还没有\n") == ()


WRONG = [
    ('rename = "甲"', "say the new name"),
    ('rename = ["甲", "乙"]\nname = "丙"', "of one thing"),
    ('merge = ["甲"]', "two things or more"),
    ('merge = ["甲", "甲"]', "two things or more"),
    ('merge = ["甲", 3]', "a list of names"),
    ('merge = ["甲", "乙"]\nreject = "丙"', "not merge and reject"),
    ('name = "甲"', "write one of merge, split"),
    ('split = "甲"', "which articles"),
    ('split = "甲"\narticle = ["a", "b"]\nquote = "甲说"', "the one article"),
    ('retype = "甲"\ntype = "Animal"', "type must be one of Person"),
    ('reject = ["甲", "met"]', "three things"),
    ('assert = ["甲", "likes", "乙"]', "no relation is called 'likes'; there are adopted"),
    ('assert = ["甲", "within", "乙"]', "no relation is called 'within'"),
    ('assert = ["会", "heldOn", "昨天"]', "'昨天' is no date"),
    ('assert = ["甲", "met", "乙"]\narticle = "a"', "needs the one quote"),
    ('assert = ["甲", "met", "乙"]\nquote = "甲会见乙"', "the one article"),
    ('reject = "甲"\nnmae = "乙"', "no correction has 'nmae'; did you mean name"),
    ('reject = "甲"\nname = "乙"', "a reject has no 'name'; it can have article"),
    ('rename = "甲"\nname = 7', "name must be a string"),
]


@pytest.mark.parametrize(("body", "reason"), WRONG)
def test_what_says_nothing_is_refused_with_its_line(tmp_path: Path, body: str, reason: str) -> None:
    good = f'[[correction]]\nreject = "丁"\n{WHO}\n'
    with pytest.raises(CorrectionError) as caught:
        parsed(tmp_path, f"{good}[[correction]]\n{body}\n{WHO}")
    assert str(caught.value).startswith(f"{tmp_path / 'c.toml'}:7: ") and reason in str(caught.value)
    assert caught.value.exit_code == 2


@pytest.mark.parametrize(
    ("without", "reason"),
    [("who", "say who"), ("why", "say why"), ("when", "say when")],
)
def test_who_when_and_why_must_be_said(tmp_path: Path, without: str, reason: str) -> None:
    lines = "".join(line for line in WHO.splitlines(keepends=True) if not line.startswith(without))
    with pytest.raises(CorrectionError, match=f":1: {reason}"):
        parsed(tmp_path, f'[[correction]]\nreject = "丁"\n{lines}')


UNREADABLE = [
    ("c.toml", b'[[correction]]\nreject = "a\n', r":2: broken TOML"),
    ("c.toml", b'[[correction]]\nwhy = "\\u0000"\nreject="a"\nwho="a"\nwhen=2026-11-25', "NUL"),
    ("c.txt", b"", "give a .toml"),
    ("c.csv", b"", "is empty"),
    ("c.csv", b"a,b\n1,2,3\n", ":2: more cells"),
]


@pytest.mark.parametrize(("name", "raw", "reason"), UNREADABLE)
def test_what_cannot_be_read_is_refused(tmp_path: Path, name: str, raw: bytes, reason: str) -> None:
    with pytest.raises(ReadError, match=reason) as caught:
        parsed(tmp_path, raw, name)
    assert caught.value.exit_code == 3 and name in str(caught.value)


@pytest.mark.parametrize(
    "text", ["name = 1\n", "correction = 1\n", "[correction]\nreject = 'a'\n", "correction = [1]\n"]
)
def test_what_is_no_table_of_corrections_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(CorrectionError, match=r"\[\[correction\]\]"):
        parsed(tmp_path, text)


TEXT = st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass"))


@given(st.one_of(st.binary(max_size=200), TEXT))
def test_whatever_is_in_the_file_no_error_but_ours_comes_out(raw: bytes) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        for name in ("c.toml", "c.csv"):
            (Path(folder) / name).write_bytes(raw)
            try:
                read_corrections(Path(folder) / name)
            except KGError as error:
                assert name in str(error)


# THE COMMAND


def built(tmp_path: Path, text: str, *more: str) -> int:
    (tmp_path / "c.toml").write_text(text, encoding="utf-8")
    out = tmp_path / "out"
    return main(["build", str(SEEDS), "-o", str(out), "--no-html", "--corrections", str(tmp_path / "c.toml"), *more])


def test_the_command_corrects_and_tells(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = f'[[correction]]\nreject = ["车俊", "holdsOffice", "浙江省委书记"]\n{WHO}\n'
    text += f'[[correction]]\nreject = "无此人"\n{WHO}'
    assert built(tmp_path, text) == 0
    shown = capsys.readouterr()
    assert "1 correction of " in shown.out and "1 no longer applied" in shown.out
    assert f"warning: {tmp_path / 'c.toml'}:7: the graph has nothing called '无此人'" in shown.err
    assert main(["why", "车俊", "holdsOffice", "-g", str(tmp_path / "out")]) == 1
    assert "车俊 担任 浙江省委书记 was rejected by 馆员甲 on 2026-11-25: 查过 (c.toml:1)" in capsys.readouterr().err
    for query in ("corrections", "rejected"):
        assert main(["query", query, "-g", str(tmp_path / "out"), "--format", "csv"]) == 0
        assert "馆员甲" in capsys.readouterr().out


def test_a_build_without_the_file_says_that_the_last_one_had_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert built(tmp_path, f'[[correction]]\nreject = "丁"\n{WHO}') == 0
    capsys.readouterr()
    assert main(["build", str(SEEDS), "-o", str(tmp_path / "out"), "--no-html"]) == 0
    assert f"give --corrections {tmp_path / 'c.toml'}" in capsys.readouterr().err


@pytest.mark.parametrize(("text", "code"), [("[[correction]]\n", 2), ("[[corr", 3)])
def test_what_is_wrong_in_the_file_is_told_before_the_work(
    tmp_path: Path, text: str, code: int, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from kg import spread

    monkeypatch.setattr(spread, "extract", None)  # would raise, if it came to that
    assert built(tmp_path, text) == code
    error = capsys.readouterr().err
    assert f"{tmp_path / 'c.toml'}:1: " in error and error.count("\n") == 1


def test_hostile_words_do_no_harm(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    import rdflib

    evil = '\\"> . <a:b> <a:c> <a:d> .\\n<script>alert(1)</script>\\u001b[31m\\u202e'
    text = f'''[[correction]]
assert = ["Person:{evil}", "visited", "湖州市"]
source = "{evil}"
who = "{evil}"
when = 2026-11-25
why = "{evil}"
[[correction]]
rename = "浙江省"
name = "{evil}"
{WHO}
[[correction]]
reject = "{evil}无"
{WHO}'''
    (tmp_path / "c.toml").write_text(text, encoding="utf-8")
    assert main(["build", str(SEEDS), "-o", str(tmp_path / "out"), "--corrections", str(tmp_path / "c.toml")]) == 0
    assert "\x1b" not in capsys.readouterr().err
    page = (tmp_path / "out" / "graph.html").read_text(encoding="utf-8")
    assert "<script>alert(1)" not in page
    for name, form in (("graph.nt", "nt"), ("graph.ttl", "turtle")):
        graph = rdflib.Graph().parse(tmp_path / "out" / name, format=form)
        assert not list(graph.subjects(rdflib.URIRef("a:c")))
    assert main(["why", "湖州市", "-g", str(tmp_path / "out")]) in (0, 1)
    assert main(["show", "湖州市", "-g", str(tmp_path / "out")]) == 0
    assert "\x1b" not in capsys.readouterr().out
