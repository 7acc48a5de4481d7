"""Named policies, strategies, programmes and works by their heads, and what is done with a region."""

from collections.abc import Iterator, Sequence

from kg.knowledge import Head
from kg.model import Mention, Sentence
from kg.recognise.edges import Edges, HeadAt, heads_in_sentences, is_area, is_organization, occurrences

_LONGEST = 26  # characters before the head
_LONGEST_VERB = 8  # characters before a name in which 实施 is looked for
_CONJUNCTIONS = "和与及"
_LONGEST_EPITHET = 4  # characters before a policy of the tables
_BUILDS = 2  # characters of 建设
_EPITHET = 2  # characters before an area: 健康|安徽|建设


def headed_initiatives(edges: Edges, heads: Sequence[HeadAt]) -> Iterator[Mention]:
    """X战略, X工程, X攻坚战, “X”Y模式: the words before the head make it a name."""
    look = edges.look
    ends = {end for _, end, _ in heads}
    for sentence, start, end, head in heads_in_sentences(edges.page, heads):
        if not edges.is_break(end) or edges.patterns["goes_on"].match(look, end):
            continue
        if not _names_policies(edges, head) and look.find("“", sentence.start, start) < 0:
            continue  # said first, since to find where the name begins takes long
        left = _begin(edges, sentence, start, head, ends)
        if head.form.endswith("建设") and look.startswith("国家", left - 2):
            left -= 2  # 国家|生态文明试验区建设
        if _ends_with_a_known_one(edges, left, end) or _builds_a_place(edges, left, end, head):
            continue
        quoted = look[left : left + 1] == "“"
        if _opens_with_slogan(edges, left, start, head) if quoted else _is_name(edges, left, start, end, head):
            edition = edges.patterns["new_edition"].match(look, end) if quoted else None
            end = edition.end() if edition else end
            stop = end - _BUILDS if edges.patterns["built_thing"].fullmatch(head.form) else end
            yield edges.mention(left, stop, "Initiative", "initiative-head", _key(look[left:stop]))


def region_works(edges: Edges) -> Iterator[Mention]:
    """长三角|一体化发展, 乌梁素海|综合治理, 健康|安徽|建设, 丝绸之路经济带|建设: what is done with a region."""
    look, goes_on = edges.look, edges.patterns["works_go_on"]
    for hit in edges.hits:
        if not is_area(hit):
            built = edges.patterns["region_policy"].match(look, hit.start)
            if built and built.end("region") == hit.end and not goes_on.match(look, built.end()):
                yield edges.mention(*built.span(), "Initiative", "region-works", built.group())
            continue
        kinds = {name.kind for name in hit.names}
        pattern = "region_works" if "Region" in kinds else "nature_works" if "NaturalFeature" in kinds else ""
        works = edges.patterns[pattern].match(look, hit.end) if pattern else None
        first = hit.start
        if not works and look[max(0, hit.start - _EPITHET) : hit.start] in edges.lists["epithets_of_areas"]:
            works, first = edges.patterns["area_works"].match(look, hit.end), hit.start - _EPITHET
        if works and edges.patterns["continent"].fullmatch(look, hit.start, hit.end):
            continue
        if works and edges.is_break(works.end()) and not goes_on.match(look, works.end()):
            yield edges.mention(first, works.end(), "Initiative", "region-works", look[first : works.end()])
    for match in edges.find("paired_works"):
        if edges.is_break(match.start()) and not edges.inside_hit(match.start()):
            yield edges.mention(*match.span(), "Initiative", "region-works", match.group())


def _key(surface: str) -> str:
    return surface.replace("“", "").replace("”", "").replace(" ", "")


def _begin(edges: Edges, sentence: Sentence, start: int, head: Head, ends: set[int]) -> int:
    """Where the name of a policy with a head at `start` begins."""
    look, lead = edges.look, edges.patterns["policy_lead"]
    left = edges.left(start, max(sentence.start, start - _LONGEST), edges.lists["inside_initiatives"], numbers=True)
    if opening := lead.match(look, left, start):
        left = opening.end()
    if look.count("“", left, start) > 1:  # “一网通办”|“最多跑一次”改革
        left = look.rfind("“", left, start)
    left = _after_clause(edges, left, start)
    for at in range(left, start):
        # 平陆运河和|西部陆海新通道, 乡村振兴和|创新驱动发展战略; not 产业基础高级化和产业链现代化攻坚战
        parts = look[at] in _CONJUNCTIONS and "“" not in look[left : at + 1]
        if parts and (at in edges.hit_to or at in ends or head.form == "战略" or look[at + 1] == "“"):
            left = at + 1
    left = edges.after_words(left, start, edges.lists["before_initiatives"])
    while look[left] == "—":  # 重大水利工程之一——|…水库工程
        left += 1
    opening = lead.match(look, left, start)
    return opening.end() if opening else left


