"""Posts with a body and no area before them, case by case: 部长 of a ministry, 党委书记 of the company just named."""

from dataclasses import replace

from kg.model import Name
from kg.resolve import bare_posts
from kg.resolve.areas import in_full
from kg.resolve.book import Book
from kg.resolve.post import Post, Written, compose, shorter
from kg.resolve.words import affixes

_LONGEST_GENERIC = 8  # characters of 我集团公司党委
_FAR = 8  # sentences over which a body is called by its head: 督察组
_AS_WRITTEN = "post-as-written"  # the sieve of a post whose body may be a part of another


def of_the_company(post: Written, book: Book) -> Post | None:
    """集团公司党委书记, 校党委书记, 局党组书记: of the one named in that sentence, else of the body that speaks."""
    generic = book.knowledge.patterns["generic_body"].match(post.body)
    if not generic:
        return None
    endings = book.knowledge.maps["generic_bodies"][generic["word"]]
    whole = replace(post, title=(generic["rest"] or "") + post.title)
    organ = None if generic["own"] else book.areas.organ_before(post.start, endings, reach=0)
    if (organ is None or organ.rule != "head-organ") and (owner := book.areas.body_like(endings, post.start)):
        return replace(bare_posts.of_a_body_called(owner, whole, book), body_span=post.body_span)
    organ = organ or book.areas.first_organ(endings, post.start)
    if organ is None and (known := book.areas.first_known(endings, post.start)):
        return replace(bare_posts.of_a_body_called(known, whole, book), body_span=post.body_span)
    if organ is None:
        return Post(post.body + post.title, body=post.body, sieve="body-unknown")  # 公司 is no name of a body
    return bare_posts.of_organ(organ, whole, book)


def of_the_body_before_its_holder(post: Written, book: Book) -> Post | None:
    """学校党委|陈春|书记, 我会|秘书长: the body stands before the post, or before the name of who holds it."""
    holder = next((one for one in book.of("Person") if one.span.end == post.start), None)
    end = holder.span.start if holder else post.start
    found = book.knowledge.patterns["generic_body_before"].search(book.page.look, max(0, end - _LONGEST_GENERIC), end)
    if found is None:
        return None
    return of_the_company(replace(post, start=found.start(), body=found.group()), book)


def of_a_unit_of_the_body(post: Written, book: Book) -> Post | None:
    """执行局局长 in the news of a court, 医务部主任 in that of a hospital: of the body that speaks.

    Not 清远市委常委、组织部部长, who comes to see the hospital.
    """
    units = book.knowledge.patterns
    before = book.posts.beside(post.start)
    kinds = ("justice",) if before and before.area else ("justice", "institution")
    for owner in book.areas.voice.bodies:
        for kind in kinds:
            if units[f"body_of_{kind}"].search(owner) and units[f"unit_of_{kind}"].fullmatch(post.body):
                return bare_posts.of_a_body_called(owner, replace(post, title=post.body + post.title), book)
    return None


def of_the_body_in_full(post: Written, book: Book) -> Post | None:
    """教育局党委书记 in the news of 蒲城县教育局, 第一人民医院院长 after 徐州市第一人民医院."""
    spoken = (body for body in book.areas.voice.bodies if body.endswith(post.body) and body != post.body)
    owner = next(spoken, "") or book.areas.with_its_area(post.body)
    return bare_posts.of_a_body_called(owner, post, book) if owner else None


def of_the_body_in_short(post: Written, book: Book) -> Post | None:
    """督察组组长 after 中央第四生态环境保护督察组: of the body named last that ends so; not in a list of posts."""
    if post.own or _names(post) or post.body not in book.knowledge.words["heads_said_for_bodies"]:
        return None
    organ = book.areas.organ_before(post.start, (post.body,), reach=_FAR)
    if book.posts.beside(post.start) or organ is None or organ.key == post.body:
        return None
    return replace(bare_posts.of_organ(organ, post, book), body_span=post.body_span)


