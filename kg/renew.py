"""From the graph of some documents to that of others: which triples go, and which come.

What a document can change is found by names and ids. Events meet by their names, persons by theirs, bodies and places
by what they are today; who they are is judged anew in the families of names that the changed documents show, and
nowhere else. Documents in which somebody thereby became another are changed too. Then the graph around all that the
changed documents name (`_Surroundings`) is assembled twice, as it was and as it is, by the same `assemble` as a whole
graph: what differs is the change. What lies outside comes out the same both times, or is not there, and is left alone.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from kg.assemble import assemble, merge_entities, merge_statements
from kg.assemble.series import city_of_name, read_edition
from kg.assemble.tenures import POSTS, Told, posts_told
from kg.identify import Identifier, Identity, Observed
from kg.identify.bodies import judge_places_and_bodies
from kg.identify.events import Candidate
from kg.identify.events import name_families as families_of_events
from kg.identify.people import name_families as families_of_people
from kg.identify.profiles import Sight
from kg.knowledge import Knowledge
from kg.ledger import EDITIONS, OF_NAMED, Ledger
from kg.model import Assembly, Document, Entity, Evidence, Facts, Guise, Judgement, Statement, short_hash

_THERE = ("attended", "chaired", "spokeAt")
_OF_EVENTS = ("heldAt", "heldOn", "organizedBy")
_NOTHING = Document("0", "", "")  # under which entities stand of which it does not matter who names them

Local = tuple[str, str]  # a document, and an id in it


class Library(Protocol):
    """Documents and facts by the id of the document."""

    def documents(self, ids: Sequence[str]) -> Sequence[Document]:
        """The documents, in that order."""

    def facts(self, ident: str) -> Facts:
        """Its facts, as they were extracted."""


@dataclass(frozen=True, slots=True)
class Change:
    """Two assemblies of the same surroundings, in which all that differs is what became different."""

    before: Assembly
    after: Assembly
    touched: frozenset[str]  # documents that are in both as a whole, or in one


def mark(entity: Entity, knowledge: Knowledge) -> str:
    """With which others an entity is asked for: divisions lie in one another, and series are made of all editions."""
    if entity.type == "Event":
        is_edition = read_edition(entity.name, knowledge)[3] or knowledge.patterns["named_for_city"].match(entity.name)
        return EDITIONS if is_edition else ""
    code = entity.code
    while (row := knowledge.divisions.get(code)) and row.parent:
        code = row.parent
    return code  # of the province


def note(ledger: Ledger, observed: Observed, named: Facts, identity: Identity, knowledge: Knowledge) -> None:
    """Note in the ledger what a document shows, and the facts that it was given."""
    ledger.add_observed(observed)
    _note_named(ledger, observed, named, identity, knowledge)


def _note_named(ledger: Ledger, observed: Observed, named: Facts, identity: Identity, knowledge: Knowledge) -> None:
    document = observed.facts.document.id
    events = {one.id: identity.events[one.id] for one in observed.candidates if one.id in identity.events}
    people = {
        one.local: identity.people[document, one.local]
        for one in observed.sights if (document, one.local) in identity.people
    }  # fmt: skip
    posts = posts_told(named.statements, {document: named.document}, knowledge)
    ledger.add_named(named, events, people, posts, lambda entity: mark(entity, knowledge))


def renew(
    before: Ledger, after: Ledger, library: Library, knowledge: Knowledge,
    gone: frozenset[str], came: frozenset[str], copies: tuple[Sequence[Document], Sequence[Document]],
) -> Change:  # fmt: skip
    """The change that some documents make by going and others by coming; `after`, a copy of `before`, is brought to it.

    `copies` are the articles that repeat others and did not do so of the same before, as they were and as they are.
    """
    identifier = Identifier(knowledge)
    seen = {ident: identifier.observe(library.facts(ident)) for ident in sorted(came)}
    who = _Who(before, identifier, gone, seen)
    moved = sorted(who.moved)
    ring = sorted({guise.span.document for guise in who.changed_guises()} - gone - came - who.moved)
    observed = {ident: identifier.observe(library.facts(ident)) for ident in (*sorted(gone), *moved, *ring)}
    was = {ident: identifier.name(one, who.before(ident)) for ident, one in observed.items()}
    now = {
        **{ident: identifier.name(observed[ident], who.after(ident)) for ident in (*moved, *ring)},
        **{ident: identifier.name(one, who.after(ident)) for ident, one in seen.items()},
    }
    after.forget(gone)
    after.forget(moved, OF_NAMED)
    for ident, one in seen.items():
        note(after, one, now[ident], who.after(ident), knowledge)
    for ident in moved:
        _note_named(after, observed[ident], now[ident], who.after(ident), knowledge)
    changed = [one for facts in (was, now) for ident, one in facts.items() if ident not in ring]
    named = {entity.id for one in changed for entity in one.entities}
    around = _Surroundings(before, after, named, {*was, *now}, knowledge)
    common = around.facts({entity.id for facts in (was, now) for one in facts.values() for entity in one.entities})
    posts = around.posts()
    old, new = copies
    return Change(
        _assembled(common, was.values(), posts, who.judgements_before, old, knowledge),
        _assembled(common, now.values(), posts, who.judgements_after, new, knowledge),
        frozenset((*was, *now)),
    )


def _assembled(
    common: Sequence[Facts], facts: Iterable[Facts], posts: Iterable[Told], judgements: Iterable[Judgement],
    copies: Sequence[Document], knowledge: Knowledge,
) -> Assembly:  # fmt: skip
    """The facts with what is common to both times, of whose documents none is in what comes out."""
    of_judgements = Facts(replace(_NOTHING, id="1"), (), (), (), (), tuple(judgements))
    at_hand = (*common, of_judgements)
    whole = assemble((*at_hand, *facts), knowledge.divisions, copies, knowledge, posts=posts)
    left_out = {one.document.id for one in at_hand}
    return replace(whole, documents=tuple(one for one in whole.documents if one.id not in left_out))


class _Who:
    """Who is who in the families of names that the changed documents show, before and after."""

    def __init__(
        self, ledger: Ledger, identifier: Identifier, gone: frozenset[str], seen: Mapping[str, Observed]
    ) -> None:
        self._ledger = ledger
        self._known: dict[str, Identity] = {}
        self.moved: set[str] = set()
        old_candidates, new_candidates = self._candidates(gone, seen)
        self._old_events, of_events_before = identifier.judge_events(old_candidates, {})
        self._new_events, of_events_after = identifier.judge_events(new_candidates, {})
        self._locals = {one.id for one in old_candidates}
        changed = {
            one.id for one in old_candidates
            if one.document not in gone and self._old_events.get(one.id) != self._new_events.get(one.id)
        }  # fmt: skip
        self.moved |= {one.document for one in old_candidates if one.id in changed}
        old_sights, new_sights = self._sights(gone, seen, changed)
        documents = {one.document for one in old_sights if one.events}
        known = {local: ident for (_, local), ident in ledger.renamed(documents, events=True).items()}
        kept = {local: ident for local, ident in known.items() if local not in self._locals}
        self._old_people, of_people_before = identifier.judge_people(old_sights, known, {})
        self._new_people, of_people_after = identifier.judge_people(new_sights, {**kept, **self._new_events}, {})
        self._persons = {(one.document, one.local) for one in old_sights}
        self.moved |= {
            one.document for one in old_sights
            if one.document not in gone and self._differs((one.document, one.local))
        }  # fmt: skip
        presents = ledger.presents(gone) | {it.present for one in seen.values() for it in one.shown}
        old_shown = ledger.shown(presents)
        new_shown = [it for it in old_shown if it.span.document not in gone]
        new_shown += [it for one in seen.values() for it in one.shown]
        self.judgements_before = frozenset(
            (*of_events_before, *of_people_before, *judge_places_and_bodies(old_shown))
        )
        self.judgements_after = frozenset((*of_events_after, *of_people_after, *judge_places_and_bodies(new_shown)))

    def _differs(self, local: Local) -> bool:
        return self._old_people.get(local, local[1]) != self._new_people.get(local, local[1])

    def _candidates(
        self, gone: frozenset[str], seen: Mapping[str, Observed]
    ) -> tuple[list[Candidate], list[Candidate]]:
        added = [it for one in seen.values() for it in one.candidates]
        names = self._ledger.names("candidate", gone) | {one.name for one in added}
        family = _touched(families_of_events(self._ledger.names("candidate") | names), names)
        old = self._ledger.candidates(family)
        return old, [one for one in old if one.document not in gone] + added

    def _sights(
        self, gone: frozenset[str], seen: Mapping[str, Observed], changed: set[str]
    ) -> tuple[list[Sight], list[Sight]]:
        added = [it for one in seen.values() for it in one.sights]
        names = self._ledger.names("sight", gone) | {one.name for one in added}
        names |= {one.name for one in self._ledger.sights_in(self.moved) if one.events & changed}
        family = _touched(families_of_people(self._ledger.names("sight") | names), names)
        old = self._ledger.sights(family)
        return old, [one for one in old if one.document not in gone] + added

    def changed_guises(self) -> set[Guise]:
        """The guises of judgements that were or are, but not both."""
        changed = self.judgements_before ^ self.judgements_after
        return {guise for one in changed for guise in (one.one, one.other)}

    def before(self, document: str) -> Identity:
        """Who was who in a document."""
        if document not in self._known:
            events = {local: ident for (_, local), ident in self._ledger.renamed([document], events=True).items()}
            self._known[document] = Identity(events, self._ledger.renamed([document], events=False), ())
        return self._known[document]

    def after(self, document: str) -> Identity:
        """Who is who in it."""
        known = self.before(document)
        events = {local: ident for local, ident in known.events.items() if local not in self._locals}
        people = {local: ident for local, ident in known.people.items() if local not in self._persons}
        return Identity({**events, **self._new_events}, {**people, **self._new_people}, ())


def _touched(families: Iterable[Sequence[str]], names: set[str]) -> set[str]:
    """All names of the families in which one of these is."""
    return {name for family in families if not names.isdisjoint(family) for name in family}


class _Surroundings:
    """All that must be at hand so that what follows from changed things is assembled as in the whole graph.

    Who comes before and after in a seat asks for all its holders, two places on one day for all meetings of a person,
    and all of these for the posts, bodies and places in their names. What only documents say that went is in those.
    """

    def __init__(
        self, before: Ledger, after: Ledger, named: set[str], left_out: set[str], knowledge: Knowledge
    ) -> None:
        self._ledger, self._left_out, self._named = after, left_out, named
        renamed = _renamed(before, after, named)
        offices = {one for one in named if one.startswith("office-")}
        offices |= after.subjects(renamed, ("officeIn",)) | after.objects(renamed, POSTS)
        acting = knowledge.patterns["acting_post"]
        full = {
            ident: f"office-{short_hash('Office', found['area'] + found['role'])}"
            for ident, name in {**before.offices(), **after.offices()}.items() if (found := acting.search(name))
        }  # fmt: skip
        seats = {full.get(one, one) for one in offices}
        offices |= seats | {acting for acting, seat in full.items() if seat in seats}
        events = {one for one in named if one.startswith("event-")}
        self._holders = named | after.subjects(offices, POSTS)
        self._offices = offices | after.objects(self._holders, POSTS)
        self._there = named | after.subjects(events, _THERE)
        self._meetings = events | after.objects(self._there, _THERE)
        self._kin = before.kin(named) | after.kin(named)
        ledgers = (before, after)
        self._editions = after.editions() if any(_has_editions(one, named, knowledge) for one in ledgers) else set()

    def posts(self) -> set[Told]:
        """What is told of posts in the documents that are not left out."""
        return self._ledger.posts(self._holders, self._left_out)

    def facts(self, elsewhere: set[str]) -> list[Facts]:
        """What is at hand of the documents that are not left out; `elsewhere` is what those name."""
        told = merge_statements(self._statements())
        ends = {part for one in told for part in (one.subject, one.object) if isinstance(part, str)}
        common, each = self._ledger.entities(self._named | self._kin | ends, self._left_out, self._editions)
        # Series are made of the editions that documents name together: these stand for documents that are not at hand.
        found = [Facts(Document(f"0 {ident}", "", ""), (), tuple(each[ident]), (), ()) for ident in sorted(each)]
        # What nobody else names is merged once for both times.
        kept = [entity for entity in common if entity.id in elsewhere]
        merged = merge_entities(entity for entity in common if entity.id not in elsewhere)
        return [*found, Facts(_NOTHING, (), (*kept, *merged.values()), told, ())]

    def _statements(self) -> Iterator[Statement]:
        """What `assemble` concludes something from, and what is said between changed things."""
        for subjects, predicates in (
            (self._named, (*POSTS, *_THERE, *_OF_EVENTS, "officeIn")),
            (self._holders, POSTS),
            (self._there, _THERE),
            (self._offices, ("officeIn",)),
            (self._meetings | self._editions, _OF_EVENTS),
        ):
            yield from self._ledger.statements(subjects, predicates, self._left_out)
        yield from self._ledger.statements_between(self._named, self._named, self._left_out)


def _has_editions(ledger: Ledger, named: set[str], knowledge: Knowledge) -> bool:
    """Whether editions of series are among what is named, or cities after which some are called."""
    return any(
        ident in named or city_of_name(name, knowledge) in named for ident, name in ledger.names_of_editions()
    )


def _renamed(before: Ledger, after: Ledger, named: set[str]) -> set[str]:
    """Those that are called otherwise than before, or are new or gone."""
    was, now = (merge_entities(ledger.all_entities(named)) for ledger in (before, after))
    return {ident for ident in {*was, *now} if _shape(was.get(ident)) != _shape(now.get(ident))}


def _shape(entity: Entity | None) -> tuple[str, ...]:
    return (entity.name, entity.code, entity.kind, entity.type) if entity else ()


# WHAT DIFFERS


def parted(change: Change, library: Library) -> tuple[Assembly, Assembly]:
    """Of both assemblies what is not the same in the other, with all that it shares nodes with.

    A match stands for all statements of its sentence: so of documents that changed, all statements are kept.
    """
    was, now = _kept(change.before, change.after, change.touched), _kept(change.after, change.before, change.touched)
    # An entity is written with its name: so where one of its facts is on either side, it is on both.
    subjects = {it.subject for one in (was, now) for it in one.statements} | {
        part for one in (was, now) for part, _ in one.within
    }
    was, now = _with_subjects(was, change.after, subjects), _with_subjects(now, change.before, subjects)
    told = _told(was) | _told(now)  # so that an article that is the same both times is on both sides, or on neither
    known = {document.id for one in (was, now) for document in one.documents}
    common = library.documents(sorted(told - known))
    return _with_documents(was, change.after, told, common), _with_documents(now, change.before, told, common)


def _with_subjects(one: Assembly, other: Assembly, subjects: set[str]) -> Assembly:
    entities = frozenset(other.entities)
    return replace(one, entities=tuple(it for it in one.entities if it.id in subjects or it not in entities))


def _told(one: Assembly) -> set[str]:
    """The documents of which words are told."""
    of_facts = (span.document for it in one.statements for evidence in it.evidence for span in evidence.spans)
    of_guises = (guise.span.document for it in one.judgements for guise in (it.one, it.other))
    return {*of_facts, *of_guises, *(it.span.document for several in (one.quotations, one.stages) for it in several)}


def _with_documents(one: Assembly, other: Assembly, told: set[str], common: Sequence[Document]) -> Assembly:
    """With those of both, without what is the same document in the other and has no words that are told."""
    there = {document.id: document for document in other.documents}
    kept = (it for it in one.documents if it.id in told or there.get(it.id) != it)
    return replace(one, documents=(*kept, *common))


def _kept(one: Assembly, other: Assembly, touched: frozenset[str]) -> Assembly:
    there = {statement.triple: statement for statement in other.statements}
    found = (_differing(statement, there.get(statement.triple), touched) for statement in one.statements)
    within, tenures, conflicts = frozenset(other.within), frozenset(other.tenures), frozenset(other.conflicts)
    return replace(
        one,
        statements=tuple(statement for statement in found if statement),
        within=tuple(pair for pair in one.within if pair not in within),
        tenures=tuple(it for it in one.tenures if it not in tenures),
        conflicts=tuple(it for it in one.conflicts if it not in conflicts),
    )


def _differing(statement: Statement, other: Statement | None, touched: frozenset[str]) -> Statement | None:
    """The statement with the evidence that the other lacks or that is of changed documents; None if that is none.

    One of all others that both have stays too, and says for all of them whether the fact is asserted.
    """
    if other is None:
        return statement
    if statement.evidence == other.evidence and not _of(statement.evidence, touched):
        return None
    shared = frozenset(statement.evidence) & frozenset(other.evidence)
    rest = [one for one in statement.evidence if one in shared and not _of((one,), touched)]
    speaker = min(rest, key=lambda one: one.modality, default=None)
    kept = (one for one in statement.evidence if one not in shared or one is speaker or _of((one,), touched))
    return replace(statement, evidence=tuple(kept))


def _of(evidence: Iterable[Evidence], touched: frozenset[str]) -> bool:
    return any(span.document in touched for one in evidence for span in one.spans)


def differences(change: Change) -> dict[str, Counter[str]]:
    """How many more or fewer there are of each type, relation, verdict, rule of conflict and name of persons."""
    found: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for sign, one in ((-1, change.before), (1, change.after)):
        for kind, things in (
            ("types", (it.type for it in one.entities)),
            ("relations", (it.predicate for it in one.statements)),
            ("judgements", (it.verdict for it in one.judgements)),
            ("conflicts", (it.rule for it in one.conflicts)),
            ("names", (it.name for it in one.entities if it.type == "Person")),
        ):
            for name, count in Counter(things).items():
                found[kind][name] += sign * count
    return found
