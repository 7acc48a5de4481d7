"""Which division a name or a bare 市 means: by the table's row, its neighbours, the posts and the title."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cached_property

from kg.ancestry import ancestors
from kg.knowledge import Division, Knowledge
from kg.model import Mention, MentionType, Name, Page
from kg.resolve.namings import area_rows, named_bodies
from kg.resolve.voice import voice_of

_AREAS = frozenset({"Province", "Place"})
_FULL = frozenset({"full", "former"})  # the status of the name of a division in full
_SIDE_BY_SIDE = 1998  # up to this year there were a 地区 and a city of one name beside each other: 桂林

_LONGEST_LEAD = 14  # characters before an area in which 前往 is looked for
_SHORTEST_BODY = 4  # characters from which the name of a body says which: 兰州大学
_NOUNS = frozenset({"n", "nz", "vn"})  # jieba's tags
_REGION = "自治区"
_COUNTIES = frozenset({"区", "县"})  # of which a text may tell one after the other, each in a paragraph of its own
SMALL = frozenset({"村", "社区", "乡", "镇", "街道"})  # of which a text may name many: the one just named counts

Named = Sequence[tuple[int, Name]]  # offsets with the areas that stand there


def in_full(area: str, body: str, knowledge: Knowledge) -> str:
    """An area and a body that begins with the word for its level, joined.

    >>> from kg.knowledge import load
    >>> [in_full(*names, load()) for names in (("浙江省", "省委"), ("北海市", "公安局"), ("代县", "县委"))]
    ['浙江省委', '北海市公安局', '代县县委']
    """
    level = knowledge.patterns["level"].match(body)
    if level and level.group() == "地":  # 哈密地区|地委 is 哈密地委
        return area.removesuffix("区").removesuffix("地") + body
    if level is None or not area.endswith(knowledge.maps["area_levels"].get(level.group(), ())):
        return area + body
    if len(area) <= len(level.group()) + 1 and knowledge.patterns["keeps_level"].match(body, level.end()):
        return area + body  # 代县县委: 代县委 would be the 县委 of 代
    return area + body[level.end() :]


class Areas:
    """The divisions of one page in the order in which the text names them, and who asks which is meant."""

    def __init__(self, page: Page, knowledge: Knowledge, mentions: Sequence[Mention]) -> None:
        self.page = page
        self.knowledge = knowledge
        rows = sorted(area_rows(page, knowledge, mentions), key=lambda row: row[0])
        self._in_full = frozenset(n.code for _, names in rows for n in names if n.status in _FULL and n.code)
        self._year = int(page.document.published[:4] or 0)
        self.named: list[tuple[int, Name]] = []  # in reading order; those of the title stand at -1
        for offset, names in rows:
            if name := self.choose(names, offset):
                self.named.append((offset, name))
        inside = ([n for n in hit.names if n.status == "full" and n.code] for hit in page.hits)
        self._inside = [full[0] for full in inside if len(full) == 1]  # 城关镇 is that of no county
        self.countries = [(offset, name) for offset, name in self.named if name.kind == "Country"]
        self.named += [
            (m.span.start, Name(m.key, "Place", m.key, "full", "Village")) for m in mentions if m.rule == "village"
        ]
        self.named.sort(key=lambda row: row[0])
        leaders = knowledge.patterns["leaders_after"]
        ends = {m.span.start: m.span.end for m in mentions if m.type in _AREAS}
        self._leads = [(at, name) for at, name in self.named if at in ends and leaders.match(page.look, ends[at])]
        self._at = dict(reversed(self.named))  # the first of each offset
        self.voice = voice_of(page, knowledge)
        self._titled = [m.span for m in mentions if m.type == "Document"]
        self.organs = [m for m in mentions if m.type == "Organization"]
        self.bodies = named_bodies(page, knowledge, mentions)
        self._counted: dict[str, list[tuple[Name, int]]] = {}

    def at(self, offset: int) -> Name | None:
        """The row that was chosen for the name at that offset."""
        return self._at.get(offset)

    def ancestors(self, code: str) -> tuple[Division, ...]:
        """The divisions above that one, nearest first."""
        return ancestors(self.knowledge, code)

    # Which row a name means.

    def choose(self, names: Sequence[Name], offset: int) -> Name | None:
        """The one row that a form of several rows means here; None where nothing decides between them."""
        rows = [n for n in names if n.type in _AREAS]
        if len(rows) < 2:
            return rows[0] if rows else None
        # each sieve leaves fewer rows, or abstains
        sieves = (
            self._full_names, self._largest, self._named_in_full,
            self._under_neighbour, self._of_its_year, self._current,
        )  # fmt: skip
        for sieve in sieves:
            if len(rows) < 2:
                break
            rows = sieve(rows, offset) or rows
        if len(rows) < 2:
            return rows[0] if rows else None
        # 吉林: the province where the city is not named in full; 吉林市 has a row of its own
        provinces = [n for n in rows if n.type == "Province"]
        if len(provinces) == 1:
            return provinces[0]
        prefectures = [n for n in rows if n.kind == "Prefecture"]
        return prefectures[0] if len(prefectures) == 1 else None

    def _full_names(self, rows: list[Name], offset: int) -> list[Name]:
        """The rows of which the form is the full name."""
        return [n for n in rows if n.status == "full"]

    def _largest(self, rows: list[Name], offset: int) -> list[Name]:
        """The rows without the counties of the prefectures among them: 新乡 is 新乡市, even if 新乡县 is named."""
        codes = {n.code for n in rows}
        return [n for n in rows if not n.code or codes.isdisjoint(d.code for d in self.ancestors(n.code))]

    def _named_in_full(self, rows: list[Name], offset: int) -> list[Name]:
        """The rows that the page names in full elsewhere."""
        return [n for n in rows if n.code in self._in_full]

    def _under_neighbour(self, rows: list[Name], offset: int) -> list[Name]:
        """朝阳 after 辽宁 is that of 辽宁; after 北京 it is the district."""
        above = {n.code: {d.code for d in self.ancestors(n.code)} for n in rows if n.code}
        for _, neighbour in reversed([row for row in self.named if row[0] <= offset] or self.named):
            inside = [n for n in rows if n.code and neighbour.code in above[n.code]]
            if inside:
                return inside
            siblings = [n for n in rows if n.code and self._same_parent(n.code, neighbour.code)]
            if siblings:
                return siblings
        return []

    def _same_parent(self, a: str, b: str) -> bool:
        one, other = self.knowledge.divisions.get(a), self.knowledge.divisions.get(b)
        return one is not None and other is not None and one.parent == other.parent

    def _of_its_year(self, rows: list[Name], offset: int) -> list[Name]:
        """The rows without those that came later than the text: 玉环 is 玉环县 in 2010, and 玉环市 in 2020."""
        ends = {n.kind: self._end(n) for n in sorted(rows, key=self._end, reverse=True) if self._end(n)}
        return [n for n in rows if self._end(n) == ends.get(n.kind, 0)]

    def _end(self, name: Name) -> int:
        """The year in which a division was given up that was there when the text was published; 0 of all others."""
        division = self.knowledge.divisions.get(name.code)
        return division.until if division and self._year and division.until > max(self._year, _SIDE_BY_SIDE) else 0

    def _current(self, rows: list[Name], offset: int) -> list[Name]:
        """The rows that are no former names, and not of divisions that are no more: 桂林 is 桂林市, not 桂林地区."""
        divisions = self.knowledge.divisions
        gone = {n.code for n in rows if n.code in divisions and divisions[n.code].status == "former"}
        return [n for n in rows if self._end(n) or (n.status != "former" and n.code not in gone)]

    # Which area a bare 市 means.

    def of_level(self, word: str, offset: int, posts: Named = ()) -> Name | None:
        """The area that a bare 省, 市, 县 … means at that offset.

        First the areas of posts before it in its sentence, and of 福建省领导, nearest first, then the one of that level
        that the title names, then the posts of its line, then the one that its line goes to, then the one that the text
        names most, then whatever the text names before and after, last the areas inside longer names
        (清远市农村工作会议) and that of its outlet, which comes before the title where that names its county in full:
        区委 on 芙蓉区政府门户网站; of each the area itself or the one above it that has the level: 省委 after 清远市 is
        that of 广东省.
        """
        if word == "特别行政区":
            return self._special_region(word)
        look = self.page.look
        sentence = max(look.rfind(mark, 0, offset) for mark in "。！？\n")
        line = look.rfind("\n", 0, offset)
        before = [(at, name) for at, name in reversed(posts) if at < offset]
        if self._leads:
            before = sorted((*before, *(row for row in self._leads if row[0] < offset)), key=lambda row: -row[0])
        asked = (
            *(name for at, name in before if at > sentence),
            *(name for at, name in reversed(self.named) if word in SMALL and line < at < offset),
            *(self._of_the_outlet(word) if self.voice.sure else ()),
            *self._alone_in_title(word),
            *(name for at, name in before if at > line),
            *(self._gone_to(word, line, offset) if word in _COUNTIES else ()),
            *self._most_named(word),
            *(name for _, name in before),
            *(name for at, name in self.named if at == -1),
            *(name for at, name in self.named if at < offset),
            *(name for at, name in self.named if at >= offset),
            *self._inside,
            *self._of_the_outlet(),
        )
        return next((found for name in asked if (found := self._lift(name, word))), None)

    def named_last(self, word: str, offset: int) -> Name | None:
        """The area of that level that was named last before that offset, or the one above it: 该县, 该乡."""
        before = (name for at, name in reversed(self.named) if at < offset)
        return next((found for name in before if (found := self._lift(name, word))), None)

    def ours(self, word: str, offset: int) -> Name | None:
        """The area of 我市 or 我区 at that offset: 我区 in a paper of 宁夏 is the autonomous region."""
        regions = [row for row in self.voice.areas if row.name.endswith(_REGION)]
        return self.of_level(_REGION if regions and _REGION.endswith(word) else word, offset)

    def _of_the_outlet(self, word: str = "") -> list[Name]:
        """The area whose paper the document stands in, if it has the level of that word."""
        area = self.choose(self.voice.areas, len(self.page.look))
        return [area] if area and (not word or self._lift(area, word) == area) else []

    def _alone_in_title(self, word: str) -> list[Name]:
        """The only area of that level that the title tells of."""
        lifted = {found for at, name in self.named if at == -1 and (found := self._lift(name, word))}
        return list(lifted) if len(lifted) == 1 else []

    def _gone_to(self, word: str, line: int, offset: int) -> list[Name]:
        """The area of that level to which the paragraph goes before that offset: 下午，何立新前往|渌口区。…区长."""
        before = self.knowledge.patterns["scene_before"]
        return [
            name for at, name in reversed(self.named)
            if line < at < offset and self._lift(name, word) == name
            and before.search(self.page.look, max(line + 1, at - _LONGEST_LEAD), at)
        ][:1]

    def _most_named(self, word: str) -> list[Name]:
        """The area of that level that the text names twice as often as any other, in its parts too."""
        counted = self._counted.get(word)
        if counted is None:
            lifted = (self._lift(name, word) for _, name in self.named)
            counted = self._counted[word] = Counter(name for name in lifted if name).most_common(2)
        return [counted[0][0]] if counted and (len(counted) == 1 or counted[0][1] >= 2 * counted[1][1]) else []

    def _special_region(self, word: str) -> Name | None:
        """行政長官 in a paper of Hong Kong: the region that the text speaks of most."""
        regions = [name for _, name in self.named if name.name.endswith(word)]
        regions += [name for name in self._of_the_outlet() if name.name.endswith(word) and not regions]
        counted = Counter(name.name for name in regions)
        return max(regions, key=lambda name: (counted[name.name], name.name), default=None)

    def _lift(self, name: Name, word: str) -> Name | None:
        """The area, or the nearest one above it, whose full name ends as that of an area of that level does."""
        endings = self.knowledge.maps["area_levels"].get(word, (word,))
        others = self.knowledge.maps["other_levels"].get(word, ())
        if name.name.endswith(endings):
            return None if name.name.endswith(others) else name
        for division in self.ancestors(name.code):
            if division.name.endswith(endings) and not division.name.endswith(others):
                kind: MentionType = "Province" if division.level == "province" else "Place"
                return Name(division.name, kind, division.name, "full", division.level.capitalize(), division.code)
        return None

    def complete(self, body: str, offset: int, posts: Named = ()) -> str:
        """A body that begins with the word for a level, with the name of its area (市委, 市委常委会会议); else ""."""
        level = self.knowledge.patterns["level_of_body"].match(body)
        area = self.of_level(level["level"], offset, posts) if level else None
        return in_full(area.name, body, self.knowledge) if area else ""

    # Which country or body is meant.

    def country_before(self, offset: int, *, abroad: bool = False) -> Name | None:
        """The last country that the text names before that offset; `abroad`, the last that is not the papers' own."""
        home = self.knowledge.words["home_countries"] if abroad else frozenset()
        return next((name for at, name in reversed(self.countries) if at < offset and name.name not in home), None)

    def country_of_letter(self, offset: int) -> Name | None:
        """The country that the letter before that offset stands for: 美|交通部长; of several the one the text names."""
        look, before = self.page.look, offset - 1
        rows = self.knowledge.country_letters.get(look[max(0, before) : offset], ())
        if not rows or not self.knowledge.patterns["before_country_letter"].search(look, max(0, before - 1), before):
            return None
        named = {name.name for _, name in self.countries}
        found = rows if len(rows) == 1 else [row for row in rows if row.name in named]
        return found[0] if len(found) == 1 else None

    def organ_before(self, offset: int, endings: tuple[str, ...], *, reach: int = 1) -> Mention | None:
        """The nearest organization before that offset whose name ends so, if no more sentences lie between."""
        for mention in reversed(self.organs):
            if mention.span.start < offset and mention.key.endswith(endings):
                return mention if self.page.look.count("。", mention.span.start, offset) <= reach else None
        return None

    def body_like(self, endings: tuple[str, ...], offset: int) -> str:
        """The body in whose name the text speaks, else the first before that offset that ends so, else "".

        Those of the title come before others.
        """
        branch, works = self.knowledge.patterns["branch_of_a_body"], self.knowledge.patterns["company_of_works"]
        companies = any(map(self.knowledge.patterns["calls_a_company"].fullmatch, endings))

        def fits(body: str) -> bool:
            return body.endswith(endings) or (companies and works.fullmatch(body) is not None)

        named = (
            body for at, body in self.bodies
            if at < offset and fits(body)
            and body not in endings and len(body) >= _SHORTEST_BODY and not branch.search(body)
        )
        return self._spoken(filter(fits, self.voice.bodies), endings) or next(named, "")

    @staticmethod
    def _spoken(bodies: Iterable[str], endings: tuple[str, ...]) -> str:
        """The body with the first of these endings that one has: as 校 the university comes before its school."""
        ranked = list(bodies)
        found = (body for ending in endings for body in ranked if body.endswith(ending))
        return next(found, ranked[0] if ranked else "")

    def body_of_title(self, endings: tuple[str, ...]) -> str:
        """The body that speaks, else the only one that the title names, whose name ends so; "" if there is none."""
        title = self.page.document.title
        named = [body for _, body in self.bodies if body in title and body.endswith(endings) and len(body) > 4]
        spoken = self._spoken((body for body in self.voice.bodies if body.endswith(endings)), endings)
        return spoken or (named[0] if len(named) == 1 else "")

    def with_its_area(self, body: str) -> str:
        """The only body that is called so after its area: 徐州市第一人民医院 of 第一人民医院; else ""."""
        names = self.knowledge.names
        longer = {m.key for m in self.organs if m.key.endswith(body) and m.key.removesuffix(body) in names}
        return longer.pop() if len(longer) == 1 and len(body) >= _SHORTEST_BODY else ""

    def first_organ(self, endings: tuple[str, ...], offset: int) -> Mention | None:
        """The first organization before that offset whose name ends so: 县应急管理局, of which 局党委 is a part."""
        return next((m for m in self.organs if m.span.start < offset and m.key.endswith(endings)), None)

    def noun_before(self, offset: int) -> bool:
        """Whether a noun that no mark parts from it stands right before that offset."""
        at = bisect_left(self.page.cuts, offset)
        whole = 0 < at < len(self.page.cuts) and self.page.cuts[at] == offset
        return whole and self.page.tags[at - 1] in _NOUNS and offset - self.page.cuts[at - 1] > 1

    def first_known(self, endings: tuple[str, ...], offset: int) -> str:
        """The same of the bodies that the tables have, inside longer names too: 水利部|党组; "" without one."""
        names = (hit.names[0] for hit in self.page.hits if hit.start < offset)
        return next((name.name for name in names if name.type == "Organization" and name.name.endswith(endings)), "")

    @cached_property
    def forms(self) -> dict[str, str]:
        """The longest form in which the text names a body of the tables, by the name of its row.

        What stands in a title is no form of the text's own: 《中华人民共和国农业部与…谅解备忘录》.
        """
        longest: dict[str, str] = {}
        for hit in self.page.hits:
            name, form = hit.names[0], self.page.look[hit.start : hit.end]
            longer = name.type == "Organization" and len(form) > len(longest.get(name.name, ""))
            if longer and not any(span.start < hit.start < span.end for span in self._titled):
                longest[name.name] = form
        return longest

    @cached_property
    def traditional(self) -> bool:
        """Whether the text is in traditional characters: a paper of Hong Kong or Macao leaves out whose 局 it means."""
        pairs = zip(self.page.document.text[:400], self.page.look, strict=False)
        return sum(a != b and "\u4e00" <= a <= "\u9fff" for a, b in pairs) > 20
