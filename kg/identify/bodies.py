"""Places by code, bodies by the table of organs, both over renamings: 密云县 is 密云区, 国家卫计委 国家卫健委."""

from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

from kg.model import Entity, Facts, Guise, Judgement, Span, short_hash
from kg.renamings import Renamings


def identify_places_and_bodies(
    facts: Sequence[Facts], renamings: Renamings, own: frozenset[str]
) -> tuple[dict[str, str], list[Judgement]]:
    """The global id of each place and body that goes by another name too, and the judgements that say so.

    `own` are names that stay by themselves, as users said.
    """
    ids: dict[str, str] = {}
    names: defaultdict[str, dict[str, Entity]] = defaultdict(dict)  # by global id: one entity of each name
    for fact in facts:
        for entity in fact.entities:
            if entity.type in ("Place", "Province", "Organization"):
                ident = entity.id if entity.name in own else renamings.canonical(entity)
                names[ident].setdefault(entity.name, entity)
                if ident != entity.id:
                    ids[entity.id] = ident
    several = {ident: named for ident, named in names.items() if len(named) > 1}
    shown = _spans(facts, {ident: several[ident] for ident in several}, ids)
    judgements: list[Judgement] = []
    for ident, named in sorted(several.items()):
        guises = [_guise(ident, name, shown[ident, name]) for name in sorted(named) if (ident, name) in shown]
        rule = "one-division" if ident.startswith("place-") else "one-body"
        for pair in pairwise(guises):
            one, other = sorted(pair, key=lambda it: it.id)
            judgements.append(Judgement(one, other, "same", rule))
    return ids, judgements


def _spans(
    facts: Sequence[Facts], several: dict[str, dict[str, Entity]], ids: dict[str, str]
) -> dict[tuple[str, str], list[Span]]:
    """Where each name of the things of several names stands first in each document."""
    shown: defaultdict[tuple[str, str], list[Span]] = defaultdict(list)
    for fact in facts:
        first: dict[str, Span] = {}
        for reading in fact.readings:
            first.setdefault(reading.entity, reading.mention.span)
        for entity in fact.entities:
            ident = ids.get(entity.id, entity.id)
            if ident in several and entity.id in first:
                shown[ident, entity.name].append(first[entity.id])
    return shown


def _guise(ident: str, name: str, spans: Sequence[Span]) -> Guise:
    documents = tuple(sorted({span.document for span in spans}))
    return Guise(f"guise-{short_hash('Guise', ident, name)}", ident, name, min(spans), documents)
