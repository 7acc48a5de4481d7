"""Paths as the user gives them become the files that hold texts, in an order that does not depend on the disk."""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from kg.errors import ReadError

STDIN = "-"
_ABOUT_THE_FOLDER = "readme"  # README.md beside the articles is none of them
KINDS = ("txt", "md", "html", "htm", "docx", "pdf", "jsonl", "csv")
_HOW = f"give {', '.join(f'.{kind}' for kind in KINDS if kind != 'htm')} (also .gz)"


@dataclass(frozen=True, slots=True)
class Listing:
    """The files to read (`-` is standard input), and those in the folders that are no texts."""

    files: tuple[str, ...]
    passed_over: tuple[str, ...]


def kind_of(path: str | Path) -> str:
    """The suffix that tells the format; for a format that cannot be read, an empty string.

    >>> kind_of("a/2020-06-05.TXT"), kind_of("news.jsonl.gz"), kind_of("news.odt")
    ('txt', 'jsonl', '')
    """
    suffix = Path(str(path).lower().removesuffix(".gz")).suffix.removeprefix(".")
    return suffix if suffix in KINDS else ""


def list_files(paths: Iterable[str | Path]) -> Listing:
    """Each file once: those named in their order, those of a folder sorted by path."""
    files: dict[str, str] = {}
    passed_over: list[str] = []
    for path in map(str, paths):
        if path == STDIN:
            files.setdefault(STDIN, STDIN)
            continue
        if not Path(path).exists():
            raise ReadError(f"{path}: no such file or folder")
        if Path(path).is_dir():
            texts, others = _in_folder(path)
            passed_over += others
        else:
            texts = [path]
            if Path(path).is_file() and not kind_of(path):
                raise ReadError(f"{path}: this format cannot be read; {_HOW}, or a text through `-`")
        for text in texts:
            files.setdefault(os.path.realpath(text), text)
    return Listing(tuple(files.values()), tuple(passed_over))


def _in_folder(folder: str) -> tuple[list[str], list[str]]:
    """The texts below the folder and what else lies there, hidden files left out."""

    def refuse(error: OSError) -> None:
        raise ReadError(f"{error.filename}: cannot be read ({error.strerror})") from error

    texts: list[str] = []
    others: list[str] = []
    for parent, folders, names in os.walk(folder, onerror=refuse):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in names:
            if not name.startswith("."):
                (texts if is_text(name) else others).append(str(Path(parent, name)))
    return require_texts(folder, texts, others)


def is_text(name: str) -> bool:
    """Whether a file of that name in a folder is an article, or several."""
    return bool(kind_of(name)) and Path(name).stem.lower() != _ABOUT_THE_FOLDER


def require_texts(folder: str, texts: Iterable[str], others: Iterable[str]) -> tuple[list[str], list[str]]:
    """Both sorted; a ReadError if there is no text."""
    found, rest = sorted(texts), sorted(others)
    if not found:
        beside = f" ({len(rest)} other file{'s' * (len(rest) > 1)}, such as {rest[0]})" if rest else ""
        raise ReadError(f"{folder}: no text in this folder{beside}; {_HOW}")
    return found, rest
