"""The order of the stages for one document: its facts are a pure function of it and of the knowledge."""

from kg.knowledge import Knowledge
from kg.model import Document, Facts
from kg.recognise import recognise
from kg.relate import relate
from kg.resolve import resolve
from kg.segment import segment


def extract(document: Document, knowledge: Knowledge) -> Facts:
    """The facts of one document, in a fixed order: mentions with their meaning, entities, statements, quotations."""
    page = segment(document, knowledge)
    mentions = recognise(page, knowledge)
    headline = segment(Document(document.id, document.name, document.title, published=document.published), knowledge)
    resolution = resolve(page, mentions, knowledge, recognise(headline, knowledge) if document.title else ())
    statements, quotations = relate(page, mentions, resolution, knowledge)
    return Facts(document, resolution.readings, resolution.entities, statements, quotations)
