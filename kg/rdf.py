"""Assembly → RDF: sorted N-Triples for machines, Turtle in reading order for people; both hold everything.

Terms are spelled as text, which is thirty times faster than any object model; the texts that go in are untrusted, so
each literal passes `literal` and each id `check_local`. The order is that of the assembly, hence the same every time.

A fact is a direct triple, and beside it a node `rdf:Statement`:

    fact  prov:wasDerivedFrom  sentence (oa:start, oa:end, oa:exact; kg:inArticle), or the facts that it follows from
    fact  kg:evidence          a match: kg:rule, oa:start, oa:end, kg:inSentence; or a derivation: kg:rule, kg:premise

Sentences and matches are shared by all facts that rest on them.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import cache
from itertools import groupby

from kg import nodes
from kg.errata import errata
from kg.model import (
    Assembly,
    Conflict,
    Date,
    Document,
    Entity,
    Evidence,
    Judgement,
    Quotation,
    Series,
    Span,
    Stage,
    Statement,
    Tenure,
    short_hash,
)
from kg.nodes import Sources
from kg.turtle import turtle as to_turtle
from kg.vocabulary import BASE, KINDS, check_local, namespaces

Triple = tuple[str, str, str]

# Control characters, what breaks or turns a line elsewhere than in N-Triples, and halves of characters.
_ESCAPED = re.compile(
    '[\\x00-\\x1f"\\\\\\x7f-\\x9f\\u061c\\u200e\\u200f\\u2028-\\u202e\\u2066-\\u2069\\ufeff\\ud800-\\udfff\\ufffe\\uffff]'
)
_SHORT = {"\t": "\\t", "\n": "\\n", "\r": "\\r", '"': '\\"', "\\": "\\\\"}
_DATE_TYPES = (
    (re.compile(r"\d{4}-(?:0[1-9]|1[0-2])"), "xsd:gYearMonth"),
    (re.compile(r"\d{4}"), "xsd:gYear"),
    (re.compile(r"[\d-]+/[\d-]+"), "kg:interval"),
)


def triples(assembly: Assembly, base: str = BASE) -> Iterator[str]:
    """All triples as lines of N-Triples, each ended by a line feed, in reading order."""
    for part in _Spelling(base).sections(assembly):
        for subject, predicate, thing in part:
            yield f"{subject} {predicate} {thing} .\n"


def lines_of(assembly: Assembly, base: str = BASE) -> list[str]:
    """All triples as lines of N-Triples: each once, sorted by code point, so that equal graphs are equal bytes."""
    return sorted(set(triples(assembly, base)))


def ntriples(assembly: Assembly, base: str = BASE) -> bytes:
    """The same as the content of a file."""
    return "".join(lines_of(assembly, base)).encode()


def turtle(assembly: Assembly, base: str = BASE) -> bytes:
    """All triples as Turtle in sections to read: articles, entities with their facts, tenures, quotations, evidence."""
    return "".join(to_turtle(lines_of(assembly, base), base)).encode()


def literal(text: str) -> str:
    r"""The text as a quoted literal, valid in N-Triples and Turtle; a lone surrogate becomes U+FFFD.

    >>> print(literal('他说"好"\n'))
    "他说\"好\"\n"
    """
    return f'"{_ESCAPED.sub(_escape, text)}"'


def _escape(found: re.Match[str]) -> str:
    char = found[0]
    if "\ud800" <= char <= "\udfff":
        return "\ufffd"
    return _SHORT.get(char) or f"\\u{ord(char):04X}"


def _date_type(value: str) -> str:
    """The datatype in whose lexical space the value lies: 2月30日 is no xsd:date, and stores refuse a wrong one."""
    try:
        if date.fromisoformat(value) and len(value) == len("2020-06-05"):
            return "xsd:date"
    except ValueError:
        pass
    return next((datatype for pattern, datatype in _DATE_TYPES if pattern.fullmatch(value)), "xsd:string")


class _Spelling:
    """The triples of an assembly, spelled with whole IRIs."""

    def __init__(self, base: str) -> None:
        self._prefixes = namespaces(base)
        self._base = self._prefixes["id"].removesuffix("id/")
        self._id = f"<{self._prefixes['id']}%s>"
        self.term = cache(self._term)
        self.of = cache(self._of)

    def _term(self, name: str) -> str:
        prefix, _, local = name.partition(":")
        return f"<{self._prefixes[prefix]}{local}>"

    def _of(self, ident: str) -> str:
        return self._id % check_local(ident)

    def text(self, text: str) -> str:
        return literal(text) + "@zh"

    def plain(self, text: str) -> str:
        return literal(text)

    def typed(self, value: str, datatype: str) -> str:
        return f"{literal(value)}^^{self.term(datatype)}"

    def date(self, value: str) -> str:
        return self.typed(value, _date_type(value))

    def sections(self, assembly: Assembly) -> Iterator[Iterator[Triple]]:
        """The parts of the graph."""
        sources = Sources(assembly)
        yield self._dataset()
        yield self._outlets(assembly.documents)
        yield self._articles(assembly)
        yield self._entities(assembly)
        yield self._tenures(assembly.tenures)
        yield self._series(assembly.series)
        yield self._stages(assembly.stages, sources)
        yield self._quotations(assembly.quotations, sources)
        yield self._judgements(assembly.judgements, sources)
        yield self._conflicts(assembly.conflicts)
        yield errata(assembly.corrections, self, sources)
        yield self._facts(assembly.statements, sources)
        yield self._evidence(assembly.statements, sources)
        yield self._sentences(_spans(assembly), sources)

    def _dataset(self) -> Iterator[Triple]:
        # By this node a reader of the graph learns its base.
        me = self.of("dataset")
        yield me, self.term("rdf:type"), self.term("void:Dataset")
        yield me, self.term("void:uriSpace"), literal(f"{self._base}id/")
        yield me, self.term("void:vocabulary"), f"<{self._base}ontology>"

    def _outlets(self, documents: Iterable[Document]) -> Iterator[Triple]:
        for name in sorted({document.source for document in documents if document.source}):
            me = self.of(nodes.outlet(name))
            yield me, self.term("rdf:type"), self.term("kg:Outlet")
            yield me, self.term("rdfs:label"), self.text(name)

    def _articles(self, assembly: Assembly) -> Iterator[Triple]:
        mentioned = {
            document: tuple(ident for _, ident in pairs)
            for document, pairs in groupby(assembly.mentions, key=lambda pair: pair[0])
        }
        for document in assembly.documents:
            me = self.of(nodes.article(document.id))
            yield me, self.term("rdf:type"), self.term("kg:Article")
            yield me, self.term("dcterms:identifier"), literal(document.name)
            if document.title:
                yield me, self.term("dcterms:title"), self.text(document.title)
            if document.published:
                yield me, self.term("dcterms:date"), self.date(document.published)
            if document.source:
                yield me, self.term("dcterms:publisher"), self.of(nodes.outlet(document.source))
            if document.url:
                # A literal: what stands in a file need not be a valid IRI.
                yield me, self.term("schema:url"), self.typed(document.url, "xsd:anyURI")
            digest = hashlib.sha256(document.text.encode("utf-8", "surrogatepass")).hexdigest()
            yield me, self.term("kg:sha256"), literal(digest)
            if document.copy_of:
                yield me, self.term("kg:copyOf"), self.of(nodes.article(document.copy_of))
            for ident in mentioned.get(document.id, ()):
                yield me, self.term("kg:mentions"), self.of(ident)

    def _entities(self, assembly: Assembly) -> Iterator[Triple]:
        facts = {
            subject: tuple(same)
            for subject, same in groupby(assembly.statements, key=lambda statement: statement.subject)
        }
        wholes = {
            part: tuple(whole for _, whole in pairs)
            for part, pairs in groupby(assembly.within, key=lambda pair: pair[0])
        }
        for entity in assembly.entities:
            me = self.of(entity.id)
            for name in _classes(entity):
                yield me, self.term("rdf:type"), self.term(f"kg:{name}")
            yield me, self.term("rdfs:label"), self.text(entity.name)
            for alias in entity.aliases:
                yield me, self.term("skos:altLabel"), self.text(alias)
            if entity.code:
                yield me, self.term("kg:divisionCode"), literal(entity.code)
            for statement in facts.get(entity.id, ()):
                yield me, self.term(f"kg:{statement.predicate}"), self._object(statement)
            for whole in wholes.get(entity.id, ()):
                yield me, self.term("kg:within"), self.of(whole)

    def _object(self, statement: Statement) -> str:
        return self.date(statement.object.value) if isinstance(statement.object, Date) else self.of(statement.object)

    def _tenures(self, tenures: Iterable[Tenure]) -> Iterator[Triple]:
        for tenure in tenures:
            me = self.of(tenure.id)
            yield me, self.term("rdf:type"), self.term("kg:Tenure")
            yield me, self.term("kg:holder"), self.of(tenure.person)
            yield me, self.term("kg:office"), self.of(tenure.office)
            for day in tenure.attested:
                yield me, self.term("kg:attestedOn"), self.date(day)
            if tenure.begin:
                yield me, self.term("kg:begin"), self.date(tenure.begin)
            if tenure.end:
                yield me, self.term("kg:end"), self.date(tenure.end)
            yield me, self.term("kg:acting"), self.typed("true" if tenure.acting else "false", "xsd:boolean")
            links = (
                ("kg:seat", tenure.seat or tenure.office), ("kg:predecessor", tenure.predecessor),
                ("kg:successor", tenure.successor), ("kg:becameFull", tenure.full),
            )  # fmt: skip
            for name, ident in links:
                if ident:
                    yield me, self.term(name), self.of(ident)

    def _series(self, several: Iterable[Series]) -> Iterator[Triple]:
        for series in several:
            mine = self.of(series.id)
            yield mine, self.term("rdf:type"), self.term("kg:Series")
            yield mine, self.term("rdfs:label"), self.text(series.name)
            ids = [nodes.edition(series, edition) for edition in series.editions]
            for ident, after, edition in zip(ids, [*ids[1:], ""], series.editions, strict=True):
                me = self.of(ident)
                yield me, self.term("rdf:type"), self.term("kg:Edition")
                yield me, self.term("kg:ofSeries"), mine
                yield me, self.term("kg:ofEvent"), self.of(edition.event)
                yield me, self.term("kg:editionName"), self.text(edition.label)
                for host in edition.hosts:
                    yield me, self.term("kg:host"), self.of(host)
                if after:
                    yield me, self.term("kg:nextEdition"), self.of(after)

    def _stages(self, stages: Iterable[Stage], sources: Sources) -> Iterator[Triple]:
        for stage in stages:
            me = self.of(nodes.spanned("stage", stage.span, stage.document, stage.stage))
            yield me, self.term("rdf:type"), self.term("kg:Stage")
            yield me, self.term("kg:ofDocument"), self.of(stage.document)
            yield me, self.term("kg:stage"), literal(stage.stage)
            if stage.day:
                yield me, self.term("kg:shownOn"), self.date(stage.day)
            yield from self._place(me, stage.span, sources)

    def _judgements(self, judgements: Sequence[Judgement], sources: Sources) -> Iterator[Triple]:
        for guise in sorted({guise for one in judgements for guise in (one.one, one.other)}):
            me = self.of(guise.id)
            yield me, self.term("rdf:type"), self.term("kg:Guise")
            yield me, self.term("kg:shows"), self.text(guise.label)
            yield me, self.term("kg:guiseOf"), self.of(guise.entity)
            for document in guise.documents:
                yield me, self.term("kg:shownIn"), self.of(nodes.article(document))
            yield from self._place(me, guise.span, sources)
        for judgement in judgements:
            me = self.of(f"judgement-{short_hash('Judgement', judgement.one.id, judgement.other.id, judgement.rule)}")
            yield me, self.term("rdf:type"), self.term("kg:Judgement")
            yield me, self.term("kg:one"), self.of(judgement.one.id)
            yield me, self.term("kg:other"), self.of(judgement.other.id)
            yield me, self.term("kg:verdict"), literal(judgement.verdict)
            yield me, self.term("kg:rule"), literal(judgement.rule)
            if judgement.correction:
                yield me, self.term("kg:judgedBy"), self.of(judgement.correction)

    def _conflicts(self, conflicts: Iterable[Conflict]) -> Iterator[Triple]:
        for conflict in conflicts:
            me = self.of(conflict.id)
            yield me, self.term("rdf:type"), self.term("kg:Conflict")
            yield me, self.term("rdfs:label"), self.text(conflict.note)
            yield me, self.term("kg:rule"), literal(conflict.rule)
            for ident in conflict.about:
                yield me, self.term("kg:concerns"), self.of(ident)
            for fact in conflict.facts:
                yield me, self.term("kg:premise"), self.of(nodes.fact(fact))

    def _place(self, me: str, span: Span, sources: Sources) -> Iterator[Triple]:
        """Where in an article the words stand."""
        yield from self._position(me, span)
        yield me, self.term("kg:inSentence"), self.of(nodes.spanned("sentence", sources.sentence(span)))

    def _quotations(self, quotations: Iterable[Quotation], sources: Sources) -> Iterator[Triple]:
        for quotation in quotations:
            span = quotation.span
            me = self.of(nodes.spanned("quotation", span, quotation.speaker))
            yield me, self.term("rdf:type"), self.term("kg:Quotation")
            yield me, self.term("kg:saidBy"), self.of(quotation.speaker)
            for ident in quotation.about:
                yield me, self.term("kg:about"), self.of(ident)
            yield me, self.term("kg:says"), self.text(sources.words(span))
            yield from self._position(me, span)
            yield me, self.term("kg:inArticle"), self.of(nodes.article(span.document))
            yield me, self.term("kg:rule"), literal(quotation.rule)

    def _position(self, me: str, span: Span) -> Iterator[Triple]:
        yield me, self.term("oa:start"), self.typed(str(span.start), "xsd:nonNegativeInteger")
        yield me, self.term("oa:end"), self.typed(str(span.end), "xsd:nonNegativeInteger")

    def _facts(self, statements: Iterable[Statement], sources: Sources) -> Iterator[Triple]:
        for statement in statements:
            me = self.of(nodes.fact(statement.triple))
            modalities = {evidence.modality for evidence in statement.evidence}
            yield me, self.term("rdf:type"), self.term("rdf:Statement")
            yield me, self.term("rdf:subject"), self.of(statement.subject)
            yield me, self.term("rdf:predicate"), self.term(f"kg:{statement.predicate}")
            yield me, self.term("rdf:object"), self._object(statement)
            # What one text announces and another reports has happened.
            yield me, self.term("kg:modality"), literal(min(modalities))
            reasons = dict.fromkeys(ident for one in statement.evidence for ident in nodes.reasons(one))
            for ident in reasons:
                yield me, self.term("kg:evidence"), self.of(ident)
            origins = dict.fromkeys(ident for one in statement.evidence for ident in sources.origins(one))
            for ident in origins:
                yield me, self.term("prov:wasDerivedFrom"), self.of(ident)

    def _evidence(self, statements: Iterable[Statement], sources: Sources) -> Iterator[Triple]:
        matches = dict.fromkeys((one.rule, one.modality, span) for one in _all(statements) for span in one.spans)
        for rule, modality, span in matches:
            me = self.of(nodes.match(rule, modality, span))
            yield me, self.term("rdf:type"), self.term("kg:Match")
            yield from self._reason(me, rule, modality)
            yield from self._place(me, span, sources)
        for evidence in dict.fromkeys(one for one in _all(statements) if one.premises):
            me = self.of(nodes.derivation(evidence))
            yield me, self.term("rdf:type"), self.term("kg:Derivation")
            yield from self._reason(me, evidence.rule, evidence.modality)
            for premise in evidence.premises:
                yield me, self.term("kg:premise"), self.of(nodes.fact(premise))

    def _reason(self, me: str, rule: str, modality: str) -> Iterator[Triple]:
        yield me, self.term("kg:rule"), literal(rule)
        yield me, self.term("kg:modality"), literal(modality)

    def _sentences(self, spans: Iterable[Span], sources: Sources) -> Iterator[Triple]:
        for span in sorted({sources.sentence(span) for span in spans}):
            me = self.of(nodes.spanned("sentence", span))
            yield me, self.term("rdf:type"), self.term("kg:Sentence")
            yield from self._position(me, span)
            yield me, self.term("oa:exact"), self.text(sources.words(span))
            yield me, self.term("kg:inArticle"), self.of(nodes.article(span.document))


def _all(statements: Iterable[Statement]) -> Iterator[Evidence]:
    return (evidence for statement in statements for evidence in statement.evidence)


def _spans(assembly: Assembly) -> Iterator[Span]:
    """All words that the graph points at by their sentence."""
    yield from (span for one in _all(assembly.statements) for span in one.spans)
    yield from (guise.span for one in assembly.judgements for guise in (one.one, one.other))
    yield from (stage.span for stage in assembly.stages)
    yield from (span for one in assembly.corrections for rejection in one.rejected for span in rejection.spans)


def _classes(entity: Entity) -> tuple[str, ...]:
    """The classes that are written: the type and what is below or above it, so that a query needs no reasoner."""
    if entity.type == "Province":
        return "Place", "Province"
    return (entity.type, entity.kind) if entity.kind in KINDS.get(entity.type, ()) else (entity.type,)
