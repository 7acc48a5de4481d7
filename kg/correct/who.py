"""The judgements on who is who after a person merged, parted or rejected: none of them speaks against the result."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from kg.correct.graph import Graph, first_spans
from kg.corrections import CorrectionError, Entry
from kg.model import Guise, Judgement, Span, short_hash

RULE = "correction"
_USER = "user"  # a row of judgements.tsv


def guise_of(graph: Graph, ident: str) -> Guise | None:
    """How documents show the thing: the guise that most do, else a new one; None where no text names it."""
    known = [guise for one in graph.judgements for guise in (one.one, one.other) if guise.entity == ident]
    if known:
        return min(known, key=lambda guise: (-len(guise.documents), guise.id))
    documents = sorted(graph.where[ident])
    spans = [span for document in documents for span in first_spans(graph.facts[document].readings, ident)]
    if not spans:
        return None
    label = graph.label(ident)
    return Guise(
        f"guise-{short_hash('Guise', RULE, ident, label)}", ident, label, spans[0],
        tuple(dict.fromkeys(span.document for span in spans)),
    )  # fmt: skip


def merged(graph: Graph, entry: Entry, sides: Sequence[Guise | None], ids: Mapping[str, str]) -> None:
    """The judgements with new ids: what a sieve said against it is overruled, and the person says that they are one."""
    kept = set()
    for one in graph.judgements:
        now = _moved(one, ids)
        if now.verdict == "same" or now.one.entity != now.other.entity:
            kept.add(now)
        elif one.rule == _USER:
            raise CorrectionError(f"{entry.place}: contradicts judgements.tsv, where {one.one.label} and"
                                  f" {one.other.label} are different; take one of them out")  # fmt: skip
    guises = [replace(guise, entity=ids.get(guise.entity, guise.entity)) for guise in sides if guise]
    kept.update(judgement(guises[0], other, "same", entry) for other in guises[1:] if other.id != guises[0].id)
    graph.judgements = kept


def judgement(one: Guise, other: Guise, verdict: str, entry: Entry) -> Judgement:
    """What the entry says of two guises."""
    first, second = sorted((one, other), key=lambda guise: guise.id)
    return Judgement(first, second, "same" if verdict == "same" else "different", RULE, entry.id)


def undoubted(graph: Graph, ident: str) -> list[str]:
    """The things of which it was unsure which one they are, where all that they could be is this one now."""
    others: dict[str, set[str]] = {}
    for one in graph.judgements:
        if one.verdict == "unsure":
            for guise, other in ((one.one, one.other), (one.other, one.one)):
                others.setdefault(guise.entity, set()).add(other.entity)
    return sorted(doubtful for doubtful, could_be in others.items() if could_be == {ident} and doubtful != ident)


def settled(graph: Graph, ids: Mapping[str, str]) -> None:
    """The judgements after doubts are gone: who could only be this one is."""
    found = set()
    for one in graph.judgements:
        now = _moved(one, ids)
        if one.verdict == "unsure" and now.one.entity == now.other.entity:
            now = replace(now, verdict="same", rule="nothing-against")
        found.add(now)
    graph.judgements = found


def renamed(graph: Graph, ids: Mapping[str, str]) -> None:
    """The judgements with new ids."""
    graph.judgements = {_moved(one, ids) for one in graph.judgements}


def _moved(one: Judgement, ids: Mapping[str, str]) -> Judgement:
    if one.one.entity not in ids and one.other.entity not in ids:
        return one
    sides = (replace(guise, entity=ids.get(guise.entity, guise.entity)) for guise in (one.one, one.other))
    return replace(one, one=next(sides), other=next(sides))


def parted(graph: Graph, entry: Entry, ident: str, new: str) -> None:
    """The judgements after documents of one thing became those of a new one, which the person says is another."""
    kept: set[Judgement] = set()
    for one in sorted(graph.judgements):
        sides = [_parts(graph, guise, ident, new) for guise in (one.one, one.other)]
        if sides == [[one.one], [one.other]] and one.one.entity == one.other.entity:
            kept.add(one)
            continue
        pairs = [(left, right) for left in sides[0] for right in sides[1]]
        same = [(left, right) for left, right in pairs if left.entity == right.entity]
        if one.verdict == "same" and not same and one.rule == _USER:
            raise CorrectionError(f"{entry.place}: contradicts judgements.tsv, where {one.one.label} and"
                                  f" {one.other.label} are the same; take one of them out")  # fmt: skip
        fitting = same if one.verdict == "same" else [pair for pair in pairs if pair not in same]
        kept.update(replace(one, one=left, other=right) for left, right in fitting)
    graph.judgements = kept
    for side in (ident, new):
        graph.judgements |= set(_linked(graph, entry, side))
    one_side, other_side = guise_of(graph, ident), guise_of(graph, new)
    if one_side and other_side:
        graph.judgements.add(judgement(one_side, other_side, "different", entry))


def _parts(graph: Graph, guise: Guise, ident: str, new: str) -> list[Guise]:
    """The guise itself, or as it shows the old thing in some of its documents and the new one in the others."""
    if guise.entity != ident:
        return [guise]
    parts = []
    for entity, number in ((ident, guise.id), (new, f"guise-{short_hash('Guise', guise.id, new)}")):
        spans = _spans(graph, guise, entity)
        if spans:
            span = guise.span if any(span.document == guise.span.document for span in spans) else min(spans)
            parts.append(replace(guise, entity=entity, span=span, documents=tuple(span.document for span in spans)))
            if len(parts) == 2:
                parts[1] = replace(parts[1], id=number)
    return parts


def _spans(graph: Graph, guise: Guise, entity: str) -> list[Span]:
    return [span for document in guise.documents for span in first_spans(graph.facts[document].readings, entity)]


def _linked(graph: Graph, entry: Entry, ident: str) -> Iterable[Judgement]:
    """What links the guises of one thing again, where the split took a link out."""
    links = [one for one in graph.judgements if one.one.entity == one.other.entity == ident]
    guises = {guise.id: guise for one in graph.judgements for guise in (one.one, one.other) if guise.entity == ident}
    group = {number: number for number in guises}

    def root(number: str) -> str:
        while group[number] != number:
            number = group[number]
        return number

    for one in sorted(links):
        if one.verdict == "same":
            group[root(one.one.id)] = root(one.other.id)
    first, *others = sorted({root(number) for number in guises}) or [""]
    return [judgement(guises[first], guises[other], "same", entry) for other in others]


def rejected(graph: Graph, ident: str) -> None:
    """The judgements after the thing was rejected, everywhere or in some documents."""
    kept = set()
    for one in graph.judgements:
        sides = [_parts(graph, guise, ident, "") for guise in (one.one, one.other)]
        if all(sides):
            kept.add(replace(one, one=sides[0][0], other=sides[1][0]))
    graph.judgements = kept
