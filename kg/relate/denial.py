"""What a text denies, corrects or only reports as a rumour, and what it announces: nothing false is asserted."""

from kg.knowledge import Knowledge
from kg.model import Modality, Page


def denied_spans(page: Page, knowledge: Knowledge) -> tuple[tuple[int, int], ...]:
    """The stretches of a page that the text itself calls wrong or a rumour, sorted."""
    patterns = (knowledge.patterns["rumoured"], knowledge.patterns["called_wrong"])
    return tuple(sorted(match.span() for pattern in patterns for match in pattern.finditer(page.look)))


def is_negated(text: str, knowledge: Knowledge) -> bool:
    """Whether a stretch of text denies what it speaks of.

    >>> from kg.knowledge import load
    >>> is_negated("因公出差，未出席会议", load()), is_negated("面向未来", load())
    (True, False)
    """
    return bool(knowledge.patterns["negated"].search(text))


def modality(text: str, knowledge: Knowledge) -> Modality:
    """Whether a stretch of text reports or announces.

    >>> from kg.knowledge import load
    >>> modality("7月12日将在巴楚县召开", load()), modality("12日在巴楚县召开", load())
    ('planned', 'asserted')
    """
    return "planned" if knowledge.patterns["planned"].search(text) else "asserted"
