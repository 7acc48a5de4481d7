"""Why the graph says what it says: facts with their sentences, and all that it knows of one entity.

Asked of the store, so that it works on what a build left behind, without the articles.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pyoxigraph

from kg.errors import NotFoundError, QueryError
from kg.model import ENTITY_TYPES, RELATIONS
from kg.project import predicates
from kg.reasons import Reason, made, reasons, rejected
from kg.store import Row, Store, Term
from kg.vocabulary import LOCAL, mint


@dataclass(frozen=True, slots=True)
class Thing:
    """An entity of the graph, or a date: then `id` is empty."""

    id: str
    type: str
    name: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence that says a fact; `sentence[start:end]` are the words that the rule matched."""

    sentence: str
    start: int
    end: int
    rule: str
    modality: str
    article: str
    title: str
    date: str
    outlet: str
    url: str
    node: str = ""  # the id of the article


@dataclass(frozen=True, slots=True)
class Fact:
    """A triple of the graph with the passages that say it, and the facts that it follows from where it was derived."""

    subject: Thing
    predicate: str
    object: Thing
    modality: str
    passages: tuple[Passage, ...]
    rule: str = ""  # of the derivation
    premises: tuple["Fact", ...] = ()
    corrections: tuple[Reason, ...] = ()  # by which persons assert it


@dataclass(frozen=True, slots=True)
class Post:
    """An office of a person (or a person in an office) with the days on which articles show it."""

    person: Thing
    office: Thing
    attested: tuple[str, ...]
    begin: str
    end: str
    acting: bool


@dataclass(frozen=True, slots=True)
class Words:
    """A quotation: who said what, of what, and in which article."""

    speaker: Thing
    words: str
    about: tuple[str, ...]
    title: str
    date: str


@dataclass(frozen=True, slots=True)
class Profile:
    """All that the graph knows of one entity; facts and neighbours are sorted by predicate and name."""

    entity: Thing
    kinds: tuple[str, ...]
    aliases: tuple[str, ...]
    posts: tuple[Post, ...]
    outgoing: tuple[tuple[str, tuple[Thing, ...]], ...]
    incoming: tuple[tuple[str, tuple[Thing, ...]], ...]
    quotations: tuple[Words, ...]
    articles: tuple[tuple[str, str], ...]  # (date, title) of each that names it
    corrections: tuple[Reason, ...] = ()


def find(store: Store, name: str) -> tuple[Thing, ...]:
    """The entities of that name or id, else those with that alias, else the post of who acts in it.

    上海市市长 finds 上海市代市长, where the texts have no other. NotFoundError if there are none.
    """
    if LOCAL.fullmatch(name) and (things := things_of(store, [pyoxigraph.NamedNode(mint(name, store.base))])):
        return tuple(things.values())
    for predicate in ("rdfs:label", "skos:altLabel"):
        rows = store.query(f"SELECT DISTINCT ?e {{ ?e {predicate} {_text(name)} }}").rows
        if things := things_of(store, (term for (term,) in rows if term)):
            return tuple(sorted(things.values(), key=_by_name))
    acting = store.query("SELECT DISTINCT ?e ?l { ?t kg:acting true ; kg:office ?e . ?e rdfs:label ?l }").rows
    posts = (term for term, label in acting if term and _is_without_a_letter(name, _value(label)))
    if things := things_of(store, posts):
        return tuple(sorted(things.values(), key=_by_name))
    raise NotFoundError(f"the graph has nothing called {name!r}")


def _is_without_a_letter(name: str, longer: str) -> bool:
    """Whether a name is a longer one without one of its characters: 上海市市长 is 上海市代市长 without 代."""
    return any(longer[:at] + longer[at + 1 :] == name for at in range(len(longer)))


