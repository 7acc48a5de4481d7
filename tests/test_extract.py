"""Laws of extraction: they hold for every gold text, and for texts that hypothesis makes up."""

import os
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from extracted import KNOWLEDGE, facts_of
from facts import write
from hypothesis import given
from hypothesis import strategies as st

from kg.extract import extract
from kg.knowledge import load
from kg.model import RELATIONS, Date, Document, Facts
from kg.read import read
from kg.recognise import recognise
from kg.segment import segment

GOLD = sorted(path for path in (Path(__file__).parent / "gold").glob("*.jsonl") if path.stem != "identity")
DOCUMENTS = [document for path in GOLD for document in read([path])]

# Words of the genre, from which texts are made up: what is around them is never well-formed.
_WORDS = (
    "清远市", "广东", "省委", "市委", "书记", "副市长", "市长", "代市长", "原", "时任", "张伟民", "欧阳明德", "高明",
    "阿里木江·买买提", "Smith", "出席", "主持", "会议", "座谈会", "第三届", "清远茶业论坛", "开幕式", "召开", "举行",
    "在", "于", "由", "将", "未", "和", "、", "，", "；", "。", "：", "\n", "（", "）", "《", "》", "“", "”", "·",
    " ", "\u3000", "指出", "强调", "他", "会上", "该市", "一市三省", "以下简称", "示范区", "乡村振兴战略",
    "“两山”理念", "规划纲要", "《规划纲要》", "审议通过", "印发", "签署", "协议", "任命", "免去", "为", "的", "职务",
    "不再担任", "当选", "男，", "1963年5月生", "5月6日", "昨日", "次日", "至", "2月30日", "2021年", "99年", "网传",
    "有误", "来到", "考察", "村", "镇", "区", "县", "代县", "公司", "大学", "记者", "本报讯 ", "新华社北京6月7日电 ",
    "會議", "<p>", "&nbsp;", "12:30", "3.5%",
)  # fmt: skip
genre = st.lists(st.sampled_from(_WORDS), max_size=40).map("".join)
odd = st.lists(st.sampled_from(_WORDS) | st.text(max_size=6), max_size=16).map("".join)
texts = genre | odd | st.text()
days = st.sampled_from(["", "2021-05-06", "2020-02-29", "2021-01-01"])


# 400 persons of one congress.
NAMES = [family + given for family in "张王李赵刘陈杨黄周吴徐孙马朱胡郭何高林罗" for given in (
    "伟民", "树青", "启明", "怀远", "立新", "建军", "国庆", "文华", "志强", "晓东", "海涛", "春梅", "秀英", "玉兰",
    "淑珍", "永福", "德胜", "家宝", "振华", "明远",
)]  # fmt: skip


def check(document: Document, facts: Facts) -> None:
    """The laws that the facts of a document keep."""
    text, ids = document.text, {entity.id for entity in facts.entities}
    assert facts.document == document
    assert [entity.id for entity in facts.entities] == sorted(ids)
    for reading in facts.readings:
        span = reading.mention.span
        assert span.document == document.id
        assert 0 <= span.start < span.end <= len(text)
        assert reading.entity in ids
        for part in reading.mention.parts:
            assert span.start <= part.start <= part.end <= span.end
    forms: dict[str, set[str]] = {}
    for reading in facts.readings:
        forms.setdefault(reading.entity, set()).add(reading.mention.span.of(text).strip('《》“”「」『』 "'))
    for entity in facts.entities:
        assert entity.name
        assert set(entity.aliases) <= forms.get(entity.id, set())
    types = {entity.id: entity.type for entity in facts.entities}
    named = {reading.entity for reading in facts.readings}
    for statement in facts.statements:
        assert statement.subject in ids & named
        assert isinstance(statement.object, Date) == (statement.predicate == "heldOn")
        assert isinstance(statement.object, Date) or statement.object in ids & named
        assert statement.predicate in RELATIONS
        assert statement.subject != statement.object
        assert statement.evidence
        for evidence in statement.evidence:
            assert evidence.spans and not evidence.premises
            for span in evidence.spans:
                assert span.document == document.id
                assert 0 <= span.start < span.end <= len(text)
    triples = [statement.triple for statement in facts.statements]
    assert triples == sorted(set(triples))
    for quotation in facts.quotations:
        assert 0 <= quotation.span.start < quotation.span.end <= len(text)
        assert types[quotation.speaker] in {"Person", "Event", "Organization"}
        assert {types[about] for about in quotation.about} <= {"Initiative", "Document"}


def everything(facts: Facts) -> str:
    """The facts with their evidence, which equality ignores."""
    return repr((facts.readings, facts.entities, facts.statements, facts.quotations))


