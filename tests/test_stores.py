"""The named queries give the same answers in every engine: loaded its own way, and by `kg push` where it serves HTTP.

`make test-stores` fetches the engines; those that are not there are skipped by name.
"""

import shlex
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import pytest
from engines import BY_NAME, GRAPH, SERVERS, TYPE, Ask, Row, Term, missing

from kg.cli import main
from kg.commands.query import parameters
from kg.query import bind, named_queries
from kg.vocabulary import namespaces

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[1]
PREFIXES = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in namespaces().items())
QUERIES = {query.name: query for query in named_queries()}
REFERENCE = "pyoxigraph"
# What stores, tools and terminals like to trip over: quotes, marks that turn the direction, NUL, length.
HOSTILE = (
    '"\\', "a\tb\nc\rd", "</script>\u202e甲", "𠮷野家", "' OR 1=1 #", "%41&lt;", "\u0001\u007f\u2028", "a\0b\ufffe",
    "甲" * 20_000,  # over HTTP, Virtuoso takes no triple of more than 64 KB
)  # fmt: skip


@pytest.fixture(scope="module")
def nt(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The graph of the seed and the regression articles, and literals that are hard to keep."""
    folder = tmp_path_factory.mktemp("graph")
    articles = [str(ROOT / "seeds"), str(ROOT / "tests" / "gold" / "regression.jsonl")]
    assert main(["build", *articles, "-o", str(folder), "--no-html", "--no-store", "-q"]) == 0
    written = (folder / "graph.nt").read_bytes()
    hard = [f"<x:hard{number}> <x:says> {_literal(text)}@zh .\n".encode() for number, text in enumerate(HOSTILE)]
    (folder / "all.nt").write_bytes(b"".join(sorted({*written.splitlines(keepends=True), *hard})))
    return folder / "all.nt"


def _literal(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "\\r")
    return f'"{escaped}"'


def questions() -> Iterator[tuple[str, str]]:
    """Each named query as its header's example asks it, and without any parameter; each with the prefixes."""
    for query in QUERIES.values():
        asked: dict[str, Mapping[str, str]] = {
            " ".join(words): parameters(query, words) for words in (shlex.split(query.example)[3:], [])
        }
        for said, given in asked.items():
            yield f"{query.name} {said}".strip(), PREFIXES + bind(query, given, namespaces())
    yield "every literal", "SELECT ?s ?p ?o WHERE { ?s ?p ?o FILTER(isLiteral(?o)) }"
    yield "how many triples", "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"


QUESTIONS = dict(questions())


@pytest.fixture(scope="module")
def asked(nt: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, dict[str, Counter[Row]]]]:
    """The answers by engine and question; an engine is started when it is first needed, and only one at a time runs."""

    @cache
    def answers(name: str) -> dict[str, Counter[Row]]:
        folder = tmp_path_factory.mktemp(name.replace(" ", "-"))
        if name.startswith("push to "):
            return _pushed(name.removeprefix("push to "), nt, folder)
        with BY_NAME[name](nt, folder) as ask:
            return _ask_all(ask)

    class Answers(dict[str, dict[str, Counter[Row]]]):
        def __missing__(self, name: str) -> dict[str, Counter[Row]]:
            return answers(name)

    yield Answers()


def _pushed(name: str, nt: Path, folder: Path) -> dict[str, Counter[Row]]:
    """What a store answers that was empty until `kg push` came, by parts and again in the place of the first."""
    with SERVERS[name](None, folder) as server, pytest.MonkeyPatch.context() as patch:
        for variable, value in {**server.environment, "NO_PROXY": "*"}.items():
            patch.setenv(variable, value)
        command = ["push", server.url, str(nt), "--store", server.store, "-q"]
        if server.store == "virtuoso":
            command += ["--graph", GRAPH]
        for more in (["--chunk", "150000"], ["--replace", "--record", str(folder / "record.json")]):
            assert main([*command, *more]) == 0
        return _ask_all(server.ask)


def _ask_all(ask: Ask) -> dict[str, Counter[Row]]:
    return {name: _answer(ask, text) for name, text in QUESTIONS.items()}


