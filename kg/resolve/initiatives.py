"""Which policies and programmes the mentions mean: forms of one thing get its fullest form as the name."""

from collections import defaultdict
from collections.abc import Iterable

from kg.knowledge import Knowledge
from kg.resolve.book import Book


def read_initiatives(book: Book) -> None:
    """Read the initiatives of the page, each by the fullest form in the text."""
    mentions = book.of("Initiative")
    names = fullest_forms([mention.key for mention in mentions], book.knowledge)
    particle = book.knowledge.patterns["initiative_particle"]
    for mention in mentions:
        name = particle.sub("", names[mention.key])
        sieve = "name" if name == mention.key else "fullest-form"
        book.read(mention, book.enter("Initiative", name), sieve)


def fullest_forms(keys: Iterable[str], knowledge: Knowledge) -> dict[str, str]:
    """Form → the fullest form of the same initiative.

    Forms of one row of the table, and forms with one stem, are one initiative; so is a form that only adds a word of
    doing before another one (推动东北全面振兴).
    """
    groups: dict[str, set[str]] = defaultdict(set)
    for key in keys:
        groups[_stem(_row(key, knowledge) or key, knowledge)].add(key)
    named = {}
    for forms in groups.values():
        named.update(dict.fromkeys(forms, _name(forms, knowledge)))
    return named


def _name(forms: set[str], knowledge: Knowledge) -> str:
    """The fullest of the forms of one initiative, without what is done with it."""
    verb = knowledge.patterns["initiative_verb"]
    best = max(forms, key=lambda form: (len(verb.sub("", form)), -len(form), form))
    if len(forms) > 1 and len(verb.sub("", best)) >= 4:  # 推动|东北全面振兴, where the text names it without 推动 too
        best = verb.sub("", best)
    bare = verb.sub("", best)
    return bare if _row(bare, knowledge) else best  # 构建|人类命运共同体


def _row(form: str, knowledge: Knowledge) -> str:
    """The name in the table of an initiative with that form, or ""."""
    return next((name.name for name in knowledge.names.get(form, ()) if name.type == "Initiative"), "")


def _stem(name: str, knowledge: Knowledge) -> str:
    """The core of a name, without what forms of one thing differ in: 长三角一体化(发展), 乡村振兴(战略)."""
    bare = knowledge.patterns["initiative_verb"].sub("", name)
    return knowledge.patterns["initiative_tail"].sub("", bare) or name
