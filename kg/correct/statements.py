"""reject and assert of facts."""

from kg.correct.graph import Graph, MissingError
from kg.correct.past import Past
from kg.correct.rejections import Outcome, drop, rejection
from kg.correct.things import fits
from kg.corrections import CorrectionError, Entry, Triple, signatures
from kg.model import ENTITY_TYPES, Date, Entity, Evidence, Span, Statement, short_hash
from kg.vocabulary import ATTENDANCE


def reject_fact(graph: Graph, past: Past, entry: Entry) -> tuple[Outcome, frozenset[Triple]]:
    """The fact is not so, or the articles that the entry names do not say it; with what must not be derived either."""
    subject, predicate, named = entry.what
    triple = (graph.find(entry, subject), predicate, named if predicate == "heldOn" else graph.find(entry, named))
    holders = graph.where[triple[0]] if predicate == "heldOn" else graph.where[triple[0]] & graph.where[triple[2]]
    documents = holders & graph.documents(entry, entry.articles) if entry.articles else holders
    follows = [
        one.triple
        for document in holders for one in graph.facts[document].statements
        if ATTENDANCE.get(one.predicate) and (one.subject, "attended", one.object) == triple
    ]  # fmt: skip
    if not entry.articles:
        past.fact(entry, triple, holds=False)
    gone = drop(graph, sorted(documents), lambda one: one.triple == triple, entry, past)
    about = tuple(part for part in (triple[0], triple[2]) if part in graph.entities)
    if gone or (follows and not entry.articles):
        blocked = frozenset() if entry.articles else frozenset({triple})
        return Outcome(about, gone or (rejection(graph, triple, ()),)), blocked
    raise MissingError(f"no article says {' '.join(entry.what)}")


def assert_fact(graph: Graph, past: Past, entry: Entry) -> Outcome:
    """The fact is so, because the person says it, by what is cited, or by the quoted words of an article."""
    subject, predicate, named = entry.what
    spans = _quoted(graph, entry)
    named_ends = (subject,) if predicate == "heldOn" else (subject, named)
    ends = [_end(graph, entry, *end) for end in zip(named_ends, signatures()[predicate], strict=False)]
    for end in ends:
        if isinstance(end, Entity):
            graph.add(end)
    who, *things = (end.id if isinstance(end, Entity) else end for end in ends)
    thing: str | Date = things[0] if things else Date(named)
    told = [Evidence("correction", correction=entry.id), *(Evidence("correction", (span,)) for span in spans)]
    statement = Statement(who, predicate, thing, tuple(told))
    if not fits(graph, statement) or who == thing:
        types = [graph.entities[end].type for end in (who, thing) if isinstance(end, str)]
        raise CorrectionError(f"{entry.place}: {predicate} cannot hold between {' and '.join(types)}")
    past.fact(entry, statement.triple, holds=True)
    graph.say(statement)
    return Outcome(tuple(end for end in (who, thing) if isinstance(end, str)))


def _end(graph: Graph, entry: Entry, named: str, types: frozenset[str]) -> str | Entity:
    """The thing, made anew where the name says of which type it is and the graph has none."""
    try:
        return graph.find(entry, named)
    except MissingError as missing:
        kind, colon, name = named.replace("：", ":").partition(":")
        for known in ENTITY_TYPES:
            if colon and known == kind and name and "@" not in name:
                return Entity(f"{known.lower()}-{short_hash(known, name)}", known, name)
        raise MissingError(f"{missing}; to make it, write its type: {min(types)}:{named}") from missing


def _quoted(graph: Graph, entry: Entry) -> tuple[Span, ...]:
    if not entry.quotes:
        return ()
    (document,) = graph.documents(entry, entry.articles)
    at = graph.facts[document].document.text.find(entry.quotes[0]) if document in graph.facts else -1
    if at < 0:
        raise MissingError(f"the words {entry.quotes[0]!r} no longer stand in {entry.articles[0]!r}")
    return (Span(document, at, at + len(entry.quotes[0])),)
