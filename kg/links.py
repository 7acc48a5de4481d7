"""Store → networkx: the links of a graph without its texts, or only those that a question is about.

The graph is that of `kg.graph.to_networkx`, but each edge has, in place of its sentences, their ids as `evidence`
(and `fact`, the id of the fact itself); `kg.explain` tells them when they are wanted.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import pyoxigraph

from kg.errors import NotFoundError
from kg.explain import find
from kg.graph import days_of
from kg.model import ENTITY_TYPES, RELATIONS
from kg.project import WITHIN, label
from kg.store import Store, Term
from kg.vocabulary import KINDS, mint

if TYPE_CHECKING:
    from kg.graph import Graph

_LINKS = tuple(name for name in (*RELATIONS, WITHIN) if name != "heldOn")
_CLASSES = (*ENTITY_TYPES, *sorted(kind for kinds in KINDS.values() for kind in kinds))


def open_links(store: Store, among: Collection[str] | None = None) -> Graph:
    """The graph of the store: all of it, or of the things with these ids and the facts between them.

    Nodes have `type`, `label`, `aliases`, `kind`, `days` and, as `evidence`, the ids of the articles that name them;
    edges `label`, `modality`, `days`, `fact` and `evidence`. Nodes come sorted by id, edges by triple.
    """
    import networkx

    wanted = None if among is None else [f"<{mint(ident, store.base)}>" for ident in sorted(among)]
    graph: Graph = networkx.MultiDiGraph()
    graph.add_nodes_from(_things(store, wanted))
    rows = _ask(
        store, "?f ?s ?p ?o ?m", "s", wanted,
        "?f rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ; kg:modality ?m",
    )  # fmt: skip
    facts = [row for row in rows if row[1] in graph and row[3] in graph]
    published = _gathered(_ask(store, "?a ?day", "a", None, "?a a kg:Article ; dcterms:date ?day"))
    told = _told(store, None if wanted is None else [f"<{mint(row[0], store.base)}>" for row in facts], published)
    held = _gathered(_ask(store, "?s ?day", "s", wanted, "?s kg:heldOn ?day"))
    naming = _gathered(_ask(store, "?e ?a", "e", wanted, "?a kg:mentions ?e"))
    for node, it in graph.nodes.items():
        articles = naming.get(node, set())
        days = held.get(node) or {day for one in articles for day in published.get(one, ())}
        it.update(days=tuple(sorted(days)), evidence=tuple(sorted(articles)))
    served: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    tenure = "?t kg:holder ?s ; kg:office ?o ; kg:attestedOn|kg:begin|kg:end ?day"
    for person, office, day in _ask(store, "?s ?o ?day", "s", wanted, tenure):
        served[person, office].add(day)
    for fact, subject, predicate, thing, modality in sorted(facts, key=lambda row: (row[1:4], row)):
        graph.add_edge(
            subject, thing, key=predicate, label=label(predicate), modality=modality, fact=fact,
            days=days_of((subject, predicate, thing), {day for _, day in told[fact]}, held, served),
            evidence=tuple(sorted({sentence for sentence, _ in told[fact]})),
        )  # fmt: skip
    for part, whole in sorted(_ask(store, "?s ?o", "s", wanted, "?s kg:within ?o")):
        if part in graph and whole in graph:
            graph.add_edge(
                part, whole, key=WITHIN, label=label(WITHIN), modality="asserted", days=(), fact="", evidence=()
            )
    return graph


def named(store: Store, name: str) -> tuple[str, ...]:
    """The ids of the things with that name, `Type:name` or id, else of those with that alias; NotFoundError if none."""
    try:
        return tuple(one.id for one in find(store, name))
    except NotFoundError:
        kind, _, rest = name.partition(":")
        found = tuple(one.id for one in find(store, rest) if one.type == kind) if kind in ENTITY_TYPES else ()
        if not found:
            raise NotFoundError(f"nothing is called {name!r} in this graph") from None
        return found


def open_around(store: Store, centers: Iterable[str], hops: int) -> Graph:
    """What lies within so many steps of the things with these ids, read step by step: the rest of the store is not."""
    seen = frontier = set(centers)
    for _ in range(hops):
        frontier = {near for node in frontier for near in _neighbours(store, node)} - seen
        seen = seen | frontier
    return open_links(store, seen)


def open_between(store: Store, a: Iterable[str], b: Iterable[str]) -> Graph:
    """The things on the shortest ways between one of `a` and one of `b`, and as far around them as had to be looked.

    The two sides grow by turns, the smaller first, until they meet; a side that can't grow ends it, without a way.
    """
    sides = (set(a), set(b))
    edges = [set(side) for side in sides]
    while sides[0].isdisjoint(sides[1]) and all(edges):
        i = 0 if len(edges[0]) <= len(edges[1]) else 1
        edges[i] = {near for node in edges[i] for near in _neighbours(store, node)} - sides[i]
        sides[i].update(edges[i])
    return open_links(store, sides[0] | sides[1])


# READING THE STORE


def _neighbours(store: Store, ident: str) -> Iterator[str]:
    """The things one fact away from a thing, whichever way the fact points."""
    links = " ".join(f"kg:{name}" for name in _LINKS)
    me = f"<{mint(ident, store.base)}>"
    text = f"SELECT ?x {{ VALUES ?p {{ {links} }} {{ {me} ?p ?x }} UNION {{ ?x ?p {me} }} }}"
    for (term,) in store.query(text).rows:
        yield _local(term)


def _ask(
    store: Store, variables: str, limited: str, wanted: Sequence[str] | None, pattern: str
) -> Iterator[tuple[str, ...]]:
    """The rows of a pattern, ids and terms by their local name, of one variable only the wanted terms."""
    values = "" if wanted is None else f"VALUES ?{limited} {{ {' '.join(wanted)} }} "
    for row in store.query(f"SELECT {variables} {{ {values}{pattern} }}").rows:
        yield tuple(map(_local, row))


def _things(store: Store, wanted: Sequence[str] | None) -> Iterator[tuple[str, dict[str, object]]]:
    classes: defaultdict[str, set[str]] = defaultdict(set)
    known = " ".join(f"kg:{name}" for name in _CLASSES)
    for ident, name in _ask(store, "?e ?c", "e", wanted, f"VALUES ?c {{ {known} }} ?e a ?c"):
        classes[ident].add(name)
    labels = _gathered(_ask(store, "?e ?l", "e", wanted, "?e rdfs:label ?l"))
    aliases = _gathered(_ask(store, "?e ?l", "e", wanted, "?e skos:altLabel ?l"))
    for ident in sorted(classes):
        of = classes[ident]
        kind = "Province" if "Province" in of else next(name for name in ENTITY_TYPES if name in of)
        others = sorted(of - {kind, "Place"})
        yield ident, {
            "type": kind, "label": min(labels.get(ident, (ident,))), "aliases": sorted(aliases.get(ident, ())),
            "kind": others[0] if others else "",
        }  # fmt: skip


def _told(
    store: Store, facts: Sequence[str] | None, published: Mapping[str, set[str]]
) -> defaultdict[str, set[tuple[str, str]]]:
    """The sentences that tell each fact with the day of their article, down through the premises of what follows."""
    sources = _gathered(_ask(store, "?f ?x", "f", facts, "?f prov:wasDerivedFrom ?x"))
    below = {one for found in sources.values() for one in found}
    some = None if facts is None else [f"<{mint(one, store.base)}>" for one in sorted(below)]
    # Joined here: the store takes three times as long for it.
    articles = _gathered(_ask(store, "?x ?a", "x", some, "?x kg:inArticle ?a"))
    told: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
    premises: dict[str, set[str]] = {}
    for fact, found in sources.items():
        for one in found:
            for article in articles.get(one, ()):
                told[fact].update((one, day) for day in published.get(article, ("",)))
        if rest := {one for one in found if one not in articles}:
            premises[fact] = rest
    missing = sorted({one for found in premises.values() for one in found} - sources.keys())
    if facts is not None and missing:
        told.update(_told(store, [f"<{mint(one, store.base)}>" for one in missing], published))
    for _ in range(len(premises)):  # a chain is no longer than that
        before = {fact: len(told[fact]) for fact in premises}
        for fact, found in premises.items():
            for one in found:
                told[fact] |= told.get(one, set())
        if before == {fact: len(told[fact]) for fact in premises}:
            break
    return told


def _gathered(pairs: Iterable[tuple[str, ...]]) -> dict[str, set[str]]:
    gathered: defaultdict[str, set[str]] = defaultdict(set)
    for one, other in pairs:
        gathered[one].add(other)
    return dict(gathered)


def _local(term: Term | None) -> str:
    """The local name of an IRI, the characters of a literal."""
    if isinstance(term, pyoxigraph.NamedNode):
        return term.value[max(term.value.rfind("#"), term.value.rfind("/"), term.value.rfind(":")) + 1 :]
    return "" if term is None else str(term.value)
