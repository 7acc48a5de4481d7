"""Posts whose body is called by what it is alone, case by case: 该院公诉处, 部国际合作司, 园区管委会, 团省委."""

from dataclasses import replace

from kg.resolve import bare_posts
from kg.resolve.areas import in_full
from kg.resolve.body_posts import of_the_bureau_before
from kg.resolve.book import Book
from kg.resolve.post import UNKNOWN_OWNER, Post, Written, compose

_FAR = 8  # sentences over which a ministry or a team is called by what it is


def of_that_body(post: Written, book: Book) -> Post | None:
    """该局党委委员, 该院公诉处处长: of the bureau or court named last, in a post or by itself."""
    that = book.knowledge.patterns["that_body"].fullmatch(post.body)
    if not that:
        return None
    endings = (*book.knowledge.maps["generic_bodies"].get(that["word"], ()), that["word"])
    organ = book.areas.organ_before(post.start, endings)
    lent = book.posts.lending(post.start, lambda before: _whole(before.body, endings, book).endswith(endings))
    nearest = max((mention.span.start for mention in (organ, lent and lent[0]) if mention), default=-1)
    if told := _in_an_event(nearest, post.start, endings, book):
        owner = bare_posts.of_a_body_called(told, post, book)
    elif lent and (organ is None or organ.span.start < lent[0].span.start):
        owner = replace(lent[1], body=_whole(lent[1].body, endings, book))
    elif organ:
        owner = bare_posts.of_organ(organ, post, book)
    else:
        return Post(that["rest"] + post.title, sieve=UNKNOWN_OWNER)
    body = owner.body + that["rest"]
    own_body = body if owner.own_body else ""
    return Post(
        body + post.title, area=owner.area, place=owner.place, body=body, own_body=own_body, sieve="body-before"
    )


def _in_an_event(after: int, before: int, endings: tuple[str, ...], book: Book) -> str:
    """The body with which the name of an event in that stretch begins: 贝珠光伏有限公司|揭牌仪式举行，该公司…."""
    names = (event.key for event in book.of("Event") if after < event.span.start < before)
    found = (match["body"] for name in names if (match := book.knowledge.patterns["body_in_an_event"].match(name)))
    return next((body for body in found if body.endswith(endings)), "")


def _whole(body: str, endings: tuple[str, ...], book: Book) -> str:
    """The court that a chamber belongs to, and the bureau that a party group does."""
    court = book.knowledge.patterns["court_in_body"].match(body)
    if court and court.group().endswith(endings):
        return court.group()
    return book.knowledge.patterns["party_inside"].sub("", body)


def of_that_area(post: Written, book: Book) -> Post | None:
    """该县县长, 该乡党委书记: of the area of that level that was named last."""
    that = book.knowledge.patterns["that_area"].fullmatch(post.body)
    if not that:
        return None
    area = book.areas.named_last(that["level"], post.start)
    lent = None if area else book.posts.lending(post.start, lambda before: before.place.endswith(that["level"]))
    owner = area.name if area else lent[1].place if lent else ""
    if not owner:
        return Post(that["rest"] + post.title, sieve=UNKNOWN_OWNER)
    name = compose(owner, that["rest"], post.title, book.knowledge)
    body = in_full(owner, that["rest"], book.knowledge)
    return Post(name, area=area, place="" if area else owner, body=body, sieve="area-before")


def of_the_league(post: Written, book: Book) -> Post | None:
    """团省委书记: of 共青团广东省委."""
    league = book.knowledge.patterns["league_of_level"].fullmatch(post.body)
    level = book.knowledge.patterns["level"].match(league["body"]) if league else None
    area = book.areas.of_level(level.group(), post.start, book.posts.areas()) if level else None
    if not league or not area:
        return None
    body = f"共青团{in_full(area.name, league['body'], book.knowledge)}{league['rest']}"
    return Post(body + post.title, area=area, body=body, sieve="area-of-level")


def of_its_own_unit(post: Written, book: Book) -> Post | None:
    """部国际合作司司长, 局规划科科长: of the ministry or bureau whose post or name stands last before it."""
    unit = book.knowledge.patterns["unit_of_its_own"].fullmatch(post.body)
    if not unit or post.own or post.body in book.knowledge.departments:
        return None
    endings = (unit["word"],)
    organ = book.areas.organ_before(post.start, endings, reach=_FAR)
    lent = next((row for row in reversed(book.posts.read) if _lends_at_home(row[1], endings, book)), None)
    whole = replace(post, title=unit["rest"] + post.title)
    if organ and (lent is None or lent[0].span.start < organ.span.start):
        return bare_posts.of_organ(organ, whole, book)
    if lent is None:
        return None
    before = lent[1]
    body = _whole(before.body, endings, book) + unit["rest"]
    return Post(
        body + post.title, area=before.area, place=before.place, body=body, own_body=before.own_body and body,
        sieve="body-of-post-before",
    )


def _lends_at_home(before: Post, endings: tuple[str, ...], book: Book) -> bool:
    """Whether a post is of such a body, and not of one of another country."""
    abroad = before.area is not None and before.area.kind == "Country"
    return not abroad and _whole(before.body, endings, book).endswith(endings)


