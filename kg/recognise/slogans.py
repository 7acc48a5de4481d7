"""Policies in quotation marks: “最多跑一次”改革, “六稳”, and where they stand again without the marks."""

import re
from collections.abc import Iterator, Sequence

from kg.model import Hit, Mention
from kg.recognise.edges import Edges, is_area, occurrences

_QUOTED = re.compile(r"“(?P<name>[^“”，。？！；]{2,24})”")
_MARKS = re.compile(r"[“”]")
_LONGEST_VERB = 14  # characters before a slogan in which the verb is looked for
_SHORTEST_CARRIED = 4  # what is shorter is also a word: 建设, 三农
_SHORTEST_CAMPAIGN = 2  # characters in marks before 专项行动
_SHORTEST_KNOWN = 5  # characters of a table's name in which marks may stand


def known_in_marks(edges: Edges) -> Iterator[Mention]:
    """The tables' policies with quotation marks inside: “三个代表”重要思想, 长江“十年禁渔”."""
    look = edges.look
    for start, end, hit in _hits_over_marks(edges):
        name = next((name for name in hit.names if name.type == "Initiative"), None)
        if name is None or edges.patterns["initiative_verb"].match(name.form):  # 共建“一带一路”
            continue
        opens = look[start - 1 : start] == "“" and look.find("”", start, end) >= 0
        closes = look[end : end + 1] == "”" and look.rfind("“", start, end) > look.rfind("”", start, end)
        start, end = start - opens, end + closes
        if look.count("“", start, end) == look.count("”", start, end):
            yield edges.mention(start, end, "Initiative", "known-in-marks", name.form)


def _hits_over_marks(edges: Edges) -> Iterator[tuple[int, int, Hit]]:
    """Where the tables' names stand that have quotation marks inside in the text; the hits are those without them."""
    look = edges.look
    quoted = [one for one in edges.page.sentences if look.find("“", one.start, one.end) >= 0]
    if not quoted:
        return
    # scanned as one: a name holds no line break
    shown = [at for one in quoted for at in (*range(one.start, one.end), -1) if at < 0 or look[at] not in "“”"]
    for hit in edges.knowledge.scan("\n".join(_MARKS.sub("", look[one.start : one.end]) for one in quoted)):
        start, end = shown[hit.start], shown[hit.end - 1] + 1
        if end - start > hit.end - hit.start >= _SHORTEST_KNOWN:
            yield start, end, hit


def quoted_initiatives(edges: Edges) -> Iterator[Mention]:
    """“最多跑一次”改革, “两山”理念: quotation marks and a head; and slogans in marks after a verb of policy."""
    look = edges.look
    headed: set[int] = set()
    for match in edges.find("quoted_policy"):
        name, head = match["name"], match["head"].removeprefix("的")
        if edges.patterns["five_year_words"].fullmatch(name) or _is_rejected(edges, match.start()):
            continue
        if edges.patterns["verb_for_head"].match(look, match.start("head")):
            continue
        loose = head in edges.lists["loose_heads"] or bool(
            edges.patterns["no_head_of_slogan"].match(look, match.start("head"))
        )
        known = any(row.type == "Initiative" for row in edges.knowledge.names.get(name, ()))
        numbered = edges.patterns["numbered_strategy"].match(look, match.start())
        if not known and not numbered and not _may_be_headed(edges, name, head):
            continue
        headed.add(match.start())
        if loose or (known and head not in edges.lists["policy_heads"] and head not in edges.lists["kept_heads"]):
            yield edges.mention(match.start(), match.end("name") + 1, "Initiative", "quoted-head", name)
        else:
            yield edges.mention(*match.span(), "Initiative", "quoted-head", name + head)
    ends: set[int] = set()  # of slogans, so that the next one beside it is one too: “一网通办”“一网统管”
    for match in _QUOTED.finditer(look):
        if match.start() in headed or _is_rejected(edges, match.start()):
            continue
        if not (_is_policy(edges, match) or match.start() in ends):
            continue
        if edges.patterns["no_policy"].match(look, match.end()):
            continue
        if _is_slogan(edges, match["name"]):
            ends.add(match.end())
            yield edges.mention(*match.span(), "Initiative", "quoted-slogan", match["name"])


def _may_be_headed(edges: Edges, name: str, head: str) -> bool:
    """Whether words in marks may be a policy before that head: “净网”专项行动, but no “我们”行动."""
    patterns = edges.patterns
    if not patterns["no_slogan"].search(name) or patterns["slogan_form"].search(name):
        return True
    return len(name) == _SHORTEST_CAMPAIGN and bool(patterns["campaign_head"].match(head))


def _is_rejected(edges: Edges, start: int) -> bool:
    """Whether the text rejects what is quoted at `start`: 不搞“晒太阳工程”."""
    return bool(edges.patterns["rejected_policy"].search(edges.look, max(0, start - _LONGEST_VERB), start))


def _is_policy(edges: Edges, quoted: re.Match[str]) -> bool:
    """Whether one does policy with what is quoted: 推行“最多跑一地”, 以“一网通办”为牵引, 唱好“双城记”."""
    start, end = quoted.span()
    name, patterns = quoted["name"], edges.patterns
    before = edges.look, max(0, start - _LONGEST_VERB), start
    if patterns["sure_slogan"].search(name) or patterns["slogan_head"].search(name):
        return True
    if patterns["after_policy"].match(edges.look, end) or patterns["strong_policy_verb"].search(*before):
        return True
    if patterns["asked_for"].match(edges.look, end) and patterns["slogan_form"].search(name):
        return True
    if not patterns["policy_verb"].search(*before):
        return False
    return bool(patterns["slogan_form"].search(name)) or any(is_area(hit) for hit in edges.hits_in(start, end))


def _is_slogan(edges: Edges, name: str) -> bool:
    """Whether the words in quotation marks are no speech, and name nothing else."""
    known = edges.knowledge.names.get(name, ())
    return not edges.patterns["no_slogan"].search(name) and all(row.type == "Initiative" for row in known)


def carried_initiatives(edges: Edges, found: Sequence[Mention]) -> Iterator[Mention]:
    """Where a policy named in quotation marks stands again without them: 建设绿色|美丽长三角."""
    quoted = {mention.key for mention in found if mention.rule in {"quoted-slogan", "quoted-head"}}
    for name in sorted(key for key in quoted if len(key) >= _SHORTEST_CARRIED):
        for at in occurrences(edges.look, name):
            if edges.look[at - 1 : at] != "“":
                yield edges.mention(at, at + len(name), "Initiative", "carried-slogan", name)
