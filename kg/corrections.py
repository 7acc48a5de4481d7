"""What persons write into a corrections file, and what comes of it: the types that several stages share."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import PurePath
from typing import Literal

from kg.errors import KGError
from kg.model import ENTITY_TYPES, Correction, Entity, MentionType, Statement, short_hash
from kg.vocabulary import KINDS

Action = Literal["merge", "split", "rename", "retype", "reject", "assert"]
ACTIONS: tuple[Action, ...] = ("merge", "split", "rename", "retype", "reject", "assert")
Triple = tuple[str, str, str]


class CorrectionError(KGError):
    """An entry that cannot be followed as it stands; the message names the file, the line and what to write."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One correction as a person wrote it; things are named as people name them, see docs/how-to/correct.md."""

    file: str  # as messages name it
    line: int
    action: Action
    what: tuple[str, ...]  # the things; of a fact its subject, relation and object
    who: str
    when: str  # ISO date
    why: str
    name: str = ""  # of what is merged, split off or renamed
    key: str = ""  # tells what is split off from others of that name
    type: str = ""  # a type or a class below one
    articles: tuple[str, ...] = ()
    quotes: tuple[str, ...] = ()
    source: str = ""

    @property
    def place(self) -> str:
        """Where it stands, for messages."""
        return f"{self.file}:{self.line}"

    @property
    def written(self) -> str:
        """Where it stands, for the graph, which is the same wherever the file lies: corrections.toml:12."""
        return f"{PurePath(self.file).name}:{self.line}"

    @property
    def says(self) -> tuple[str, ...]:
        """What it does, whoever says so: equal for entries that put the same right."""
        lists = (self.what, self.articles, self.quotes)
        return (self.action, self.name, self.key, self.type, self.source, *("\x1e".join(each) for each in lists))

    @property
    def id(self) -> str:
        """From what it says, who says it, when and why; not from where it stands."""
        return f"correction-{short_hash('Correction', *self.says, self.who, self.when, self.why)}"


@dataclass(frozen=True, slots=True)
class Stale:
    """An entry that no longer applies, and why."""

    place: str
    reason: str

    def __str__(self) -> str:
        return f"{self.place}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Corrections:
    """What corrections leave beside the corrected facts: records, what only persons say, what did not apply."""

    made: tuple[Correction, ...] = ()  # sorted
    entities: tuple[Entity, ...] = ()
    statements: tuple[Statement, ...] = ()
    blocked: frozenset[Triple] = frozenset()  # facts that must not be derived either
    stale: tuple[Stale, ...] = ()  # in the order of the file


@cache
def signatures() -> Mapping[str, tuple[frozenset[str], frozenset[str]]]:
    """By relation the types that its subject and its object can have; heldOn has dates for objects.

    >>> sorted(signatures()["chaired"][1])
    ['Event']
    """
    from importlib import resources

    text = resources.files("kg").joinpath("data", "tables", "signatures.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.splitlines()[1:]]
    return {name: (frozenset(subjects.split("|")), frozenset(objects.split("|"))) for name, subjects, objects in rows}


def type_and_class(name: str) -> tuple[MentionType, str] | None:
    """The type, and the class below it, that the name of either stands for.

    >>> type_and_class("Meeting"), type_and_class("Person"), type_and_class("Animal")
    (('Event', 'Meeting'), ('Person', ''), None)
    """
    for kind in ENTITY_TYPES:
        if kind == name:
            return kind, ""
        if name in KINDS.get(kind, ()):
            return kind, name
    return None
