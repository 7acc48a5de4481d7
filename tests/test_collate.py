"""A text that many outlets print counts once; two reports on one thing, or of one form, stay two."""

import random
from dataclasses import replace

import pytest
from facts import write
from hypothesis import given
from hypothesis import strategies as st

from kg import collate as collate_module
from kg.collate import collate, pairs_after, pairs_of, print_of
from kg.model import Document

STORY = (
    "5月6日，清远市农村工作会议在清远市召开。清远市委书记张伟民出席会议并讲话，市长李树青主持。"
    "会议指出，要把乡村振兴战略摆在突出位置，扎实推进各项任务。会议强调，要压实各级责任，加强督促检查。"
    "各县（市、区）主要负责同志参加会议。与会代表实地观摩了连州市的两个示范村，听取了情况介绍。"
)
OTHER_DAY = (
    STORY.replace("5月6日", "6月8日").replace("乡村振兴战略", "“百千万工程”").replace("压实各级责任", "抓住关键环节")
)


def copies(*documents: Document) -> dict[str, str]:
    return {document.name: document.copy_of for document in collate(documents)}


@pytest.mark.parametrize(
    "copy",
    [
        STORY,
        STORY.replace("。", "。\n\n　　"),
        "本报讯（记者 何立新）" + STORY,
        STORY + "（责任编辑：何立新）",
        STORY.replace("与会代表实地观摩了连州市的两个示范村，听取了情况介绍。", ""),
        STORY.replace("，", ",").replace("“", '"'),
    ],
)
def test_copies(copy: str) -> None:
    first = write("a", STORY, published="2021-05-07")
    second = write("b", copy, published="2021-05-08")
    marked = copies(first, second)
    assert sorted(map(bool, marked.values())) == [False, True]
    assert set(marked.values()) <= {"", first.id, second.id}


@pytest.mark.parametrize(
    "text",
    [
        OTHER_DAY, STORY.replace("5月6日", "5月20日"), "", "天气晴好。",
        STORY.partition("会议强调")[0] + "此外另有安排。" * 9,
    ],
)
def test_others_are_no_copies(text: str) -> None:
    if text.startswith("5月"):
        text = text.replace("扎实推进", "稳步推进").replace("出席会议并讲话", "讲话")
    assert set(copies(write("a", STORY), write("b", text)).values()) == {""}


def test_a_formula_of_many_articles_is_no_evidence() -> None:
    formula = "会议要求全市各级各部门迅速行动起来把会议精神传达到每一个基层单位。"
    articles = [write(f"d{n}", f"{formula}第{n}号通知另行印发给各有关单位执行。") for n in range(60)]
    assert set(copies(*articles).values()) == {""}


def test_the_longest_stands_for_its_copies_of_equals_the_first() -> None:
    late, early = write("late", STORY, published="2021-05-08"), write("early", STORY, published="2021-05-07")
    undated, longer = write("undated", STORY), write("longer", STORY + "会上还表彰了一批先进集体和先进个人。")
    assert copies(late, undated, early) == {"late": early.id, "undated": early.id, "early": ""}
    assert copies(late, longer) == {"late": longer.id, "longer": ""}


def test_short_texts_are_copies_only_when_equal() -> None:
    same = copies(write("a", "张伟民任。"), write("b", "张伟民任"))
    assert sorted(map(bool, same.values())) == [False, True]
    assert set(copies(write("a", "张伟民任。"), write("b", "李树青任。")).values()) == {""}


@given(st.lists(st.sampled_from([STORY, OTHER_DAY, STORY + "另讯。", "短讯。", STORY * 2]), max_size=8), st.randoms())
def test_the_order_does_not_matter(texts: list[str], chance: random.Random) -> None:
    documents = [write(f"d{n}", text, published=f"2021-05-{n + 1:02d}") for n, text in enumerate(texts)]
    shuffled = documents.copy()
    chance.shuffle(shuffled)
    assert copies(*documents) == copies(*shuffled)
    assert [replace(document, copy_of="") for document in collate(documents)] == documents


clauses = st.lists(st.sampled_from("甲乙丙丁戊己庚辛"), min_size=1, max_size=6)


@given(st.lists(clauses, min_size=1, max_size=14), st.data())
def test_pairs_after_a_change_are_those_of_the_whole(texts: list[list[str]], data: st.DataObject) -> None:
    prints = [
        print_of(Document(str(number), "", "。".join(f"{clause * 8}" for clause in text) + "。"))
        for number, text in enumerate(texts)
    ]
    numbers = st.sets(st.integers(0, len(prints) - 1))
    gone, came = data.draw(numbers), data.draw(numbers)
    before = [one for number, one in enumerate(prints) if number not in came - gone]
    now = [one for number, one in enumerate(prints) if number not in gone]
    left = [one for one in before if one not in now]
    new = [one for one in now if one not in before]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(collate_module, "_COMMON", 3)
        assert pairs_after(pairs_of(before), left, new, now) == pairs_of(now)
