"""Tables, words, patterns and rules of kg/data (and of the user's folders), read once into one immutable object."""

import csv
import hashlib
import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import zip_longest
from pathlib import Path
from typing import cast

from ahocorasick_rs import AhoCorasick, MatchKind

from kg.model import Hit, MentionType, Name
from kg.patterns import compile_patterns, read_patterns

DATA = Path(__file__).parent / "data"
_USUAL_SURNAME = 4.0  # the weight of a surname in a table of the user that says none


@dataclass(frozen=True, slots=True)
class Division:
    """A row of the table of administrative divisions (GB/T 2260, townships with nine digits)."""

    code: str
    name: str
    short: str
    level: str  # province | prefecture | county | township
    kind: str
    parent: str  # a code, or "" for provinces
    status: str  # current | former
    until: int = 0  # the year in which a former one was given up
    successor: str = ""  # the codes of what became of it, | between them


@dataclass(frozen=True, slots=True)
class Head:
    """A word with which names of a category end: 座谈会 of events, 有限公司 of organizations, 市长 of roles."""

    form: str
    category: str  # Role | Organization | Place | Event | Document | Initiative
    kind: str
    naming: str = ""


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


@dataclass(frozen=True, eq=False)
class Knowledge:
    """All that is known before a text is read; equal only to itself, so that it can key a cache."""

    folders: tuple[Path, ...]  # the user's, from which `load` makes the same again in another process
    version: str  # a hash of every file read
    segmenter: str  # rjieba | jieba
    characters: Mapping[str, str]  # by the character that is written, the one to look up
    names: Mapping[str, tuple[Name, ...]]  # by form
    divisions: Mapping[str, Division]  # by code
    abbreviations: Mapping[str, Name]  # 沪 → 上海市, of provinces
    country_letters: Mapping[str, tuple[Name, ...]]  # 俄 → 俄罗斯; 巴 → 巴西, 巴基斯坦 and others
    ambiguous: Mapping[str, str]  # short names that are shared or words
    members: Mapping[str, tuple[str, ...]]  # 长三角 → names of its provinces
    countries: Mapping[str, str]  # 马尼拉 → 菲律宾, of places abroad
    heads: Mapping[str, tuple[Head, ...]]  # by form
    body_heads: frozenset[str]  # the forms of the heads of organizations
    surnames: frozenset[str]
    rare_surnames: frozenset[str]
    japanese_surnames: frozenset[str]  # they stand alone too: 安倍
    surname_weights: Mapping[str, float]  # how much each speaks for a name: see given.tsv
    given_weights: Mapping[str, tuple[float, float, float]]  # of characters in the middle, at the end, or alone
    foreign_weights: Mapping[str, float]  # of the characters of foreign names
    name_components: frozenset[str]  # 扎西, 次仁, 巴雅尔: of the names of peoples without Chinese surnames
    posts: Mapping[str, tuple[str, str]]  # 总书记 → 中共中央总书记, of 中共中央
    departments: frozenset[str]
    outlets: frozenset[str]
    words: Mapping[str, frozenset[str]]
    maps: Mapping[str, Mapping[str, tuple[str, ...]]]  # tables of two columns, by name: 部长 → 部
    patterns: Mapping[str, re.Pattern[str]]  # regular expressions that are knowledge: how a byline looks
    rules: tuple[Rule, ...]
    judgements: tuple[tuple[str, str, str], ...]  # of the user: one, other, same or different
    _name_scan: AhoCorasick = field(repr=False)
    _name_forms: tuple[str, ...] = field(repr=False)
    _head_scan: AhoCorasick = field(repr=False)
    _head_forms: tuple[str, ...] = field(repr=False)

    def scan(self, look: str) -> tuple[Hit, ...]:
        """Where the tables' names stand in a text in its look-up form: the longest at each place, none overlapping.

        The forms of words/blockers.txt have no rows: they win their place in the scan, and then mean nothing.
        """
        forms, names = self._name_forms, self.names
        return tuple(
            Hit(start, end, found)
            for at, start, end in self._name_scan.find_matches_as_indexes(look)
            if (found := names[forms[at]])
        )

    def scan_heads(self, look: str) -> Iterator[tuple[int, int, tuple[Head, ...]]]:
        """Where heads stand in a text in its look-up form, overlapping ones too, by their end."""
        forms, heads = self._head_forms, self.heads
        for at, start, end in self._head_scan.find_matches_as_indexes(look, overlapping=True):
            yield start, end, heads[forms[at]]


