"""What of a graph is given out: the part that some articles or some types make up, with more or less provenance.

A part is a graph that keeps the contract (kg/shapes.ttl): no link leads to what was left out, and each fact that stays
has its sentence in an article that stays.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field

from kg.errors import NotFoundError, QueryError
from kg.export.blocks import Blocks, Written, text
from kg.model import ENTITY_TYPES, RELATIONS
from kg.vocabulary import check_base

PROVENANCE = ("span", "document", "none")

# By class: links that a node cannot be without, all of them or one of them; the node goes where they lead to what went.
_NEEDS_ALL = {
    "kg:Sentence": ("kg:inArticle",), "kg:Match": ("kg:inSentence",), "kg:Derivation": ("kg:premise",),
    "kg:Quotation": ("kg:saidBy", "kg:inArticle"), "kg:Tenure": ("kg:holder", "kg:office", "kg:seat"),
    "kg:Edition": ("kg:ofEvent", "kg:ofSeries"), "kg:Stage": ("kg:ofDocument", "kg:inSentence"),
    "kg:Guise": ("kg:guiseOf", "kg:inSentence"), "kg:Judgement": ("kg:one", "kg:other"),
    "kg:Conflict": ("kg:premise", "kg:concerns"), "rdf:Statement": ("rdf:subject", "rdf:object"),
}  # fmt: skip
_NEEDS_ONE = {"rdf:Statement": ("kg:evidence",), "kg:Guise": ("kg:shownIn",)}
# What is there for the sake of others alone, and goes with the last of them: the links that lead to it.
_SERVES = {
    "kg:Match": ("kg:evidence",), "kg:Derivation": ("kg:evidence",), "kg:Series": ("kg:ofSeries",),
    "kg:Outlet": ("dcterms:publisher",), "kg:Guise": ("kg:one", "kg:other"),
    "kg:Sentence": ("kg:inSentence", "prov:wasDerivedFrom"),
}  # fmt: skip
_SPANS = ("kg:Sentence", "kg:Match", "kg:Derivation")
_SOURCES = (*_SPANS, "rdf:Statement", "kg:Guise", "kg:Judgement", "kg:Conflict", "kg:Article", "kg:Outlet",
            "kg:Correction", "kg:Corrector", "kg:RejectedFact", "kg:RejectedEntity")  # fmt: skip
_PLACES = ("oa:start", "oa:end", "kg:inSentence", "kg:evidence", "kg:rule")
_HOLDS = ("holdsOffice", "appointedTo", "removedFrom")


@dataclass(frozen=True, slots=True)
class Choice:
    """What is wanted; what is empty leaves all."""

    provenance: str = "span"
    types: frozenset[str] = frozenset()
    since: str = ""  # days of publication, inclusive; an article without a day is in no time
    until: str = ""
    articles: frozenset[str] = field(default_factory=frozenset)  # their dcterms:identifier
    base: str = ""

    def __post_init__(self) -> None:
        if unknown := sorted(self.types - set(ENTITY_TYPES)):
            raise QueryError(f"{unknown[0]}: no type of things; there are {', '.join(ENTITY_TYPES)}")
        if self.provenance not in PROVENANCE:
            raise QueryError(f"{self.provenance}: no kind of provenance; there are {', '.join(PROVENANCE)}")

    @property
    def is_part(self) -> bool:
        """Whether articles or types are left out."""
        return bool(self.types or self.since or self.until or self.articles)


def select(whole: Written, choice: Choice) -> Written:
    """The chosen part of the graph; NotFoundError if nothing is left."""
    part = _Part(whole, choice).part() if choice.is_part else whole
    if choice.provenance != "span":
        part = _without(part, choice.provenance)
    if choice.base and check_base(choice.base) != part.base:
        part = _rebase(part, check_base(choice.base))
    return part


class _Part:
    """Which nodes stay: dropped ones drop what cannot be without them, until nothing more goes."""

    def __init__(self, whole: Written, choice: Choice) -> None:
        self.whole, self.choice = whole, choice
        self.term = {name: whole.term(name) for name in _names()}
        self.kinds: dict[str, set[str]] = defaultdict(set)
        names = {iri: name for name, iri in self.term.items()}
        for subject, pairs in whole.blocks.items():
            types = (thing for predicate, thing in pairs if predicate == self.term["rdf:type"])
            self.kinds[subject] = {names.get(thing, "") for thing in types}
        self.gone: set[str] = set()

    def part(self) -> Written:
        self._articles()
        self._entities(lambda subject: self._of_other_type(subject))
        self._settle()
        if self.choice.articles or self.choice.since or self.choice.until:
            spoken_of = self._spoken_of()
            self._entities(lambda subject: subject not in spoken_of)
            self._settle()
        blocks = self._left()
        if not any(kind.removeprefix("kg:") in ENTITY_TYPES for one in blocks for kind in self.kinds[one]):
            raise NotFoundError("no such article or type in the graph; nothing is left to export")
        return Written(blocks, self.whole.base)

    def _values(self, subject: str, *names: str) -> list[str]:
        wanted = {self.term[name] for name in names}
        return [thing for predicate, thing in self.whole.blocks[subject] if predicate in wanted]

    def _articles(self) -> None:
        choice = self.choice
        for subject in self.whole.of_class("kg:Article"):
            name = "".join(map(text, self._values(subject, "dcterms:identifier")))
            day = "".join(map(text, self._values(subject, "dcterms:date")))[:10]
            named = not choice.articles or name in choice.articles
            timely = (not choice.since or day >= choice.since) and (not choice.until or "" < day <= choice.until)
            if not (named and timely):
                self.gone.add(subject)

    def _entities(self, goes: Callable[[str], bool]) -> None:
        for subject, kinds in self.kinds.items():
            if kinds & {f"kg:{name}" for name in ENTITY_TYPES} and goes(subject):
                self.gone.add(subject)

    def _of_other_type(self, subject: str) -> bool:
        return bool(self.choice.types) and not {f"kg:{one}" for one in self.choice.types} & self.kinds[subject]

    def _spoken_of(self) -> set[str]:
        """What articles that stay name, or facts that stay are about."""
        found: set[str] = set()
        for subject, kinds in self.kinds.items():
            if subject not in self.gone and "kg:Article" in kinds:
                found.update(self._values(subject, "kg:mentions"))
            if subject not in self.gone and "rdf:Statement" in kinds:
                found.update(self._values(subject, "rdf:subject", "rdf:object"))
        return found

    def _settle(self) -> None:
        before = -1
        while before != len(self.gone):
            before = len(self.gone)
            for subject, kinds in self.kinds.items():
                if subject not in self.gone and any(self._lacks(subject, kind) for kind in kinds):
                    self.gone.add(subject)
            self._forsake()

    def _lacks(self, subject: str, kind: str) -> bool:
        if any(one in self.gone for one in self._values(subject, *_NEEDS_ALL.get(kind, ()))):
            return True
        one_of = self._values(subject, *_NEEDS_ONE[kind]) if kind in _NEEDS_ONE else []
        return bool(one_of) and all(one in self.gone for one in one_of)

    def _forsake(self) -> None:
        """Drop what serves nothing any more, and tenures whose facts went."""
        served: defaultdict[str, set[str]] = defaultdict(set)
        stated: set[tuple[str, str]] = set()
        holds = {self.term[f"kg:{name}"] for name in _HOLDS}
        links = {self.term[name]: name for names in _SERVES.values() for name in names}
        for subject, pairs in self.whole.blocks.items():
            if subject in self.gone:
                continue
            for predicate, thing in pairs:
                if predicate in links:
                    served[links[predicate]].add(thing)
            if "rdf:Statement" in self.kinds[subject] and set(self._values(subject, "rdf:predicate")) & holds:
                stated.add((self._values(subject, "rdf:subject")[0], self._values(subject, "rdf:object")[0]))
        for subject, kinds in self.kinds.items():
            for kind in kinds & set(_SERVES):
                if not any(subject in served[name] for name in _SERVES[kind]):
                    self.gone.add(subject)
            if "kg:Tenure" in kinds:
                ends = (self._values(subject, "kg:holder")[0], self._values(subject, "kg:office")[0])
                if ends not in stated:
                    self.gone.add(subject)

    def _left(self) -> Blocks:
        """The triples of nodes that stay, without links to those that went and without relations whose fact went."""
        relations = {self.term[f"kg:{name}"] for name in RELATIONS}
        facts = {
            tuple(self._values(subject, part)[0] for part in ("rdf:subject", "rdf:predicate", "rdf:object"))
            for subject, kinds in self.kinds.items()
            if "rdf:Statement" in kinds and subject not in self.gone
        }
        blocks: Blocks = {}
        for subject, pairs in self.whole.blocks.items():
            if subject in self.gone:
                continue
            blocks[subject] = [
                (predicate, thing) for predicate, thing in pairs
                if thing not in self.gone and (predicate not in relations or (subject, predicate, thing) in facts)
            ]  # fmt: skip
        return blocks


def _names() -> set[str]:
    """All prefixed names that are looked for."""
    names = {"rdf:type", "rdf:subject", "rdf:predicate", "rdf:object", "dcterms:identifier", "dcterms:date",
             "kg:mentions", "kg:Article", "kg:Quotation"}  # fmt: skip
    for table in (_NEEDS_ALL, _NEEDS_ONE, _SERVES):
        names |= set(table) | {link for links in table.values() for link in links}
    return names | {f"kg:{name}" for name in (*ENTITY_TYPES, *RELATIONS)}


def _without(whole: Written, provenance: str) -> Written:
    """The graph with facts that lead to articles only, or with no facts' nodes at all."""
    dropped = {one for kind in (_SPANS if provenance == "document" else _SOURCES) for one in whole.of_class(kind)}
    places = {whole.term(name) for name in _PLACES}
    derived, article = whole.term("prov:wasDerivedFrom"), whole.term("kg:inArticle")
    sentence = whole.term("kg:inSentence")
    home = {one: thing for one, pairs in whole.blocks.items() for predicate, thing in pairs if predicate == article}
    planned = _planned(whole) if provenance == "none" else set()
    blocks: Blocks = {}
    for subject, pairs in whole.blocks.items():
        if subject in dropped:
            continue
        left = {
            (predicate, home[thing] if predicate == derived and thing in home else thing)
            for predicate, thing in pairs
            if predicate not in places and (thing not in dropped or (predicate == derived and thing in home))
            and (subject, predicate, thing) not in planned
        }  # fmt: skip
        if provenance == "document":
            left |= {(derived, home[thing]) for predicate, thing in pairs if predicate == sentence and thing in home}
        blocks[subject] = sorted(left)
    return Written(blocks, whole.base)


