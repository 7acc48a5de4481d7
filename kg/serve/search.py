"""Finding things by name: an index of all names and aliases, held in memory by the worker that answers."""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from kg.model import ENTITY_TYPES
from kg.store import Store, Term

_LONGEST = 200  # characters of a name that are compared


@dataclass(frozen=True, slots=True)
class Found:
    """A thing whose name, or else this alias, holds what was looked for."""

    id: str
    type: str
    name: str
    alias: str
    articles: int


class Index:
    """The names of a graph; things that more articles name come first among those that fit as well."""

    def __init__(self, store: Store) -> None:
        types = " ".join(f"kg:{name}" for name in ENTITY_TYPES)
        rows = store.query(f"SELECT ?e ?type ?name {{ VALUES ?type {{ {types} }} ?e a ?type ; rdfs:label ?name }}").rows
        known: dict[str, tuple[str, str]] = {}
        for iri, kind, name in sorted(map(_values, rows)):
            known[iri] = kind.rpartition("#")[2], name  # sorted: Place, then Province
        aliases: defaultdict[str, set[str]] = defaultdict(set)
        for iri, alias in map(_values, store.query("SELECT ?e ?alias { ?e skos:altLabel ?alias }").rows):
            aliases[iri].add(alias)
        counted = store.query("SELECT ?e (COUNT(?a) AS ?n) { ?a kg:mentions ?e } GROUP BY ?e").rows
        articles = {iri: int(count) for iri, count in map(_values, counted)}
        self._names: list[tuple[str, Found]] = []
        for iri, (kind, name) in known.items():
            thing = Found(iri.rpartition("/")[2], kind, name, "", articles.get(iri, 0))
            self._names.append((fold(name), thing))
            self._names += [
                (fold(alias), Found(thing.id, kind, name, alias, thing.articles)) for alias in aliases[iri] - {name}
            ]

    def find(self, text: str, *, type_: str = "", limit: int = 50) -> tuple[Found, ...]:
        """The things whose name or alias holds every word of the text: whole names first, then beginnings.

        Each thing once; at most `limit` of them.
        """
        words = fold(text).split()
        if not words:
            return ()
        hits = (
            ((not name.startswith(words[0])) + (name != words[0]), -thing.articles, bool(thing.alias), name, thing)
            for name, thing in self._names
            if all(word in name for word in words) and type_ in ("", thing.type)
        )
        best: dict[str, Found] = {}
        for *_, thing in sorted(hits, key=lambda hit: (*hit[:4], hit[4].id)):
            best.setdefault(thing.id, thing)
            if len(best) == limit:
                break
        return tuple(best.values())


def fold(text: str) -> str:
    """The text as names are compared: simplified characters, half width, small letters.

    >>> fold("ＡＢ國務院")
    'ab国务院'
    """
    return unicodedata.normalize("NFKC", text[:_LONGEST]).translate(_simplified()).casefold()


@cache
def _simplified() -> Mapping[int, str]:
    text = resources.files("kg").joinpath("data", "tables", "traditional.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines() if not line.startswith("#"))
    return {ord(row[0]): row[1] for row in rows if len(row[0]) == 1}


def _values(row: Iterable[Term | None]) -> tuple[str, ...]:
    return tuple(term.value if term else "" for term in row)
