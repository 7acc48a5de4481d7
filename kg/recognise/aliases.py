"""Short names that the text declares, and where they stand: 中科远磁新材料股份有限公司（以下简称“远磁股份”）."""

from collections.abc import Iterator, Sequence

from kg.model import Mention
from kg.recognise.edges import Edges, occurrences

_SHORTEST = 3  # 诺维尔 for 诺维尔生物: what is left of the Chinese name of a company in Latin letters


def declared_names(edges: Edges, named: Sequence[Mention]) -> Iterator[Mention]:
    """Every place where a declared short name of a body, place or document stands; the key is the full name."""
    look = edges.look
    named_to = {mention.span.end: mention for mention in named if mention.type in {"Organization", "Place"}}
    for match in edges.find("declared_short"):
        full = named_to.get(match.start())
        if full is not None:
            for at in occurrences(look, match["short"]):
                yield edges.mention(at, at + len(match["short"]), full.type, "declared-short", full.key)
    yield from _declared_titles(edges, named)
    for match in edges.patterns["latin_and_short"].finditer(look):
        key = match["name"].replace(" ", "")
        for form in sorted({match["name"], match["short"], match["short"][:_SHORTEST]}):
            for at in occurrences(look, form):
                yield edges.mention(at, at + len(form), "Organization", "declared-short", key)


def _declared_titles(edges: Edges, named: Sequence[Mention]) -> Iterator[Mention]:
    """Where the short name of a document stands in quotation marks: 《…实施方案》（以下简称“职教20条”）."""
    titled_to = {mention.span.end: mention for mention in named if mention.type == "Document"}
    for match in edges.find("declared_short") if titled_to else ():
        full = titled_to.get(match.start())
        if full is None or match["short"] in edges.knowledge.names:
            continue
        for at in occurrences(edges.look, f"“{match['short']}”"):
            yield edges.mention(at, at + len(match["short"]) + 2, "Document", "declared-short", full.key)
