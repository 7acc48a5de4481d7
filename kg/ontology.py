"""ontology.ttl → its text under any base, in any syntax of RDF, and its terms as a reader asks for them."""

import io
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path

import pyoxigraph

from kg.errors import QueryError
from kg.vocabulary import BASE, check_base, compact, namespaces

FORMATS = {
    "ttl": pyoxigraph.RdfFormat.TURTLE,
    "nt": pyoxigraph.RdfFormat.N_TRIPLES,
    "rdf": pyoxigraph.RdfFormat.RDF_XML,
    "jsonld": pyoxigraph.RdfFormat.JSON_LD,
}
KINDS = ("Class", "ObjectProperty", "DatatypeProperty", "AnnotationProperty", "Datatype")
_Said = pyoxigraph.NamedNode | pyoxigraph.Literal
_TRAITS = ("FunctionalProperty", "SymmetricProperty", "TransitiveProperty", "AsymmetricProperty", "IrreflexiveProperty")


@dataclass(frozen=True, slots=True)
class Words:
    """The same said in both languages."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Term:
    """A class, property or datatype: what it means, and how it stands to others, which are named with their prefix."""

    name: str  # kg:attended, oa:start
    iri: str
    kind: str  # one of KINDS
    label: Words
    comment: Words
    note: Words | None  # what it is for, where the graph does not write it
    examples: tuple[str, ...]
    traits: tuple[str, ...]  # FunctionalProperty …
    above: tuple[str, ...]  # classes or properties of which it is a case
    domain: tuple[str, ...]
    range: tuple[str, ...]
    inverse: str
    apart: tuple[str, ...]  # classes with which it has nothing in common
    see_also: tuple[str, ...]

    @property
    def ours(self) -> bool:
        """Whether this ontology defines it."""
        return self.name.startswith("kg:")

    @property
    def anchor(self) -> str:
        """The fragment under which pages have it: that of its own IRI, so that this leads there."""
        return self.name.removeprefix("kg:")


@dataclass(frozen=True, slots=True)
class Ontology:
    """The header and all terms that are described, in the order of the file."""

    iri: str
    version: str
    title: Words
    description: Words
    licence: str
    terms: tuple[Term, ...]


def ontology(base: str = BASE, form: str = "ttl") -> str:
    """The ontology in a syntax of RDF, its own terms under the base; Turtle is the file itself, with its comments."""
    if form not in FORMATS:
        raise QueryError(f"no ontology can be written as {form!r}; there are {', '.join(FORMATS)}")
    text = _text().replace(BASE, check_base(base))
    if form == "ttl":
        return text
    parsed = (quad.triple for quad in pyoxigraph.parse(text, FORMATS["ttl"]))
    if form == "nt":
        return "".join(sorted(f"{triple} .\n" for triple in parsed))
    out = io.BytesIO()
    pyoxigraph.serialize(parsed, out, FORMATS[form], prefixes=None if form == "jsonld" else _prefixes(base))
    return out.getvalue().decode()


def read_ontology(base: str = BASE) -> Ontology:
    """What the ontology says, term by term, for pages and for tools.

    >>> [term.label.zh for term in read_ontology().terms if term.name == "kg:attended"]
    ['出席']
    """
    return _Read(base).ontology()


@cache
def _text() -> str:
    packed = resources.files("kg").joinpath("ontology.ttl")
    return (packed if packed.is_file() else Path(__file__).parents[1] / "ontology.ttl").read_text(encoding="utf-8")


def _prefixes(base: str) -> dict[str, str]:
    """Those of the graph; what begins with one of them is written with it."""
    return {**namespaces(base), "vann": "http://purl.org/vocab/vann/"}


class _Read:
    """The triples of the ontology by subject and predicate, terms with their prefixes."""

    def __init__(self, base: str) -> None:
        self._prefixes = _prefixes(base)
        self._home = namespaces(base)["kg"].removesuffix("#")
        self._said: defaultdict[str, defaultdict[str, list[_Said]]]
        self._said = defaultdict(lambda: defaultdict(list))
        self._iris: dict[str, str] = {}
        for quad in pyoxigraph.parse(ontology(base), FORMATS["ttl"]):
            if isinstance(quad.subject, pyoxigraph.NamedNode) and isinstance(quad.object, _Said):
                subject, predicate = (compact(one.value, self._prefixes) for one in (quad.subject, quad.predicate))
                self._said[subject][predicate].append(quad.object)
                if predicate == "rdf:type":
                    self._iris.setdefault(subject, quad.subject.value)

    def ontology(self) -> Ontology:
        described = (name for name in self._iris if self._said[name]["rdfs:comment"] and name != self._home)
        return Ontology(
            self._home, self._one(self._home, "owl:versionInfo"), self._words(self._home, "dcterms:title"),
            self._words(self._home, "dcterms:description"), self._one(self._home, "dcterms:license"),
            tuple(self._term(name) for name in described),
        )  # fmt: skip

    def _term(self, name: str) -> Term:
        types = [found.partition(":")[2] for found in self._names(name, "rdf:type")]
        notes = self._said[name]["skos:scopeNote"]
        return Term(
            name=name,
            iri=self._iris[name],
            kind=next(kind for kind in types if kind in KINDS),
            label=self._words(name, "rdfs:label"),
            comment=self._words(name, "rdfs:comment"),
            note=self._words(name, "skos:scopeNote") if notes else None,
            examples=tuple(example.value for example in self._said[name]["skos:example"]),
            traits=tuple(trait for trait in _TRAITS if trait in types),
            above=self._names(name, "rdfs:subClassOf") + self._names(name, "rdfs:subPropertyOf"),
            domain=self._names(name, "schema:domainIncludes") or self._names(name, "rdfs:domain"),
            range=self._names(name, "schema:rangeIncludes") or self._names(name, "rdfs:range"),
            inverse=next(iter(self._names(name, "owl:inverseOf") or self._inverse(name)), ""),
            apart=self._apart(name),
            see_also=self._names(name, "rdfs:seeAlso"),
        )

    def _names(self, name: str, predicate: str) -> tuple[str, ...]:
        return tuple(compact(found.value, self._prefixes) for found in self._said[name][predicate])

    def _inverse(self, name: str) -> tuple[str, ...]:
        return tuple(other for other in self._iris if name in self._names(other, "owl:inverseOf"))

    def _apart(self, name: str) -> tuple[str, ...]:
        back = (other for other in self._iris if name in self._names(other, "owl:disjointWith"))
        return (*self._names(name, "owl:disjointWith"), *back)

    def _one(self, name: str, predicate: str) -> str:
        return self._said[name][predicate][0].value

    def _words(self, name: str, predicate: str) -> Words:
        by_language = {
            text.language: text.value
            for text in self._said[name][predicate]
            if isinstance(text, pyoxigraph.Literal)
        }  # fmt: skip
        return Words(by_language["zh"], by_language["en"])
