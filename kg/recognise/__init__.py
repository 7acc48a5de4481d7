"""Page → Mentions: what stands where. One module a type of thing; here are their order and what wins an overlap."""

from collections.abc import Iterable
from operator import itemgetter

from kg.knowledge import Knowledge
from kg.model import Mention, Page
from kg.recognise.aliases import declared_names
from kg.recognise.dates import dates
from kg.recognise.edges import Edges, heads_by_category
from kg.recognise.events import events, may_name_event
from kg.recognise.gazetteer import gazetteer
from kg.recognise.initiatives import headed_initiatives, region_works
from kg.recognise.offices import offices
from kg.recognise.organizations import organizations
from kg.recognise.people import people
from kg.recognise.places import places
from kg.recognise.rosters import spaced_roles
from kg.recognise.settlements import divisions_abroad, old_prefectures, stations, villages
from kg.recognise.slogans import carried_initiatives, known_in_marks, quoted_initiatives
from kg.recognise.titles import named_documents, title_marks, titles_of_no_document, told_titles
from kg.recognise.units import army_units, companies_of_works, units

__all__ = ["may_name_event", "recognise", "select"]

# Which rule wins where two mentions overlap and neither is longer: the one with the lowest rank.
_RANK = {
    "session": 1, "party-session": 1, "body-gathers": 1, "name-after-post": 1, "name-appointed": 1,
    "name-of-biography": 1,
    "event-head": 2,
    "office": 3,
    "named-document": 4, "known-in-marks": 4, "quoted-head": 4,
    "initiative-head": 5,
    "declared-short": 5,
    "quoted-slogan": 6,
    "event-bare": 9,
}
_RANK_OF_NAMES = 6  # of persons: 程渭山 is no mountain where somebody is called so
_OTHER_RANK = 7


def recognise(page: Page, knowledge: Knowledge) -> tuple[Mention, ...]:
    """The mentions of a page in reading order; none overlaps another, the names inside a name are parts of it."""
    heads = heads_by_category(page, knowledge)
    roles = sorted((*heads.get("Role", []), *spaced_roles(page, knowledge)), key=itemgetter(0))
    edges = Edges(page, knowledge, roles)
    found_dates = list(dates(edges))
    settled = [*villages(edges), *old_prefectures(edges)]
    edges.hide(settled)
    known = list(gazetteer(edges))
    sure = frozenset(mention.span.start for mention in known)
    bodies = [
        *settled, *divisions_abroad(edges), *stations(edges, sure),
        *places(edges, heads.get("Place", []), sure),
        *organizations(edges, heads.get("Organization", []), sure),
    ]
    bodies += [*army_units(edges), *companies_of_works(edges)]
    bodies += units(edges, [m for m in (*known, *bodies) if m.type == "Organization"])
    other_titles = titles_of_no_document(edges)
    titles = list(title_marks(edges, other_titles))
    bodies += declared_names(edges, [*known, *bodies, *titles])
    posts = list(offices(edges, roles, bodies, sure))
    persons = list(people(edges, posts))
    edges.name_ends = frozenset(person.span.end for person in persons if person.rule == "name-after-post")
    slogans = list(quoted_initiatives(edges))
    found = [
        *found_dates, *known, *bodies, *posts, *persons,
        *titles, *told_titles(edges), *named_documents(edges, heads.get("Document", [])),
        *events(edges, heads.get("Event", []), found_dates),
        *slogans, *carried_initiatives(edges, slogans), *known_in_marks(edges),
        *headed_initiatives(edges, heads.get("Initiative", [])), *region_works(edges),
    ]  # fmt: skip
    silent = [(sentence.start, sentence.end) for sentence in page.sentences if sentence.dateline]
    silent += other_titles
    if silent:
        unread = {at for start, end in silent for at in range(start, end)}
        found = [mention for mention in found if mention.span.start not in unread]
    return select(found)


def select(mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    """The mentions that stand, in reading order; none overlaps another: the longest wins, then the lowest rank."""
    taken: set[int] = set()
    kept = []
    for mention in sorted(mentions, key=_precedence):
        inside = range(mention.span.start, mention.span.end)
        if taken.isdisjoint(inside):
            taken.update(inside)
            kept.append(mention)
    return tuple(sorted(kept, key=lambda mention: mention.span.start))


def _precedence(mention: Mention) -> tuple[bool, int, int, int, str]:
    """Least for the mention that wins: what stands in 《》 is swallowed by nothing, else the longest goes first."""
    span, rule = mention.span, mention.rule
    rank = _RANK.get(rule, _RANK_OF_NAMES if mention.type == "Person" else _OTHER_RANK)
    return rule not in {"title-marks", "told-title"}, span.start - span.end, rank, span.start, rule
