"""What can go wrong by a user's mistake: each error is one line for the reader and one exit code for the shell."""

from dataclasses import dataclass


class KGError(Exception):
    """The command cannot be done as asked; the message is one line that says what to do."""

    exit_code = 2


class ReadError(KGError):
    """An input cannot be read; the message names the file and, where there is one, the line."""

    exit_code = 3


class BuildError(KGError):
    """The output cannot be written, or an option of the build makes no sense."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a text: both are counted from 1, the column in code points."""

    line: int
    column: int


class QueryError(KGError):
    """A query is not valid, or a named query lacks a parameter; the place in the query where it is known."""

    def __init__(self, message: str, place: Place | None = None) -> None:
        super().__init__(message)
        self.place = place


class NotFoundError(KGError):
    """The question was understood, and the graph has nothing of that name."""

    exit_code = 1


class StoreError(KGError):
    """A store refused to open, to load or to answer."""

    exit_code = 4
