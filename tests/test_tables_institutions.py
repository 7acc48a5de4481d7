"""The institutional tables: sorted, unique, clean, free of collisions, as large as promised, with some known rows."""

import unicodedata
from pathlib import Path

import pytest

from kg.folders import DATA, read_table

TABLES = DATA / "tables"
COLUMNS = {
    "organs": "name aliases kind parent status until source",
    "departments": "name aliases levels head source",
    "surnames": "surname kind rank weight source",
    "given": "char middle last alone source",
    "transliteration": "char weight source",
    "minority_names": "form kind source",
    "initiatives": "name aliases kind source",
    "newspapers": "name aliases source",
    "events": "name aliases kind recurring source",
}
AT_LEAST = {
    "organs": 900, "departments": 220, "surnames": 780, "given": 900, "transliteration": 450, "minority_names": 300,
    "initiatives": 500, "newspapers": 200, "events": 250,
}
KINDS = {
    "organs": {
        "PartyOrgan", "Government", "Congress", "Consultative", "Court", "Procuratorate", "Supervision", "Army",
        "MassOrganization", "Company", "University", "Media", "International", "Party", "Other",
    },
    "surnames": {"common", "rare", "compound", "japanese", "word"},
    "initiatives": {"strategy", "policy", "doctrine", "campaign", "works", "region", "concept", "slogan"},
}
# What the annotation guideline lists as common noun phrases.
NO_INITIATIVE = {
    "高质量发展", "产业链", "营商环境", "改革开放", "全面深化改革", "共同富裕", "稳中求进", "新常态", "生态省", "三农",
}


def path(table: str) -> Path:
    return TABLES / f"{table}.tsv"


def rows(table: str) -> list[dict[str, str]]:
    return list(read_table(path(table)))


def key(row: dict[str, str]) -> str:
    return next(iter(row.values()))


def cells(cell: str) -> list[str]:
    return [part for part in cell.split("|") if part]


def forms(table: str) -> dict[str, str]:
    """Every form of a table, with the first cell of its row."""
    return {form: key(row) for row in rows(table) for form in [key(row), *cells(row.get("aliases", ""))]}


