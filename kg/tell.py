"""Facts and profiles → text for people: Chinese, with the words that say a fact marked in their sentence."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from kg.explain import Fact, Passage, Profile
from kg.project import label, predicates
from kg.table import visible

Mark = tuple[str, str]
BRACKETS: Mark = ("【", "】")
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
    if fact.premises:
        yield f"{indent}  由此推出  [{visible(fact.rule)}]"
        for premise in fact.premises:
            yield from _fact_lines(premise, mark, indent + "    ")


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
        shown = f"见报 {_days(post.attested)}" if post.attested else "未见报在任"
        lines.append(f"  {'任' if person else '任职者'} {other}：{shown}")
    lines += _relation_lines(profile)
    for words in profile.quotations:
        where = visible(words.date or f"《{words.title}》")
        lines.append(f"  {visible(words.speaker.name)}：“{visible(words.words)}”  — {where}")
    for day, title in profile.articles:
        lines.append(f"  见 {day or '（无日期）'} 《{visible(title)}》")
    return "\n".join(lines) + "\n"


def _relation_lines(profile: Profile) -> Iterator[str]:
    inverse: Mapping[str, str] = {name: one.inverse for name, one in predicates().items()}
    for predicate, things in profile.outgoing:
        yield f"  {label(predicate)}: {'、'.join(visible(thing.name) for thing in things)}"
    for predicate, things in profile.incoming:
        yield f"  {inverse.get(predicate, predicate)}: {'、'.join(visible(thing.name) for thing in things)}"


def _days(days: Sequence[str]) -> str:
    return days[0] if len(days) == 1 else f"{days[0]} 至 {days[-1]}（{len(days)} 日）"
