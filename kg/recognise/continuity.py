"""How characters go on elsewhere in a text: 李强 before many words is whole, 吴政 before 隆 alone is not."""

from kg.recognise.edges import occurrences

_GOES_ON = -2.0  # the same character follows wherever these stand: 吴政|隆
_CHANGES = 0.8  # different ones do: 李强
_ENOUGH = 40  # places looked at for that


class Continuity:
    """Weighs characters of one text as a whole name; `marks` are those after which no name goes on."""

    def __init__(self, look: str, marks: frozenset[str]) -> None:
        self.look, self.marks = look, marks
        self._weights: dict[str, float] = {}

    def weigh(self, text: str) -> float:
        """How much what follows these characters, wherever they stand, speaks for them as a whole."""
        if text not in self._weights:
            self._weights[text] = self._weigh(text)
        return self._weights[text]

    def _weigh(self, text: str) -> float:
        following: dict[str, int] = {}
        count = 0
        for at in occurrences(self.look, text):
            if count == _ENOUGH:
                break
            count += 1
            character = self.look[at + len(text) : at + len(text) + 1]
            following[character] = following.get(character, 0) + 1
        if count < 2:
            return 0.0
        return _GOES_ON if len(following) == 1 and self.marks.isdisjoint(following) else _CHANGES
