"""A store is whole or as it was, is read by many, and says plainly what it refuses."""

from collections.abc import Iterator
from pathlib import Path

import pyoxigraph
import pytest
from facts import lake

from kg.assemble import assemble
from kg.errors import KGError, NotFoundError, Place, QueryError, StoreError
from kg.identify import identify
from kg.rdf import ntriples, triples
from kg.store import Store, create, load, open_graph, open_store
from kg.vocabulary import BASE

ASSEMBLY = assemble(identify([lake()]), {})


@pytest.fixture
def nt(tmp_path: Path) -> Path:
    file = tmp_path / "graph.nt"
    file.write_bytes(ntriples(ASSEMBLY))
    return file


def test_memory_and_disk_hold_the_same(nt: Path, tmp_path: Path) -> None:
    stores = load(nt), load(triples(ASSEMBLY)), load(nt, tmp_path / "store")
    assert {len(store) for store in stores} == {len(set(triples(ASSEMBLY)))}
    assert len({tuple(store.lines()) for store in stores}) == 1


def test_it_knows_its_base() -> None:
    assert load(triples(ASSEMBLY, "https://example.org/n/")).base == "https://example.org/n/"
    assert load(triples(ASSEMBLY)).base == BASE
    assert load([]).base == BASE


def test_a_new_store_takes_the_place_of_the_old_one(nt: Path, tmp_path: Path) -> None:
    path = tmp_path / "store"
    create(path, ["<x:a> <x:b> <x:c> .\n"])
    create(path, nt)
    assert len(open_store(path)) > 1
    assert sorted(file.name for file in tmp_path.iterdir()) == ["graph.nt", "store"]


def test_a_failure_leaves_the_old_store(nt: Path, tmp_path: Path) -> None:
    path = tmp_path / "store"
    create(path, nt)
    before = open_store(path).lines()
    with pytest.raises(StoreError):
        create(path, ["no triple\n"])
    assert open_store(path).lines() == before
    assert sorted(file.name for file in tmp_path.iterdir()) == ["graph.nt", "store"]


def test_a_failure_on_the_way_leaves_the_old_store(nt: Path, tmp_path: Path) -> None:
    def broken() -> Iterator[str]:
        yield "<x:a> <x:b> <x:c> .\n"
        raise RuntimeError("the disk is on fire")

    path = tmp_path / "store"
    create(path, nt)
    with pytest.raises(RuntimeError):
        create(path, broken())
    assert len(open_store(path)) > 1


def test_what_is_no_store_is_not_replaced(nt: Path, tmp_path: Path) -> None:
    folder = tmp_path / "papers"
    folder.mkdir()
    (folder / "thesis.txt").write_text("years of work")
    for path in (folder, nt):
        with pytest.raises(StoreError, match="something else"):
            create(path, nt)
    assert (folder / "thesis.txt").exists()


def test_many_read_while_one_writes(nt: Path, tmp_path: Path) -> None:
    path = tmp_path / "store"
    create(path, nt)
    writer = pyoxigraph.Store(str(path))
    readers = [open_store(path) for _ in range(3)]
    assert {len(reader) for reader in readers} == {len(writer)}


def test_a_folder_a_store_and_a_file_are_opened_alike(nt: Path, tmp_path: Path) -> None:
    assert len(open_graph(tmp_path)) == len(open_graph(nt))
    create(tmp_path / "store", nt)
    assert len(open_graph(tmp_path)) == len(open_graph(tmp_path / "store")) == len(open_graph(nt))


def test_mistakes_are_one_line(tmp_path: Path) -> None:
    broken, other = tmp_path / "broken.nt", tmp_path / "graph.docx"
    broken.write_text("<a> <b>")
    other.write_text("")
    cases: list[tuple[type[KGError], Path]] = [
        (NotFoundError, tmp_path / "nothing"),
        (NotFoundError, tmp_path),
        (StoreError, broken),
        (StoreError, other),
    ]
    for error, path in cases:
        with pytest.raises(error) as caught:
            open_graph(path)
        assert "\n" not in str(caught.value)
        assert str(path) in str(caught.value)


