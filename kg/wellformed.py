"""XML as Oxigraph writes it → XML that every parser takes, and reads as what was meant.

Oxigraph writes each character as it is. XML can hold neither most control characters nor U+FFFE and U+FFFF, and a
parser reads a bare carriage return as a line feed.
"""

import re
from typing import IO

_WRONG = re.compile(rb"[\x00-\x08\x0b-\x1f]|\xef\xbf[\xbe\xbf]")
_BEGUN = re.compile(rb"\xef\xbf?\Z")


class WellFormed:
    """A file that gives bytes of XML on to another: U+FFFD for what XML cannot hold, `&#13;` for a carriage return."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._held = b""  # the beginning of a character; XML ends with >, so that nothing is held back for good

    def write(self, piece: bytes) -> int:
        """Write the next piece; a character may begin in one and end in the next."""
        whole = self._held + piece
        begun = _BEGUN.search(whole)
        self._held = begun[0] if begun else b""
        self._file.write(_WRONG.sub(_right, whole.removesuffix(self._held)))
        return len(piece)

    def flush(self) -> None:
        """Give on what is held back by the other file."""
        self._file.flush()


def _right(found: re.Match[bytes]) -> bytes:
    return b"&#13;" if found[0] == b"\r" else "\ufffd".encode()