def read_table(path: Path) -> Iterator[dict[str, str]]:
    """The rows of a TSV file as dictionaries by column; empty cells are empty strings, # lines are comments."""
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
    for row in tomllib.loads(path.read_text(encoding="utf-8"))["rule"]:
        yield Rule(
            row["name"], row["pattern"], tuple(row.get("yields", ())), row.get("folds", ""),
            tuple(row["examples"]), tuple(row["rejects"]), row.get("modality", "asserted"),
        )


def _cells(text: str) -> list[str]:
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
        return {row[0]: tuple(_cells(row[1])) for row in rows}

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
        found: dict[str, str] = {}
        for folder in self.folders:
            if (path := folder / "settings.toml").is_file():
                found |= tomllib.loads(path.read_text(encoding="utf-8"))
        return found

    def version(self) -> str:
        """What tells this knowledge from any other."""
        digest = hashlib.sha256()
        for folder in self.folders:
            for path in sorted(p for p in folder.rglob("*") if p.suffix in {".tsv", ".txt", ".toml"}):
                digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
        return digest.hexdigest()[:16]


_SAID_SHORTER = {"自治州": "州", "自治县": "县", "自治旗": "旗"}  # how the kinds of divisions end in short


def _division_names(divisions: Mapping[str, Division]) -> Iterator[Name]:
    for row in divisions.values():
        kind: MentionType = "Province" if row.level == "province" else "Place"
        status = "former" if row.status == "former" else "full"
        yield Name(row.name, kind, row.name, status, row.level.capitalize(), row.code)
        if row.short and row.short != row.name and len(row.short) > 1 and row.level != "township":
            yield Name(row.short, kind, row.name, "short", row.level.capitalize(), row.code)
            if row.kind in _SAID_SHORTER and not row.short.endswith(_SAID_SHORTER[row.kind]):
                form = row.short + _SAID_SHORTER[row.kind]  # 甘南州, 巴里坤县
                yield Name(form, kind, row.name, status, row.level.capitalize(), row.code)


def _read_divisions(rows: Iterable[Mapping[str, str]], townships: Iterable[Mapping[str, str]]) -> dict[str, Division]:
    divisions = {}
    for row in rows:
        divisions[row["code"]] = Division(
            row["code"], row["name"], row["short"], row["level"], row["kind"], row["parent"], row["status"],
            int(row["until"] or 0), row["successor"],
        )
    for row in townships:
        divisions[row["code"]] = Division(row["code"], row["name"], "", "township", "乡镇", row["parent"], "current")
    return divisions


_OTHER_TABLES: tuple[tuple[str, str, str], ...] = (
    ("regions.tsv", "Place", "Region"),
    ("countries.tsv", "Place", ""),
    ("features.tsv", "Place", ""),
    ("organs.tsv", "Organization", ""),
    ("initiatives.tsv", "Initiative", ""),
    ("events.tsv", "Event", ""),
)
_FEATURE_KINDS = {
    "zone": "Zone", "venue": "Venue", "site": "Venue", "park": "Zone",
    **dict.fromkeys(("river", "lake", "mountain", "sea", "island", "desert", "plain"), "NaturalFeature"),
    **dict.fromkeys(("railway", "road", "bridge", "port", "airport", "dam"), "Infrastructure"),
    "country": "Country", "continent": "Region", **dict.fromkeys(("city", "state", "capital"), "City"),
}

_ON_THE_GLOBE = frozenset({"country", "continent"})  # kinds of places that lie in no country


def _table_names(folders: Folders) -> Iterator[Name]:
    for file, kind_of_thing, fallback in _OTHER_TABLES:
        for row in folders.tables(file):
            kind = _FEATURE_KINDS.get(row.get("kind") or "", row.get("kind") or fallback)
            thing = cast(MentionType, kind_of_thing)
            yield Name(row["name"], thing, row["name"], "full", fallback or kind)
            for alias in _cells(row.get("aliases", "")):
                if len(alias) > 1:
                    yield Name(alias, thing, row["name"], "alias", fallback or kind)
            if row.get("full"):
                yield Name(row["full"], thing, row["name"], "alias", fallback or kind)


_HEAD_TABLES = (
    ("roles.tsv", "Role", "role"),
    ("organization_heads.tsv", "Organization", "head"),
    ("place_heads.tsv", "Place", "head"),
    ("event_heads.tsv", "Event", "head"),
    ("document_heads.tsv", "Document", "head"),
    ("initiative_heads.tsv", "Initiative", "head"),
)
# The tables of two columns, which patterns may use as lists of the words in the first.
_MAPS = (
    "area_levels", "callings", "document_stages", "fields", "generic_bodies", "home_bodies", "joint_parties",
    "level_bodies", "level_heads", "numerals", "other_levels", "radicals", "renamings", "role_bodies", "shorter_names",
)


