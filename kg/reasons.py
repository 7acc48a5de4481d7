"""What persons put right, asked of a store: why a fact is there, or is not, and what was done to a thing."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from kg.store import Row, Store, Term
from kg.vocabulary import mint


@dataclass(frozen=True, slots=True, order=True)
class Reason:
    """A correction: who did what, when and why, where it is written, and what it cites."""

    when: str
    who: str
    action: str
    why: str
    entry: str
    source: str


_REASON = (
    "?c kg:action ?action ; prov:wasAssociatedWith/rdfs:label ?who ; dcterms:date ?when ; kg:reason ?why ;"
    " kg:entry ?entry . OPTIONAL { ?c dcterms:source ?source }"
)
_FIELDS = "?when ?who ?action ?why ?entry ?source"


def reasons(store: Store, facts: Iterable[Term]) -> dict[str, tuple[Reason, ...]]:
    """By the IRI of a fact the corrections that assert it, sorted."""
    values = " ".join(map(str, dict.fromkeys(facts)))
    rows = store.query(f"SELECT ?f {_FIELDS} {{ VALUES ?f {{ {values} }} ?f kg:evidence ?c . {_REASON} }}").rows
    return _by_first(rows)


def judged(store: Store, judgements: Iterable[str]) -> dict[str, tuple[Reason, ...]]:
    """By the IRI of a judgement the correction that made it."""
    values = " ".join(f"<{iri}>" for iri in sorted(judgements))
    rows = store.query(f"SELECT ?j {_FIELDS} {{ VALUES ?j {{ {values} }} ?j kg:judgedBy ?c . {_REASON} }}").rows
    return _by_first(rows)


def made(store: Store, ident: str) -> tuple[Reason, ...]:
    """The corrections about the thing of that id, sorted."""
    me = f"<{mint(ident, store.base)}>"
    rows = store.query(f"SELECT ?e {_FIELDS} {{ BIND({me} AS ?e) ?c kg:corrects ?e . {_REASON} }}").rows
    return _by_first(rows).get(mint(ident, store.base), ())


def rejected(store: Store, subjects: Iterable[str], relation: str = "") -> list[tuple[str, Reason]]:
    """What corrections rejected of these things, as the label of the fact with the reason, sorted."""
    values = " ".join(f"<{mint(ident, store.base)}>" for ident in subjects)
    of = f"?r kg:rejectedRelation {relation} ." if relation else ""
    rows = store.query(
        f"SELECT ?label {_FIELDS} {{ VALUES ?s {{ {values} }} ?r kg:rejectedSubject ?s ; rdfs:label ?label ;"
        f" prov:wasInvalidatedBy ?c . {of} {_REASON} }}"
    ).rows
    return sorted((label, reason) for label, found in _by_first(rows).items() for reason in found)


def _by_first(rows: Iterable[Row]) -> dict[str, tuple[Reason, ...]]:
    found: defaultdict[str, set[Reason]] = defaultdict(set)
    for row in rows:
        key, *fields = ("" if term is None else term.value for term in row)
        found[key].add(Reason(*fields))
    return {key: tuple(sorted(several)) for key, several in found.items()}