def _planned(whole: Written) -> set[tuple[str, str, str]]:
    """The triples that are only announced: without their node nothing would tell them from what was done."""
    keys = [whole.term(f"rdf:{part}") for part in ("subject", "predicate", "object")]
    found = set()
    for subject in whole.of_class("rdf:Statement"):
        said = dict(whole.blocks[subject])
        if text(said[whole.term("kg:modality")]) == "planned":
            found.add((said[keys[0]], said[keys[1]], said[keys[2]]))
    return found


def _rebase(whole: Written, base: str) -> Written:
    """The same under another base: IRIs, datatypes, and what the graph says of its own base."""
    old = whole.base

    def moved(spelled: str) -> str:
        if spelled.startswith(f"<{old}id/") or spelled.startswith(f"<{old}ontology"):
            return f"<{base}{spelled[len(old) + 1 :]}"
        head, mark, datatype = spelled.rpartition('"^^<')
        typed = mark and spelled.endswith(">")
        ours = typed and datatype.startswith(f"{old}ontology#")
        return f'{head}"^^<{base}{datatype[len(old) :]}' if ours else spelled

    space = whole.term("void:uriSpace")
    blocks = {
        moved(subject): sorted(
            (moved(predicate), f'"{base}id/"' if predicate == space else moved(thing)) for predicate, thing in pairs
        )
        for subject, pairs in whole.blocks.items()
    }
    return Written(dict(sorted(blocks.items())), base)
