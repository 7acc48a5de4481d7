"""`segment`: the look-up form moves no offset, sentences cover the text, datelines stand apart, tokens are jieba's."""

import logging
from itertools import pairwise
from pathlib import Path

import jieba
import pytest
from extracted import KNOWLEDGE, known
from facts import write
from hypothesis import given
from hypothesis import strategies as st

from kg.knowledge import load
from kg.segment import look_up_form, segment, sentences

# What texts of the genre are made of, and what careless exports leave in them.
_PIECES = (
    "会议指出",
    "會議指出",
    "臺灣",
    "２０２０年６月",
    "Ａｂｃ",
    "&nbsp;",
    "&#12288;",
    "<p>",
    "</p>",
    "<br/>",
    "\u3000\u3000",
    "\u00a0",
    "\r\n",
    "\n",
    "\t",
    "\ufeff",
    ",",
    ".",
    ";",
    ":",
    "!",
    "?",
    "(",
    ")",
    '"',
    "。",
    "！",
    "？",
    "；",
    "，",
    "“",
    "”",
    "「",
    "」",
    "》",
    "1,000",
    "12:30",
    "12：30",
    "本报讯 ",
    "本报银川7月18日讯（记者 祁牧）",
    "新华社北京6月7日电 ",
    "【本報訊】",
    "央视网消息（新闻联播）：",
    "何立新",
    "3.5%",
    "…",
    "——",
    "𠮷",
    "é",
)
genre = st.lists(st.sampled_from(_PIECES) | st.text(max_size=4), max_size=24).map("".join)
texts = genre | st.text()

LOOKS = [
    # simplified
    ("會議", "会议"), ("臺灣", "台湾"), ("發展", "发展"), ("二〇二〇年", "二○二○年"),
    # half-width digits and letters, full-width punctuation
    ("２０２０年６月", "2020年6月"), ("Ａｐｅｃ", "Apec"), ("他说,好;对!吗?(是)", "他说，好；对！吗？（是）"),
    # between digits the marks stay
    ("1,000元", "1,000元"), ("１２：３０", "12:30"), ("12:30", "12:30"), ("1，000元", "1,000元"),
    # a point after a Chinese character ends a sentence; in a number it does not
    ("会议召开.他说", "会议召开。他说"), ("3.5%", "3.5%"), ("U.S. 公司", "U.S. 公司"),
    # quotation and title marks
    ("他说「好」", "他说“好”"), ("『好』", "‘好’"), ("〈規劃〉", "《规划》"),
    ('他说"好",又说"是"', "他说“好”，又说“是”"),
    ("约翰•史密斯", "约翰·史密斯"),
    # blanks
    ("\u3000\u3000会\u00a0议\t", "  会 议 "),
    # what is left of HTML is blanked, not cut
    ("<p>会议</p>", "   会议    "), ("会议<br/>指出", "会议     指出"), ("甲<乙，丙>乙", "甲<乙，丙>乙"),
]  # fmt: skip
# Once wrong.
MENDED_LOOKS = [
    ("A<B，张伟民出席，B>A", "A<B，张伟民出席，B>A"),
    ("会议&nbsp;指出", "会议      指出"),
    ("会议&#12288;指出", "会议        指出"),
]

KNOWN_LOOKS = [
    known("the closing point is looked for before straight marks become ”", '又说"是".', "又说“是”。"),
]


@pytest.mark.parametrize(("text", "expected"), [*LOOKS, *MENDED_LOOKS, *KNOWN_LOOKS])
def test_look_up_form(text: str, expected: str) -> None:
    assert look_up_form(text, KNOWLEDGE) == expected


@given(texts)
def test_the_look_up_form_moves_no_offset(text: str) -> None:
    look = look_up_form(text, KNOWLEDGE)
    assert len(look) == len(text)
    assert [at for at, one in enumerate(text) if one == "\n"] == [at for at, one in enumerate(look) if one == "\n"]


SENTENCES = [
    ("会议指出。会后他说。", ["会议指出。", "会后他说。"]),
    ("会议指出\n会后他说", ["会议指出", "会后他说"]),
    ("\n\n  会议指出。 \n", ["会议指出。"]),
    ("会议指出，要抓好；要落实：三点。", ["会议指出，要抓好；要落实：三点。"]),
    ("结束？！“真的？”", ["结束？！", "“真的？”"]),
    ("他说：“好。”会议结束。", ["他说：“好。”", "会议结束。"]),
    ("（会议结束。）他说。", ["（会议结束。）", "他说。"]),
    ("增长3.5%。", ["增长3.5%。"]),
    ("會議召開！他說", ["会议召开！", "他说"]),
    ("", []),
    (" \n\t", []),
]


@pytest.mark.parametrize(("text", "expected"), SENTENCES)
def test_sentences(text: str, expected: list[str]) -> None:
    look = look_up_form(text, KNOWLEDGE)
    assert [look[one.start : one.end] for one in sentences(look, KNOWLEDGE)] == expected


def test_sentences_know_their_line() -> None:
    assert [one.line for one in sentences("会议指出。他说。\n\n会后\n散会", KNOWLEDGE)] == [0, 0, 2, 3]


