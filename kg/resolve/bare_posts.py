"""Posts of which only the role is written, case by case: 省长, 副部长, 总统."""

from dataclasses import replace

from kg.model import Mention, Part
from kg.resolve.areas import SMALL, in_full
from kg.resolve.book import Book
from kg.resolve.post import Post, Written, compose, has_own_name

_LISTING = frozenset("、和")
_RANKS = ("副", "代")  # before a title of another rank: 副市长 is not 市长
_LONGEST_NAME = 8  # characters of a person's name


def fixed(post: Written, book: Book) -> Post | None:
    """总书记 needs no body: the table of posts says which it is of."""
    holder = post.start + len(post.title)  # 总书记|图里奥·西塞罗: of a party abroad
    if post.role not in book.knowledge.posts or book.knowledge.patterns["dotted_name"].match(book.page.look, holder):
        return None
    name, owner = book.knowledge.posts[post.role]
    area = next((row for row in book.knowledge.names.get(owner, ()) if row.code), None)
    return Post(name, area=area, own_body="" if area else owner, body=owner, sieve="fixed-post")


def of_a_country_by_its_letter(post: Written, book: Book) -> Post | None:
    """美交通部长, 俄副外长: a letter for the country, which belongs to no word before."""
    country = book.areas.country_of_letter(post.start)
    if country is None or country.name in book.knowledge.words["home_countries"]:
        return None
    body, letter = country.name + post.body, (post.start - 1, post.start)
    return Post(body + post.title, area=country, body=body, area_span=letter, sieve="country-letter")


def of_the_same_holder(post: Written, book: Book) -> Post | None:
    """阮富仲总书记 after 越共中央总书记阮富仲, 副局长冯学军 after 县地震局副局长冯学军: the one held before."""
    look, first = book.page.look, max(0, post.start - _LONGEST_NAME)
    found = book.knowledge.patterns["name_before"].search(look, first, post.start)
    names = tuple(look[at : post.start] for at in range(found.start(), post.start - 1)) if found else ()
    names += tuple(look[post.end : one.span.end] for one in book.of("Person") if one.span.start == post.end)
    for mention, before in reversed(book.posts.read):
        rank_ends = -len(post.title)
        same = before.body and before.name.endswith(post.title) and not before.name.endswith(_RANKS, 0, rank_ends)
        if same and (look.startswith(names, mention.span.end) or look.endswith(names, 0, mention.span.start)):
            return replace(before, body_span=None, area_span=None, sieve="same-holder")
    return None


def of_the_country_before(post: Written, book: Book) -> Post | None:
    """爱尔兰副总理兼|外交部长, 墨西哥总统卡尔德龙、|国防部长: of the country of the post right before."""
    knowledge = book.knowledge
    before = book.posts.beside(post.start) or _of_the_holder_before(post, book)
    if not before or not before.area or before.area.kind != "Country":
        return None
    if before.area.name in knowledge.words["home_countries"]:
        return None
    if post.role not in knowledge.words["foreign_heads"] and post.role not in knowledge.posts:
        return None
    return Post(before.area.name + post.title, area=before.area, body=before.area.name, sieve="country-before")


def _of_the_holder_before(post: Written, book: Book) -> Post | None:
    """The post whose holder stands before this one in a list: 墨西哥总统|卡尔德龙、|国防部长加尔万."""
    listed = next((one for one in book.of("Person") if one.span.end == post.start - 1), None)
    if listed is None or book.page.look[post.start - 1] not in _LISTING:
        return None
    return next((before for mention, before in book.posts.read[-1:] if mention.span.end == listed.span.start), None)


def of_a_country(post: Written, book: Book) -> Post | None:
    """总统沃尔德 in a text on 埃塞俄比亚."""
    if post.role not in book.knowledge.words["foreign_heads"]:
        return None
    before = book.posts.beside(post.start)
    if before and book.knowledge.patterns["body_at_home"].match(before.body):
        # 应中共中央政治局委员、|外长|王毅邀请，新西兰副总理…: not of 新西兰
        return at_home(post, book) or of_nothing_known(post, book)
    country = book.areas.country_before(post.start, abroad=post.role in book.knowledge.words["posts_abroad"])
    if country is None:
        return None  # 国务院总理何立新、副总理周启明: of the body before
    return Post(country.name + post.title, area=country, body=country.name, sieve="country-before")


