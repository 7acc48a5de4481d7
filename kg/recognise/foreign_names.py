"""Where the names of foreigners end: 阿都拉欣|、, 杜瓦尔特|执政, 科瓦奇·伊姆雷|会谈."""

import re
from collections.abc import Iterable, Iterator

from kg.cutting import known_word
from kg.model import Mention
from kg.recognise.edges import Edges
from kg.recognise.surroundings import PARTICLE, WORD, Surroundings

DOT = re.compile(r"[·\-]")
NO_PEOPLE = frozenset({"Province", "Place", "Organization"})
JOINING = frozenset("和与同及")  # 张伟|和市长李明
WORD_FIRST = -4.0  # 康复|工作
_LEAST_FOREIGN = 3.0  # what a name without surname must have, of its own and by the promise
_SHORT_FOREIGN = 2.0  # what speaks against a name of two characters without surname
_FIRST_PART, _LEAST_DOTTED = 3, -3.0  # how far the parts of one with dots are weighed, and what they must weigh
_LEAST_LAST_PART = 3.0  # and the last part of one with dots, to tell where it ends
_LEAST_FOREIGN_MEAN = 1.0  # and for each of its characters
_LONGEST_FOREIGN = 10  # characters of a name without surname or dots
_LONGEST_LAST_PART = 6  # of a name with dots whose end nothing shows


class ForeignNames(Surroundings):
    """Reads names without Chinese surnames at given offsets of one page."""

    def __init__(self, edges: Edges, offices: Iterable[Mention]) -> None:
        super().__init__(edges, offices)
        self._run = edges.patterns["name_run"]

    def _dotted(self, at: int, end: int) -> tuple[int, str] | None:
        """The name with dots that begins there; [at, end) may hold more: 科瓦奇·伊姆雷|会谈."""
        look = self.look
        last = max(look.rfind("·", at, end), look.rfind("-", at, end)) + 1
        if "·" not in look[at:end] and not self._all_foreign(at, end):
            return None  # 北京-上海
        if sum(self.likeness.foreign(part[:_FIRST_PART]) for part in DOT.split(look[at:end])) < _LEAST_DOTTED:
            return None  # 就业季·服务台
        best, most = 0, _LEAST_LAST_PART
        for stop in range(last + 1, end + 1):
            if self.likeness.ends_foreign(look[stop - 1]):
                break
            weight = self.likeness.foreign(look[last:stop]) + self.frame(stop, 0.0, foreign=True)
            if weight > most and (stop - last > 1 or self.ends(stop) >= WORD):
                best, most = stop, weight
        if best:
            return best, look[at:best]
        for stop in range(min(last + 2, end), end + 1):
            if self.ends(stop) >= (WORD if stop - last < 2 else PARTICLE) and not self.likeness.ends_foreign(
                look[stop - 1]
            ):
                return stop, look[at:stop]
        return (end, look[at:end]) if end - last <= _LONGEST_LAST_PART else None

    def _all_foreign(self, at: int, end: int) -> bool:
        """Whether each part of a name with hyphens begins as foreign names do, and is no place: 迪亚斯-卡内尔."""
        parts = self._run.finditer(self.look, at, end)
        return all(
            self.likeness.foreign(part.group()[:3]) >= _LEAST_FOREIGN and part.start() not in self.edges.hit_from
            for part in parts
        )

    def _foreign(
        self, at: int, limit: int, promise: float, least: float = _LEAST_FOREIGN
    ) -> Iterator[tuple[float, int]]:
        """The ends of a name without a Chinese surname, weighed: 那顺巴雅尔|作动员讲话, 阿都拉欣、."""
        for stop in range(at + 2, min(limit, at + _LONGEST_FOREIGN) + 1):
            text = self.look[at:stop]
            goes_on = (
                (text[-1] not in self._lists["never_last"] or self._goes_on_foreign(stop))
                and text[-1] not in JOINING
                and not self.likeness.ends_foreign(text[-1])
                and not self._begins_known_place(stop - 1)
            )
            if not goes_on and not self.likeness.ends_component(self.look, at, stop):
                return
            if text in self.edges.stops or self.is_no_name(text):
                continue
            weight = self.likeness.foreign(text)
            if weight < _LEAST_FOREIGN_MEAN * len(text) or self._splits_name(at, stop):
                continue
            if self.is_no_name(text[:2]) or len(known_word(self.look[stop - 1 : stop + 1])[0]) > 1:
                weight += WORD_FIRST  # 道德|培养
            weight += self.frame(stop, promise, foreign=True) - (_SHORT_FOREIGN if len(text) == 2 else 0.0)
            if weight >= least:
                yield weight, -stop

    def _goes_on_foreign(self, stop: int) -> bool:
        """Whether a foreign name goes on over the particle that ends at `stop`."""
        return stop < len(self.look) and self.likeness.goes_on_foreign(self.look[stop - 1], self.look[stop])

    def _begins_known_place(self, at: int) -> bool:
        """Whether a name of the tables of three characters or more begins there: 热恩别科夫和|哈萨克斯坦."""
        hit = self.edges.hit_from.get(at)
        if hit is None or hit.names[0].type not in NO_PEOPLE:
            return False
        return hit.end - at > 2 or hit.names[0].type == "Province"

    def is_no_name(self, text: str) -> bool:
        """Whether a word is known to have the form of a name and to be none: 高水平, 万亩."""
        return text in self._lists["not_names"]

    def _splits_name(self, at: int, stop: int) -> bool:
        """Whether a table's name of three characters or more ends there but begins inside the candidate."""
        hit = self.edges.hit_to.get(stop)
        return bool(hit and at < hit.start and hit.end - hit.start > 2)
