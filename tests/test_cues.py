"""Cues of patterns: whatever a pattern matches, in the gold articles or made up, holds its cue."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from extracted import KNOWLEDGE
from hypothesis import given
from hypothesis import strategies as st

import kg.recognise.edges
import kg.relate
from kg.cues import Cues, needed
from kg.extract import extract
from kg.letters import LETTERS
from kg.read import read
from kg.relate.rules import patterns_of_rules
from kg.segment import look_up_form

GOLD = [Path(__file__).parent / "gold" / f"{name}.jsonl" for name in ("hard_names", "outlets", "regression")]
PACKAGE = Path(kg.relate.__file__).parents[1]
SOUGHT = (*kg.relate._SOUGHT, *kg.recognise.edges._SOUGHT)
ALL = {name: KNOWLEDGE.patterns[name] for name in SOUGHT} | patterns_of_rules(KNOWLEDGE)
PERSON = LETTERS["Person"]


@pytest.fixture(scope="module")
def texts() -> list[str]:
    """The articles as they are looked up, and their sentences as they are folded before any rule runs."""

    def folded() -> Iterator[str]:
        fold = kg.relate.fold
        sentences: list[str] = []
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(kg.relate, "fold", lambda *args: (done := fold(*args), sentences.append(done.text))[0])
            for document in (one for path in GOLD for one in read([path])):
                extract(document, KNOWLEDGE)
                yield look_up_form(document.text, KNOWLEDGE)
        yield from sentences

    return list(folded())


@pytest.mark.parametrize("name", sorted(ALL))
def test_a_cue_hides_no_match(name: str, texts: list[str]) -> None:
    cues = Cues({name: ALL[name]})
    assert not [text for text in texts if ALL[name].search(text) and name not in cues(text)]


def test_texts_that_are_scanned_as_one_are_told_apart(texts: list[str]) -> None:
    cues = Cues(ALL)
    some = texts[::7]
    assert cues.of_each(some) == [cues(text) for text in some]


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        ("(?:签署|签订)了?", {"签署", "签订"}),
        ("会(?:见|谈)", {"会见", "会谈"}),
        ("[会座]谈", {"会谈", "座谈"}),
        ("应[^，]{1,9}邀请", {"邀请"}),
        ("(?:一二)+大", {"一二大"}),
        ("主持?召开", {"主召开", "主持召开"}),
        ("出席(?=会议)", {"会议", "出席"}),
        ("(?<!不)出席|参加(?!者)", {"出席", "参加"}),
        (f"{PERSON}出席|{PERSON}", {"出席", PERSON}),
    ],
)
def test_what_a_pattern_needs_is_read_off_it(pattern: str, words: set[str]) -> None:
    found = needed(re.compile(pattern)).words
    assert found is not None and found <= words


@pytest.mark.parametrize("pattern", ["[^，]*", "出席?|", "(?:出席)*", r"\d+日?", "，", "(?i:kg)x?", PERSON])
def test_a_pattern_may_need_no_words(pattern: str) -> None:
    assert needed(re.compile(pattern, re.IGNORECASE if "i:" in pattern else 0)).words is None


def test_the_letters_of_all_slots_are_needed() -> None:
    event = LETTERS["Event"]
    cues = Cues({"chairs": re.compile(f"{PERSON}[^。]*{event}")})
    assert cues(f"{PERSON}主持{event}") == {"chairs"}
    assert not cues(f"{PERSON}主持会议")


PIECES = st.sampled_from(
    ["会", "见", "谈", "会议", "[会谈]", "[^见]", "会?", "(?:会|见谈)", "(?:会|)", "谈{2}", "(?=会)", "(?<!谈)", "见+"]
)


@given(st.lists(PIECES, max_size=5).map("".join), st.text("会见谈议", max_size=9))
def test_no_made_up_pattern_is_hidden(pattern: str, text: str) -> None:
    cues = Cues({"it": re.compile(pattern)})
    assert "it" in cues(text) or not re.search(pattern, text)


def test_what_is_asked_for_is_looked_for() -> None:
    asked = {folder: set(_asked(PACKAGE / folder)) for folder in ("relate", "recognise")}
    assert asked["relate"] <= {*kg.relate._SOUGHT}
    assert asked["recognise"] <= {*kg.recognise.edges._SOUGHT}


def _asked(folder: Path) -> Iterator[str]:
    """The names that a stage asks for: "signing" in folded.cued, edges.find("byline")."""
    for path in folder.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Compare) and getattr(node.comparators[0], "attr", "") == "cued":
                asked = node.left
            elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith("edges.find"):
                asked = node.args[0]
            else:
                continue
            if isinstance(asked, ast.Constant):
                yield str(asked.value)