def at_home(post: Written, book: Book) -> Post | None:
    """总理 in a text that tells of no other country: of 国务院."""
    for body in book.knowledge.maps["home_bodies"].get(post.role, ()):
        return Post(body + post.title, body=body, own_body=body, sieve="home-body")
    return None


def head_of_area(post: Written, book: Book) -> Post | None:
    """省长 after 江苏省委副书记: of 江苏省."""
    if post.role not in book.knowledge.maps["level_heads"]:
        return None
    (level,) = book.knowledge.maps["level_heads"][post.role]
    before = book.posts.near(post.start)
    if before and not before.area and level in SMALL and _body_of(before, post, book).endswith(level):
        return _lent(before, post, book)  # 陆泉村党总支书记、|村委会主任, of a village that no table has
    area = book.areas.of_level(level, post.start, book.posts.areas())
    if area is None:
        of_many = post.role in book.knowledge.words["roles_of_many"]
        return Post(post.title, sieve="body-unknown" if of_many else "area-unknown")
    return Post(area.name + post.title, area=area, body=area.name, sieve="head-of-area")


def of_the_autonomous_region(post: Written, book: Book) -> Post | None:
    """广西壮族自治区党委书记何立新、自治区主席周启明."""
    before = book.posts.near(post.start)
    if not before or not before.area or post.role != "主席" or not before.area.name.endswith("自治区"):
        return None
    title = book.knowledge.patterns["before_head"].sub("", before.name.removeprefix(before.area.name))
    if title != post.role and title.endswith(post.role):
        return None  # 广西壮族自治区政协主席何立新，|副主席周启明
    return Post(
        before.area.name + post.title, area=before.area, body=before.area.name, sieve="head-of-area"
    )


def of_the_government(post: Written, book: Book) -> Post | None:
    """清远市副市长何立新、秘书长周启明: of 清远市政府."""
    before = book.posts.near(post.start)
    if not before or not before.area or post.role != "秘书长":
        return None
    body = _body_of(before, post, book)
    if body != before.area.name:
        return None
    return Post(f"{body}政府{post.title}", area=before.area, body=body, sieve="body-of-post-before")


def of_a_body_with_such_a_post(post: Written, book: Book) -> Post | None:
    """农业部宣布…，由副部长麦秋…; 水利部部长何立新、副部长周启明: the nearest body before that has such a post."""
    endings = book.knowledge.maps["role_bodies"].get(post.role)
    if not endings:
        return None
    holder = next((one for one in book.of("Person") if one.span.end == post.start), None)
    if holder is None and book.areas.noun_before(post.start):
        return of_nothing_known(post, book)  # 重庆万观投资|董事长: of a body that nothing shows to be one
    works = book.knowledge.patterns["company_of_works"]
    company = any(map(book.knowledge.patterns["calls_a_company"].fullmatch, endings))

    def fits(before: Post) -> bool:
        body = _body_of(before, post, book)
        return body.endswith(endings) or (company and works.fullmatch(body) is not None)  # 中铁四局董事长、|总经理

    found = book.posts.lending(post.start, fits)
    organ = book.areas.organ_before(post.start, endings)
    nearest = max(found[0].span.start if found else -1, organ.span.start if organ else -1)
    told = book.areas.body_of_title(endings)
    if told and (nearest < 0 or book.page.look.rfind("。", 0, post.start) > nearest):
        # 厦门大学副校长…。|副校长: of the school told of
        return of_a_body_called(told, post, book)
    adjoins = holder and organ and organ.span.end == holder.span.start
    if holder and not adjoins and post.role in book.knowledge.words["roles_of_any_committee"]:
        return of_nothing_known(post, book)  # 市委政法委全会精神以及马旭明|书记…讲话: of none that is named before
    if found and (organ is None or organ.span.start < found[0].span.end):
        return _lent(found[1], post, book)
    if organ:
        return of_organ(organ, post, book)
    beside = book.posts.beside(post.start)  # 中国铁建党委书记、|董事长: a company whose short name does not say so
    return _lent(beside, post, book) if beside and beside.body else of_nothing_known(post, book)


