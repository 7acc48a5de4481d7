"""Who is who from texts: each sieve with an article pair of its own, what users judge, and the gold of identities."""

import json
from pathlib import Path

import pytest
from extracted import KNOWLEDGE
from facts import write

from kg.cli import main
from kg.errors import NotFoundError, ReadError
from kg.extract import extract
from kg.identify import identify
from kg.identify.clusters import Clusters
from kg.identify.contexts import _SIEVES as CONTEXTS
from kg.identify.sieves import SIEVES
from kg.knowledge import Knowledge, load
from kg.model import Assembly, Facts, Judgement
from kg.pipeline import assemble_all
from kg.rdf import ntriples, triples
from kg.renamings import renamings
from kg.reopen import reopen
from kg.sameness import sieves, why_same
from kg.score import measure_identity, read_identities
from kg.seats import Seats
from kg.store import load as load_store

GOLD = Path(__file__).parent / "gold" / "identity.jsonl"
Articles = list[tuple[str, str]]  # day and text


def facts_of(articles: Articles) -> list[Facts]:
    return [extract(write(f"a{number}", text, published=day), KNOWLEDGE) for number, (day, text) in enumerate(articles)]


def assembled(articles: Articles, knowledge: Knowledge = KNOWLEDGE) -> Assembly:
    return assemble_all(facts_of(articles), knowledge)


def judged(facts: list[Facts]) -> list[Judgement]:
    return [judgement for one in identify(facts, KNOWLEDGE) for judgement in one.judgements]


def people(assembly: Assembly, name: str) -> int:
    return sum(entity.type == "Person" and entity.name == name for entity in assembly.entities)


# The sieve, the articles of one name, and how many persons they are of.
CASES: list[tuple[str, Articles, int]] = [
    ("sexes-differ", [
        ("2019-06-03", "周敏，女，汉族，现任宣州区副区长。"),
        ("2019-06-04", "周敏，男，汉族，现任宁国市副市长。"),
    ], 2),
    ("births-differ", [
        ("2019-06-03", "周敏，女，汉族，1978年5月生，现任宣州区副区长。"),
        ("2021-06-04", "周敏，女，汉族，1971年3月生，现任宁国市副市长。"),
    ], 2),
    ("births-same", [
        ("2012-06-03", "周敏，女，汉族，1968年7月生，现任定边县县长。"),
        ("2021-06-04", "周敏，女，汉族，1968年7月生，现任怀远县委书记。"),
    ], 1),
    ("full-name-and-short", [
        ("2014-07-18", "巴西总统罗塞夫会见来宾。"),
        ("2015-01-02", "巴西总统迪尔玛·罗塞夫宣誓就职。"),
    ], 1),
    ("two-seats-at-once", [
        ("2021-03-04", "余杭区副区长陈志远出席会议。"),
        ("2021-04-20", "萧山区副区长陈志远检查防汛。"),
        ("2021-06-10", "余杭区副区长陈志远到仓前街道调研。"),
    ], 2),
    ("two-provinces-in-a-month", [
        ("2021-05-06", "洛川县县长孙伟致辞。"),
        ("2021-05-20", "莒县县长孙伟会见投资商。"),
    ], 2),
    ("same-rank-next-door", [
        ("2021-03-04", "余杭区副区长陈志远出席会议。"),
        ("2021-04-20", "萧山区副区长陈志远检查防汛。"),
    ], 2),
    ("two-provinces-below-the-province", [
        ("2014-05-06", "洛川县县长孙伟致辞。"),
        ("2018-05-20", "莒县县长孙伟会见投资商。"),
    ], 2),
    ("too-steep", [
        ("2019-11-06", "岳阳市市长梁国栋出席会议。"),
        ("2023-05-20", "君山区副区长梁国栋检查防汛。"),
    ], 2),
    ("leader-and-layman", [
        ("2020-07-02", "巴东县县长谭明亮到信陵镇指导抢险。"),
        ("2020-07-20", "村民谭明亮今年种了12亩柑橘。"),
    ], 2),
    ("two-walks", [
        ("2020-07-02", "村民谭明亮今年种了12亩柑橘。"),
        ("2020-07-20", "运动员谭明亮获得冠军。"),
    ], 2),
    ("one-career", [
        ("2011-05-12", "浏阳市副市长梁国栋检查企业。"),
        ("2018-11-22", "长沙市副市长梁国栋调研港口。"),
    ], 1),
    ("nothing-against", [
        ("2017-07-07", "江西省副省长韩正坤主持会议。"),
        ("2019-07-07", "成都市委书记韩正坤主持会议。"),
    ], 1),
]  # fmt: skip
TWO = [
    ("2021-03-04", "余杭区副区长陈志远出席会议。"),
    ("2021-04-20", "莒县副县长陈志远检查防汛。"),
    ("2021-06-10", "余杭区副区长陈志远到仓前街道调研。"),
]


