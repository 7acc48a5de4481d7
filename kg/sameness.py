"""Why two names are one thing, or two: the judgements between them, asked of the store."""

from collections import defaultdict, deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import product

from kg.errors import NotFoundError
from kg.explain import Passage, Thing, find
from kg.reasons import Reason, judged
from kg.store import Store
from kg.vocabulary import mint


@dataclass(frozen=True, slots=True)
class Side:
    """A guise of a judgement: how it is called, what it was judged to be, and the sentence that shows it."""

    label: str
    name: str
    entity: str
    articles: tuple[str, ...]
    passage: Passage


@dataclass(frozen=True, slots=True)
class Ground:
    """A judgement: same, different or unsure, and the sieve that said so."""

    one: Side
    other: Side
    verdict: str
    rule: str
    corrections: tuple[Reason, ...] = ()  # by which a person said so


@dataclass(frozen=True, slots=True)
class Sameness:
    """Whether two things that were asked for are one, and the judgements that say so; none where only the name does."""

    one: Thing
    other: Thing
    same: bool
    grounds: tuple[Ground, ...]


@cache
def sieves() -> Mapping[str, str]:
    """What each sieve says, in Chinese, by its name."""
    text = resources.files("kg").joinpath("data", "tables", "sieves.tsv").read_text(encoding="utf-8")
    return dict(line.split("\t") for line in text.splitlines()[1:])


def why_same(store: Store, one: str, other: str) -> tuple[Sameness, ...]:
    """The pairs that the two can mean; each is a name, an id, or NAME@ARTICLE; NotFoundError if one means nothing.

    Of two names alike every pair of things that bear them is given, or the one thing that all articles mean.
    """
    judged = _Judged(store)
    ours, theirs = judged.ends(one), judged.ends(other)
    pairs = {}
    for (left, here), (right, there) in product(ours, theirs):
        if one == other and left.id == right.id and len(ours) > 1:
            continue
        first, second = sorted(((left, here), (right, there)), key=lambda end: (end[0].id, sorted(end[1])))
        pairs[first[0].id, second[0].id] = Sameness(
            left, right, left.id == right.id, judged.grounds(first[0], first[1], second[0], second[1])
        )
    return tuple(pairs[key] for key in sorted(pairs))


class _Judged:
    """The judgements of a store, read as they are needed."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def ends(self, asked: str) -> list[tuple[Thing, frozenset[str]]]:
        """The things that are meant, with the guises in which the named article shows them."""
        name, at, article = asked.partition("@")
        things = find(self._store, name)
        if not at:
            return [(thing, frozenset()) for thing in things]
        found = []
        for thing in things:
            me = f"<{mint(thing.id, self._store.base)}>"
            text = _literal(article)
            if self._store.query(f"ASK {{ ?a dcterms:identifier {text} ; kg:mentions {me} }}").truth:
                rows = self._store.query(
                    f"SELECT ?g {{ ?g kg:guiseOf {me} ; kg:shownIn/dcterms:identifier {text} }}"
                ).rows
                found.append((thing, frozenset(term.value for (term,) in rows if term)))
        if not found:
            raise NotFoundError(f"the article {article!r} names nothing called {name!r}")
        return found

    def grounds(
        self, one: Thing, here: frozenset[str], other: Thing, there: frozenset[str]
    ) -> tuple[Ground, ...]:
        """The judgements between two things, or those that link the guises of one."""
        found = self._between(one, other)
        if one.id != other.id:
            return tuple(ground for _, ground in found if ground.verdict != "same")
        same = {ends: ground for ends, ground in found if ground.verdict == "same"}
        if here and there:
            return tuple(same[ends] for ends in _way(same, here, there))
        return tuple(same.values())

    def _between(self, one: Thing, other: Thing) -> list[tuple[tuple[str, str], Ground]]:
        ours, theirs = (f"<{mint(thing.id, self._store.base)}>" for thing in (one, other))
        rows = self._store.query(
            "SELECT ?j ?a ?b ?verdict ?rule "
            f"{{ {{ ?a kg:guiseOf {ours} . ?b kg:guiseOf {theirs} }} UNION "
            f"{{ ?a kg:guiseOf {theirs} . ?b kg:guiseOf {ours} }} "
            "?j kg:one ?a ; kg:other ?b ; kg:verdict ?verdict ; kg:rule ?rule }"
        ).rows
        told = sorted({tuple(term.value for term in row if term) for row in rows})
        sides = self._sides({ident for _, a, b, _, _ in told for ident in (a, b)})
        persons = judged(self._store, [row[0] for row in told])
        return [((a, b), Ground(sides[a], sides[b], verdict, rule, persons.get(judgement, ())))
                for judgement, a, b, verdict, rule in told]  # fmt: skip

    def _sides(self, guises: Iterable[str]) -> dict[str, Side]:
        values = " ".join(f"<{iri}>" for iri in sorted(guises))
        rows = self._store.query(
            "SELECT ?g ?label ?name ?entity ?article ?exact ?start ?end ?from ?title ?date ?outlet ?in "
            f"{{ VALUES ?g {{ {values} }} ?g kg:shows ?label ; kg:guiseOf ?e ; oa:start ?start ; oa:end ?end ;"
            " kg:inSentence ?s ; kg:shownIn/dcterms:identifier ?in . ?e rdfs:label ?name . BIND(STR(?e) AS ?entity)"
            " ?s oa:start ?from ; oa:exact ?exact ; kg:inArticle ?a . ?a dcterms:identifier ?article ."
            " OPTIONAL { ?a dcterms:title ?title } OPTIONAL { ?a dcterms:date ?date }"
            " OPTIONAL { ?a dcterms:publisher/rdfs:label ?outlet } }"
        ).rows
        shown: defaultdict[str, set[str]] = defaultdict(set)
        fields: dict[str, list[str]] = {}
        for row in rows:
            guise, *rest, article = ("" if term is None else term.value for term in row)
            shown[guise].add(article)
            fields[guise] = rest
        return {guise: _side(rest, shown[guise]) for guise, rest in fields.items()}


def _side(fields: list[str], articles: Iterable[str]) -> Side:
    label, name, entity, article, exact, start, end, begin, title, day, outlet = fields
    offset = int(begin)
    passage = Passage(exact, int(start) - offset, int(end) - offset, "", "asserted", article, title, day, outlet, "")
    return Side(label, name, entity.rpartition("/")[2], tuple(sorted(articles)), passage)


def _way(
    links: Iterable[tuple[str, str]], here: frozenset[str], there: frozenset[str]
) -> list[tuple[str, str]]:
    """The links that lead from one guise to another; the fewest."""
    beside: defaultdict[str, list[tuple[str, tuple[str, str]]]] = defaultdict(list)
    for one, other in sorted(links):
        beside[one].append((other, (one, other)))
        beside[other].append((one, (one, other)))
    ways: dict[str, list[tuple[str, str]]] = {guise: [] for guise in sorted(here)}
    pending = deque(sorted(here))
    while pending:
        guise = pending.popleft()
        if guise in there:
            return ways[guise]
        for after, link in beside[guise]:
            if after not in ways:
                ways[after] = [*ways[guise], link]
                pending.append(after)
    return []


def _literal(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "\\r")
    return f'"{escaped}"'
