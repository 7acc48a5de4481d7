"""The relation rules of kg/data/rules, run over folded sentences."""

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from re import Match, Pattern

from kg import kept, letters, patterns
from kg.knowledge import Knowledge
from kg.model import short_hash
from kg.programs import MACHINE, program_of, restored
from kg.relate import notation
from kg.relate.denial import is_negated
from kg.relate.fold import Fold
from kg.relate.ledger import Ledger
from kg.relate.lists import innermost
from kg.relate.notation import Compiled, compile_rule

# What a compiled rule depends on, beside the knowledge.
_NOTATION = tuple(Path(str(module.__file__)) for module in (letters, notation, patterns))


@cache
def _compiled(knowledge: Knowledge) -> tuple[Compiled, ...]:
    """The rules ready to run; how they are compiled is kept from run to run."""
    key = short_hash(knowledge.version, MACHINE, *(path.read_text(encoding="utf-8") for path in _NOTATION))
    known = kept.fetch("rules", key)
    if isinstance(known, tuple):
        return tuple(
            Compiled(rule, restored(program), antecedents, yields)
            for rule, (program, antecedents, yields) in zip(knowledge.rules, known, strict=True)
        )
    found = tuple(compile_rule(rule, knowledge.words) for rule in knowledge.rules)
    kept.keep("rules", key, tuple((program_of(it.pattern.pattern), it.antecedents, it.yields) for it in found))
    return found


@cache
def patterns_of_rules(knowledge: Knowledge) -> dict[str, Pattern[str]]:
    """The pattern of each rule, by a name that no other pattern has."""
    return {rule.key: rule.pattern for rule in _compiled(knowledge)}


@cache
def _order(knowledge: Knowledge) -> dict[str, int]:
    """Where each rule stands among the others, by its key."""
    return {rule.key: at for at, rule in enumerate(_compiled(knowledge))}


class Rules:
    """Reads what the rules yield, one after the other, each over what those before it folded."""

    def __init__(self, ledger: Ledger, knowledge: Knowledge) -> None:
        self.ledger = ledger
        self.knowledge = knowledge
        self.rules = _compiled(knowledge)
        self.order = _order(knowledge)

    def read(self, folded: Fold) -> None:
        """Add what the rules yield in one sentence, and fold what they fold."""
        for at in sorted(self.order[key] for key in folded.cued if key in self.order):
            self._run(self.rules[at], folded)

    def _run(self, rule: Compiled, folded: Fold) -> None:
        position = 0
        while match := rule.pattern.search(folded.text, position):
            position = max(match.end(), position + 1)
            if match.start() == match.end() or (rule.rule.modality != "denied" and self._is_denied(folded.text, match)):
                continue
            self._add(rule, folded, match)
            if rule.rule.folds and match[rule.rule.folds] is not None:
                end = folded.shrink(*match.span(), *match.span(rule.rule.folds))
                # the next match may begin with what was folded: 李强|、|龚正
                position = max(end - 1, match.start() + 1)

    def _is_denied(self, text: str, match: Match[str]) -> bool:
        """Whether a match, or what stands before it in its clause, is denied: 会议没有|任命张伟民为…."""
        clause = max(text.rfind(mark, 0, match.start()) for mark in "，。；：") + 1
        return is_negated(text[max(clause, match.start() - 6) : match.end()], self.knowledge)

    def _add(self, rule: Compiled, folded: Fold, match: Match[str]) -> None:
        """Add each triple that the rule yields for what its slots are bound to."""
        span = folded.span(*match.span())
        bound = self._bind(rule, folded, match)
        for subject_slot, predicate, object_slot in rule.yields:
            objects = bound.get(object_slot, [])
            if predicate == "organizedBy" and match[object_slot] is not None:
                objects = [holder.entity for holder in innermost(folded, *match.span(object_slot))]
            if predicate == "heldAt" and match.re.groupindex.get(object_slot):
                objects = objects + list(self._areas_of_venues(folded, match, object_slot))
            for subject in bound.get(subject_slot, []):
                for other in objects:
                    self.ledger.tell(subject, predicate, other, rule.rule.name, span)

    def _bind(self, rule: Compiled, folded: Fold, match: Match[str]) -> Mapping[str, list[str]]:
        """The entities that each slot stands for: those of its mentions, else what the omitted mention means."""
        bound = {
            slot: folded.entities(*match.span(slot)) for slot in match.re.groupindex if match[slot] is not None
        }
        _, end = folded.span(*match.span())
        for slot, which in rule.antecedents.items():
            found = self.ledger.antecedent(which, end)
            bound[slot] = [found] if found else []
        return bound

    def _areas_of_venues(self, folded: Fold, match: Match[str], slot: str) -> Iterator[str]:
        """在湖州市会议中心举行: held at the venue, and in 湖州市."""
        for reading in folded.bound(*match.span(slot)):
            yield from self.ledger.parts(reading)
