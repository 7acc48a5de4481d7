"""What a post is called in full, and of which area or body it is: 省长 after 江苏省委副书记 is 江苏省省长."""

from collections.abc import Callable

from kg.model import Mention, Name
from kg.resolve import bare_posts, body_posts, unit_posts
from kg.resolve.areas import in_full
from kg.resolve.book import Book
from kg.resolve.post import Post, Written, compose, keeps_doubled, written

Case = Callable[[Written, Book], Post | None]


def read_post(mention: Mention, book: Book) -> Post:
    """The post of a mention in full, by the first case that fits what is written."""
    post = written(mention, book.page.look, book.knowledge)
    cases = AREA_CASES if post.areas else BODY_CASES if post.body_part else BARE_CASES
    return next(found for case in cases if (found := case(post, book)))


def body_of_its_own(post: Written, book: Book) -> Post | None:
    """安徽中医药大学校长, 河南省|商丘市文联主席: the area is a part of the body's name."""
    part, last = post.body_part, post.areas[-1]
    if part is None or part.start <= last.start:
        return None
    if not (post.own or _in_hong_kong(post, book) or _of_china(post, book) or _of_a_landscape(post)):
        return None
    patterns = book.knowledge.patterns
    first = last.end if _is_school_abroad(post, book) else last.start
    body = patterns["former_inside"].sub("", book.page.look[first : part.end].replace(" ", ""))
    owner = patterns["between_body_and_post"].sub("", body) or body
    span = (first, part.end) if owner == body else None
    return Post(body + post.title, body=body, own_body=owner, body_span=span)


def _is_school_abroad(post: Written, book: Book) -> bool:
    """荷兰|北荷大学: the country is no part of the name."""
    (first, *more), patterns = post.areas, book.knowledge.patterns
    if more or not first.names or first.names[0].kind != "Country":
        return False
    at_home = first.names[0].name in book.knowledge.words["home_countries"]
    return not at_home and bool(patterns["school_abroad"].match(post.body))


def _in_hong_kong(post: Written, book: Book) -> bool:
    """香港贸易发展局主席: a body of its own; 香港教育局局长 is of the government."""
    (area, *more) = post.areas
    patterns = book.knowledge.patterns
    head = patterns["before_official"].sub("", post.title)
    return (
        not more
        and bool(patterns["hong_kong_bureau"].search(post.body))
        and not patterns["hong_kong_official"].fullmatch(head)
        and bool(patterns["hong_kong"].fullmatch(book.page.look, area.start, area.end))
    )


def _of_a_landscape(post: Written) -> bool:
    """青藏高原科学考察指导委员会主任: nature has no organs of its own."""
    names = post.areas[-1].names
    return bool(names) and all(name.kind == "NaturalFeature" for name in names)


def _of_china(post: Written, book: Book) -> bool:
    """中国作家协会主席."""
    return _area(post, book)[1] == "中国" and not book.knowledge.patterns["no_body_of_china"].search(post.body)


def _area(post: Written, book: Book) -> tuple[Name | None, str]:
    """The row of the last area, if it is clear which one, and the area's name."""
    last = post.areas[-1]
    surface = book.page.look[last.start : last.end]
    row = book.areas.at(last.start)
    if row and not last.names and not row.name.endswith(surface):
        row = None  # 自贡高新区: a zone, and not the city with which its name begins
    row = _of_the_level(post, row, book) or (book.areas.choose(last.names, last.start) if last.names else None)
    return row, row.name if row else surface


def _of_the_level(post: Written, row: Name | None, book: Book) -> Name | None:
    """The row whose level is that of the body: 哈密|地委 is of 哈密地区, not of 哈密市."""
    knowledge = book.knowledge
    level = knowledge.patterns["level"].match(post.body)
    word = level.group() if level else next(iter(knowledge.maps["level_bodies"].get(post.body, ())), "")
    endings = knowledge.maps["area_levels"].get(word, ())
    if not endings or not row or row.name.endswith(endings):
        return row
    fitting = [name for name in post.areas[-1].names if name.name.endswith(endings)]
    return fitting[0] if len(fitting) == 1 else row


