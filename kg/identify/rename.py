"""Facts with ids of one document → the same facts with global ids."""

from collections.abc import Mapping
from dataclasses import replace

from kg.model import Date, Entity, Evidence, Facts, Quotation, Reading, Statement


def rename(facts: Facts, ids: Mapping[str, str], by_document: Mapping[tuple[str, str], str]) -> Facts:
    """The facts with each id replaced by its global one, which may depend on the document."""
    document = facts.document.id

    def of(ident: str) -> str:
        return by_document.get((document, ident)) or ids.get(ident, ident)

    def entity(it: Entity) -> Entity:
        ident = of(it.id)
        if ident == it.id:
            return it
        return replace(it, id=ident, code=ident.removeprefix("place-") if it.code else "")

    def reading(it: Reading) -> Reading:
        return it if of(it.entity) == it.entity else replace(it, entity=of(it.entity))

    def evidence(it: Evidence) -> Evidence:
        return replace(it, premises=tuple((of(s), p, of(o)) for s, p, o in it.premises)) if it.premises else it

    def statement(it: Statement) -> Statement:
        subject, thing = of(it.subject), it.object if isinstance(it.object, Date) else of(it.object)
        derived = any(one.premises for one in it.evidence)
        if not derived and (subject, thing) == (it.subject, it.object):
            return it
        return replace(it, subject=subject, object=thing, evidence=tuple(map(evidence, it.evidence)))

    def quotation(it: Quotation) -> Quotation:
        return replace(it, speaker=of(it.speaker), about=tuple(sorted({of(one) for one in it.about})))

    return replace(
        facts,
        readings=tuple(map(reading, facts.readings)),
        entities=tuple(map(entity, facts.entities)),
        statements=tuple(map(statement, facts.statements)),
        quotations=tuple(map(quotation, facts.quotations)),
    )
