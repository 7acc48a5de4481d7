"""The program in Python's hands: `kg.build` and the `Graph` that it gives."""

import warnings
from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from kg.knowledge import load
from kg.model import Assembly, Document, Entity, Statement
from kg.vocabulary import BASE, check_base

if TYPE_CHECKING:
    import networkx
    import rdflib

    from kg.store import Store

Paths = str | Path | Iterable[str | Path]


class Graph:
    """A knowledge graph in memory; each of its forms is made when it is first asked for."""

    def __init__(self, assembly: Assembly, base: str = BASE) -> None:
        self.assembly = assembly
        self.base = check_base(base)

    def __repr__(self) -> str:
        count = len(self.documents)
        articles = f"{count} article{'' if count == 1 else 's'}"
        return f"<kg.Graph of {articles}: {len(self.entities)} entities, {len(self.statements)} statements>"

    @property
    def documents(self) -> tuple[Document, ...]:
        """The articles."""
        return self.assembly.documents

    @property
    def entities(self) -> tuple[Entity, ...]:
        """The things of which the articles speak."""
        return self.assembly.entities

    @property
    def statements(self) -> tuple[Statement, ...]:
        """The facts, each with its evidence."""
        return self.assembly.statements

    def to_ntriples(self) -> str:
        """All triples as N-Triples, sorted."""
        from kg.rdf import ntriples

        return ntriples(self.assembly, self.base).decode()

    def to_turtle(self) -> str:
        """All triples as Turtle."""
        from kg.rdf import turtle

        return turtle(self.assembly, self.base).decode()

    def to_rdflib(self) -> "rdflib.Graph":
        """All triples as an rdflib graph with the prefixes of graph.ttl."""
        import rdflib

        return rdflib.Graph().parse(data=self.to_turtle(), format="turtle")

    def to_networkx(self) -> "networkx.MultiDiGraph[str]":
        """Entities as nodes and facts as edges, see `kg.graph.to_networkx`."""
        from kg.graph import to_networkx

        return to_networkx(self.assembly)

    def to_html(self, path: str | Path | None = None) -> str:
        """The page that shows the graph, written to the path if there is one."""
        from kg.view import to_html

        page = to_html(self.assembly)
        if path is not None:
            Path(path).write_text(page, encoding="utf-8", newline="\n")
        return page

    def query(self, query: str, parameters: Mapping[str, str] | None = None, **named: str) -> list[dict[str, str]]:
        """The rows that answer SPARQL text, a query file or a named query; values by variable, unbound ones empty."""
        from kg.query import as_text, ask

        answer = ask(self._store, query, {**(parameters or {}), **named})
        return [dict(zip(answer.variables, row, strict=True)) for row in as_text(answer)]

    def show(self, name: str) -> str:
        """All that is known of each thing of that name, as text; NotFoundError if there is none."""
        from kg.explain import show
        from kg.tell import write_profile

        return "\n".join(write_profile(profile) for profile in show(self._store, name))

    def why(self, subject: str, predicate: str | None = None, thing: str | None = None) -> str:
        """The sentences that say the facts about the subject, their words marked; NotFoundError if there are none."""
        from kg.explain import why
        from kg.tell import write_facts

        return write_facts(why(self._store, subject, predicate, thing))

    @cached_property
    def _store(self) -> "Store":
        from kg.rdf import triples
        from kg.store import load as load_store

        return load_store(triples(self.assembly, self.base))


def build(
    paths: Paths,
    *,
    published: str = "",
    title: str = "",
    source: str = "",
    knowledge: Iterable[str | Path] = (),
    corrections: str | Path | None = None,
    base: str = BASE,
) -> Graph:
    """The graph of files and folders of news; what a text does not say of itself is taken from the options.

    `corrections` is a file of what persons put right; a Python warning tells of each entry that no longer applies.
    Nothing is written: for the files of `kg build` see `kg.pipeline.build`.
    """
    from kg.pipeline import build_corrected
    from kg.read import read
    from kg.read.corrections import read_corrections

    named = [paths] if isinstance(paths, str | Path) else list(paths)
    known = load(tuple(Path(folder) for folder in knowledge))
    documents = read(named, published=published, title=title, source=source, knowledge=known)
    entries = read_corrections(Path(corrections)) if corrections is not None else ()
    assembly, stale = build_corrected(documents, known, entries)
    for one in stale:
        warnings.warn(f"{one}; the correction was not applied", stacklevel=2)
    return Graph(assembly, base)


def open_graph(out: str | Path = "out") -> Graph:
    """The graph that `kg build` wrote into that folder, with texts that hold only what the graph quotes."""
    from kg.reopen import reopen

    return Graph(*reopen(Path(out, "graph.nt")))
