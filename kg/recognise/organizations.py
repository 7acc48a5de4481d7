"""Bodies by their heads: 北大荒农垦集团有限公司, 北海市公安局, 水利部水旱灾害防御司, 省农业农村厅."""

import re
from collections.abc import Iterator, Sequence

from kg.model import Hit, Mention, Part
from kg.recognise.edges import PROPER_TAGS, Edges, HeadAt, heads_in_sentences, is_area, is_organization

_WORD_TAGS = frozenset({"m", "q", "f", "u", "uj", "d", "p"})  # of characters in no name
_PHRASE_MARK = re.compile(r"[（）“”，、。的]")
_LEADS_A_BODY = "率由与和在"  # between a post and a body: 区委书记金台率|区党政代表团
_LEADING_MARKS = "—-－“"
_LEADS_AN_ORGAN = "由系率据经对"  # jieba joins them to the level: 率市|教育局, 对县|教育局
_NO_FIRST = "的之 )）·"
_LONGEST_ORGAN = 26  # characters before the head
_LONGEST_OWN = 30
_LONGEST_BETWEEN = 18  # between the area and the head of an organ


def organizations(edges: Edges, heads: Sequence[HeadAt], sure: frozenset[int]) -> Iterator[Mention]:
    """The bodies of a page that heads show, in reading order; those of the tables come from the gazetteer.

    `sure` are the offsets of the tables' names that stand for what they name.
    """
    last_end = -1  # of the organ of an area found last, with those listed after it
    for sentence, start, end, head in heads_in_sentences(edges.page, heads):
        if not _ends_here(edges, end):
            continue
        if (hit := edges.hit_to.get(end)) and hit.start < start and is_organization(hit):
            continue
        if last_end >= 0 and edges.look.startswith("、", last_end) and _is_listed(edges, last_end + 1, end):
            yield edges.mention(last_end + 1, end, "Organization", "head-listed", edges.look[last_end + 1 : end])
            last_end = end
            continue
        if head.naming == "organ":
            first = _organ_start(edges, start, end, sentence.start, sure)
        else:
            first = _own_start(edges, start, end, sentence.start)
        if first is not None and not edges.patterns["consultative_before"].search(edges.look, max(0, first - 8), first):
            rule = f"head-{head.naming}"
            if head.naming == "own" and _is_levelled(edges, first):
                rule = "head-level"
            party = edges.patterns["party_opens"].match(edges.look, first)
            own = party.end() if party and rule == "head-organ" else first
            parts = edges.area_parts(own, end, sure)
            if _is_in_a_township(edges, parts, start, end) or _is_school_abroad(edges, parts, end):
                own = first = parts[-1].end  # 晋江市陈埭镇|三力鞋业有限公司, 荷兰|北荷大学
                parts = ()
            key = _without_areas_above(edges, own, end, parts, rule)
            if rule == "head-organ":
                last_end = end
            yield edges.mention(first, end, "Organization", rule, key, parts)


def _is_levelled(edges: Edges, at: int) -> bool:
    """Whether a body with a name of its own begins with 省 or 市 for the area that it is of: 省|田径队."""
    return at not in edges.hit_from and bool(edges.patterns["organ_level"].match(edges.look, at))


def _is_school_abroad(edges: Edges, parts: Sequence[Part], end: int) -> bool:
    """Whether a country stands before the name that a university has without it: 荷兰|北荷大学."""
    if len(parts) != 1 or parts[0].names[0].kind != "Country":
        return False
    at_home = parts[0].names[0].name in edges.lists["home_countries"]
    return not at_home and bool(edges.patterns["school_abroad"].fullmatch(edges.look, parts[0].end, end))


def _is_listed(edges: Edges, start: int, end: int) -> bool:
    """Whether [start, end) is an organ of the area of the one before it in a list: 市教育局、|公安局."""
    return edges.look[start:end] in edges.knowledge.departments and start in edges.word_from


def _is_in_a_township(edges: Edges, parts: Sequence[Part], start: int, end: int) -> bool:
    """Whether a company with a name of its own stands after its township and what that lies in."""
    return (
        len(parts) > 1
        and parts[-1].names[0].kind == "Township"
        and edges.look.endswith("公司", start, end)
        and start - parts[-1].end >= 2
    )


def _without_areas_above(edges: Edges, first: int, end: int, parts: Sequence[Part], rule: str) -> str:
    """The name without the areas above its own: 天津市|和平区委, 海南省|乐东黎族自治县建设局, 枫桥镇|枫源村党总支."""
    at = first
    if rule == "head-organ" and len(parts) > 1:
        at = parts[-1].start
    elif rule == "head-own" and parts and edges.patterns["village_branch"].fullmatch(edges.look, parts[-1].end, end):
        at = parts[-1].end
    return edges.look[at:end].replace(" ", "")


