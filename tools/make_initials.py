"""Write kg/data/view/initials.tsv: under each letter the characters whose pinyin can begin with it.

    python -m pip install pypinyin
    python tools/make_initials.py

The characters are those of GBK as pypinyin (MIT) reads them, with every reading that it knows: the page finds 重庆
by cq and by zq, 单 by s, d and c. The page takes from the table only the characters of its own labels, and no id is
ever made of pinyin.
"""

from collections import defaultdict
from pathlib import Path

from pypinyin import Style, pinyin

TABLE = Path(__file__).parents[1] / "kg" / "data" / "view" / "initials.tsv"


def characters() -> list[str]:
    """The Chinese characters of GBK, sorted."""
    found = []
    for high in range(0x81, 0xFF):
        for low in range(0x40, 0xFF):
            try:
                found.append(bytes((high, low)).decode("gbk"))
            except UnicodeDecodeError:
                continue
    return sorted({one for one in found if "\u4e00" <= one <= "\u9fff"})


def main() -> None:
    """Write the table, sorted."""
    by_letter: defaultdict[str, list[str]] = defaultdict(list)
    for one in characters():
        readings = pinyin(one, style=Style.FIRST_LETTER, heteronym=True)[0]
        for letter in sorted({reading for reading in readings if "a" <= reading <= "z"}):
            by_letter[letter].append(one)
    lines = ["letter\tcharacters", *(f"{letter}\t{''.join(some)}" for letter, some in sorted(by_letter.items()))]
    TABLE.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
