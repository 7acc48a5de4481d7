"""Lists of names that run over clauses: who stands in a clause that holds nothing else, and who of those named acts.

「省发展改革委有关负责同志，市领导王磊、李华，省军区副政委周启明等参加会议」: three clauses, one list.
"""

import re
from collections.abc import Mapping

from kg.letters import EVENT, ORGANIZATION, PERSON, PLACE, PROVINCE
from kg.model import Reading
from kg.relate.fold import Fold

Patterns = Mapping[str, re.Pattern[str]]
_JOINS = "、和及与同 "
_AREAS = PROVINCE + PLACE


def listed(folded: Fold, start: int, end: int, patterns: Patterns) -> list[int]:
    """Where [start, end) names the people and bodies of a list, if it holds nothing but a list."""
    people = folded.where(PERSON, start, end)
    bodies = acting_bodies(folded, start, end, patterns)
    found = sorted((*people, *bodies))
    if not found or EVENT in folded.text[start:end]:
        return []
    if patterns["breaks_a_list"].search(folded.text, start, end):
        return []
    last = found[-1]
    if folded.text[last] == PERSON and not patterns["ends_a_list"].fullmatch(folded.text, last + 1, end):
        return []
    return found


def acting_people(folded: Fold, start: int, end: int, patterns: Patterns) -> list[int]:
    """The people of [start, end) who may be the subject of what follows: not 受|王磊|委托, not |罗明同志|的生前友好.

    Who thanks a guest for coming is not; the guest is: 王磊感谢|李华|来华出席论坛.
    """
    found: list[int] = []
    for group in _groups(folded, start, end):
        after = patterns["not_acting_after"].match(folded.text, group[-1] + 1)
        before = patterns["not_acting_before"].search(folded.text, start, group[0])
        if not after and (not before or patterns["guest_comes"].match(folded.text, group[-1] + 1)):
            found += group
    return found


def acting_bodies(folded: Fold, start: int, end: int, patterns: Patterns) -> list[int]:
    """The bodies of [start, end) that take part: |水利部|有关负责同志, not |水利部|部长王磊, not 各|县政府."""
    found = []
    for at in folded.where(ORGANIZATION, start, end):
        if patterns["no_body_after"].search(folded.text, start, at):
            continue
        if patterns["people_of_body"].match(folded.text, at + 1, end):
            found.append(at)
    return found


def leading_people(folded: Fold, start: int, end: int, patterns: Patterns) -> list[int]:
    """The first who act in [start, end), with those joined to them: |王磊、李华|深入湖州市."""
    acting = acting_people(folded, start, end, patterns)
    return next((group for group in _groups(folded, start, end) if acting and group[0] == acting[0]), [])


def innermost(folded: Fold, start: int, end: int) -> list[Reading]:
    """The readings in [start, end), without an area that only says where the next lies: 黑龙江|哈尔滨|举办."""
    text = folded.text
    return [
        reading for at in range(start, end)
        if (reading := folded.readings[at]) and not (at + 1 < end and text[at] in _AREAS and text[at + 1] in _AREAS)
    ]


def _groups(folded: Fold, start: int, end: int) -> list[list[int]]:
    """The people of [start, end), together where nothing but 、 or 和 stands between."""
    groups: list[list[int]] = []
    for at in folded.where(PERSON, start, end):
        if groups and all(mark in _JOINS for mark in folded.text[groups[-1][-1] + 1 : at]):
            groups[-1].append(at)
        else:
            groups.append([at])
    return groups
