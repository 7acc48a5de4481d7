"""Extraction on several processes: the same facts in the same order, whatever one of the documents does."""

import gc
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from facts import write

from kg import spread
from kg.extract import extract
from kg.knowledge import Knowledge, load
from kg.model import Document, Facts
from kg.pipeline import build
from kg.spread import Failure, extract_each

KNOWLEDGE = load()


def documents(count: int) -> Iterator[Document]:
    for number in range(count):
        text = f"5月{number % 28 + 1}日，清远市市长张伟民出席第{number + 1}届清远茶业论坛。"
        yield write(f"d{number}", text, published="2021-05-30")


@pytest.fixture
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spread, "_CHUNK", 4)
    monkeypatch.setattr(spread, "_WORTH_IT", 8)


@pytest.mark.usefixtures("small_chunks")
@pytest.mark.parametrize("count", [0, 7, 8, 9, 41])
def test_the_same_facts_in_the_same_order(count: int) -> None:
    alone = [outcome.result for outcome in extract_each(documents(count), KNOWLEDGE)]
    together = [outcome.result for outcome in extract_each(documents(count), KNOWLEDGE, jobs=3)]
    assert together == alone
    assert [one.document.name for one in together if isinstance(one, Facts)] == [f"d{n}" for n in range(count)]


def fragile(document: Document, knowledge: Knowledge) -> Facts:
    if document.name == "d13":
        os._exit(7)
    if document.name == "d17":
        raise ValueError("a defect")
    return extract(document, knowledge)


@pytest.mark.usefixtures("small_chunks")
def test_a_document_that_kills_its_worker_is_reported_and_the_rest_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spread, "extract", fragile)
    outcomes = list(extract_each(documents(30), KNOWLEDGE, jobs=2))
    failed = {one.result.document: one.result.error for one in outcomes if isinstance(one.result, Failure)}
    assert failed == {"d13": "the process that read it died", "d17": "ValueError: a defect"}
    assert sum(isinstance(one.result, Facts) for one in outcomes) == 28


@pytest.mark.usefixtures("small_chunks")
def test_the_number_of_processes_does_not_change_a_byte(tmp_path: Path) -> None:
    source = tmp_path / "news"
    source.mkdir()
    for document in documents(20):
        (source / f"{document.name}.txt").write_text(document.text, encoding="utf-8")
    for jobs in (1, 2, 3):
        build([source], tmp_path / str(jobs), html=False, store=False, jobs=jobs)
    graphs = {(tmp_path / str(jobs) / "graph.nt").read_bytes() for jobs in (1, 2, 3)}
    assert len(graphs) == 1


def test_workers_know_what_the_user_added(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "tables").mkdir()
    row = "name\taliases\tkind\tsource\n清远茶乡\t\tcampaign\tours\n"
    (tmp_path / "tables" / "initiatives.tsv").write_text(row, encoding="utf-8")
    own = load((tmp_path,))
    assert own.folders == (tmp_path,)
    assert load(own.folders) is own
    monkeypatch.setattr(spread, "_WORTH_IT", 1)
    (outcome,) = extract_each([write("d", "清远市市长张伟民指出，要建设清远茶乡。")], own, jobs=2)
    assert isinstance(outcome.result, Facts)
    assert ("Initiative", "清远茶乡") in {(one.type, one.name) for one in outcome.result.entities}


@pytest.mark.parametrize(("jobs", "ahead"), [(1, 1), (2, 400)])
def test_documents_are_read_as_they_are_needed(jobs: int, ahead: int) -> None:
    asked: list[Document] = []

    def archive() -> Iterator[Document]:
        for document in documents(1_000):
            asked.append(document)
            yield document

    outcomes = extract_each(archive(), KNOWLEDGE, jobs=jobs)
    next(outcomes)
    assert len(asked) <= ahead
    outcomes.close()


def test_cycles_are_searched_for_as_before_once_all_is_extracted() -> None:
    before, frozen = gc.get_threshold(), gc.get_freeze_count()
    outcomes = extract_each([write("d", "会议指出。"), write("e", "会议强调。")], KNOWLEDGE)
    next(outcomes)
    assert gc.get_threshold()[0] > before[0]
    assert gc.get_freeze_count() > frozen
    list(outcomes)
    assert gc.get_threshold() == before
    assert gc.get_freeze_count() == 0
