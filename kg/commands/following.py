"""What the commands that follow links share: options of time and kind, the graph they ask for, rows as printed."""

import argparse
import csv
import io
import json
import re
import shutil
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from kg.commands.options import result_folder
from kg.errors import KGError, NotFoundError, ReadError
from kg.model import ENTITY_TYPES, RELATIONS
from kg.table import lay_out

if TYPE_CHECKING:
    from kg.graph import Graph
    from kg.store import Store

_DAY = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")
_FORMATS = ("table", "csv", "json")


def add_time(parser: argparse.ArgumentParser) -> None:
    """A slice of time."""
    parser.add_argument("--since", default="", metavar="DATE", help="only what texts show since a day, month or year")
    parser.add_argument("--until", default="", metavar="DATE", help="only what texts show until then")


def at_least_one(text: str) -> int:
    """The number of an option that counts; argparse says what is wrong with it."""
    if not text.strip().isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no whole number of 1 or more")
    return int(text)


def add_kinds(parser: argparse.ArgumentParser) -> None:
    """Over what to walk."""
    parser.add_argument("--types", default="", metavar="TYPE,…", help="only over things of these types: Person,Event")
    parser.add_argument("--via", default="", metavar="RELATION,…", help="only along these relations: attended,chaired")


def add_rows(parser: argparse.ArgumentParser, top: int) -> None:
    """How rows are printed."""
    parser.add_argument(
        "--top", type=at_least_one, default=top, metavar="N", help=f"at most so many rows (default: {top})"
    )
    parser.add_argument("--format", choices=_FORMATS, default="table", help="(default: table)")


def one_of(text: str, known: Sequence[str], what: str) -> tuple[str, ...] | None:
    """The names in a list with commas, None for an empty one; a KGError for a name that is not known."""
    names = tuple(filter(None, (name.strip() for name in text.split(","))))
    for name in names:
        if name not in known:
            raise KGError(f"no {what} is called {name!r}; there are {', '.join(known)}")
    return names or None


def types_of(options: argparse.Namespace) -> tuple[str, ...] | None:
    """The types of --types."""
    return one_of(options.types, ENTITY_TYPES, "type")


def relations_of(options: argparse.Namespace) -> tuple[str, ...] | None:
    """The relations of --via."""
    return one_of(options.via, (*RELATIONS, "within"), "relation")


def open_store(options: argparse.Namespace) -> "Store":
    """The store of the result that --graph names."""
    from kg.store import open_graph

    try:
        return open_graph(result_folder(options))
    except NotFoundError as error:
        raise ReadError(str(error)) from error


def sliced(graph: "Graph", options: argparse.Namespace) -> "Graph":
    """The graph between --since and --until, itself where neither is given."""
    from kg.graph import between

    since, until = times(options)
    return between(graph, since, until) if since or until else graph


def times(options: argparse.Namespace) -> tuple[str, str]:
    """--since and --until, each a day, a month, a year, or empty."""
    return _day(options.since, "--since"), _day(options.until, "--until")


def _day(text: str, name: str) -> str:
    if text and not _DAY.fullmatch(text):
        raise KGError(f"{name}: {text!r} is no day, month or year like 2020-06-05, 2020-06 or 2020")
    return text


def print_rows(rows: Sequence[dict[str, object]], header: Sequence[str], form: str) -> None:
    """The rows on standard output: a table no wider than the terminal, CSV, or a list in JSON."""
    if form == "json":
        print(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    cells = [[_cell(row[name]) for name in header] for row in rows]
    if form == "csv":
        file = io.StringIO()
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(cells)
        sys.stdout.write(file.getvalue())
        return
    columns = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
    sys.stdout.write(lay_out(header, cells, columns=columns))


def _cell(value: object) -> str:
    if isinstance(value, float):
        return f"{value:.4g}"
    return "、".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
