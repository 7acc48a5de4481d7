"""The ids of the nodes that are no entities, each made of what it stands for; and the sentences around spans."""

from collections.abc import Iterator, Mapping

from kg.cite import enclosing, sentence_ends
from kg.model import Assembly, Edition, Evidence, Series, Span, short_hash

Triple = tuple[str, str, str]


class Sources:
    """The texts of an assembly, asked by span; each is cut into sentences once."""

    def __init__(self, assembly: Assembly) -> None:
        self._texts: Mapping[str, str] = {document.id: document.text for document in assembly.documents}
        self._ends: dict[str, tuple[int, ...]] = {}
        self._sentences: dict[Span, Span] = {}

    def words(self, span: Span) -> str:
        """The characters of the span."""
        return span.of(self._texts[span.document])

    def sentence(self, span: Span) -> Span:
        """The sentence, or run of sentences, around the span."""
        if span not in self._sentences:
            text = self._texts[span.document]
            if span.document not in self._ends:
                self._ends[span.document] = sentence_ends(text)
            bounds = enclosing(text, self._ends[span.document], span.start, span.end)
            self._sentences[span] = Span(span.document, *bounds)
        return self._sentences[span]

    def origins(self, evidence: Evidence) -> Iterator[str]:
        """The sentences that say it, or the facts that it follows from."""
        yield from (spanned("sentence", self.sentence(span)) for span in evidence.spans)
        yield from map(fact, evidence.premises)


def article(document: str) -> str:
    """Of a document, by its id."""
    return f"article-{document}"


def outlet(name: str) -> str:
    """Of a paper or an agency."""
    return f"outlet-{short_hash('Outlet', name)}"


def fact(triple: Triple) -> str:
    """Of a statement."""
    return f"fact-{short_hash(*triple)}"


def reasons(evidence: Evidence) -> Iterator[str]:
    """Of each match, or of the derivation, or of the correction."""
    yield from (match(evidence.rule, evidence.modality, span) for span in evidence.spans)
    if evidence.premises:
        yield derivation(evidence)
    if evidence.correction:
        yield evidence.correction


def match(rule: str, modality: str, span: Span) -> str:
    """Of the words that a rule matched."""
    return spanned("match", span, rule, modality)


def derivation(evidence: Evidence) -> str:
    """Of what a rule made of other facts."""
    parts = (part for premise in evidence.premises for part in premise)
    return f"derivation-{short_hash(evidence.rule, evidence.modality, *parts)}"


def edition(series: Series, one: Edition) -> str:
    """Of an event as one of a series."""
    return f"edition-{short_hash('Edition', series.id, one.event)}"


def spanned(kind: str, span: Span, *parts: str) -> str:
    """Of a node of that kind at a place in a text."""
    return f"{kind}-{short_hash(kind, span.document, str(span.start), str(span.end), *parts)}"
