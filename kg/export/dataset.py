"""Blocks → a description of the data set for catalogues (VoID, DCAT): what it holds, how much, from where."""

from collections import Counter
from collections.abc import Iterator

from kg.errors import QueryError
from kg.export.blocks import Written
from kg.rdf import literal
from kg.vocabulary import compact

_DAYS = ("#date>", "#gYearMonth>", "#gYear>")
_HEAD = """@prefix dcat: <http://www.w3.org/ns/dcat#> .
"""


def describe(graph: Written, licence: str = "") -> Iterator[bytes]:
    """The description as Turtle; it depends on the graph alone, so that equal graphs have equal ones.

    The licence of what is in the articles is not known to us: without one that the user names, none is written.
    """
    if licence and not (licence.startswith(("https://", "http://")) and not set(licence) & set(' <>"{}|^`\\\n')):
        raise QueryError(f"{licence!r}: name the licence by its IRI, like https://creativecommons.org/licenses/by/4.0/")
    names = graph.names
    yield ("".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in names.items()) + _HEAD).encode()
    kinds = Counter(thing for _, predicate, thing in graph.triples() if predicate == graph.term("rdf:type"))
    links = Counter(predicate for _, predicate, _ in graph.triples())
    things = {thing for _, _, thing in graph.triples()}
    days = sorted(
        thing for article in graph.of_class("kg:Article")
        for predicate, thing in graph.blocks[article]
        if predicate == graph.term("dcterms:date") and thing.endswith(_DAYS)  # else it is mere text
    )  # fmt: skip
    lines = [
        "id:dataset a void:Dataset , dcat:Dataset",
        'dcterms:title "中文官方新闻知识图谱"@zh , "A knowledge graph of Chinese official news"@en',
        'dcterms:language "zh"',
        f"dcterms:conformsTo <{graph.base}ontology> , <{graph.base}shapes>",
        f"void:uriSpace {literal(names['id'])}",
        f"void:vocabulary <{graph.base}ontology>",
        f"void:triples {graph.count()}",
        f"void:distinctSubjects {len(graph.blocks)}",
        f"void:distinctObjects {len(things)}",
        f"void:classes {len(kinds)}",
        f"void:properties {len(links)}",
    ]
    if licence:
        lines.append(f"dcterms:license <{licence}>")
    if days:
        lines.append("dcterms:temporal id:dataset-days")
    outlets = [compact(outlet[1:-1], names) for outlet in graph.of_class("kg:Outlet")]
    if outlets:
        lines.append(f"dcterms:source {' , '.join(outlets)}")
    parts: list[str] = []
    for what, counted, key, amount in (
        ("class", kinds, "void:class", "void:entities"), ("property", links, "void:property", "void:triples"),
    ):  # fmt: skip
        for term in sorted(counted):
            name = compact(term[1:-1], names)
            ident = f"id:dataset-{what}-{name.replace(':', '-')}"
            lines.append(f"void:{what}Partition {ident}")
            parts.append(f"{ident} {key} {name} ; {amount} {counted[term]} .\n")
    yield ("\n" + " ;\n    ".join(lines) + " .\n\n").encode()
    if days:
        yield (
            f"id:dataset-days a dcterms:PeriodOfTime ; dcat:startDate {days[0]} ;"
            f" dcat:endDate {days[-1]} .\n\n"
        ).encode()
    yield "".join(parts).encode()
    for outlet in graph.of_class("kg:Outlet"):
        label = next(thing for predicate, thing in graph.blocks[outlet] if predicate == graph.term("rdfs:label"))
        yield f"{compact(outlet[1:-1], names)} a kg:Outlet ; rdfs:label {label} .\n".encode()