def test_gold_is_there() -> None:
    assert len(DOCUMENTS) >= 30


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.name)
def test_laws_on_gold(document: Document) -> None:
    facts = extract(document, KNOWLEDGE)
    check(document, facts)
    assert facts.entities and facts.readings
    assert everything(extract(document, KNOWLEDGE)) == everything(facts)


@given(texts, days)
def test_laws_on_any_text(text: str, published: str) -> None:
    document = write("d", text, published=published)
    facts = extract(document, KNOWLEDGE)
    check(document, facts)
    assert everything(extract(document, KNOWLEDGE)) == everything(facts)


@given(genre, genre)
def test_laws_with_a_title(title: str, text: str) -> None:
    document = write("d", text, title=title, published="2021-05-06")
    check(document, extract(document, KNOWLEDGE))


@given(texts)
def test_mentions_are_in_order_and_apart(text: str) -> None:
    page = segment(write("d", text, published="2021-05-06"), KNOWLEDGE)
    mentions = recognise(page, KNOWLEDGE)
    assert all(before.span.end <= after.span.start for before, after in pairwise(mentions))
    assert all(mention.key for mention in mentions)


@pytest.mark.parametrize("published", ["2021", "2021-05", "", "2021-05-06"])
def test_a_day_that_is_not_known_is_no_error(published: str) -> None:
    document = write("d", "清远市农村工作会议5月5日召开。", published=published)
    check(document, extract(document, KNOWLEDGE))


ODD = [
    "", " ", "\n", "。", "市长", "市长，市长，市长。", "《", "《》", "《《", "“”", "（以下简称“”）", "·", "·张·",
    "某某某·", "张伟民", "第届次会议", "1963年5月生", "本报讯 ", "00月00日", "99月99日至0日", "二十三十月五日",
    "0年1月1日", "2021年13月", "他说：", "会议", "会议会议会议", "未" * 200, "张" * 300, "（" * 200, "市" * 500,
    "𠮷" * 20, "\u0301", "🙂会议🙂召开", "\x00会议\x00", "\u2028会议\u2029", "a" * 1000, "一" * 1000, "1" * 1000,
    "、张伟民" * 100, "和" * 100, "召开召开清远茶业论坛", "书记由",
    "市长张伟民主持会议，" + "在会上并就" * 60 + "讲话。", "市长张伟民" + "、代表等同志" * 60 + "出席会议。",
]  # fmt: skip


@pytest.mark.parametrize("text", ODD)
def test_odd_texts(text: str) -> None:
    document = write("d", text, published="2021-05-06")
    check(document, extract(document, KNOWLEDGE))


@pytest.mark.parametrize("text", ["", "\n\n", "天气晴好，鲜花盛开。", "abc 123"])
def test_nothing_comes_of_nothing(text: str) -> None:
    facts = facts_of(text)
    assert (facts.readings, facts.entities, facts.statements, facts.quotations) == ((), (), (), ())


def test_a_list_of_four_hundred_is_read_whole() -> None:
    facts = facts_of("5月6日，清远市乡村振兴工作会议召开。" + "、".join(NAMES) + "出席会议。")
    attended = {statement.subject for statement in facts.statements if statement.predicate == "attended"}
    assert {entity.name for entity in facts.entities if entity.id in attended} == set(NAMES)


def test_no_document_leaves_a_trace_in_the_next() -> None:
    first = [everything(extract(document, KNOWLEDGE)) for document in DOCUMENTS]
    backwards = [everything(extract(document, KNOWLEDGE)) for document in reversed(DOCUMENTS)]
    assert first == backwards[::-1]


_PROGRAM = """
import hashlib, sys
from kg.extract import extract
from kg.knowledge import load
from kg.read import read
document = max(read([sys.argv[1]]), key=lambda one: len(one.text))
facts = extract(document, load())
print(hashlib.sha256(repr((facts.readings, facts.entities, facts.statements, facts.quotations)).encode()).hexdigest())
"""


def test_the_hash_seed_does_not_matter() -> None:
    digests = set()
    for seed in ("0", "1", "4242"):
        run = subprocess.run(
            [sys.executable, "-c", _PROGRAM, str(GOLD[0])],
            check=True, capture_output=True, text=True, env={**os.environ, "PYTHONHASHSEED": seed},
            cwd=Path(__file__).parents[1],
        )  # fmt: skip
        digests.add(run.stdout.strip())
    assert len(digests) == 1
    assert len(digests.pop()) == 64


def test_knowledge_is_loaded_once() -> None:
    assert load() is KNOWLEDGE
