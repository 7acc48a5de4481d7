"""What a document leaves out because it speaks for itself: the area and body of its outlet, title or first sentence."""

import pytest
from extracted import KNOWLEDGE, named, told
from facts import write

from kg.extract import extract
from kg.model import Facts


def from_outlet(text: str, source: str = "", *, title: str = "", published: str = "2021-05-06") -> Facts:
    """All that is extracted from a text of that outlet."""
    return extract(write("d", text, title=title, published=published, source=source), KNOWLEDGE)


@pytest.mark.parametrize(
    ("source", "title", "text", "fact"),
    [
        ("盐池县融媒体中心", "", "县委书记佟画出席会议。", "佟画 holdsOffice 盐池县委书记"),
        ("芙蓉区政府门户网站", "", "区委书记佟画出席会议。", "佟画 holdsOffice 芙蓉区委书记"),
        ("杭州市西湖区人民检察院", "", "区委书记佟画出席会议。", "佟画 holdsOffice 西湖区委书记"),
        ("杭州市西湖区人民检察院", "", "市委书记佟画出席会议。", "佟画 holdsOffice 杭州市委书记"),
        ("福建日报", "", "省委书记佟画出席会议。", "佟画 holdsOffice 福建省委书记"),
        ("澳门日报", "", "行政长官佟画出席会议。", "佟画 holdsOffice 澳门特别行政区行政长官"),
        ("淮北师范大学新闻网", "", "市委党校副校长佟画作报告。", "佟画 holdsOffice 淮北市委党校副校长"),
        ("秦岭理工大学新闻网", "", "校长佟画出席会议。", "佟画 holdsOffice 秦岭理工大学校长"),
        ("秦岭理工大学新闻网", "", "校党委书记佟画出席会议。", "佟画 holdsOffice 秦岭理工大学党委书记"),
        ("中铁四局新闻网", "", "公司党委书记、董事长佟画出席会议。", "佟画 holdsOffice 中铁四局董事长"),
        ("青岛大学附属医院", "", "我院院长佟画出席会议。", "佟画 holdsOffice 青岛大学附属医院院长"),
        ("青岛大学附属医院", "", "医务部主任佟画出席会议。", "佟画 holdsOffice 青岛大学附属医院医务部主任"),
        ("代县报", "", "县长佟画出席会议。", "佟画 holdsOffice 代县县长"),
        ("秦岭理工大学", "", "典礼举行。党委书记佟画出席。", "佟画 holdsOffice 秦岭理工大学党委书记"),
        (
            "秦岭理工大学", "", "秦岭理工大学医学部党委书记谷雨，党委常委佟画出席。",
            "佟画 holdsOffice 秦岭理工大学党委常委",
        ),
        ("东北网", "佟镇江会见谷雨", "双鸭山市召开会议。市长佟镇江出席会议。", "佟镇江 holdsOffice 双鸭山市市长"),
        ("清远文明网", "", "市长佟画出席会议。", "佟画 holdsOffice 清远市市长"),
        ("灵川快报", "", "县长佟画出席会议。", "佟画 holdsOffice 灵川县县长"),
        ("清远网", "", "市长佟画出席会议。", "佟画 holdsOffice 清远市市长"),
        ("清远商会", "", "副市长谷雨到访，我会秘书长佟画出席。", "佟画 holdsOffice 清远商会秘书长"),
        ("灵川报", "", "县长佟画出席会议。", "佟画 holdsOffice 灵川县县长"),
        ("灵川县融媒体", "贵客访湖州市", "市长佟画到我县调研。", "佟画 visited 灵川县"),
        ("清远日报", "佟画率团赴湖州考察", "市长佟画率团赴湖州考察。", "佟画 holdsOffice 清远市市长"),
        ("宁夏日报", "", "水利部副部长佟画到我区调研。", "佟画 visited 宁夏回族自治区"),
        ("秦岭理工大学材料学院", "", "学校党委佟画书记到我院调研。", "佟画 holdsOffice 秦岭理工大学党委书记"),
        ("秦岭理工大学材料学院", "", "校党委办公室主任佟画到会。", "佟画 holdsOffice 秦岭理工大学党委办公室主任"),
        ("秦岭理工大学", "", "教师工作部部长佟画到会。", "佟画 holdsOffice 秦岭理工大学教师工作部部长"),
        ("山东大学", "", "副市长佟画来山东大学调研。", "佟画 visited 山东大学"),
        ("盐池县教育局", "", "教育局局长佟画出席会议。", "佟画 holdsOffice 盐池县教育局局长"),
        ("盐池县应急管理局", "", "局党委书记、局长佟画出席会议。", "佟画 holdsOffice 盐池县应急管理局局长"),
        ("龙泉市人民法院", "", "执行局局长佟画作了发言。", "佟画 holdsOffice 龙泉市人民法院执行局局长"),
        ("龙泉市人民法院", "", "民一庭庭长佟画作了发言。", "佟画 holdsOffice 龙泉市人民法院民一庭庭长"),
        ("", "西部管道公司召开会议", "公司总经理佟画出席会议。", "佟画 holdsOffice 西部管道公司总经理"),
    ],
)
def test_the_outlet_or_the_title_speaks(source: str, title: str, text: str, fact: str) -> None:
    assert fact in told(from_outlet(text, source, title=title))


