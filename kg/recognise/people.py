"""People: names after posts and in other contexts, and every further place in the document where they stand."""

from collections.abc import Collection, Iterator, Sequence

from kg.cutting import known_word
from kg.model import Mention
from kg.recognise.appointments import names_after
from kg.recognise.contexts import names_before_titles, names_in_context
from kg.recognise.edges import Edges, occurrences
from kg.recognise.likeness import NAME_TAGS
from kg.recognise.names import BEFORE_NAMES, Names, PersonName
from kg.recognise.rosters import names_of_rosters
from kg.recognise.surroundings import (
    ACROSS_A_WORD,
    AFTER_BARE_POST,
    AFTER_NOUN,
    AFTER_POST,
    FOLLOWER,
    NOTHING,
    PARTICLE,
    PUNCTUATION,
)

_THEN = frozenset({"时任", "现任", "曾任", "担任"})  # 时任浙江省委书记的|习近平
_LISTING = frozenset("、，和")
_SURE_WEIGHT = 4.0
_SURE_LENGTH = 4  # a name so long is no word: 欧阳修远, 那顺巴雅尔


def people(edges: Edges, offices: Sequence[Mention]) -> Iterator[Mention]:
    """The persons of a page, each occurrence that is surely one, in no special order; reporters are left out."""
    names = Names(edges, offices)
    found: dict[int, PersonName] = {}

    def keep(name: PersonName) -> None:
        is_place = edges.inside_hit(name.start) or name.text in edges.hidden or _is_country(edges, name)
        if name.start not in found and not is_place:
            found[name.start] = name

    for name in names_of_rosters(names):
        keep(name)
    titled = tuple(names_before_titles(names))
    holders = frozenset(name.end for name in titled)
    for office in sorted(offices, key=lambda mention: mention.span.start):
        at = office.span.end
        held = office.span.start in holders and edges.look[at : at + 1] in BEFORE_NAMES
        if held:  # 习近平主席同|莫雷诺总统: the holder stands before the post
            at += 1
        # 习近平总书记|重要讲话, 习近平主席对|青年
        if office.key != "总书记" and (not held or names.begins_strong_name(at, len(edges.look))):
            for name in names_after(names, at, "name-after-post", _promise(names, office, found)):
                keep(name)
        if edges.look.startswith("的", office.span.end):
            then = edges.look[max(0, office.span.start - 2) : office.span.start]
            for name in names_after(names, office.span.end + 1, "name-after-post", AFTER_POST):
                if then in _THEN or _stands_alone(names, name):
                    keep(name)
    for name in names_in_context(names, titled):
        keep(name)
    known = {name.text for name in found.values()}
    for name in _carried(names, known, found):
        keep(name)
    for name in _shortened(names, known, tuple(found.values())):
        keep(name)
    for name in found.values():
        yield edges.mention(name.start, name.end, "Person", name.rule, name.text)


def _is_country(edges: Edges, name: PersonName) -> bool:
    """Whether a name in a list is a country's: 部长卡洛斯·莫雷蒂、|智利|出口促进局. A mayor may be called 马里."""
    hit = edges.hit_from.get(name.start)
    listed = name.start > 0 and edges.look[name.start - 1] in _LISTING
    return listed and hit is not None and hit.end == name.end and hit.names[0].kind == "Country"


def _stands_alone(names: Names, name: PersonName) -> bool:
    """Whether a mark follows a name that surely is one: 挂职雷山县副县长的|区绮雯，."""
    return names.ends(name.end) == PUNCTUATION and names.weigh(name.text) >= _SURE_WEIGHT


def _is_cut(edges: Edges, role: int, end: int) -> bool:
    """Whether a word goes on over the end of a post, which may be none: 部署长|江, 两位议长|期以来, 主任|何立新."""
    if edges.word_of[end - 1] != end - 1 or edges.word_from[end - 1] <= end:
        return False
    word, tag = known_word(edges.look[end - 1 : end + 3])
    return len(word) > 1 and tag != "r" and (tag not in NAME_TAGS or edges.word_of[role] < role)


def _promise(names: Names, office: Mention, found: dict[int, PersonName]) -> float:
    """How much a post promises a name: 总统 is often alone, 市长 not, and 清远市市长 never."""
    role = office.parts[-1]
    if _is_cut(names.edges, role.start, role.end):
        return ACROSS_A_WORD
    if _is_whole(names, office) or _follows_a_name(names, office, found):
        return AFTER_POST
    return AFTER_NOUN if names.look[role.start : role.end] in names.edges.lists["roles_alone"] else AFTER_BARE_POST


def _is_whole(names: Names, office: Mention) -> bool:
    """Whether a post names its area or body, or is listed with one that does: 市委副书记、|市长."""
    if office.rule == "office":
        return True
    before = names.office_to.get(office.span.start - 1)
    return before is not None and names.look[office.span.start - 1] in "、兼" and _is_whole(names, before)


def _follows_a_name(names: Names, office: Mention, found: dict[int, PersonName]) -> bool:
    """Whether a post is listed behind a person: 市委书记万里、|市长|向前."""
    before = office.span.start - 1
    return names.look[before : before + 1] in _LISTING and any(
        name.end == before for at in range(before - 4, before) if (name := found.get(at))
    )


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
                stands = opens or is_tagged or len(text) >= _SURE_LENGTH or _is_no_word(names, text, follows)
            if stands:
                ends.add(end)
                yield PersonName(at, end, text, "name-carried")


def _is_no_word(names: Names, text: str, follows: float) -> bool:
    """Whether a known name of three characters is no word, and ends there: 会见了|庄景山|一行."""
    return len(text) == _SURE_LENGTH - 1 and follows >= FOLLOWER and not names.is_other_word(text)


def _shortened(names: Names, known: Collection[str], found: Sequence[PersonName]) -> Iterator[PersonName]:
    """科瓦奇 after 科瓦奇·伊姆雷, 安倍 after 安倍晋三, at the head of a clause or after 同: the longest comes first."""
    look, before_short = names.look, names.edges.lists["before_short_names"]
    japanese = names.edges.knowledge.japanese_surnames
    parts = {part for name in known if "·" in name for part in name.split("·") if len(part) > 1}
    parts |= {name[:2] for name in known if name[:2] in japanese}
    for text in _longest_first(parts):
        for at in occurrences(look, text):
            end = at + len(text)
            if any(name.start < end and at < name.end for name in found) or look.startswith("·", end):
                continue
            opens = names.opens_clause(at) or names.follows_one_of(at, before_short)
            if opens and names.ends(end) >= PARTICLE:
                yield PersonName(at, end, text, "name-shortened")


def _longest_first(texts: Collection[str]) -> list[str]:
    return sorted(texts, key=lambda text: (-len(text), text))
