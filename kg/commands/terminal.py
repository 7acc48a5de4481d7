"""What is said to the person at the terminal; data never pass here."""

import sys
import time
from dataclasses import dataclass, field

from kg.table import fit, visible

INTERRUPTED = 130


@dataclass(frozen=True, slots=True)
class Pace:
    """How far a long work is, how quick, and how long it will take."""

    begun: float = field(default_factory=time.monotonic)

    def told(self, done: int, total: int) -> str:
        """For people: 1,200 / 3,000  85/s  0:21 left."""
        rate = done / max(time.monotonic() - self.begun, 1e-3)
        minutes, seconds = divmod(round((total - done) / rate), 60)
        return f"{done:,} / {total:,}  {rate:,.0f}/s  {minutes}:{seconds:02} left"


@dataclass(frozen=True, slots=True)
class Terminal:
    """Messages on stderr: all but errors are silent with --quiet, details need --verbose, progress a terminal."""

    quiet: bool = False
    verbose: bool = False

    def error(self, message: str) -> None:
        """What kept the command from its work."""
        print(f"kg: {visible(message)}", file=sys.stderr)

    def say(self, message: str) -> None:
        """What the person should know."""
        if not self.quiet:
            print(visible(message), file=sys.stderr)

    def detail(self, message: str) -> None:
        """What only the curious want to know."""
        if self.verbose and not self.quiet:
            print(visible(message), file=sys.stderr)

    def progress(self, message: str) -> None:
        """What is being done just now; the next message takes its place."""
        if not self.quiet and sys.stderr.isatty():
            print(f"\r\x1b[K{fit(visible(message), 70).rstrip()}", end="", file=sys.stderr, flush=True)

    def clear(self) -> None:
        """Take the last progress message away."""
        self.progress("")


def mark() -> tuple[str, str]:
    """How the words of a sentence are marked on standard output: in colour on a terminal, else by brackets."""
    from kg.tell import BOLD, BRACKETS

    return BOLD if sys.stdout.isatty() else BRACKETS
