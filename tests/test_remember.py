"""What a build keeps comes back as it was, and is of no use as soon as anything it depends on has changed."""

import json
import sqlite3
from dataclasses import fields, is_dataclass
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract import extract
from kg.knowledge import load
from kg.model import (
    Date,
    Document,
    Entity,
    Evidence,
    Facts,
    Guise,
    Judgement,
    Mention,
    Name,
    Part,
    Quotation,
    Reading,
    Span,
    Statement,
)
from kg.plain import from_plain, to_plain
from kg.read import read
from kg.remember import DamagedError, Entry, KnownFile, recall

SEEDS = Path(__file__).parents[1] / "seeds"
words = st.text(max_size=6)
numbers = st.integers(0, 10**6)
spans = st.builds(Span, st.sampled_from(["own", "other"]), numbers, numbers)
names = st.builds(Name, words, st.just("Place"), words, words, words, words)
parts = st.builds(Part, words, numbers, numbers, st.lists(names, max_size=2).map(tuple))
mentions = st.builds(Mention, spans, st.just("Person"), words, words, st.lists(parts, max_size=2).map(tuple))
some_spans = st.lists(spans, min_size=1, max_size=2).map(tuple)
observed = st.builds(Evidence, words, some_spans, st.just(()), st.just("planned"))
triples = st.tuples(words, words, words)
derived = st.builds(Evidence, words, st.just(()), st.lists(triples, min_size=1, max_size=2).map(tuple))
told = st.builds(Evidence, words, correction=st.text(min_size=1, max_size=3))
statements = st.builds(
    Statement, words, words, st.one_of(words, st.builds(Date, words)),
    st.lists(st.one_of(observed, derived, told), max_size=2).map(tuple),
)  # fmt: skip
guises = st.builds(Guise, words, words, words, spans, st.lists(words, max_size=2).map(tuple))
documents = st.builds(Document, st.just("own"), words, words, words, words, words, words)


def several(one: st.SearchStrategy[object]) -> st.SearchStrategy[tuple[object, ...]]:
    return st.lists(one, max_size=3).map(tuple)


all_facts = st.builds(
    Facts, documents,
    several(st.builds(Reading, mentions, words, words)),
    several(st.builds(Entity, words, st.just("Place"), words, several(words), words, words)),
    several(statements),
    several(st.builds(Quotation, words, spans, several(words), words)),
    several(st.builds(Judgement, guises, guises, st.just("same"), words, words)),
)  # fmt: skip


def deep(thing: object) -> object:
    """All fields, also those that equality leaves out."""
    if is_dataclass(thing):
        return type(thing).__name__, [deep(getattr(thing, field.name)) for field in fields(thing)]
    return tuple(map(deep, thing)) if isinstance(thing, tuple) else thing


@given(all_facts)
def test_facts_come_back_as_they_were(facts: Facts) -> None:
    assert deep(from_plain(facts.document, json.loads(json.dumps(to_plain(facts))))) == deep(facts)


def test_what_is_kept_is_there_for_the_next_build(tmp_path: Path) -> None:
    (document,) = read([SEEDS])
    facts = extract(document, load())
    with pytest.raises(KeyboardInterrupt), recall(tmp_path, "a") as (memory, _):
        head = memory.keep_document(document, ["6月5日"], b"clauses")
        memory.keep_facts(facts)
        memory.keep_file(b"path", KnownFile(1, 2, 3, b"digest", (Entry(head.key, ":1", True),)))
        raise KeyboardInterrupt
    with recall(tmp_path, "a") as (memory, why):
        assert why == ""
        assert memory.heads() == {head.key: head}
        assert memory.document(head) == document
        assert memory.known_facts() == {head.key}
        assert deep(memory.facts(head)) == deep(facts)
        assert memory.known_file(b"path") == KnownFile(1, 2, 3, b"digest", (Entry(head.key, ":1", True),))
        memory.forget_all_but([], [])
    with recall(tmp_path, "a") as (memory, _):
        assert (memory.heads(), memory.known_facts(), memory.known_file(b"path")) == ({}, set(), None)


def test_of_another_state_or_fresh_it_is_empty(tmp_path: Path) -> None:
    (document,) = read([SEEDS])
    with recall(tmp_path, "a") as (memory, _):
        memory.keep_document(document, [], b"")
    with recall(tmp_path, "b") as (memory, why):
        assert "another version" in why
        assert memory.heads() == {}
        memory.keep_document(document, [], b"")
    with recall(tmp_path, "b", fresh=True) as (memory, why):
        assert why == ""
        assert memory.heads() == {}


@pytest.mark.parametrize("content", [b"", b"no database", b"SQLite format 3\0" + b"\0" * 5000])
def test_a_file_that_is_no_database_is_of_no_use(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "facts.sqlite").write_bytes(content)
    with recall(tmp_path, "a") as (memory, why):
        assert "damaged" in why
        assert memory.heads() == {}


DAMAGES = ["UPDATE text SET text = 'other'", "UPDATE facts SET facts = x'789c00'", "DROP TABLE text"]


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_row_is_noticed(tmp_path: Path, damage: str) -> None:
    (document,) = read([SEEDS])
    with recall(tmp_path, "a") as (memory, _):
        head = memory.keep_document(document, [], b"")
        memory.keep_facts(extract(document, load()))
    with sqlite3.connect(tmp_path / "facts.sqlite") as database:
        database.execute(damage)
    database.close()
    with recall(tmp_path, "a") as (memory, _), pytest.raises(DamagedError):
        memory.facts(head)
