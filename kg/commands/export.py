"""Write the graph, or a part of it, in the format of another tool.

for example:
  kg export -o graph.jsonld
  kg export --format nt | gzip > graph.nt.gz
  kg export -o graph.trig                        # a named graph for each article
  kg export --format ttl12 -o graph.ttl          # RDF 1.2: facts as reifiers
  kg export -o network.gexf                      # for Gephi; .graphml for yEd
  kg export --format csv -o tables               # a folder of tables for pandas; neo4j for Neo4j's importer
  kg export -o lead.ttl --type Person,Office --since 2020-01-01 --provenance document
  kg export --format void --licence https://creativecommons.org/licenses/by/4.0/ -o dataset.ttl
"""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from kg.commands.options import add_graph, result_folder, write_file
from kg.commands.terminal import Terminal
from kg.errors import BuildError, KGError

if TYPE_CHECKING:
    from kg.export import Choice

_FORMATS = ("ttl", "nt", "nq", "trig", "jsonld", "rdf", "ttl12", "graphml", "gexf", "void", "csv", "neo4j")
_FOLDERS = ("csv", "neo4j")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument("-o", "--out", type=Path, metavar="FILE", help="write there; a folder, for tables")
    parser.add_argument("--format", choices=_FORMATS, help="(default: by the suffix of -o, else ttl)")
    parser.add_argument(
        "--provenance", choices=("span", "document", "none"), default="span",
        help="facts with their sentences (default), with their articles, or bare, without what is only announced",
    )  # fmt: skip
    parser.add_argument("--base", default="", metavar="IRI", help="where the IRIs shall begin")
    parser.add_argument("--type", default="", metavar="TYPE,…", help="only things of these types, and their facts")
    parser.add_argument("--since", default="", metavar="DAY", help="only what articles of this day or later say")
    parser.add_argument("--until", default="", metavar="DAY", help="only what articles of this day or earlier say")
    parser.add_argument(
        "--article", action="append", default=[], metavar="NAME", help="only what this article says; may be given again"
    )
    parser.add_argument("--licence", default="", metavar="IRI", help="of the data, for the description (--format void)")
    add_graph(parser)


def run(options: argparse.Namespace, terminal: Terminal) -> int:
    """Write the graph."""
    form = options.format or (options.out.suffix.removeprefix(".").lower() if options.out else "ttl")
    if form not in _FORMATS or (form == "csv" and not options.format):
        raise KGError(f"{options.out}: which format? name it .{', .'.join(_FORMATS[:9])}, or give --format")
    if options.licence and form != "void":
        raise KGError("--licence is for the description of the data set: --format void")
    choice = _choice(options)
    source = result_folder(options)
    if form in _FOLDERS:
        return _folder(source, form, choice, options, terminal)
    from kg.export import pieces

    found = pieces(source, form, choice, options.licence)
    if options.out is None:
        for piece in found:
            sys.stdout.buffer.write(piece)
        return 0
    first = next(found, b"")  # what cannot be done is told before a file is made
    size = len(first)
    try:
        options.out.parent.mkdir(parents=True, exist_ok=True)
        with options.out.open("wb") as file:
            file.write(first)
            for piece in found:
                size += file.write(piece)
    except OSError as error:
        raise BuildError(f"{options.out}: cannot be written ({error.strerror})") from error
    terminal.say(f"{options.out}: {size:,} bytes")
    return 0


def _choice(options: argparse.Namespace) -> "Choice":
    import datetime

    from kg.export import Choice
    from kg.vocabulary import check_base

    for day in (options.since, options.until):
        try:
            if day and datetime.date.fromisoformat(day).isoformat() != day:
                raise ValueError
        except ValueError:
            raise KGError(f"{day!r} is no day like 2020-06-05") from None
    return Choice(
        options.provenance, frozenset(filter(None, options.type.split(","))), options.since, options.until,
        frozenset(options.article), check_base(options.base) if options.base else "",
    )  # fmt: skip


def _folder(source: Path, form: str, choice: "Choice", options: argparse.Namespace, terminal: Terminal) -> int:
    from kg.export import export_folder

    if options.out is None:
        raise KGError(f"{form} is a folder of tables: name it with -o")
    for name, content in export_folder(source, form, choice).items():
        write_file(options.out / name, content)
        terminal.say(f"{options.out / name}: {len(content):,} bytes")
    return 0
