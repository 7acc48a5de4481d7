"""`build`: what is written, that it is always the same, and that a folder is never left half written."""

import json
import os
import random
import subprocess
import sys
from pathlib import Path

import pytest
import rdflib

from kg import pipeline, spread
from kg.errors import BuildError, ReadError, StoreError
from kg.extract import extract
from kg.knowledge import Knowledge, load
from kg.model import Document, Facts
from kg.pipeline import assemble_all, build, build_assembly
from kg.rdf import ntriples
from kg.read import read

SEEDS = Path(__file__).parents[1] / "seeds"
GOLD = Path(__file__).parent / "gold" / "regression.jsonl"
ALL = {"graph.ttl", "graph.nt", "graph.html", "store", "run.json"}


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir() if not path.name.startswith(".")}


def test_everything_is_written_and_counted(tmp_path: Path) -> None:
    report = build([SEEDS], tmp_path / "out")
    assert names(tmp_path / "out") == ALL
    run = json.loads((tmp_path / "out" / "run.json").read_text(encoding="utf-8"))
    assert run["documents"] == report.documents == 1
    assert run["triples"] == len((tmp_path / "out" / "graph.nt").read_bytes().splitlines())
    assert run["types"]["Person"] > 0 and run["relations"]["holdsOffice"] > 0
    assert run["knowledge"] == load().version
    assert {"extract", "rdf", "html", "store"} <= set(run["seconds"])
    assert set(run["files"]) == ALL
    turtle, lines = (
        rdflib.Graph().parse(tmp_path / "out" / "graph.ttl"),
        rdflib.Graph().parse(tmp_path / "out/graph.nt"),
    )
    assert len(turtle) == len(lines) == run["triples"]


def test_what_is_left_out_does_not_stay_from_before(tmp_path: Path) -> None:
    build([SEEDS], tmp_path)
    build([SEEDS], tmp_path, html=False, store=False)
    assert names(tmp_path) == ALL - {"graph.html", "store"}


def test_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    lines = GOLD.read_text(encoding="utf-8").splitlines()
    produced = set()
    for seed in ("0", "1", "2"):
        folder = tmp_path / seed
        folder.mkdir()
        random.Random(seed).shuffle(lines)
        for number, line in enumerate(lines):
            (folder / f"{number}.jsonl").write_text(line, encoding="utf-8")
        command = [sys.executable, "-m", "kg", "build", str(folder), "-o", str(folder / "out"), "--no-store", "-q"]
        subprocess.run(command, check=True, env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True)
        produced.add(tuple((folder / "out" / name).read_bytes() for name in ("graph.nt", "graph.ttl", "graph.html")))
    assert len(produced) == 1


def test_the_order_of_documents_does_not_matter() -> None:
    documents = list(read([GOLD]))
    forwards, backwards = build_assembly(documents), build_assembly(reversed(documents))
    assert forwards == backwards
    assert ntriples(forwards) == ntriples(backwards)


def test_every_span_quotes_the_text() -> None:
    assembly = build_assembly(read([SEEDS, GOLD]))
    texts = {document.id: document.text for document in assembly.documents}
    spans = [span for one in assembly.statements for evidence in one.evidence for span in evidence.spans]
    assert spans
    assert all(0 <= span.start < span.end <= len(texts[span.document]) for span in spans)


def test_a_document_that_fails_is_reported_and_the_others_are_built(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fragile(document: Document, knowledge: Knowledge) -> Facts:
        if document.name == "坏.txt":
            raise RuntimeError("no reason")
        return extract(document, knowledge)

    monkeypatch.setattr(spread, "extract", fragile)
    monkeypatch.setattr(pipeline, "extract", fragile)
    (tmp_path / "坏.txt").write_text("上海市委书记李强出席会议。", encoding="utf-8")
    report = build([SEEDS, tmp_path / "坏.txt"], tmp_path / "out", html=False, store=False)
    (failure,) = report.failed
    assert (failure.document, failure.error) == ("坏.txt", "RuntimeError: no reason")
    run = json.loads((tmp_path / "out" / "run.json").read_text(encoding="utf-8"))
    assert "fragile" in run["failed"][0]["trace"]
    assert run["types"]["Person"] > 0
    with pytest.raises(RuntimeError):
        build_assembly(read([tmp_path / "坏.txt"]))


def test_an_output_that_cannot_be_written_is_refused_before_the_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spread, "extract", None)  # would raise, if it came to that
    (tmp_path / "file").write_text("", encoding="utf-8")
    for out in (tmp_path / "file", tmp_path / "file" / "out"):
        with pytest.raises(BuildError, match="cannot write there"):
            build([SEEDS], out)


def test_a_store_that_cannot_be_filled_is_told_and_nothing_is_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path, source: Path) -> None:
        raise StoreError(f"{path}: cannot be written (No space left on device)")

    build([SEEDS], tmp_path / "out", html=False)
    before = (tmp_path / "out" / "graph.nt").read_bytes()
    (tmp_path / "more.txt").write_text("清远市市长张伟民出席第三届清远茶文化节。", encoding="utf-8")
    monkeypatch.setattr(pipeline, "create", full)
    with pytest.raises(StoreError, match="No space left"):
        build([SEEDS, tmp_path / "more.txt"], tmp_path / "out", html=False, fresh=True)
    assert (tmp_path / "out" / "graph.nt").read_bytes() == before


def test_a_folder_that_is_no_store_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "store").mkdir()
    (tmp_path / "store" / "letters.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(StoreError):
        build([SEEDS], tmp_path, store=False)
    assert (tmp_path / "store" / "letters.txt").exists()


def test_a_build_that_breaks_off_leaves_the_last_result(tmp_path: Path) -> None:
    build([SEEDS], tmp_path, html=False, store=False)
    before = (tmp_path / "graph.nt").read_bytes()
    with pytest.raises(ReadError):
        build([SEEDS, tmp_path / "none.txt"], tmp_path)
    assert names(tmp_path) == {"graph.nt", "graph.ttl", "run.json"}
    assert (tmp_path / "graph.nt").read_bytes() == before


def test_nothing_gives_an_empty_graph() -> None:
    assert assemble_all([], load()).entities == ()


def test_a_syndicated_text_counts_once_with_all_its_sources(tmp_path: Path) -> None:
    record = json.loads(GOLD.read_text(encoding="utf-8").splitlines()[0])
    papers = [{**record, "id": paper, "source": paper} for paper in ("甲报", "乙报", "丙报")]
    news = tmp_path / "news.jsonl"
    news.write_text("".join(json.dumps(paper, ensure_ascii=False) + "\n" for paper in papers), encoding="utf-8")
    report = build([news], tmp_path / "out", html=False, store=False)
    assert (report.documents, report.copies) == (3, 2)
    graph = rdflib.Graph().parse(tmp_path / "out" / "graph.ttl")
    kg = rdflib.Namespace(next(iri for prefix, iri in graph.namespaces() if prefix == "kg"))
    assert len(set(graph.objects(None, kg.copyOf))) == 1
    outlets = {str(graph.value(one, rdflib.RDFS.label)) for one in graph.objects(None, rdflib.DCTERMS.publisher)}
    assert outlets == {"甲报", "乙报", "丙报"}
    assert len(set(graph.objects(None, kg.inArticle))) == 1
