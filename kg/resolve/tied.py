"""Which posts the text ties to somebody: 市长|何立新, 任|组长; not 十名|委员, 县委书记要当好|总指挥."""

from collections.abc import Iterator

from kg.model import Mention
from kg.resolve.book import Book

_REACH = 12  # characters before a post in which a verb that gives or takes it ends


def tied_posts(book: Book) -> frozenset[Mention]:
    """The posts that stand beside a name or after a verb that gives or takes a post, and those listed with them."""
    look, patterns = book.page.look, book.knowledge.patterns
    people = book.of("Person")
    begins, ends = {m.span.start for m in people}, {m.span.end for m in people}
    surnames, words = book.knowledge.surnames, book.knowledge.rare_surnames
    found: set[Mention] = set()
    for posts in _lists(book):
        start, end = posts[0].span.start, posts[-1].span.end
        follows = look[end : end + 1]
        after = patterns["before_holder"].match(look, end)
        before = patterns["after_holder"].search(look, max(0, start - _REACH), start)
        if (
            (after and after.end() in begins)
            or (before and before.start() in ends)
            or patterns["gives_post"].search(look, max(0, start - _REACH), start)
            or any(post.rule != "office-bare" for post in posts[:-1])
            or (posts[-1].rule != "office-bare" and follows in surnames and follows not in words)
        ):
            found.update(posts)
    return frozenset(found)


def _lists(book: Book) -> Iterator[list[Mention]]:
    """The posts of a page, those that a mark or a word joins in one list: 市委书记、市人大常委会主任."""
    joint = book.knowledge.patterns["joins_posts"]
    posts: list[Mention] = []
    for mention in book.of("Office"):
        if posts and not joint.fullmatch(book.page.look, posts[-1].span.end, mention.span.start):
            yield posts
            posts = []
        posts.append(mention)
    if posts:
        yield posts
