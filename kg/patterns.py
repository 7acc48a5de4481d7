"""The notation of kg/data/patterns: regular expressions that stand on lists of words and on one another.

In a pattern, everything is a regular expression in verbose form (blanks mean nothing but in [ ]) but for

    <levels>        any word of kg/data/words/levels.txt, the longest that fits; of a table of two columns, of its first
    <han>           a pattern further up, or of a file before
    {Person}        in a folded sentence, a mention of that type: [{Person}{Event}], [^，。{Person}]{0,8}
    [{Mention}]     a mention of any type
"""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from kg.errors import ReadError
from kg.letters import write_letters

# <levels> in a pattern stands for a list of words or another pattern; the <body> of (?P<body>…) names a group
_REFERENCE = re.compile(r"(?<!\?P)<(\w+)>")


def one_of(words: Iterable[str]) -> str:
    """A regular expression for any of the words, the longest that fits.

    >>> one_of({"召开", "主持", "主持召开"})
    '主持召开|主持|召开'
    """
    return "|".join(map(re.escape, sorted(words, key=lambda word: (-len(word), word))))


class PatternError(ReadError):
    """A pattern that cannot be compiled; the message names it and says what is wrong."""

    def __init__(self, name: str, problem: str) -> None:
        super().__init__(f"pattern {name}: {problem}")
        self.name = name


def read_patterns(path: Path) -> dict[str, str]:
    """The patterns of a TOML file as they are written, by name, in the order of the file."""
    import tomllib

    try:
        patterns = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise ReadError(f"{path}: not TOML: {error}") from error
    if wrong := sorted(name for name, pattern in patterns.items() if not isinstance(pattern, str)):
        raise ReadError(f"{path}: {wrong[0]} is no pattern; write it as {wrong[0]} = '''…'''")
    return patterns


def compile_patterns(
    written: Mapping[str, str], lists: Mapping[str, Iterable[str]]
) -> dict[str, re.Pattern[str]]:
    """The patterns compiled; a PatternError for the first that cannot be.

    >>> patterns = compile_patterns({"level": "<levels>级"}, {"levels": frozenset({"区", "自治区"})})
    >>> patterns["level"].pattern
    '(?:自治区|区)级'
    """
    full: dict[str, str] = {}

    def write_out(reference: re.Match[str]) -> str:
        name = reference[1]
        written = full[name] if name in full else one_of(lists[name])
        # Where it is the whole of an alternative, no group is needed, and without one `re` skips to where it can begin.
        before, after = reference.string[: reference.start()].rstrip(), reference.string[reference.end() :].lstrip()
        is_alternative = (not before or before.endswith("|")) and (not after or after.startswith("|"))
        return written if is_alternative else f"(?:{written})"

    compiled = {}
    for name, pattern in written.items():
        try:
            typed = write_letters(pattern)
        except KeyError as error:
            raise PatternError(name, f"no type of mention is called {error}") from error
        try:
            full[name] = _REFERENCE.sub(write_out, typed)
            compiled[name] = re.compile(full[name], re.VERBOSE)
        except re.error as error:
            raise PatternError(name, str(error)) from error
        except KeyError as error:
            raise PatternError(name, f"no pattern further up and no list of words is called {error}") from error
    return compiled
