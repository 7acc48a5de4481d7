"""The contract of the RDF: what is written, that every store reads it alike, and that it is the same every time."""

import importlib.util
import json
import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pyoxigraph
import pytest
import rdflib
from facts import LAKE, lake, say, write
from hypothesis import example, given
from hypothesis import strategies as st
from rdflib.namespace import DCTERMS, OWL, PROV, RDF, RDFS, SKOS, XSD

from kg.assemble import assemble
from kg.cite import sentence_of
from kg.errors import BuildError
from kg.identify import identify
from kg.model import Assembly, Document, Facts
from kg.rdf import literal, ntriples, triples, turtle
from kg.vocabulary import BASE, check_base, check_local

KG = rdflib.Namespace(BASE + "ontology#")
ID = rdflib.Namespace(BASE + "id/")
OA = rdflib.Namespace("http://www.w3.org/ns/oa#")
ROOT = Path(__file__).parent.parent
ONTOLOGY = ROOT / "ontology.ttl"


def built(*facts: Facts) -> Assembly:
    return assemble(identify(facts or (lake(),)), {})


def read(assembly: Assembly) -> rdflib.Graph:
    return rdflib.Graph().parse(data=ntriples(assembly), format="nt")


def named(graph: rdflib.Graph, name: str) -> rdflib.term.Node:
    return next(node for node in graph.subjects(RDFS.label, rdflib.Literal(name, lang="zh")))


def with_text(document: Document, text: str) -> Document:
    return replace(document, text=text, id=Document.identify(document.name, document.title, document.published, text))


# WHAT IS WRITTEN


def test_an_article_says_where_it_comes_from_and_what_it_names() -> None:
    graph = read(built())
    (article,) = graph.subjects(RDF.type, KG.Article)
    assert str(graph.value(article, DCTERMS.identifier)) == "lake"
    assert graph.value(article, DCTERMS.title) == rdflib.Literal(LAKE.title, lang="zh")
    assert graph.value(article, DCTERMS.date) == rdflib.Literal("2020-06-07", datatype=XSD.date)
    assert str(graph.value(graph.value(article, DCTERMS.publisher), RDFS.label)) == "新华日报"
    mentioned = {str(graph.value(node, RDFS.label)) for node in graph.objects(article, KG.mentions)}
    assert {"李强", "湖州市", "长三角一体化发展"} <= mentioned


def test_text_and_offsets_agree_wherever_they_are_written() -> None:
    graph = read(built())
    for words in (OA.exact, KG.says):
        found = list(graph.subject_objects(words))
        assert found
        for node, text in found:
            start, end = int(str(graph.value(node, OA.start))), int(str(graph.value(node, OA.end)))
            assert LAKE.text[start:end] == str(text)


def test_every_fact_leads_to_its_sentence_or_its_premises() -> None:
    graph = read(built())
    direct = {(s, p, o) for s, p, o in graph if str(p).startswith(str(KG)) and str(s).startswith(str(ID))}
    facts = list(graph.subjects(RDF.type, RDF.Statement))
    assert len(facts) == len(built().statements)
    for fact in facts:
        triple = tuple(graph.value(fact, part) for part in (RDF.subject, RDF.predicate, RDF.object))
        assert triple in direct
        for origin in graph.objects(fact, PROV.wasDerivedFrom):
            assert (origin, RDF.type, KG.Sentence) in graph or (origin, RDF.type, RDF.Statement) in graph
        for reason in graph.objects(fact, KG.evidence):
            assert graph.value(reason, KG.rule)
            assert graph.value(reason, KG.inSentence) or graph.value(reason, KG.premise)


def test_a_match_lies_in_its_sentence_and_gives_back_the_words_of_the_rule() -> None:
    graph = read(built())
    held = [
        LAKE.text[int(str(graph.value(match, OA.start))) : int(str(graph.value(match, OA.end)))]
        for match in graph.subjects(KG.rule, rdflib.Literal("office-person"))
    ]
    assert sorted(held) == ["上海市委书记李强", "上海市委副书记、代市长龚正"]
    for match, sentence in graph.subject_objects(KG.inSentence):
        assert int(str(graph.value(sentence, OA.start))) <= int(str(graph.value(match, OA.start)))
        assert int(str(graph.value(match, OA.end))) <= int(str(graph.value(sentence, OA.end)))


def test_what_is_announced_is_planned_until_a_text_says_it_happened() -> None:
    plan, report = write("a", "大会将在湖州举行。"), write("b", "大会在湖州举行。")
    planned = say(plan, "Event:第七届大会 heldAt Place:湖州 !planned")
    asserted = say(report, "Event:第七届大会 heldAt Place:湖州")
    assert set(map(str, read(built(planned)).objects(None, KG.modality))) == {"planned"}
    both = read(built(planned, asserted))
    (fact,) = both.subjects(RDF.type, RDF.Statement)
    assert str(both.value(fact, KG.modality)) == "asserted"