def _ends_here(edges: Edges, end: int) -> bool:
    """Whether the word ends with the head: not 大学|生, 公司|法, 集团|军."""
    look, not_bodies = edges.look, edges.lists["not_bodies"]
    if look[end - 1] == look[end - 2] and end - 1 in edges.role_from:
        return False  # 公安局|局长|安丰收, where jieba has 长安
    in_list = look[end - 2 : end] in not_bodies or look[end - 3 : end] in not_bodies
    if in_list and look[edges.word_of[end - 1] : end] not in edges.knowledge.departments:  # 政局, but 市|财政局
        return False
    if edges.patterns["delegate"].match(look, end) or edges.patterns["no_end"].match(look, end):
        return False
    return edges.is_break(end) or end in edges.role_from or look[end] in edges.lists["after_bodies"]


def _organ_start(edges: Edges, start: int, end: int, floor: int, sure: frozenset[int]) -> int | None:
    """Where an organ of an area begins: at the area, at 省/市/县 that stands for one, or at a body above it."""
    look = edges.look
    if look[start:end] in edges.lists["bodies_without_area"]:
        return start
    left = edges.left(start, max(floor, start - _LONGEST_ORGAN), edges.lists["inside_bodies"])
    last_role = max((at for at in range(left + 1, start) if at in edges.role_from), default=left)
    for at in range(last_role, start + 1):  # 吉林省副省长阿木尔率|省商务厅: it begins after every role
        if edges.inside_hit(at):
            continue
        hit = edges.hit_from.get(at)
        if hit and (hit.end <= start or _shares_level(edges, start, hit.end)):
            if is_area(hit):
                if _is_plain(edges, hit.end, start) and not _is_word(edges, hit, left, sure):
                    return at
                continue
            if is_organization(hit):
                return at if _is_plain(edges, hit.end, start) else None
        opens = at == left or look[at - 1] in _LEADS_AN_ORGAN
        if (opens or at in edges.word_from) and _is_of_level(edges, at, end, opens=opens):
            return at
        if at in edges.word_from and start - at >= 2 and edges.patterns["central"].match(look, at):
            return at
    return None


def _is_word(edges: Edges, hit: Hit, left: int, sure: frozenset[int]) -> bool:
    """Whether the name of a county is a word here: 科技部正|会同|财政部, 国际|合作|司; 共和|党 begins with it."""
    if hit.start in sure or hit.names[0].status != "short" or not hit.names[0].code:
        return False
    body = edges.hit_from.get(hit.end)
    if hit.start == left and not (body and is_organization(body)):
        return False
    return "word" in edges.knowledge.ambiguous.get(edges.look[hit.start : hit.end], "")


def _shares_level(edges: Edges, start: int, end: int) -> bool:
    """Whether the head at `start` begins with the last character of an area: 广东|省|委; not 和|政|府."""
    level = edges.patterns["organ_level"].match(edges.look, start)
    return level is not None and level.end() == end


def _is_of_level(edges: Edges, at: int, end: int, *, opens: bool) -> bool:
    """Whether 省, 市 or 县 stands for an area at the head of the organ at [at, end): 省|农业农村厅, 市委.

    Where it `opens` the phrase, any name of an organ may follow: 自治州|文化体育广播电视和旅游局.
    """
    level = edges.patterns["organ_level"].match(edges.look, at, end)
    if not level:
        return False
    if opens and edges.patterns["any_organ"].fullmatch(edges.look, level.end(), end) and _names_organ(edges, at, end):
        return True
    body = edges.patterns["upper_body"].sub("", edges.look[level.end() : end])
    return body in edges.knowledge.departments or bool(edges.patterns["level_body"].match(edges.look, at, end))


def _names_organ(edges: Edges, at: int, end: int) -> bool:
    """Whether [at, end) holds no verb, and begins with the level alone: not 市民|进入|警察局."""
    words = [(edges.look[first:stop], tag) for first, stop, tag in edges.words(at, end)]
    first = words[0][0]
    if at in edges.word_from and len(first) > 1 and not edges.patterns["organ_word"].search(first):
        return False
    return all(tag != "v" or word in edges.lists["inside_bodies"] for word, tag in words)


def _is_plain(edges: Edges, start: int, stop: int) -> bool:
    """Whether nothing in [start, stop), between area and head, begins another phrase or the name of another body."""
    look = edges.look
    if stop - start > _LONGEST_BETWEEN or _PHRASE_MARK.search(look, start, stop):
        return False
    if edges.patterns["joins_bodies"].search(look, start, stop):
        return False
    at = start  # 海南省|纪委研究并报|海南省|委: the organ is of the later area
    while (hit := edges.hit_from.get(at)) and is_area(hit):
        at = hit.end
    return not any(
        hit.names[0].code and hit.names[0].status == "full" and is_area(hit) for hit in edges.hits_in(at, stop + 1)
    )


