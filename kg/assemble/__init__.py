"""Facts of all documents, with global ids → one Assembly: each entity and each triple once, and what follows from them.

Nothing here depends on the order of the documents: whatever is merged is counted or sorted first.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import replace
from itertools import chain
from typing import Protocol

from kg.assemble.conflicts import find_conflicts
from kg.assemble.series import find_series
from kg.assemble.stages import find_stages
from kg.assemble.tenures import Offices, Told, find_tenures, posts_told
from kg.corrections import Corrections
from kg.knowledge import Knowledge, load
from kg.model import (
    Assembly,
    Date,
    Document,
    Entity,
    Evidence,
    Facts,
    Modality,
    Quotation,
    Span,
    Statement,
)
from kg.naming import called, most_frequent
from kg.vocabulary import ATTENDANCE

Triple = tuple[str, str, str]

_CLASSES = {"prefecture": "Prefecture", "county": "County", "township": "Township", "village": "Village"}


class Division(Protocol):
    """A row of the table of divisions."""

    @property
    def code(self) -> str:
        """The code of GB/T 2260."""

    @property
    def name(self) -> str:
        """The official full name."""

    @property
    def level(self) -> str:
        """province, prefecture, county, township or village."""

    @property
    def parent(self) -> str:
        """The code of the division above it, or nothing."""


def assemble(
    facts: Iterable[Facts],
    divisions: Mapping[str, Division],
    copies: Iterable[Document] = (),
    knowledge: Knowledge | None = None,
    corrections: Corrections | None = None,
    posts: Iterable[Told] = (),
) -> Assembly:
    """The facts as one graph, the same whatever their order, with the articles that only repeat others.

    `corrections` are what persons say beside these facts, `posts` what documents that are not among them tell of
    posts. Raises ValueError if a fact names an unknown entity.
    """
    knowledge = knowledge or load()
    corrections = corrections or Corrections()
    gathered = {one.document.id: one for one in sorted(facts, key=_document_order, reverse=True)}
    ordered = tuple(gathered[ident] for ident in sorted(gathered))
    documents = {one.document.id: one.document for one in ordered}
    named = merge_entities(chain((entity for one in ordered for entity in one.entities), corrections.entities))
    named = {ident: _with_level(entity, divisions) for ident, entity in named.items()}
    within, background = _background(named, divisions)
    entities = {**named, **{entity.id: entity for entity in background}}
    told = (statement for one in ordered for statement in one.statements)
    statements = merge_statements(chain(told, corrections.statements))
    statements = _derive_attendance(statements, corrections.blocked)
    quotations = _merge_quotations(quotation for one in ordered for quotation in one.quotations)
    mentions = tuple(sorted({(one.document.id, reading.entity) for one in ordered for reading in one.readings}))
    _require_known(entities, statements, quotations, mentions)
    offices = Offices(entities, statements, knowledge)
    tenures = find_tenures(posts_told(statements, documents, knowledge).union(posts), offices)
    series, hosts = find_series(ordered, entities, statements, divisions, knowledge)
    entities = {**{entity.id: entity for entity in hosts}, **entities}
    return Assembly(
        documents=tuple(sorted((*documents.values(), *copies), key=lambda document: document.id)),
        entities=tuple(entities[ident] for ident in sorted(entities)),
        statements=statements,
        quotations=quotations,
        tenures=tenures,
        mentions=mentions,
        within=within,
        judgements=tuple(sorted({judgement for one in ordered for judgement in one.judgements})),
        conflicts=find_conflicts(tenures, statements, offices, entities),
        series=series,
        stages=find_stages(ordered, knowledge),
        corrections=corrections.made,
    )


def _document_order(facts: Facts) -> tuple[str, str, str, str, str]:
    # Two copies of one text from different outlets have one id; the least of them stands for both.
    document = facts.document
    return document.id, document.name, document.published, document.source, document.url


# ENTITIES


def merge_entities(entities: Iterable[Entity]) -> dict[str, Entity]:
    """Each entity once, as most documents have it, by id."""
    same: defaultdict[str, list[Entity]] = defaultdict(list)
    for entity in entities:
        same[entity.id].append(entity)
    return {ident: _merged(ident, same[ident]) for ident in sorted(same)}


def _merged(ident: str, same: list[Entity]) -> Entity:
    first = same[0]
    if len(same) == 1 or (all(one is first for one in same) and _is_plain(first)):
        return first
    name = called(same[0].type, (entity.name for entity in same))
    forms = {form for entity in same for form in (entity.name, *entity.aliases)} - {name}
    types = Counter(entity.type for entity in same)
    return Entity(
        id=ident,
        type=min(types, key=lambda one: (-types[one], one)),
        name=name,
        aliases=tuple(sorted(forms)),
        kind=most_frequent(entity.kind for entity in same if entity.kind),
        code=most_frequent(entity.code for entity in same if entity.code),
    )


def _is_plain(entity: Entity) -> bool:
    """Whether its other forms are as they are written: sorted, and without its name."""
    return entity.aliases == tuple(sorted({*entity.aliases} - {entity.name}))


def _with_level(entity: Entity, divisions: Mapping[str, Division]) -> Entity:
    row = divisions.get(entity.code)
    return replace(entity, kind=_CLASSES.get(row.level, "")) if row and not entity.kind else entity


def _background(
    named: Mapping[str, Entity], divisions: Mapping[str, Division]
) -> tuple[tuple[tuple[str, str], ...], tuple[Entity, ...]]:
    """The pairs (part, whole) above each division that a text names, and the entities that only the table names."""
    by_code = {entity.code: entity.id for entity in named.values() if entity.code}
    added: dict[str, Entity] = {}
    pairs: set[tuple[str, str]] = set()
    for code, ident in by_code.items():
        part, row = ident, divisions.get(code)
        while row and (above := divisions.get(row.parent)):
            if above.code not in by_code:
                added.setdefault(above.code, _division_entity(above))
            whole = by_code.get(above.code) or added[above.code].id
            pairs.add((part, whole))
            part, row = whole, above
    return tuple(sorted(pairs)), tuple(added.values())


def _division_entity(row: Division) -> Entity:
    if row.level == "province":
        return Entity(f"province-{row.code}", "Province", row.name, code=row.code)
    return Entity(f"place-{row.code}", "Place", row.name, kind=_CLASSES.get(row.level, ""), code=row.code)


# STATEMENTS


def merge_statements(statements: Iterable[Statement]) -> tuple[Statement, ...]:
    """Each triple once with all its evidence, sorted; what is merged already may be merged with more."""
    same: dict[Triple, list[Statement]] = {}
    for statement in statements:
        same.setdefault(statement.triple, []).append(statement)
    return tuple(_one_of(same[triple]) for triple in sorted(same))


def _one_of(same: Sequence[Statement]) -> Statement:
    """One statement with the evidence of all."""
    first = same[0]
    if len(same) == len(first.evidence) == 1:  # most of them
        return first
    evidence = dict.fromkeys(one for statement in same for one in statement.evidence)
    return Statement(first.subject, first.predicate, first.object, tuple(sorted(evidence, key=_evidence_order)))


def _evidence_order(evidence: Evidence) -> tuple[object, ...]:
    spans = [(span.document, span.start, span.end) for span in evidence.spans]  # quicker to compare than spans
    return not spans, spans, evidence.rule, evidence.premises, evidence.modality, evidence.correction


def _derive_attendance(statements: tuple[Statement, ...], blocked: Set[Triple]) -> tuple[Statement, ...]:
    """The statements with `attended` for each who chaired or spoke and is not said to have attended, or not to."""
    known = {statement.triple for statement in statements}
    reasons: defaultdict[Triple, set[Evidence]] = defaultdict(set)
    for statement in statements:
        rule = ATTENDANCE.get(statement.predicate)
        if rule and isinstance(statement.object, str):
            derived = (statement.subject, "attended", statement.object)
            if derived not in known and derived not in blocked:
                reason = Evidence(rule, premises=(statement.triple,), modality=_modality(statement))
                reasons[derived].add(reason)
    follows = (
        Statement(*triple, tuple(sorted(evidence, key=_evidence_order))) for triple, evidence in reasons.items()
    )
    return tuple(sorted((*statements, *follows), key=lambda statement: statement.triple))


def _modality(statement: Statement) -> Modality:
    return "asserted" if any(one.modality == "asserted" for one in statement.evidence) else "planned"


def _merge_quotations(quotations: Iterable[Quotation]) -> tuple[Quotation, ...]:
    same: defaultdict[tuple[Span, str], list[Quotation]] = defaultdict(list)
    for quotation in quotations:
        same[quotation.span, quotation.speaker].append(quotation)
    return tuple(
        Quotation(
            speaker,
            span,
            about=tuple(sorted({ident for quotation in group for ident in quotation.about})),
            rule=min(quotation.rule for quotation in group),
        )
        for (span, speaker), group in sorted(same.items(), key=_quotation_order)
    )


def _quotation_order(item: tuple[tuple[Span, str], list[Quotation]]) -> tuple[str, int, int, str]:
    (span, speaker), _ = item
    return span.document, span.start, span.end, speaker


def _require_known(
    entities: Mapping[str, Entity],
    statements: Iterable[Statement],
    quotations: Iterable[Quotation],
    mentions: Iterable[tuple[str, str]],
) -> None:
    """Raise ValueError at the first fact that names an entity of which no document says what it is."""
    for statement in statements:
        ends = (statement.subject,) if isinstance(statement.object, Date) else (statement.subject, statement.object)
        if unknown := [ident for ident in ends if ident not in entities]:
            raise ValueError(f"the statement {statement.triple} names the unknown entity {unknown[0]}")
    for quotation in quotations:
        if unknown := [ident for ident in (quotation.speaker, *quotation.about) if ident not in entities]:
            raise ValueError(f"the quotation at {quotation.span} names the unknown entity {unknown[0]}")
    for document, ident in mentions:
        if ident not in entities:
            raise ValueError(f"a mention of document {document} was read as the unknown entity {ident}")