DATES = [
    ("2020-06-05", XSD.date),
    ("2020-06", XSD.gYearMonth),
    ("2020", XSD.gYear),
    ("2025-05-22/2025-05-24", KG.interval),
    ("2020-02-30", None),
]


@pytest.mark.parametrize(("value", "datatype"), DATES)
def test_dates_have_the_type_of_what_is_known(value: str, datatype: rdflib.URIRef | None) -> None:
    graph = read(built(say(write("a", "大会举行。"), f"Event:大会 heldOn {value}")))
    (date,) = graph.objects(None, KG.heldOn)
    assert isinstance(date, rdflib.Literal)
    assert str(date) == value
    assert date.datatype in (datatype, XSD.string if datatype is None else datatype)


def test_a_province_is_a_place_too() -> None:
    graph = read(built())
    province = named(graph, "上海市")
    assert set(graph.objects(province, RDF.type)) == {KG.Province, KG.Place}


def test_other_names_are_kept() -> None:
    graph = read(built())
    assert graph.value(named(graph, "湖州市"), SKOS.altLabel) == rdflib.Literal("湖州", lang="zh")


def test_the_base_is_the_users() -> None:
    text = ntriples(built(), "https://example.org/news").decode()
    assert "<https://example.org/news/id/place-330500>" in text
    assert BASE not in text


@pytest.mark.parametrize("base", ["", "news", "https://exa mple.org/", "https://example.org/#x", "javascript:alert(1)"])
def test_what_is_no_base_is_refused(base: str) -> None:
    with pytest.raises(BuildError):
        check_base(base)


@pytest.mark.parametrize("ident", ["", "李强", "a b", "a>", "-a", "a.", "a/b", "a\n"])
def test_what_cannot_be_part_of_an_iri_is_refused(ident: str) -> None:
    with pytest.raises(ValueError, match="IRI"):
        check_local(ident)


# THAT EVERY STORE READS IT ALIKE

HOSTILE = st.text(
    st.one_of(
        st.characters(exclude_categories=["Cs"]),
        st.sampled_from('"\\\n\r\t\0\x1b\x7f\x85\u2028\u2029\u202e\ufeff\ufffe\U0001f600<>{}'),
    ),
    min_size=1,
    max_size=20,
)


@given(HOSTILE)
@example("</script><script>alert(1)</script>")
@example('"@zh . <a> <b> <c> .')
@example("\\u0041\\")
def test_a_hostile_text_comes_back_as_it_was(text: str) -> None:
    line = f"<x:a> <x:b> {literal(text)}@zh .\n"
    assert "\n" not in line[:-1]
    assert len(line.splitlines()) == 1
    (quad,) = pyoxigraph.parse(line, pyoxigraph.RdfFormat.N_TRIPLES)
    assert quad.object.value == text
    for form in ("nt", "turtle"):
        (value,) = rdflib.Graph().parse(data=line, format=form).objects()
        assert str(value) == text


def test_half_a_character_is_replaced_and_moves_no_offset() -> None:
    assert literal("甲\ud800乙") == '"甲\ufffd乙"'


def hostile(text: str) -> Assembly:
    document = with_text(replace(LAKE, title=text, source=text, url=text), text + LAKE.text)
    place = replace(lake().entities[0], name=text, aliases=(text + "x",))
    return built(say(document, "Person:李强 attended Event:座谈会", entities=(place,)))


@given(HOSTILE)
@example("\0")
def test_a_graph_with_hostile_names_is_one_graph_for_all(text: str) -> None:
    assembly = hostile(text)
    lines, readable = ntriples(assembly), turtle(assembly)
    one = {quad.triple for quad in pyoxigraph.parse(lines, pyoxigraph.RdfFormat.N_TRIPLES)}
    assert one == {quad.triple for quad in pyoxigraph.parse(readable, pyoxigraph.RdfFormat.TURTLE)}
    assert len(one) == lines.count(b"\n") == len(rdflib.Graph().parse(data=lines, format="nt"))
    assert len(one) == len(rdflib.Graph().parse(data=readable, format="turtle"))


@pytest.mark.skipif(not shutil.which("rapper"), reason="rapper is not installed")
@pytest.mark.parametrize("text", ["湖州", 'a"b\\c\n</script>\u202e\x00'])
def test_rapper_counts_the_same_triples(text: str, tmp_path: Path) -> None:
    assembly = hostile(text)
    for form, content in (("ntriples", ntriples(assembly)), ("turtle", turtle(assembly))):
        file = tmp_path / form
        file.write_bytes(content)
        run = subprocess.run(["rapper", "-c", "-i", form, str(file)], capture_output=True, text=True, check=True)
        assert f"returned {len(set(triples(assembly)))} triples" in run.stderr


