"""Which posts the mentions mean, and of which area or body each is: 市委书记 is of the 市 that the text tells of."""

from collections import defaultdict

from kg.model import Mention
from kg.resolve.book import Book
from kg.resolve.people import full_names
from kg.resolve.post import UNKNOWN_OWNER, Post
from kg.resolve.posts import read_post
from kg.resolve.tied import tied_posts

_UNCLEAR = "body-unknown"
_LONGEST_HONOUR = 8  # characters of 大会主席团常务


def read_offices(book: Book) -> None:
    """Read the posts of the page in order: what one leaves out, the ones before it tell."""
    holders = _Holders(book)
    tied = tied_posts(book)
    for mention in book.of("Office"):
        if known := holders.post_of_the_person_before(mention):
            book.read(mention, book.enter("Office", known), "post-of-name")
        elif fixed := holders.fixed_post(mention):  # 习近平主席
            _enter(book, mention, Post(fixed[0], own_body=fixed[1], body=fixed[1], sieve="fixed-post"))
        else:
            post = read_post(mention, book)
            if post.sieve == UNKNOWN_OWNER:
                continue
            if mention.rule == "office-bare" and (post.sieve == _UNCLEAR or mention not in tied):
                continue
            if mention not in tied and _role(mention, book) in book.knowledge.words["roles_of_many"]:
                continue
            if _is_no_post(mention, book):
                continue
            book.posts.read.append((mention, post))
            holders.note(mention, post)
            _enter(book, mention, post)


class _Holders:
    """Who stands before and after posts, and so holds them."""

    def __init__(self, book: Book) -> None:
        people = book.of("Person")
        whole = full_names(person.key for person in people)
        self._ending = {person.span.end: whole.get(person.key, person.key) for person in people}
        self._beginning = {person.span.start: whole.get(person.key, person.key) for person in people}
        self._posts = book.knowledge.posts
        self._held: dict[str, list[Post]] = defaultdict(list)
        self._waiting: list[Post] = []  # of a list of posts, for the name after it

    def before(self, mention: Mention) -> str:
        """The person right before a post, or ""."""
        return self._ending.get(mention.span.start, "")

    def fixed_post(self, mention: Mention) -> tuple[str, str] | None:
        """习近平|主席 by the table of posts: its name, and the body that it is of."""
        before = self.before(mention)
        return self._posts.get(before + mention.key) if before else None

    def note(self, mention: Mention, post: Post) -> None:
        """Note a post, for the person after it or after those that follow it."""
        self._waiting.append(post)
        if holder := self._beginning.get(mention.span.end):
            self._held[holder] += self._waiting
            self._waiting = []

    def post_of_the_person_before(self, mention: Mention) -> str:
        """秋实市长 after 襄阳市市长秋实: 襄阳市市长; "" for a post that is not bare."""
        if mention.rule != "office-bare":
            return ""
        posts = self._held[self.before(mention)]
        return next((post.name for post in reversed(posts) if post.name.endswith(mention.key)), "")


def _enter(book: Book, mention: Mention, post: Post) -> None:
    """Read a post, the areas inside it, and what it is of: an area, else a place that is in no table, else a body."""
    office = book.read(mention, book.enter("Office", post.name), post.sieve)
    start, end = mention.span.start, mention.span.end
    areas = [part for part in mention.parts if part.label == "area"]
    beside = bool(post.own_body and areas and post.body_span and areas[-1].end <= post.body_span[0])  # 荷兰|北荷大学
    for part in areas if beside else areas[:-1]:
        if part.names:
            book.read_part(part)
    if post.area:
        area = book.enter_area(post.area)
        book.link(office, "officeIn", area, start, end, "post-names-area")
        at = post.area_span or (start, end)
        book.read_inside(at, post.area.type, "area-of-post", book.page.look[slice(*at)], area, post.sieve)
    elif post.place:
        place = book.enter("Place", post.place)
        book.link(office, "officeIn", place, start, end, "post-names-area")
        if post.area_span:
            book.read_inside(post.area_span, "Place", "area-of-post", post.place, place, post.sieve)
    elif post.own_body and _names_body(post, book):
        body = book.enter("Organization", post.own_body)
        book.link(office, "officeIn", body, start, end, "post-names-body")
        at = post.body_span or (start, end)
        book.read_inside(at, "Organization", "body-of-post", post.own_body, body, "body-of-post")


def _names_body(post: Post, book: Book) -> bool:
    """Whether the text names the body: 习近平总书记 alone does not name 中共中央."""
    if post.own_body == "国务院":
        return "国务院" in book.page.look
    if post.own_body == "中共中央":
        return bool(book.knowledge.patterns["party_centre"].search(book.page.look))
    return post.name != "国家主席"


def _is_no_post(mention: Mention, book: Book) -> bool:
    """Whether what looks like a post is a role at one meeting or an honour: 大会主席团常务|主席, 全国优秀县委|书记."""
    role = mention.parts[-1].start
    return bool(book.knowledge.patterns["no_post_after"].search(book.page.look, max(0, role - _LONGEST_HONOUR), role))


def _role(mention: Mention, book: Book) -> str:
    """The role with which a post ends, without its rank."""
    return next((book.page.look[part.start : part.end] for part in mention.parts if part.label == "role"), "")
