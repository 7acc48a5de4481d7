"""What each document adds to a graph, by name and by id, so that what one document changes is found without the others.

An SQLite database beside the files of a result, and of no use to any other. All in it follows from the facts of the
documents; it holds strings and numbers only, and JSON of them.
"""

import contextlib
import errno
import json
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from kg.assemble.tenures import Told
from kg.identify import Observed
from kg.identify.bodies import Shown
from kg.identify.events import Candidate
from kg.identify.profiles import Sight, Term
from kg.model import Date, Entity, Facts, Span, Statement
from kg.plain import Plain, evidence_from_plain, evidence_to_plain
from kg.seats import Seat

T = TypeVar("T")

EDITIONS = "editions"  # the mark of entities that are asked for with any others, as each document has them
_TABLES = """
CREATE TABLE told(name TEXT PRIMARY KEY, value TEXT);
CREATE TABLE candidate(document TEXT, name TEXT, row TEXT);
CREATE TABLE sight(document TEXT, name TEXT, row TEXT);
CREATE TABLE shown(document TEXT, present TEXT, row TEXT);
CREATE TABLE renamed(document TEXT, is_event INTEGER, local TEXT, ident TEXT);
CREATE TABLE entity(document TEXT, id TEXT, type TEXT, name TEXT, mark TEXT, row TEXT);
CREATE TABLE statement(
    document TEXT, subject TEXT, predicate TEXT, object TEXT, day TEXT, asserted INTEGER, evidence TEXT
);
CREATE TABLE post(document TEXT, person TEXT, office TEXT, what TEXT, day TEXT);
"""
_INDEXES = """
CREATE INDEX candidate_document ON candidate(document); CREATE INDEX candidate_name ON candidate(name);
CREATE INDEX sight_document ON sight(document); CREATE INDEX sight_name ON sight(name);
CREATE INDEX shown_document ON shown(document); CREATE INDEX shown_present ON shown(present);
CREATE INDEX renamed_document ON renamed(document);
CREATE INDEX entity_document ON entity(document); CREATE INDEX entity_id ON entity(id);
CREATE INDEX entity_mark ON entity(mark, id) WHERE mark != '';
CREATE INDEX entity_office ON entity(id, name) WHERE type = 'Office';
CREATE INDEX statement_document ON statement(document);
CREATE INDEX statement_subject ON statement(subject, predicate, object);
CREATE INDEX statement_object ON statement(object, predicate, subject) WHERE object != '';
CREATE INDEX post_document ON post(document); CREATE INDEX post_person ON post(person, office, what, day);
"""
OF_NAMED = ("renamed", "entity", "statement", "post")  # what is noted of a document once it is said who is who
_BY_DOCUMENT = ("candidate", "sight", "shown", *OF_NAMED)