def why(store: Store, subject: str, predicate: str | None = None, thing: str | None = None) -> tuple[Fact, ...]:
    """The facts about the subject, or those of one predicate or object, each with the sentences that say it.

    Names may be aliases or ids; the object may be a date. NotFoundError if the graph has no such fact.
    """
    slots = [("?s", [_iri(store, one.id) for one in find(store, subject)])]
    if predicate is not None:
        slots.append(("?p", [_predicate(store, predicate)]))
    if thing is not None:
        slots.append(("?o", _objects(store, thing)))
    values = " ".join(f"VALUES {name} {{ {' '.join(map(str, terms))} }}" for name, terms in slots)
    rows = store.query(
        f"SELECT ?fact {{ {values} ?fact rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o }}"
    ).rows
    facts = facts_of(store, [term for (term,) in rows if term])
    if not facts:
        asked = " ".join(part for part in (subject, predicate, thing) if part)
        gone = rejected(store, [one.id for one in find(store, subject)], *slots[1][1] if predicate else ())
        told = "".join(f"; {label} was rejected by {it.who} on {it.when}: {it.why} ({it.entry})" for label, it in gone)
        raise NotFoundError(f"the graph does not say: {asked}{told}")
    return tuple(sorted(facts.values(), key=_fact_order))


def show(store: Store, name: str) -> tuple[Profile, ...]:
    """What the graph knows of each entity of that name; NotFoundError if there is none."""
    return tuple(_profile(store, thing) for thing in find(store, name))


# READING THE STORE


def facts_of(store: Store, nodes: Sequence[Term]) -> dict[str, Fact]:
    """The facts of these nodes, with their premises, by IRI."""
    if not nodes:
        return {}
    values = " ".join(map(str, dict.fromkeys(nodes)))
    heads = store.query(
        f"SELECT ?f ?s ?p ?o ?m {{ VALUES ?f {{ {values} }} "
        "?f rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ; kg:modality ?m }"
    ).rows
    matches = store.query(
        f"SELECT ?f ?exact ?start ?end ?from ?rule ?mode ?name ?title ?date ?outlet ?url ?a {{ VALUES ?f {{ {values} }}"
        " ?f kg:evidence ?e . ?e kg:rule ?rule ; kg:modality ?mode ; oa:start ?start ; oa:end ?end ; kg:inSentence ?s ."
        " ?s oa:start ?from ; oa:exact ?exact ; kg:inArticle ?a . ?a dcterms:identifier ?name ."
        " OPTIONAL { ?a dcterms:title ?title } OPTIONAL { ?a dcterms:date ?date }"
        " OPTIONAL { ?a dcterms:publisher/rdfs:label ?outlet } OPTIONAL { ?a schema:url ?url } }"
    ).rows
    derived = store.query(
        f"SELECT ?f ?rule ?premise {{ VALUES ?f {{ {values} }} "
        "?f kg:evidence ?e . ?e kg:rule ?rule ; kg:premise ?premise }"
    ).rows
    passages: defaultdict[str, set[Passage]] = defaultdict(set)
    for fact, *fields in (_strings(row) for row in matches):
        passages[fact].add(_passage(fields))
    told = reasons(store, nodes)
    below = facts_of(store, [premise for _, _, premise in derived if premise])
    premises: defaultdict[str, list[Fact]] = defaultdict(list)
    rules: dict[str, str] = {}
    for fact, rule, premise in sorted(_strings(row) for row in derived):
        premises[fact].append(below[premise])
        rules.setdefault(fact, rule)
    things = things_of(store, (term for row in heads for term in (row[1], row[3]) if term))
    return {
        fact: Fact(
            things[subject],
            predicate.rpartition("#")[2],
            things.get(thing, Thing("", "Date", thing)),
            modality,
            tuple(sorted(passages[fact], key=_passage_order)),
            rules.get(fact, ""),
            tuple(premises[fact]),
            told.get(fact, ()),
        )
        for fact, subject, predicate, thing, modality in (_strings(row) for row in heads)
    }