def of_the_level(post: Written, book: Book) -> Post | None:
    """市委书记: of the 市 that the text tells of."""
    level = book.knowledge.patterns["level"].match(post.body)
    if not level or post.own or _names(post):
        return None
    if area := book.areas.of_level(level.group(), post.start, book.posts.areas()):
        return Post(
            compose(area.name, post.body, post.title, book.knowledge),
            area=area, body=in_full(area.name, post.body, book.knowledge),
            sieve="area-of-level", body_span=post.body_span,
        )
    return Post(post.body + post.title, body=post.body, sieve="area-unknown")


def of_a_latin_name(post: Written, book: Book) -> Post | None:
    """Norwell Biotech（诺维尔生物）全球总裁."""
    names = _names(post)
    if not names or names[0].status != "latin":
        return None
    body = book.knowledge.patterns["bracket"].sub("", post.body)
    return Post(body + post.title, body=body, own_body=names[0].name, body_span=post.body_span)


def of_a_declared_name(post: Written, book: Book) -> Post | None:
    """远磁股份董事长, after 中科远磁新材料股份有限公司（以下简称“远磁股份”）."""
    names = _names(post)
    if not names or names[0].status != "declared":
        return None
    between = book.knowledge.patterns["between_body_and_post"]
    rest = post.body.removeprefix(names[0].form)
    # 秦农大|农学院 is of the university too, and 中国远陆|西北工程局 a body of its own
    short = not rest or between.fullmatch(rest) or book.knowledge.patterns["unit_of_institution"].fullmatch(rest)
    body = names[0].name + rest if short else post.body
    return Post(body + post.title, body=body, own_body=between.sub("", body), body_span=post.body_span)


def of_a_known_body(post: Written, book: Book) -> Post | None:
    """国务院国资委党委委员: of a body of the tables, or with a name of its own."""
    names = _names(post)
    if not names and not post.own:
        return None
    whole = next((name for name in names if name.form == post.body), None)
    if whole:  # 国台办主任 in a text that names 国务院台湾事务办公室; 工会 is a part of 中华全国总工会
        body = shorter(max(post.body, book.areas.forms.get(whole.name, ""), key=len), book.knowledge)
        return Post(body + post.title, body=body, own_body=body, body_span=post.body_span)
    owner = book.knowledge.patterns["between_body_and_post"].sub("", post.body) or post.body
    return Post(post.body + post.title, body=post.body, own_body=owner, body_span=post.body_span)


def inside_the_body_before(post: Written, book: Book) -> Post | None:
    """总经理、党委副书记: of the same company; 县长、县政府党组书记."""
    before = book.posts.near(post.start)
    if not before or post.body not in book.knowledge.words["inner_bodies"]:
        return None
    owner = before.own_body or book.knowledge.patterns["committee"].sub("", before.body)
    spoken = next((body for body in book.areas.voice.bodies if owner.startswith(body) and owner != body), "")
    if spoken and not book.posts.beside(post.start):
        # 湖北民族大学医学部党委书记张三，|党委常委|李四: of the university again
        return bare_posts.of_a_body_called(spoken, replace(post, title=post.body + post.title), book)
    body = owner + post.body
    return Post(
        body + post.title, area=before.area, place=before.place, body=body, own_body=before.own_body,
        sieve="body-of-post-before",
    )


def of_hong_kong(post: Written, book: Book) -> Post | None:
    """教育局局長 in a paper of Hong Kong or Macao."""
    if not book.knowledge.patterns["hong_kong_body"].search(post.body) or not book.areas.traditional:
        return None
    region = book.areas.of_level("特别行政区", post.start)
    if region is None:
        return None
    body = region.name + post.body
    return Post(body + post.title, area=region, body=body, sieve="area-of-paper")


