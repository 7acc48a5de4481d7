"""Named policies, strategies, programmes and works: by quotation marks and by heads; the rest is in the table."""

import re
from collections.abc import Iterator, Sequence

from kg.knowledge import Head
from kg.model import Mention, Sentence
from kg.recognise.edges import Edges, HeadAt, heads_in_sentences, is_area, occurrences

_QUOTED = re.compile(r"“(?P<name>[^“”，。？！；]{2,20})”")
_NO_KEY = re.compile(r"[“” ]")
_LONGEST_VERB = 14  # characters before a slogan in which the verb is looked for
_LONGEST = 24  # characters before the head
_SHORTEST_CARRIED = 4  # what is shorter is also a word: 建设, 三农


def quoted_initiatives(edges: Edges) -> Iterator[Mention]:
    """“最多跑一次”改革, “两山”理念: quotation marks and a head; and slogans in marks after a verb of policy."""
    look = edges.look
    headed: set[int] = set()
    for match in edges.patterns["quoted_policy"].finditer(look):
        headed.add(match.start())
        head = match["head"].removeprefix("的")
        if head in edges.lists["loose_heads"]:
            yield edges.mention(match.start(), match.end("name") + 1, "Initiative", "quoted-head", match["name"])
        else:
            yield edges.mention(*match.span(), "Initiative", "quoted-head", match["name"] + head)
    ends: set[int] = set()  # of slogans, so that the next one beside it is one too: “一网通办”“一网统管”
    for match in _QUOTED.finditer(look):
        if match.start() not in headed and (_is_policy(edges, match) or match.start() in ends):
            if edges.patterns["no_policy"].match(look, match.end()):
                continue
            ends.add(match.end())
            if _is_slogan(edges, match["name"]):
                yield edges.mention(*match.span(), "Initiative", "quoted-slogan", match["name"])


def _is_policy(edges: Edges, quoted: re.Match[str]) -> bool:
    """Whether one does policy with what is quoted: 推行“最多跑一地”, 以“一网通办”为牵引, 拓展“城市大脑”应用."""
    start, end = quoted.span()
    return bool(
        edges.patterns["policy_verb"].search(edges.look, max(0, start - _LONGEST_VERB), start)
        or edges.patterns["after_policy"].match(edges.look, end)
        or edges.patterns["slogan_head"].search(quoted["name"])
    )


def _is_slogan(edges: Edges, name: str) -> bool:
    """Whether the words in quotation marks are no speech, and name nothing else."""
    known = edges.knowledge.names.get(name, ())
    return not edges.patterns["no_slogan"].search(name) and all(row.type == "Initiative" for row in known)


def headed_initiatives(edges: Edges, heads: Sequence[HeadAt]) -> Iterator[Mention]:
    """X战略, X工程, X攻坚战 and X建设 where X names a region: the words before the head make it a name."""
    look = edges.look
    for sentence, start, end, head in heads_in_sentences(edges.page, heads):
        if head.form not in edges.lists["policy_heads"] or not edges.is_break(end):
            continue
        if edges.patterns["goes_on"].match(look, end):
            continue
        left = _begin(edges, sentence, start, head)
        if _is_name(edges, look[left:start], head):
            yield edges.mention(left, end, "Initiative", "initiative-head", _NO_KEY.sub("", look[left:end]))
    for hit in edges.hits:
        if not is_area(hit) or not any(name.kind == "Region" for name in hit.names):
            continue
        if works := edges.patterns["region_works"].match(look, hit.end):
            yield edges.mention(hit.start, works.end(), "Initiative", "region-works", look[hit.start : works.end()])


def _begin(edges: Edges, sentence: Sentence, start: int, head: Head) -> int:
    """Where the name of a policy with a head at `start` begins."""
    look, lead = edges.look, edges.patterns["policy_lead"]
    left = edges.left(start, max(sentence.start, start - _LONGEST), edges.lists["inside_initiatives"], numbers=True)
    if opening := lead.match(look, left, start):
        left = opening.end()
    if look.count("“", left, start) > 1:  # “一网通办”|“最多跑一次”改革
        left = look.rfind("“", left, start)
    conjunction = look.rfind("和", left, start)
    if head.form == "战略" and conjunction > left and "“" not in look[left:start]:
        left = conjunction + 1  # 乡村振兴和|创新驱动发展战略
    left = edges.after_words(left, start, edges.lists["before_initiatives"])
    opening = lead.match(look, left, start)
    return opening.end() if opening else left


def _is_name(edges: Edges, before: str, head: Head) -> bool:
    """Whether the words before a head make it a name: enough of them, and not adjectives only."""
    shortest = 4 if head.form in edges.lists["weak_policy_heads"] else 3 if len(head.form) < 4 else 2
    return len(before) >= shortest and not edges.patterns["common_policy"].fullmatch(before)


def carried_initiatives(edges: Edges, found: Sequence[Mention]) -> Iterator[Mention]:
    """Where a policy named in quotation marks stands again without them: 建设绿色|美丽长三角."""
    quoted = {mention.key for mention in found if mention.rule in {"quoted-slogan", "quoted-head"}}
    for name in sorted(key for key in quoted if len(key) >= _SHORTEST_CARRIED):
        for at in occurrences(edges.look, name):
            if edges.look[at - 1 : at] != "“":
                yield edges.mention(at, at + len(name), "Initiative", "carried-slogan", name)
