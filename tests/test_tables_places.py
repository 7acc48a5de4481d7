"""The tables of places say what they should, in the form that all tables have."""

import unicodedata
from collections import Counter

import pytest

from kg.folders import DATA, read_table

TABLES = DATA / "tables"
COLUMNS = {
    "divisions": "code name short level kind abbr parent status until successor source",
    "townships": "code name parent source",
    "ambiguous": "short codes reading",
    "regions": "name aliases members kind source",
    "groups": "name members source",
    "countries": "name aliases abbr full kind parent source",
    "features": "name aliases kind parent source",
}
ROWS = {name: list(read_table(TABLES / f"{name}.tsv")) for name in COLUMNS}
DIVISIONS = {row["code"]: row for row in ROWS["divisions"]}
CURRENT = [row for row in ROWS["divisions"] if row["status"] == "current"]
PROVINCES = {row["short"] for row in CURRENT if row["level"] == "province"}
COUNTRIES = {row["name"] for row in ROWS["countries"] if row["kind"] in ("country", "continent")}


def cells(cell: str) -> list[str]:
    return cell.split("|") if cell else []


def current(name: str) -> list[dict[str, str]]:
    return [row for row in CURRENT if row["name"] == name]


@pytest.mark.parametrize("table", COLUMNS)
def test_form(table: str) -> None:
    raw = (TABLES / f"{table}.tsv").read_bytes()
    text = raw.decode()
    assert b"\r" not in raw and text.endswith("\n") and '"' not in text
    assert unicodedata.is_normalized("NFC", text)
    lines = [line.split("\t") for line in text.splitlines() if not line.startswith("#")]
    assert lines[0] == COLUMNS[table].split()
    assert {len(line) for line in lines} == {len(lines[0])}
    assert all(cell == cell.strip() for line in lines for cell in line)
    keys = [line[0] for line in lines[1:]]
    assert keys == sorted(set(keys)) and all(keys)
    for line in lines[1:]:
        for cell in line:
            assert "" not in cell.split("|")[1:], line
            if "|" in cell:
                assert len(set(cell.split("|"))) == len(cell.split("|")), line
    if "source" in lines[0]:
        assert all(line[-1] for line in lines)


def test_counts() -> None:
    assert len(PROVINCES) == 34
    levels = Counter(row["level"] for row in CURRENT)
    assert 333 <= levels["prefecture"] <= 360  # 333 and those of Taiwan
    assert 2840 <= levels["county"] <= 2900
    assert len(ROWS["divisions"]) - len(CURRENT) >= 250
    assert len(ROWS["townships"]) > 38_000
    assert len(ROWS["countries"]) > 190 + 400
    assert len(ROWS["features"]) > 900
    kinds = Counter(row["kind"] for row in ROWS["features"])
    assert kinds["river"] >= 150 and kinds["lake"] >= 80 and kinds["mountain"] >= 100


def test_parents() -> None:
    for row in ROWS["divisions"]:
        assert row["level"] in ("province", "prefecture", "county")
        assert (row["parent"] == "") == (row["level"] == "province")
        if row["parent"]:
            above = DIVISIONS[row["parent"]]
            assert above["level"] == "province" or (row["level"], above["level"]) == ("county", "prefecture")
            assert row["status"] == "former" or above["status"] == "current"
        assert (row["status"] == "former") == bool(row["until"])
        assert all(DIVISIONS[code]["status"] == "current" for code in cells(row["successor"]))
    for row in ROWS["townships"]:
        assert DIVISIONS[row["parent"]]["status"] == "current"
        assert row["name"].endswith(("镇", "乡", "街道", "苏木"))
    for row in ROWS["countries"]:
        assert set(cells(row["parent"])) <= COUNTRIES
    for row in ROWS["features"]:
        assert set(cells(row["parent"])) <= PROVINCES
    for row in ROWS["groups"]:
        assert len(cells(row["members"])) > 1 and set(cells(row["members"])) <= PROVINCES
    for row in ROWS["regions"]:
        assert set(cells(row["members"])) <= PROVINCES | COUNTRIES