def of_the_ministry_before(post: Written, book: Book) -> Post | None:
    """甘肃省农牧厅副厅长（其间在国家民委挂职，任经济发展司副司长）: no area has a 司."""
    before = book.posts.near(post.start)
    if post.own or not (before and before.area) or not _names_unit_of_a_ministry(post, book):
        return None
    organs = (one for one in reversed(book.areas.organs) if one.span.end <= post.start and one.rule.startswith("table"))
    ministry = next((one for one in organs if book.knowledge.patterns["has_such_units"].search(one.key)), None)
    if ministry is None or "。" in book.page.look[ministry.span.end : post.start]:
        return None
    body = ministry.key + post.body
    return Post(body + post.title, body=body, own_body=body, sieve="body-before")


def _names_unit_of_a_ministry(post: Written, book: Book) -> bool:
    return book.knowledge.patterns["unit_of_a_ministry"].fullmatch(post.body) is not None


def of_the_zone_in_short(post: Written, book: Book) -> Post | None:
    """园区管委会主任 after 清河工业园区: of the zone named last that ends so."""
    zone = book.knowledge.patterns["zone_in_short"].fullmatch(post.body)
    if not zone or post.own:
        return None
    before = (one for one in reversed(book.readings) if one.mention.span.start < post.start)
    names = (book.facts[one.entity][1] for one in before if one.mention.type == "Place")
    name = next((name for name in names if name.endswith(zone["word"]) and name != zone["word"]), "")
    if not name:
        return None
    body = name + zone["rest"]
    return Post(body + post.title, place=name, body=body, sieve="zone-before")


def of_the_team_in_the_village(post: Written, book: Book) -> Post | None:
    """驻村工作队队长: of the team that the text names with whose it is, else of the village that it tells of."""
    team_of = book.knowledge.patterns["team_in_village"].fullmatch(post.body)
    if post.areas or not team_of:
        return None
    if team_of["village"]:  # 自王基村|驻村工作队
        return _of_its_first_place(post, team_of["village"], book)
    team = book.areas.organ_before(post.start, (post.body,), reach=_FAR)
    if team and team.key != post.body:
        return bare_posts.of_organ(team, post, book)
    area = book.areas.of_level("村", post.start, book.posts.areas())
    if area is None:
        return None
    body = area.name + post.body
    return Post(body + post.title, area=area, body=body, sieve="area-of-level")


def of_a_township(post: Written, book: Book) -> Post | None:
    """双溪镇市场监管所所长, of a township that no table has: of 双溪镇."""
    named = book.knowledge.patterns["body_of_a_township"].fullmatch(post.body)
    if not named or post.areas:
        return None
    return _of_its_first_place(post, named["area"], book)


def of_a_county_of_old(post: Written, book: Book) -> Post | None:
    """余姚县委书记, of a county that no table has any more: of 余姚县."""
    named = book.knowledge.patterns["body_of_a_county"].fullmatch(post.body)
    return _of_its_first_place(post, named["area"], book) if named and not post.areas else None


def _of_its_first_place(post: Written, place: str, book: Book) -> Post:
    """A post as written, of the place with which it begins."""
    at = post.body_span[0] if post.body_span else post.start
    row = book.areas.choose(book.knowledge.names.get(place, ()), at)
    span = (at, at + len(place))
    return Post(post.body + post.title, area=row, place="" if row else place, body=post.body, area_span=span)


def of_the_group_before(post: Written, book: Book) -> Post | None:
    """省人大常委会副主任、执法检查组组长, then 执法检查组副组长: of the assembly whose post stands beside it."""
    if not book.knowledge.patterns["inner_group"].search(post.body):
        return None
    known = next((one for _, one in reversed(book.posts.read) if _ends_with(one.body, post.body)), None)
    if known is None:
        return of_the_bureau_before(post, book)
    return replace(known, name=known.body + post.title, body_span=None, area_span=None, sieve="body-of-post-before")


def _ends_with(body: str, rest: str) -> bool:
    return body.endswith(rest) and body != rest


def of_the_police(post: Written, book: Book) -> Post | None:
    """清远市公安局局长何立新，交警支队支队长周启明: of the police of the post before."""
    return _inside(post, "police_unit", "police_in_body", book)


def of_the_hospital(post: Written, book: Book) -> Post | None:
    """清远市人民医院院长何立新、心内科主任周启明: of the hospital of the post before."""
    if found := _inside(post, "ward", "hospital_in_body", book):
        return found
    if post.own or not book.knowledge.patterns["ward"].fullmatch(post.body):
        return None
    owner = book.areas.body_like(("医院",), post.start)
    return bare_posts.of_a_body_called(owner, replace(post, title=post.body + post.title), book) if owner else None


def _inside(post: Written, unit: str, whole: str, book: Book) -> Post | None:
    """A post in a unit of that kind inside the body of the post before that is such a whole."""
    before, patterns = book.posts.near(post.start), book.knowledge.patterns
    owner = patterns[whole].match(before.body) if before else None
    if not before or not owner or post.own or not patterns[unit].fullmatch(post.body):
        return None
    body = owner.group() + post.body
    return Post(
        body + post.title, area=before.area, place=before.place, body=body, own_body=before.own_body and body,
        sieve="body-of-post-before",
    )