def of_the_court_before(post: Written, book: Book) -> Post | None:
    """河南省高级人民法院审判委员会委员、刑事审判第二庭庭长; 北海市人民检察院检察长何立新、公诉处处长周启明."""
    patterns = book.knowledge.patterns
    before = book.posts.near(post.start)
    court = patterns["court_in_body"].match(before.body) if before else None
    if not before or not court or not patterns["unit_of_justice_alone"].fullmatch(post.body):
        return None
    body = court.group() + post.body
    return Post(
        body + post.title, area=before.area, place=before.place, body=body, own_body=before.own_body and body,
        sieve="body-of-post-before",
    )


def of_the_committee_before(post: Written, book: Book) -> Post | None:
    """河池市委常委、组织部部长."""
    before = book.posts.near(post.start)
    if not before or not before.area or not before.body:
        return None
    if not post.body.endswith(affixes(book.knowledge, "party_parts")):
        return None
    in_committee = book.knowledge.patterns["committee"].search(before.body)
    if not in_committee and book.posts.beside(post.start) and _has_such_units(before.body, post, book):
        return None  # 山东省政府副秘书长、|办公厅党组成员
    body = (before.body if in_committee else f"{before.area.name}委") + post.body
    return Post(body + post.title, area=before.area, body=body, sieve="body-of-post-before")


def of_the_bureau_before(post: Written, book: Book) -> Post | None:
    """临沂市市场监管局党组成员、综合执法支队支队长: a unit of the bureau, and not of its area."""
    before = book.posts.beside(post.start)
    patterns = book.knowledge.patterns
    if not before:
        return None
    owner = patterns["party_inside"].sub("", before.body)
    if not _has_such_units(owner, post, book):
        return None
    body = owner + post.body
    own = before.own_body and body
    return Post(
        body + post.title, area=before.area, place=before.place, body=body, own_body=own, sieve="body-of-post-before"
    )


def _has_such_units(owner: str, post: Written, book: Book) -> bool:
    """Whether the body of the post is a unit inside a body like that: 办公厅 of a government."""
    patterns = book.knowledge.patterns
    inner = patterns["inner_unit"].search(post.body) and patterns["has_inner_units"].search(owner)
    return inner is not None


def of_the_area_before(post: Written, book: Book) -> Post | None:
    """河池市副市长、公安局局长; 临港开发区党工委书记、管委会主任."""
    before = book.posts.near(post.start)
    owner = before and (before.area.name if before.area else before.place)
    if not before or not owner:
        return None
    if book.knowledge.patterns["party_of_a_company"].match(post.body) and not book.posts.beside(post.start):
        return None  # 资阳市市长会见|中信建设党委|副书记
    body = owner + post.body
    return Post(body + post.title, area=before.area, place=before.place, body=body, sieve="body-of-post-before")


def of_the_organ_before(post: Written, book: Book) -> Post | None:
    """水利部水旱灾害防御司司长、规划计划司司长."""
    before = book.posts.near(post.start)
    if not before or not before.own_body or before.own_body.startswith(post.body[:2]):
        return None
    if before.own_body.endswith(post.body):  # 全国政协委员 …、政协委员
        body = before.own_body
        return Post(body + post.title, body=body, own_body=body, sieve="body-of-post-before")
    root = book.knowledge.patterns["root_of_body"].match(before.own_body)
    if root is None and before.sieve == _AS_WRITTEN:
        return None  # 教务处处长何立新、|研究生院院长: of a school that nothing names
    body = (root.group() if root else before.own_body) + post.body
    return Post(body + post.title, body=body, own_body=body, sieve="body-of-post-before", body_span=post.body_span)


def as_written(post: Written, book: Book) -> Post:
    """The body is called what the text calls it."""
    return Post(
        post.body + post.title, body=post.body, own_body=post.body, sieve=_AS_WRITTEN, body_span=post.body_span
    )


def _names(post: Written) -> tuple[Name, ...]:
    return post.body_part.names if post.body_part else ()
