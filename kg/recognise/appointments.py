"""Lists of names beside posts: 市委常委佟画、谷雨、万里云 after the post, 任命向 前、商 量为…副市长 before it."""

import re
from collections.abc import Iterator

from kg.model import Mention
from kg.recognise.names import BEFORE_NAMES, Names, PersonName
from kg.recognise.surroundings import AFTER_BARE_POST, AFTER_POST, APPOINTED, LISTED

_SEPARATOR = re.compile(r" ?(?P<mark>[、，]) ?|(?P<word>和|及|与|以及)| +|(?P<line>\n)")
_IN_BRACKETS = re.compile(r"（[^（）]*）")
_PIECE = re.compile(r"[^、]+")
_BEFORE_POST = "为的（"
_CLOSES = "，、。；"
_LONGEST_FUNCTION = 4  # characters of a word of the sentence that may be a name: 明天
_LONGEST_MODE = 8  # （挂职）, （兼）
_LONGEST_BRACKET = 40  # （女，土家族，1968年3月生）


def names_after(names: Names, at: int, rule: str, promise: float) -> Iterator[PersonName]:
    """The list of names that begins at `at`, where a post or a word promises one: 市委常委|佟画、谷雨、万里云."""
    look, edges = names.look, names.edges
    if look.startswith("：", at):
        at += 1
    if look.startswith(("兼", "总书记"), at):
        return
    if (closing := _after_bracket(look, at)) - at in range(1, _LONGEST_MODE):  # 副院长（挂职）|霍家明
        at = closing
    first = at = _after_blanks(look, at)
    joins = look[at : at + 1] in BEFORE_NAMES and not names.read(at, promise)
    if joins and names.begins_strong_name(at + 1, len(look)):
        first = at = at + 1  # 执行主席|是|张伟民、李树青
    if _opens_plainly(names, at):
        return
    strength = promise
    while read := names.read(at, strength):
        end, text = read
        if at == first and _is_plain_word(names, at, end, text):
            return
        yield PersonName(at, end, text, rule)
        separator = _SEPARATOR.match(look, _after_bracket(look, end))
        if not separator or separator["mark"] == "，" or separator["line"]:
            return
        at = separator.end()
        strength = min(promise, AFTER_BARE_POST) if separator["word"] else max(promise, LISTED)
        is_role = at in edges.role_from or (look.startswith("副", at) and at + 1 in edges.role_from)
        if is_role or at in names.office_from:  # 副市长佟画、|秘书长谷雨
            return
        if separator["word"] and at in edges.hit_from:  # 市长佟画和|北京市…
            return
        at = _after_blanks(look, at)


def _after_blanks(look: str, at: int) -> int:
    while look.startswith(" ", at):
        at += 1
    return at


def _after_bracket(look: str, at: int) -> int:
    """Where the text goes on after what stands in brackets behind a name: 商 量（女，土家族）|、."""
    closing = look.find("）", at, at + _LONGEST_BRACKET) if look.startswith("（", at) else -1
    return closing + 1 if closing > 0 else at


def _opens_plainly(names: Names, at: int) -> bool:
    """Whether a word that follows names begins there, so that no name does: asked first, to read names takes long."""
    look, function = names.look, names.edges.lists["function"]
    return names.begins_follower(at) and not any(
        look[at : at + size] in function and look[at + size : at + size + 1] in _CLOSES
        for size in range(2, _LONGEST_FUNCTION + 1)
    )


def _is_plain_word(names: Names, at: int, end: int, text: str) -> bool:
    """Whether what stands after a post is a word of the sentence: 市长|会见, 书记|有关."""
    if text not in names.edges.stops:
        return names.begins_follower(at)
    # 代市长明天，: a word of time may be a name where nothing else follows
    may_be_name = text in names.edges.lists["function"] and text[0] in names.surnames
    return not (may_be_name and names.look[end : end + 1] in _CLOSES)


def names_before(names: Names, post: Mention) -> Iterator[PersonName]:
    """The names that a post is said of: before 为 or 的 and the post, or before the bracket in which it stands.

    任命向 前、商 量（女，土家族）为…副市长; 免去毕 成的…局长职务; 高明（亳州市委书记）.
    """
    look, start = names.look, post.span.start
    joint = look[start - 1 : start]
    if not joint or joint not in _BEFORE_POST:
        return
    floor = max(look.rfind("\n", 0, start), look.rfind("。", 0, start)) + 1
    if joint == "（":
        yield from _before_bracket(names, floor, start - 1)
        return
    # brackets must not part a list: 向 前、商 量（女，土家族）为
    listed = _IN_BRACKETS.sub(lambda match: "、" * len(match.group()), look[floor : start - 1])
    opens = names.edges.patterns["list_opens"].match(listed)
    if joint == "的" and opens and not opens["removes"]:
        return
    begin = opens.end() if opens else 0
    pieces = list(_PIECE.finditer(listed, begin))
    if len(pieces) == 1 and pieces[0].group().strip().count(" ") > 1:  # 江　南　向　往　梅雪飞为…审判员
        pieces = list(names.edges.patterns["spaced_piece"].finditer(listed, begin))
    texts = [piece.group().strip() for piece in pieces]
    if not all(_may_be_listed(names, text) for text in texts):
        return
    for piece, text in zip(pieces, texts, strict=True):
        name = text.replace(" ", "")
        at = floor + piece.start() + piece.group().index(text[0])
        if names.read(at, APPOINTED) != (at + len(text), name):  # 主持开幕式的应|为…, 容克勤叮嘱随行|的…
            continue
        if joint == "为" or name[0] in names.surnames or name[:2] in names.surnames:
            yield PersonName(at, at + len(text), name, "name-appointed")


def _may_be_listed(names: Names, text: str) -> bool:
    """Whether a piece of a list before 为 can be a name: not 以习近平同志|为…, not 也成|为…."""
    opens_none = text[0] in names.edges.lists["never_first"] and text[0] not in names.surnames
    plain = text in names.edges.stops or opens_none or text.endswith("同志")
    return bool(names.edges.patterns["whole_piece"].fullmatch(text)) and not plain


def _before_bracket(names: Names, floor: int, bracket: int) -> Iterator[PersonName]:
    """高明（亳州市委书记）、左丘远（…）: the name before a bracket that begins with a post."""
    look = names.look
    for size, surname in ((4, 2), (3, 1), (3, 2), (2, 1)):
        start = bracket - size
        opens = start >= floor and (names.opens_clause(start) or look[start - 1] in "有是为、和")
        if opens and look[start : start + surname] in names.surnames:
            yield PersonName(start, bracket, look[start:bracket], "name-before-bracket")
            return
    match = names.edges.patterns["before_bracket"].search(look, floor, bracket)
    if match and names.read(match.start("name"), AFTER_POST):
        yield PersonName(match.start("name"), bracket, match["name"], "name-before-bracket")
