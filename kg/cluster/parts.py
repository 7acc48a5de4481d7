"""An assembly in parts that together have its triples: the lines of all parts are the lines of the whole."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from kg.model import Assembly, Quotation, Stage, Statement

Spanned = TypeVar("Spanned", Quotation, Stage)


def parts(assembly: Assembly, shards: Sequence[Sequence[str]]) -> Iterator[Assembly]:
    """A part for each shard of document ids, and one for what stands in no document.

    A fact goes where the first of its words stand, with its subject and all documents that say it; each article and
    each entity goes where it is named.
    """
    number = {document: place for place, ids in enumerate(shards) for document in ids}
    rest = len(shards)
    documents = {one.id: one for one in assembly.documents}
    entities = {one.id: one for one in assembly.entities}
    facts: defaultdict[int, list[Statement]] = defaultdict(list)
    for statement in assembly.statements:
        first = next((span.document for it in statement.evidence for span in it.spans), "")
        facts[number.get(first, rest)].append(statement)
    own: defaultdict[int, set[str]] = defaultdict(set)
    for place, ids in enumerate(shards):
        own[place].update(ids)
    own[rest].update(documents.keys() - number.keys())
    mentions: defaultdict[int, list[tuple[str, str]]] = defaultdict(list)
    named: defaultdict[int, set[str]] = defaultdict(set)
    for document, ident in assembly.mentions:
        place = number.get(document, rest)
        mentions[place].append((document, ident))
        named[place].add(ident)
    unnamed = entities.keys() - {ident for _, ident in assembly.mentions}
    named[rest] |= unnamed
    within = _within(assembly)
    quotations = _by_place(assembly.quotations, number, rest)
    stages = _by_place(assembly.stages, number, rest)
    for place in range(rest + 1):
        told = named[place] | {one.subject for one in facts[place]}
        spans = [span for one in facts[place] for it in one.evidence for span in it.spans]
        spans += [one.span for one in quotations[place]] + [one.span for one in stages[place]]
        whole = replace(
            assembly,
            statements=tuple(facts[place]),
            entities=tuple(entities[ident] for ident in sorted(told)),
            mentions=tuple(mentions[place]),
            within=tuple((ident, above) for ident in sorted(told) for above in within.get(ident, ())),
            quotations=quotations[place],
            stages=stages[place],
        )
        if place < rest:
            whole = replace(whole, tenures=(), judgements=(), conflicts=(), series=(), corrections=())
        else:
            spans += [guise.span for one in whole.judgements for guise in (one.one, one.other)]
            spans += [span for one in whole.corrections for it in one.rejected for span in it.spans]
        needed = own[place] | {span.document for span in spans}
        yield replace(whole, documents=tuple(documents[ident] for ident in sorted(needed)))


def _within(assembly: Assembly) -> Mapping[str, Sequence[str]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for part, whole in assembly.within:
        found[part].append(whole)
    return found


def _by_place(
    things: Sequence[Spanned], number: Mapping[str, int], rest: int
) -> defaultdict[int, tuple[Spanned, ...]]:
    found: defaultdict[int, list[Spanned]] = defaultdict(list)
    for one in things:
        found[number.get(one.span.document, rest)].append(one)
    return defaultdict(tuple, {place: tuple(several) for place, several in found.items()})