@given(texts)
def test_sentences_cover_the_text(text: str) -> None:
    look = look_up_form(text, KNOWLEDGE)
    found = list(sentences(look, KNOWLEDGE))
    covered: set[int] = set()
    for one in found:
        assert 0 <= one.start < one.end <= len(text)
        assert look[one.start : one.end].strip()
        assert "\n" not in look[one.start : one.end]
        assert one.line == look.count("\n", 0, one.start)
        covered.update(range(one.start, one.end))
    assert all(before.end <= after.start for before, after in pairwise(found))
    assert all(at in covered for at, one in enumerate(look) if not one.isspace())


DATELINES = [  # the dateline, what follows it
    ("本报银川7月18日讯（记者 祁牧）", "7月18日，会议召开。"),
    ("央视网消息（新闻联播）：", "会议召开。"),
    ("新华社北京6月7日电 ", "会议召开。"),
    ("新华社北京6月7日电（记者王小明）", "会议召开。"),
    ("据新华社北京6月7日电 ", "会议召开。"),
    ("中新网北京6月7日电 (记者 王小明)", "会议召开。"),
    ("人民网讯：", "会议召开。"),
    ("本报讯 ", "会议召开。"),
    ("　　本报讯 ", "会议召开。"),
    ("【本報訊】", "會議召開。"),
    ("【本報訊】（記者王小明）", "會議召開。"),
    ("北京 5月6日消息 ", "会议召开。"),
]


@pytest.mark.parametrize(("dateline", "rest"), DATELINES)
@pytest.mark.parametrize("before", ["", "标题\n"])
def test_a_dateline_is_a_sentence_of_its_own(dateline: str, rest: str, before: str) -> None:
    text = before + dateline + rest
    found = list(sentences(look_up_form(text, KNOWLEDGE), KNOWLEDGE))[-2:]
    assert [(text[one.start : one.end], one.dateline) for one in found] == [(dateline, True), (rest, False)]


NO_DATELINES = [
    "会议召开。新华社北京6月7日电 会议。",  # not where the line begins
    "会议听取通讯。",
    "他打来电话：会议召开。",
    "清远市委书记、市长，发来贺电 会议召开。",  # a comma stands in none
    "这个消息令人振奋。",
]


@pytest.mark.parametrize("text", NO_DATELINES)
def test_what_is_no_dateline(text: str) -> None:
    assert not any(one.dateline for one in sentences(text, KNOWLEDGE))


@given(texts)
def test_tokens_tile_the_text(text: str) -> None:
    page = segment(write("d", text), KNOWLEDGE)
    assert len(page.look) == len(text)
    ends = [0, *(end for _, end, _ in page.tokens)]
    assert [start for start, _, _ in page.tokens] == ends[:-1]
    assert ends[-1] == len(text)
    assert all(start < end and tag for start, end, tag in page.tokens)


@given(texts)
def test_hits_are_names_of_the_tables(text: str) -> None:
    page = segment(write("d", text + "清远市与上海"), KNOWLEDGE)
    assert page.hits
    assert all(KNOWLEDGE.names[page.look[hit.start : hit.end]] == hit.names for hit in page.hits)
    assert all(before.end <= after.start for before, after in pairwise(page.hits))


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> jieba.Tokenizer:
    """A tokenizer of jieba's with a cache of its own: the usual one lies under a fixed name in a shared folder."""
    jieba.setLogLevel(logging.ERROR)
    tokenizer = jieba.Tokenizer()
    tokenizer.tmp_dir = str(tmp_path_factory.mktemp("jieba"))
    tokenizer.initialize()
    assert list(Path(tokenizer.tmp_dir).iterdir())
    return tokenizer


CUT = [
    "6月5日，2020年度长三角地区主要领导座谈会在浙江湖州召开。",
    "清远市委书记张伟民出席会议并讲话，市长李树青主持会议。",
    "会议审议通过《清远市国民经济和社会发展第十四个五年规划纲要》。",
    "新疆维吾尔自治区主席阿里木江·买买提在乌鲁木齐会见来宾。",
    "要统筹推进“六稳”“六保”，打好污染防治攻坚战，增速达3.5%。",
    "内蒙古自治区副主席那顺巴雅尔作动员讲话，应邀出席的有12人。",
    "會議指出，要堅持以習近平新時代中國特色社會主義思想為指導。",
    "Norwell Biotech（诺维尔生物）全球总裁 John Smith 于12:30到访上海。",
]


@pytest.mark.parametrize("text", CUT)
def test_the_tokens_are_those_of_jieba(text: str, reference: jieba.Tokenizer) -> None:
    page = segment(write("d", text), KNOWLEDGE)
    assert [page.look[start:end] for start, end, _ in page.tokens] == list(reference.cut(page.look))


def test_the_segmenter_is_a_setting(tmp_path: Path) -> None:
    """A folder of knowledge may say that jieba itself cuts; it cuts alike."""
    (tmp_path / "settings.toml").write_text('segmenter = "jieba"\n', encoding="utf-8")
    jieba_knowledge = load((tmp_path,))
    assert (KNOWLEDGE.segmenter, jieba_knowledge.segmenter) == ("rjieba", "jieba")
    cuts = [
        [(start, end) for start, end, _ in segment(write("d", CUT[1]), known).tokens]
        for known in (KNOWLEDGE, jieba_knowledge)
    ]
    assert cuts[0] == cuts[1]
