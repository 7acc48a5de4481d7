"""Tables as long strings, keys and rows, to be kept: they are read back in a tenth of the time of tuples.

A cell of a table holds neither tabs nor ends of lines (`folders.read_table`), so these part cells, rows and keys.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

_KEY, _ROW, _CELL = "\n", "\r", "\t"

Packed = tuple[bytes, bytes]  # keys; of each, its rows
PackedParts = tuple[int, dict[str, Packed]]  # with how many characters the keys of a part begin alike; by these


def pack(table: Mapping[str, Iterable[Sequence[str]]]) -> Packed:
    r"""The table, in its order; a row has at least one cell that is not empty.

    >>> unpack(pack({"湖州": [("湖州", "Place"), ("湖州", "Office")], "州": []}))
    {'湖州': '湖州\tPlace\r湖州\tOffice', '州': ''}
    """
    rows = (_ROW.join(_CELL.join(row) for row in several) for several in table.values())
    return _KEY.join(table).encode(), _KEY.join(rows).encode()


def unpack(packed: Packed) -> dict[str, str]:
    """What `rows_of` makes rows of, by key."""
    keys, rows = packed
    return dict(zip(keys.decode().split(_KEY), rows.decode().split(_KEY), strict=True)) if keys else {}


def pack_parts(table: Mapping[str, Iterable[Sequence[str]]], begin: int) -> PackedParts:
    """The table in parts, one for all keys that begin with the same so many characters; no key is empty."""
    parts = groupby(sorted(table), key=lambda key: key[:begin])
    return begin, {start: pack({key: table[key] for key in keys}) for start, keys in parts}


class Parts(Mapping[str, str]):
    """What `unpack` gives of the whole table; a part is unpacked when it is first asked for: an article needs few."""

    def __init__(self, packed: PackedParts) -> None:
        self._begin, self._packed = packed
        self._unpacked: dict[str, dict[str, str]] = {}

    def __getitem__(self, key: str) -> str:
        return self._part(key[: self._begin])[key]

    def __contains__(self, key: object) -> bool:
        return isinstance(key, str) and key in self._part(key[: self._begin])

    def __iter__(self) -> Iterator[str]:
        for start in self._packed:
            yield from self._part(start)

    def __len__(self) -> int:
        return sum(len(self._part(start)) for start in self._packed)

    def _part(self, start: str) -> Mapping[str, str]:
        found = self._unpacked.get(start)
        if found is None:
            if start not in self._packed:
                return {}
            found = self._unpacked[start] = unpack(self._packed[start])
        return found


def rows_of(packed: str) -> list[list[str]]:
    r"""The rows of one key, as cells.

    >>> rows_of("湖州\tPlace\r湖州\tOffice"), rows_of("")
    ([['湖州', 'Place'], ['湖州', 'Office']], [])
    """
    return [row.split(_CELL) for row in packed.split(_ROW)] if packed else []
