"""graph.nt → Assembly: a result that was written is in hand again, without its articles and without extracting anew.

Of the articles' texts the graph holds the sentences that give evidence and the quotations; the rest is left blank, so
that every offset stays what it was.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import cast

import pyoxigraph

from kg.errors import ReadError
from kg.model import (
    ENTITY_TYPES,
    Assembly,
    Conflict,
    Correction,
    Date,
    Document,
    Edition,
    Entity,
    Evidence,
    Guise,
    Judgement,
    MentionType,
    Modality,
    Quotation,
    Rejection,
    Series,
    Span,
    Stage,
    Statement,
    Tenure,
    Verdict,
)

Triple = tuple[str, str, str]

_BLANK = "\n"  # no sentence runs over it


def reopen(path: Path) -> tuple[Assembly, str]:
    """The assembly that `rdf.ntriples` wrote there, with texts that hold only what the graph quotes; and its base."""
    try:
        quads = pyoxigraph.parse(path=str(path), format=pyoxigraph.RdfFormat.N_TRIPLES)
        written = _Written(quads)
        return written.assembly(), written.base
    except OSError as error:
        raise ReadError(f"{path}: cannot be read ({error.strerror}); run `kg build` first") from error
    except (SyntaxError, KeyError, ValueError) as error:
        raise ReadError(f"{path}: not a graph that kg wrote ({error}); run `kg build` again") from error


class _Written:
    """The triples by subject and predicate, ids without their namespace, terms by their local name."""

    def __init__(self, quads: Iterable[pyoxigraph.Quad]) -> None:
        self.values: defaultdict[str, defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        self.base = ""
        for quad in quads:
            self.values[_local(quad.subject)][_local(quad.predicate)].append(_local(quad.object))
        self.by_class: defaultdict[str, list[str]] = defaultdict(list)
        for ident in sorted(self.values):
            for name in self.values[ident]["type"]:
                self.by_class[name].append(ident)
        for dataset in self.by_class["Dataset"]:
            self.base = self.one(dataset, "uriSpace").removesuffix("id/")
        if not self.base:
            raise ValueError("it does not say what its base is")

    def one(self, ident: str, predicate: str, default: str | None = None) -> str:
        """The value, of which there is at most one; a KeyError if there is none and no default."""
        found = self.values[ident].get(predicate)
        if found:
            return found[0]
        if default is None:
            raise KeyError(f"{ident} has no {predicate}")
        return default

    def many(self, ident: str, predicate: str) -> tuple[str, ...]:
        """The values, sorted."""
        return tuple(sorted(self.values[ident].get(predicate, ())))

    def assembly(self) -> Assembly:
        """Everything, sorted as `assemble` sorts it."""
        entities = tuple(self._entities())
        return Assembly(
            documents=tuple(self._documents()),
            entities=entities,
            statements=tuple(sorted(self._statements(), key=lambda one: one.triple)),
            quotations=tuple(sorted(self._quotations(), key=lambda one: (one.span, one.speaker))),
            tenures=tuple(self._tenures()),
            mentions=tuple(
                (_document(article), entity)
                for article in self.by_class["Article"]
                for entity in self.many(article, "mentions")
            ),
            within=tuple((one.id, whole) for one in entities for whole in self.many(one.id, "within")),
            judgements=tuple(sorted(self._judgements())),
            conflicts=tuple(self._conflicts()),
            series=tuple(self._series()),
            stages=tuple(sorted(self._stages())),
            corrections=tuple(sorted(self._corrections())),
        )

    def _entities(self) -> Iterator[Entity]:
        types: dict[str, MentionType] = dict.fromkeys(self.by_class["Place"], "Place")  # a Province is one too
        types.update((ident, kind) for kind in ENTITY_TYPES if kind != "Place" for ident in self.by_class[kind])
        for ident, kind in sorted(types.items()):
            others = [name for name in self.many(ident, "type") if name not in (kind, "Place")]
            yield Entity(
                ident,
                kind,
                self.one(ident, "label"),
                self.many(ident, "altLabel"),
                kind=others[0] if others else "",
                code=self.one(ident, "divisionCode", ""),
            )

    def _documents(self) -> Iterator[Document]:
        quoted: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
        for kind, words in (("Sentence", "exact"), ("Quotation", "says")):
            for ident in self.by_class[kind]:
                quoted[self.one(ident, "inArticle")].append((int(self.one(ident, "start")), self.one(ident, words)))
        for article in self.by_class["Article"]:
            outlet = self.one(article, "publisher", "")
            yield Document(
                _document(article),
                self.one(article, "identifier"),
                _text(quoted[article]),
                self.one(article, "title", ""),
                self.one(article, "date", ""),
                self.one(outlet, "label") if outlet else "",
                self.one(article, "url", ""),
                _document(self.one(article, "copyOf", "")),
            )

    def _statements(self) -> Iterator[Statement]:
        triples: dict[str, Triple] = {
            fact: (self.one(fact, "subject"), self.one(fact, "predicate"), self.one(fact, "object"))
            for fact in self.by_class["Statement"]
        }
        for fact, (subject, predicate, thing) in triples.items():
            evidence = tuple(self._evidence(ident, triples) for ident in self.many(fact, "evidence"))
            end = thing if thing in self.values else Date(thing)
            yield Statement(subject, predicate, end, tuple(sorted(evidence, key=_evidence_order)))

    def _evidence(self, ident: str, triples: dict[str, Triple]) -> Evidence:
        if ident.startswith("correction-"):
            return Evidence("correction", correction=ident)
        rule, modality = self.one(ident, "rule"), cast(Modality, self.one(ident, "modality"))
        premises = self.many(ident, "premise")
        if premises:
            return Evidence(rule, premises=tuple(sorted(triples[fact] for fact in premises)), modality=modality)
        return Evidence(rule, spans=(self._span(ident, self.one(ident, "inSentence")),), modality=modality)

    def _span(self, ident: str, place: str) -> Span:
        """The span of a node that lies in the article of another (or of itself)."""
        article = _document(self.one(place, "inArticle"))
        return Span(article, int(self.one(ident, "start")), int(self.one(ident, "end")))

    def _quotations(self) -> Iterator[Quotation]:
        for ident in self.by_class["Quotation"]:
            yield Quotation(
                self.one(ident, "saidBy"), self._span(ident, ident), self.many(ident, "about"), self.one(ident, "rule")
            )

    def _tenures(self) -> Iterator[Tenure]:
        for ident in self.by_class["Tenure"]:
            yield Tenure(
                ident,
                self.one(ident, "holder"),
                self.one(ident, "office"),
                self.many(ident, "attestedOn"),
                self.one(ident, "begin", ""),
                self.one(ident, "end", ""),
                self.one(ident, "acting") == "true",
                self.one(ident, "seat"),
                self.one(ident, "predecessor", ""),
                self.one(ident, "successor", ""),
                self.one(ident, "becameFull", ""),
            )

    def _judgements(self) -> Iterator[Judgement]:
        guises = {
            ident: Guise(
                ident, self.one(ident, "guiseOf"), self.one(ident, "shows"),
                self._span(ident, self.one(ident, "inSentence")), tuple(map(_document, self.many(ident, "shownIn"))),
            )
            for ident in self.by_class["Guise"]
        }  # fmt: skip
        for ident in self.by_class["Judgement"]:
            one, other = (guises[self.one(ident, end)] for end in ("one", "other"))
            yield Judgement(one, other, cast(Verdict, self.one(ident, "verdict")), self.one(ident, "rule"),
                            self.one(ident, "judgedBy", ""))  # fmt: skip

    def _conflicts(self) -> Iterator[Conflict]:
        for ident in self.by_class["Conflict"]:
            facts = ((self.one(f, "subject"), self.one(f, "predicate"), self.one(f, "object"))
                     for f in self.many(ident, "premise"))  # fmt: skip
            yield Conflict(
                ident, self.one(ident, "rule"), self.many(ident, "concerns"), tuple(sorted(facts)),
                self.one(ident, "label"),
            )  # fmt: skip

    def _corrections(self) -> Iterator[Correction]:
        rejected: defaultdict[str, list[Rejection]] = defaultdict(list)
        for kind in ("RejectedFact", "RejectedEntity"):
            for ident in self.by_class[kind]:
                rejected[self.one(ident, "wasInvalidatedBy")].append(self._rejection(ident))
        for ident in self.by_class["Correction"]:
            yield Correction(
                ident, self.one(ident, "action"), self.one(self.one(ident, "wasAssociatedWith"), "label"),
                self.one(ident, "date"), self.one(ident, "reason"), self.one(ident, "entry"),
                self.one(ident, "source", ""), self.many(ident, "corrects"), tuple(sorted(rejected[ident])),
            )  # fmt: skip

    def _rejection(self, ident: str) -> Rejection:
        spans = tuple(sorted(self._span(one, one) for one in self.many(ident, "wasDerivedFrom")))
        kind = self.one(ident, "rejectedType", "")
        if kind:
            return Rejection(self.one(ident, "label"), (self.one(ident, "rejectedEntity"),), kind, spans)
        thing = self.one(ident, "rejectedDate", "") or self.one(ident, "rejectedObject")
        triple = (self.one(ident, "rejectedSubject"), self.one(ident, "rejectedRelation"), thing)
        return Rejection(self.one(ident, "label"), triple, "", spans)

    def _series(self) -> Iterator[Series]:
        after = {edition: self.one(edition, "nextEdition", "") for edition in self.by_class["Edition"]}
        editions: defaultdict[str, list[str]] = defaultdict(list)
        for first in sorted(after.keys() - set(after.values())):
            one = first
            while one:
                editions[self.one(one, "ofSeries")].append(one)
                one = after[one]
        for ident in self.by_class["Series"]:
            yield Series(ident, self.one(ident, "label"), tuple(map(self._edition, editions[ident])))

    def _edition(self, ident: str) -> Edition:
        return Edition(self.one(ident, "ofEvent"), self.one(ident, "editionName"), self.many(ident, "host"))

    def _stages(self) -> Iterator[Stage]:
        for ident in self.by_class["Stage"]:
            span = self._span(ident, self.one(ident, "inSentence"))
            yield Stage(self.one(ident, "ofDocument"), self.one(ident, "stage"), self.one(ident, "shownOn", ""), span)


def _local(term: object) -> str:
    """The local name of an IRI, the characters of a literal."""
    if isinstance(term, pyoxigraph.NamedNode):
        return term.value[max(term.value.rfind("#"), term.value.rfind("/"), term.value.rfind(":")) + 1 :]
    if isinstance(term, pyoxigraph.Literal):
        return term.value
    raise ValueError(f"{term} stands in it")


def _document(article: str) -> str:
    return article.removeprefix("article-")


def _text(quoted: list[tuple[int, str]]) -> str:
    """A text with these words at these offsets, and blanks elsewhere."""
    characters = [_BLANK] * max((start + len(words) for start, words in quoted), default=0)
    for start, words in quoted:
        characters[start : start + len(words)] = words
    return "".join(characters)


def _evidence_order(evidence: Evidence) -> tuple[object, ...]:
    return not evidence.spans, evidence.spans, evidence.rule, evidence.premises, evidence.modality, evidence.correction
