"""The same of files anywhere: local paths, and the addresses that fsspec knows (s3://, gs://, hdfs://, memory://)."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from kg.errors import KGError, ReadError
from kg.knowledge import Knowledge
from kg.model import Document
from kg.read.documents import documents_in
from kg.read.encoding import unzip
from kg.read.files import STDIN, Listing, is_text, kind_of, list_files, require_texts


def list_anywhere(paths: Iterable[str | Path]) -> Listing:
    """Each file once, as `list_files` gives them; local ones with their whole path, which other machines find."""
    files: dict[str, None] = {}
    passed_over: list[str] = []
    for path in map(str, paths):
        if path == STDIN:
            raise KGError("a cluster cannot read standard input; give files or folders that all its workers reach")
        if "://" not in path:
            listing = list_files([path])
            files.update(dict.fromkeys(str(Path(one).resolve()) for one in listing.files))
            passed_over += listing.passed_over
            continue
        system, inner = _system(path)
        if system.isfile(inner):
            if not kind_of(path):
                raise ReadError(f"{path}: this format cannot be read")
            files[system.unstrip_protocol(inner)] = None
            continue
        names = system.find(inner)
        if not names:
            raise ReadError(f"{path}: no such file or folder")
        shown = [system.unstrip_protocol(name) for name in names if not _hidden(name, inner)]
        texts, others = require_texts(
            path, [one for one in shown if is_text(one)], [one for one in shown if not is_text(one)]
        )
        files.update(dict.fromkeys(texts))
        passed_over += others
    return Listing(tuple(files), tuple(passed_over))


def read_anywhere(file: str, given: Mapping[str, str], knowledge: Knowledge) -> Iterator[tuple[str, Document, bool]]:
    """The documents of one file in its order, each with its place, and whether it is a record."""
    system, inner = _system(file)
    try:
        raw: bytes = system.cat_file(inner)
    except OSError as error:
        raise ReadError(f"{file}: cannot be read ({error.strerror or type(error).__name__})") from error
    yield from documents_in(unzip(raw, file), file, kind_of(file), given, knowledge)


def size_of(file: str) -> int:
    """The bytes of a file; 0 where its system does not say."""
    system, inner = _system(file)
    return int(system.size(inner) or 0)


def _system(path: str) -> tuple[Any, str]:
    import fsspec

    try:
        system, inner = fsspec.core.url_to_fs(path)
    except (ImportError, ValueError) as error:
        raise ReadError(f"{path}: {error}") from error
    return system, inner


def _hidden(name: str, folder: str) -> bool:
    below = name.removeprefix(folder.rstrip("/"))
    return any(part.startswith(".") for part in below.split("/"))
