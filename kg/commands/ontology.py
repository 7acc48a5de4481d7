"""Print the vocabulary of the graph: as RDF for stores, as a page for people.

for example:
  kg ontology -o ontology.html            # every class and property, in Chinese and English
  kg ontology -o ontology.ttl
  kg ontology --format rdf --base https://example.org/news/ > ontology.rdf
"""

import argparse
import sys
from pathlib import Path

from kg.commands.options import write_file
from kg.commands.terminal import Terminal
from kg.errors import KGError

_FORMATS = ("ttl", "nt", "rdf", "jsonld", "html", "md")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument("-o", "--out", type=Path, metavar="FILE", help="write there instead of printing")
    parser.add_argument("--format", choices=_FORMATS, help="(default: by the suffix of -o, else ttl)")
    parser.add_argument("--html", dest="format", action="store_const", const="html", help="the same as --format html")
    parser.add_argument("--base", metavar="IRI", help="where the IRIs of terms begin, if your graph has its own")


def run(options: argparse.Namespace, terminal: Terminal) -> int:
    """Write the ontology."""
    from kg.glossary import to_html, to_markdown
    from kg.ontology import ontology
    from kg.vocabulary import BASE

    form = options.format or (options.out.suffix.removeprefix(".").lower() if options.out else "ttl")
    if form not in _FORMATS:
        raise KGError(f"{options.out}: which format? name it .{', .'.join(_FORMATS)}, or give --format")
    base = options.base or BASE
    pages = {"html": to_html, "md": to_markdown}
    text = pages[form](base) if form in pages else ontology(base, form)
    if options.out:
        write_file(options.out, text.encode())
        terminal.say(f"{options.out}: {len(text.encode()):,} bytes")
    else:
        sys.stdout.write(text)
    return 0
