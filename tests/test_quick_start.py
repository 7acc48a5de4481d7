"""What makes a build of one more article quick: each is as the slow way would have it."""

import re
import subprocess
import sys
from importlib import metadata

import pytest
from ahocorasick_rs import AhoCorasick, MatchKind
from extracted import KNOWLEDGE
from hypothesis import given
from hypothesis import strategies as st

from kg import programs, scan, versions
from kg.packed import Parts, pack, pack_parts, rows_of, unpack
from kg.programs import program_of, restored
from kg.relate.rules import patterns_of_rules
from kg.scan import LongestScan

words = st.sets(st.text("湖州市区", min_size=1, max_size=4), max_size=12)
cell = st.text(st.characters(exclude_characters="\t\r\n", codec="utf-8"), min_size=1, max_size=6)
key = st.text(st.characters(exclude_characters="\n", codec="utf-8"), min_size=1, max_size=6)


def lengths(strings: set[str]) -> dict[str, tuple[int, ...]]:
    firsts = {one[0] for one in strings}
    return {first: tuple(sorted({len(one) for one in strings if one[0] == first}, reverse=True)) for first in firsts}


@given(strings=words, text=st.text("湖州市区、", max_size=30))
def test_looked_up_or_by_the_automaton_the_same_is_found(strings: set[str], text: str) -> None:
    automaton = AhoCorasick(tuple(strings), matchkind=MatchKind.LeftmostLongest)
    found = [(start, end) for _, start, end in automaton.find_matches_as_indexes(text)]
    with pytest.MonkeyPatch.context() as patch:
        for worth_it in (1000, 0):
            patch.setattr(scan, "_WORTH_IT", worth_it)
            assert list(LongestScan(strings, lengths(strings))(text)) == found


@given(table=st.dictionaries(key, st.lists(st.lists(cell, min_size=1, max_size=3), max_size=3), max_size=5))
def test_what_is_packed_comes_back(table: dict[str, list[list[str]]]) -> None:
    assert {name: rows_of(rows) for name, rows in unpack(pack(table)).items()} == table


@given(table=st.dictionaries(key, st.lists(st.lists(cell, min_size=1, max_size=3), max_size=3), max_size=9),
       begin=st.integers(0, 3), asked=st.lists(key))  # fmt: skip
def test_in_parts_or_as_a_whole_the_same_comes_back(
    table: dict[str, list[list[str]]], begin: int, asked: list[str]
) -> None:
    whole, parts = unpack(pack(table)), Parts(pack_parts(table, begin))
    for one in (*asked, *table, ""):
        assert (one in parts) == (one in whole)
        assert parts.get(one) == whole.get(one)
    assert dict(parts) == whole and len(parts) == len(whole)


def test_every_pattern_is_restored_as_it_was_compiled() -> None:
    patterns = {**KNOWLEDGE.patterns, **patterns_of_rules(KNOWLEDGE)}
    assert len(patterns) > 200
    for name, pattern in patterns.items():
        again = re.compile(pattern.pattern, pattern.flags & re.VERBOSE)
        assert restored(program_of(pattern.pattern, pattern.flags & re.VERBOSE)) == again == pattern, name
        assert dict(pattern.groupindex) == dict(again.groupindex) and pattern.groups == again.groups, name


def test_where_there_is_no_machine_patterns_are_compiled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(programs, "MACHINE", "another Python ")
    program = program_of("(?P<area>..)市", re.VERBOSE)
    assert program[2] == b"" and restored(program) == re.compile("(?P<area>..)市", re.VERBOSE)
    with pytest.raises(re.error):
        program_of("(")


def test_versions_are_those_that_are_installed() -> None:
    for name in ("rjieba", "ahocorasick-rs", "pyoxigraph", "pytest"):
        assert versions.version(name) == metadata.version(name)
    assert versions.version("no-such-library") == ""


def test_a_build_of_few_files_loads_no_more_than_it_needs() -> None:
    code = "import sys; import kg.pipeline; print(*sorted(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    assert not loaded & {"rjieba", "multiprocessing", "concurrent.futures", "importlib.metadata", "email.message"}