def _passage(fields: Sequence[str]) -> Passage:
    exact, start, end, begin, rule, modality, name, title, day, outlet, url, iri = fields
    offset = int(begin)
    node = iri.rpartition("/")[2]
    return Passage(exact, int(start) - offset, int(end) - offset, rule, modality, name, title, day, outlet, url, node)


def _profile(store: Store, thing: Thing) -> Profile:
    me = _iri(store, thing.id)
    classes = store.query(f"SELECT ?c {{ {me} a ?c }}").rows
    aliases = store.query(f"SELECT ?alias {{ {me} skos:altLabel ?alias }}").rows
    relations = " ".join(f"kg:{name}" for name in (*RELATIONS, "within"))
    outgoing = store.query(f"SELECT ?p ?x {{ VALUES ?p {{ {relations} }} {me} ?p ?x }}").rows
    incoming = store.query(f"SELECT ?p ?x {{ VALUES ?p {{ {relations} }} ?x ?p {me} }}").rows
    articles = store.query(
        f"SELECT DISTINCT ?date ?name ?title {{ ?a kg:mentions {me} ; dcterms:identifier ?name ."
        " OPTIONAL { ?a dcterms:title ?title } OPTIONAL { ?a dcterms:date ?date } }"
    ).rows
    named = sorted((day, title or name) for day, name, title in map(_strings, articles))
    return Profile(
        entity=thing,
        kinds=tuple(sorted({_local(term) for (term,) in classes if term} - {thing.type})),
        aliases=tuple(sorted(_value(term) for (term,) in aliases)),
        posts=posts_of(store, me),
        outgoing=_neighbours(store, outgoing),
        incoming=_neighbours(store, incoming),
        quotations=quotations_of(store, me),
        articles=tuple(named),
        corrections=made(store, thing.id),
    )


def posts_of(store: Store, me: str) -> tuple[Post, ...]:
    """The offices of a person, or the holders of an office; `me` is its IRI as SPARQL has it."""
    rows = store.query(
        "SELECT DISTINCT ?t ?person ?office ?day ?begin ?end ?acting "
        f"{{ {{ ?t kg:holder {me} }} UNION {{ ?t kg:office|kg:seat {me} }}"
        " ?t kg:holder ?person ; kg:office ?office ; kg:acting ?acting ."
        " OPTIONAL { ?t kg:attestedOn ?day } OPTIONAL { ?t kg:begin ?begin } OPTIONAL { ?t kg:end ?end } }"
    ).rows
    things = things_of(store, (term for row in rows for term in row[1:3] if term))
    days: defaultdict[str, set[str]] = defaultdict(set)
    known: dict[str, tuple[str, ...]] = {}
    for tenure, person, office, day, begin, end, acting in map(_strings, rows):
        days[tenure].update({day} - {""})
        known[tenure] = (person, office, begin, end, acting)
    posts = (
        Post(things[person], things[office], tuple(sorted(days[tenure])), begin, end, acting == "true")
        for tenure, (person, office, begin, end, acting) in known.items()
    )
    return tuple(sorted(posts, key=_post_order))


def _post_order(post: Post) -> tuple[object, ...]:
    """By the first day that is told of it; what has no day comes last."""
    first = min((day for day in (post.begin, *post.attested[:1]) if day), default="9")
    return first, post.attested, _by_name(post.office), _by_name(post.person)


def quotations_of(store: Store, me: str) -> tuple[Words, ...]:
    """What it said, and what was said of it."""
    rows = store.query(
        f"SELECT ?q ?who ?words ?about ?title ?date ?start {{ {{ ?q kg:saidBy {me} }} UNION {{ ?q kg:about {me} }}"
        " ?q kg:saidBy ?who ; kg:says ?words ; oa:start ?start ; kg:inArticle ?a ."
        " OPTIONAL { ?q kg:about/rdfs:label ?about }"
        " OPTIONAL { ?a dcterms:title ?title } OPTIONAL { ?a dcterms:date ?date } }"
    ).rows
    speakers = things_of(store, (row[1] for row in rows if row[1]))
    about: defaultdict[str, set[str]] = defaultdict(set)
    known: dict[str, tuple[str, ...]] = {}
    for quotation, speaker, words, topic, title, day, start in map(_strings, rows):
        about[quotation].update({topic} - {""})
        known[quotation] = (day, title, start.zfill(9), speaker, words)
    return tuple(
        Words(speakers[speaker], words, tuple(sorted(about[quotation])), title, day)
        for quotation, (day, title, _, speaker, words) in sorted(known.items(), key=lambda item: item[1])
    )


