"""`kg score`: the figures by hand on a small gold, and the same as the reference scorer's where that is at hand."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from facts import say, write

from kg.cli import main
from kg.errors import ReadError
from kg.knowledge import load
from kg.model import Document, Facts
from kg.score import measure, read_gold
from kg.score.match import Fact, normal_name, normal_office, pairs, same_fact, same_thing, thing

ROOT = Path(__file__).parents[1]
REFERENCE = Path(os.environ.get("KG_EVAL", ROOT.parent / "shared" / "eval"))

GOLD = {
    "id": "g1",
    "published": "2020-06-07",
    "text": "6月5日，上海市委书记李强出席长三角地区座谈会。",
    "entities": [
        {"type": "Person", "name": "李强", "mentions": ["李强"]},
        {"type": "Office", "name": "上海市委书记", "mentions": ["上海市委书记"]},
        {"type": "Event", "name": "座谈会", "mentions": ["座谈会"]},
    ],
    "relations": [
        ["李强", "holdsOffice", "上海市委书记"],
        ["李强", "attended", "Event:座谈会"],
        ["座谈会", "heldOn", "2020-06-05"],
    ],
}


def test_figures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps(GOLD, ensure_ascii=False), encoding="utf-8")

    def extract(document: Document, knowledge: object) -> Facts:
        return say(
            write(document.name, document.text),
            "Person:李强 holdsOffice Office:上海市委书记 @good",
            "Person:李强 attended Event:长三角地区座谈会 @vague",
            "Person:李强 chaired Event:长三角地区座谈会 @wrong",
        )

    monkeypatch.setattr(sys.modules[measure.__module__], "extract", extract)
    (gold,) = read_gold(path)
    result, _ = measure(gold, load())
    strict, lenient = result.tallies["strict"], result.tallies["lenient"]
    assert (strict["Person"].hits, strict["Event"].hits, lenient["Event"].hits) == (1, 0, 1)
    assert (strict["Event"].missed, strict["Event"].extra) == (1, 1)
    assert (strict["attended"].hits, lenient["attended"].hits, strict["heldOn"].missed) == (0, 1, 1)
    total = result.total("strict", ("holdsOffice", "attended", "chaired", "heldOn"))
    assert (total.precision, total.recall) == (1 / 3, 1 / 3)
    fired = {rule: (tally.hits, tally.extra) for (kind, rule), tally in result.rules.items() if kind == "relation"}
    assert fired["good"] == (1, 0) and fired["vague"] == (0, 1) and fired["wrong"] == (0, 1)
    assert result.misses["heldOn"] == ["g1: 座谈会 heldOn 2020-06-05"]


@pytest.mark.parametrize(
    ("kind", "gold", "found", "strict", "lenient"),
    [
        ("Person", ["李强"], ["李 强"], True, True),
        ("Person", ["李强"], ["李强国"], False, True),
        ("Person", ["李强"], ["刘强", "李强"], False, True),  # another form does not make a person
        ("Organization", ["国家发展和改革委员会", "国家发展改革委"], ["国家发展改革委"], True, True),
        ("Office", ["湖南省副省长"], ["第十三届湖南省人民政府副省长"], True, True),
        ("Document", ["规划纲要"], ["《规划纲要》"], True, True),
        ("Event", ["领导座谈会"], ["开工仪式"], False, False),
    ],
)
def test_same_thing(kind: str, gold: list[str], found: list[str], strict: bool, lenient: bool) -> None:
    one, other = thing(kind, gold[0], gold[1:]), thing(kind, found[0], found[1:])
    assert (same_thing(one, other, False), same_thing(one, other, True)) == (strict, lenient)


def test_who_met_whom_is_the_same_either_way() -> None:
    a, b = thing("Person", "李强", ()), thing("Person", "龚正", ())
    assert same_fact(Fact(a, "met", b), Fact(b, "met", a), False)
    assert not same_fact(Fact(a, "visited", b), Fact(b, "visited", a), False)


def test_one_found_thing_meets_one_gold_thing() -> None:
    assert pairs(["a", "a", "b"], ["a", "b", "b"], lambda x, y: x == y) == {0: 0, 2: 1}
    assert pairs(["a", "b"], ["b", "c"], lambda x, y: x == y, lambda x, y: True) == {1: 0, 0: 1}


def test_names_are_compared_without_what_varies() -> None:
    assert normal_name("“最多跑一次” 改革") == "最多跑一次改革"
    assert normal_office("代理市长") == normal_office("代市长")


@pytest.mark.parametrize(
    "change",
    [
        {"entities": [{"type": "Thing", "name": "李强"}]},
        {"relations": [["李强", "likes", "座谈会"]]},
        {"relations": [["李强", "attended", "没有"]]},
        {"relations": None},
    ],
)
def test_a_line_that_is_no_gold_is_named(tmp_path: Path, change: dict[str, object]) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps(GOLD | change, ensure_ascii=False), encoding="utf-8")
    with pytest.raises(ReadError, match=r"gold.jsonl:1: not a gold line"):
        list(read_gold(path))


@pytest.mark.skipif(not (REFERENCE / "score.py").exists(), reason="the reference scorer is not at hand")
@pytest.mark.parametrize("name", ["seed", "broadcasts", "written"])
def test_the_reference_scorer_gives_the_same(tmp_path: Path, name: str) -> None:
    gold, ours, theirs = REFERENCE / "dev" / f"{name}.jsonl", tmp_path / "ours.json", tmp_path / "theirs.json"
    assert main(["score", str(gold), "--keep", str(tmp_path / "graphs"), "--json", str(ours)]) == 0
    command = [sys.executable, REFERENCE / "score.py", gold, tmp_path / "graphs", "--ontology", ROOT / "ontology.ttl"]
    subprocess.run([*map(str, command), "--json", str(theirs)], check=True, capture_output=True)
    found = json.loads(ours.read_text(encoding="utf-8"))
    for key, figures in json.loads(theirs.read_text(encoding="utf-8")).items():
        for what, figure in figures.items():
            assert found[key].get(what, 0.0) == figure, (key, what)
