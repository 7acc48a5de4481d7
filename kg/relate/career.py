"""Posts taken, held and left, in sentences, careers and obituaries: 1988年1月当选…, 1993年1月不再担任该职务.

The subject is the person before the verb, else the one of the sentence before, else the one whose life the text tells.
"""

import re
from collections.abc import Iterable
from itertools import product

from kg.knowledge import Knowledge
from kg.letters import OFFICE, PERSON
from kg.relate.denial import is_negated
from kg.relate.fold import Fold
from kg.relate.ledger import Ledger

_RELATIONS = {"leaves": "removedFrom", "holds": "holdsOffice", "takes": "appointedTo"}  # by the group of the verb


class Career:
    """Reads appointedTo, holdsOffice and removedFrom; follows the person of whom one document tells.

    Comes before the rules, which fold a post and its holder into one.
    """

    def __init__(self, ledger: Ledger, knowledge: Knowledge) -> None:
        self.ledger = ledger
        self.knowledge = knowledge
        self.patterns = knowledge.patterns
        self.subject = ""  # of the sentence before
        self.line = -1
        self.hero = ""  # whose life the text tells
        self.posts: dict[str, list[str]] = {}  # by person

    def read(self, folded: Fold) -> None:
        """Add what the verbs of one sentence say."""
        text = folded.text
        lead = folded.first(PERSON)
        if lead and "life_opens" in folded.cued and self.patterns["life_opens"].search(text):
            self.hero = lead.entity
        if folded.sentence.line != self.line and not self.hero:
            self.subject = ""
        self.line = folded.sentence.line
        # without a post in the sentence, or one before it that is left, no verb says anything
        verbs = []
        if "career_verb" in folded.cued and (OFFICE in text or self.posts):
            verbs = list(self.patterns["career_verb"].finditer(text))
        if self.hero and (dated := self.patterns["dated_posts"].match(text)):
            for post in folded.entities(*dated.span("posts")):
                self._add(self.hero, "holdsOffice", post, folded.span(dated.start(), dated.end("posts")))
        told = [person for verb in verbs if (person := self._read_verb(folded, verb))]
        if told:
            self.subject = told[-1]
        elif lead and not self.hero:
            self.subject = lead.entity

    def _read_verb(self, folded: Fold, verb: re.Match[str]) -> str:
        """Add what one verb says; whose posts it tells of, or ""."""
        text = folded.text
        people = self._people(folded, verb.start())
        if not people or self.patterns["career_denied"].search(text, max(0, verb.start() - 6), verb.start()):
            return ""
        posts = self._posts(text, verb)
        if posts is None:
            self._leave_same_post(folded, people[-1], verb)
            return ""
        span = folded.span(verb.start(), posts.end("posts"))
        for person, post in self._shared_out(folded, verb.start(), people, folded.entities(*posts.span("posts"))):
            self._add(person, _RELATIONS[verb.lastgroup or ""], post, span)
        return people[-1]

    def _shared_out(self, folded: Fold, verb: int, people: list[str], posts: list[str]) -> Iterable[tuple[str, str]]:
        """Who has which post: all have all, but for 王磊、李华|分别|任市长、副市长."""
        together = self.patterns["takers"].search(folded.text, folded.stretch(verb), verb)
        if together and together["each"]:
            return zip(people, posts, strict=True) if len(people) == len(posts) else ()
        return product(people, posts)

    def _posts(self, text: str, verb: re.Match[str]) -> re.Match[str] | None:
        """The posts that a verb takes; 时任省长|张三, 任总指挥，副市长|李华: not that of the name right after it."""
        posts = self.patterns["posts_after_verb"].match(text, verb.end())
        if posts is None or verb["leaves"] or not text.startswith(PERSON, posts.end()):
            return posts
        end = text.find("，", *posts.span("posts"))
        return self.patterns["posts_after_verb"].match(text, verb.end(), end) if end >= 0 else None

    def _people(self, folded: Fold, verb: int) -> list[str]:
        """Who took or left a post: those right before the verb, the last one in its stretch, else the carried one."""
        stretch = folded.stretch(verb)
        if together := self.patterns["takers"].search(folded.text, stretch, verb):
            return [r.entity for r in folded.bound(*together.span()) if r.mention.type == "Person"]
        if near := folded.where(PERSON, stretch, verb):
            return folded.entities(near[-1], near[-1] + 1)
        if verb == stretch and PERSON in folded.text[:stretch]:  # 任命王磊为市长；免去…: whose, the verb does not say
            return []
        return [self.hero or self.subject] if self.hero or self.subject else []

    def _add(self, person: str, predicate: str, post: str, span: tuple[int, int]) -> None:
        self.ledger.tell(person, predicate, post, f"career-{predicate}", span)
        if predicate != "removedFrom":
            self.posts.setdefault(person, []).append(post)

    def _leave_same_post(self, folded: Fold, person: str, verb: re.Match[str]) -> None:
        """不再担任该职务, 卸任: the post named last for that person."""
        text, patterns = folded.text, self.patterns
        if not verb["leaves"] or patterns["removes_another"].match(text, verb.start()) or not self.posts.get(person):
            return
        if not patterns["same_post"].match(text, verb.end()) and not patterns["leaves_post"].match(text, verb.start()):
            return
        if not is_negated(text[max(0, verb.start() - 3) : verb.start()], self.knowledge):
            span = folded.span(verb.start(), verb.end())
            self.ledger.add(person, "removedFrom", self.posts[person][-1], "career-same-post", span)
