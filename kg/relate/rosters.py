"""Posts of rosters: who was elected or appointed to the post at the head of a line, in that line or those under it."""

from kg.knowledge import Knowledge
from kg.letters import OFFICE, PERSON
from kg.relate.fold import Fold
from kg.relate.ledger import Ledger

_OPENS = frozenset(f"{OFFICE}{PERSON}。；")  # what a line of a roster begins with, which few sentences do


class Rosters:
    """Reads appointedTo and holdsOffice from lines of a post and names; follows the roster of one document.

    Comes before the rules, which would give the post to the first name alone.
    """

    def __init__(self, ledger: Ledger, knowledge: Knowledge) -> None:
        self.ledger = ledger
        self.patterns = knowledge.patterns
        self.posts: list[str] = []  # of the last line that opens with a post
        self.predicate = "holdsOffice"
        self.waiting: list[str] = []  # the people of lines whose post the next one may give

    def read(self, folded: Fold) -> None:
        """Add what one line of a roster says."""
        if not folded.text:  # （第一号）
            return
        line = self.patterns["roster_line"].fullmatch(folded.text) if folded.text[0] in _OPENS else None
        waiting, self.waiting = self.waiting, []
        if line is None:
            self._appoint(folded, waiting)
            self._leave(folded)
            return
        if not line["posts"] and not self.posts:
            self.waiting = waiting + folded.entities(*line.span("people"))
        if line["posts"]:
            self.posts = folded.entities(*line.span("posts"))
        span = folded.span(0, len(folded.text))
        for person in folded.entities(*line.span("people")):
            for post in self.posts:
                self.ledger.tell(person, self.predicate, post, f"roster-{self.predicate}", span)
        if line["posts"] and line["people"]:
            folded.shrink(0, len(folded.text), *line.span("people"))

    def _appoint(self, folded: Fold, people: list[str]) -> None:
        """Give the post at the end of a list to those of its lines before: 苗春雨　郎　岩 / 冯　涛为…审判员."""
        last = self.patterns["last_of_appointed"].match(folded.text) if people else None
        for post in folded.entities(*last.span("posts")) if last else ():
            for person in people:
                self.ledger.tell(person, "appointedTo", post, "roster-appointedTo", folded.span(0, len(folded.text)))

    def _leave(self, folded: Fold) -> None:
        """Note what a sentence between rosters says of the next one."""
        self.posts = []
        if "elects" in folded.cued and self.patterns["elects"].search(folded.text):
            self.predicate = "appointedTo"
        elif "lists_holders" in folded.cued and self.patterns["lists_holders"].search(folded.text):
            self.predicate = "holdsOffice"
