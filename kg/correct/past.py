"""What earlier entries did, so that a later one which says the contrary is an error and not the winner."""

from collections.abc import Callable, Iterable, Sequence, Set

from kg.corrections import CorrectionError, Entry, Triple

Latest = Callable[[str], str]


class Past:
    """The entries that took effect, by what they settled; ids are read as what they stand for now."""

    def __init__(self, latest: Latest) -> None:
        self._latest = latest
        self._joined: list[tuple[str, Entry, tuple[frozenset[str], ...]]] = []
        self._apart: list[tuple[str, str, Entry]] = []
        self._settled: list[tuple[str, str, str, Entry]] = []  # id, what of it, the value
        self._facts: list[tuple[Triple, bool, Entry]] = []  # true or false

    def _refuse(self, entry: Entry, other: Entry, what: str) -> CorrectionError:
        return CorrectionError(f"{entry.place}: contradicts {other.place}, which {what}; take one of them out")

    def join(self, entry: Entry, kept: str, ids: Sequence[str], documents: Iterable[Set[str]]) -> None:
        """These things are one; an error if an entry said that two of them are not."""
        for one, other, by in self._apart:
            if one != other and {self._latest(one), self._latest(other)} <= set(ids):
                raise self._refuse(entry, by, "parts the two")
        self._joined.append((kept, entry, tuple(map(frozenset, documents))))
        absorbed = set(ids) - {kept}  # whose own name is an alias from now on
        self._settled = [one for one in self._settled if one[1] != "name" or self._latest(one[0]) not in absorbed]

    def part(self, entry: Entry, ident: str, new: str, documents: Set[str]) -> None:
        """What these documents show is another thing; an error if that takes apart what an entry made one."""
        for kept, by, parts in self._joined:
            if self._latest(kept) == ident:
                gone = [part for part in parts if part and part <= documents]
                left = [part for part in parts if not part & documents]
                if gone and left:
                    raise self._refuse(entry, by, "makes the two one")
        self._apart.append((ident, new, entry))

    def settle(self, entry: Entry, ident: str, what: str, value: str) -> None:
        """The thing has this name, or this type; an error if an entry gave it another."""
        for other, same, known, by in self._settled:
            if self._latest(other) == ident and same == what and known != value:
                raise self._refuse(entry, by, f"gives it the {what} {known}")
        self._settled.append((ident, what, value, entry))

    def fact(self, entry: Entry, triple: Triple, holds: bool) -> None:
        """The fact holds, or it does not; an error if an entry said the contrary."""
        for other, held, by in self._facts:
            if self._now(other) == triple and held != holds:
                raise self._refuse(entry, by, "asserts that fact" if held else "rejects that fact")
        self._facts.append((triple, holds, entry))

    def need(self, entry: Entry, wrong: Iterable[Triple]) -> None:
        """An error if one of these facts, which the entry takes away, is asserted by another entry."""
        taken = set(wrong)
        for triple, held, by in self._facts:
            if held and self._now(triple) in taken:
                raise self._refuse(entry, by, "asserts a fact that this takes away")

    def _now(self, triple: Triple) -> Triple:
        return self._latest(triple[0]), triple[1], self._latest(triple[2])
