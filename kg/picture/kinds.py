"""How the types of things look and are called: the table that the page uses too."""

from dataclasses import dataclass
from functools import cache
from importlib import resources


@dataclass(frozen=True, slots=True)
class Kind:
    """A type with its name in Chinese, its colour and its shape."""

    name: str
    zh: str
    colour: str
    shape: str


@cache
def kinds() -> dict[str, Kind]:
    """The types by name, in the order of the legend."""
    table = resources.files("kg").joinpath("data", "view", "types.tsv").read_text(encoding="utf-8")
    header, *rows = (line.split("\t") for line in table.splitlines())
    named = (dict(zip(header, row, strict=True)) for row in rows)
    return {row["name"]: Kind(row["name"], row["zh"], row["colour"], row["shape"]) for row in named}
