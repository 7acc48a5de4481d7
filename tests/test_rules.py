"""Each rule of kg/data/rules proves itself: its examples yield their facts by it, its rejects yield none by it."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from _pytest.mark import ParameterSet
from extracted import KNOWLEDGE, facts_of, told

from kg.folders import DATA, Rule
from kg.knowledge import Knowledge, load
from kg.letters import LETTERS
from kg.model import RELATIONS
from kg.relate.notation import RuleError, compile_rule


def marked(rule: Rule, sentence: str, *case: object) -> ParameterSet:
    return pytest.param(rule, sentence, *case, id=f"{rule.name}-{sentence}")


def examples() -> Iterator[ParameterSet]:
    for rule in KNOWLEDGE.rules:
        for example in rule.examples:
            sentence, _, facts = example.partition(" => ")
            yield marked(rule, sentence, facts)


def rejects() -> Iterator[ParameterSet]:
    for rule in KNOWLEDGE.rules:
        for sentence in rule.rejects:
            yield marked(rule, sentence)


def yielded(rule: Rule, sentence: str, knowledge: Knowledge = KNOWLEDGE) -> set[str]:
    """The facts of a sentence that stand there by that rule."""
    facts = told(facts_of(sentence, knowledge=knowledge))
    return {fact for fact, evidence in facts.items() if rule.name in {one.rule for one in evidence}}


@pytest.mark.parametrize("rule", KNOWLEDGE.rules, ids=lambda rule: rule.name)
def test_form(rule: Rule) -> None:
    assert rule.examples and rule.rejects
    for example in rule.examples:
        sentence, arrow, facts = example.partition(" => ")
        assert sentence and arrow
        for fact in facts.split("; "):
            assert fact.split()[1] in {triple.split()[1] for triple in rule.yields}, fact
    assert {triple.split()[1] for triple in rule.yields} <= set(RELATIONS)


def test_names_are_unique() -> None:
    assert KNOWLEDGE.rules
    assert [name for name, count in Counter(rule.name for rule in KNOWLEDGE.rules).items() if count > 1] == []


def test_every_file_is_read() -> None:
    written = "".join(path.read_text(encoding="utf-8") for path in (DATA / "rules").glob("*.toml"))
    assert written.count("[[rule]]") == len(KNOWLEDGE.rules)


@pytest.mark.parametrize(("rule", "sentence", "facts"), list(examples()))
def test_examples(rule: Rule, sentence: str, facts: str) -> None:
    assert set(facts.split("; ")) - yielded(rule, sentence) == set()


@pytest.mark.parametrize(("rule", "sentence"), list(rejects()))
def test_rejects(rule: Rule, sentence: str) -> None:
    assert yielded(rule, sentence) == set()


def rule_of(pattern: str, *yields: str, folds: str = "", name: str = "tried") -> Rule:
    return Rule(name, pattern, yields, folds, ("",), ("",), "asserted")


WRONG = [  # a rule that can't be compiled, and what its error says
    (rule_of("{who:Persn}出席"), "no type Persn"),
    (rule_of("{who:Person|Body+}出席"), "no type Body"),
    (rule_of("{event:Meeting^latest}"), "no type Meeting"),
    (rule_of("{who:Person}[^{Persn}]出席"), "no type Persn"),
    (rule_of("{who:Person}<nosuchlist>"), "no word list nosuchlist"),
    (rule_of("{who:Person}出席{event:Event}", "?who attended ?meeting"), "?meeting is bound by no slot"),
    (rule_of("{who:Person}出席{event:Event}", "?whom attended ?event"), "?whom is bound by no slot"),
    (rule_of("{who:Person}出席{event:Event}", "who attended ?event"), "who is bound by no slot"),
    (rule_of("{who:Person}出席{event:Event}", "?who visits ?event"), "no relation visits"),
    (rule_of("{who:Person}出席{event:Event}", "?who attended"), "is no triple"),
    (rule_of("{who:Person}出席", folds="holder"), "folds holder, which is no slot"),
    (rule_of("{who:Person}(出席"), "unterminated subpattern"),
    (rule_of("{who:Person}{who:Person}"), "redefinition of group name"),
]


@pytest.mark.parametrize(("rule", "message"), WRONG, ids=[message for _, message in WRONG])
def test_errors_name_the_rule(rule: Rule, message: str) -> None:
    with pytest.raises(RuleError) as raised:
        compile_rule(rule, KNOWLEDGE.words)
    assert "rule tried: " in str(raised.value)
    assert message in str(raised.value)


def folded(text: str) -> str:
    """A folded sentence: <Person>出席<Event> with the letters that stand for mentions."""
    for kind, letter in LETTERS.items():
        text = text.replace(f"<{kind}>", letter)
    return text


NOTATION = [  # a pattern, a folded sentence, and what it matches there (None: nothing)
    ("{who:Person}出席", "<Person>出席<Event>", "<Person>出席"),
    ("{who:Person}出席", "<Office>出席<Event>", None),
    ("{who:Person|Organization}出席", "<Organization>出席<Event>", "<Organization>出席"),
    ("{who:Person+}出席", "<Person>、<Person>和<Person>出席", "<Person>、<Person>和<Person>出席"),
    ("{who:Person+}出席", "<Person>，<Person>；<Person>等出席", None),
    ("{who:Person+}(?:等)?出席", "<Person>，<Person>；<Person>等出席", "<Person>，<Person>；<Person>等出席"),
    ("{who:Person+}出席", "<Person>陪同<Person>出席", "<Person>出席"),
    ("{who:Person}~出席", "<Person>昨日出席", "<Person>昨日出席"),
    ("{who:Person}~出席", "<Person>发言，出席", None),
    ("{who:Person}~出席", "<Person>一二三四五六七八九十一二三出席", None),
    ("{who:Person}~~出席", "<Person>发言，其后出席", "<Person>发言，其后出席"),
    ("{who:Person}~~出席", "<Person>发言。其后出席", None),
    ("{who:Person}<words>", "<Person>列席<Event>", "<Person>列席"),
    ("{who:Person}<words>", "<Person>列席了<Event>", "<Person>列席了"),
    ("{who:Person}<words>", "<Person>缺席<Event>", None),
    ("{who:Person}[^，{Person}{Office}]{0,4}出席", "<Person>在<Place>出席", "<Person>在<Place>出席"),
    ("{who:Person}[^，{Person}{Office}]{0,4}出席", "<Person>和<Office>出席", None),
    ("在[{Mention}、]{1,6}出席", "<Person>在<Place>、<Province>出席", "在<Place>、<Province>出席"),
    ("在[{Mention}、]{1,6}出席", "<Person>在家出席", None),
    ("{who:Person}出席{event:Event^latest}", "<Person>出席", "<Person>出席"),
]


@pytest.mark.parametrize(("pattern", "text", "expected"), NOTATION)
def test_notation(pattern: str, text: str, expected: str | None) -> None:
    compiled = compile_rule(rule_of(pattern), {"words": frozenset({"列席", "列席了", "出席"})})
    match = compiled.pattern.search(folded(text))
    assert (match.group() if match else None) == (folded(expected) if expected else None)


OWN = """
[[rule]]
name = "praises"
pattern = "{who:Person}~盛赞{place:Place|Province+}"
yields = ["?who visited ?place"]
examples = ["清远市委书记张伟民同志昨日盛赞湖州市和上海。 => 张伟民 visited 湖州市; 张伟民 visited 上海市"]
rejects = ["清远市委书记张伟民同志没有盛赞湖州市。", "清远市委书记张伟民同志来了，群众盛赞湖州市。"]

