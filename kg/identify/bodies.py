"""Places by code, bodies by the table of organs, both over renamings: 密云县 is 密云区, 国家卫计委 国家卫健委.

A text that names both means two, for it tells how the one became the other: there the former one stays by itself.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from kg.model import Facts, Guise, Judgement, Span, short_hash
from kg.renamings import Renamings

_TYPES = ("Place", "Province", "Organization")


def identify_places_and_bodies(
    facts: Sequence[Facts], renamings: Renamings, own: frozenset[str]
) -> tuple[dict[tuple[str, str], str], list[Judgement]]:
    """The global id of each place and body, by document and local id, where it has another; the judgements for it.

    `own` are names that stay by themselves, as users said.
    """
    ids: dict[tuple[str, str], str] = {}
    shown: defaultdict[tuple[str, str, str], list[Span]] = defaultdict(list)  # by present id, global id and name
    for fact in facts:
        spans: dict[str, Span] = {}
        for reading in fact.readings:
            spans.setdefault(reading.entity, reading.mention.span)
        entities = [one for one in fact.entities if one.type in _TYPES]
        found = {one.id: (one.id, one.id) if one.name in own else renamings.ids(one) for one in entities}
        there = {present for itself, present in found.values() if itself == present}
        for entity in entities:
            itself, present = found[entity.id]
            ident = itself if present in there else present
            if ident != entity.id:
                ids[fact.document.id, entity.id] = ident
            if entity.id in spans:
                shown[present, ident, entity.name].append(spans[entity.id])
    return ids, list(_judgements(shown))


def _judgements(shown: dict[tuple[str, str, str], list[Span]]) -> Iterator[Judgement]:
    things: defaultdict[str, list[Guise]] = defaultdict(list)
    for (present, ident, name), spans in sorted(shown.items()):
        things[present].append(_guise(ident, name, spans))
    for ident, guises in things.items():
        rule = "one-division" if ident.startswith(("place-", "province-")) else "one-body"
        for pair in pairwise(sorted(guises, key=lambda it: (it.entity, it.id))):
            one, other = sorted(pair, key=lambda it: it.id)
            same = one.entity == other.entity
            yield Judgement(one, other, "same" if same else "different", rule if same else "both-in-one-text")


def _guise(ident: str, name: str, spans: Sequence[Span]) -> Guise:
    documents = tuple(sorted({span.document for span in spans}))
    return Guise(f"guise-{short_hash('Guise', ident, name)}", ident, name, min(spans), documents)