@pytest.mark.parametrize(
    ("source", "text", "no_fact"),
    [
        ("江海晨报", "区委书记佟画出席会议。", "佟画 holdsOffice 江海区委书记"),  # a paper of many places
        ("解放日报", "区委书记佟画出席会议。", "佟画 holdsOffice 解放区委书记"),
        ("长江日报", "市委书记佟画出席会议。", "佟画 holdsOffice 长江市委书记"),
        ("青岛大学附属医院", "清远市委常委、组织部部长佟画来访。", "佟画 holdsOffice 青岛大学附属医院组织部部长"),
        ("福建日报", "清远市委书记佟画说，省长谷雨到会。", "谷雨 holdsOffice 福建省省长"),  # the text names another
    ],
)
def test_an_outlet_that_sounds_like_an_area_says_nothing(source: str, text: str, no_fact: str) -> None:
    assert no_fact not in told(from_outlet(text, source))


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        (  # the company with which the name of the meeting begins
            "5月1日，上海贝珠装备集团有限公司党委学习会召开。集团党委书记佟画出席，上海分公司总经理谷雨发言。",
            "佟画 holdsOffice 上海贝珠装备集团有限公司党委书记",
        ),
        (  # the body named before, not the branch after it
            "贝珠矿业有限公司召开大会。公司董事长佟画出席，清远分公司总经理谷雨发言。",
            "佟画 holdsOffice 贝珠矿业有限公司董事长",
        ),
        ("县应急管理局召开会议，局党委书记佟画出席。清远市清新县宣布。", "佟画 holdsOffice 清新县应急管理局党委书记"),
        (  # of the bureau in that sentence, not of the one whose news it is
            "清远市税务局局长佟画调研。在广州市税务局，局党委书记谷雨汇报了工作。",
            "谷雨 holdsOffice 广州市税务局党委书记",
        ),
        ("中央第四生态环境保护督察组进驻。督察组组长佟画出席会议。", "佟画 holdsOffice 中央第四生态环境保护督察组组长"),
        ("清远市中级人民法院民事审判第二庭庭长、审判员佟画说。", "佟画 holdsOffice 清远市中级人民法院审判员"),
        ("墨西哥总统卡尔德龙、国防部长加尔万等观看了阅兵式。", "加尔万 holdsOffice 墨西哥国防部长"),
        ("佟画当选政协第十三届全国委员会主席，谷雨当选秘书长。", "谷雨 appointedTo 全国政协秘书长"),
        ("走进清远市连南县三江镇金坑村，驻村第一书记佟画正在忙碌。", "佟画 holdsOffice 金坑村驻村第一书记"),
        ("佟画任五家渠市党委委员、常委、书记。", "佟画 appointedTo 五家渠市党委书记"),
    ],
)
def test_what_a_post_leaves_out_is_told_before(text: str, fact: str) -> None:
    assert fact in told(from_outlet(text))


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        (  # a part of a foreign name is its person wherever it stands
            "阿根廷农业部部长卡洛斯·莫雷蒂抵京。佟画会见了莫雷蒂部长。莫雷蒂说，要实施西部大开发。",
            "卡洛斯·莫雷蒂 speaksOf 西部大开发",
        ),
        ("清远市副市长佟画会见了叶尔兰·苏莱曼诺夫一行。", "佟画 met 叶尔兰·苏莱曼诺夫"),
        (
            "外交部部长佟画同马卡姆巴总统举行会谈。会谈后，双方签署《农业合作备忘录》。",
            "佟画 signed 农业合作备忘录",
        ),
        (
            "广东省与广西壮族自治区座谈。代表团考察了横琴新区、港珠澳大桥。双方签署了《粤桂扶贫协作框架协议》。",
            "广西壮族自治区 signed 粤桂扶贫协作框架协议",
        ),
        (
            "清远市第八届人民代表大会第一次会议开幕。"
            "市法院院长佟画、市检察院检察长谷雨分别作法院工作报告和检察院工作报告。",
            "谷雨 speaksOf 检察院工作报告",
        ),
        (
            "清远市长佟画先后来到贝珠矿业一车间、连州市、青山水库改造工程、阳山县，实地查看。",
            "佟画 visited 阳山县",
        ),
        ("来到清远市榆树川村。佟画到榆树川村调研，市长佟画说。", "佟画 visited 榆树川村"),
        ("清远市委召开工作汇报会。市委书记佟画主持。", "清远市委工作汇报会 organizedBy 清远市委"),
        (
            "5月1日，学习贯彻党的二十大精神宣讲报告会在清远市举行。市长佟画主持报告会。",
            "佟画 chaired 学习贯彻党的二十大精神宣讲报告会",
        ),
        (
            "清远市第八届人民代表大会第一次会议开幕。市长佟画主持大会。\n"
            "又讯 政协清远市第九届委员会第一次会议5月2日开幕。市政协副主席谷雨主持会议。",
            "谷雨 chaired 政协清远市第九届委员会第一次会议",
        ),
        ("佟画简历\n佟画，女，1970年1月生。\n2001.01—2005.02　清远市副市长", "佟画 holdsOffice 清远市副市长"),
    ],
)
def test_what_other_sentences_say(text: str, fact: str) -> None:
    assert fact in told(from_outlet(text))


