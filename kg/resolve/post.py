"""Posts: as they are written, as they are called in full, and those of one page so far."""

from collections.abc import Callable
from dataclasses import dataclass, field

from kg.knowledge import Knowledge
from kg.model import Mention, Name, Part
from kg.resolve.areas import Named, in_full
from kg.resolve.words import affixes

UNKNOWN_OWNER = "owner-unknown"  # the sieve of a post in 该局, where the text has named none
_SHORT_ROLE = 2  # characters of 主席, 书记
_BESIDE = 2  # characters between posts of one list
_FIXED = "fixed-post"  # of 总书记, which lends no body: 党委书记 after it is of another
_FAR = 400  # characters within which a post lends its body to a later one that fits
_NEAR = 120  # characters within which a post lends its area or body to the next


@dataclass(frozen=True, slots=True)
class Post:
    """A post in full, and what it is of: an area (a table row, or the name of a zone), else a body."""

    name: str
    area: Name | None = None
    place: str = ""  # the name of an area that is in no table
    body: str = ""  # the body without rank and role
    own_body: str = ""  # the body that officeIn points at, where no area does
    body_span: tuple[int, int] | None = None
    area_span: tuple[int, int] | None = None
    sieve: str = "post-in-full"


@dataclass(frozen=True, slots=True)
class Written:
    """A post as it is written: 原|清远市|人大常委会|副|主任 has a rank to drop, an area, a body, a rank and a role."""

    start: int
    end: int
    areas: tuple[Part, ...]
    body_part: Part | None
    body: str  # 人大常委会, without its term; "" without one
    role: str  # 主任
    title: str  # 副主任: rank and role, without what says when
    own: bool  # whether the body has a name of its own, from the first area on: 安徽中医药大学

    @property
    def body_span(self) -> tuple[int, int] | None:
        """Where the body stands."""
        return (self.body_part.start, self.body_part.end) if self.body_part else None


def written(mention: Mention, look: str, knowledge: Knowledge) -> Written:
    """The parts of a post as strings, without blanks and without what is left out of names."""
    rank = _joined(mention, "rank", look)
    role = _joined(mention, "role", look)
    dropped = next((word for word in affixes(knowledge, "dropped_ranks") if rank.startswith(word)), "")
    title = knowledge.patterns["acting_in_full"].sub("", rank.removeprefix(dropped)) + role
    areas = tuple(part for part in mention.parts if part.label == "area")
    body_part = next((part for part in mention.parts if part.label == "body"), None)
    body = _without_term(look[body_part.start : body_part.end], knowledge) if body_part else ""
    if areas and not body_part and role[:-_SHORT_ROLE] in knowledge.departments:
        body, role = role[:-_SHORT_ROLE], role[-_SHORT_ROLE:]  # 清远市|总工会主席
        title = title.removesuffix(body + role) + role
    if areas and (bare := knowledge.patterns["consultative_body"].match(body)):  # 政协林芝市第二届委员会
        body = bare.group()
    if areas and look.startswith("中共", areas[0].start - 2):  # 中共青海省第六届委员会
        body = knowledge.patterns["party_committee"].sub("委", body)
    own = False
    if body_part:
        last = areas[-1] if areas else None
        own = has_own_name(look[last.start if last else body_part.start : body_part.end], last, look, knowledge)
    return Written(mention.span.start, mention.span.end, areas, body_part, body, role, title, own)


def _joined(mention: Mention, label: str, look: str) -> str:
    return "".join(look[part.start : part.end] for part in mention.parts if part.label == label).replace(" ", "")


def _without_term(body: str, knowledge: Knowledge) -> str:
    plain = body.replace(" ", "")
    if not body.startswith("中共中央"):
        plain = knowledge.patterns["term"].sub("", plain).removeprefix("中共")
    plain = knowledge.patterns["former_inside"].sub("", plain)
    return shorter(plain, knowledge)


def shorter(body: str, knowledge: Knowledge) -> str:
    """The body as posts call it: 全国人民代表大会常务委员会 is 全国人大常委会."""
    for long, (short,) in knowledge.maps["shorter_names"].items():
        body = body.replace(long, short)
    return body


def has_own_name(text: str, area: Part | None, look: str, knowledge: Knowledge) -> bool:
    """Whether an area with a body is the name of a company, university or association, and not a body of the area.

    安徽中医药大学 is one; 自贡市农业科学研究院 and 云南省协作办公室 are of an area that is named in full.
    """
    if knowledge.patterns["company_of_works"].match(text) or knowledge.patterns["factory"].fullmatch(text):
        return True
    ends = ((text[cut:], head) for cut in range(len(text)) for head in knowledge.heads.get(text[cut:], ()))
    form, longest = next(((form, head) for form, head in ends if head.category == "Organization"), ("", None))
    if longest is None or longest.naming != "own" or form == text or knowledge.patterns["level_first"].match(text):
        return False
    full = area is not None and knowledge.patterns["area_in_full"].search(look, area.start, area.end)
    return not (full and form in knowledge.words["bodies_of_areas"])


def keeps_doubled(area: Part, body: Part, look: str, knowledge: Knowledge) -> bool:
    """Whether the text writes the level twice: 环县|县委, 河口瑶族自治县|县委."""
    return area.end == body.start and bool(knowledge.patterns["doubled_level"].match(look, area.end - 1))


def compose(area: str, body: str, title: str, knowledge: Knowledge) -> str:
    """Area, body and title as one name: 清远市|市委|书记 is 清远市委书记, 清远市|人民政府|市长 is 清远市市长."""
    head = knowledge.patterns["before_head"].sub("", title)
    if knowledge.patterns["government"].match(body) and (head in knowledge.maps["level_heads"] or head == "主席"):
        return area + title
    return in_full(area, body, knowledge) + title


@dataclass(slots=True)
class Posts:
    """The posts of one page that were read so far, in reading order."""

    read: list[tuple[Mention, Post]] = field(default_factory=list)

    def areas(self) -> Named:
        """The areas of the posts, by the offsets of the posts."""
        return [(mention.span.start, post.area) for mention, post in self.read if post.area]

    def near(self, offset: int) -> Post | None:
        """The post before, where it stands near enough to lend its area or body."""
        mention, post = self.read[-1] if self.read else (None, None)
        if mention and post and offset - mention.span.end < _NEAR and post.sieve != _FIXED:
            return post
        return None

    def beside(self, offset: int) -> Post | None:
        """The post right before, joined by a mark or a word: 副总理兼|外交部长."""
        if self.read and 0 <= offset - self.read[-1][0].span.end <= _BESIDE:
            return self.read[-1][1]
        return None

    def lending(self, offset: int, fits: Callable[[Post], bool]) -> tuple[Mention, Post] | None:
        """The nearest post before that fits, where it stands near enough to lend its area or body."""
        for mention, post in reversed(self.read):
            if offset - mention.span.end > _FAR:
                return None
            if mention.span.end <= offset and post.sieve != _FIXED and fits(post):
                return mention, post
        return None

    def latest(self, role: str) -> Post | None:
        """The last post with that role."""
        return next((post for _, post in reversed(self.read) if post.name.endswith(role)), None)
