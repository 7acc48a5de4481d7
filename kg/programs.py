"""Regular expressions as the programs that `re` makes of them, to be kept: compiling hundreds takes long.

`re` itself writes down only the pattern. But what it compiles to is a list of numbers for the machine in `_sre`, which
checks them before it takes them. Where a Python has no such machine, the pattern is compiled again.
"""

import re
import sys
from array import array

try:
    import _sre  # type: ignore[import-not-found]  # none of the three is declared
    from re import _compiler, _parser  # type: ignore[attr-defined]
except ImportError:  # another Python than CPython
    _sre = None

_NUMBERS = "I"  # of the machine, as an array holds them

Program = tuple[str, int, bytes, dict[str, int], int]  # the pattern, its flags, numbers, names of groups, how many
# What a program depends on, beside the pattern.
MACHINE = f"{sys.version} {_sre.MAGIC if _sre and array(_NUMBERS).itemsize == _sre.CODESIZE else ''}"


def program_of(pattern: str, flags: int = 0) -> Program:
    """The program of a pattern; a re.error where it cannot be.

    >>> restored(program_of("(?P<area>..)市")).search("临江市")["area"]
    '临江'
    """
    if not MACHINE.endswith(" "):
        parsed = _parser.parse(pattern, flags)
        numbers = array(_NUMBERS, _compiler._code(parsed, flags)).tobytes()
        state = parsed.state
        return pattern, int(flags | state.flags), numbers, dict(state.groupdict), state.groups
    re.compile(pattern, flags)
    return pattern, int(flags), b"", {}, 0


def restored(program: Program) -> re.Pattern[str]:
    """The pattern, as `re.compile` gives it."""
    pattern, flags, numbers, names, groups = program
    if not numbers:
        return re.compile(pattern, flags)
    by_number: list[str | None] = [None] * groups
    for name, number in names.items():
        by_number[number] = name
    made: re.Pattern[str] = _sre.compile(
        pattern, flags, array(_NUMBERS, numbers).tolist(), groups - 1, names, tuple(by_number)
    )
    return made
