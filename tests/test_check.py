"""`kg check` finds what is wrong with tables, words, patterns and rules, and nothing wrong with ours."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.check import check, check_patterns, check_rules, check_table, check_words
from kg.folders import DATA, Rule
from kg.knowledge import load

ROOT = Path(__file__).parents[1]
RULE = """[[rule]]
name = "chaired"
pattern = "{who:Person}主持{event:Event}"
yields = ["?who chaired ?event"]
examples = ["李强主持座谈会 => 李强 chaired 座谈会"]
rejects = ["李强指出"]
"""


def test_ours_are_fine() -> None:
    assert [str(finding) for finding in check()] == []


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ("name\tsource\n湖州市\t甲\n上海市\t甲\n", "上海市 stands after 湖州市"),
        ("name\tsource\n湖州市\t甲\n湖州市\t甲\n", "湖州市 is there twice"),
        ("name\tsource\n湖州市\t\n", "湖州市 has no source"),
        ("name\tsource\n湖州市\n", "1 cells, but the table has 2 columns"),
        ("name\tsource\n湖州市 \t甲\n", "blanks around '湖州市 ' in column name"),
        ("name\tsource\nCafe\u0301\t甲\n", "not in Unicode form NFC"),
        ("# only a comment\n", "no header"),
    ],
)
def test_tables(tmp_path: Path, table: str, message: str) -> None:
    path = tmp_path / "a.tsv"
    path.write_text(table, encoding="utf-8")
    (finding,) = check_table(path)
    assert message in str(finding)


def test_words(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("# verbs\n出席\n主持\n出席  # again\n", encoding="utf-8")
    assert [str(finding) for finding in check_words(path)] == [f"{path}:4: 出席 is in line 2 already"]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("[[rule]]", "[[rule]", "not TOML"),
        ('rejects = ["李强指出"]', "", "chaired: has no rejects"),
        ('examples = ["李强主持座谈会 => 李强 chaired 座谈会"]', "examples = []", "chaired: has no examples"),
        ("?who chaired ?event", "?who hosted ?event", "hosted, which is no relation"),
        ("?who chaired ?event", "?who chaired", "no subject, predicate and object"),
        ('yields = ["?who chaired ?event"]', "", "neither yields nor folds"),
        ("yields", "note", "has note, which means nothing"),
        ('name = "chaired"', 'name = "chaired"\nmodality = "maybe"', "has the modality maybe"),
    ],
)
def test_rules(tmp_path: Path, old: str, new: str, message: str) -> None:
    path = tmp_path / "a.toml"
    path.write_text(RULE.replace(old, new), encoding="utf-8")
    assert message in "\n".join(map(str, check_rules(path, {})))


@pytest.mark.parametrize(
    ("written", "line", "message"),
    [
        ("invitation = '应邀", 1, "not TOML"),
        ("invitation = 3", 1, "invitation is no pattern"),
        ("# who invites\ninvitation = '应('", 2, "invitation: missing ), unterminated subpattern"),
        ("invitation = '应<hosts>邀请'", 1, "invitation: no pattern further up and no list of words is called 'hosts'"),
        ("invitation = '应{Host}邀请'", 1, "invitation: no type of mention is called 'Host'"),
        ("at_place = '在'\n\nyear_in_name = '(?:19|20)[0-9]{2}年'", 3, "lacks the group year"),
    ],
)
def test_patterns(tmp_path: Path, written: str, line: int, message: str) -> None:
    (tmp_path / "patterns").mkdir()
    path = tmp_path / "patterns" / "a.toml"
    path.write_text(written, encoding="utf-8")
    found = [finding for finding in check_patterns((DATA, tmp_path)) if finding.line == line]
    assert str(path) in {finding.path for finding in found}
    assert message in "\n".join(map(str, found))


def test_a_pattern_must_have_a_name_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "patterns").mkdir()
    for name in ("a.toml", "b.toml"):
        (tmp_path / "patterns" / name).write_text("absent = '缺席'\n", encoding="utf-8")
    (finding,) = check_patterns((DATA, tmp_path))
    assert finding.path.endswith("b.toml") and "its name is taken by a pattern of a.toml" in finding.message


def test_a_rule_must_have_a_name_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    path.write_text(RULE + "\n" + RULE, encoding="utf-8")
    (finding,) = check_rules(path, {})
    assert "its name is taken by a rule of a.toml" in finding.message


def test_rule_checks_are_asked_of_sound_rules(tmp_path: Path) -> None:
    (tmp_path / "rules").mkdir()
    path = tmp_path / "rules" / "a.toml"
    path.write_text(RULE, encoding="utf-8")

    def never(rule: Rule) -> Iterator[str]:
        if rule.name == "chaired" and rule.rejects == ("李强指出",):
            yield "does not fold"

    findings = [finding for finding in check([tmp_path], [never]) if finding.path == str(path)]
    assert [str(finding) for finding in findings] == [f"{path}:2: rule chaired: does not fold"]


def test_no_pattern_is_there_for_nothing() -> None:
    code = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "kg").rglob("*.py"))
    written = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "kg" / "data").rglob("*.toml"))
    begins = tuple(re.findall(r'f"(\w+_)\{', code))  # patterns[f"unit_of_{kind}"]
    unused = {
        name for name in load().patterns
        if f'"{name}"' not in code and f"<{name}>" not in written and not name.startswith(begins)
        and not name.endswith("_cue")
    }
    assert not unused
