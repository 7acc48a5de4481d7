"""What is kept from one run to the next: whole or absent, and never what another state of the files gave."""

from dataclasses import fields
from pathlib import Path

import pytest
from facts import write
from hypothesis import given
from hypothesis import strategies as st

from kg import kept
from kg.extract import extract
from kg.knowledge import Rows, load

TEXT = "6月5日，临江市委书记沈砚秋在余杭区仓前街道调研。"


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.delenv("KG_NO_CACHE", raising=False)
    return tmp_path / "kg"


def test_what_is_kept_comes_back(cache: Path) -> None:
    value = {"湖州": (("湖州", "Place", 1, 0.5, frozenset({"短"})),)}
    assert kept.fetch("thing", "k1") is None
    kept.keep("thing", "k1", value)
    assert kept.fetch("thing", "k1") == value
    assert kept.fetch("thing", "k2") is None
    assert kept.fetch("other", "k1") is None


@given(at=st.integers(0, 10_000), bit=st.integers(0, 7), size=st.none() | st.integers(0, 10_000))
def test_a_damaged_file_is_as_if_absent(
    at: int, bit: int, size: int | None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    home = tmp_path_factory.mktemp("cache")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(home))
        kept.keep("thing", "k", tuple(range(500)))
        (path,) = (home / "kg").iterdir()
        content = bytearray(path.read_bytes())
        content[at % len(content)] ^= 1 << bit
        path.write_bytes(content[:size])
        assert kept.fetch("thing", "k") is None


def test_only_the_last_few_stay(cache: Path) -> None:
    for number in range(10):
        kept.keep("thing", str(number), number)
    assert len(list(cache.iterdir())) == 4
    assert kept.fetch("thing", "9") == 9


def test_a_folder_that_cannot_be_written_only_costs_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    kept.keep("thing", "k", 1)
    assert kept.fetch("thing", "k") is None


def test_nothing_is_kept_where_nothing_may_be(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_NO_CACHE", "1")
    kept.keep("thing", "k", 1)
    assert not cache.exists()


def test_knowledge_is_the_same_whether_gathered_or_kept(cache: Path) -> None:
    document = write("a", TEXT, published="2024-06-06")
    load.cache_clear()
    gathered = load()
    assert [path.name.split("-")[0] for path in cache.iterdir()] == ["knowledge"]
    load.cache_clear()
    again = load()
    for field in fields(gathered):
        if not field.name.endswith("_scan"):
            one, other = getattr(gathered, field.name), getattr(again, field.name)
            assert dict(one) == dict(other) if isinstance(one, Rows) else one == other, field.name
    assert extract(document, gathered) == extract(document, again)


def test_a_changed_table_is_read_anew(cache: Path, tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    (folder / "words").mkdir(parents=True)
    for word in ("甲", "乙"):
        (folder / "words" / "mine.txt").write_text(word, encoding="utf-8")
        load.cache_clear()
        assert load((folder,)).words["mine"] == {word}
    load.cache_clear()


def test_rows_are_made_once_and_on_demand() -> None:
    made: list[str] = []

    def make(row: str) -> list[str]:
        made.append(row)
        return [row]

    rows = Rows({"a": "x", "b": "y"}, make)
    assert "a" in rows and list(rows) == ["a", "b"] and len(rows) == 2 and made == []
    assert rows["a"] is rows.get("a")
    assert (made, rows.get("c"), rows.get("c", ["z"])) == (["x"], None, ["z"])
