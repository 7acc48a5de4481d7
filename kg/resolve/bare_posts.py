"""Posts of which only the role is written, case by case: 省长, 副部长, 总统."""

from kg.resolve.book import Book
from kg.resolve.post import COMMITTEE, HEAD_OF_AREA, Post, Written

_COMPANY = ("公司", "集团", "银行", "股份")
# Of which body a role is the head: how the names of such bodies end.
_HEAD_OF_BODY: dict[str, tuple[str, ...]] = {
    "部长": ("部",),
    "司长": ("司",),
    "局长": ("局",),
    "厅长": ("厅",),
    "校长": ("大学", "学院", "中学", "小学", "学校"),
    "行长": ("银行", "分行", "支行"),
    "董事长": _COMPANY,
    "总经理": _COMPANY,
    "总裁": _COMPANY,
    "总工程师": (*_COMPANY, "部", "局"),
    "总农艺师": ("部", "厅", "局"),
    "会长": ("协会", "商会", "学会", "联合会", "研究会"),
    "理事长": ("协会", "学会", "基金会", "联盟", "合作社"),
    "所长": ("研究所",),
    "馆长": ("馆", "博物院"),
    "台长": ("电视台", "总台"),
    "社长": ("社",),
    "署长": ("署",),
}
_OF_THE_PARTY = ("书记", "常委", "委员")


def fixed(post: Written, book: Book) -> Post | None:
    """总书记 needs no body: the table of posts says which it is of."""
    if post.role not in book.knowledge.posts:
        return None
    name, owner = book.knowledge.posts[post.role]
    area = next((row for row in book.knowledge.names.get(owner, ()) if row.code), None)
    return Post(name, area=area, own_body="" if area else owner, body=owner, sieve="fixed-post")


def of_a_country(post: Written, book: Book) -> Post | None:
    """总统沃尔德 in a text on 埃塞俄比亚."""
    if post.role not in book.knowledge.words["foreign_heads"]:
        return None
    country = book.areas.country_before(post.start)
    if country is None:
        return None  # 国务院总理何立新、副总理周启明: of the body before
    return Post(country.name + post.title, area=country, body=country.name, sieve="country-before")


def head_of_area(post: Written, book: Book) -> Post | None:
    """省长 after 江苏省委副书记: of 江苏省."""
    if post.role not in HEAD_OF_AREA:
        return None
    area = book.areas.of_level(HEAD_OF_AREA[post.role], post.start, book.posts.areas())
    if area is None:
        return Post(post.title, sieve="area-unknown")
    return Post(area.name + post.title, area=area, body=area.name, sieve="head-of-area")


def head_of_the_body_named(post: Written, book: Book) -> Post | None:
    """农业部宣布…，由副部长麦秋…: of a body named before that has such a head, unless the post before is of one too."""
    endings = _HEAD_OF_BODY.get(post.role)
    body = book.areas.organ_before(post.start, endings) if endings else ""
    before = _before(post, book)
    if not endings or not body or (before and before.body.endswith(endings)):
        return None
    return Post(body + post.title, body=body, own_body=body, sieve="body-before")


def of_the_autonomous_region(post: Written, book: Book) -> Post | None:
    """广西壮族自治区党委书记何立新、自治区主席周启明."""
    before = _before(post, book)
    if not before or not before.area or post.role != "主席" or not before.area.name.endswith("自治区"):
        return None
    return Post(
        before.area.name + post.title, area=before.area, body=before.area.name, sieve="head-of-area"
    )


def of_the_government(post: Written, book: Book) -> Post | None:
    """清远市副市长何立新、秘书长周启明: of 清远市政府."""
    before = _before(post, book)
    if not before or not before.area or post.role != "秘书长":
        return None
    body = _body_of(before, post, book)
    if body != before.area.name:
        return None
    return Post(f"{body}政府{post.title}", area=before.area, body=body, sieve="body-of-post-before")


def of_the_body_before(post: Written, book: Book) -> Post | None:
    """水利部部长何立新、副部长周启明."""
    before = _before(post, book)
    body = _body_of(before, post, book) if before else ""
    if not before or not body:
        return None
    return Post(
        body + post.title, area=before.area, place=before.place, body=body, own_body=before.own_body,
        sieve="body-of-post-before",
    )


def of_nothing_known(post: Written, book: Book) -> Post:
    """The post has no name in full."""
    return Post(post.title, sieve="body-unknown")


def _before(post: Written, book: Book) -> Post | None:
    """The post that lends its body: the one right before, else the last with that role."""
    return book.posts.near(post.start) or book.posts.latest(post.role)


def _body_of(before: Post, post: Written, book: Book) -> str:
    """The body that a post before lends: 党委书记、董事长 is of the company, not of its party committee."""
    in_party = post.role.endswith(_OF_THE_PARTY) and post.title not in book.knowledge.words["party_roles"]
    if not in_party and before.body.endswith(("党委", "党组")):
        return COMMITTEE.sub("", before.body)
    return before.body
