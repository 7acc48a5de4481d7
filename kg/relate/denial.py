"""What a text denies, corrects or only reports as a rumour, and what it announces: nothing false is asserted."""

import re
from functools import cache

from kg.knowledge import Knowledge
from kg.model import Modality, Page
from kg.relate.notation import one_of

_NEGATED = re.compile(
    r"未(?!来)|并未|没有|并非|不再是|不是|从未|尚未|拒绝|取消|因故(?:不|未)|无法|不曾|代为|委托"
)
_PLANNED = re.compile(
    r"将(?!军|来|领|士|改革|党|信)|拟(?!定|订)|即将|定于|计划于|预计|商定|确定，|届时|下一届|明年"
)


@cache
def _patterns(knowledge: Knowledge) -> tuple[re.Pattern[str], ...]:
    """A rumour up to the end of its sentence; a quotation that the words after it call wrong."""
    rumours, wrong = one_of(knowledge.words["rumour"]), one_of(knowledge.words["correction"])
    return (
        re.compile(rf"(?:{rumours})[^。！？\n]*"),
        re.compile(rf"“[^“”\n]*”(?=[^“”。；\n]{{0,14}}(?:{wrong}))"),
    )


def denied_spans(page: Page, knowledge: Knowledge) -> tuple[tuple[int, int], ...]:
    """The stretches of a page that the text itself calls wrong or a rumour, sorted."""
    return tuple(sorted(match.span() for pattern in _patterns(knowledge) for match in pattern.finditer(page.look)))


def is_negated(text: str) -> bool:
    """Whether a stretch of text denies what it speaks of.

    >>> is_negated("因公出差，未出席会议"), is_negated("面向未来")
    (True, False)
    """
    return bool(_NEGATED.search(text))


def modality(text: str) -> Modality:
    """Whether a stretch of text reports or announces.

    >>> modality("7月12日将在巴楚县召开"), modality("12日在巴楚县召开")
    ('planned', 'asserted')
    """
    return "planned" if _PLANNED.search(text) else "asserted"
