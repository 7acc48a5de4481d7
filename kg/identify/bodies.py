"""Places by code, bodies by the table of organs, both over renamings: 密云县 is 密云区, 国家卫计委 国家卫健委.

A text that names both means two, for it tells how the one became the other: there the former one stays by itself.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kg.model import Facts, Guise, Judgement, Span, short_hash
from kg.renamings import Renamings

_TYPES = ("Place", "Province", "Organization")


@dataclass(frozen=True, slots=True)
class Shown:
    """A place or body as a document shows it."""

    present: str  # the id of what it is today
    ident: str  # its own
    name: str
    span: Span


def places_and_bodies(
    fact: Facts, renamings: Renamings, own: frozenset[str]
) -> tuple[dict[str, str], tuple[Shown, ...]]:
    """The global id of each place and body of a document, by local id, where it has another; and how they are shown.

    `own` are names that stay by themselves, as users said.
    """
    ids: dict[str, str] = {}
    shown: list[Shown] = []
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
            ids[entity.id] = ident
        if entity.id in spans:
            shown.append(Shown(present, ident, entity.name, spans[entity.id]))
    return ids, tuple(shown)


def judge_places_and_bodies(shown: Iterable[Shown]) -> Iterator[Judgement]:
    """What goes on under another name; the judgements on a present thing depend on how that is shown, and no other."""
    spans: defaultdict[tuple[str, str, str], list[Span]] = defaultdict(list)
    for one in shown:
        spans[one.present, one.ident, one.name].append(one.span)
    yield from _judgements(spans)


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