@pytest.mark.parametrize(("sieve", "articles", "count"), CASES, ids=[sieve for sieve, _, _ in CASES])
def test_a_sieve_answers_where_it_should(sieve: str, articles: Articles, count: int) -> None:
    assembly = assembled(articles)
    assert sieve in {judgement.rule for judgement in assembly.judgements}
    assert sum(entity.type == "Person" for entity in assembly.entities) == count


def test_every_sieve_is_tried_and_told() -> None:
    assert {sieve for sieve, _, _ in CASES} == {name for name, _ in SIEVES}
    assert {*dict(SIEVES), *dict(CONTEXTS)} <= set(sieves())


# (sieve, an article that says nothing of the person, as which of the two it is taken: the first, the second or neither)
SILENT = [
    ("seat-in-sight", "在余杭区，陈志远强调，要抓好春耕。", 0),
    ("seat-around", "在青岛市，陈志远强调，要抓好春耕。", 1),
    ("two-of-that-name", "陈志远强调，要抓好春耕。", 2),
]


@pytest.mark.parametrize(("sieve", "text", "which"), SILENT)
def test_a_bare_name_goes_where_the_article_points(sieve: str, text: str, which: int) -> None:
    facts = identify(facts_of([*TWO, ("2021-07-01", text)]), KNOWLEDGE)
    ids = [next(one.id for one in fact.entities if one.type == "Person") for fact in facts]
    assert sieve in {judgement.rule for fact in facts for judgement in fact.judgements}
    assert [ids[3] == ids[0], ids[3] == ids[1]] == [which == 0, which == 1]


def test_a_move_that_is_told_is_no_second_person() -> None:
    assembly = assembled([
        ("2020-06-20", "衢州市委书记谢安民到龙游县调研。"),
        ("2020-07-02", "谢安民任台州市委书记，不再担任衢州市委书记。"),
        ("2020-07-09", "台州市委书记谢安民检查防台。"),
    ])
    assert people(assembly, "谢安民") == 1


def test_two_in_one_text_are_parted_with_what_is_said_of_each() -> None:
    assembly = assembled([("2022-09-30", "会上，永修县副县长李娟、德安县副县长李娟先后发言。")])
    names = {entity.id: entity.name for entity in assembly.entities}
    held = [(one.subject, names[str(one.object)]) for one in assembly.statements if one.predicate == "holdsOffice"]
    assert len({person for person, _ in held}) == len(held) == 2


def test_the_person_in_most_articles_keeps_the_plain_id() -> None:
    alone = assembled(TWO[:1])
    both = assembled(TWO)
    (plain,) = [one.id for one in alone.entities if one.type == "Person"]
    (first, *_) = [one for one in both.tenures if len(one.attested) == 2]
    assert first.person == plain


def test_the_order_of_articles_does_not_matter() -> None:
    articles = [row for _, rows, _ in CASES for row in rows]
    forwards, backwards = facts_of(articles), facts_of(articles)[::-1]
    one, other = identify(forwards, KNOWLEDGE), identify(backwards, KNOWLEDGE)
    assert {repr(fact.entities) for fact in one} == {repr(fact.entities) for fact in other}
    assert sorted(judged(forwards)) == sorted(judged(backwards))


