"""Write given.tsv and the weights of surnames.tsv and transliteration.tsv again, from jieba's dictionary.

    python tools/make_name_weights.py [TABLES]

A weight is the natural logarithm of how many times more often a character stands in that place of a name than in
other words: the names are the dictionary's, some 50,000 Chinese and 4,000 foreign ones; the other words count by
their frequency; components of minority names count as foreign. What the dictionary hardly shows is drawn towards
zero. All surnames of two characters get the same weight, but for those that are words.
"""

import math
import re
import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

import jieba

DICTIONARY = Path(jieba.__file__).parent / "dict.txt"
SOURCE = "counts over jieba's dictionary"
NAMES, FOREIGN, PLACES = {"nr", "nrfg"}, "nrt", {"ns", "nz", "nt"}
COMPOUND, COMPOUND_WORD = 6.0, 2.0  # the weights of 欧阳 and of 第五
COMPONENT = 3  # how many names a component of minority names counts for
UNSEEN = 0.3  # added to each count of names
MASS = 300  # and to their sum
RARE = 200  # added to each count of other words: what is rarer than this says little
CHARACTERS = 3000  # that other words are written with
WORTH_A_ROW = 2000  # occurrences in other words from which a character that no name has gets a row too
FLOOR = -0.5  # of characters that the usual tables of transliteration have, whatever the counts say
NO_PERSON = re.compile(r".*[人州县市区湖山河语教派族岛省国式性党]$")


def rows(path: Path) -> tuple[list[str], list[dict[str, str]]]:
    """The comment lines of a table, and its rows."""
    lines = path.read_text(encoding="utf-8").splitlines()
    notes = [line for line in lines if line.startswith("#")]
    head, *body = (line.split("\t") for line in lines if not line.startswith("#"))
    return notes, [dict(zip(head, cells, strict=False)) for cells in body]


def write(path: Path, note: str, columns: list[str], body: Iterable[Mapping[str, str]]) -> None:
    """Write a table, sorted."""
    lines = ["\t".join(row[column] for column in columns) for row in sorted(body, key=lambda row: row[columns[0]])]
    path.write_text("\n".join([f"# {note}", "\t".join(columns), *lines, ""]), encoding="utf-8")


class Counts:
    """How often each character stands where, in the dictionary."""

    def __init__(self, surnames: set[str]) -> None:
        self.surname: Counter[str] = Counter()
        self.middle: Counter[str] = Counter()
        self.last: Counter[str] = Counter()
        self.alone: Counter[str] = Counter()
        self.foreign: Counter[str] = Counter()
        self.elsewhere: Counter[str] = Counter()
        for line in DICTIONARY.read_text(encoding="utf-8").splitlines():
            word, frequency, tag = line.split()
            if tag in NAMES:
                self._count_name(word, surnames)
            elif tag == FOREIGN:
                if len(word) > 2 and not NO_PERSON.match(word):
                    self.foreign.update(word)
            elif tag not in PLACES:
                for character in word:
                    self.elsewhere[character] += int(frequency)
        self.words = sum(self.elsewhere.values())

    def _count_name(self, word: str, surnames: set[str]) -> None:
        if len(word) == 3 and word[0] in surnames and word[:2] not in surnames:
            self.surname[word[0]] += 1
            self.middle[word[1]] += 1
            self.last[word[2]] += 1
        elif len(word) == 2 and word[0] in surnames:
            self.alone[word[1]] += 1
        elif len(word) == 4 and word[:2] in surnames:
            self.middle[word[2]] += 1
            self.last[word[3]] += 1

    def weight(self, character: str, place: Counter[str]) -> float:
        """How much that character in that place speaks for a name."""
        here = (place[character] + UNSEEN) / (sum(place.values()) + MASS)
        return math.log(here) - math.log((self.elsewhere[character] + RARE) / (self.words + RARE * CHARACTERS))


def main(tables: Path) -> None:
    """Write the three tables."""
    notes, surnames = rows(tables / "surnames.tsv")
    counts = Counts({row["surname"] for row in surnames})
    for row in surnames:
        form = row["surname"]
        compound = COMPOUND_WORD if "word" in row["kind"] else COMPOUND
        row["weight"] = f"{compound if len(form) > 1 else counts.weight(form, counts.surname):.1f}"
    note = notes[0].removeprefix("# ").split(" weight:")[0]
    write(
        tables / "surnames.tsv", f"{note} weight: see given.tsv.",
        ["surname", "kind", "rank", "weight", "source"], surnames,
    )  # fmt: skip

    used = {char for char, count in counts.elsewhere.items() if count >= WORTH_A_ROW}
    given = []
    for char in {*used, *counts.middle, *counts.last, *counts.alone}:
        if not "\u4e00" <= char <= "\u9fff":
            continue
        last = counts.weight(char, counts.last)
        alone = (last + counts.weight(char, counts.alone)) / 2  # the dictionary has few names of two characters
        cells = {"middle": counts.weight(char, counts.middle), "last": last, "alone": alone}
        given.append({"char": char, "source": SOURCE} | {place: f"{weight:.1f}" for place, weight in cells.items()})
    note = (
        "Characters of Chinese given names: how much each speaks for a name (the natural logarithm of how many times "
        "likelier it is there than in other words) in the middle of 张伟民, at its end, or alone as in 张伟."
    )
    write(tables / "given.tsv", note, ["char", "middle", "last", "alone", "source"], given)

    notes, known = rows(tables / "transliteration.tsv")
    usual = {row["char"] for row in known if not row["source"].startswith("counts")}
    for row in rows(tables / "minority_names.tsv")[1]:
        counts.foreign.update(row["form"] * COMPONENT)
    foreign = []
    for char in sorted(usual | used | set(counts.foreign)):
        weight = counts.weight(char, counts.foreign)
        source = "after the usual tables for transliterating foreign names" if char in usual else SOURCE
        if "\u4e00" <= char <= "\u9fff":
            foreign.append({
                "char": char, "weight": f"{max(weight, FLOOR) if char in usual else weight:.1f}", "source": source,
            })  # fmt: skip
    note = "Characters used to write foreign (and many minority) names in Chinese. weight: see given.tsv."
    write(tables / "transliteration.tsv", note, ["char", "weight", "source"], foreign)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parents[1] / "kg" / "data" / "tables")