def of_a_party_branch(post: Written, book: Book) -> Post | None:
    """民盟|清远市|委副主委: of the area, which stands inside the body's name."""
    part, first, last = post.body_part, post.areas[0], post.areas[-1]
    if part is None or part.start >= first.start or not book.knowledge.patterns["party_branch"].match(post.body):
        return None
    row, place = _area(post, book)
    look = book.page.look
    body = look[part.start : first.start] + in_full(place, look[last.end : part.end], book.knowledge)
    return Post(
        body + post.title, area=row, place="" if row else place, body=body, area_span=(last.start, last.end)
    )


def of_area(post: Written, book: Book) -> Post:
    """清远市人大常委会主任."""
    row, place = _area(post, book)
    last = post.areas[-1]
    if book.knowledge.patterns["army_of_an_area"].match(post.body):
        place = book.page.look[last.start : last.end].replace(" ", "")  # 保山|军分区 is called so itself
    level = book.knowledge.patterns["level"].fullmatch(post.body)
    if level and row and row.code and not row.name.endswith(level.group()):
        return _of_what_it_was(post, book)
    doubled = post.body_part and keeps_doubled(last, post.body_part, book.page.look, book.knowledge)
    return Post(
        place + post.body + post.title if doubled else compose(place, post.body, post.title, book.knowledge),
        area=row,
        place="" if row else place,
        body=in_full(place, post.body, book.knowledge),
        body_span=post.body_span,
        area_span=(last.start, last.end),
    )


def _of_what_it_was(post: Written, book: Book) -> Post:
    """清远|县|副县长, of what is a city today: of 清远县."""
    start = post.areas[-1].start
    end = post.body_part.end if post.body_part else post.areas[-1].end
    place = book.page.look[start:end].replace(" ", "")
    return Post(place + post.title, place=place, body=place, area_span=(start, end))


# The cases, by what is written before the role. The first that fits answers; the last one of each list always does.
AREA_CASES: tuple[Case, ...] = (of_a_party_branch, body_of_its_own, of_area)
BODY_CASES: tuple[Case, ...] = (
    bare_posts.of_a_country_by_its_letter,
    unit_posts.of_that_body,
    unit_posts.of_that_area,
    body_posts.of_the_company,
    unit_posts.of_the_team_in_the_village,
    unit_posts.of_the_zone_in_short,
    unit_posts.of_the_group_before,
    unit_posts.of_a_township,
    unit_posts.of_a_county_of_old,
    unit_posts.of_the_league,
    unit_posts.of_its_own_unit,
    unit_posts.of_the_ministry_before,
    body_posts.of_the_body_in_short,
    body_posts.of_the_level,
    body_posts.of_a_latin_name,
    body_posts.of_a_declared_name,
    body_posts.of_the_body_in_full,
    body_posts.of_a_known_body,
    body_posts.of_a_unit_of_the_body,
    body_posts.inside_the_body_before,
    body_posts.of_hong_kong,
    body_posts.of_the_court_before,
    unit_posts.of_the_police,
    unit_posts.of_the_hospital,
    body_posts.of_the_committee_before,
    body_posts.of_the_bureau_before,
    body_posts.of_the_area_before,
    body_posts.of_the_organ_before,
    body_posts.as_written,
)
BARE_CASES: tuple[Case, ...] = (
    bare_posts.of_a_country_by_its_letter,
    bare_posts.of_the_same_holder,
    body_posts.of_the_body_before_its_holder,
    bare_posts.of_the_country_before,
    bare_posts.fixed,
    bare_posts.of_a_country,
    bare_posts.at_home,
    bare_posts.head_of_area,
    bare_posts.of_the_autonomous_region,
    bare_posts.of_the_government,
    bare_posts.of_a_body_with_such_a_post,
    bare_posts.of_the_body_before,
    bare_posts.of_the_body_that_speaks,
    bare_posts.of_nothing_known,
)
