"""Gold files (JSON lines with entities and relations) become documents with the facts that they should yield."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kg.errors import ReadError
from kg.model import ENTITY_TYPES, RELATIONS, Document
from kg.read import document_of, json_records, read_bytes
from kg.score.match import Fact, Thing, normal_name, thing


@dataclass(frozen=True, slots=True)
class Gold:
    """A document and all that a careful reader takes from it."""

    document: Document
    things: tuple[Thing, ...]
    facts: tuple[Fact, ...]


def read_gold(path: str | Path) -> Iterator[Gold]:
    """The documents of a gold file with their facts, in the order of its lines."""
    raw, where = read_bytes(str(path))
    for place, record in json_records(raw, where):
        document = document_of(record, place, {})
        try:
            yield _gold(document, record["entities"], record["relations"])
        except (KeyError, TypeError, ValueError) as error:
            raise ReadError(f"{place}: not a gold line ({type(error).__name__} {error}); see GUIDELINE.md") from error


def _gold(document: Document, entities: list[dict[str, object]], relations: list[list[str]]) -> Gold:
    things: list[Thing] = []
    named: dict[tuple[str, str], Thing] = {}  # by type and name, and by ("", name) for the first of that name
    for entity in entities:
        kind, name, mentions = str(entity["type"]), str(entity["name"]), entity.get("mentions") or []
        if kind not in ENTITY_TYPES or not isinstance(mentions, list):
            raise ValueError(f"in entity {name}")
        one = thing(kind, name, map(str, mentions))
        things.append(one)
        named[kind, normal_name(name)] = one
        named.setdefault(("", normal_name(name)), one)

    def find(end: str) -> Thing:
        kind, colon, name = end.partition(":")
        return named[kind, normal_name(name)] if colon and kind in ENTITY_TYPES else named["", normal_name(end)]

    facts = []
    for subject, relation, end in relations:
        if relation not in RELATIONS:
            raise ValueError(f"in relation {relation}")
        facts.append(Fact(find(subject), relation, normal_name(end) if relation == "heldOn" else find(end)))
    return Gold(document, tuple(things), tuple(facts))