@cache
def load(extra: tuple[Path, ...] = ()) -> Knowledge:
    """The knowledge of kg/data, with the tables, words, patterns and rules of the user's folders added to it."""
    folders = Folders((DATA, *extra))
    division_rows = list(folders.tables("divisions.tsv"))
    divisions = _read_divisions(division_rows, folders.tables("townships.tsv"))
    names: dict[str, list[Name]] = defaultdict(list)
    for name in (*_division_names(divisions), *_table_names(folders)):
        if name not in names[name.form]:
            names[name.form].append(name)
    for form in folders.words("blockers.txt"):
        names.setdefault(form, [])
    abbreviations = {
        short: Name(short, "Province", row["name"], "abbr", "Province", row["code"])
        for row in division_rows
        if row["level"] == "province"
        for short in _cells(row["abbr"])
    }
    country_letters: dict[str, list[Name]] = defaultdict(list)
    for row in folders.tables("countries.tsv"):
        if row["kind"] == "country" and len(row["abbr"]) == 1:
            country_letters[row["abbr"]].append(Name(row["abbr"], "Place", row["name"], "abbr", "Country"))
    members = {
        form: tuple(_cells(row["members"]))
        for table in ("regions.tsv", "groups.tsv")
        for row in folders.tables(table)
        for form in (row["name"], *_cells(row.get("aliases", "")))
    }
    heads: dict[str, list[Head]] = defaultdict(list)
    for file, category, column in _HEAD_TABLES:
        for row in folders.tables(file):
            heads[row[column]].append(Head(row[column], category, row.get("kind", ""), row.get("naming", "")))
    surname_rows = tuple(folders.tables("surnames.tsv"))
    surnames = {row["surname"]: row["kind"] for row in surname_rows}
    characters = {row["from"]: row["to"] for row in folders.tables("lookup.tsv")}
    characters.update({row["traditional"]: row["simplified"] for row in folders.tables("traditional.tsv")})
    departments = {
        form for row in folders.tables("departments.tsv") for form in (row["name"], *_cells(row["aliases"]))
    }
    endings = tuple(folders.words("organ_endings.txt"))
    for form in sorted(departments):
        known = any(head.category == "Organization" for head in heads[form])
        if len(form) > 2 and form.endswith(endings) and not known:
            heads[form].append(Head(form, "Organization", "Government", "organ"))
    outlets = {form for row in folders.tables("newspapers.tsv") for form in (row["name"], *_cells(row["aliases"]))}
    words, maps = folders.lists(), folders.maps()
    name_forms, head_forms = tuple(sorted(names)), tuple(sorted(heads))
    return Knowledge(
        folders=extra,
        version=folders.version(),
        segmenter=folders.settings()["segmenter"],
        characters=characters,
        names={form: tuple(found) for form, found in names.items()},
        divisions=divisions,
        abbreviations=abbreviations,
        country_letters={letter: tuple(found) for letter, found in country_letters.items()},
        ambiguous={row["short"]: row["reading"] for row in folders.tables("ambiguous.tsv")},
        members=members,
        countries={
            row["name"]: row["parent"] for row in folders.tables("countries.tsv") if row["kind"] not in _ON_THE_GLOBE
        },
        heads={form: tuple(found) for form, found in heads.items()},
        body_heads=frozenset(form for form, found in heads.items() if any(h.category == "Organization" for h in found)),
        surnames=frozenset(surnames),
        rare_surnames=frozenset(s for s, kind in surnames.items() if "word" in kind.split("|")),
        japanese_surnames=frozenset(s for s, kind in surnames.items() if "japanese" in kind.split("|")),
        surname_weights={row["surname"]: float(row["weight"] or _USUAL_SURNAME) for row in surname_rows},
        given_weights={
            row["char"]: (float(row["middle"]), float(row["last"]), float(row["alone"]))
            for row in folders.tables("given.tsv")
        },
        foreign_weights={row["char"]: float(row["weight"]) for row in folders.tables("transliteration.tsv")},
        posts={row["post"]: (row["name"], row["of"]) for row in folders.tables("posts.tsv")},
        name_components=frozenset(row["form"] for row in folders.tables("minority_names.tsv") if len(row["form"]) > 1),
        departments=frozenset(departments),
        outlets=frozenset(outlets),
        words=words,
        maps=maps,
        patterns=compile_patterns(folders.patterns(), {**words, **maps}),
        rules=tuple(folders.rules()),
        judgements=tuple((row["one"], row["other"], row["judgement"]) for row in folders.tables("judgements.tsv")),
        _name_scan=AhoCorasick(name_forms, matchkind=MatchKind.LeftmostLongest),
        _name_forms=name_forms,
        _head_scan=AhoCorasick(head_forms),
        _head_forms=head_forms,
    )
