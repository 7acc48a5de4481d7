"""The notation of relation rules, compiled to regular expressions over folded sentences.

In a pattern, everything is a regular expression but for

    {holder:Person}            a mention of that type, bound to the name
    {post:Office+}             one or more of them, joined by 、 ， ； 和 及 与 等 or nothing
    {holder:Person+、}         one or more joined by 、 or 和 alone
    {who:Person|Organization}  either type
    [^，。{Person}{Event}]     without a name: the letters themselves, as in kg/data/patterns; {Mention} is all of them
    {event:Event^latest}       no mention: the last event named before; ^topic: the event that the article is about
    <speech>                   any word of kg/data/words/speech.txt
    ~                          up to 12 characters inside one clause;   ~~  up to 60 inside one sentence

`yields` are triples of bound names, ?who attended ?event; a list stands for each of its members.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from kg.folders import Rule
from kg.letters import LETTERS, write_letters
from kg.model import RELATIONS
from kg.patterns import one_of

_SLOT = re.compile(r"\{(?P<name>\w+):(?P<types>[\w|]+)(?P<many>\+、?)?(?:\^(?P<which>latest|topic))?\}")
_WORDS = re.compile(r"<(\w+)>")
_JOINT = "(?:[、，；和及与同暨兼 ]|以及|，?(?:并|及|和)|等)?"
_GAPS = (("~~", "[^。！？]{0,60}?"), ("~", "[^，。；：！？]{0,12}?"))


class RuleError(ValueError):
    """A rule that cannot be compiled; the message names the rule and what is wrong."""


@dataclass(frozen=True, slots=True)
class Compiled:
    """A rule ready to run over folded sentences."""

    rule: Rule
    pattern: re.Pattern[str]
    antecedents: Mapping[str, str]  # name → which and type: latest Event, topic Event, latest Document
    yields: tuple[tuple[str, str, str], ...]

    @property
    def key(self) -> str:
        """A name that no pattern of kg/data/patterns has."""
        return f"rule {self.rule.name}"


def compile_rule(rule: Rule, words: Mapping[str, frozenset[str]]) -> Compiled:
    """The compiled rule; a RuleError where a slot, a word list, a predicate or a bound name does not exist."""
    antecedents: dict[str, str] = {}
    bound: set[str] = set()

    def slot(match: re.Match[str]) -> str:
        name, types = match["name"], match["types"].split("|")
        unknown = [kind for kind in types if kind not in LETTERS]
        if unknown:
            raise RuleError(f"rule {rule.name}: no type {unknown[0]}")
        bound.add(name)
        if match["which"]:
            antecedents[name] = f"{match['which']} {types[0]}"
            return ""
        letters = "".join(LETTERS[kind] for kind in types)
        one = f"[{letters}]"
        joint = {"+": _JOINT, "+、": "[、和]"}.get(match["many"] or "")
        return f"(?P<{name}>{one}(?:{joint}{one})*)" if joint else f"(?P<{name}>{one})"

    def word_list(match: re.Match[str]) -> str:
        if match[1] not in words:
            raise RuleError(f"rule {rule.name}: no word list {match[1]}")
        return f"(?:{one_of(words[match[1]])})"

    def letters_in(piece: str) -> str:
        try:
            return write_letters(piece)
        except KeyError as problem:
            raise RuleError(f"rule {rule.name}: no type {problem.args[0]}") from problem

    pieces = re.split(r"(\{[^{}]*:[^{}]*\}|<\w+>)", rule.pattern)
    regex = ""
    for piece in pieces:
        if match := _SLOT.fullmatch(piece):
            regex += slot(match)
        elif match := _WORDS.fullmatch(piece):
            regex += word_list(match)
        else:
            for mark, gap in _GAPS:
                piece = piece.replace(mark, gap)
            regex += letters_in(piece)
    yields = tuple(_triple(rule, text, bound) for text in rule.yields)
    if rule.folds and rule.folds not in bound:
        raise RuleError(f"rule {rule.name}: folds {rule.folds}, which is no slot")
    try:
        return Compiled(rule, re.compile(regex), antecedents, yields)
    except re.error as problem:
        raise RuleError(f"rule {rule.name}: {problem}") from problem


def _triple(rule: Rule, text: str, bound: set[str]) -> tuple[str, str, str]:
    parts = text.split()
    if len(parts) != 3:
        raise RuleError(f"rule {rule.name}: {text!r} is no triple")
    subject, predicate, other = parts
    if predicate not in RELATIONS:
        raise RuleError(f"rule {rule.name}: no relation {predicate}")
    for end in (subject, other):
        if not end.startswith("?") or end[1:] not in bound:
            raise RuleError(f"rule {rule.name}: {end} is bound by no slot")
    return subject[1:], predicate, other[1:]
