"""merge and split: what is one thing, and what is two."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from kg.correct import who
from kg.correct.graph import Graph, MissingError, renamed_quotation, renamed_statement
from kg.correct.past import Past
from kg.correct.rejections import Outcome, drop
from kg.corrections import CorrectionError, Entry
from kg.model import Entity, Facts, Span, Statement, short_hash


def merge(graph: Graph, past: Past, entry: Entry) -> Outcome:
    """The things are one, with the id of the first and the name that the entry gives, else that of the first."""
    found: dict[str, None] = {}
    notes = []
    for named in entry.what:
        try:
            found[graph.find(entry, named)] = None
        except MissingError as missing:
            notes.append(str(missing))
    ids = list(found)
    if not ids or (notes and len(ids) == 1):
        raise MissingError("; ".join(notes))
    kept, *others = ids
    types = sorted({graph.entities[ident].type for ident in ids})
    if len(types) > 1:
        raise CorrectionError(f"{entry.place}: {' and '.join(types)} cannot be one; retype one of them before")
    if entry.name:
        past.settle(entry, kept, "name", entry.name)
    past.join(entry, kept, ids, [graph.where[ident] for ident in ids])
    sides = [who.guise_of(graph, ident) for ident in ids]
    name, first = entry.name or graph.label(kept), graph.entities[kept]
    renamed = dict.fromkeys(others, kept)
    who.merged(graph, entry, sides, renamed)
    graph.change({kept: kept, **renamed}, lambda entity: _as(entity, name, first))
    if doubtful := who.undoubted(graph, kept):
        renamed = dict.fromkeys(doubtful, kept)
        who.settled(graph, renamed)
        graph.change({kept: kept, **renamed}, lambda entity: _as(entity, name, first))
    loops = drop(graph, sorted(graph.where[kept]), lambda one: one.subject == one.object, entry, past)
    return Outcome((kept,), loops, tuple(notes))


def _as(entity: Entity, name: str, first: Entity) -> Entity:
    forms = {entity.name, *entity.aliases} - {name}
    return replace(entity, name=name, aliases=tuple(sorted(forms)), kind=first.kind or entity.kind, code=first.code)


def split(graph: Graph, past: Past, entry: Entry) -> Outcome:
    """What the articles show, or of one article the quoted words, is another thing with its own name or key."""
    ident = graph.find(entry, entry.what[0])
    named = graph.documents(entry, entry.articles)
    documents = named & graph.where[ident]
    if not documents:
        raise MissingError(f"none of these articles names {entry.what[0]!r}")
    notes = [f"{graph.facts[one].document.name!r} does not name {entry.what[0]!r}"
             for one in sorted(named - documents) if one in graph.facts]  # fmt: skip
    old = graph.entities[ident]
    name = entry.name or graph.label(ident)
    new = _ident(entry, old, name, graph.label(ident))
    ranges = _ranges(graph, entry, next(iter(documents))) if entry.quotes else None
    parted = [_parted(graph.facts[document], ident, new, name, ranges) for document in sorted(documents)]
    if not any(entity.id == new for facts in parted for entity in facts.entities):
        raise MissingError(f"the quoted words do not name {entry.what[0]!r}")
    past.part(entry, ident, new, {it.document.id for it in parted if all(one.id != ident for one in it.entities)})
    for facts in parted:
        graph.put(facts)
    if not graph.where[ident]:  # nothing is left of the old one but what persons say of it
        graph.change({ident: new}, lambda entity: entity)
    who.parted(graph, entry, ident, new)
    return Outcome((ident, new), notes=tuple(notes))


def _ident(entry: Entry, old: Entity, name: str, label: str) -> str:
    """Of a name that nothing else has, as extraction gives it; else of the name and the key, or the first article."""
    parts = [name] if name != label and not entry.key else [name, entry.key or entry.articles[0]]
    return f"{old.type.lower()}-{short_hash(old.type, *parts)}"


def _ranges(graph: Graph, entry: Entry, document: str) -> list[tuple[int, int]]:
    text = graph.facts[document].document.text
    ranges = []
    for quote in entry.quotes:
        at = text.find(quote)
        if at < 0:
            raise MissingError(f"the words {quote!r} no longer stand in {entry.articles[0]!r}")
        while at >= 0:
            ranges.append((at, at + len(quote)))
            at = text.find(quote, at + 1)
    return ranges


def _parted(facts: Facts, ident: str, new: str, name: str, ranges: Sequence[tuple[int, int]] | None) -> Facts:
    """The facts where the thing is the new one: everywhere, or as far as words of the ranges show it."""

    def meets(span: Span) -> bool:
        return ranges is None or any(start < span.end and span.start < end for start, end in ranges)

    def of(one: str) -> str:
        return new if one == ident else one

    readings = tuple(
        replace(it, entity=new) if it.entity == ident and meets(it.mention.span) else it for it in facts.readings
    )
    statements = tuple(part for it in facts.statements for part in _parts(it, of, meets))
    quotations = tuple(renamed_quotation(it, of) if meets(it.span) else it for it in facts.quotations)
    told = {end for it in statements for end in (it.subject, it.object)}
    told |= {end for it in quotations for end in (it.speaker, *it.about)} | {it.entity for it in readings}
    entities: list[Entity] = []
    for entity in facts.entities:
        if entity.id != ident:
            entities.append(entity)
            continue
        if ranges is not None and ident in told:
            entities.append(entity)
        if ranges is None or new in told:
            forms = {entity.name, *entity.aliases} - {name}
            entities.append(replace(entity, id=new, name=name, aliases=tuple(sorted(forms)), code=""))
    return replace(facts, readings=readings, statements=statements, quotations=quotations, entities=tuple(entities))


def _parts(statement: Statement, of: Callable[[str], str], meets: Callable[[Span], bool]) -> list[Statement]:
    """The statement, or its evidence by whether it stands in the ranges."""
    changed = renamed_statement(statement, of)
    if changed.triple == statement.triple:
        return [statement]
    there = tuple(one for one in statement.evidence if any(map(meets, one.spans)))
    rest = tuple(one for one in statement.evidence if one not in there)
    return [replace(one, evidence=evidence) for one, evidence in ((statement, rest), (changed, there)) if evidence]
