"""Who 他 and 她 are: the one person that the sentences before are about; 前者 and 后者 are the two named last."""

from collections.abc import Sequence

from kg.knowledge import Knowledge
from kg.model import Mention, Page, Reading, Sentence, Span

_LONGEST_ACT = 2  # characters of 祝贺, 会见, 对


class Pronouns:
    """Follows the subject of one document; feed it the sentences in order."""

    def __init__(self, page: Page, knowledge: Knowledge) -> None:
        self.page = page
        self.pattern, self.one_of_two = knowledge.patterns["pronoun"], knowledge.patterns["one_of_two"]
        self.to_another = knowledge.patterns["to_another"]
        self.none_here = not self.pattern.search(page.look) and not self.one_of_two.search(page.look)
        self.two: tuple[Reading, ...] = ()  # the people of the last sentence that names two
        self.subject: Reading | None = None  # the first person of the last sentence that names one

    def read(self, sentence: Sentence, readings: Sequence[Reading]) -> list[Reading]:
        """The readings of a sentence in order, with one more for each 他 or 她 that means someone."""
        people = [r for r in readings if r.mention.type == "Person"]
        if self.none_here:
            return list(readings)  # who the sentences are about is nobody's question
        pronouns: list[Reading] = []
        for match in self.pattern.finditer(self.page.look, sentence.start, sentence.end):
            before = [r for r in people if r.mention.span.end <= match.start()]
            who = self._who(before, match.start())
            if who and not any(r.mention.span.start <= match.start() < r.mention.span.end for r in readings):
                span = Span(self.page.document.id, *match.span())
                pronouns.append(Reading(Mention(span, "Person", "pronoun", match.group()), who.entity, "pronoun"))
        two = tuple({r.entity: r for r in people}.values())
        for match in self.one_of_two.finditer(self.page.look, sentence.start, sentence.end):
            if pair := two if len(two) == 2 else self.two:
                span = Span(self.page.document.id, *match.span())
                who = pair[match.group() == "后者"]
                pronouns.append(Reading(Mention(span, "Person", "pronoun", match.group()), who.entity, "pronoun"))
        if people:
            self.subject = people[0]
            self.two = two if len(two) == 2 else ()
        return sorted((*readings, *pronouns), key=lambda r: r.mention.span.start) if pronouns else list(readings)

    def _who(self, before: Sequence[Reading], at: int) -> Reading | None:
        """The first person of the sentence, else of the one before; 祝贺他: the last but the first and who does so."""
        act = self.to_another.search(self.page.look, max(0, at - _LONGEST_ACT), at)
        if act is None:
            return before[0] if before else self.subject
        doers = {before[0].entity, *(r.entity for r in before if r.mention.span.end == act.start())} if before else ()
        return next((other for other in reversed(before) if other.entity not in doers), None)
