"""What a build did, for the summary and for run.json."""

import datetime
import json
import sys
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from kg.model import ENTITY_TYPES, RELATIONS, Assembly, Facts
from kg.spread import Failure
from kg.versions import version


@dataclass(frozen=True, slots=True)
class Report:
    """What a build did: everything of run.json except the clock and the versions."""

    out: str
    documents: int
    copies: int  # documents that repeat others, and were not extracted from
    renewed: dict[str, int]  # documents new, changed, gone or unchanged since the last result; empty without one
    extracted: int  # documents of which the facts were not kept from an earlier build
    people: dict[str, int]  # in the articles one by one, after merging, and names that more than one of them bear
    judgements: dict[str, int]  # by verdict
    conflicts: dict[str, int]  # by rule
    types: dict[str, int]
    relations: dict[str, int]
    triples: int
    files: tuple[str, ...]
    warnings: tuple[str, ...]
    notes: tuple[str, ...]  # why nothing of the last build could be used
    failed: tuple[Failure, ...]
    corrections: str  # the file, or ""
    corrected: int  # corrections that took effect
    stale: tuple[str, ...]  # those that no longer apply, with file, line and why
    knowledge: str
    seconds: dict[str, float]  # by stage
    slowest: float  # seconds that one document took at most


@dataclass(frozen=True, slots=True)
class Counts:
    """How much is in a graph."""

    people: dict[str, int]
    judgements: dict[str, int]
    conflicts: dict[str, int]
    types: dict[str, int]
    relations: dict[str, int]


def counts(facts: Iterable[Facts], assembly: Assembly) -> Counts:
    """The counts of a whole assembly, of these facts."""
    named = Counter(entity.name for entity in assembly.entities if entity.type == "Person")
    people = {
        "in articles": sum(entity.type == "Person" for one in facts for entity in one.entities),
        "merged": named.total(),
        "shared names": sum(count > 1 for count in named.values()),
    }
    return Counts(
        people,
        dict(sorted(Counter(one.verdict for one in assembly.judgements).items())),
        dict(sorted(Counter(one.rule for one in assembly.conflicts).items())),
        in_order(Counter(entity.type for entity in assembly.entities), ENTITY_TYPES),
        in_order(Counter(statement.predicate for statement in assembly.statements), RELATIONS),
    )


def in_order(counted: Counter[str], order: Sequence[str]) -> dict[str, int]:
    """How many of each, those of the guideline first, what does not occur left out."""
    names = [*order, *sorted(set(counted) - set(order))]
    return {name: counted[name] for name in names if counted[name]}


class Clock:
    """Seconds by stage."""

    def __init__(self) -> None:
        self.laps: dict[str, float] = {}
        self._last = time.perf_counter()

    def lap(self, stage: str) -> None:
        """End a stage."""
        now = time.perf_counter()
        self.laps[stage] = round(self.laps.get(stage, 0.0) + now - self._last, 3)
        self._last = now


def write_run(report: Report, path: Path) -> None:
    """The run report: the only file that knows the clock and the versions."""
    record = {
        **asdict(report),
        "finished": datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
        "versions": {"python": sys.version.split()[0], "platform": sys.platform, **_versions()},
    }
    path.write_text(json.dumps(record, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _versions() -> dict[str, str]:
    names = ("kg-chinese-news", "rjieba", "ahocorasick-rs", "networkx", "rdflib", "pyoxigraph", "pyvis")
    # a checkout on the path is not installed
    return {name: number for name in names if (number := version(name))}
