"""docs/reference/queries.md tells of every named query what its header says, and what it answers on the seed.

`KG_FIX=1 python -m pytest tests/test_queries_page.py` writes the page anew; read the difference before you commit it.
"""

import os
import shlex
from pathlib import Path

import pytest

import kg
from kg.query import NamedQuery, ask, named_queries, write_answer
from kg.rdf import triples
from kg.store import Store, load

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "reference" / "queries.md"
ROWS, COLUMNS = 4, 118
INTRO = """# Named queries

Questions that come up again and again have a name. `kg query NAME` asks one of a result, `kg serve` offers them in
the browser and at `/queries/NAME`, and `Graph.query(NAME)` in Python gives the rows. Each is a file of SPARQL in
`kg/data/queries` with a header:

```text
# title: 某人的职务 / The offices of a person, …
# param: person name 姓名；不给则列出所有人 / the person's name; all people without it
# example: kg query offices person=龚正
```

A parameter without a value stands for anything. A value is a `name` (of a thing, or one of its other names), a
`day` (2020-06-05) or a `term` of the ontology (attended). It is spelled as one RDF term where the query has its
line `VALUES ?name { UNDEF } … # person`, and never pasted into the text, so no value can change what is asked. To
add a query, put a file with such a header there, or anywhere: `kg query mine.rq person=…` works too.

What follows is made from these files, each example with what it answers on the article in `seeds/`; where that has
no answer, none is shown.
"""


@pytest.fixture(scope="module")
def seed(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return load(triples(kg.build(ROOT / "seeds").assembly), tmp_path_factory.mktemp("seed") / "store")


def section(query: NamedQuery, seed: Store) -> str:
    """What the page says of a query."""
    zh, _, en = query.title.partition(" / ")
    lines = [f"## {query.name}", "", f"{en}. {zh}。", ""]
    if query.parameters:
        lines += ["| parameter | value | |", "| --- | --- | --- |"]
        lines += [
            f"| `{one.name}` | {one.kind}{f' (default {one.default})' if one.default else ''} | {one.note} |"
            for one in query.parameters
        ]
        lines.append("")
    given = dict(word.split("=", 1) for word in shlex.split(query.example)[3:])
    answer = ask(seed, query.name, given)
    shown = ask(seed, query.name, given, limit=ROWS)
    table = write_answer(shown, "table", columns=COLUMNS).rstrip("\n").splitlines()
    more = [f"… {len(answer.rows)} rows"] if len(answer.rows) > ROWS else []
    return "\n".join([*lines, "```text", f"$ {query.example}", *table, *more, "```", ""])


def test_the_page_is_what_the_queries_say(seed: Store) -> None:
    page = "\n".join([INTRO, *(section(query, seed) for query in named_queries())])
    if os.environ.get("KG_FIX"):
        PAGE.parent.mkdir(parents=True, exist_ok=True)
        PAGE.write_text(page, encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == page


def test_what_users_ask_most_has_a_name() -> None:
    names = {query.name for query in named_queries()}
    assert len(names) >= 20
    assert names >= {
        "offices-at", "successions", "attendance-by-rank", "co-attendance", "first-to-speak", "initiatives-in",
        "meetings-in", "evidence", "conflicting-posts",
    }  # fmt: skip
