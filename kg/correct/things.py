"""rename, retype, and reject of what is no such thing."""

from dataclasses import replace

from kg.correct import who
from kg.correct.graph import Graph, MissingError, first_spans
from kg.correct.past import Past
from kg.correct.rejections import Outcome, drop
from kg.corrections import Entry, signatures, type_and_class
from kg.model import Date, Entity, Facts, Rejection, Statement, short_hash


def rename(graph: Graph, past: Past, entry: Entry) -> Outcome:
    """The thing is called by the name that the entry gives, and its other names are aliases; its id stays."""
    ident = graph.find(entry, entry.what[0])
    past.settle(entry, ident, "name", entry.name)

    def as_called(entity: Entity) -> Entity:
        forms = {entity.name, *entity.aliases} - {entry.name}
        return replace(entity, name=entry.name, aliases=tuple(sorted(forms)))

    graph.change({ident: ident}, as_called)
    return Outcome((ident,))


def retype(graph: Graph, past: Past, entry: Entry) -> Outcome:
    """The thing is of another type, with the id that goes with it; facts that such a thing cannot have are rejected."""
    ident = graph.find(entry, entry.what[0])
    old, name = graph.entities[ident], graph.label(ident)
    kind, below = type_and_class(entry.type) or (old.type, "")
    new = ident if kind == old.type else f"{kind.lower()}-{short_hash(kind, name)}"
    past.settle(entry, ident, "type", entry.type)
    place = {"Place", "Province"}

    def as_typed(entity: Entity) -> Entity:
        code = entity.code if {old.type, kind} <= place else ""
        return replace(entity, type=kind, kind=below, code=entity.code if kind == old.type else code)

    graph.change({ident: new}, as_typed)
    graph.remember(old.type, name, new)
    who.renamed(graph, {ident: new})
    for document in sorted(graph.where[new]):
        facts = graph.facts[document]
        readings = tuple(
            replace(it, mention=replace(it.mention, type=kind)) if it.entity == new else it for it in facts.readings
        )
        graph.put(replace(facts, readings=readings))
    gone = drop(graph, sorted(graph.where[new]), lambda one: new in one.triple and not fits(graph, one), entry, past)
    return Outcome((new,), gone)


def fits(graph: Graph, statement: Statement) -> bool:
    """Whether the relation can hold between things of these types."""
    subjects, objects = signatures()[statement.predicate]
    thing = "Date" if isinstance(statement.object, Date) else graph.entities[statement.object].type
    return graph.entities[statement.subject].type in subjects and thing in objects


def reject_thing(graph: Graph, past: Past, entry: Entry) -> Outcome:
    """What stands there is no such thing, in the articles that the entry names, or in all."""
    ident = graph.find(entry, entry.what[0])
    documents = graph.where[ident] & (graph.documents(entry, entry.articles) if entry.articles else graph.where[ident])
    if entry.articles and not documents:
        raise MissingError(f"none of these articles names {entry.what[0]!r}")
    kind, name = graph.entities[ident].type, graph.label(ident)
    everywhere = documents == graph.where[ident]
    if everywhere:
        past.need(entry, [triple for triple in graph.statements if ident in triple])
        graph.gone[kind, name] = entry
    spans = [span for one in sorted(documents) for span in first_spans(graph.facts[one].readings, ident)]
    for document in sorted(documents):
        graph.put(_without(graph.facts[document], ident))
    who.rejected(graph, ident)
    graph.added.pop(ident, None)
    return Outcome((), (Rejection(name, (ident,), kind, tuple(spans)),))


def _without(facts: Facts, ident: str) -> Facts:
    return replace(
        facts,
        readings=tuple(it for it in facts.readings if it.entity != ident),
        entities=tuple(it for it in facts.entities if it.id != ident),
        statements=tuple(it for it in facts.statements if ident not in (it.subject, it.object)),
        quotations=tuple(
            replace(it, about=tuple(one for one in it.about if one != ident))
            for it in facts.quotations if it.speaker != ident
        ),
    )  # fmt: skip