def _neighbours(store: Store, rows: Iterable[Row]) -> tuple[tuple[str, tuple[Thing, ...]], ...]:
    rows = tuple(rows)
    things = things_of(store, (term for _, term in rows if isinstance(term, pyoxigraph.NamedNode)))
    grouped: defaultdict[str, list[Thing]] = defaultdict(list)
    for predicate, term in rows:
        grouped[_local(predicate)].append(things.get(_value(term), Thing("", "Date", _value(term))))
    order = (*RELATIONS, "within")
    return tuple((name, tuple(sorted(grouped[name], key=_by_name))) for name in order if name in grouped)


def things_of(store: Store, terms: Iterable[Term]) -> dict[str, Thing]:
    """What is meant by the IRIs among the terms, by IRI; of two types the narrower one, a Province is a Place too."""
    nodes = dict.fromkeys(str(term) for term in terms if isinstance(term, pyoxigraph.NamedNode))
    if not nodes:
        return {}
    types = " ".join(f"kg:{name}" for name in ENTITY_TYPES)
    rows = store.query(
        f"SELECT ?e ?type ?name {{ VALUES ?e {{ {' '.join(nodes)} }} VALUES ?type {{ {types} }}"
        " ?e a ?type ; rdfs:label ?name }"
    ).rows
    found: dict[str, Thing] = {}
    for iri, kind, name in sorted(map(_strings, rows)):
        found[iri] = Thing(iri.rpartition("/")[2], kind.rpartition("#")[2], name)  # sorted: Place, then Province
    return found


def _predicate(store: Store, name: str) -> str:
    """The IRI of a relation by its own name (attended) or its Chinese one (出席)."""
    by_label = {one.zh: one.name for one in predicates().values()}
    local = by_label.get(name, name)
    if local not in RELATIONS:
        raise QueryError(f"no relation is called {name!r}; there are {', '.join(RELATIONS)}")
    return f"<{store.prefixes['kg']}{local}>"


def _objects(store: Store, name: str) -> list[str]:
    """The terms that the name of an object can stand for: entities, else a date as it is written."""
    try:
        return [_iri(store, one.id) for one in find(store, name)]
    except NotFoundError:
        plain = _text(name).removesuffix("@zh")
        types = ("xsd:date", "xsd:gYearMonth", "xsd:gYear", "kg:interval")
        if name[:1].isdigit():
            return [f"{plain}^^{datatype}" for datatype in types]
        raise


def _text(name: str) -> str:
    try:
        return str(pyoxigraph.Literal(name, language="zh"))
    except UnicodeEncodeError as error:
        raise QueryError("the name is no valid text") from error


def _iri(store: Store, ident: str) -> str:
    return f"<{mint(ident, store.base)}>"


def _strings(row: Row) -> list[str]:
    return [_value(term) for term in row]


def _value(term: Term | None) -> str:
    return "" if term is None else term.value


def _local(term: Term | None) -> str:
    return _value(term).rpartition("#")[2]


def _by_name(thing: Thing) -> tuple[str, str, str]:
    return thing.name, thing.type, thing.id


def _passage_order(passage: Passage) -> tuple[str, str, str, int, str]:
    return passage.date, passage.article, passage.sentence, passage.start, passage.rule


def _fact_order(fact: Fact) -> tuple[object, ...]:
    return _by_name(fact.subject), RELATIONS.index(fact.predicate), _by_name(fact.object)
