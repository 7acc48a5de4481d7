"""Serve a graph: a SPARQL endpoint, read-only, and pages to ask and to read with a browser.

for example:
  kg serve out
  kg serve out --port 0 --open
  kg serve out --timeout 5 --workers 4
  curl -H 'Accept: text/csv' http://127.0.0.1:8000/sparql --data-urlencode 'query=SELECT * { ?s ?p ?o } LIMIT 3'
"""

import argparse
from pathlib import Path

from kg.commands.terminal import Terminal
from kg.errors import KGError

_INSTALL = "kg serve needs the extra `serve`: pip install 'kg-chinese-news[serve]'"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument("graph", nargs="?", default="out", metavar="OUT",
                        help="where `kg build` wrote, or a .nt or .ttl file (default: out)")  # fmt: skip
    parser.add_argument("--host", default="127.0.0.1", help="address to listen at (default: 127.0.0.1, this machine)")
    parser.add_argument("--port", type=int, default=8000, help="0 takes any that is free (default: 8000)")
    parser.add_argument("--open", action="store_true", help="open the page in the browser")
    parser.add_argument("--timeout", type=float, default=30.0, metavar="S", help="seconds for a query (default: 30)")
    parser.add_argument("--workers", type=int, default=2, metavar="N", help="queries at once (default: 2)")
    parser.add_argument("--queue", type=int, default=32, metavar="N", help="queries that may wait (default: 32)")
    parser.add_argument("--max-answer", type=int, default=64, metavar="MB", help="length of an answer (default: 64)")
    parser.add_argument("--memory", type=int, default=2048, metavar="MB", help="memory of a query (default: 2048)")
    parser.add_argument("--allow-host", action="append", default=[], metavar="NAME",
                        help="another name under which the server is asked; may be given again")  # fmt: skip
    parser.add_argument("--cors", action="append", default=[], metavar="ORIGIN",
                        help="a site whose pages may ask, such as https://example.org; * for all")  # fmt: skip


def run(options: argparse.Namespace, terminal: Terminal) -> int:
    """Serve until Ctrl-C; print the address."""
    for name, least in (("workers", 1), ("queue", 0), ("max_answer", 1), ("memory", 64)):
        if getattr(options, name) < least:
            raise KGError(f"--{name.replace('_', '-')} {getattr(options, name)}: at least {least}")
    if not 0 < options.timeout < 1e6:
        raise KGError(f"--timeout {options.timeout:g}: give seconds, more than 0")
    try:
        from kg.serve.pool import Limits
        from kg.serve.run import Options, serve
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] == "kg":
            raise
        raise KGError(_INSTALL) from error

    def ready(address: str) -> None:
        print(address, flush=True)
        terminal.say(f"serving {options.graph}; SPARQL at {address}sparql; Ctrl-C ends it")
        if options.open:
            import webbrowser

            webbrowser.open(address)

    limits = Limits(options.timeout, options.max_answer, options.memory, options.queue)
    how = Options(
        options.host, options.port, options.workers, limits,
        hosts=tuple(options.allow_host), origins=tuple(options.cors),
    )  # fmt: skip
    serve(Path(options.graph), how, ready=ready, log=terminal.detail)
    return 0
