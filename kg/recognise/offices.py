"""Posts: 江苏省委副书记, 省长, 国家发展改革委主任, 北海市公安局局长. Area and body, then rank and role.

The grammar reads from the role to the left: the role (a table), its rank (副, 代, 常务副 …), then the longest stretch
before it that is made of areas and one body. What the text leaves out (省长) is left to resolution.
"""

from collections.abc import Iterable, Iterator, Sequence

from kg.cutting import known_word
from kg.knowledge import Head
from kg.model import Hit, Mention, Name, Part
from kg.recognise.edges import Edges, HeadAt, area_part, heads_in_sentences, is_area, is_organization

_NO_NAME_TAGS = frozenset({"d", "c", "p", "v", "vn", "a", "ad", "f", "m", "t"})  # jieba's, of words that are no names
_JOINING_TAGS = frozenset({"c", "p", "u", "uj", "q"})  # of words with which no body begins: 与|公司董事长, 位|政协委员
_LONGEST = 34  # characters before the rank
_NAMED = frozenset({"declared-short", "head-own", "unit", "unit-sent"})  # the rules of bodies with names of their own
_LONGEST_LATIN = 44
_LONGEST_FOREIGN = 24
_LONGEST_SHORT = 40  # of a short form in brackets, and the body after it
_LONGEST_RANK = 8
_LONGEST_LOCAL = 16  # before the rank, where 省 or 市 may begin a body inside a word
_SHORT_ROLE = 2  # characters of 书记, 主席, 组长: the last word of 工委书记 and 巡视组组长
_LONGEST_HEAD = 10  # of the heads of organizations


def offices(
    edges: Edges, roles: Sequence[HeadAt], bodies: Iterable[Mention], sure: frozenset[int]
) -> Iterator[Mention]:
    """The posts of a page in reading order; those without area and body have the rule office-bare.

    `bodies` are the organizations and places found before, `sure` the offsets of the table names that stand for what
    they name: in 高明市长表示 there is no 高明区.
    """
    reader = _Reader(edges, bodies, sure)
    for sentence, start, end, role in heads_in_sentences(edges.page, roles):
        if mention := reader.read(start, end, role, sentence.start):
            yield mention


