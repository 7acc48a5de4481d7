"""Blocks → the syntaxes of RDF, a block at a time: lines, Turtle, TriG, RDF/XML, JSON-LD, and RDF 1.2 with reifiers."""

import io
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator

import pyoxigraph

from kg.errors import StoreError
from kg.export.blocks import Triple, Written, parsed, read_literal
from kg.ontology import read_ontology
from kg.vocabulary import LOCAL, compact
from kg.wellformed import WellFormed

_FACT = ("rdf:subject", "rdf:predicate", "rdf:object")
_PREFIXED = ("oa", "void")  # of these the local names are too plain to stand alone


def ntriples(graph: Written) -> Iterator[bytes]:
    """Sorted lines."""
    for subject, pairs in graph.blocks.items():
        yield "".join(f"{subject} {predicate} {thing} .\n" for predicate, thing in pairs).encode()


def nquads(graph: Written) -> Iterator[bytes]:
    """Sorted lines; what an article says stands in the graph named by it, the rest in the default graph."""
    places = _Places(graph)
    for triple in graph.triples():
        line = " ".join(triple)
        for name in places.of(triple):
            yield f"{line} {name} .\n".encode() if name else f"{line} .\n".encode()


def trig(graph: Written) -> Iterator[bytes]:
    """The same as nquads, to be read."""
    places = _Places(graph)
    by_name: defaultdict[str, list[str]] = defaultdict(list)
    for triple in graph.triples():
        for name in places.of(triple):
            by_name[name].append(" ".join((*triple, *filter(None, (name,)), ".\n")))
    lines = "".join("".join(by_name[name]) for name in sorted(by_name))
    yield _serialize(graph, lines.encode(), pyoxigraph.RdfFormat.TRIG)


def turtle(graph: Written) -> Iterator[bytes]:
    """A block a subject, sorted."""
    prefixes = _prefixes(graph)
    yield "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in prefixes.items()).encode()
    spell = _Spell(graph)
    for subject, pairs in graph.blocks.items():
        yield _block(spell(subject), [(spell(predicate), spell(thing)) for predicate, thing in pairs])


def turtle12(graph: Written) -> Iterator[bytes]:
    """Turtle of RDF 1.2: the nodes of facts are reifiers of their triples (`~ id:fact-…`), not rdf:Statements."""
    yield b'VERSION "1.2"\n'
    yield "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in _prefixes(graph).items()).encode()
    spell = _Spell(graph)
    facts = _facts(graph)

    def annotated(subject: str, predicate: str, thing: str) -> str:
        return spell(thing) + "".join(f" ~ {spell(one)}" for one in facts.get((subject, predicate, thing), ()))

    parts = {graph.term(name) for name in _FACT}
    typed = (graph.term("rdf:type"), graph.term("rdf:Statement"))
    named = {fact: triple for triple, several in facts.items() for fact in several}
    for subject, pairs in graph.blocks.items():
        left = [pair for pair in pairs if subject not in named or (pair != typed and pair[0] not in parts)]
        yield _block(
            spell(subject), [(spell(predicate), annotated(subject, predicate, thing)) for predicate, thing in left]
        )


def rdfxml(graph: Written) -> Iterator[bytes]:
    """RDF/XML; the few characters that XML cannot hold become U+FFFD."""
    out = io.BytesIO()
    WellFormed(out).write(_serialize(graph, b"".join(ntriples(graph)), pyoxigraph.RdfFormat.RDF_XML))
    yield out.getvalue()


def jsonld(graph: Written) -> Iterator[bytes]:
    """JSON-LD with short names: an object a node, a line each; the context is at its head, and nothing is fetched."""
    context = _Context(graph)
    yield b'{\n"@context": ' + _json(context.terms).encode() + b',\n"@graph": ['
    for number, (subject, pairs) in enumerate(graph.blocks.items()):
        yield (",\n" if number else "\n").encode() + _json(context.node(subject, pairs)).encode()
    yield b"\n]\n}\n"


class _Context:
    """The short names of terms and what their values are, and nodes written by them."""

    def __init__(self, graph: Written) -> None:
        self._graph = graph
        self._names = graph.names
        self._keys: dict[str, str] = {graph.term("rdf:type")[1:-1]: "@type"}
        used = _prefixes(graph)
        self.terms: dict[str, object] = {"@version": 1.1, **used, "type": "@type"}
        self._types: dict[str, str] = {}
        links = {predicate for _, predicate, thing in graph.triples() if thing.startswith("<")}
        described = {term.name: term for term in read_ontology(graph.base).terms}
        for predicate in sorted({predicate for _, predicate, _ in graph.triples()} - {graph.term("rdf:type")}):
            name = compact(predicate[1:-1], self._names)
            prefix, _, local = name.partition(":")
            key = name if prefix in _PREFIXED or local in self.terms or not LOCAL.fullmatch(local) else local
            self._keys[predicate[1:-1]] = key
            definition = {"@id": name}
            term = described.get(name)
            if predicate in links:
                definition["@type"] = "@id"
            elif name in ("rdfs:label", "skos:altLabel", "dcterms:title", "oa:exact") or (
                term and "rdf:PlainLiteral" in term.range
            ):
                definition["@language"] = "zh"
            elif term and term.range and term.range[0].startswith("xsd:") and term.range[0] != "xsd:string":
                definition["@type"] = term.range[0]
            self.terms[key] = definition
        for kind in sorted({thing for _, predicate, thing in graph.triples() if predicate == graph.term("rdf:type")}):
            name = compact(kind[1:-1], self._names)
            local = name.partition(":")[2]
            self._types[kind] = local
            self.terms[local] = name

    def node(self, subject: str, pairs: Iterable[tuple[str, str]]) -> dict[str, object]:
        """The object of a subject: single values bare, several as a list."""
        values: defaultdict[str, list[object]] = defaultdict(list)
        for predicate, thing in pairs:
            key = self._keys[predicate[1:-1]]
            values[key].append(self._types[thing] if key == "@type" else self._value(key, thing))
        short = {key.removeprefix("@"): found[0] if len(found) == 1 else found for key, found in values.items()}
        return {"@id": compact(subject[1:-1], self._names), **short}

    def _value(self, key: str, thing: str) -> object:
        definition = self.terms[key]
        assert isinstance(definition, dict)
        if thing.startswith("<"):
            return compact(thing[1:-1], self._names)
        literal = read_literal(thing)
        if literal.language:
            plain = definition.get("@language") == literal.language
            return literal.value if plain else {"@value": literal.value, "@language": literal.language}
        datatype = compact(literal.datatype, self._names) if literal.datatype else ""
        if datatype and datatype == definition.get("@type"):
            return literal.value
        if datatype:
            return {"@value": literal.value, "@type": datatype}
        # A string where links, tagged texts or typed values are the rule.
        return {"@value": literal.value} if "@type" in definition or "@language" in definition else literal.value