def test_codes() -> None:
    for row in CURRENT:
        if row["code"][0] != "T":  # Taiwan's cities have no code
            assert len(row["code"]) == 6 and row["code"].isdigit()
            assert (row["code"][2:] == "0000") == (row["level"] == "province")
            assert not row["parent"] or row["parent"][:2] == row["code"][:2]


KNOWN = [
    ("上海市", "310000", "上海", "直辖市", ""),
    ("内蒙古自治区", "150000", "内蒙古", "自治区", ""),
    ("香港特别行政区", "810000", "香港", "特别行政区", ""),
    ("湖州市", "330500", "湖州", "地级市", "330000"),
    ("延边朝鲜族自治州", "222400", "延边", "自治州", "220000"),
    ("喀什地区", "653100", "喀什", "地区", "650000"),
    ("锡林郭勒盟", "152500", "锡林郭勒", "盟", "150000"),
    ("东莞市", "441900", "东莞", "地级市", "440000"),
    ("嘉峪关市", "620200", "嘉峪关", "地级市", "620000"),
    ("青浦区", "310118", "青浦", "区", "310000"),
    ("仙桃市", "429004", "仙桃", "县级市", "420000"),
    ("石河子市", "659001", "石河子", "县级市", "650000"),
    ("信丰县", "360722", "信丰", "县", "360700"),
    ("代县", "140923", "代县", "县", "140900"),
    ("磴口县", "150822", "磴口", "县", "150800"),
    ("杭锦后旗", "150826", "杭锦后旗", "旗", "150800"),
    ("大化瑶族自治县", "451229", "大化", "自治县", "451200"),
    ("都安瑶族自治县", "451228", "都安", "自治县", "451200"),
    ("双江拉祜族佤族布朗族傣族自治县", "530925", "双江", "自治县", "530900"),
    ("神农架林区", "429021", "神农架", "林区", "420000"),
    ("鄂伦春自治旗", "150723", "鄂伦春", "自治旗", "150700"),
    ("万柏林区", "140109", "万柏林", "区", "140100"),
    ("管城回族区", "410104", "管城", "区", "410100"),
    ("抚顺县", "210421", "抚顺县", "县", "210400"),       # 抚顺 is the city
    ("海南藏族自治州", "632500", "海南州", "自治州", "630000"),  # 海南 is the province
    ("错那市", "540581", "错那", "县级市", "540500"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "code", "short", "kind", "parent"), KNOWN)
def test_known(name: str, code: str, short: str, kind: str, parent: str) -> None:
    [row] = current(name)
    assert (row["code"], row["short"], row["kind"], row["parent"]) == (code, short, kind, parent)


FORMER = [
    ("襄樊市", "2010", ["襄阳市"]),
    ("思茅市", "2007", ["普洱市"]),
    ("巢湖市", "2011", ["巢湖市"]),  # of a prefecture a city below Hefei
    ("莱芜市", "2018", ["莱芜区"]),
    ("米林县", "2023", ["米林市"]),
    ("林芝地区", "2015", ["林芝市"]),
    ("金华县", "2000", ["婺城区", "金东区"]),
    ("江干区", "2021", ["上城区", "钱塘区"]),
    ("卢湾区", "2011", ["黄浦区"]),
    ("塘沽区", "2009", ["滨海新区"]),
    ("萧山市", "2001", ["萧山区"]),
    ("哲里木盟", "1999", ["通辽市"]),
    ("崇文区", "2010", ["东城区"]),
]  # fmt: skip


@pytest.mark.parametrize(("name", "until", "successors"), FORMER)
def test_former(name: str, until: str, successors: list[str]) -> None:
    [row] = [row for row in ROWS["divisions"] if row["name"] == name and row["status"] == "former"]
    assert (row["until"], [DIVISIONS[code]["name"] for code in cells(row["successor"])]) == (until, successors)