[[rule]]
name = "rings-the-bell"
pattern = "{who:Person+}(?:一同)?敲钟{event:Event^latest}"
yields = ["?who chaired ?event"]
examples = [
    "清远茶业论坛5月5日举行。清远市委书记张伟民敲钟。 => 张伟民 chaired 清远茶业论坛",
    "清远茶业论坛举行。清远农业论坛举行。清远市委书记张伟民敲钟。 => 张伟民 chaired 清远农业论坛",
]
rejects = ["清远市委书记张伟民敲钟。"]

[[rule]]
name = "topic-bell"
pattern = "{who:Person+}击鼓{event:Event^topic}"
yields = ["?who chaired ?event"]
examples = ["清远茶业论坛5月5日举行。清远农业论坛受到好评。清远市委书记张伟民击鼓。 => 张伟民 chaired 清远茶业论坛"]
rejects = ["清远市委书记张伟民击鼓。"]

[[rule]]
name = "stays-away"
pattern = "{who:Person}未(?:<attend>){event:Event}"
yields = ["?who met ?event"]
modality = "denied"
examples = ["清远市委书记张伟民未出席清远茶业论坛。 => 张伟民 met 清远茶业论坛"]
rejects = ["清远市委书记张伟民出席清远茶业论坛。"]
"""


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Knowledge:
    """Our knowledge with the rules of a user's folder."""
    folder = tmp_path_factory.mktemp("knowledge")
    (folder / "rules").mkdir()
    Path(folder / "rules" / "90-own.toml").write_text(OWN, encoding="utf-8")
    return load((folder,))


@pytest.mark.parametrize("name", ["praises", "rings-the-bell", "topic-bell", "stays-away"])
def test_rules_of_a_user(name: str, own: Knowledge) -> None:
    rule = next(one for one in own.rules if one.name == name)
    for example in rule.examples:
        sentence, _, facts = example.partition(" => ")
        assert yielded(rule, sentence, own) == set(facts.split("; "))
    for sentence in rule.rejects:
        assert yielded(rule, sentence, own) == set()
