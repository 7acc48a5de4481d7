"""Lint of knowledge: what a test of one row or one rule cannot see, found before a build goes wrong because of it."""

import csv
import tomllib
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.errors import ReadError
from kg.folders import DATA, Folders, Rule, read_rules
from kg.model import RELATIONS
from kg.patterns import PatternError, compile_patterns, read_patterns

RuleCheck = Callable[[Rule], Iterable[str]]

_KEYS = frozenset({"name", "pattern", "yields", "folds", "examples", "rejects", "modality"})
_REQUIRED = ("name", "pattern", "examples", "rejects")
_MODALITIES = ("asserted", "planned", "denied")


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """What is wrong, and where."""

    path: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.message}"


def check(extra: Sequence[Path] = (), rule_checks: Sequence[RuleCheck] = ()) -> tuple[Finding, ...]:
    """All that is wrong with kg/data and the user's folders, sorted; rule checks say what is wrong with one rule."""
    findings: list[Finding] = []
    seen: dict[str, str] = {}
    for folder in (DATA, *extra):
        if not folder.is_dir():
            raise ReadError(f"{folder}: no such folder of knowledge")
        for path in sorted((folder / "tables").glob("*.tsv")):
            findings += check_table(path)
        for path in sorted((folder / "words").glob("*.txt")):
            findings += check_words(path)
        for path in sorted((folder / "rules").glob("*.toml")):
            findings += check_rules(path, seen, rule_checks)
    findings += check_patterns((DATA, *extra))
    return tuple(sorted(findings))


def check_table(path: Path) -> Iterator[Finding]:
    """What is wrong with a table: its cells, its order, rows that are there twice, facts without a source."""
    head: list[str] = []
    before: list[str] = []
    for number, line in _lines(path):
        yield from _check_characters(path, number, line)
        if line.startswith("#"):
            continue
        cells = next(csv.reader([line], delimiter="\t", quoting=csv.QUOTE_NONE), [])
        if not head:
            head = cells
            continue
        if len(cells) != len(head):
            yield Finding(str(path), number, f"{len(cells)} cells, but the table has {len(head)} columns")
            continue
        for name, cell in zip(head, cells, strict=True):
            if cell != cell.strip():
                yield Finding(str(path), number, f"blanks around {cell!r} in column {name}")
            if name == "source" and not cell:
                yield Finding(str(path), number, f"{cells[0]} has no source")
        if cells == before:
            yield Finding(str(path), number, f"{cells[0]} is there twice")
        elif cells < before:
            yield Finding(str(path), number, f"{cells[0]} stands after {before[0]}; sort the rows by code point")
        before = cells
    if not head:
        yield Finding(str(path), 1, "no header")


def check_words(path: Path) -> Iterator[Finding]:
    """What is wrong with a list of words: its characters, and words that are there twice."""
    seen: dict[str, int] = {}
    for number, line in _lines(path):
        yield from _check_characters(path, number, line)
        word = line.split("#")[0].strip()
        if word in seen:
            yield Finding(str(path), number, f"{word} is in line {seen[word]} already")
        elif word:
            seen[word] = number


def check_patterns(folders: Sequence[Path]) -> Iterator[Finding]:
    """What is wrong with the patterns of folders, of which each later one may replace patterns of those before it."""
    found = Folders(folders)
    lists = {**found.lists(), **found.maps()}
    written: dict[str, str] = {}
    groups: dict[str, set[str]] = {}
    for folder in folders:
        places: dict[str, Path] = {}
        for path in sorted((folder / "patterns").glob("*.toml")):
            for number, line in _lines(path):
                yield from _check_characters(path, number, line)
            try:
                patterns = read_patterns(path)
            except ReadError as error:
                yield Finding(str(path), 1, str(error).removeprefix(f"{path}: "))
                return
            for name in sorted(set(patterns) & set(places)):
                yield _of_pattern(path, name, f"pattern {name}: its name is taken by a pattern of {places[name].name}")
            places |= dict.fromkeys(patterns, path)
            written |= patterns
        try:
            compiled = compile_patterns(written, lists)
        except PatternError as error:  # a pattern of a folder before may stand on one that this folder replaces
            yield _of_pattern(places.get(error.name, folder / "patterns"), error.name, str(error))
            return
        for name, path in places.items():
            if lost := sorted(groups.get(name, set()) - set(compiled[name].groupindex)):
                yield _of_pattern(path, name, f"pattern {name}: lacks the group {lost[0]} of the one that it replaces")
        groups = {name: set(pattern.groupindex) for name, pattern in compiled.items()}


def _of_pattern(path: Path, name: str, message: str) -> Finding:
    lines = _lines(path) if path.is_file() else ()
    at = next((number for number, line in lines if line.split("=")[0].strip() == name), 1)
    return Finding(str(path), at, message)


def check_rules(path: Path, seen: dict[str, str], rule_checks: Sequence[RuleCheck] = ()) -> Iterator[Finding]:
    """What is wrong with a file of rules; `seen` holds the names of those before it, and gets its own."""
    text = path.read_text(encoding="utf-8")
    lines = text.splitlines()
    try:
        rows = tomllib.loads(text).get("rule", [])
    except tomllib.TOMLDecodeError as error:
        yield Finding(str(path), 1, f"not TOML: {error}")
        return
    sound = True
    for row in rows:
        name = str(row.get("name", ""))
        at = next((number for number, line in enumerate(lines, 1) if name and f'"{name}"' in line), 1)
        problems = list(_check_row(row))
        if name in seen:
            problems.append(f"its name is taken by a rule of {seen[name]}")
        seen.setdefault(name, path.name)
        sound = sound and not problems
        yield from (Finding(str(path), at, f"rule {name or '?'}: {problem}") for problem in problems)
    if sound:
        for rule in read_rules(path):
            at = next(number for number, line in enumerate(lines, 1) if f'"{rule.name}"' in line)
            for one in rule_checks:
                yield from (Finding(str(path), at, f"rule {rule.name}: {problem}") for problem in one(rule))


def _check_row(row: dict[str, object]) -> Iterator[str]:
    for key in _REQUIRED:
        if not row.get(key):
            yield f"has no {key}"
    for key in sorted(set(row) - _KEYS):
        yield f"has {key}, which means nothing"
    if not row.get("yields") and not row.get("folds"):
        yield "neither yields nor folds anything"
    yields = row.get("yields", [])
    for fact in yields if isinstance(yields, list) else [str(yields)]:
        parts = str(fact).split()
        if len(parts) != 3:
            yield f"yields {fact!r}, which is no subject, predicate and object"
        elif parts[1] not in RELATIONS:
            yield f"yields {parts[1]}, which is no relation of the ontology"
    if row.get("modality", "asserted") not in _MODALITIES:
        yield f"has the modality {row['modality']}; only {', '.join(_MODALITIES)} are known"


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    yield from enumerate(path.read_text(encoding="utf-8").splitlines(), 1)


def _check_characters(path: Path, number: int, line: str) -> Iterator[Finding]:
    if not unicodedata.is_normalized("NFC", line):
        yield Finding(str(path), number, "not in Unicode form NFC")