def test_short_names_lead_to_the_city_not_to_what_lies_in_it() -> None:
    for row in CURRENT:
        if row["level"] == "county":
            assert row["short"] != DIVISIONS[row["parent"]]["short"], row


def test_abbreviations() -> None:
    abbr = {row["short"]: cells(row["abbr"]) for row in CURRENT if row["level"] == "province"}
    assert all(abbr.values())
    assert (abbr["上海"], abbr["湖北"], abbr["四川"]) == (["沪", "申"], ["鄂"], ["川", "蜀"])
    every = [a for found in abbr.values() for a in found]
    assert len(every) == len(set(every))
    [liangshan] = current("凉山彝族自治州")
    assert liangshan["abbr"] == "凉山州"


def test_ambiguous() -> None:
    table = {row["short"]: row for row in ROWS["ambiguous"]}
    shorts = {row["short"] for row in ROWS["divisions"]}
    assert set(table) <= shorts
    for row in table.values():
        assert row["reading"] in ("shared", "word", "shared|word")
        assert all(DIVISIONS[code]["short"] == row["short"] for code in cells(row["codes"]))
    for short in ("和平", "高明", "安定", "新华", "长安", "朝阳", "鼓楼", "通道", "平安", "海安", "南县"):
        assert "word" in table[short]["reading"], short
    counted = Counter(row["short"] for row in CURRENT)
    assert all("shared" in table[short]["reading"] for short, n in counted.items() if n > 1)


def test_no_name_in_two_tables_of_wider_places() -> None:
    seen: dict[str, str] = {}
    for table in ("regions", "groups", "countries", "features"):
        for row in ROWS[table]:
            for name in {row["name"], *cells(row.get("aliases", ""))}:
                assert name not in seen, (name, table, seen[name])
                seen[name] = table


def test_regions_and_groups() -> None:
    regions = {row["name"]: row for row in ROWS["regions"]}
    groups = {row["name"]: cells(row["members"]) for row in ROWS["groups"]}
    assert cells(regions["长三角"]["members"]) == ["上海", "江苏", "浙江", "安徽"]
    assert "长江三角洲地区" in cells(regions["长三角"]["aliases"])
    assert "大湾区" in cells(regions["粤港澳大湾区"]["aliases"])
    assert len(cells(regions["长江经济带"]["members"])) == 11
    assert len(cells(regions["西部地区"]["members"])) == 12
    assert groups["沪苏浙皖"] == ["上海", "江苏", "浙江", "安徽"]
    assert groups["闽宁"] == ["福建", "宁夏"]
    assert "沪宁" not in {*groups, *regions}  # 王沪宁
    letters = {a: row["short"] for row in CURRENT if row["level"] == "province" for a in cells(row["abbr"])}
    for name, members in groups.items():
        if all(letter in letters for letter in name) and name != "云贵川渝":
            assert [letters[letter] for letter in name] == members, name


def test_abroad_and_features() -> None:
    countries = {row["name"]: row for row in ROWS["countries"]}
    features = {row["name"]: row for row in ROWS["features"]}
    assert countries["莫斯科"]["kind"] == "capital" and countries["莫斯科"]["parent"] == "俄罗斯"
    assert countries["马六甲州"]["kind"] == "state" and countries["马六甲州"]["parent"] == "马来西亚"
    assert countries["俄罗斯"]["abbr"] == "俄" and countries["俄罗斯"]["full"] == "俄罗斯联邦"
    assert {"日内瓦", "金边", "纽约", "亚洲"} <= set(countries)
    zones = {row["name"] for row in features.values() if row["kind"] == "zone"}
    assert {"雄安新区", "浦东新区", "横琴粤澳深度合作区", "长三角生态绿色一体化发展示范区", "海南自由贸易港"} <= zones
    assert sum(zone.endswith("自由贸易试验区") for zone in zones) == 22
    assert features["人民大会堂"]["kind"] == "venue" and features["京沪高铁"]["kind"] == "railway"
