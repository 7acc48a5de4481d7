"""How right extraction is: floors below which micro F1 (strict) on gold must not fall; raise them when it rises."""

import os
from functools import cache
from pathlib import Path

import pytest
from extracted import KNOWLEDGE

from kg.model import ENTITY_TYPES, RELATIONS
from kg.score import Measure, measure, read_gold

HERE = Path(__file__).parent / "gold"
DEV = Path(os.environ.get("KG_EVAL", Path(__file__).parents[2] / "shared" / "eval")) / "dev"

FLOORS = [  # the gold file, the floor for entities, the floor for relations
    (HERE / "regression.jsonl", 0.910, 0.850),
    (DEV / "seed.jsonl", 0.940, 0.940),
    (DEV / "broadcasts.jsonl", 0.870, 0.810),
    (DEV / "written.jsonl", 0.940, 0.895),
]


@cache
def measured(path: Path) -> Measure:
    total = Measure()
    for gold in read_gold(path):
        total.add(measure(gold, KNOWLEDGE)[0])
    return total


@pytest.mark.parametrize(("path", "entities", "relations"), FLOORS, ids=lambda one: getattr(one, "stem", None))
def test_floors(path: Path, entities: float, relations: float) -> None:
    if not path.exists() and path.parent == DEV:
        pytest.skip("the gold of ../shared is not at hand")
    found = measured(path)
    assert found.documents >= 1
    assert found.total("strict", ENTITY_TYPES).f1 >= entities
    assert found.total("strict", RELATIONS).f1 >= relations


def test_every_relation_is_found_somewhere() -> None:
    found = measured(HERE / "regression.jsonl").tallies["strict"]
    wanted = {name for name in RELATIONS if found[name].hits + found[name].missed}
    assert wanted
    assert {name for name in wanted if not found[name].hits} == set()
