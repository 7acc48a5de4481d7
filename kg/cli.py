"""The command line: finds the command, runs it, and turns what goes wrong by a user's mistake into one line."""

import argparse
import importlib
import os
import sys
from collections.abc import Sequence
from io import TextIOWrapper

import kg
from kg.commands.terminal import INTERRUPTED, Terminal
from kg.errors import KGError

COMMANDS = (
    "build", "extract",
    "query", "show", "why",
    "path", "near", "rank", "communities",
    "export", "push", "view", "serve",
    "check", "score", "diff", "ontology",
)  # fmt: skip
_ABOUT = "Turns Chinese official news into a knowledge graph in which every fact leads to its sentence."
_EXITS = "exit codes: 0 fine, 1 findings (or nothing found), 2 usage, 3 unreadable input, 4 a store refused"
_BROKEN_PIPE = 141


def parser(commands: Sequence[str] = COMMANDS) -> argparse.ArgumentParser:
    """The parser of the commands, all of them by default; a command's own imports wait until it runs."""
    top = argparse.ArgumentParser(
        prog="kg", description=_ABOUT, epilog=_EXITS, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    top.add_argument("--version", action="version", version=f"%(prog)s {kg.__version__}")
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("-q", "--quiet", action="store_true", help="errors only")
    common.add_argument("-v", "--verbose", action="store_true", help="say what is done, and warn in full")
    parsers = top.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for name in commands:
        module = importlib.import_module(f"kg.commands.{name}")
        summary, _, examples = str(module.__doc__).partition("\n\n")
        command = parsers.add_parser(
            name,
            parents=[common],
            help=summary,
            description=summary,
            epilog=f"{examples.rstrip()}\n\n{_EXITS}",
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        module.add_arguments(command)
        command.set_defaults(run=module.run)
    return top


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # a terminal of the C locale would refuse every name
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    options = _parse(arguments)
    terminal = Terminal(quiet=options.quiet, verbose=options.verbose)
    try:
        code: int = options.run(options, terminal)
        sys.stdout.flush()
        return code
    except KGError as error:
        terminal.clear()
        terminal.error(str(error))
        return error.exit_code
    except BrokenPipeError:
        # Whoever reads has read enough; Python's own flush at exit must not complain about it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _BROKEN_PIPE
    except KeyboardInterrupt:
        terminal.clear()
        terminal.error("interrupted")
        return INTERRUPTED


def _parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    """The options; those that a command has not declared are its own `more`, if it takes any, else an error."""
    first = next(iter(sys.argv[1:] if arguments is None else arguments), "")
    # What the command line does not name is not even imported.
    top = parser((first,) if first in COMMANDS else () if first == "--version" else COMMANDS)
    options, rest = top.parse_known_args(arguments)
    takes_more = getattr(importlib.import_module(options.run.__module__), "more", None)
    if rest and takes_more is None:
        top.error(f"unrecognized arguments: {' '.join(rest)}")
    options.more = takes_more(rest) if takes_more else []
    return options