def test_there_are_no_blank_nodes_and_every_chinese_text_is_tagged_zh() -> None:
    for subject, _, thing in read(built()):
        assert isinstance(subject, rdflib.URIRef)
        assert isinstance(thing, rdflib.URIRef | rdflib.Literal)
        if isinstance(thing, rdflib.Literal) and not str(thing).isascii():
            assert thing.language == "zh"


# THAT IT IS THE SAME EVERY TIME


def test_lines_are_sorted_and_there_once() -> None:
    lines = ntriples(built()).splitlines()
    assert lines == sorted(set(lines))


@pytest.mark.parametrize("write_it", [ntriples, turtle])
def test_the_order_of_documents_leaves_no_trace(write_it: object) -> None:
    line = "Person:李强 attended Event:国务院第七届会议"
    more = [say(write(f"d{number}", f"第{number}篇，李强出席。"), line) for number in range(4)]
    facts = [lake(), *more]
    assert write_it(built(*facts)) == write_it(built(*reversed(facts)))  # type: ignore[operator]


def test_the_hash_seed_leaves_no_trace() -> None:
    code = (
        "import sys; from facts import lake; from kg.identify import identify; from kg.assemble import assemble;"
        "from kg.rdf import ntriples, turtle; a = assemble(identify([lake()]), {});"
        "sys.stdout.buffer.write(ntriples(a) + turtle(a))"
    )
    outputs = set()
    for seed in ("0", "1", "4242"):
        env = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join((str(ROOT), str(ROOT / "tests")))}
        outputs.add(subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, check=True).stdout)
    assert len(outputs) == 1


# SENTENCES


@given(st.text(st.sampled_from("甲乙丙。！？!?\n ”》“")), st.data())
def test_a_sentence_holds_the_span_that_it_is_asked_for(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    left, right = sentence_of(text, start, end)
    assert 0 <= left <= start
    assert end <= right <= len(text)


SENTENCES = [
    ("会议召开。李强说：“要合作。”会议结束。", "李强", "李强说：“要合作。”"),
    ("会议召开。李强说：“要合作。”会议结束。", "会议结束", "会议结束。"),
    ("标题\n　　李强出席会议", "出席", "李强出席会议"),
    ("李强出席。龚正主持！", "出席。龚正", "李强出席。龚正主持！"),
    ("真的吗？！不。", "真", "真的吗？！"),
]


@pytest.mark.parametrize(("text", "words", "sentence"), SENTENCES)
def test_sentences(text: str, words: str, sentence: str) -> None:
    start = text.index(words)
    assert text[slice(*sentence_of(text, start, start + len(words)))] == sentence


# HOW IT IS SCORED

SCORER = ROOT.parent / "shared" / "eval" / "score.py"


@pytest.fixture(scope="module")
def scorer() -> ModuleType:
    if not SCORER.exists():
        pytest.skip("the scorer is not here")
    spec = importlib.util.spec_from_file_location("scorer", SCORER)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_scorer_reads_what_was_meant(scorer: ModuleType, tmp_path: Path) -> None:
    facts = lake()
    names = {one.id: one.name for one in facts.entities}
    gold = {
        "id": "lake",
        "text": LAKE.text,
        "entities": [{"type": one.type, "name": one.name, "mentions": [one.name]} for one in facts.entities],
        "relations": [[names[s], p, names.get(o, o)] for s, p, o in (one.triple for one in facts.statements)],
    }
    ontology = rdflib.Graph().parse(ONTOLOGY)
    _, entities, relations = scorer.read_gold(json.dumps(gold))
    for name, content in (("lake.ttl", turtle(built(facts))), ("lake.nt", ntriples(built(facts)))):
        (tmp_path / name).write_bytes(content)
        found, found_relations = scorer.read_pred(tmp_path / name, ontology)
        in_text = [one for one in entities if one.name != "上海市代市长"]  # its name stands nowhere in the text
        same = scorer.match(in_text, found, lambda g, p: g.same(p, False))
        assert same[1:] == ([], [])
        hits, missed, extra = scorer.match(relations, found_relations, lambda g, p: scorer.same_relation(g, p, False))
        assert {(one[0].name, one[1]) for one in missed} == {("龚正", "holdsOffice")}
        assert hits == len(relations) - 1
        assert {(one[0].name, one[1]) for one in extra} == {("车俊", "attended")}


def test_no_class_of_ours_counts_as_a_type_by_accident(scorer: ModuleType) -> None:
    ontology = rdflib.Graph().parse(ONTOLOGY)
    kind_of = scorer.superclasses([ontology])
    for name in ("Article", "Outlet", "Sentence", "Match", "Derivation", "Tenure", "Quotation", "Entity"):
        assert (KG[name], RDF.type, OWL.Class) in ontology
        assert kind_of(KG[name]) is None
    assert kind_of(KG.PartyOrgan) == "Organization"
    assert kind_of(KG.Meeting) == "Event"
    assert kind_of(KG.County) == "Place"
