"""What was done with documents: 编制, 审议, 审定, 签署, 印发, by the verb that stands at the title."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from kg.knowledge import Knowledge
from kg.model import Facts, Span, Stage

_REACH = 12  # characters before and after a title in which its verb stands
_LIST = 6  # characters between the titles of a list


def find_stages(facts: Iterable[Facts], knowledge: Knowledge) -> tuple[Stage, ...]:
    """The stages that texts tell of, sorted; what is only announced is none."""
    return tuple(sorted({stage for one in facts for stage in _stages(one, knowledge)}))


def _stages(facts: Facts, knowledge: Knowledge) -> Iterator[Stage]:
    text, patterns, stages = facts.document.text, knowledge.patterns, knowledge.maps["document_stages"]
    titles = sorted((r.mention.span, r.entity) for r in facts.readings if r.mention.type == "Document")
    before: tuple[int, int, str] | None = None  # of a title with a verb: where the verb stands, its end, the verb
    for span, named in groupby(titles, key=lambda title: title[0]):
        entity = next(named)[1]
        left = text[max(0, span.start - _REACH) : span.start]
        verb, start, end = "", span.start, span.end
        if found := patterns["stage_before"].search(left):
            if not patterns["announced_before_title"].search(left[: found.start()]):
                verb, start = found["verb"], span.start - len(left) + found.start("verb")
        elif before and _is_list(text[before[1] : span.start], knowledge):
            start, _, verb = before
        elif found := patterns["stage_after"].match(text[span.end : span.end + _REACH]):
            verb, end = found["verb"], span.end + found.end("verb")
        if verb:
            yield Stage(entity, stages[verb][0], facts.document.published, Span(span.document, start, end))
        before = (start, span.end, verb) if verb else None


def _is_list(between: str, knowledge: Knowledge) -> bool:
    return len(between) <= _LIST and bool(knowledge.patterns["between_titles"].match(between))