def _own_start(edges: Edges, start: int, end: int, floor: int) -> int | None:
    """Where a body with a name of its own begins, or None where the words before the head name nothing."""
    look = edges.look
    left = edges.left(start, max(floor, start - _LONGEST_OWN), edges.lists["inside_bodies"])
    left = _after_conjunction(edges, left, start)
    if lead := edges.patterns["leads_to_a_place"].match(look, left, start):
        left = lead.end()
    led = edges.look.rfind("率", left + 2, start) + 1
    if led and (led in edges.hit_from or _is_levelled(edges, led)):
        left = led  # 谷雨率|市慰问团
    while left < start and (look[left] in _NO_FIRST or look[left].isdigit()):
        left += 1
    after_role = _after_roles(edges, left, start)
    if after_role is None:
        return None
    left, name = after_role, look[after_role:start]
    left = _after_lead(edges, left, start)
    name = look[left:start]
    of_level = _is_levelled(edges, left) and look[start:end] not in edges.lists["heads_of_anybody"]
    if of_level and name and end - left >= 4:
        return left  # 自治区|歌舞团, 县|困难职工帮扶中心
    common = left not in edges.hit_from and edges.patterns["common_body"].fullmatch(name)  # 三明市 counts nothing
    if end - left < 4 or not name or common:
        return None
    if len(name) >= 4 and edges.patterns["central"].match(name):
        return left
    if look[start:end] in edges.lists["sure_heads"] and look[left - 1] == "与" and left - 1 not in edges.hit_to:
        opens = edges.left(left - 1, floor, edges.lists["inside_bodies"])  # 湿地生态与|农业利用教育部工程研究中心
        left = look.rfind("和", opens, left) + 1 or opens
    if look[start:end] in edges.lists["sure_heads"] or look.endswith("有限公司", start, end):
        return left if len(name) >= 2 else None
    hits = [hit for hit in edges.hits_in(left, end) if is_area(hit) or is_organization(hit)]
    before = [hit for hit in hits if hit.end <= start]
    if (
        before and before[0].start > left and look[start:end] not in edges.lists["task_bodies"]
        and not any(tag in PROPER_TAGS for _, _, tag in edges.words(left, before[0].start))
    ):
        left = before[0].start  # 支持|鞍钢集团
    words = list(edges.words(left, start))
    if hits or any(tag in PROPER_TAGS for _, _, tag in words):
        return left
    # 黍丰农民专业合作社: characters that jieba can't make a word of are a name
    loose = any(stop - first == 1 and tag not in _WORD_TAGS for first, stop, tag in words)
    return left if loose and len(name) >= 2 else None


def _after_roles(edges: Edges, left: int, start: int) -> int | None:
    """Where a body begins after the posts before it, None where nothing parts them: 区委书记金台率|区党政代表团."""
    roles = [at for at in range(left, start) if at in edges.role_from]
    if not roles:
        return left
    leads = max(edges.look.rfind(mark, left, start) for mark in _LEADS_A_BODY)
    if leads >= 0 and leads >= roles[-1]:
        return leads + 1
    return left if roles == [left] else None


def _after_lead(edges: Edges, left: int, start: int) -> int:
    """Where a body begins after the verb that leads to it, and after a measure: 推动|“贝珠”手工合作社, 41|个|合作社."""
    at = left + 1 if edges.patterns["by_invitation"].match(edges.look, left) else left
    while at < start:
        stop = min(edges.word_from.get(at, start), start)
        word = edges.look[at:stop]
        counts = edges.tag_from.get(at) == "q" and edges.look[at - 1].isdigit()
        leads = counts or word in edges.lists["leads_to_bodies"]
        if not leads and edges.look[at] in _LEADS_AN_ORGAN and _is_levelled(edges, at + 1):
            return at + 1  # 由|县安委会办公室
        if not leads and edges.look[at] not in _LEADING_MARKS:
            break
        at = stop if leads else at + 1
    return at


def _after_conjunction(edges: Edges, left: int, start: int) -> int:
    """和 joins two names unless the second part is no name by itself: 工业和信息化研究院 stays whole."""
    township = edges.patterns["ends_with_place"]
    at = edges.look.rfind("和", left, start)
    if at > left and township.search(edges.look, left, at):  # 三塘湖乡|和|北陆煤电有限公司
        return at + 1
    if at > left and edges.patterns["joins_local_body"].match(edges.look, at):
        return at + 1
    is_word = at > left and edges.word_from.get(at) == at + 1
    if is_word and at - left >= 4 and any(cut in edges.hit_from for cut in range(left, at)):
        return at + 1
    return left
