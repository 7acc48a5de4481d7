"""Tables, words, patterns and rules of kg/data (and of the user's folders), read once into one immutable object."""

import gc
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Generic, TypeVar, cast

from ahocorasick_rs import AhoCorasick

from kg import kept
from kg.folders import DATA, Folders, Rule
from kg.gather import Gathered, gather
from kg.model import Hit, MentionType, Name, short_hash
from kg.packed import Parts, rows_of, unpack
from kg.programs import MACHINE, restored
from kg.scan import LongestScan

S = TypeVar("S")
R = TypeVar("R")
# What is kept from one run to the next depends on these modules, beside the files of knowledge.
_MODULES = ("folders", "gather", "letters", "packed", "patterns", "programs")
_GATHERING = tuple(Path(__file__).with_name(f"{name}.py") for name in _MODULES)


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


@dataclass(frozen=True, eq=False)
class Knowledge:
    """All that is known before a text is read; equal only to itself, so that it can key a cache."""

    folders: tuple[Path, ...]  # the user's, from which `load` makes the same again in another process
    version: str  # a hash of every file read
    segmenter: str  # rjieba | jieba
    characters: Mapping[str, str]  # by the character that is written, the one to look up
    names: Mapping[str, tuple[Name, ...]]  # by form
    divisions: Mapping[str, Division]  # by code
    renamed_divisions: Mapping[str, str]  # the code under which one that is no more went on as a whole
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
    _name_scan: LongestScan = field(repr=False)
    _head_scan: AhoCorasick = field(repr=False)
    _head_forms: tuple[str, ...] = field(repr=False)

    def scan(self, look: str) -> tuple[Hit, ...]:
        """Where the tables' names stand in a text in its look-up form: the longest at each place, none overlapping.

        The forms of words/blockers.txt have no rows: they win their place in the scan, and then mean nothing.
        """
        names = self.names
        return tuple(
            Hit(start, end, found) for start, end in self._name_scan(look) if (found := names[look[start:end]])
        )

    def scan_heads(self, look: str) -> Iterator[tuple[int, int, tuple[Head, ...]]]:
        """Where heads stand in a text in its look-up form, overlapping ones too, by their end."""
        forms, heads = self._head_forms, self.heads
        for at, start, end in self._head_scan.find_matches_as_indexes(look, overlapping=True):
            yield start, end, heads[forms[at]]


class Rows(dict[str, R], Generic[S, R]):
    """Things by a key, each made of its row when it is first asked for: of 42,000 townships an article names three.

    A dictionary of what was made so far, since patterns and rows are asked for hundreds of times an article; all but
    `rows[key]` is as if everything were made.
    """

    def __init__(self, rows: Mapping[str, S], make: Callable[[S], R]) -> None:
        super().__init__()
        self._rows = rows
        self._make = make

    def __missing__(self, key: str) -> R:
        made = self[key] = self._make(self._rows[key])
        return made

    def __contains__(self, key: object) -> bool:
        return key in self._rows

    def get(self, key: str, default: R | None = None) -> R | None:  # type: ignore[override]  # as dict.get
        """The thing of that key, or the default: most keys that are asked for have none, so nothing is raised."""
        return self[key] if key in self._rows else default

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)

    keys, items, values = Mapping.keys, Mapping.items, Mapping.values  # type: ignore[assignment]  # of all rows
    __eq__ = Mapping.__eq__


@cache
def load(extra: tuple[Path, ...] = ()) -> Knowledge:
    """The knowledge of kg/data, with the tables, words, patterns and rules of the user's folders added to it.

    What the files say is gathered once and kept for the next run, until a file changes.
    """
    folders = Folders((DATA, *extra))
    version = folders.version()
    key = short_hash(version, MACHINE, *(path.read_text(encoding="utf-8") for path in _GATHERING))
    with no_collection():
        gathered = cast("Gathered | None", kept.fetch("knowledge", key))
        if gathered is None:
            gathered = gather(folders)
            kept.keep("knowledge", key, gathered)
        return _make(gathered, extra, version)


def _make(gathered: Gathered, extra: tuple[Path, ...], version: str) -> Knowledge:
    names, heads = Parts(gathered["names"]), unpack(gathered["heads"])
    head_forms = tuple(heads)
    return Knowledge(
        folders=extra,
        version=version,
        segmenter=gathered["segmenter"],
        characters=gathered["characters"],
        names=Rows(names, lambda rows: tuple(_name(*row) for row in rows_of(rows))),
        divisions=Rows(Parts(gathered["divisions"]), lambda rows: _division(*rows_of(rows)[0])),
        renamed_divisions=gathered["renamed_divisions"],
        abbreviations={short: Name(*row) for short, row in gathered["abbreviations"].items()},
        country_letters={
            letter: tuple(Name(*row) for row in rows) for letter, rows in gathered["country_letters"].items()
        },
        ambiguous=gathered["ambiguous"],
        members=gathered["members"],
        countries=gathered["countries"],
        heads=Rows(heads, lambda rows: tuple(Head(*row) for row in rows_of(rows))),
        body_heads=gathered["body_heads"],
        surnames=gathered["surnames"],
        rare_surnames=gathered["rare_surnames"],
        japanese_surnames=gathered["japanese_surnames"],
        surname_weights=gathered["surname_weights"],
        given_weights=gathered["given_weights"],
        foreign_weights=gathered["foreign_weights"],
        name_components=gathered["name_components"],
        posts=gathered["posts"],
        departments=gathered["departments"],
        outlets=gathered["outlets"],
        words=gathered["words"],
        maps=gathered["maps"],
        patterns=Rows(gathered["patterns"], restored),
        rules=tuple(Rule(*row) for row in gathered["rules"]),
        judgements=gathered["judgements"],
        _name_scan=LongestScan(names, gathered["lengths"]),
        _head_scan=AhoCorasick(head_forms),
        _head_forms=head_forms,
    )


def _name(form: str, thing: str, *rest: str) -> Name:
    return Name(form, cast(MentionType, thing), *rest)


def _division(*row: str) -> Division:
    code, name, short, level, kind, parent, status, until, successor = row
    return Division(code, name, short, level, kind, parent, status, int(until or 0), successor)


@contextmanager
def no_collection() -> Iterator[None]:
    """No search for cycles while hundreds of thousands of rows are made that have none: half of the time is that."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