class Ledger:
    """The ledger of one result."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        self._picks = 0
        self._marked: dict[str, set[str]] | None = None  # once asked for; writing forgets it

    # WRITING

    def add_observed(self, observed: Observed) -> None:
        """Note what a document shows."""
        document = observed.facts.document.id
        self._many("candidate", ((document, one.name, _dump(_candidate(one))) for one in observed.candidates))
        self._many("sight", ((document, one.name, _dump(_sight(one))) for one in observed.sights))
        self._many("shown", (
            (document, it.present, _dump([it.ident, it.name, *_span(it.span)])) for it in observed.shown
        ))  # fmt: skip

    def add_named(
        self, facts: Facts, events: Mapping[str, str], people: Mapping[str, str], posts: Iterable[Told],
        mark: Callable[[Entity], str],
    ) -> None:  # fmt: skip
        """Note the facts of a document with global ids, what it tells of posts, and which ids it got by local ones.

        `mark` tells with which others an entity is asked for: see `kin`.
        """
        document = facts.document.id
        self._marked = None
        self._many("renamed", ((document, 1, local, ident) for local, ident in events.items()))
        self._many("renamed", ((document, 0, local, ident) for local, ident in people.items()))
        self._many("entity", (
            (document, one.id, one.type, one.name, mark(one), _dump([one.aliases, one.kind, one.code]))
            for one in facts.entities
        ))  # fmt: skip
        self._many("statement", (
            (document, one.subject, one.predicate, *_thing(one),
             any(it.modality == "asserted" for it in one.evidence), _dump(evidence_to_plain(one.evidence, document)))
            for one in facts.statements
        ))  # fmt: skip
        self._many("post", ((document, *told) for told in sorted(posts)))

    def forget(self, documents: Iterable[str], tables: Sequence[str] = _BY_DOCUMENT) -> None:
        """Take away all that is noted of some documents."""
        rows = [(one,) for one in documents]
        self._marked = None
        for table in tables:
            self._database.executemany(f"DELETE FROM {table} WHERE document = ?", rows)

    def tell(self, name: str, value: object) -> None:
        """Note one thing of the whole result."""
        self._database.execute("INSERT OR REPLACE INTO told VALUES (?, ?)", (name, json.dumps(value)))

    def told(self, name: str) -> object:
        """What was noted under the name; None if nothing was."""
        row = self._database.execute("SELECT value FROM told WHERE name = ?", (name,)).fetchone()
        return json.loads(row[0]) if row else None

    # READING

    def names(self, table: str, documents: Iterable[str] | None = None) -> set[str]:
        """The names of events (`candidate`) or persons (`sight`), of all documents or of some."""
        if documents is None:
            return {name for (name,) in self._database.execute(f"SELECT DISTINCT name FROM {table}")}
        with self._pick(documents) as pick:
            query = f"SELECT DISTINCT name FROM {table} WHERE document IN {pick}"
            return {name for (name,) in self._database.execute(query)}

    def candidates(self, names: Iterable[str]) -> list[Candidate]:
        """The events of these names."""
        with self._pick(names) as pick:
            rows = self._database.execute(f"SELECT document, row FROM candidate WHERE name IN {pick}")
            return [_to_candidate(document, plain) for document, plain in _loaded(rows)]

    def candidates_in(self, documents: Iterable[str]) -> list[Candidate]:
        """The events of these documents."""
        with self._pick(documents) as pick:
            rows = self._database.execute(f"SELECT document, row FROM candidate WHERE document IN {pick}")
            return [_to_candidate(document, plain) for document, plain in _loaded(rows)]

    def sights(self, names: Iterable[str]) -> list[Sight]:
        """The persons of these names."""
        with self._pick(names) as pick:
            rows = self._database.execute(f"SELECT document, row FROM sight WHERE name IN {pick}")
            return [_to_sight(document, plain) for document, plain in _loaded(rows)]

    def sights_in(self, documents: Iterable[str]) -> list[Sight]:
        """The persons of these documents."""
        with self._pick(documents) as pick:
            rows = self._database.execute(f"SELECT document, row FROM sight WHERE document IN {pick}")
            return [_to_sight(document, plain) for document, plain in _loaded(rows)]

    def presents(self, documents: Iterable[str]) -> set[str]:
        """The places and bodies, as they are today, that these documents show."""
        with self._pick(documents) as pick:
            return {one for (one,) in self._database.execute(f"SELECT present FROM shown WHERE document IN {pick}")}

    def shown(self, presents: Iterable[str]) -> list[Shown]:
        """How all documents show some places and bodies."""
        with self._pick(presents) as pick:
            rows = self._database.execute(f"SELECT document, present, row FROM shown WHERE present IN {pick}")
            return [
                Shown(present, ident, name, Span(document, start, end))
                for (document, present), (ident, name, start, end) in _loaded((row[:2], row[2]) for row in rows)
            ]

    def renamed(self, documents: Iterable[str], *, events: bool) -> dict[tuple[str, str], str]:
        """The global ids of events or persons, by document and local id."""
        with self._pick(documents) as pick:
            query = f"SELECT document, local, ident FROM renamed WHERE is_event = ? AND document IN {pick}"
            rows = self._database.execute(query, (int(events),))
            return {(document, local): ident for document, local, ident in rows}

    def subjects(self, objects: Iterable[str], predicates: Sequence[str]) -> set[str]:
        """Of what it is said that it stands in such a relation to one of these things."""
        with self._pick(objects) as pick, self._pick(predicates) as of:
            where = f"object IN {pick} AND object != '' AND predicate IN {of}"
            return {one for (one,) in self._database.execute(f"SELECT DISTINCT subject FROM statement WHERE {where}")}

    def objects(self, subjects: Iterable[str], predicates: Sequence[str]) -> set[str]:
        """To what one of these things is said to stand in such a relation."""
        with self._pick(subjects) as pick, self._pick(predicates) as of:
            where = f"subject IN {pick} AND object != '' AND predicate IN {of}"
            return {one for (one,) in self._database.execute(f"SELECT DISTINCT object FROM statement WHERE {where}")}

    def offices(self) -> dict[str, str]:
        """The names of all offices, by id."""
        return dict(self._database.execute("SELECT id, name FROM entity WHERE type = 'Office' GROUP BY id, name"))

    def statements(
        self, subjects: Iterable[str], predicates: Sequence[str], but: Iterable[str]
    ) -> list[Statement]:
        """What documents, but for some, say of these things with these predicates.

        Each statement once, by a document that asserts it, if one does.
        """
        with self._pick(predicates) as these:
            return self._once(subjects, but, f"predicate IN {these}")

    def statements_between(
        self, subjects: Iterable[str], objects: Iterable[str], but: Iterable[str]
    ) -> list[Statement]:
        """The same of statements with any predicates on one of the subjects and one of the objects."""
        with self._pick(objects) as ends:
            return self._once(subjects, but, f"object IN {ends}")

    def _once(self, subjects: Iterable[str], but: Iterable[str], where: str) -> list[Statement]:
        with self._pick(subjects) as pick, self._pick(but) as out:
            # of the row with the most of `asserted`, SQLite gives the other columns too
            rows = self._database.execute(
                f"SELECT document, subject, predicate, object, day, evidence, MAX(asserted) FROM statement "
                f"WHERE subject IN {pick} AND {where} AND document NOT IN {out} "
                f"GROUP BY subject, predicate, object, day"
            )
            found = [(tuple(row), row[5]) for row in rows]
        return [
            Statement(subject, predicate, thing or Date(day), evidence_from_plain(plain, document))
            for (document, subject, predicate, thing, day, *_), plain in _loaded(found)
        ]

    def posts(self, people: Iterable[str], but: Iterable[str]) -> set[Told]:
        """What documents, but for some, tell of the posts of these persons."""
        with self._pick(people) as pick, self._pick(but) as out:
            where = f"person IN {pick} AND document NOT IN {out}"
            return set(self._database.execute(f"SELECT person, office, what, day FROM post WHERE {where}"))

    def entities(
        self, ids: Iterable[str], but: Iterable[str], apart: Set[str]
    ) -> tuple[list[Entity], dict[str, list[Entity]]]:
        """These entities as all documents but some have them; and those of `apart` by document."""
        each: defaultdict[str, list[Entity]] = defaultdict(list)
        with self._pick(set(ids) - apart) as pick, self._pick(but) as out:
            common = self._counted(f"id IN {pick} AND document NOT IN {out}")
        with self._pick(apart) as pick, self._pick(but) as out:
            where = f"id IN {pick} AND document NOT IN {out}"
            for (document,), one in self._entities(f"SELECT document, id, type, name, row FROM entity WHERE {where}"):
                each[document].append(one)
        return common, each

    def all_entities(self, ids: Iterable[str]) -> list[Entity]:
        """These entities as all documents have them."""
        with self._pick(ids) as pick:
            return self._counted(f"id IN {pick}")

    def _counted(self, where: str) -> list[Entity]:
        """Each entity as often as there are documents that have it so."""
        query = f"SELECT COUNT(*), id, type, name, row FROM entity WHERE {where} GROUP BY id, type, name, row"
        return [one for (count,), entity in self._entities(query) for one in [entity] * count]

    def _entities(self, query: str) -> Iterator[tuple[Any, Entity]]:
        """The entities that are the last four columns of a query, with what stands before them."""
        rows = ((row[:-1], row[-1]) for row in self._database.execute(query))
        for (*before, ident, kind, name), (aliases, below, code) in _loaded(rows):
            yield before, Entity(ident, kind, name, tuple(aliases), below, code)

    def editions(self) -> set[str]:
        """The ids of the entities with that mark."""
        return self._by_mark().get(EDITIONS, set())

    def names_of_editions(self) -> set[tuple[str, str]]:
        """The same with their names."""
        # Its index has only the entities with a mark, and is taken where the query says so.
        query = "SELECT DISTINCT id, name FROM entity WHERE mark != '' AND mark = ?"
        return set(self._database.execute(query, (EDITIONS,)))

    def kin(self, ids: Set[str]) -> set[str]:
        """The ids of all that have the mark of one of these."""
        return set().union(*(marked for marked in self._by_mark().values() if not marked.isdisjoint(ids)))

    def _by_mark(self) -> dict[str, set[str]]:
        if self._marked is None:
            self._marked = {}
            for mark, ident in self._database.execute("SELECT DISTINCT mark, id FROM entity WHERE mark != ''"):
                self._marked.setdefault(mark, set()).add(ident)
        return self._marked

    @contextlib.contextmanager
    def _pick(self, values: Iterable[str]) -> Iterator[str]:
        """A table of these values, for IN."""
        self._picks += 1
        name = f"temp.pick{self._picks}"
        self._database.execute(f"CREATE TABLE {name}(value TEXT PRIMARY KEY) WITHOUT ROWID")
        self._database.executemany(f"INSERT OR IGNORE INTO {name} VALUES (?)", [(one,) for one in sorted(set(values))])
        try:
            yield f"(SELECT value FROM {name})"
        finally:
            self._database.execute(f"DROP TABLE {name}")
            self._picks -= 1

    def _many(self, table: str, rows: Iterable[tuple[object, ...]]) -> None:
        rows = list(rows)
        if rows:
            self._database.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(rows[0]))})", rows)


@contextlib.contextmanager
def new_ledger(path: Path) -> Iterator[Ledger]:
    """An empty ledger, which is whole at the end of the block; OSError where the disk is full."""
    with _plainly(), contextlib.closing(sqlite3.connect(path, isolation_level=None)) as database:
        database.executescript(f"PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; {_TABLES}")
        database.execute("BEGIN")
        yield Ledger(database)
        database.execute("COMMIT")
        database.executescript(_INDEXES)


@contextlib.contextmanager
def _plainly() -> Iterator[None]:
    try:
        yield
    except sqlite3.OperationalError as error:
        raise OSError(errno.ENOSPC, str(error)) from error


@contextlib.contextmanager
def opened(path: Path) -> Iterator[Ledger]:
    """The ledger of that file, to be read and changed; the changes are there at the end of the block."""
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as database:
        # The file is a copy that is thrown away with the whole build if that ends early.
        database.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;")
        database.execute("BEGIN")
        yield Ledger(database)
        database.execute("COMMIT")


def _dump(plain: Plain) -> str:
    return json.dumps(plain, separators=(",", ":"))


def _loaded(rows: Iterable[tuple[T, str]]) -> Iterator[tuple[T, Plain]]:
    """The rows with what their JSON says, all of which is read at once: that is twice as fast as one by one."""
    found = list(rows)
    plain: list[Plain] = json.loads(f"[{','.join(row for _, row in found)}]")
    return zip((key for key, _ in found), plain, strict=True)


def _thing(statement: Statement) -> tuple[str, str]:
    """The id of what a statement says, and the date: one of them is empty."""
    return ("", statement.object.value) if isinstance(statement.object, Date) else (statement.object, "")


def _span(span: Span) -> Plain:
    return [span.start, span.end]


def _candidate(it: Candidate) -> Plain:
    return [
        it.id, it.name, it.published.toordinal() if it.published else 0,
        [[first.toordinal(), last.toordinal()] for first, last in it.days], sorted(it.held), sorted(it.areas),
        _span(it.span),
    ]  # fmt: skip


def _to_candidate(document: str, plain: Plain) -> Candidate:
    ident, name, published, days, held, areas, span = plain
    return Candidate(
        ident, name, document, date.fromordinal(published) if published else None,
        tuple((date.fromordinal(first), date.fromordinal(last)) for first, last in days),
        frozenset(held), frozenset(areas), Span(document, *span),
    )  # fmt: skip


def _sight(it: Sight) -> Plain:
    seats = [
        [[one.name, one.area, one.of, one.rank, one.alone, one.distinct, one.central, one.chair], term.days]
        for term in it.terms for one in (term.seat,)
    ]  # fmt: skip
    return [
        it.local, it.name, it.day, seats, sorted(it.told), sorted(it.sexes), sorted(it.births), sorted(it.walks),
        sorted(it.areas), sorted(it.events), _span(it.span),
    ]  # fmt: skip


def _to_sight(document: str, plain: Plain) -> Sight:
    local, name, day, seats, told, sexes, births, walks, areas, events, span = plain
    return Sight(
        document, local, name, day, tuple(Term(Seat(*seat), tuple(days)) for seat, days in seats), frozenset(told),
        frozenset(sexes), frozenset((year, month) for year, month in births), frozenset(walks), frozenset(areas),
        frozenset(events), Span(document, *span),
    )  # fmt: skip