@pytest.mark.parametrize("table", COLUMNS)
def test_the_file_is_plain(table: str) -> None:
    raw = path(table).read_bytes()
    text = raw.decode("utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    assert b"\r" not in raw
    assert not raw.startswith(b"\xef\xbb\xbf")
    assert text.endswith("\n")
    assert unicodedata.is_normalized("NFC", text)
    assert lines[0].split("\t") == COLUMNS[table].split()
    assert {line.count("\t") for line in lines} == {lines[0].count("\t")}
    assert not [cell for line in lines for cell in line.split("\t") if cell != cell.strip()]
    assert '"' not in "".join(lines)


@pytest.mark.parametrize("table", COLUMNS)
def test_rows_are_sorted_unique_and_sourced(table: str) -> None:
    keys = [key(row) for row in rows(table)]
    assert keys == sorted(set(keys))
    assert len(keys) >= AT_LEAST[table]
    assert all(keys)
    assert not [key(row) for row in rows(table) if not row["source"]]


@pytest.mark.parametrize("table", [table for table, columns in COLUMNS.items() if "aliases" in columns])
def test_no_form_means_two_rows(table: str) -> None:
    owners: dict[str, list[str]] = {}
    for row in rows(table):
        for form in [key(row), *row["aliases"].split("|")]:
            if form:
                owners.setdefault(form, []).append(key(row))
    assert {form: names for form, names in owners.items() if len(names) > 1} == {}
    assert not [key(row) for row in rows(table) if row["aliases"] and "" in row["aliases"].split("|")]


@pytest.mark.parametrize("table", KINDS)
def test_kinds_are_known(table: str) -> None:
    assert {kind for row in rows(table) for kind in row["kind"].split("|")} <= KINDS[table]


def test_parents_are_rows_and_former_bodies_have_a_year() -> None:
    names = {row["name"] for row in rows("organs")}
    assert {row["parent"] for row in rows("organs")} - {""} <= names
    assert {row["status"] for row in rows("organs")} == {"current", "former"}
    assert [row["name"] for row in rows("organs") if (row["status"] == "former") != row["until"].isdigit()] == []


@pytest.mark.parametrize(("form", "name"), [
    ("党中央", "中共中央"), ("国家发展改革委", "国家发展和改革委员会"), ("国新办", "国务院新闻办公室"),
    ("中纪委", "中央纪委"), ("中组部", "中央组织部"), ("人社部", "人力资源和社会保障部"), ("环保部", "环境保护部"),
    ("最高法", "最高人民法院"), ("中科院", "中国科学院"),
    ("全国妇联", "中华全国妇女联合会"), ("世卫组织", "世界卫生组织"),
    ("中国石化", "中国石油化工集团有限公司"), ("亚投行", "亚洲基础设施投资银行"), ("东盟", "东南亚国家联盟"),
    ("中科大", "中国科学技术大学"), ("铁道部", "铁道部"), ("银保监会", "中国银行保险监督管理委员会"),
    ("上交所", "上海证券交易所"), ("民盟中央", "民盟中央"), ("武警部队", "中国人民武装警察部队"),
])
def test_organs_are_found_by_any_form(form: str, name: str) -> None:
    assert forms("organs").get(form) == name


FORMS_OF_DEPARTMENTS = """
    发改委 发展和改革局 教育厅 教育局 科技厅 科技局 工信局 民宗局 公安厅 公安局 民政局 司法厅 财政局 人社厅 人社局
    自然资源厅 自然资源局 生态环境厅 生态环境局 住建厅 住建局 交通运输厅 交通运输局 水利厅 水务局 农业农村厅
    农业农村局 商务厅 商务局 文旅厅 文旅局 文广旅局 文化广电和旅游局 卫健委 卫健局 退役军人事务局 应急管理局 审计厅
    外办 国资委 林草局 市场监管局 广播电视局 体育局 统计局 医保局 乡村振兴局 信访局 粮食和物资储备局 数据局
    大数据管理局 行政审批局 政务服务局 城管局 综合执法局 税务局 海关 气象局 邮政管理局 消防救援总队 消防救援支队
    消防救援大队 地震局 烟草专卖局 供销社 地方志办公室 机关事务管理局 招商局 金融办 港口局 海洋局 扶贫办 移民局
    档案局 老干部局 党史研究室 政研室 台办 侨办 编办 网信办 文明办 政法委 组织部 宣传部 统战部 纪委 监委 纪委监委
    巡察办 直属机关工委 教育工委 党校 社会主义学院 总工会 团委 妇联 科协 文联 社科联 作协 残联 红十字会 工商联
    侨联 贸促会 高级人民法院 中级人民法院 人民法院 人民检察院 军区 军分区 人武部 公积金中心 开发区管委会
    国土资源局 环保局 农业局 农业厅 文化局 旅游局 卫生局 计生委 卫计委 工商局 质监局 食药监局 安监局 林业厅
    林业局 畜牧局 市委宣传部 省委组织部 县委办公室 人大常委会 政协
"""


def test_departments_have_the_forms_of_every_level() -> None:
    known = forms("departments")
    wanted = FORMS_OF_DEPARTMENTS.split()
    assert [form for form in wanted if form not in known] == []
    assert len(known) >= 700
    assert not [row["name"] for row in rows("departments") if not row["head"]]
    levels = {level for row in rows("departments") for level in row["levels"].split("|")}
    assert levels == {"province", "prefecture", "county"}
    heads = {row["name"]: row["head"] for row in rows("departments")}
    assert [heads[name] for name in ("教育厅", "教育局", "发展和改革委员会", "宣传部", "纪律检查委员会")] == [
        "厅长", "局长", "主任", "部长", "书记",
    ]


def test_surnames() -> None:
    kinds = {row["surname"]: row["kind"].split("|") for row in rows("surnames")}
    compound = [name for name, kind in kinds.items() if "compound" in kind]
    ranks = [int(row["rank"]) for row in rows("surnames") if row["rank"]]
    assert len(kinds) - len(compound) >= 700
    assert len(compound) >= 80
    assert all((len(name) == 1) != ({"compound", "japanese"} & set(kind) != set()) for name, kind in kinds.items())
    assert sorted(ranks) == list(range(1, len(ranks) + 1))
    assert "common" in kinds["王"]
    assert {"欧阳", "司徒", "上官", "诸葛", "皇甫"} <= set(compound)
    assert all("word" in kinds[name] for name in "于和向方成时从")
    assert {"仇", "单", "区", "逄", "亓", "闫", "付", "肖"} <= set(kinds)


@pytest.mark.parametrize("table", ["given", "transliteration"])
def test_characters_are_single(table: str) -> None:
    assert {len(key(row)) for row in rows(table)} == {1}


def test_name_parts() -> None:
    given = {row["char"]: float(row["last"]) for row in rows("given")}
    assert all(given[char] > 2 for char in "娜婷鹏磊")
    assert all(given[char] < 0 for char in "的是在会")
    surnames = {row["surname"]: float(row["weight"]) for row in rows("surnames")}
    assert surnames["张"] > 3 > 0 > surnames["有"]
    assert {*"阿巴克斯尔"} <= {row["char"] for row in rows("transliteration")}
    assert {"扎西", "次仁", "买买提", "古丽", "格日勒"} <= {row["form"] for row in rows("minority_names")}


def test_initiatives_are_named_policies() -> None:
    known = forms("initiatives")
    assert not NO_INITIATIVE & set(known)
    assert not [form for form in known if "“" in form or "《" in form]
    for form, name in [
        ("一带一路", "一带一路"), ("乡村振兴", "乡村振兴战略"), ("长三角一体化", "长三角一体化发展"),
        ("脱贫攻坚战", "脱贫攻坚"),
        ("双碳", "双碳战略"), ("最多跑一次", "最多跑一次改革"), ("新型城镇化", "新型城镇化战略"),
        ("新质生产力", "新质生产力"),
    ]:
        assert known.get(form) == name


def test_outlets_and_events() -> None:
    assert {"新华社", "人民日报", "光明日报", "解放日报", "浙江日报", "中新社"} <= set(forms("newspapers"))
    events = forms("events")
    assert {"全国两会", "进博会", "广交会", "服贸会", "消博会", "中央经济工作会议"} <= set(events)
    assert {"G20杭州峰会", "世界人工智能大会"} <= set(events)
    assert events["十九大"] == events["中国共产党第十九次全国代表大会"] == "党的十九大"
    assert {row["recurring"] for row in rows("events")} == {"yes", "no"}