class _Reader:
    """Reads the post that ends with a given role."""

    def __init__(self, edges: Edges, bodies: Iterable[Mention], sure: frozenset[int]) -> None:
        self.edges = edges
        self.sure = sure
        self.look = edges.look
        self.patterns = edges.patterns
        self.body_from: dict[int, Mention] = {}
        self.place_from: dict[int, Mention] = {}
        for mention in bodies:
            by_start = self.body_from if mention.type == "Organization" else self.place_from
            by_start[mention.span.start] = mention
        self.last_end = -1  # of the post read last
        self.units = tuple(edges.lists["units"])
        self.body_to = {m.span.end: m for m in reversed(self.body_from.values())}
        named = (*self.body_from.values(), *self.place_from.values())
        self.declared = [m.span for m in named if m.rule == "declared-short"]
        self.place_to = {m.span.end: m for m in reversed(self.place_from.values())}

    def read(self, start: int, end: int, role: Head, floor: int) -> Mention | None:
        """The post whose role stands at [start, end), with its parts; `floor` is where the sentence begins."""
        edges = self.edges
        if self._goes_on(end):
            return None
        if self._joins_words(start, end):
            return None
        shares = self._ends_a_department(start, end)
        if (edges.inside_hit(start) and not shares) or ((hit := edges.inside_hit(end)) and hit.start < start):
            return None
        rank = self.patterns["rank"].search(self.look, max(floor, start - _LONGEST_RANK), start)
        rank_start = rank.start() if rank else start
        parts = self._body(rank_start, floor)
        last = self.look[end - _SHORT_ROLE : end]
        if not parts and rank_start == start and len(role.form) > 3 and last in edges.lists["last_roles"]:
            body = self._body(end - _SHORT_ROLE, floor)  # 陕西省委教育|工委书记: 工委 belongs to the body
            if body and body[-1].start < start:
                start = rank_start = end - _SHORT_ROLE
                parts = body
        if not parts and rank_start == start and self._ends_a_ward(start, floor):
            start = rank_start = start + 1  # 心内科|主任, and not 科主任
            parts = self._body(start, floor)
        bare = not parts
        if bare and shares and rank_start == start:
            parts = self._body(start + 1, floor)
            bare = all(self.look[part.start : part.end] in edges.knowledge.departments for part in parts)
        needs_body = not parts and role.form in edges.lists["roles_of_a_body"]
        opens = needs_body and self.patterns["opens_with_role"].match(self.look, rank_start)
        if needs_body and not opens and not self._follows_post(rank_start) and not self._heads_roster(floor, end):
            return None
        if not parts and role.form in edges.lists["roles_never_bare"]:
            return None
        before = max(floor, rank_start - _LONGEST)
        if not parts and self.patterns["unit_in_brackets"].search(self.look, before, rank_start):
            return None
        if role.form == "代表" and not self.patterns["stationed"].search(
            self.look, max(floor, start - _LONGEST_RANK), start
        ):
            return None
        first = min((part.start for part in parts), default=rank_start)  # 政协|青海省|委员会: the body begins before
        if parts and self.patterns["of_two_bodies"].search(self.look, first, rank_start):
            return None
        if edges.inside_hit(first) or self._is_of_them_all(first):
            return None
        self.last_end = end
        parts_of_post = (*parts, Part("rank", rank_start, start), Part("role", start, end))
        key = self.look[first:end].replace(" ", "")
        return edges.mention(first, end, "Office", "office-bare" if bare else "office", key, parts_of_post)

    def _ends_a_ward(self, start: int, floor: int) -> bool:
        """Whether the ward of a hospital ends with the first letter of the role: 心内|科主任."""
        if self.look[start] != "科":
            return False
        ward = self.patterns["ward"].search(self.look, max(floor, start - _LONGEST_RANK), start + 1)
        return ward is not None and ward.start() < start

    def _ends_a_department(self, start: int, end: int) -> bool:
        """Whether the role is written with the last letter of its body: 县公安局|长, 宣传部|长."""
        if not self.patterns["head_of_its_body"].fullmatch(self.look, start, end):
            return False
        if start + 1 in self.edges.hit_to or start + 1 in self.body_to:
            return True  # 国家海洋局|长
        longest = max(0, start - _LONGEST_HEAD)
        return any(self.look[at : start + 1] in self.edges.knowledge.departments for at in range(longest, start - 1))

    def _is_of_them_all(self, first: int) -> bool:
        """Whether the post is one that every area of a kind has: 各|乡镇党委书记, 乡|镇长, 县（市、区）|委书记."""
        opens = self.patterns["opens_them_all"]
        if self.patterns["after_kinds_of_areas"].search(self.look, max(0, first - 3), first):
            return True
        return bool(opens.match(self.look, first) or opens.match(self.look, max(0, first - 1)))

    def _follows_post(self, start: int) -> bool:
        """Whether a role stands in a list of posts or after a verb that gives it: 省委书记、常委、|委员, 我当|组长."""
        patterns = self.patterns
        listed = self.last_end >= 0 and patterns["joins_roles"].fullmatch(self.look, self.last_end, start)
        return bool(listed or patterns["gives_role"].search(self.look, max(0, start - _LONGEST_RANK), start))

    def _heads_roster(self, floor: int, end: int) -> bool:
        """Whether nothing but the role stands before the colon of the line: 委　员（按姓氏笔划排列）：."""
        opens = self.patterns["roster_opens"].match(self.look, floor)
        return opens is not None and opens.end("post") == end

    def _joins_words(self, start: int, end: int) -> bool:
        """Whether the role is the tail of one word and the head of the next: 部|署长|江保护, 两|省长|期以来."""
        word_of, tags = self.edges.word_of, self.edges.tag_from
        if end >= len(word_of) or not start < word_of[end] < end:
            return False
        if start in self.edges.hit_to or start in self.body_to:
            return False
        if self._ends_a_department(start, end):  # 国家海洋局|长张|伟民, but 公安局|长期
            return len(known_word(self.look[end - 1 : end + 2])[0]) > 1
        return word_of[start] < start or tags[word_of[end]] in _NO_NAME_TAGS

    def _goes_on(self, end: int) -> bool:
        """Whether the word goes on after the role, so that it is none: 主席团; 主席|会 are two words of jieba's."""
        if not self.patterns["no_role"].match(self.look, end):
            return False
        return self.look[end] not in "会处" or end not in self.edges.word_from

    def _body(self, stop: int, floor: int) -> tuple[Part, ...]:
        """Areas and body before `stop`, from the leftmost place where they make sense; empty where there are none."""
        look = self.look
        if look[stop - 1] == "的":  # 福建第十批援宁工作队的领队
            owner = self.body_to.get(stop - 1)
            return (Part("body", owner.span.start, owner.span.end),) if owner else ()
        if latin := self.patterns["latin_body"].search(look, max(floor, stop - _LONGEST_LATIN), stop):
            key = self.patterns["latin_body_extra"].sub("", latin.group())
            name = Name(latin.group().replace(" ", ""), "Organization", key, "latin")
            return (Part("body", latin.start(), stop, (name,)),)
        if country := self._country(stop, max(floor, stop - _LONGEST_FOREIGN)):
            return country
        if that := self._of_that_owner(stop, max(floor, stop - _LONGEST)):
            return that
        if zone := self._before_its_short_form(stop, max(floor, stop - _LONGEST_SHORT)):
            return zone
        left = self.edges.left(stop, max(floor, stop - _LONGEST), self.edges.lists["inside_posts"])
        if left == stop and look[stop - 1] == "所":  # 双街镇市场监管所|所长: the word 所 ends the walk
            left = self.edges.left(stop - 1, max(floor, stop - _LONGEST), self.edges.lists["inside_posts"])
        if look[stop - 1] == "庭" and (chamber := self.patterns["chamber"].search(look, left, stop)):
            left = min(left, chamber.start())
        left = min((at.start for at in self.declared if floor <= at.start < left < at.end <= stop), default=left)
        if (owner := self.body_to.get(stop)) and owner.span.start >= floor:
            left = min(left, owner.span.start)
        starts = self._starts(left, stop)
        for read in (self._from_name, self._from_word):
            for at in starts:
                if (parts := read(at, stop)) is not None:
                    return parts
        return ()

    def _of_that_owner(self, stop: int, floor: int) -> tuple[Part, ...]:
        """该院|公诉处, 该县: what was named last, with what belongs to it; 该镇|西山村党支部 is of the village."""
        at = self.look.rfind("该", floor, stop)
        that = self.patterns["that_owner"].match(self.look, at, stop) if at >= 0 else None
        if that is None or not self.patterns["in_that_owner"].fullmatch(self.look, that.end(), stop):
            return ()
        village = self.patterns["village_opens"].match(self.look, that.end(), stop)
        if village and self._follows_body(village.end(), stop):
            body = (Part("body", village.end(), stop),) if village.end() < stop else ()
            return (Part("area", village.start(), village.end()), *body)
        return (Part("body", at, stop),) if self._follows_body(that.end(), stop) else ()

    def _before_its_short_form(self, stop: int, floor: int) -> tuple[Part, ...]:
        """A zone, its short form in brackets and its body: 北海海洋生态示范区（以下简称海洋示范区）|党工委."""
        close = self.look.rfind("）", floor, stop) + 1
        opening = self.look.rfind("（", floor, close)
        short = self.patterns["declared_short"].match(self.look, opening, close) if opening >= 0 else None
        if short is None or short.end() != close or not self._follows_body(close, stop):
            return ()
        zone, known = self.place_to.get(opening), self.edges.hit_to.get(opening)
        body = (Part("body", close, stop),) if close < stop else ()
        if zone:
            return (Part("area", zone.span.start, opening), *body)
        return (area_part(known), *body) if known and is_area(known) else ()

    def _country(self, stop: int, floor: int) -> tuple[Part, ...]:
        """A country with the body between it and the rank, whatever the body's name: 坦桑尼亚|外交与东非合作部."""
        for at in range(stop - 2, floor - 1, -1):
            if at in self.edges.role_from:
                break
            hit = self.edges.hit_from.get(at)
            if not hit or hit.end > stop or at not in self.sure or hit.names[0].kind != "Country":
                continue
            is_body = self.patterns["foreign_body"].fullmatch(self.look, hit.end, stop)
            return (area_part(hit), Part("body", hit.end, stop)) if is_body else ()
        return ()

    def _starts(self, left: int, stop: int) -> list[int]:
        """Where areas and body may begin in [left, stop), from left to right."""
        edges = self.edges
        starts = {at for at, _, tag in edges.words(left, stop) if tag not in _JOINING_TAGS}
        starts.update(at for at in range(left, stop) if at in edges.hit_from or at in self.body_from)
        starts.update(match.start() for match in self.patterns["body_opens"].finditer(self.look, left, stop))
        local_from = max(left, stop - _LONGEST_LOCAL)
        starts.update(match.start() for match in self.patterns["local"].finditer(self.look, local_from, stop))
        return sorted(starts)

    def _from_name(self, at: int, stop: int) -> tuple[Part, ...] | None:
        """The parts of a body that begins with what is known: an area, an organ, a body found before, 省/市/县."""
        look, edges = self.look, self.edges
        if look.startswith("中共", at) and at + 2 in edges.hit_from:  # 中共|绩溪县|委
            at += 2
        if look.startswith("政协", at):  # 政协林芝市第二届委员会主席
            areas, after = self._areas(at + 2, stop)
            if areas and self.patterns["consultative"].search(look, after, stop):
                return (*areas, Part("body", at, stop))
            if self.patterns["national_consultative"].fullmatch(look, at, stop):
                return (Part("body", at, stop),)
        if branch := self.patterns["party_branch"].match(look, at, stop):  # 民盟|清远市委副主委
            areas, after = self._areas(branch.end(), stop)
            if not areas:  # 团|省委书记
                return (Part("body", at, stop),) if self._is_local_body(branch.end(), stop) else None
            return (*areas, Part("body", at, stop)) if self._follows_body(after, stop) else None
        areas, after = self._areas(at, stop)
        zone = self.place_from.get(at)  # 清远高新区|管委会: a longer name that begins with the area's
        if zone and after < zone.span.end < stop and zone.rule == "head-Infrastructure":
            zone = None  # 清远市|公路管理局, not 清远市公路|管理局
        if zone and after < zone.span.end <= stop:
            return self._rest((_part_of(zone),), zone.span.end, stop)
        zone = self.place_from.get(after)
        if zone and zone.span.end <= stop:  # 苏州工业园区党工委书记, 峨口镇党委书记
            return self._rest((*areas, _part_of(zone)), zone.span.end, stop)
        body = self.body_from.get(at)
        if body and not (body.span.end <= stop and self._follows_body(body.span.end, stop)):
            body = None
        own = body and body.rule in _NAMED and not self._is_local(at)
        of_area = areas and body and (body.rule == "unit" or self._is_of_area(areas[-1], body))
        if body and own and not of_area:
            status = "declared" if body.rule == "declared-short" else "full"
            name = Name(look[at : body.span.end], "Organization", body.key, status)
            return (Part("body", at, stop, (name,)),)
        if areas:
            return self._rest(areas, after, stop)
        hit = edges.hit_from.get(at)
        if hit and hit.end <= stop and is_organization(hit):
            if self.patterns["delegates_too"].match(look, hit.end):  # 全国人大|代表和政协|委员
                return None
            ends = self._follows_body(hit.end, stop) or self.patterns["branch"].fullmatch(look, hit.end, stop)
            return (Part("body", at, stop, hit.names),) if ends else None
        return (Part("body", at, stop),) if body or self._is_local_body(at, stop) else None

    def _is_of_area(self, area: Part, body: Mention) -> bool:
        """Whether a body is one of the area that is named in full before it: 自贡市|农业科学研究院."""
        full = self.patterns["area_in_full"].search(self.look, area.start, area.end)
        return bool(full) and body.key.endswith(tuple(self.edges.lists["bodies_of_areas"]))

    def _from_word(self, at: int, stop: int) -> tuple[Part, ...] | None:
        """The body that begins at a word that no table has: 组织部, 滹源种业有限公司."""
        named_unit = stop - at > 2 and self.patterns["unit_and_head"].match(self.look, stop - 1)  # 交流处|处长
        named_unit = named_unit or (stop - at > 1 and self.patterns["ward"].fullmatch(self.look, at, stop))  # 骨科|主任
        if named_unit or self.patterns["local_body"].fullmatch(self.look, at, stop) or self._is_body(at, stop):
            return (Part("body", at, stop),)
        return None

    def _areas(self, start: int, stop: int) -> tuple[tuple[Part, ...], int]:
        """The areas that stand one after the other from `start`, and where they end: 湖北省襄阳市."""
        found: list[Hit] = []
        at = start
        while (hit := self.edges.hit_from.get(at)) and hit.end <= stop and is_area(hit) and at in self.sure:
            if found and hit.names[0].kind == "NaturalFeature":
                break  # 沧州市|大运河文化带建设办公室
            found.append(hit)
            at = hit.end
        return tuple(map(area_part, found)), at

    def _rest(self, areas: tuple[Part, ...], after: int, stop: int) -> tuple[Part, ...] | None:
        """The areas with the body between them and the rank; None where what stands there is none."""
        if after == stop:
            return areas
        organ = self.edges.hit_from.get(after)
        is_organ = organ is not None and organ.end == stop and is_organization(organ)  # 蒙古国|卫生部
        return (*areas, Part("body", after, stop)) if is_organ or self._follows_body(after, stop) else None

    def _follows_body(self, after: int, stop: int) -> bool:
        """Whether what stands between a body and the rank belongs to the body: 国务院国资委|党委|委员."""
        return (
            after == stop
            or any(self.patterns[name].fullmatch(self.look, after, stop) for name in ("local_body", "posted"))
            or self._is_unit(after, stop)
            or self._is_body(after, stop)
        )

    def _leads_to_a_body(self, start: int, stop: int) -> bool:
        """Whether a post and who holds it stand before another body: 副县长夏侯燕和|市农机局|局长."""
        return bool(self.patterns["leads_to_a_body"].search(self.look, start, stop))

    def _is_local(self, at: int) -> bool:
        """Whether 省, 市 or 旗 stands there for an area: 自治区人民政府新闻办公室, 旗人武部."""
        return at not in self.edges.hit_from and bool(self.patterns["local"].match(self.look, at))

    def _is_local_body(self, at: int, stop: int) -> bool:
        """Whether [at, stop) is a body of the area that 省, 市 or 县 at its head stands for: 市|公安局."""
        local = self.patterns["local"].match(self.look, at, stop)
        return local is not None and bool(
            self.patterns["level_of_term"].fullmatch(self.look, at, stop)  # 自治区第十二届|党委委员
            or self.patterns["local_body"].fullmatch(self.look, at, stop)
            or self._is_body(local.end(), stop)
        )

    def _gives_a_post(self, start: int, stop: int) -> bool:
        """Whether a 为 there is no part of a word: 选举尼玛次仁|为|政协主席; 为民 is one, a guess like 林为 none."""
        named = self.patterns["named_as"].match(self.look, start, stop)
        if named and self.look[start] in self.edges.knowledge.surnames:
            return True  # ，黄融|为城乡建设和交通委员会|主任
        words = (self.look[a:b] for a, b, _ in self.edges.words(start, stop))
        return any(word == "为" or ("为" in word and known_word(word)[0] != word) for word in words)

    def _is_body(self, start: int, stop: int) -> bool:
        """Whether [start, stop) ends like the name of a body: a department's name, or any head of organizations."""
        knowledge, text = self.edges.knowledge, self.look[start:stop]
        inner = (hit.names[0] for hit in self.edges.hits_in(start + 1, stop))
        if any(name.code and name.status == "full" for name in inner):
            return False  # 尼玛|次仁为政协林芝市第二届委员会|主席
        if text in knowledge.departments or self.patterns["chamber"].fullmatch(text):
            return True
        if "为" in text and self._gives_a_post(start, stop):
            return False
        if self.patterns["leads_to_a_body"].search(text):
            return False
        if not self.patterns["body_letters"].fullmatch(text) or text.count("“") != text.count("”"):
            return False
        if any(text[cut:] in knowledge.body_heads for cut in range(max(0, len(text) - _LONGEST_HEAD), len(text))):
            return True
        cuts = range(2, len(text)) if text.endswith(self.units) else ()  # 公路局|农建办: a unit of a department
        return any(text[:cut] in knowledge.departments and self._is_unit(start + cut, stop) for cut in cuts)

    def _is_unit(self, start: int, stop: int) -> bool:
        """Whether [start, stop) is called as a unit of a body is, and is no other body after a post."""
        return bool(self.patterns["unit"].fullmatch(self.look, start, stop)) and not self._leads_to_a_body(start, stop)


def _part_of(zone: Mention) -> Part:
    """A zone as the area in a post; a declared short form has the name that it is short for."""
    start, end = zone.span.start, zone.span.end
    if zone.rule != "declared-short":
        return Part("area", start, end)
    return Part("area", start, end, (Name(zone.key, "Place", zone.key, "declared"),))
