"""Posts as seats: of which area or body each is, how high it is, and whether it leaves room for another."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from kg.knowledge import Head, Knowledge
from kg.model import Entity, Facts, Span
from kg.renamings import Renamings

# How high those stand who lead an area of a level; who is second there stands one below, a department's head two.
_LEVELS = {"province": 8, "prefecture": 6, "county": 4, "township": 2, "village": 1}
_UNKNOWN = -1
# The districts of 北京, 天津, 上海 and 重庆 lie right below a municipality: they rank with prefectures.
_MUNICIPALITIES = frozenset({"110000", "120000", "310000", "500000"})


@dataclass(frozen=True, slots=True)
class Seat:
    """A post: of a division (its code) or else of a body or another place (its name)."""

    name: str
    area: str
    of: str
    rank: int  # -1 where it cannot be told
    alone: bool  # fills its holder's days: 县长, but not 代表 or 委员
    distinct: bool  # so few hold it that two of one name are one person
    central: bool  # of a central body in the table of organs
    chair: bool  # 主席, 总理: of countries, but also of a city's 政协

    @property
    def province(self) -> str:
        """The first digits of the code of its province, or ""."""
        return self.area[:2]


class Seats:
    """What is known of posts, asked by document."""

    def __init__(self, knowledge: Knowledge, renamings: Renamings) -> None:
        self._knowledge = knowledge
        self._renamings = renamings
        self._fixed = {name for name, _ in knowledge.posts.values()}
        self._known: dict[tuple[str, str, str], Seat] = {}

    def of(self, facts: Facts) -> dict[str, Seat]:
        """The posts of one document by id."""
        entities = {entity.id: entity for entity in facts.entities}
        owners = {s.subject: entities.get(str(s.object)) for s in facts.statements if s.predicate == "officeIn"}
        return {
            ident: self.seat(entity.name, owners.get(ident))
            for ident, entity in entities.items()
            if entity.type == "Office"
        }

    def seat(self, name: str, owner: Entity | None) -> Seat:
        """The post of that name, which is of that area or body."""
        key = (name, owner.name if owner else "", owner.code if owner else "")
        if key not in self._known:
            self._known[key] = self._read(*key)
        return self._known[key]

    def _read(self, name: str, of: str, code: str) -> Seat:
        heads = self._knowledge.heads
        role = next((name[cut:] for cut in range(len(name)) if _kinds(heads.get(name[cut:], ()))), "")
        words = self._knowledge.words
        area = self._renamings.code(code) if code in self._knowledge.divisions else ""
        fixed = name in self._fixed
        return Seat(
            name, area, self._renamings.body(of), self._rank(name, role, of, area),
            alone=bool(role) and bool(of) and role not in words["concurrent_roles"],
            distinct=fixed or bool(area) or (bool(of) and bool(role) and role not in words["crowded_roles"]),
            central=not area and any(row.type == "Organization" for row in self._knowledge.names.get(of, ())),
            chair="chair" in _kinds(heads.get(role, ())),
        )  # fmt: skip

    def _rank(self, name: str, role: str, of: str, area: str) -> int:
        row = self._knowledge.divisions.get(area)
        if row is None or not role:
            return _UNKNOWN
        height = _LEVELS.get(row.level, _UNKNOWN)
        if row.level == "county" and row.parent in _MUNICIPALITIES:
            height = _LEVELS["prefecture"]
        shared = next((at for at, pair in enumerate(zip(name, of, strict=False)) if pair[0] != pair[1]), len(of))
        middle = name[shared:].removesuffix(role)  # 阿克苏|地委 of 阿克苏地区
        body = middle.removesuffix("常务副").removesuffix("副").removesuffix("代")
        second = (body != middle and not middle.endswith("代")) or role == "常委" or role.startswith("副")
        department = bool(body) and body not in self._knowledge.words["leading_bodies"]
        return max(0, height - second - 2 * department)

    def related(self, one: Seat, other: Seat) -> bool:
        """Whether one person can hold both: one lies in the other, or of one it is not known where it is."""
        if one.area and other.area:
            return one.area in self._above(other.area) or other.area in self._above(one.area)
        home = self._knowledge.words["home_countries"]
        if not one.of or not other.of or one.of in home or other.of in home:
            return True
        if _same_title(one, other) or _same_title(other, one):
            return True
        if one.central and other.central:  # 中央统战部部长 and 全国政协副主席: who is that high has several posts
            return True
        return one.of.startswith(self._stem(other)) or other.of.startswith(self._stem(one))

    def stands_in(self, seat: Seat, words: str) -> bool:
        """Whether the words themselves say of what the post is: 李克强总理 in an article on 比利时 does not."""
        guessed_right = bool(seat.area) and not seat.chair  # 县长 in an article on one county
        return guessed_right or not seat.of or seat.name in self._fixed or self._stem(seat)[:2] in words

    def _stem(self, seat: Seat) -> str:
        row = self._knowledge.divisions.get(seat.area)
        return (row.short or row.name) if row else seat.of

    def _above(self, code: str) -> Iterator[str]:
        """The codes of the division and of those in which it lies."""
        while row := self._knowledge.divisions.get(code):
            yield code
            code = self._renamings.code(row.parent)


def of_the_past(text: str, span: Span, patterns: Mapping[str, re.Pattern[str]]) -> bool:
    """Whether the words that give a post say that it was held before: 美国前总统尼克松, 原|吴忠市委书记丁天佑."""
    return bool(
        patterns["former_post"].search(span.of(text))
        or patterns["before_former_post"].search(text, max(0, span.start - 2), span.start)
    )


def _same_title(one: Seat, other: Seat) -> bool:
    """外交部长 in an article on Russia, taken for ours, and 俄罗斯外交部长: no two posts, but one not told in full."""
    if not one.central or other.area:
        return False
    return other.name.replace("部部长", "部长").endswith(one.name.replace("部部长", "部长"))


def _kinds(heads: Iterable[Head]) -> set[str]:
    return {head.kind for head in heads if head.category == "Role"}
