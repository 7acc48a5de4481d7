"""Which format an answer gets: what a client accepts against what its kind of answer can be written in."""

from collections.abc import Sequence

SELECT = (
    "application/sparql-results+json",
    "application/sparql-results+xml",
    "text/csv",
    "text/tab-separated-values",
)
TRIPLES = ("text/turtle", "application/n-triples", "application/ld+json", "application/rdf+xml")
HTML = "text/html"
SUFFIXES = {"ttl": "text/turtle", "nt": "application/n-triples", "jsonld": "application/ld+json",
            "rdf": "application/rdf+xml"}  # fmt: skip
# What clients ask for when they mean one of ours.
_ALSO = {
    "application/json": "application/sparql-results+json",
    "application/xml": "application/sparql-results+xml",
    "text/xml": "application/sparql-results+xml",
    "application/x-turtle": "text/turtle",
    "text/n3": "text/turtle",
    "text/plain": "application/n-triples",
}
_ALSO_TRIPLES = _ALSO | {
    "application/json": "application/ld+json",
    "application/xml": "application/rdf+xml",
    "text/xml": "application/rdf+xml",
}


def choose(accept: str, offered: Sequence[str]) -> str | None:
    """The offered media type that the Accept header likes best, the first of equals; None if it takes none of them.

    >>> choose("text/csv;q=0.5, */*;q=0.1", SELECT)
    'text/csv'
    >>> choose("", TRIPLES)
    'text/turtle'
    """
    ranges = _ranges(accept, _ALSO_TRIPLES if "text/turtle" in offered else _ALSO) if accept.strip() else [("*/*", 1.0)]
    liked = [(_quality(media, ranges), -place, media) for place, media in enumerate(offered)]
    quality, _, media = max(liked, default=(0.0, 0, ""))
    return media if quality > 0 else None


def _ranges(accept: str, also: dict[str, str]) -> list[tuple[str, float]]:
    """The media ranges of the header with their quality; what cannot be read counts as not there."""
    found = []
    for part in accept.split(","):
        media, *parameters = (one.strip().lower() for one in part.split(";"))
        quality = 1.0
        for parameter in parameters:
            name, _, value = parameter.partition("=")
            if name.strip() == "q":
                quality = _number(value.strip())
        if "/" in media:
            found.append((media, quality))
            if media in also:
                found.append((also[media], quality * 0.999))  # after its own name
    return found


def _number(text: str) -> float:
    digits = text.replace(".", "", 1)
    return min(float(text), 1.0) if digits.isascii() and digits.isdecimal() else 0.0


def _quality(media: str, ranges: Sequence[tuple[str, float]]) -> float:
    """What the most exact of the ranges that hold the media type says of it."""
    for wanted in (media, f"{media.partition('/')[0]}/*", "*/*"):
        said = [quality for one, quality in ranges if one == wanted]
        if said:
            return max(said)
    return 0.0
