"""Cues of patterns: whatever a pattern matches in the gold articles holds its cue, so that no cue hides a match."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from extracted import KNOWLEDGE

import kg.relate
from kg.extract import extract
from kg.patterns import find
from kg.read import read
from kg.segment import look_up_form

GOLD = [Path(__file__).parent / "gold" / f"{name}.jsonl" for name in ("hard_names", "outlets", "regression")]
CUED = sorted(name for name in KNOWLEDGE.patterns if f"{name}_cue" in KNOWLEDGE.patterns)


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


@pytest.mark.parametrize("name", CUED)
def test_a_cue_hides_no_match(name: str, texts: list[str]) -> None:
    pattern = KNOWLEDGE.patterns[name]
    hidden = [text for text in texts if pattern.search(text) and not any(find(KNOWLEDGE.patterns, name, text))]
    assert not hidden
