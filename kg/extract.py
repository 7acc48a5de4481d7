"""The order of the stages for one document: its facts are a pure function of it and of the knowledge."""

from collections.abc import Sequence

from kg.knowledge import Knowledge
from kg.model import Document, Facts, Mention
from kg.recognise import may_name_event, recognise
from kg.relate import relate
from kg.resolve import resolve
from kg.segment import look_up_form, segment


def extract(document: Document, knowledge: Knowledge) -> Facts:
    """The facts of one document, in a fixed order: mentions with their meaning, entities, statements, quotations."""
    page = segment(document, knowledge)
    mentions = recognise(page, knowledge)
    resolution = resolve(page, mentions, knowledge, _headline(document, mentions, knowledge))
    statements, quotations = relate(page, mentions, resolution, knowledge)
    return Facts(document, resolution.readings, resolution.entities, statements, quotations)


def _headline(document: Document, mentions: Sequence[Mention], knowledge: Knowledge) -> Sequence[Mention]:
    """The mentions of the title, which tell what 仪式 in the text means; none where it or the text names no event."""
    if not document.title or not any(mention.type == "Event" for mention in mentions):
        return ()
    if not may_name_event(look_up_form(document.title, knowledge), knowledge):
        return ()
    headline = Document(document.id, document.name, document.title, published=document.published)
    return recognise(segment(headline, knowledge), knowledge)
