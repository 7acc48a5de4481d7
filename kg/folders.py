"""The files of kg/data and of the user's folders, as they are written: tables, lists of words, patterns, rules.

What parses them is imported late: as a rule all that they say is kept from the last run.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

from kg.patterns import read_patterns
from kg.versions import version_of_files

DATA = Path(__file__).parent / "data"
# The tables of two columns, which patterns may use as lists of the words in the first.
_MAPS = (
    "area_levels", "callings", "document_stages", "fields", "generic_bodies", "home_bodies", "joint_parties",
    "level_bodies", "level_heads", "numerals", "other_levels", "radicals", "renamings", "role_bodies", "shorter_names",
)


@dataclass(frozen=True, slots=True)
class Rule:
    """A relation rule as written in kg/data/rules: see docs of `relate.notation`."""

    name: str
    pattern: str
    yields: tuple[str, ...]
    folds: str
    examples: tuple[str, ...]
    rejects: tuple[str, ...]
    modality: str


def read_table(path: Path) -> Iterator[dict[str, str]]:
    """The rows of a TSV file as dictionaries by column; empty cells are empty strings, # lines are comments."""
    import csv

    with path.open(encoding="utf-8", newline="") as file:
        lines = (line for line in file if not line.startswith("#"))
        rows = csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        head = next(rows, [])
        for row in rows:
            if row:
                yield dict(zip_longest(head, row[: len(head)], fillvalue=""))


def read_words(path: Path) -> tuple[str, ...]:
    """The words of a list, one a line, in the order of the file; # begins a comment."""
    lines = (line.split("#")[0].strip() for line in path.read_text(encoding="utf-8").splitlines())
    return tuple(line for line in lines if line)


def read_rules(path: Path) -> Iterator[Rule]:
    """The rules of a TOML file in order; one that lacks a field that every rule needs is a KeyError with its name."""
    import tomllib

    for row in tomllib.loads(path.read_text(encoding="utf-8"))["rule"]:
        yield Rule(
            row["name"], row["pattern"], tuple(row.get("yields", ())), row.get("folds", ""),
            tuple(row["examples"]), tuple(row["rejects"]), row.get("modality", "asserted"),
        )


def cells(text: str) -> list[str]:
    """The parts of a cell that holds several, | between them."""
    return [cell for cell in text.split("|") if cell]


class Folders:
    """The files of kg/data and of the user's folders, by their path below the folder."""

    def __init__(self, folders: Sequence[Path]) -> None:
        self.folders = folders

    def tables(self, name: str) -> Iterator[dict[str, str]]:
        """The rows of a table, ours before the user's."""
        for folder in self.folders:
            path = folder / "tables" / name
            if path.is_file():
                yield from read_table(path)

    def words(self, name: str) -> frozenset[str]:
        """The words of a list, ours and the user's."""
        paths = [folder / "words" / name for folder in self.folders]
        return frozenset(word for path in paths if path.is_file() for word in read_words(path))

    def map(self, name: str) -> dict[str, tuple[str, ...]]:
        """The cells of the second column by the word in the first; a user's row takes the place of ours."""
        rows = (tuple(row.values()) for row in self.tables(f"{name}.tsv"))
        return {row[0]: tuple(cells(row[1])) for row in rows}

    def lists(self) -> dict[str, frozenset[str]]:
        """The lists of words by name."""
        names = [path.stem for folder in self.folders for path in sorted((folder / "words").glob("*.txt"))]
        return {name: self.words(f"{name}.txt") for name in names}

    def maps(self) -> dict[str, dict[str, tuple[str, ...]]]:
        """The tables of two columns by name."""
        return {name: self.map(name) for name in _MAPS}

    def patterns(self) -> dict[str, str]:
        """By name; a user's pattern takes the place of ours of that name."""
        return {
            name: pattern
            for folder in self.folders
            for path in sorted((folder / "patterns").glob("*.toml"))
            for name, pattern in read_patterns(path).items()
        }

    def rules(self) -> Iterator[Rule]:
        """The rules in the order in which they run."""
        for folder in self.folders:
            for path in sorted((folder / "rules").glob("*.toml")):
                yield from read_rules(path)

    def settings(self) -> dict[str, str]:
        """The settings, those of a later folder in place of those of an earlier one."""
        import tomllib

        found: dict[str, str] = {}
        for folder in self.folders:
            if (path := folder / "settings.toml").is_file():
                found |= tomllib.loads(path.read_text(encoding="utf-8"))
        return found

    def version(self) -> str:
        """What tells this knowledge from any other."""
        versions = [version_of_files(folder, (".tsv", ".txt", ".toml")) for folder in self.folders]
        return hashlib.sha256("".join(versions).encode()).hexdigest()[:16]