@pytest.mark.parametrize(
    ("text", "nothing"),
    [
        (
            "佟画访问阿根廷和智利。在智利期间，佟画出席会议。"
            "智利农业部政策办公室主任玛丽亚·贡萨雷斯、智利出口促进局有关负责人参加。",
            "Person:智利",
        ),
        ("辽宁舰航母编队开展训练。", "Province:辽宁省"),
        ("报告会在我校滨湖校区大学生活动中心举行，市委书记佟画出席。", "Place:无锡市"),
        ("行政长官会见来澳出席年会的客人。", "Person:来澳"),
        ("佟画，女，1970年1月生，中共党员。", "Organization:中共"),
        ("公司总经理佟画出席。", "Organization:公司"),
        ("国家主席佟画7日下午在人民大会堂北大厅举行仪式，欢迎谷雨总统。", "Event:人民大会堂北大厅仪式"),
        ("国务院新闻办公室召开新闻发布会。", "Event:国务院新闻办公室新闻发布会"),
    ],
)
def test_what_is_not_there(text: str, nothing: str) -> None:
    assert nothing not in named(from_outlet(text))


@pytest.mark.parametrize(
    ("text", "no_fact"),
    [
        ("清远市委书记佟画25日主持召开会议听取学习贯彻党的十八大精神情况汇报。", "佟画 chaired 党的十八大"),
        ("清远市长佟画同广州市长谷雨共同会见各界代表。", "佟画 met 谷雨"),
        (  # the post that the same person had before, not one like that of the one named last
            "清远市水利局副局长佟画，清远市地震局局长万里出席。副局长佟画说，要加快进度。",
            "佟画 holdsOffice 清远市地震局副局长",
        ),
        (  # seated at what the article is about, not at what was named last
            "清远市第八届人民代表大会第二次会议开幕。市长佟画表示，中共二十届四中全会擘画了蓝图。"
            "在主席台就座的领导同志还有：副市长谷雨、万里。",
            "谷雨 attended 中共二十届四中全会",
        ),
        ("越南国家主席苏林表示，在习近平主席对越南进行历史性访问之际，要抓住机遇。", "苏林 visited 越南"),
    ],
)
def test_what_the_text_does_not_say(text: str, no_fact: str) -> None:
    assert no_fact not in told(from_outlet(text))


def test_a_town_of_another_prefecture_is_the_one_that_stands_there() -> None:
    facts = told(from_outlet("黄陂区蔡店乡姚家山村修路，村党支部书记佟画说。"))
    places = {"蔡店乡 locatedIn 黄陂区", "姚家山村 locatedIn 蔡店乡"}
    assert {*places, "佟画 holdsOffice 姚家山村党支部书记"} <= facts.keys()