def test_what_is_told_apart_stays_apart_by_any_way() -> None:
    clusters = Clusters("abcd")
    clusters.tell_apart("a", "c")
    assert clusters.join("a", "b")
    assert not clusters.join("b", "c")
    assert clusters.join("c", "d")
    assert not clusters.join("d", "a")
    assert clusters.members() == [["a", "b"], ["c", "d"]]


# PLACES, BODIES, EVENTS


def test_renamed_divisions_and_bodies_are_one() -> None:
    assembly = assembled([
        ("2014-05-20", "密云县县长何立春参加义务植树。国家卫生计生委召开会议。"),
        ("2019-01-11", "密云区区长何立春出席会议。国家卫生健康委召开会议。"),
        ("2019-01-12", "国家卫健委发布通知。"),
    ])
    assert [one.code for one in assembly.entities if "密云" in one.name and one.type == "Place"] == ["110118"]
    assert sum("卫" in one.name and one.type == "Organization" for one in assembly.entities) == 1
    assert {"one-division", "one-body"} <= {judgement.rule for judgement in assembly.judgements}


@pytest.mark.parametrize(
    ("former", "code", "now"),
    [("密云县", "110228", "110118"), ("崇文区", "110103", "110103"), ("塘沽区", "120107", "120107")],
)
def test_what_became_part_of_another_is_not_that_other(former: str, code: str, now: str) -> None:
    assert KNOWLEDGE.divisions[code].name == former
    assert renamings(KNOWLEDGE).code(code) == now


@pytest.mark.parametrize(
    ("articles", "count"),
    [
        # one paper leaves the year out
        ([("2020-06-06", "6月5日，2020年度淮河流域主要领导座谈会在蚌埠市举行。"),
          ("2020-06-06", "6月5日，淮河流域主要领导座谈会在蚌埠市举行。")], 1),
        # the meeting of the day before, in a paper that does not say when
        ([("2022-03-02", "3月1日，黑龙江省政府常务会议召开。"), ("2022-03-03", "黑龙江省政府常务会议研究春耕。")], 1),
        ([("2022-03-02", "3月1日，黑龙江省政府常务会议召开。"), ("2022-05-03", "黑龙江省政府常务会议研究春耕。")], 2),
    ],
)  # fmt: skip
def test_events(articles: Articles, count: int) -> None:
    assembly = assembled(articles)
    assert sum(one.type == "Event" for one in assembly.entities) == count


# RANKS


@pytest.mark.parametrize(
    ("text", "rank"),
    [
        ("湖南省省长王平出席。", 8), ("湖南省副省长王平出席。", 7), ("湖南省水利厅厅长王平出席。", 6),
        ("岳阳市委书记王平出席。", 6), ("岳阳市副市长王平出席。", 5), ("宁乡市市长王平出席。", 4),
        ("密云区区长王平出席。", 6),
        ("沙县县委书记王平出席。", 4), ("阿克苏地委书记王平出席。", 6), ("岳阳市水利局局长王平出席。", 4),
    ],
)  # fmt: skip
def test_how_high_a_post_is(text: str, rank: int) -> None:
    (facts,) = facts_of([("2020-01-01", text)])
    (seat,) = Seats(KNOWLEDGE, renamings(KNOWLEDGE)).of(facts).values()
    assert seat.rank == rank


# USERS


