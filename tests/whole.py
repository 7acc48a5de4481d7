"""One small assembly that uses every class and every property that the writer knows, and keeps the whole contract."""

from dataclasses import replace

from facts import LAKE, MEETING, entity, lake, write

from kg.assemble import assemble
from kg.identify import identify
from kg.model import (
    RELATIONS,
    Assembly,
    Conflict,
    Correction,
    Date,
    Edition,
    Entity,
    Evidence,
    Guise,
    Judgement,
    Rejection,
    Series,
    Span,
    Stage,
    Statement,
    Tenure,
)
from kg.vocabulary import KINDS

COPY = replace(write("copy", LAKE.text, title=LAKE.title, published="2020-06-08"), copy_of=LAKE.id)


def whole() -> Assembly:
    """The assembly of the lake, and beside it one of everything that is not there yet."""
    assembly = assemble(identify([lake()]), {})
    kinds = [
        replace(entity(LAKE, f"{type_}:{kind}"), kind=kind) for type_, below in KINDS.items() for kind in sorted(below)
    ]
    entities = {one.id: one for one in (*assembly.entities, *kinds)}
    named = {one.name: one for one in entities.values()}
    span = Span(LAKE.id, 0, 4)
    have = {one.predicate for one in assembly.statements}
    days = Statement(named["Exhibition"].id, "heldOn", Date("2025-05-22/2025-05-24"), (Evidence("by-hand", (span,)),))
    by_hand = Evidence("correction", correction="correction-1")
    told = Statement(named["Army"].id, "attended", named["Sports"].id, (by_hand,))
    more = [days, told, *(_state(named, relation, span) for relation in RELATIONS if relation not in have)]
    facts = {one.triple: one for one in (*assembly.statements, *more)}
    statements = tuple(facts[triple] for triple in sorted(facts))
    person, office, event = named["李强"], named["上海市委书记"], _event(assembly)
    early, late = Guise("guise-1", person.id, "李强 上海市委书记", span, (LAKE.id,)), _event_guise(event, span)
    return replace(
        assembly,
        documents=tuple(sorted((*assembly.documents, COPY), key=lambda one: one.id)),
        entities=tuple(entities[ident] for ident in sorted(entities)),
        statements=statements,
        tenures=(
            Tenure("tenure-1", person.id, office.id, ("2020-06-05",), "2019", "2020", True, office.id, full="tenure-2"),
            Tenure("tenure-2", person.id, office.id, (), "2020", "2021-02-03", False, office.id, successor="tenure-3"),
            Tenure("tenure-3", person.id, office.id, ("2022-01-01",), seat=office.id, predecessor="tenure-2"),
        ),
        mentions=tuple(sorted({*assembly.mentions, *((LAKE.id, one.id) for one in kinds)})),
        within=((named["County"].id, named["Prefecture"].id),),
        judgements=(Judgement(early, late, "different", "by-hand", "correction-1"),),
        corrections=(_correction(person, event, span),),
        conflicts=(Conflict("conflict-1", "two-in-a-seat", (person.id,), (statements[0].triple,), "一席二人"),),
        series=(
            Series("series-1", "座谈会", (
                Edition(event.id, "2020", (named["湖州市"].id,)), Edition(named["Forum"].id, "2021", ()),
            )),
        ),
        stages=(Stage(named["数字长三角建设方案"].id, "deliberated", "2020-06-07", span),),
    )  # fmt: skip


def _correction(person: Entity, event: Entity, span: Span) -> Correction:
    rejected = (
        Rejection("李强 考察 座谈会", (person.id, "visited", event.id), "", (span,)),
        Rejection("座谈会 举办日期 2020-06-06", (event.id, "heldOn", "2020-06-06"), "", ()),
        Rejection("高水平", ("person-gone",), "Person", ()),
    )
    return Correction(
        "correction-1", "reject", "王平", "2024-03-01", "文中并无此事", "corrections.toml:12", "省志第3卷",
        (person.id,), rejected,
    )  # fmt: skip


def _state(named: dict[str, Entity], relation: str, span: Span) -> Statement:
    person, office, place = named["李强"], named["上海市委书记"], named["湖州市"]
    body, event, document = named["Company"], named["Meeting"], named["数字长三角建设方案"]
    subject, thing = {
        "organizedBy": (event, body), "signed": (body, document), "visited": (person, place),
        "met": (person, named["龚正"]), "appointedTo": (person, office), "removedFrom": (person, office),
        "locatedIn": (named["Venue"], place),
    }[relation]  # fmt: skip
    return Statement(subject.id, relation, thing.id, (Evidence("by-hand", (span,)),))


def _event(assembly: Assembly) -> Entity:
    return next(one for one in assembly.entities if one.name == MEETING.partition(":")[2])


def _event_guise(event: Entity, span: Span) -> Guise:
    return Guise("guise-2", event.id, event.name, span, (LAKE.id,))
