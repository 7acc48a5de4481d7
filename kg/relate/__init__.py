"""Readings → Statements and Quotations: readers go over the folded sentences, each for what it knows to look for."""

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import Protocol

from kg.cues import Cues
from kg.knowledge import Knowledge
from kg.model import Mention, Page, Quotation, Reading, Resolution, Sentence, Statement
from kg.relate.absentees import Absentees
from kg.relate.adoption import Adoption
from kg.relate.career import Career
from kg.relate.denial import denied_spans
from kg.relate.discourse import Discourse
from kg.relate.encounters import Encounters
from kg.relate.fold import Fold, fold
from kg.relate.ledger import Ledger
from kg.relate.occasion import Occasion
from kg.relate.participation import Participation
from kg.relate.pronouns import Pronouns
from kg.relate.rosters import Rosters
from kg.relate.rules import Rules, patterns_of_rules
from kg.relate.signing import Signing
from kg.relate.visits import Visits


class Reader(Protocol):
    """Adds what it finds to the ledger of one document; is fed the folded sentences in order."""

    def read(self, folded: Fold) -> None:
        """Add what one sentence says."""


# In this order over each sentence. Careers and rosters come before the rules, which fold 上海市委书记李强 into one
# Person; all others come after them: for them 上海市委书记李强，…；…出席会议 is a list of persons and a verb.
READERS: tuple[Callable[[Ledger, Knowledge], Reader], ...] = (
    Career,
    Rosters,
    Rules,
    Absentees,
    Occasion,
    Participation,
    Adoption,
    Signing,
    Visits,
    Encounters,
)
# What the readers look for in every sentence.
_SOUGHT = (
    "acts_and_says", "adopting", "career_verb", "company", "deals_with", "delegation_leaders", "elects",
    "everyone_says", "gathers", "he_says", "held_for", "invitation", "last_day", "leading_stop", "led_delegation",
    "letter_says", "life_opens", "lists_holders", "meets_with", "named_says", "off_stage", "on_stage", "pair_of_hosts",
    "principal", "receives", "report_of", "row_of_parties", "sends_letter", "signing", "state_visit", "stays",
    "takes_part", "transcript_line", "visits",
)  # fmt: skip


@cache
def _cues(knowledge: Knowledge) -> Cues:
    return Cues({name: knowledge.patterns[name] for name in _SOUGHT} | patterns_of_rules(knowledge))


def relate(
    page: Page, mentions: Sequence[Mention], resolution: Resolution, knowledge: Knowledge
) -> tuple[tuple[Statement, ...], tuple[Quotation, ...]]:
    """The statements of a page, sorted, each triple once with all its evidence; its quotations as they stand."""
    ledger = Ledger(page, resolution, knowledge, denied_spans(page, knowledge))
    for link in resolution.links:
        ledger.note(link.subject, link.predicate, link.object, link.rule, (link.span.start, link.span.end))
    folds = _folded(page, _outermost(resolution.readings, mentions), knowledge)
    readers = [reader(ledger, knowledge) for reader in READERS]
    for folded, readings in folds:
        ledger.enter(folded.sentence, readings)
        for reader in readers:
            reader.read(folded)
    ledger.settle()
    discourse = Discourse(ledger, knowledge)
    for folded, _ in folds:
        discourse.read(folded)
    return ledger.statements(), tuple(discourse.quotations)


def _folded(page: Page, readings: Sequence[Reading], knowledge: Knowledge) -> list[tuple[Fold, list[Reading]]]:
    """Each sentence folded, with the readings that lie in it."""
    pronouns, cues = Pronouns(page, knowledge), _cues(knowledge)
    folds = [
        (fold(page, sentence, pronouns.read(sentence, inside), cues), inside)
        for sentence, inside in _by_sentence(page, readings)
    ]
    for (folded, _), cued in zip(folds, cues.of_each([folded.text for folded, _ in folds]), strict=True):
        folded.cued = cued
    return folds


def _outermost(readings: Sequence[Reading], mentions: Sequence[Mention]) -> list[Reading]:
    """The readings of whole mentions in reading order, dates among them; parts of names are left out."""
    whole = [r for r in readings if r.mention.rule not in {"part-of-name", "area-of-post", "body-of-post"}]
    dates = [Reading(m, m.key, "calendar") for m in mentions if m.type == "Date"]
    return sorted((*whole, *dates), key=lambda r: r.mention.span.start)


def _by_sentence(page: Page, readings: Sequence[Reading]) -> Iterator[tuple[Sentence, list[Reading]]]:
    """Each sentence with the readings that lie in it."""
    at = 0
    for sentence in page.sentences:
        inside = []
        while at < len(readings) and readings[at].mention.span.start < sentence.end:
            span = readings[at].mention.span
            if sentence.start <= span.start and span.end <= sentence.end:
                inside.append(readings[at])
            at += 1
        yield sentence, inside
