"""The facts of all documents while they are put right: what stands where, and how people name it."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from kg.corrections import CorrectionError, Entry, Triple
from kg.model import ENTITY_TYPES, Date, Document, Entity, Facts, Judgement, Quotation, Reading, Span, Statement
from kg.naming import called
from kg.vocabulary import LOCAL

_POSTS = ("holdsOffice", "appointedTo", "removedFrom")
_SHOWN = 8  # candidates in a message


class MissingError(Exception):
    """What an entry names is not there: the entry is stale."""


class Graph:
    """Facts by document, with an index of the names in them; steps change it one after the other."""

    def __init__(self, facts: Sequence[Facts], copies: Iterable[Document]) -> None:
        self.facts: dict[str, Facts] = {}
        for one in facts:
            self.facts.setdefault(one.document.id, one)
        self.judgements: set[Judgement] = {judgement for one in facts for judgement in one.judgements}
        self.where: defaultdict[str, set[str]] = defaultdict(set)  # by entity the documents that name it
        self.entities: dict[str, Entity] = {}  # one of the forms of each, what only persons say among them
        self.added: dict[str, Entity] = {}  # what only persons say
        self.statements: dict[Triple, Statement] = {}  # the same
        self.now: dict[str, str] = {}  # what has become of an id that is no more
        self.gone: dict[tuple[str, str], Entry] = {}  # type and name of what was rejected
        self._names: defaultdict[str, set[str]] = defaultdict(set)
        self._aliases: defaultdict[str, set[str]] = defaultdict(set)
        self._former: dict[tuple[str, str], str] = {}  # type and name of what was retyped
        self._articles: defaultdict[str, set[str]] = defaultdict(set)
        for one in facts:
            for entity in one.entities:
                self._note(entity, one.document.id)
        for document in (*(one.document for one in facts), *copies):
            ident = document.copy_of or document.id
            for name in (document.name, f"article-{document.id}"):
                self._articles[name].add(ident)

    def _note(self, entity: Entity, document: str) -> None:
        self.where[entity.id].add(document)
        self.entities.setdefault(entity.id, entity)
        self._names[entity.name].add(entity.id)
        for alias in entity.aliases:
            self._aliases[alias].add(entity.id)

    # NAMES

    def find(self, entry: Entry, named: str) -> str:
        """The id of the one thing that a person names; MissingError for none, CorrectionError for several."""
        ident = named.rpartition("/")[2] if "://" in named or named.startswith("urn:") else named.removeprefix("id:")
        ident = ident.rpartition(":")[2] if named.startswith("urn:") else ident
        if LOCAL.fullmatch(ident) and (current := self.current(ident)):
            return current
        found = self._candidates(named) or self._candidates_at(entry, named)
        if not found:
            for (kind, name), by in self.gone.items():
                if named in (name, f"{kind}:{name}"):
                    raise CorrectionError(f"{entry.place}: speaks of {named}, which {by.place} rejects; take one out")
            raise MissingError(f"the graph has nothing called {named!r}")
        if len(found) > 1:
            raise CorrectionError(f"{entry.place}: {named!r} can mean {self._several(found)}; write one of these ids,"
                                  f" or TYPE:NAME, NAME@ARTICLE or NAME@OFFICE")  # fmt: skip
        return found[0]

    def latest(self, ident: str) -> str:
        """What has become of the id."""
        while ident in self.now:
            ident = self.now[ident]
        return ident

    def current(self, ident: str) -> str:
        """What the id stands for now, or "" if the graph has no such thing."""
        ident = self.latest(ident)
        return ident if self.where.get(ident) or ident in self.added else ""

    def _candidates(self, named: str) -> list[str]:
        kind, colon, name = named.replace("：", ":").partition(":")
        if not (colon and kind in ENTITY_TYPES):
            kind, name = "", named
        for index in (self._names, self._aliases):
            alive = sorted({current for ident in index.get(name, ()) if (current := self.current(ident))})
            if found := [ident for ident in alive if not kind or self._is_a(ident, kind)]:
                return found
        former = self.current(self._former.get((kind, name), ""))
        return [former] if former else []

    def _is_a(self, ident: str, kind: str) -> bool:
        own = self.entities[ident].type
        return own == kind or (own == "Province" and kind == "Place")

    def _candidates_at(self, entry: Entry, named: str) -> list[str]:
        """陈志远@a17, as the article shows him, and 陈志远@余杭区副区长."""
        name, at, end = named.rpartition("@")
        found = self._candidates(name) if at else []
        if not found:
            return []
        if end in self._articles:
            documents = self.documents(entry, [end])
            return [ident for ident in found if self.where[ident] & documents]
        offices = {ident for ident in self._candidates(end) if self.entities[ident].type == "Office"}
        return [ident for ident in found if any(self._holds(ident, office) for office in sorted(offices))]

    def _holds(self, person: str, office: str) -> bool:
        told = (one for document in self.where[person] & self.where[office] for one in self.facts[document].statements)
        return any(one.predicate in _POSTS and (one.subject, one.object) == (person, office) for one in told)

    def _several(self, found: Sequence[str]) -> str:
        shown = [f"{ident} ({self._tell(ident)})" for ident in found[:_SHOWN]]
        return ", ".join(shown) + (f" and {len(found) - _SHOWN} others" if len(found) > _SHOWN else "")

    def _tell(self, ident: str) -> str:
        entity = self.entities[ident]
        names = sorted(self.facts[document].document.name for document in self.where[ident])
        more = f" and {len(names) - 2} more" if len(names) > 2 else ""
        where = f" in {', '.join(names[:2])}{more}" if names else ""
        return f"{entity.type}:{self.label(ident)}{where}"

    def documents(self, entry: Entry, names: Iterable[str]) -> set[str]:
        """The ids of the articles of those names; of a copy that of its original."""
        found = set()
        for name in names:
            ids = self._articles.get(name, set())
            if not ids:
                raise MissingError(f"no article is called {name!r}")
            if len(ids) > 1:
                several = ", ".join(f"article-{ident}" for ident in sorted(ids)[:_SHOWN])
                raise CorrectionError(f"{entry.place}: several articles are called {name!r}; write one of {several}")
            found |= ids
        return found

    def label(self, ident: str) -> str:
        """How the graph calls a thing; the text itself of what is none."""
        forms = [one.name for document in self.where[ident] for one in self.facts[document].entities if one.id == ident]
        if ident in self.added:
            forms.append(self.added[ident].name)
        return called(self.entities[ident].type, forms) if forms else ident

    # CHANGES

    def put(self, facts: Facts) -> None:
        """Take the facts of a document in place of those it had."""
        document = facts.document.id
        for entity in self.facts[document].entities:
            self.where[entity.id].discard(document)
        self.facts[document] = facts
        for entity in facts.entities:
            self.entities[entity.id] = entity
            self._note(entity, document)

    def add(self, entity: Entity) -> None:
        """A thing of which only a person tells."""
        self.added[entity.id] = self.entities[entity.id] = entity
        self._names[entity.name].add(entity.id)
        for alias in entity.aliases:
            self._aliases[alias].add(entity.id)

    def remember(self, kind: str, name: str, ident: str) -> None:
        """What was called so as a thing of that type is this one now."""
        self._former[kind, name] = ident

    def change(self, ids: Mapping[str, str], as_one: Callable[[Entity], Entity]) -> None:
        """Replace ids everywhere, and make each entity that has one of the new ones what `as_one` says."""
        touched = {document for old, new in ids.items() for document in self.where[old] | self.where[new]}
        for document in sorted(touched):
            facts = renamed(self.facts[document], lambda ident: ids.get(ident, ident))
            new = set(ids.values())
            self.put(replace(facts, entities=tuple(as_one(it) if it.id in new else it for it in facts.entities)))
        for old, new_id in ids.items():
            entity = self.added.pop(old, None)
            if entity:
                self.add(as_one(replace(entity, id=new_id)))
            if old != new_id:
                self.now[old] = new_id
        statements = [renamed_statement(one, lambda ident: ids.get(ident, ident)) for one in self.statements.values()]
        self.statements = {}
        for one in statements:
            self.say(one)

    def say(self, statement: Statement) -> None:
        """A statement that a person makes, with those of others who make it too."""
        known = self.statements.get(statement.triple)
        evidence = (*known.evidence, *statement.evidence) if known else statement.evidence
        self.statements[statement.triple] = replace(statement, evidence=tuple(dict.fromkeys(evidence)))


def renamed(facts: Facts, of: Callable[[str], str]) -> Facts:
    """The facts with other ids."""
    return replace(
        facts,
        readings=tuple(replace(it, entity=of(it.entity)) for it in facts.readings),
        entities=tuple(replace(it, id=of(it.id)) for it in facts.entities),
        statements=tuple(renamed_statement(it, of) for it in facts.statements),
        quotations=tuple(renamed_quotation(it, of) for it in facts.quotations),
    )


def renamed_statement(statement: Statement, of: Callable[[str], str]) -> Statement:
    """The statement with other ids."""
    thing = statement.object if isinstance(statement.object, Date) else of(statement.object)
    return replace(statement, subject=of(statement.subject), object=thing)


def renamed_quotation(quotation: Quotation, of: Callable[[str], str]) -> Quotation:
    """The quotation with other ids."""
    return replace(quotation, speaker=of(quotation.speaker), about=tuple(sorted({of(one) for one in quotation.about})))


def first_spans(readings: Iterable[Reading], ident: str) -> Iterator[Span]:
    """Where a text first names the thing; nothing if it does not."""
    yield from sorted(it.mention.span for it in readings if it.entity == ident)[:1]