def _answer(ask: Ask, text: str) -> Counter[Row]:
    """The rows; of what an engine refuses its reason, so that the test of that question fails and shows it."""
    try:
        return _normal(ask(text))
    except AssertionError as error:
        return Counter([((str(error), "", "refused"),)])


def _normal(rows: list[Row]) -> Counter[Row]:
    """The rows in the one form that all engines' forms of them come to.

    Their order does not count: SPARQL orders no literals that have a language, and each engine has its own way. Nor
    does that of what GROUP_CONCAT joins. A grouped query without solutions has no row, and in rdflib one of nothing.
    """
    return Counter(tuple(_cell(term) for term in row) for row in rows if any(row))


def _cell(term: Term | None) -> Term | None:
    if term is None:
        return None
    value, language, kind = term
    return ", ".join(sorted(value.split(", "))), language, kind


ASKED = [*(name for name in BY_NAME if name != REFERENCE), *(f"push to {name}" for name in SERVERS)]


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("engine", ASKED)
def test_every_engine_gives_the_same_answer(
    engine: str, question: str, asked: dict[str, dict[str, Counter[Row]]]
) -> None:
    if lacking := missing(engine.removeprefix("push to ")):
        pytest.skip(f"{engine}: {lacking} is not installed")
    expected, found = asked[REFERENCE][question], asked[engine][question]
    assert found - expected == Counter() == expected - found


def test_most_questions_have_answers(asked: dict[str, dict[str, Counter[Row]]]) -> None:
    silent = {name for name in QUERIES if not asked[REFERENCE][name]}
    assert len(QUERIES) >= 20
    # Of corrections there are none in this graph, and each of the others has something to tell.
    assert silent <= {"corrections", "rejected", "namesakes", "holder-on"}


def test_hard_literals_are_kept(asked: dict[str, dict[str, Counter[Row]]]) -> None:
    found = {row[2] for row in asked[REFERENCE]["every literal"]}
    assert {(", ".join(sorted(text.split(", "))), "zh", "") for text in HOSTILE} <= found


@pytest.mark.parametrize("engine", BY_NAME)
def test_a_name_of_a_megabyte_is_kept(engine: str, tmp_path: Path) -> None:
    if lacking := missing(engine):
        pytest.skip(f"{engine}: {lacking} is not installed")
    name = "甲" * 350_000
    long = tmp_path / "long.nt"
    long.write_text(f"<x:s> <x:says> {_literal(name)}@zh .\n", encoding="utf-8")
    with BY_NAME[engine](long, tmp_path) as ask:
        assert ask("SELECT ?o WHERE { ?s <x:says> ?o }") == [((name, "zh", ""),)]


@pytest.mark.parametrize("engine", SERVERS)
def test_replacing_leaves_nothing_of_what_was_there(engine: str, nt: Path, tmp_path: Path) -> None:
    if lacking := missing(engine):
        pytest.skip(f"{lacking} is not installed")
    old = tmp_path / "old.nt"
    old.write_text(f'<x:old> <x:p> "1"^^<{TYPE}integer> .\n')
    with SERVERS[engine](None, tmp_path) as server, pytest.MonkeyPatch.context() as patch:
        for variable, value in {**server.environment, "NO_PROXY": "*"}.items():
            patch.setenv(variable, value)
        more = ["--store", server.store, "--graph", GRAPH, "--replace", "-q"]
        for file in (old, nt, old):
            assert main(["push", server.url, str(file), *more]) == 0
        rows = server.ask(f"SELECT ?g ?s ?p ?o WHERE {{ GRAPH ?g {{ ?s ?p ?o }} FILTER(?g = <{GRAPH}>) }}")
        assert [row[1] for row in rows] == [("x:old", "", "")]
        staging = server.ask("SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }")
        assert not [row for row in staging if row[0] and "staging" in row[0][0]]
        if engine == "virtuoso":  # a wrong password is told in one line
            patch.setenv("KG_PUSH_PASSWORD", "wrong")
            assert main(["push", server.url, str(old), *more]) == 4
