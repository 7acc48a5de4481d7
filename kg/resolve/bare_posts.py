"""Posts of which only the role is written, case by case: 省长, 副部长, 总统."""

from kg.resolve.book import Book
from kg.resolve.post import Post, Written


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
    if post.role not in book.knowledge.maps["level_heads"]:
        return None
    (level,) = book.knowledge.maps["level_heads"][post.role]
    area = book.areas.of_level(level, post.start, book.posts.areas())
    if area is None:
        return Post(post.title, sieve="area-unknown")
    return Post(area.name + post.title, area=area, body=area.name, sieve="head-of-area")


def head_of_the_body_named(post: Written, book: Book) -> Post | None:
    """农业部宣布…，由副部长麦秋…: of a body named before that has such a head, unless the post before is of one too."""
    endings = book.knowledge.maps["role_bodies"].get(post.role)
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
    patterns = book.knowledge.patterns
    in_party = patterns["party_role"].search(post.role) and post.title not in book.knowledge.words["party_roles"]
    if not in_party and patterns["party_inside"].search(before.body):
        return patterns["committee"].sub("", before.body)
    return before.body