@pytest.fixture(scope="module")
def store() -> Store:
    return load(triples(ASSEMBLY))


def test_answers_of_all_kinds(store: Store) -> None:
    assert store.query("ASK { ?p kg:attended ?e }").truth
    assert not store.query("ASK { ?p kg:met ?e }").truth
    assert store.query("CONSTRUCT WHERE { ?p kg:attended ?e }").variables == ("subject", "predicate", "object")
    answer = store.query("SELECT ?p ?none { ?p kg:attended ?e }")
    assert answer.variables == ("p", "none")
    assert answer.seconds > 0
    assert [row[1] for row in answer.rows] == [None] * len(answer.rows)


def test_a_limit_cuts_and_says_so(store: Store) -> None:
    assert len(store.query("SELECT * { ?s ?p ?o }", limit=3).rows) == 3
    assert store.query("SELECT * { ?s ?p ?o }", limit=3).cut
    assert not store.query("SELECT * { ?s ?p ?o }", limit=10_000).cut


def test_what_is_no_sparql_is_a_query_error(store: Store) -> None:
    for text in ("", "SELECT", "DROP ALL", "INSERT DATA { <x:a> <x:b> <x:c> }"):
        with pytest.raises(QueryError, match="SPARQL"):
            store.query(text)


def test_a_mistake_in_a_query_has_its_place(store: Store) -> None:
    with pytest.raises(QueryError, match="2:9") as caught:
        store.query("SELECT * {\n ?s ?p }")
    assert caught.value.place == Place(2, 9)
    with pytest.raises(QueryError, match="the prefix ex: is not declared"):
        store.query("SELECT * { ?s ex:p '很:好', <urn:x:y>, kg:z }")


SERVICES = [
    "SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }",
    "SELECT * { service silent <http://127.0.0.1/> { ?s ?p ?o } }",
    "SELECT * { ?s ?p '#' SERVICE <http://127.0.0.1/> { ?s ?p ?o } }",
    "SELECT * { ?s ?p <x:#> . SERVICE<http://127.0.0.1/> { ?s ?p ?o } }",
    "SELECT * { \\u0053ERVICE <http://127.0.0.1/> { ?s ?p ?o } }",
    "PREFIX x: <http://127.0.0.1/> SELECT * { SERVICE x:y { ?s ?p ?o } }",
    "SELECT * { BIND(<http://127.0.0.1/> AS ?u) SERVICE ?u { ?s ?p ?o } }",
    # < less than c:d, and a comment; not an IRI, and a quotation that goes over the end of the line.
    "PREFIX c: <x:> SELECT * { FILTER(1<c:d#> '''\n) SERVICE <http://127.0.0.1/> { ?s ?p ?o } } #'''",
    "SELECT * { # a comment ends here:\rSERVICE <http://127.0.0.1/> { ?s ?p ?o } }",
    # The names of these properties are quotation marks and a number sign.
    "PREFIX c: <x:> SELECT * { ?s c:\\' ?o . SERVICE <http://127.0.0.1/> { ?s ?p ?o } } #'",
    "PREFIX c: <x:> SELECT * { ?s c:\\# ?o . SERVICE <http://127.0.0.1/> { ?s ?p ?o } }",
]


@pytest.mark.parametrize("text", SERVICES)
def test_no_query_reaches_another_machine(store: Store, text: str) -> None:
    with pytest.raises(QueryError, match="another machine"):
        store.query(text)


HARMLESS = [
    'SELECT * { ?service rdfs:label "SERVICE <x:y>"@zh } # SERVICE',
    "SELECT * { ?s ?p '''a SERVICE \"x\" ''' }",
    "PREFIX service: <x:> SELECT * { service:SERVICE ?p ?o }",
    "SELECT * { ?s <http://example.org/a#SERVICE> ?o ; <http://example.org/SERVICE'x> ?p }",
]


@pytest.mark.parametrize("text", HARMLESS)
def test_the_word_service_is_no_crime(store: Store, text: str) -> None:
    assert store.query(text).rows == ()