def of_the_body_before(post: Written, book: Book) -> Post | None:
    """何立新任清远市公安局副局长、督察长: a role of which it is not known what it is of."""
    before = book.posts.near(post.start) or book.posts.latest(post.role)
    return _lent(before, post, book) if before and before.body else None


def of_the_body_that_speaks(post: Written, book: Book) -> Post | None:
    """党委书记 in the news of a school that no post before names."""
    if not book.areas.voice.bodies or post.role not in book.knowledge.words["roles_of_any_body"]:
        return None
    return of_a_body_called(book.areas.voice.bodies[0], post, book)


def of_nothing_known(post: Written, book: Book) -> Post:
    """The post has no name in full."""
    return Post(post.title, sieve="body-unknown")


def of_a_body_called(owner: str, post: Written, book: Book) -> Post:
    """The post in the body with that name: of its area, if the name begins with one that it is an organ of."""
    knowledge = book.knowledge
    if knowledge.patterns["organ_level"].match(owner):  # 省农业农村厅
        owner = book.areas.complete(owner, post.start, book.posts.areas()) or owner
    area = next(iter(knowledge.scan(owner)), None)
    rows = [name for name in area.names if name.code and name.status == "full"] if area and not area.start else []
    if area and len(rows) == 1 and not has_own_name(owner, Part("area", 0, area.end, area.names), owner, knowledge):
        rest = owner[area.end :]
        name, body = compose(rows[0].name, rest, post.title, knowledge), in_full(rows[0].name, rest, knowledge)
        return Post(name, area=rows[0], body=body, sieve="body-of-text")
    return Post(owner + post.title, body=owner, own_body=owner, sieve="body-of-text")


def of_organ(organ: Mention, post: Written, book: Book) -> Post:
    """The post in a body that the text names by itself: of its area, where its name begins with one."""
    knowledge, look = book.knowledge, book.page.look
    if organ.key in book.declared:
        body = book.declared[organ.key].key
        return Post(body + post.title, body=body, own_body=body, sieve="body-before")
    areas = [part for part in organ.parts if part.label == "area"]
    if areas and not has_own_name(look[areas[-1].start : organ.span.end], areas[-1], look, knowledge):
        row = book.areas.at(areas[-1].start)
        if row:
            rest = look[areas[-1].end : organ.span.end].replace(" ", "")
            name = compose(row.name, rest, post.title, knowledge)
            return Post(name, area=row, body=in_full(row.name, rest, knowledge), sieve="body-before")
    level = None if areas or organ.rule.startswith("table") else knowledge.patterns["level"].match(organ.key)
    area = book.areas.of_level(level.group(), organ.span.start, book.posts.areas()) if level else None
    if area:
        name = compose(area.name, organ.key, post.title, knowledge)
        return Post(name, area=area, body=in_full(area.name, organ.key, knowledge), sieve="body-before")
    return Post(organ.key + post.title, body=organ.key, own_body=organ.key, sieve="body-before")


def _lent(before: Post, post: Written, book: Book) -> Post:
    body = _body_of(before, post, book)
    own = before.own_body and _body_of(Post("", body=before.own_body), post, book)
    if body == post.role[:-1]:  # 校党委书记、|校长, in a text that does not say of which
        return of_nothing_known(post, book)
    of = "" if len(body) == 1 and post.title.startswith(body) else body  # 村党支部书记、|村委会主任
    return Post(
        of + post.title, area=before.area, place=before.place, body=body, own_body=own, sieve="body-of-post-before"
    )


def _body_of(before: Post, post: Written, book: Book) -> str:
    """The body that a post before lends: 党委书记、董事长 is of the company, not of its party committee."""
    patterns = book.knowledge.patterns
    endings = book.knowledge.maps["role_bodies"].get(post.role, ())
    if not before.body.endswith(endings) and (unit := patterns["unit_in_court"].search(before.body)):
        return before.body[: unit.start()]  # 民事审判第二庭庭长、|审判员: of the court
    in_party = patterns["party_role"].search(post.role) and post.title not in book.knowledge.words["party_roles"]
    if in_party and (committee := patterns["committee_in_post"].match(before.name)):
        return committee.group()  # 五家渠市党委委员、|常委
    if not in_party and patterns["party_inside"].search(before.body):
        return patterns["committee"].sub("", before.body)
    return before.body