class _Places:
    """In which articles each triple is said."""

    def __init__(self, graph: Written) -> None:
        self._graph = graph
        self._home = self._homes()
        self._facts = {triple: fact for triple, several in _facts(graph).items() for fact in several}
        self._evidence, self._premise = graph.term("kg:evidence"), graph.term("kg:premise")
        self._said: dict[str, frozenset[str]] = {}

    def _homes(self) -> dict[str, str]:
        """The article of each node that lies in one: sentences, quotations, matches, stages, and articles."""
        graph = self._graph
        article, sentence = graph.term("kg:inArticle"), graph.term("kg:inSentence")
        homes = {one: one for one in graph.of_class("kg:Article")}
        homes |= {one: thing for one, predicate, thing in graph.triples() if predicate == article}
        guises = set(graph.of_class("kg:Guise"))  # what several articles show
        homes |= {
            one: homes[thing] for one, predicate, thing in graph.triples()
            if predicate == sentence and thing in homes and one not in guises
        }  # fmt: skip
        return homes

    def of(self, triple: Triple) -> list[str]:
        """The names of the graphs; the empty one is the default graph."""
        if triple[0] in self._home:
            return [self._home[triple[0]]]
        fact = self._facts.get(triple)
        return sorted(self._saying(fact, ())) or [""] if fact else [""]

    def _saying(self, fact: str, above: tuple[str, ...]) -> frozenset[str]:
        """The articles that say a fact, or all from which it follows; a derivation of itself says nothing."""
        if fact in self._said or fact in above:
            return self._said.get(fact, frozenset())
        found: set[str] = set()
        for predicate, reason in self._graph.blocks[fact]:
            if predicate == self._evidence:
                if reason in self._home:
                    found.add(self._home[reason])
                premises = [one for link, one in self._graph.blocks.get(reason, ()) if link == self._premise]
                if premises:
                    found |= frozenset.intersection(*(self._saying(one, (*above, fact)) for one in premises))
        self._said[fact] = frozenset(found)
        return self._said[fact]


def _facts(graph: Written) -> dict[Triple, list[str]]:
    """The nodes of each fact by its triple, where the graph has that triple."""
    parts = [graph.term(name) for name in _FACT]
    found: defaultdict[Triple, list[str]] = defaultdict(list)
    for fact in graph.of_class("rdf:Statement"):
        said = dict(graph.blocks[fact])
        subject, predicate, thing = (said[part] for part in parts)
        if (predicate, thing) in graph.blocks.get(subject, ()):
            found[subject, predicate, thing].append(fact)
    return found


class _Spell:
    """Terms with prefixes, each worked out once."""

    def __init__(self, graph: Written) -> None:
        self._names = graph.names
        self._known: dict[str, str] = {}

    def __call__(self, term: str) -> str:
        known = self._known.get(term)
        if known is None:
            known = self._spell(term)
            self._known[term] = known
        return known

    def _spell(self, term: str) -> str:
        if term.startswith("<"):
            short = compact(term[1:-1], self._names)
            return term if short == term[1:-1] else short
        head, mark, datatype = term.rpartition('"^^<')
        if not mark or not term.endswith(">"):
            return term
        short = compact(datatype[:-1], self._names)
        return term if short == datatype[:-1] else f'{head}"^^{short}'


def _block(subject: str, pairs: list[tuple[str, str]]) -> bytes:
    by_predicate: defaultdict[str, list[str]] = defaultdict(list)
    for predicate, thing in pairs:
        by_predicate["a" if predicate == "rdf:type" else predicate].append(thing)
    parts = " ;\n    ".join(f"{predicate} {', '.join(things)}" for predicate, things in by_predicate.items())
    return f"\n{subject} {parts} .\n".encode() if parts else b""


def _prefixes(graph: Written) -> dict[str, str]:
    """The namespaces that the graph uses."""
    used = {graph.term("rdf:type")[1:-1]}
    for subject, predicate, thing in graph.triples():
        last = thing[1:-1] if thing.startswith("<") else thing.rpartition('"^^<')[2]
        used.update((subject[1:-1], predicate[1:-1], last))
    return {prefix: iri for prefix, iri in graph.names.items() if any(one.startswith(iri) for one in used)}


def _serialize(graph: Written, lines: bytes, form: pyoxigraph.RdfFormat) -> bytes:
    out = io.BytesIO()
    try:
        pyoxigraph.serialize(parsed(lines), out, form, prefixes=_prefixes(graph))
    except (SyntaxError, ValueError) as error:
        raise StoreError(f"the graph cannot be written as {form.name}: {error}") from error
    return out.getvalue()


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
