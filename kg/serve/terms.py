"""The vocabulary of the graph as pages need it: every term with its names and what it means."""

from collections import defaultdict
from dataclasses import asdict, dataclass

import pyoxigraph

from kg.ontology import ontology
from kg.vocabulary import WELL_KNOWN, compact, namespaces

_KINDS = {"Class": "class", "ObjectProperty": "property", "DatatypeProperty": "property",
          "AnnotationProperty": "property", "Datatype": "datatype"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class TermOf:
    """A class, property or datatype; its name with a prefix, and its labels and comments in both languages."""

    name: str
    kind: str
    zh: str
    en: str
    comment_zh: str
    comment_en: str


def terms(base: str) -> dict[str, TermOf]:
    """The terms of the ontology under that base, by prefixed name, sorted.

    >>> terms("https://example.org/")["kg:attended"].zh
    '出席'
    """
    prefixes = namespaces(base)
    said: defaultdict[str, dict[str, str]] = defaultdict(lambda: defaultdict(str))
    for quad in pyoxigraph.parse(ontology(base), pyoxigraph.RdfFormat.TURTLE):
        if not isinstance(quad.subject, pyoxigraph.NamedNode):
            continue
        local = quad.predicate.value.removeprefix(WELL_KNOWN["rdfs"]).removeprefix(WELL_KNOWN["rdf"])
        about = said[compact(quad.subject.value, prefixes)]
        if isinstance(quad.object, pyoxigraph.Literal):
            about[f"{local} {quad.object.language}"] = quad.object.value
        elif local == "type" and isinstance(quad.object, pyoxigraph.NamedNode):
            kind = _KINDS.get(quad.object.value.rpartition("#")[2])
            about["kind"] = kind or about["kind"]
    return {
        name: TermOf(name, one["kind"], one["label zh"], one["label en"], one["comment zh"], one["comment en"])
        for name, one in sorted(said.items())
        if one["kind"]
    }


def vocabulary(base: str) -> dict[str, object]:
    """The terms and the prefixes, as the query page takes them."""
    return {"prefixes": namespaces(base), "terms": [asdict(one) for one in terms(base).values()]}
