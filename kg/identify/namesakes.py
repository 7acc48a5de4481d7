"""Two of one name in one text: 永修县副县长李娟、德安县副县长李娟 are two, though extraction knows only the name."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations

from kg.knowledge import Knowledge
from kg.model import Date, Entity, Facts, Quotation, Reading, Span, Statement
from kg.seats import Seats, of_the_past


def part_namesakes(facts: Facts, seats: Seats, knowledge: Knowledge) -> Facts:
    """The facts with persons parted who each stand with a seat of their own, one here and one there."""
    held: defaultdict[str, list[Statement]] = defaultdict(list)
    for statement in facts.statements:
        if statement.predicate == "holdsOffice":
            held[statement.subject].append(statement)
    crowded = [person for person, posts in held.items() if len(posts) > 1]
    if not crowded:
        return facts
    of = seats.of(facts)
    named = [r.mention.span for r in facts.readings if r.mention.type == "Person"]
    for person in crowded:
        shown: dict[str, tuple[Span, ...]] = {}
        for statement in held[person]:
            spans = tuple(s for one in statement.evidence if one.modality == "asserted" for s in one.spans)
            past = any(of_the_past(facts.document.text, span, knowledge.patterns) for span in spans)
            # 广东省省长古长青和石开山: whose post it is must be plain
            plain = all(sum(_meet([span], [name]) for name in named) == 1 for span in spans)
            if spans and not past and plain and of[str(statement.object)].alone:
                shown[str(statement.object)] = spans
        for one, other in combinations(sorted(shown), 2):
            if not seats.related(of[one], of[other]) and not _meet(shown[one], shown[other]):
                facts = _part(facts, person, shown[one], shown[other])
                break
    return facts


def _meet(one: Sequence[Span], other: Sequence[Span]) -> bool:
    return any(left.start < right.end and right.start < left.end for left in one for right in other)


def _part(facts: Facts, person: str, one: Sequence[Span], other: Sequence[Span]) -> Facts:
    """The facts with a second person, to whom each mention belongs that stands with the later post, or after it."""
    if min(other) < min(one):
        one, other = other, one
    second = f"{person}-2"
    mentions = sorted(r.mention.span for r in facts.readings if r.entity == person)
    owner: dict[Span, str] = {}
    current = person
    for span in mentions:
        current = second if _meet([span], other) else person if _meet([span], one) else current
        owner[span] = current
    if len(set(owner.values())) < 2:
        return facts

    def owners(spans: Sequence[Span]) -> list[str]:
        """Who is meant in those spans; where no name stands in them, the one named last before."""
        inside = {owner[mention] for mention in mentions if _meet([mention], spans)}
        before = [owner[mention] for mention in mentions if spans and mention.start < spans[0].start]
        return sorted(inside) or before[-1:] or [person]

    def statements(it: Statement) -> list[Statement]:
        thing = it.object if isinstance(it.object, Date) else str(it.object)
        if person not in (it.subject, thing):
            return [it]
        parted: defaultdict[str, list[object]] = defaultdict(list)
        for evidence in it.evidence:
            for whose in owners(evidence.spans):
                parted[whose].append(evidence)
        return [
            Statement(
                whose if it.subject == person else it.subject, it.predicate, whose if thing == person else it.object,
                tuple(evidence),  # type: ignore[arg-type]
            )
            for whose, evidence in sorted(parted.items())
        ]  # fmt: skip

    def reading(it: Reading) -> Reading:
        return replace(it, entity=owner[it.mention.span]) if it.entity == person else it

    def quotation(it: Quotation) -> Quotation:
        return replace(it, speaker=owners([it.span])[0]) if it.speaker == person else it

    entities = [two for it in facts.entities for two in _twice(it, person, second)]
    return replace(
        facts,
        readings=tuple(map(reading, facts.readings)),
        entities=tuple(sorted(entities, key=lambda it: it.id)),
        statements=tuple(sorted((two for it in facts.statements for two in statements(it)), key=lambda s: s.triple)),
        quotations=tuple(map(quotation, facts.quotations)),
    )


def _twice(entity: Entity, person: str, second: str) -> tuple[Entity, ...]:
    return (entity, replace(entity, id=second)) if entity.id == person else (entity,)
