"""Where some strings stand in a text: the longest at each place, none overlapping."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from ahocorasick_rs import AhoCorasick, MatchKind

_WORTH_IT = 100_000  # characters: to look them up takes as long as to build the automaton of 50,000 names


class LongestScan:
    """Says where the strings stand: looked up one by one at first, by an automaton once many texts are scanned."""

    def __init__(self, strings: Collection[str], lengths: Mapping[str, Sequence[int]]) -> None:
        self._strings, self._lengths = strings, lengths  # lengths by first character, the longest first
        self._scanned = 0
        self._automaton: AhoCorasick | None = None

    def __call__(self, text: str) -> Iterator[tuple[int, int]]:
        """The stretches of the text that are strings of ours, in order.

        >>> list(LongestScan({"湖", "湖州", "州市"}, {"湖": (2, 1), "州": (2,)})("湖州市、湖"))
        [(0, 2), (4, 5)]
        """
        self._scanned += len(text)
        if self._automaton is None and self._scanned > _WORTH_IT:
            self._automaton = AhoCorasick(tuple(filter(None, self._strings)), matchkind=MatchKind.LeftmostLongest)
        if self._automaton is None:
            return self._looked_up(text)
        return ((start, end) for _, start, end in self._automaton.find_matches_as_indexes(text))

    def _looked_up(self, text: str) -> Iterator[tuple[int, int]]:
        strings, lengths = self._strings, self._lengths
        at = 0
        while at < len(text):
            for length in lengths.get(text[at], ()):
                if text[at : at + length] in strings and at + length <= len(text):
                    yield at, at + length
                    at += length
                    break
            else:
                at += 1
