"""Assembly → all that the page tells, as JSON in columns: the number of an entity, fact or sentence is its place."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from kg.model import RELATIONS, Assembly, Correction, Date, Entity, Statement
from kg.project import WITHIN, Passage, Texts, Triple, modality, observations, predicates, triples
from kg.view.areas import provinces
from kg.view.assets import initials, rows
from kg.view.drawing import Sign


class Book:
    """The graph as the page reads it: `contents` without the sentences, which a browser parses when it needs one."""

    def __init__(self, assembly: Assembly, signs: Mapping[str, Sign]) -> None:
        self._number = {entity.id: number for number, entity in enumerate(assembly.entities)}
        self._sentences = _Sentences(assembly)
        self._predicates = _ranked(assembly)
        self.contents: dict[str, Any] = {
            "types": rows("types.tsv"),
            "kinds": {row["name"]: (row["zh"], row["en"]) for row in rows("kinds.tsv")},
            "predicates": list(_predicates(self._predicates)),
            "within": self._predicates[WITHIN],
            "entities": self._entities(assembly, signs),
            "facts": self._facts(assembly),
            "quotations": [self._quotation(assembly, at) for at in range(len(assembly.quotations))],
            "tenures": [
                [self._number[one.person], self._number[one.office], int(one.acting), one.begin, one.end, one.attested]
                for one in assembly.tenures
            ],
            "articles": [
                [one.name, one.title, one.source, one.published, one.url] for one in assembly.documents
            ],
            "initials": initials({
                letter for entity in assembly.entities for name in (entity.name, *entity.aliases) for letter in name
            }),
            "sentences": self._sentences.articles,
            "actions": {row["name"]: (row["zh"], row["en"]) for row in rows("actions.tsv")},
            "corrections": [self._correction(one) for one in assembly.corrections],
        }  # fmt: skip
        self.sentences = self._sentences.words

    def _entities(self, assembly: Assembly, signs: Mapping[str, Sign]) -> dict[str, Any]:
        types = {row["name"]: number for number, row in enumerate(rows("types.tsv"))}
        mentioned: defaultdict[str, list[int]] = defaultdict(list)
        for document, ident in assembly.mentions:
            mentioned[ident].append(self._sentences.numbers[document])
        areas = provinces(assembly)
        entities = assembly.entities
        kinds = {row["name"] for row in rows("kinds.tsv")}
        return {
            "id": [one.id for one in entities],
            "name": [one.name for one in entities],
            "type": [types[one.type] for one in entities],
            "kind": [one.kind if one.kind in kinds else "" for one in entities],
            "size": [signs[one.id].size for one in entities],
            "font": [signs[one.id].font for one in entities],
            "articles": [sorted(mentioned[one.id]) for one in entities],
            "aliases": _where(entities, lambda one: one.aliases),
            "label": _where(entities, lambda one: signs[one.id].label if signs[one.id].label != one.name else ""),
            "provinces": _where(entities, lambda one: [self._number[area] for area in areas.get(one.id, ())]),
        }

    def _facts(self, assembly: Assembly) -> dict[str, Any]:
        """Statements in their order, then what the table of divisions knows."""
        by_triple = triples(assembly)
        place = {statement.triple: number for number, statement in enumerate(assembly.statements)}
        told = [self._evidence(statement, by_triple) for statement in assembly.statements]
        number = self._number
        return {
            "s": [number[one.subject] for one in assembly.statements] + [number[part] for part, _ in assembly.within],
            "p": [self._predicates[one.predicate] for one in assembly.statements]
            + [self._predicates[WITHIN]] * len(assembly.within),
            "o": [
                one.object.value if isinstance(one.object, Date) else number[one.object] for one in assembly.statements
            ] + [number[whole] for _, whole in assembly.within],
            "e": [sources for sources, _ in told],
            "planned": [at for at, one in enumerate(assembly.statements) if modality(one) == "planned"],
            "because": {
                str(at): sorted({place[premise] for premise in premises})
                for at, (_, premises) in enumerate(told)
                if premises
            },
            "by": _asserted_by(assembly),
        }  # fmt: skip

    def _evidence(
        self, statement: Statement, by_triple: Mapping[Triple, Statement]
    ) -> tuple[list[list[int]], list[Triple]]:
        """The sentences with their marks, those that assert before those that plan; and the premises."""
        told: list[tuple[bool, Passage]] = []
        for evidence, _ in observations(statement, by_triple):
            told.extend((evidence.modality == "planned", one) for one in self._sentences.texts.passages(evidence))
        told.sort(key=lambda pair: (pair[0], pair[1].document, pair[1].start))
        sources: defaultdict[int, set[tuple[int, int]]] = defaultdict(set)
        for _, one in told:
            sources[self._sentences.number(one)].update(one.marks)
        premises = (premise for evidence in statement.evidence for premise in evidence.premises)
        because = [premise for premise in premises if premise in by_triple and premise != statement.triple]
        return [[at, *_flat(marks)] for at, marks in sources.items()], because

    def _quotation(self, assembly: Assembly, at: int) -> list[Any]:
        """The speaker, the sentence, its marks' bounds, and what it is about."""
        one = assembly.quotations[at]
        passage = self._sentences.texts.passage(one.span)
        (start, end), *_ = passage.marks
        about = [self._number[entity] for entity in one.about]
        return [self._number[one.speaker], self._sentences.number(passage), start, end, *about]

    def _correction(self, one: Correction) -> list[Any]:
        """What was done, by whom, when, why, from which source and where written; the things, and what was rejected."""
        about = [self._number[ident] for ident in one.about if ident in self._number]
        return [
            one.action, one.who, one.when, one.why, one.source, one.entry, about,
            [rejection.label for rejection in one.rejected],
        ]  # fmt: skip


