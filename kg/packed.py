"""Tables as two long strings, keys and rows, to be kept: they are read back in a tenth of the time of tuples.

A cell of a table holds neither tabs nor ends of lines (`folders.read_table`), so these part cells, rows and keys.
"""

from collections.abc import Iterable, Mapping, Sequence

_KEY, _ROW, _CELL = "\n", "\r", "\t"

Packed = tuple[str, str]  # keys; of each, its rows


def pack(table: Mapping[str, Iterable[Sequence[str]]]) -> Packed:
    r"""The table, in its order; a row has at least one cell that is not empty.

    >>> unpack(pack({"湖州": [("湖州", "Place"), ("湖州", "Office")], "州": []}))
    {'湖州': '湖州\tPlace\r湖州\tOffice', '州': ''}
    """
    rows = (_ROW.join(_CELL.join(row) for row in several) for several in table.values())
    return _KEY.join(table), _KEY.join(rows)


def unpack(packed: Packed) -> dict[str, str]:
    """What `rows_of` makes rows of, by key."""
    keys, rows = packed
    return dict(zip(keys.split(_KEY), rows.split(_KEY), strict=True)) if keys else {}


def rows_of(packed: str) -> list[list[str]]:
    r"""The rows of one key, as cells.

    >>> rows_of("湖州\tPlace\r湖州\tOffice"), rows_of("")
    ([['湖州', 'Place'], ['湖州', 'Office']], [])
    """
    return [row.split(_CELL) for row in packed.split(_ROW)] if packed else []
