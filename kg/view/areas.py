"""Entities → the provinces to which they belong, for the page's filter: a reading aid, and no fact of the graph."""

from collections import defaultdict
from collections.abc import Mapping

from kg.model import Assembly

# Along which facts a thing takes the provinces of another: 江苏省省长 of 江苏省, 吴政隆 of 江苏省省长.
_CARRY = ("officeIn", "locatedIn", "within", "holdsOffice", "appointedTo", "removedFrom", "heldAt", "organizedBy")
_STEPS = 3  # a person, the post, its body, where that lies


def provinces(assembly: Assembly) -> dict[str, tuple[str, ...]]:
    """The ids of the provinces of each entity that has any, sorted: by its division code, else along such facts."""
    by_code = {entity.code[:2]: entity.id for entity in assembly.entities if entity.type == "Province" and entity.code}
    belongs: dict[str, set[str]] = {
        entity.id: {by_code[entity.code[:2]]} for entity in assembly.entities if entity.code[:2] in by_code
    }
    own = frozenset(belongs)
    onward: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for subject, predicate, thing in _carrying(assembly):
        onward[predicate].append((subject, thing))
    for _ in range(_STEPS):
        _carry(onward, own, belongs)
    return {ident: tuple(sorted(some)) for ident, some in sorted(belongs.items())}


def _carrying(assembly: Assembly) -> list[tuple[str, str, str]]:
    told = [(one.subject, one.predicate, one.object) for one in assembly.statements if isinstance(one.object, str)]
    return told + [(part, "within", whole) for part, whole in assembly.within]


def _carry(
    onward: Mapping[str, list[tuple[str, str]]], own: frozenset[str], belongs: dict[str, set[str]]
) -> None:
    """One step along the facts; what a code places is not placed again."""
    for predicate in _CARRY:
        for subject, thing in onward.get(predicate, ()):
            if subject not in own and thing in belongs:
                belongs.setdefault(subject, set()).update(belongs[thing])
