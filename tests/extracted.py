"""What comes out of a text, written as a reader would write it: marked mentions, and facts as `A relation B`."""

import re

import pytest
from _pytest.mark import ParameterSet
from facts import write

from kg.extract import extract
from kg.knowledge import Knowledge, load
from kg.model import Evidence, Facts, Statement
from kg.recognise import recognise
from kg.segment import segment

KNOWLEDGE = load()
_MARK = re.compile(r"\[([^\[\]|]+)\|[A-Z][a-z]+\]")


def plain(marked: str) -> str:
    """The text of `[上海市委书记|Office][张伟民|Person]出席`, without the notation."""
    return _MARK.sub(r"\1", marked)


def mark(text: str, published: str = "2021-05-06", knowledge: Knowledge = KNOWLEDGE) -> str:
    """The text with each mention that is recognised in it put in the notation, dates left out."""
    page = segment(write("d", text, published=published), knowledge)
    marked, at = "", 0
    for mention in recognise(page, knowledge):
        if mention.type != "Date":
            start, end = mention.span.start, mention.span.end
            marked += f"{text[at:start]}[{text[start:end]}|{mention.type}]"
            at = end
    return marked + text[at:]


def facts_of(text: str, published: str = "2021-05-06", *, title: str = "", knowledge: Knowledge = KNOWLEDGE) -> Facts:
    """All that is extracted from a text."""
    return extract(write("d", text, title=title, published=published), knowledge)


def tell(facts: Facts, statement: Statement) -> str:
    """The statement as `A relation B`, by the names of its ends."""
    names = {entity.id: entity.name for entity in facts.entities}
    subject, predicate, thing = statement.triple
    return f"{names[subject]} {predicate} {names.get(thing, thing)}"


def told(facts: Facts) -> dict[str, tuple[Evidence, ...]]:
    """The statements as `A relation B`, with their evidence."""
    return {tell(facts, statement): statement.evidence for statement in facts.statements}


def named(facts: Facts) -> set[str]:
    """The entities as `Type:name`."""
    return {f"{entity.type}:{entity.name}" for entity in facts.entities}


def known(reason: str, *case: object) -> ParameterSet:
    """A case that fails today, and why; once it passes, it must move to the cases that hold."""
    return pytest.param(*case, marks=pytest.mark.xfail(strict=True, reason=reason))
