"""People: names after posts and in other contexts, and every further place in the document where they stand."""

from collections.abc import Collection, Iterator, Sequence

from kg.model import Mention
from kg.recognise.appointments import names_after
from kg.recognise.contexts import names_in_context
from kg.recognise.edges import Edges, occurrences
from kg.recognise.names import FOLLOWER, NOTHING, PARTICLE, Names, PersonName

_THEN = frozenset({"时任", "现任", "曾任", "担任"})  # 时任浙江省委书记的|习近平
_SURE_LENGTH = 4  # a name so long is no word: 欧阳修远, 那顺巴雅尔


def people(edges: Edges, offices: Sequence[Mention]) -> Iterator[Mention]:
    """The persons of a page, each occurrence that is surely one, in no special order; reporters are left out."""
    names = Names(edges, offices)
    found: dict[int, PersonName] = {}

    def keep(name: PersonName) -> None:
        if name.start not in found and not edges.inside_hit(name.start):
            found[name.start] = name

    for office in sorted(offices, key=lambda mention: mention.span.start):
        if office.key != "总书记":  # 习近平总书记|重要讲话: the name stands before it
            for name in names_after(names, office.span.end, "name-after-post"):
                keep(name)
        then = edges.look[max(0, office.span.start - 2) : office.span.start]
        if then in _THEN and edges.look.startswith("的", office.span.end):
            for name in names_after(names, office.span.end + 1, "name-after-post"):
                keep(name)
    for name in names_in_context(names):
        keep(name)
    known = {name.text for name in found.values()}
    for name in _carried(names, known, found):
        keep(name)
    for name in _shortened(names, known, tuple(found.values())):
        keep(name)
    for name in found.values():
        yield edges.mention(name.start, name.end, "Person", name.rule, name.text)


def _carried(names: Names, known: Collection[str], found: dict[int, PersonName]) -> Iterator[PersonName]:
    """Every further place at which a known name stands as one; `found` grows while this runs.

    A name that is also a word (高明, 成功) counts only at the head of a clause, after 由, or in a list.
    """
    before_known = names.edges.lists["before_known_names"]
    ends = {name.end for name in found.values()}
    for text in _longest_first(known):
        for at in occurrences(names.look, text):
            if at in found or names.in_byline(at):
                continue
            end = at + len(text)
            opens = names.opens_clause(at) or at in ends or names.follows_one_of(at, before_known)
            follows = names.ends(end)
            if follows == NOTHING:  # 李强吴政隆: one known name after the other
                stands = opens and any(names.look.startswith(other, end) for other in known)
            else:
                is_tagged = follows >= FOLLOWER and names.is_tagged(at, end)
                stands = opens or is_tagged or len(text) >= _SURE_LENGTH
            if stands:
                ends.add(end)
                yield PersonName(at, end, text, "name-carried")


def _shortened(names: Names, known: Collection[str], found: Sequence[PersonName]) -> Iterator[PersonName]:
    """科瓦奇 after 科瓦奇·伊姆雷, at the head of a clause or after 同: the longest part comes first."""
    look, before_short = names.look, names.edges.lists["before_short_names"]
    parts = {part for name in known if "·" in name for part in name.split("·") if len(part) > 1}
    for text in _longest_first(parts.difference(known)):
        for at in occurrences(look, text):
            end = at + len(text)
            if any(name.start < end and at < name.end for name in found) or look.startswith("·", end):
                continue
            opens = names.opens_clause(at) or names.follows_one_of(at, before_short)
            if opens and names.ends(end) >= PARTICLE:
                yield PersonName(at, end, text, "name-shortened")


def _longest_first(texts: Collection[str]) -> list[str]:
    return sorted(texts, key=lambda text: (-len(text), text))
