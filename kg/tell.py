"""Facts and profiles → text for people: Chinese, with the words that say a fact marked in their sentence."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence

from kg.explain import Fact, Passage, Post, Profile
from kg.project import label, predicates
from kg.reasons import Reason
from kg.sameness import Sameness, sieves
from kg.table import visible

Mark = tuple[str, str]
ACTIONS = {"merge": "合并", "split": "拆分", "rename": "改名", "retype": "改类", "reject": "否定", "assert": "补充"}
BRACKETS: Mark = ("【", "】")
_VERDICTS = {"same": "同一", "different": "不同", "unsure": "存疑"}
BOLD: Mark = ("\x1b[1;33m", "\x1b[0m")  # for a terminal


def write_facts(facts: Iterable[Fact], mark: Mark = BRACKETS) -> str:
    """The facts as text: each triple, then its sentences with the matched words between the marks, article and rule."""
    return "\n".join("\n".join(_fact_lines(fact, mark, "")) + "\n" for fact in facts)


def _fact_lines(fact: Fact, mark: Mark, indent: str) -> Iterator[str]:
    planned = "（计划）" if fact.modality == "planned" else ""
    triple = f"{visible(fact.subject.name)} —{label(fact.predicate)}→ {visible(fact.object.name)}"
    yield f"{indent}{triple}{planned}"
    for passage in fact.passages:
        yield f"{indent}  {_marked(passage, mark)}"
        where = (passage.date, passage.outlet, f"《{passage.title or passage.article}》")
        yield f"{indent}    — {' '.join(visible(part) for part in where if part)}  [{visible(passage.rule)}]"
    for reason in fact.corrections:
        yield f"{indent}  {_reason(reason)}"
    if fact.premises:
        yield f"{indent}  由此推出  [{visible(fact.rule)}]"
        for premise in fact.premises:
            yield from _fact_lines(premise, mark, indent + "    ")


def _reason(reason: Reason) -> str:
    """更正（补充）：馆员甲，2026-11-25：据《年鉴》。出处：…  [corrections.toml:12]."""
    cited = f"。出处：{visible(reason.source)}" if reason.source else ""
    told = f"{visible(reason.who)}，{visible(reason.when)}：{visible(reason.why)}{cited}"
    return f"更正（{ACTIONS.get(reason.action, reason.action)}）{told}  [{visible(reason.entry)}]"


def _marked(passage: Passage, mark: Mark) -> str:
    before, within, after = (
        visible(passage.sentence[part])
        for part in (slice(passage.start), slice(passage.start, passage.end), slice(passage.end, None))
    )
    return f"{before}{mark[0]}{within}{mark[1]}{after}"


def write_profile(profile: Profile, mark: Mark = BRACKETS) -> str:
    """The profile as text: type and names, offices, facts out and in by predicate, quotations, articles."""
    kinds = " · ".join((profile.entity.type, *profile.kinds))
    lines = [f"{mark[0]}{visible(profile.entity.name)}{mark[1]}  {kinds}  ({profile.entity.id})"]
    if profile.aliases:
        lines.append("  又作 " + "、".join(map(visible, profile.aliases)))
    person = profile.entity.type == "Person"
    for post in profile.posts:
        other = visible((post.office if person else post.person).name) + ("（代理）" if post.acting else "")
        lines.append(f"  {'任' if person else '任职者'} {other}：{_shown(post)}")
    lines += _relation_lines(profile)
    for words in profile.quotations:
        where = visible(words.date or f"《{words.title}》")
        lines.append(f"  {visible(words.speaker.name)}：“{visible(words.words)}”  — {where}")
    lines += [f"  {_reason(reason)}" for reason in profile.corrections]
    for day, title in profile.articles:
        lines.append(f"  见 {day or '（无日期）'} 《{visible(title)}》")
    return "\n".join(lines) + "\n"


def _shown(post: Post) -> str:
    """When a post was held: what texts state, and the days on which they show it."""
    stated = [f"{post.begin} 起"] if post.begin else []
    stated += [f"{post.end} 止"] if post.end else []
    seen = f"见报 {_days(post.attested)}" if post.attested else "未见报在任"
    return "，".join([*stated, seen])


def write_sameness(pairs: Iterable[Sameness], mark: Mark = BRACKETS) -> str:
    """Whether things are one, and each judgement with the sentences of both sides; last, how to judge otherwise."""
    return "\n".join("\n".join(_sameness_lines(pair, mark)) + "\n" for pair in pairs)


def _sameness_lines(pair: Sameness, mark: Mark) -> Iterator[str]:
    sign = "＝" if pair.same else "≠"
    yield f"{visible(pair.one.name)}（{pair.one.id}） {sign} {visible(pair.other.name)}（{pair.other.id}）"
    if not pair.grounds:
        yield f"  {'同名，各处所写没有分别' if pair.same else '名称不同，未作比较'}"
    for ground in pair.grounds:
        yield f"  {_VERDICTS[ground.verdict]}：{sieves().get(ground.rule, ground.rule)}  [{ground.rule}]"
        for reason in ground.corrections:
            yield f"    {_reason(reason)}"
        for side in (ground.one, ground.other):
            yield f"    {visible(side.label)}"
            yield f"      {_marked(side.passage, mark)}"
            where = (side.passage.date, side.passage.outlet, f"《{side.passage.title or side.passage.article}》")
            yield f"        — {' '.join(visible(part) for part in where if part)}"
    if pair.grounds:
        one, other = pair.grounds[0].one, pair.grounds[0].other
        first, second = (_quoted(f"{_bare(side.label)}@{side.articles[0]}") for side in (one, other))
        articles = ", ".join(map(_quoted, other.articles))
        words = f"split = {second}, article = [{articles}]" if pair.same else f"merge = [{first}, {second}]"
        yield f"  如要改判，在更正文件（kg build --corrections）写一条：{words}"


def _quoted(text: str) -> str:
    """As a string of TOML, with what a terminal would not show written out."""
    return json.dumps(visible(text), ensure_ascii=False)


def _bare(shown: str) -> str:
    """The name in the label of a guise: 陈志远 of 陈志远（余杭区副区长）."""
    return shown.partition("（")[0]


def _relation_lines(profile: Profile) -> Iterator[str]:
    inverse: Mapping[str, str] = {name: one.inverse for name, one in predicates().items()}
    for predicate, things in profile.outgoing:
        yield f"  {label(predicate)}: {'、'.join(visible(thing.name) for thing in things)}"
    for predicate, things in profile.incoming:
        yield f"  {inverse.get(predicate, predicate)}: {'、'.join(visible(thing.name) for thing in things)}"


def _days(days: Sequence[str]) -> str:
    return days[0] if len(days) == 1 else f"{days[0]} 至 {days[-1]}（{len(days)} 日）"
