"""Made articles are the same for the same seed, of the length of real ones, and full of what is to be found."""

import json
import subprocess
import sys
from pathlib import Path

from kg.model import Document
from kg.pipeline import build_assembly

TOOL = Path(__file__).parents[1] / "tools" / "make_articles.py"


def made(*arguments: str, **environment: str) -> list[dict[str, str]]:
    done = subprocess.run(
        [sys.executable, TOOL, *arguments], capture_output=True, check=True, env={"PATH": "", **environment}
    )
    return [json.loads(line) for line in done.stdout.decode().splitlines()]


def test_the_same_seed_gives_the_same_articles() -> None:
    first = made("40", PYTHONHASHSEED="1")
    assert first == made("40", PYTHONHASHSEED="2") != made("40", "--seed", "2")
    assert len({record["text"] for record in first}) == len({record["id"] for record in first}) == 40
    assert [record["published"] for record in first] == sorted(record["published"] for record in first)
    assert (first[0]["published"], first[-1]["published"]) == ("2012-01-01", "2025-12-31")
    assert all(350 < len(record["text"]) < 650 and "{" not in record["text"] for record in first)


def test_a_file_may_be_packed(tmp_path: Path) -> None:
    subprocess.run([sys.executable, TOOL, "5", "-o", tmp_path / "a.jsonl.gz"], check=True)
    from kg.read import read

    assert len(list(read([tmp_path / "a.jsonl.gz"]))) == 5


def test_there_is_much_to_find_in_them() -> None:
    documents = [Document(**{**record, "name": record.pop("id")}) for record in made("60")]
    relations = {statement.predicate for statement in build_assembly(documents).statements}
    assert {"holdsOffice", "attended", "chaired", "spokeAt", "visited", "met", "signed", "appointedTo"} <= relations
