"""Ask the graph: a named query with its parameters, SPARQL as text, a file (.rq, .sparql), or - for standard input.

for example:
  kg query --list
  kg query offices person=龚正
  kg query holder-on --office 江苏省省长 --date 2020-06-05
  kg query attendees 2020年度长三角地区主要领导座谈会 --format csv
  kg query 'SELECT ?name { ?p a kg:Person ; rdfs:label ?name }' -o people.json
"""

import argparse
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from kg.commands.options import add_graph, result_folder, write_file
from kg.commands.terminal import Terminal
from kg.errors import QueryError

if TYPE_CHECKING:
    from kg.query import NamedQuery

_FORMATS = ("table", "csv", "tsv", "json")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument("query", nargs="?", help="a name of --list, SPARQL, a file, or -")
    parser.add_argument("given", nargs="*", metavar="NAME=VALUE", help="parameters; a bare value is the next one's")
    parser.add_argument("--list", action="store_true", help="list the named queries and their parameters")
    parser.add_argument("--format", choices=_FORMATS, help="(default: by the suffix of -o, else table)")
    parser.add_argument("-o", "--out", type=Path, metavar="FILE", help="write there instead of printing")
    parser.add_argument("--limit", type=int, metavar="N", help="at most N rows")
    add_graph(parser)


def run(options: argparse.Namespace, terminal: Terminal) -> int:
    """Print the answer; 1 if it has no rows."""
    from kg.query import ask, find_query, write_answer
    from kg.store import open_graph

    if options.list:
        print(listing())
        return 0
    if options.query is None:
        raise QueryError("what is the query? `kg query --list` shows those that have a name")
    form = options.format or (options.out.suffix.removeprefix(".") if options.out else "table")
    if form not in _FORMATS:
        raise QueryError(f"{options.out}: no answer can be written as {form!r}; name it .csv, .tsv or .json")
    what = sys.stdin.read() if options.query == "-" else options.query
    given = parameters(find_query(what), [*options.given, *options.more])
    answer = ask(open_graph(result_folder(options)), what, given, limit=options.limit)
    columns = shutil.get_terminal_size().columns if not options.out and sys.stdout.isatty() else None
    text = write_answer(answer, form, columns=columns)
    if options.out:
        write_file(options.out, text.encode())
    else:
        sys.stdout.write(text)
    more = ", and there are more" if answer.cut else ""
    terminal.say(f"{len(answer.rows)} row{'s' * (len(answer.rows) != 1)} in {answer.seconds:.3f} s{more}")
    return 0 if answer.rows else 1


def more(words: list[str]) -> list[str]:
    """Options that argparse does not know, `--office X` or `--office=X`, as parameters: office=X."""
    given = []
    rest = iter(words)
    for word in rest:
        if not word.startswith("--"):
            given.append(word)
        elif "=" in word:
            given.append(word.removeprefix("--"))
        else:
            given.append(f"{word.removeprefix('--')}={next(rest, '')}")
    return given


def parameters(query: "NamedQuery", given: list[str]) -> dict[str, str]:
    """The values by parameter: name=value, or a bare value for the first parameter that has none yet."""
    names = [parameter.name for parameter in query.parameters]
    values: dict[str, str] = {}
    for word in given:
        name, equals, value = word.partition("=")
        if not equals:
            free = [one for one in names if one not in values]
            if not free:
                raise QueryError(f"query {query.name} has no parameter left for {word!r}")
            name, value = free[0], word
        if name in values:
            raise QueryError(f"{name} is given twice")
        values[name] = value
    return values


def listing() -> str:
    """The named queries, each with its parameters and an example."""
    from kg.query import named_queries

    lines = []
    for query in named_queries():
        lines.append(f"{query.name}\n    {query.title}")
        lines += [f"    {one.name} ({one.kind}{'=' + one.default if one.default else ''}): {one.note}"
                  for one in query.parameters]  # fmt: skip
        lines.append(f"    $ {query.example}")
    return "\n".join(lines)
