"""Mentions → Readings and Entities: what each mention means, within its document."""

from collections.abc import Callable, Sequence

from kg.knowledge import Knowledge
from kg.model import Mention, Page, Resolution
from kg.resolve.book import Book
from kg.resolve.documents import read_documents
from kg.resolve.events import read_events
from kg.resolve.initiatives import read_initiatives
from kg.resolve.locations import link_locations
from kg.resolve.offices import read_offices
from kg.resolve.organizations import read_organizations
from kg.resolve.people import read_people
from kg.resolve.places import read_places

# In this order: 省委 is of the province that the posts before it name, and what lies in what needs all places.
STEPS: tuple[Callable[[Book], None], ...] = (
    read_places,
    read_offices,
    read_organizations,
    read_people,
    read_documents,
    read_initiatives,
    read_events,
    link_locations,
)


def resolve(
    page: Page, mentions: Sequence[Mention], knowledge: Knowledge, headline: Sequence[Mention] = ()
) -> Resolution:
    """The meaning of each mention of a page; a mention that nothing decides has no reading.

    `headline` are the mentions of the title where that is no part of the text: they tell what 仪式 in the text means.
    """
    book = Book(page, mentions, headline, knowledge)
    for step in STEPS:
        step(book)
    return book.close()
