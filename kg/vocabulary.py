"""The names of the graph: namespaces, the classes below each type, and the minting of IRIs."""

import re
from collections.abc import Mapping

from kg.errors import BuildError

BASE = "https://w3id.org/kg-news/"

WELL_KNOWN: Mapping[str, str] = {
    "dcterms": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "oa": "http://www.w3.org/ns/oa#",
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "void": "http://rdfs.org/ns/void#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}

# The classes of the ontology that an entity's kind may name, by its type; a kind that is not there is no class.
KINDS: Mapping[str, frozenset[str]] = {
    "Organization": frozenset((
        "Army", "Company", "Congress", "Consultative", "Court", "Government", "International", "MassOrganization",
        "Media", "PartyOrgan", "Procuratorate", "Supervision", "University",
    )),
    "Place": frozenset((
        "Country", "County", "Infrastructure", "NaturalFeature", "Prefecture", "Region", "Township", "Venue",
        "Village", "Zone",
    )),
    "Event": frozenset((
        "Ceremony", "Exhibition", "Forum", "Meeting", "MeetingOfCongress", "PressConference", "Sports",
    )),
}  # fmt: skip

# Who chairs a meeting or speaks at it attends it: the rule by which that follows, by predicate.
ATTENDANCE: Mapping[str, str] = {"chaired": "chair-attends", "spokeAt": "speaker-attends"}

LOCAL = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9_-])?")
_BASE = re.compile(r"(?:https?://[A-Za-z0-9._~%!$&'()*+,;=:@/-]+|urn:[A-Za-z0-9][A-Za-z0-9-]*:[A-Za-z0-9._~%:/-]+)[/:]")


def check_base(base: str) -> str:
    """The base IRI, with a slash put at its end if it lacks one; a BuildError for what can be no base."""
    whole = base if base.endswith(("/", ":")) else base + "/"
    if not _BASE.fullmatch(whole):
        raise BuildError(f"{base!r} cannot be the base of IRIs; write an absolute one like {BASE}")
    return whole


def namespaces(base: str = BASE) -> dict[str, str]:
    """The namespace IRIs by prefix, sorted: kg: for terms and id: for individuals under the base, then the well-known.

    >>> namespaces()["kg"], namespaces("https://example.org/news")["id"]
    ('https://w3id.org/kg-news/ontology#', 'https://example.org/news/id/')
    """
    base = check_base(base)
    return dict(sorted({**WELL_KNOWN, "kg": base + "ontology#", "id": base + "id/"}.items()))


def check_local(ident: str) -> str:
    """The id itself if it can stand in an IRI and in a prefixed name; ValueError for any other.

    >>> check_local("place-330500")
    'place-330500'
    """
    if not LOCAL.fullmatch(ident):
        raise ValueError(f"{ident!r} cannot be part of an IRI: only ASCII letters, digits, . _ and - can")
    return ident


def mint(ident: str, base: str = BASE) -> str:
    """The IRI of the individual with that id."""
    return namespaces(base)["id"] + check_local(ident)


def compact(iri: str, prefixes: Mapping[str, str]) -> str:
    """The IRI as a prefixed name where one of the namespaces holds it, else the IRI itself.

    >>> compact("https://w3id.org/kg-news/id/place-330500", namespaces())
    'id:place-330500'
    """
    for prefix, namespace in prefixes.items():
        if iri.startswith(namespace) and LOCAL.fullmatch(iri, len(namespace)):
            return f"{prefix}:{iri[len(namespace):]}"
    return iri
