"""Assembly → plain dictionaries: the facts with their passages, as the graph and the page both need them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from kg.cite import enclosing, sentence_ends
from kg.model import Assembly, Correction, Document, Evidence, Modality, Span, Statement

Triple = tuple[str, str, str]

WITHIN = "within"  # background from the table of divisions: no text says it


@dataclass(frozen=True, slots=True)
class Predicate:
    """A predicate's names: read forwards (李强 出席 会议), and as a heading on the object's side (会议: 出席者)."""

    name: str
    zh: str
    en: str
    inverse: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A whole sentence of an article, [start, end) in its text, and in it the marks, counted from its start."""

    document: str
    start: int
    end: int
    marks: tuple[tuple[int, int], ...]


@cache
def predicates() -> dict[str, Predicate]:
    """The predicates of the table by name, without the cost of reading the ontology.

    >>> predicates()["attended"].zh
    '出席'
    """
    from importlib import resources

    text = resources.files("kg").joinpath("data", "tables", "predicates.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.splitlines()[1:]]
    return {name: Predicate(name, zh, en, inverse) for name, zh, en, inverse in rows}


def label(predicate: str) -> str:
    """The predicate in Chinese, or its own name where the table has none.

    >>> label("heldAt"), label("foundedBy")
    ('举办地', 'foundedBy')
    """
    known = predicates().get(predicate)
    return known.zh if known else predicate


def modality(statement: Statement) -> Modality:
    """Planned only if nothing asserts the statement."""
    return "asserted" if any(one.modality == "asserted" for one in statement.evidence) else "planned"


def asserted_by(statement: Statement, corrections: Mapping[str, Correction]) -> list[str]:
    """The persons who assert the statement, for people: 馆员甲，2026-11-25：据《年鉴》 (corrections.toml:12)."""
    made = (corrections[one.correction] for one in statement.evidence if one.correction)
    return [f"{one.who}，{one.when}：{one.why} ({one.entry})" for one in made]


class Texts:
    """The documents of an assembly, by id and by the sentences in them."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self.documents = {document.id: document for document in documents}
        self._ends: dict[str, tuple[int, ...]] = {}

    def passage(self, *spans: Span) -> Passage:
        """The sentence, or run of sentences, around spans of one document, with the spans as its marks."""
        document = spans[0].document
        text = self.documents[document].text
        if document not in self._ends:
            self._ends[document] = sentence_ends(text)
        start, end = enclosing(
            text, self._ends[document], min(span.start for span in spans), max(span.end for span in spans)
        )
        return Passage(document, start, end, tuple(sorted({(span.start - start, span.end - start) for span in spans})))

    def passages(self, evidence: Evidence) -> Iterator[Passage]:
        """The sentences in which the evidence's spans stand, in order, each once with all its marks."""
        together: defaultdict[tuple[str, int, int], list[Span]] = defaultdict(list)
        for span in evidence.spans:
            found = self.passage(span)
            together[found.document, found.start, found.end].append(span)
        for _, spans in sorted(together.items()):
            yield self.passage(*spans)


def observations(
    statement: Statement, by_triple: Mapping[Triple, Statement]
) -> Iterator[tuple[Evidence, tuple[Triple, ...]]]:
    """Each evidence that shows text, down through the premises of what was derived, with the premise it supports.

    The second item is the way down: empty where the text says the statement itself.
    """
    seen = {statement.triple}
    pending: list[tuple[Statement, tuple[Triple, ...]]] = [(statement, ())]
    while pending:
        current, way = pending.pop(0)
        for evidence in current.evidence:
            if evidence.spans:
                yield evidence, way
            for premise in evidence.premises:
                if premise not in seen and premise in by_triple:
                    seen.add(premise)
                    pending.append((by_triple[premise], (*way, premise)))


def triples(assembly: Assembly) -> dict[Triple, Statement]:
    """The statements by their triple."""
    return {statement.triple: statement for statement in assembly.statements}