class _Sentences:
    """The sentences that the page quotes, each once: the number of its article, and its words."""

    def __init__(self, assembly: Assembly) -> None:
        self.texts = Texts(assembly.documents)
        self.numbers = {document.id: number for number, document in enumerate(assembly.documents)}
        self.articles: list[int] = []
        self.words: list[str] = []
        self._known: dict[tuple[str, int, int], int] = {}

    def number(self, passage: Passage) -> int:
        """The number of the passage's sentence, given to it when it is first asked for."""
        key = (passage.document, passage.start, passage.end)
        if key not in self._known:
            self._known[key] = len(self.words)
            text = self.texts.documents[passage.document].text
            self.articles.append(self.numbers[passage.document])
            self.words.append(text[passage.start : passage.end])
        return self._known[key]


def degrees(assembly: Assembly) -> Counter[str]:
    """How many facts each entity has part in, by id."""
    counted = Counter(one.subject for one in assembly.statements)
    counted.update(one.object for one in assembly.statements if isinstance(one.object, str))
    return counted


def linked(assembly: Assembly, ids: set[str]) -> list[tuple[str, str]]:
    """The pairs of those ids between which there is a fact, background too, each once, the lesser first."""
    ends = [(one.subject, one.object) for one in assembly.statements if isinstance(one.object, str)]
    pairs = [(min(a, b), max(a, b)) for a, b in (*ends, *assembly.within) if a != b and a in ids and b in ids]
    return list(dict.fromkeys(pairs))


def _asserted_by(assembly: Assembly) -> dict[str, list[int]]:
    """The corrections by which persons assert a fact, by their numbers, for each fact that has some."""
    numbers = {one.id: number for number, one in enumerate(assembly.corrections)}
    made = ({one.correction for one in statement.evidence if one.correction} for statement in assembly.statements)
    return {str(at): sorted(numbers[one] for one in some) for at, some in enumerate(made) if some}


def _ranked(assembly: Assembly) -> dict[str, int]:
    """The predicates by their place in the panel: the order of the model, offices first; then others, background."""
    used = {one.predicate for one in assembly.statements} | set(predicates()) | {WITHIN}
    known = {name: number for number, name in enumerate(RELATIONS)}
    ordered = sorted(used, key=lambda name: (name == WITHIN, known.get(name, len(known)), name))
    return {name: number for number, name in enumerate(ordered)}


def _predicates(ranked: Mapping[str, int]) -> Iterator[dict[str, str]]:
    """Their names in both languages, read forwards and as a heading on the object's side."""
    inverse = {row["name"]: row["en"] for row in rows("inverses.tsv")}
    for name in ranked:
        known = predicates().get(name)
        yield {
            "name": name,
            "zh": known.zh if known else name,
            "en": known.en if known else name,
            "inverseZh": known.inverse if known else f"{name}⁻¹",
            "inverseEn": inverse.get(name, f"{name}⁻¹"),
        }


def _where(entities: tuple[Entity, ...], of: Any) -> dict[str, Any]:
    """What the entities have of something, by number, without those that have none."""
    return {str(number): found for number, one in enumerate(entities) if (found := of(one))}


def _flat(marks: set[tuple[int, int]]) -> Iterator[int]:
    for start, end in sorted(marks):
        yield start
        yield end
