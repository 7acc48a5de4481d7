"""Load the graph into a running store by the SPARQL 1.1 Graph Store Protocol, in parts that can be gone on with.

A user and password are taken from KG_PUSH_USER and KG_PUSH_PASSWORD, a token from KG_PUSH_TOKEN, or both from the first
line of a file (USER:PASSWORD, or the token), or from ~/.netrc; never from the command line.

for example:
  kg push http://localhost:7878 --store oxigraph --graph https://example.org/news
  kg push http://localhost:3030/news/data out --replace      # Fuseki, by the end of its address
  kg push http://localhost:8890/sparql-graph-crud-auth --graph https://example.org/news --credentials dba.txt
  kg push http://localhost:7878/store --dry-run              # only say what would be sent
  kg push http://localhost:7878/store --resume               # go on where the last push broke off
"""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from kg.commands.terminal import Terminal
from kg.errors import KGError, ReadError

if TYPE_CHECKING:
    from kg.push import Credentials, Plan, Pushed

_WAYS = {
    "add": "added to {what} by POST",
    "put": "in the place of {what}, in one step, by PUT",
    "staging": "by POST to a staging graph, which then takes the place of {what} in one step, by COPY",
    "empty first": "in the place of {what} by DELETE and POST: until all are in, who asks gets a part",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument("url", metavar="URL", help="the store, its dataset or repository, or where it takes graphs")
    parser.add_argument(
        "source", nargs="?", type=Path, default=Path("out"), metavar="OUT",
        help="where `kg build` wrote, or a .nt or .ttl file (default: out)",
    )  # fmt: skip
    parser.add_argument("--store", default="", metavar="KIND", help="such as oxigraph, where URL leaves that open")
    parser.add_argument("--graph", default="", metavar="IRI", help="a graph in the store (default: its default one)")
    parser.add_argument("--replace", action="store_true", help="put it in the place of what is in the graph")
    parser.add_argument("--resume", action="store_true", help="go on where the same push broke off")
    parser.add_argument("--dry-run", action="store_true", help="say what would be sent, and send nothing")
    parser.add_argument("--auth", choices=("none", "basic", "digest", "bearer"), help="(default: as the store has it)")
    parser.add_argument("--credentials", type=Path, metavar="FILE", help="its first line is USER:PASSWORD, or a token")
    parser.add_argument("--chunk", type=int, default=0, metavar="BYTES", help="at most so many a request")
    parser.add_argument("--retries", type=int, default=5, metavar="N", help="tries after the first (default: 5)")
    parser.add_argument("--timeout", type=float, default=300.0, metavar="S", help="wait so long for an answer")
    parser.add_argument("--record", type=Path, metavar="FILE", help="what is in already (default: beside the graph)")


def run(options: argparse.Namespace, terminal: Terminal) -> int:
    """Push, and say what is in."""
    try:
        from kg.push import Transport, aim, find_credentials, plan, push, read_source
    except ImportError as error:
        raise KGError(f"kg push needs {error.name}; install it with: pip install 'kg-chinese-news[push]'") from error

    if options.chunk < 0 or options.retries < 0 or options.timeout <= 0:
        raise KGError("--chunk and --retries are no less than 0, --timeout is more")
    target = aim(options.url, store=options.store, graph=options.graph)
    credentials = find_credentials(target, file=options.credentials, scheme=options.auth)
    if not options.source.exists():
        raise ReadError(f"{options.source}: no result there; run `kg build PATHS -o {options.source}` first")
    source = read_source(options.source)
    if not source.triples:
        raise ReadError(f"{source.name}: has no triples")
    planned = plan(source, target, over=options.replace, chunk=options.chunk, record=options.record)
    if options.dry_run:
        print(told(planned, credentials))
        return 0
    if credentials.scheme in ("basic", "bearer") and target.graphs.startswith("http://") and not _local(target.graphs):
        terminal.say("warning: over http:// others on the way can read the credentials; https:// hides them")

    def progress(triples: int) -> None:
        terminal.progress(f"{triples:,} of {source.triples:,} triples")

    def tell(message: str) -> None:
        terminal.clear()
        terminal.say(message)

    transport = Transport(credentials, timeout=options.timeout, retries=options.retries, tell=tell)
    pushed = push(planned, transport, resume=options.resume, progress=progress, tell=tell)
    terminal.clear()
    print(done(planned, pushed))
    return 0


def told(planned: "Plan", credentials: "Credentials") -> str:
    """What would be sent, where, how and as whom; no secret in it."""
    source, target = planned.source, planned.target
    requests = planned.requests
    return "\n".join((
        f"what   {source.triples:,} triples of {source.name}, {source.size:,} bytes",
        f"where  {target.graphs}, {target.kind.title}, {target.what}",
        f"how    {_WAYS[planned.way].format(what=target.what)}; {requests} request{'s' * (requests != 1)}",
        f"as     {credentials.told}",
        "Nothing was sent.",
    ))  # fmt: skip


def done(planned: "Plan", pushed: "Pushed") -> str:
    """What is in the store now."""
    before = f" ({pushed.skipped:,} before it broke off)" if pushed.skipped else ""
    counted = "" if pushed.counted is None else f"; the store counts {pushed.counted:,} there"
    where = f"{planned.target.what} of {planned.target.graphs}"
    return f"{planned.source.triples:,} triples{before} are in {where}{counted}"


def _local(url: str) -> bool:
    from ipaddress import ip_address
    from urllib.parse import urlsplit

    host = urlsplit(url).hostname or ""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
