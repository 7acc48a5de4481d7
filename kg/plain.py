"""`Facts` ↔ lists, strings and numbers: what is kept of a document, or sent to another process, as JSON.

`from_plain(document, to_plain(facts))` equals the facts in every field. The document is not repeated in them.
"""

import json
import zlib
from collections.abc import Iterable
from typing import Any

from kg.model import (
    Date,
    Document,
    Entity,
    Evidence,
    Facts,
    Guise,
    Judgement,
    Mention,
    Name,
    Part,
    Quotation,
    Reading,
    Span,
    Statement,
)

Plain = list[Any]  # what json.dumps takes, and json.loads gives back


def pack(facts: Facts) -> bytes:
    """The facts without their document, as small as they can be had quickly: in half of the time of pickle."""
    return zlib.compress(json.dumps(to_plain(facts), separators=(",", ":")).encode(), 1)


def unpack(document: Document, packed: bytes) -> Facts:
    """The facts of that document; what is damaged raises zlib.error or what `from_plain` does."""
    return from_plain(document, json.loads(zlib.decompress(packed)))


def to_plain(facts: Facts) -> Plain:
    """The facts without their document."""
    own = facts.document.id
    return [
        [
            [_span(one.mention.span, own), one.mention.type, one.mention.rule, one.mention.key,
             [_part(part) for part in one.mention.parts], one.entity, one.sieve]
            for one in facts.readings
        ],
        [entity_to_plain(one) for one in facts.entities],
        [statement_to_plain(one, own) for one in facts.statements],
        [[one.speaker, _span(one.span, own), one.about, one.rule] for one in facts.quotations],
        [judgement_to_plain(one) for one in facts.judgements],
    ]  # fmt: skip


def from_plain(document: Document, plain: Plain) -> Facts:
    """The facts of that document."""
    own = document.id
    readings, entities, statements, quotations, judgements = plain
    return Facts(
        document,
        tuple(
            Reading(Mention(_to_span(span, own), kind, rule, key, tuple(map(_to_part, parts))), entity, sieve)
            for span, kind, rule, key, parts, entity, sieve in readings
        ),
        tuple(map(entity_from_plain, entities)),
        tuple(statement_from_plain(one, own) for one in statements),
        tuple(
            Quotation(speaker, _to_span(span, own), tuple(about), rule) for speaker, span, about, rule in quotations
        ),
        tuple(map(judgement_from_plain, judgements)),
    )


def entity_to_plain(it: Entity) -> Plain:
    """An entity by its fields."""
    return [it.id, it.type, it.name, it.aliases, it.kind, it.code]


def entity_from_plain(plain: Plain) -> Entity:
    """The entity again."""
    ident, kind, name, aliases, below, code = plain
    return Entity(ident, kind, name, tuple(aliases), below, code)


def statement_to_plain(it: Statement, own: str) -> Plain:
    """A statement of the document `own`."""
    thing = [it.object.value] if isinstance(it.object, Date) else it.object
    return [it.subject, it.predicate, thing, evidence_to_plain(it.evidence, own)]


def statement_from_plain(plain: Plain, own: str) -> Statement:
    """The statement again."""
    subject, predicate, thing, evidence = plain
    of = Date(thing[0]) if isinstance(thing, list) else thing
    return Statement(subject, predicate, of, evidence_from_plain(evidence, own))


def evidence_to_plain(evidence: Iterable[Evidence], own: str) -> Plain:
    """The reasons of a statement of the document `own`."""
    return [
        [one.rule, [_span(span, own) for span in one.spans], one.premises, one.modality, one.correction]
        for one in evidence
    ]


def evidence_from_plain(plain: Plain, own: str) -> tuple[Evidence, ...]:
    """The reasons again."""
    return tuple(
        Evidence(rule, tuple(_to_span(span, own) for span in spans), tuple(map(tuple, premises)), modality, correction)
        for rule, spans, premises, modality, correction in plain
    )


def judgement_to_plain(it: Judgement) -> Plain:
    """A judgement with both its guises."""
    return [_guise(it.one), _guise(it.other), it.verdict, it.rule, it.correction]


def judgement_from_plain(plain: Plain) -> Judgement:
    """The judgement again."""
    one, other, verdict, rule, correction = plain
    return Judgement(_to_guise(one), _to_guise(other), verdict, rule, correction)


def _span(span: Span, own: str) -> Plain:
    """Its document is left out where it is the one that all this is of."""
    return [span.start, span.end] if span.document == own else [span.start, span.end, span.document]


def _to_span(plain: Plain, own: str) -> Span:
    return Span(plain[2] if len(plain) > 2 else own, plain[0], plain[1])


def _part(part: Part) -> Plain:
    names = [[name.form, name.type, name.name, name.status, name.kind, name.code] for name in part.names]
    return [part.label, part.start, part.end, names]


def _to_part(plain: Plain) -> Part:
    label, start, end, names = plain
    return Part(label, start, end, tuple(Name(*name) for name in names))


def _guise(it: Guise) -> Plain:
    return [it.id, it.entity, it.label, [it.span.document, it.span.start, it.span.end], it.documents]


def _to_guise(plain: Plain) -> Guise:
    ident, entity, label, span, documents = plain
    return Guise(ident, entity, label, Span(*span), tuple(documents))
