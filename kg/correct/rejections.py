"""What an entry comes to, and the record that is left of facts that it takes away."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from kg.correct.graph import Graph
from kg.correct.past import Past
from kg.corrections import Entry, Triple
from kg.model import Rejection, Span, Statement
from kg.project import label


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an entry did: the things that it is about, what it took away, and what of it did not apply."""

    about: tuple[str, ...]
    rejected: tuple[Rejection, ...] = ()
    notes: tuple[str, ...] = ()
    done: bool = True  # false where nothing of it applied


def drop(
    graph: Graph, documents: Iterable[str], wrong: Callable[[Statement], bool], entry: Entry, past: Past
) -> tuple[Rejection, ...]:
    """Take the statements that are wrong out of these documents; what is left of them, sorted.

    A CorrectionError if another entry asserts one of them.
    """
    spans: dict[Triple, set[Span]] = {}
    for document in documents:
        facts = graph.facts[document]
        found = [one for one in facts.statements if wrong(one)]
        for one in found:
            spans.setdefault(one.triple, set()).update(span for it in one.evidence for span in it.spans)
        if found:
            graph.put(replace(facts, statements=tuple(one for one in facts.statements if not wrong(one))))
    past.need(entry, [*spans, *(triple for triple, one in graph.statements.items() if wrong(one))])
    return tuple(sorted(rejection(graph, triple, told) for triple, told in spans.items()))


def rejection(graph: Graph, triple: Triple, spans: Iterable[Span]) -> Rejection:
    """The record of a fact that was taken away."""
    subject, predicate, thing = triple
    told = f"{graph.label(subject)} {label(predicate)} {graph.label(thing)}"
    return Rejection(told, triple, "", tuple(sorted(set(spans))))
