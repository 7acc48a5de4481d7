"""What users judged themselves, in judgements.tsv of a folder of --knowledge: it goes before all sieves.

one, other, judgement are its columns, and an end is one of

    王平@a17         a person or an event, with the identifier of an article
    王平@清水县县长  a person with a post
    农业部           a body or a place

and the judgement is same or different.
"""

from collections.abc import Iterable, Iterator, Mapping

from kg.identify.clusters import Clusters
from kg.identify.profiles import Profile, Sight
from kg.model import Verdict

_RULE = "user"
_VERDICTS: Mapping[str, Verdict] = {"same": "same", "different": "different"}


class Told:
    """The judgements of users, asked by sights and guises."""

    def __init__(self, judgements: Iterable[tuple[str, str, str]], articles: Mapping[str, str]) -> None:
        self._articles = articles  # name of the article by document id
        self._rows = [(one, other, _VERDICTS[verdict]) for one, other, verdict in judgements if verdict in _VERDICTS]
        self._ends = {end for one, other, _ in self._rows for end in (one, other)}
        names = sorted({end.partition("@")[0] for end in self._ends})
        families = Clusters(names)
        for one, other, verdict in self._rows:
            if verdict == "same":
                families.join(one.partition("@")[0], other.partition("@")[0])
        self._families = {name: min(group) for group in families.members() for name in group}

    def own_names(self) -> frozenset[str]:
        """The names of bodies and places that stay by themselves, whatever the tables say of them."""
        apart = (end for one, other, verdict in self._rows for end in (one, other) if verdict == "different")
        return frozenset(end for end in apart if "@" not in end)

    def rows(self) -> Iterator[tuple[str, str, Verdict]]:
        """The judgements on what articles show, as NAME@ARTICLE."""
        yield from self._rows

    def shown(self, name: str, document: str) -> str:
        """How a judgement speaks of what a document shows under that name."""
        return f"{name}@{self._articles.get(document, '')}"

    def family(self, name: str) -> str:
        """The name under which persons are compared: two names that users called the same are one family."""
        return self._families.get(name, name)

    def names(self, sight: Sight) -> bool:
        """Whether a judgement speaks of that article's person."""
        return self.shown(sight.name, sight.document) in self._ends

    def judge(self, one: Profile, other: Profile) -> tuple[Verdict, str] | None:
        """The user's verdict on two guises, if there is one."""
        if not self._rows:
            return None
        ours, theirs = self._forms(one), self._forms(other)
        for left, right, verdict in self._rows:
            if (left in ours and right in theirs) or (left in theirs and right in ours):
                return verdict, _RULE
        return None

    def _forms(self, guise: Profile) -> set[str]:
        articles = {self.shown(sight.name, sight.document) for sight in guise.sights}
        return articles | {f"{guise.name}@{term.seat.name}" for term in guise.terms}
