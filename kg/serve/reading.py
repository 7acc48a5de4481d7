"""What a page tells of a node of the graph, read from the store in pieces that stay small however much there is."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import pyoxigraph

from kg.errors import NotFoundError
from kg.explain import Fact, Post, Thing, Words, facts_of, posts_of, quotations_of, things_of
from kg.model import RELATIONS
from kg.reasons import Reason, made
from kg.store import Row, Store, Term
from kg.vocabulary import compact, mint

FEW, MANY, MOST = 12, 50, 200  # facts of a group on the page of a thing, and on its own; triples of another node


@dataclass(frozen=True, slots=True)
class Group:
    """The facts with one predicate in which a thing is the subject (out) or the object (in), or some of them."""

    predicate: str
    side: str
    count: int
    facts: tuple[Fact, ...]
    start: int = 0


@dataclass(frozen=True, slots=True)
class Source:
    """An article by its id, day and title."""

    id: str
    date: str
    title: str


@dataclass(frozen=True, slots=True)
class EntityPage:
    """A thing with its facts; of a long group only the beginning, of its articles the latest."""

    thing: Thing
    iri: str
    kinds: tuple[str, ...]
    aliases: tuple[str, ...]
    posts: tuple[Post, ...]
    groups: tuple[Group, ...]
    within: tuple[Thing, ...]
    holds: tuple[Thing, ...]
    holds_count: int
    quotations: tuple[Words, ...]
    conflicts: tuple[tuple[str, str], ...]
    articles: tuple[Source, ...]
    article_count: int
    corrections: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """An article with what it names and what it says."""

    id: str
    iri: str
    title: str
    name: str
    date: str
    outlet: str
    url: str
    things: tuple[Thing, ...]
    facts: tuple[Fact, ...]
    count: int
    start: int


@dataclass(frozen=True, slots=True)
class Value:
    """A term as a page shows it: where it leads, if it is a node of the graph, and its words; a fact is one itself."""

    id: str
    words: str
    is_term: bool = False  # of a vocabulary
    fact: Fact | None = None


@dataclass(frozen=True, slots=True)
class NodePage:
    """Any other node: its triples as (predicate, value), and those that point to it as (value, predicate)."""

    id: str
    iri: str
    kinds: tuple[str, ...]
    label: str
    outgoing: tuple[tuple[str, Value], ...]
    incoming: tuple[tuple[Value, str], ...]
    cut: bool
    fact: Fact | None  # where it is one


def read_page(
    store: Store, ident: str, group: str = "", start: int = 0
) -> EntityPage | ArticlePage | NodePage:
    """What there is to tell of the node with that id; NotFoundError if the graph has none.

    With a group, such as out-attended, only that, from its fact number `start` on.
    """
    try:
        iri = pyoxigraph.NamedNode(mint(ident, store.base))
    except ValueError as error:
        raise NotFoundError("no thing can have that id") from error
    me = str(iri)
    if things := things_of(store, [iri]):
        return _entity(store, things[iri.value], me, group, start)
    kinds = _kinds(store, me)
    if "Article" in kinds:
        return _article(store, ident, me, start)
    page = _node(store, ident, me, kinds)
    if not page.outgoing and not page.incoming:
        raise NotFoundError(f"the graph knows nothing with the id {ident}")
    return page


def _entity(store: Store, thing: Thing, me: str, group: str, start: int) -> EntityPage:
    counted = store.query(
        "SELECT ?side ?p (COUNT(?f) AS ?n) {"
        f' {{ ?f rdf:subject {me} . BIND("out" AS ?side) }} UNION {{ ?f rdf:object {me} . BIND("in" AS ?side) }}'
        " ?f rdf:predicate ?p } GROUP BY ?side ?p"
    ).rows
    counts = {(side, _local(predicate)): int(number) for side, predicate, number in map(_strings, counted)}
    order = [(side, name) for side in ("out", "in") for name in RELATIONS if (side, name) in counts]
    if group:
        chosen = [(side, name) for side, name in order if f"{side}-{name}" == group]
        groups = [_group(store, me, *one, counts[one], start, MANY) for one in chosen]
    else:
        groups = [_group(store, me, *one, counts[one], 0, FEW) for one in order]
    within, _ = _neighbours(store, f"SELECT ?x {{ {me} kg:within ?x }}")
    holds, holds_count = _neighbours(store, f"SELECT ?x {{ ?x kg:within {me} }}")
    aliases = store.query(f"SELECT DISTINCT ?alias {{ {me} skos:altLabel ?alias }} LIMIT {MOST}").rows
    conflicts = store.query(f"SELECT ?c ?label {{ ?c kg:concerns {me} ; rdfs:label ?label }} ORDER BY ?label").rows
    articles = store.query(
        f"SELECT ?a ?date ?title ?name {{ ?a kg:mentions {me} ; dcterms:identifier ?name"
        " OPTIONAL { ?a dcterms:title ?title } OPTIONAL { ?a dcterms:date ?date } }"
        f" ORDER BY DESC(?date) ?title ?name LIMIT {MANY}"
    ).rows
    ((total,),) = (_strings(row) for row in store.query(f"SELECT (COUNT(?a) AS ?n) {{ ?a kg:mentions {me} }}").rows)
    return EntityPage(
        thing=thing,
        iri=me[1:-1],
        kinds=tuple(kind for kind in _kinds(store, me) if kind != thing.type),
        aliases=tuple(sorted(alias for (alias,) in map(_strings, aliases))),
        posts=() if group else posts_of(store, me),
        groups=tuple(groups),
        within=within,
        holds=holds,
        holds_count=holds_count,
        quotations=() if group else quotations_of(store, me),
        conflicts=tuple((_id(conflict), words) for conflict, words in map(_strings, conflicts)),
        articles=tuple(Source(_id(one), day, title or name) for one, day, title, name in map(_strings, articles)),
        article_count=int(total),
        corrections=made(store, thing.id),
    )


def _group(store: Store, me: str, side: str, predicate: str, count: int, start: int, most: int) -> Group:
    mine, other = ("subject", "object") if side == "out" else ("object", "subject")
    nodes = store.query(
        f"SELECT ?f {{ ?f rdf:{mine} {me} ; rdf:predicate kg:{predicate} ; rdf:{other} ?x ."
        f" OPTIONAL {{ ?x rdfs:label ?name }} }} ORDER BY ?name ?x LIMIT {most} OFFSET {max(start, 0)}"
    ).rows
    return Group(predicate, side, count, _in_order(store, nodes), start)


def _in_order(store: Store, nodes: Sequence[Row]) -> tuple[Fact, ...]:
    terms = [term for (term,) in nodes if term]
    facts = facts_of(store, terms)
    return tuple(facts[term.value] for term in terms)


def _article(store: Store, ident: str, me: str, start: int) -> ArticlePage:
    ((name, title, day, outlet, url),) = map(_strings, store.query(
        f"SELECT ?name ?title ?date ?outlet ?url {{ {me} dcterms:identifier ?name"
        f" OPTIONAL {{ {me} dcterms:title ?title }} OPTIONAL {{ {me} dcterms:date ?date }}"
        f" OPTIONAL {{ {me} dcterms:publisher/rdfs:label ?outlet }} OPTIONAL {{ {me} schema:url ?url }} }} LIMIT 1"
    ).rows)  # fmt: skip
    named = store.query(f"SELECT ?x {{ {me} kg:mentions ?x }}").rows
    facts = store.query(
        f"SELECT ?f (MIN(?at) AS ?first) {{ ?s kg:inArticle {me} ; oa:start ?at . ?f prov:wasDerivedFrom ?s }}"
        " GROUP BY ?f ORDER BY ?first ?f"
    ).rows
    shown = [(fact,) for fact, _ in facts[max(start, 0) :][:MANY]]
    things = things_of(store, (term for (term,) in named if term))
    return ArticlePage(
        ident, me[1:-1], title, name, day, outlet, url,
        tuple(sorted(things.values(), key=lambda thing: (thing.type, thing.name, thing.id))),
        _in_order(store, shown), len(facts), start,
    )  # fmt: skip


def _node(store: Store, ident: str, me: str, kinds: tuple[str, ...]) -> NodePage:
    outgoing = store.query(
        f"SELECT ?p ?x ?name {{ {me} ?p ?x OPTIONAL {{ ?x rdfs:label ?name }} }} ORDER BY ?p ?name ?x LIMIT {MOST + 1}"
    ).rows
    incoming = store.query(
        f"SELECT ?x ?p ?name {{ ?x ?p {me} OPTIONAL {{ ?x rdfs:label ?name }} }} ORDER BY ?p ?name ?x LIMIT {MOST + 1}"
    ).rows
    ends = [x for _, x, _ in outgoing[:MOST]] + [x for x, _, _ in incoming[:MOST]]
    facts = facts_of(store, [x for x in ends if x is not None and _id(_string(x)).startswith("fact-")])

    def value(term: Term | None, name: Term | None) -> Value:
        shown = _value(store, term, name)
        return replace(shown, fact=facts.get(_string(term)))

    pairs = [(compact(_string(p), store.prefixes), value(x, name)) for p, x, name in outgoing[:MOST]]
    label = next((value.words for predicate, value in pairs if predicate == "rdfs:label"), "")
    return NodePage(
        ident, me[1:-1], kinds, label,
        tuple(pair for pair in pairs if pair[0] != "rdfs:label"),
        tuple((value(x, name), compact(_string(p), store.prefixes)) for x, p, name in incoming[:MOST]),
        len(outgoing) > MOST or len(incoming) > MOST,
        facts_of(store, [pyoxigraph.NamedNode(me[1:-1])]).get(me[1:-1]) if ident.startswith("fact-") else None,
    )  # fmt: skip


def _value(store: Store, term: object, name: object) -> Value:
    if isinstance(term, pyoxigraph.NamedNode):
        within = term.value.startswith(store.prefixes["id"])
        words = _string(name) or compact(term.value, store.prefixes)
        return Value(_id(term.value) if within else "", words, is_term=not within)
    return Value("", _string(term))


def _neighbours(store: Store, query: str) -> tuple[tuple[Thing, ...], int]:
    found = things_of(store, (term for (term,) in store.query(query).rows if term))
    return tuple(sorted(found.values(), key=lambda thing: (thing.name, thing.id)))[:MANY], len(found)


def _kinds(store: Store, me: str) -> tuple[str, ...]:
    return tuple(sorted(_local(kind) for (kind,) in map(_strings, store.query(f"SELECT ?c {{ {me} a ?c }}").rows)))


def _strings(row: Iterable[object]) -> list[str]:
    return [_string(term) for term in row]


def _string(term: object) -> str:
    return str(getattr(term, "value", ""))


def _local(iri: str) -> str:
    return iri.rpartition("#")[2]


def _id(iri: str) -> str:
    return iri.rpartition("/")[2]