def judging(folder: Path, *rows: str) -> Knowledge:
    (folder / "tables").mkdir()
    lines = ["one\tother\tjudgement\tnote", *(f"{row}\t" for row in rows)]
    (folder / "tables" / "judgements.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return load((folder,))


@pytest.mark.parametrize(
    ("row", "count"),
    [
        ("陈志远@a0\t陈志远@a2\tdifferent", 3),
        ("陈志远@a0\t陈志远@a1\tsame", 2),
        ("陈志远@莒县副县长\t陈志远@a2\tsame", 2),
    ],
)
def test_what_users_judge_goes_first(tmp_path: Path, row: str, count: int) -> None:
    knowledge = judging(tmp_path, row)
    facts = identify(facts_of(TWO), knowledge)
    one, other = (part.partition("@") for part in row.split("\t")[:2])
    ids = [next(entity.id for entity in fact.entities if entity.type == "Person") for fact in facts]
    ends = [int(end[2][1]) if end[2].startswith("a") else 1 for end in (one, other)]
    assert (ids[ends[0]] == ids[ends[1]]) is row.endswith("same")
    assert len(set(ids)) == count


def test_users_part_bodies_and_events_too(tmp_path: Path) -> None:
    articles = [
        ("2017-06-06", "6月5日，2017年度淮河流域主要领导座谈会在蚌埠市举行。农业部召开会议。"),
        ("2019-06-06", "2017年度淮河流域主要领导座谈会举行。农业农村部召开会议。"),
    ]
    event = "2017年度淮河流域主要领导座谈会"
    rows = ("农业部\t农业农村部\tdifferent", f"{event}@a0\t{event}@a1\tdifferent")
    whole, parted = assembled(articles), assembled(articles, judging(tmp_path, *rows))
    for kind in ("农业", "淮河流域主要"):
        counts = [len({one.id for one in it.entities if kind in one.name}) for it in (whole, parted)]
        assert counts == [1, 2]


# WHY


def test_why_two_names_are_one_or_two() -> None:
    assembly = assembled([*TWO, *next(rows for sieve, rows, _ in CASES if sieve == "one-career")])
    store = load_store(triples(assembly))
    (apart,) = why_same(store, "陈志远", "陈志远")
    assert not apart.same
    (ground,) = apart.grounds
    assert ground.rule in ("two-seats-at-once", "two-provinces-in-a-month")
    passage = ground.one.passage
    assert passage.sentence[passage.start : passage.end].endswith("陈志远")
    (joined,) = why_same(store, "梁国栋@a3", "梁国栋@a4")
    assert joined.same and [one.rule for one in joined.grounds] == ["one-career"]
    with pytest.raises(NotFoundError, match="names nothing called"):
        why_same(store, "梁国栋@a0", "梁国栋@a4")


def test_judgements_are_written_and_read_back(tmp_path: Path) -> None:
    assembly = assembled([row for _, rows, _ in CASES for row in rows])
    path = tmp_path / "graph.nt"
    path.write_bytes(ntriples(assembly))
    again, _ = reopen(path)
    for part in ("judgements", "conflicts", "series", "stages", "tenures"):
        assert getattr(again, part) == getattr(assembly, part)


def test_the_command_says_why_and_how_to_judge_otherwise(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    news = tmp_path / "news.jsonl"
    rows = [{"id": f"a{n}", "published": day, "text": text} for n, (day, text) in enumerate(TWO)]
    news.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    out = str(tmp_path / "out")
    assert main(["build", str(news), "-o", out, "-q", "--no-html"]) == 0
    capsys.readouterr()
    assert main(["why", "--same", "陈志远", "陈志远", "-g", out]) == 0
    told = capsys.readouterr().out
    assert "【余杭区副区长陈志远】出席会议" in told
    assert 'merge = ["陈志远@a0", "陈志远@a1"]' in told or 'merge = ["陈志远@a1", "陈志远@a0"]' in told
    assert main(["why", "--same", "陈志远", "-g", out]) == 2


# GOLD


def test_the_gold_of_identities() -> None:
    golds = list(read_identities(GOLD))
    assert len(golds) >= 60
    found = measure_identity(golds, KNOWLEDGE)
    assert found.parts["ALL"].precision >= 0.98
    assert found.parts["ALL"].recall >= 0.95


def test_the_command_scores_identities(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    gold = tmp_path / "gold.jsonl"
    gold.write_bytes(b"".join(GOLD.read_bytes().splitlines(keepends=True)[:4]))
    figures = tmp_path / "figures.json"
    assert main(["score", "--identity", str(gold), "--json", str(figures)]) == 0
    printed = capsys.readouterr().out
    assert "4 documents" in printed
    assert json.loads(figures.read_text(encoding="utf-8"))["ALL"]["p"] == 1.0


def test_gold_without_marks_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text('{"text": "文"}\n', encoding="utf-8")
    with pytest.raises(ReadError, match="not a line of identities"):
        list(read_identities(path))