def _after_clause(edges: Edges, left: int, start: int) -> int:
    """Where [left, start) goes on after the last word in it that a name never holds: 区域联动打好|蓝天碧水保卫战."""
    leader = edges.patterns["leader"].search(edges.look, left, start)
    begin = leader.start() if leader else left  # 深学笃用|习近平总书记…重要战略思想
    quoted = False  # from the first marks on: “尊法守法”服务农民工行动
    for first, stop, _ in edges.words(begin, start):
        word = edges.look[first:stop]
        quoted = quoted or "“" in word
        joined = word[-2:] if len(word) == 4 else word  # 紧紧围绕|沿黄经济区建设
        if (word in edges.lists["never_in_policies"] or joined in edges.lists["never_in_policies"]) and not quoted:
            begin = stop
    return begin


def _opens_with_slogan(edges: Edges, left: int, start: int, head: Head) -> bool:
    """Whether the name opens with words in quotation marks and goes on to its head: “331+”产业扶贫模式."""
    look = edges.look
    close = look.find("”", left, start)
    if close < 0 or edges.patterns["five_year_words"].fullmatch(look, left + 1, close):
        return False
    if head.form in edges.lists["loose_heads"]:
        return False
    name = look[left + 1 : close]
    coded = edges.patterns["slogan_form"].search(name) or edges.patterns["code_name"].search(name)
    if edges.patterns["no_slogan"].search(name) and not coded:
        return False
    if head.form in edges.lists["policy_heads"]:
        return True
    if close + 1 == start or head.form not in edges.lists["quoted_heads"]:  # the former is for slogans.py to judge
        return False
    introduced = edges.patterns["introduces_policy"].search(look, max(0, left - _LONGEST_VERB), left)
    return bool(introduced or coded)


def _ends_with_a_known_one(edges: Edges, left: int, end: int) -> bool:
    """Whether the tables know the end of [left, end) as a policy and what stands before it is no area of it.

    有利于需求引领和|供给侧结构性改革, but 辽宁|全面振兴新突破三年行动, 蓝天|碧水保卫战.
    """
    known = edges.hit_to.get(end)
    if not known or known.start <= left or not any(name.type == "Initiative" for name in known.names):
        return False
    before = edges.hit_to.get(known.start)
    return known.start - left > _LONGEST_EPITHET and not (before and before.start == left and is_area(before))


def _builds_a_place(edges: Edges, left: int, end: int, head: Head) -> bool:
    """Whether a zone is built that is a place: in a row of zones, or named without 建设 elsewhere."""
    if not edges.patterns["zone_built"].fullmatch(head.form):
        return False
    zone = edges.look[left : end - _BUILDS]
    return bool(edges.patterns["after_zone"].search(edges.look, max(0, left - 2), left)) or any(
        not edges.patterns["zone_goes_on"].match(edges.look, at + len(zone)) for at in occurrences(edges.look, zone)
    )


def _names_policies(edges: Edges, head: Head) -> bool:
    """Whether words without quotation marks before a head may name a policy."""
    return head.form in edges.lists["policy_heads"] or head.form in edges.lists["formed_policy_heads"]


def _is_name(edges: Edges, left: int, start: int, end: int, head: Head) -> bool:
    """Whether the words before a head make it a name: enough of them, and not adjectives only."""
    look = edges.look
    if not _names_policies(edges, head):
        return False
    before = look[left:start]
    if edges.patterns["no_policy_name"].search(look[left:end]):
        return False
    national = head.form.endswith("建设") and edges.patterns["national"].match(before)
    if edges.patterns["common_policy"].fullmatch(before) and not national:
        return False
    if head.form in edges.lists["formed_policy_heads"]:
        return bool(edges.patterns["policy_by_form"].search(look[left:end]))
    introduced = edges.patterns["introduces_policy"].search(look, max(0, left - _LONGEST_VERB), left)
    places = any(is_area(hit) for at in range(left, start) if (hit := edges.hit_from.get(at)))
    opens = edges.hit_from.get(left)
    if head.form.endswith("建设"):  # 21世纪海上丝绸之路|核心区建设
        of_policy = opens is not None and any(name.type == "Initiative" for name in opens.names)
        return len(before) >= 2 and bool(introduced or places or national or of_policy)
    if head.form in edges.lists["weak_policy_heads"]:
        if edges.patterns["named_weakly"].search(look[left:end]):
            return True
        return len(before) >= (2 if introduced else 4) and bool(introduced or places)
    if opens and is_organization(opens):  # 世界贸易组织|改革
        return False
    return len(before) >= (2 if introduced or len(head.form) >= 4 else 3)
