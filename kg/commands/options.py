"""Options that several commands share."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import BuildError, KGError, ReadError

if TYPE_CHECKING:
    from kg.model import Assembly


def add_inputs(parser: argparse.ArgumentParser) -> None:
    """The texts to read, and what is to be said of those that do not say it themselves."""
    parser.add_argument(
        "paths", nargs="+", metavar="PATH",
        help="files and folders: .txt .md .html .docx .pdf .jsonl .csv (also .gz); - is stdin",
    )  # fmt: skip
    parser.add_argument("--published", default="", metavar="DATE", help="day of publication where a text shows none")
    parser.add_argument("--title", default="", help="title where a text shows none")
    parser.add_argument("--source", default="", metavar="OUTLET", help="outlet where a text shows none")
    add_knowledge(parser)


def add_knowledge(parser: argparse.ArgumentParser) -> None:
    """Folders of the user's own tables, words, patterns and rules."""
    parser.add_argument(
        "--knowledge", action="append", default=[], metavar="DIR",
        help="a folder with your own tables/, words/, patterns/ and rules/; may be given again",
    )  # fmt: skip


def add_graph(parser: argparse.ArgumentParser) -> None:
    """The result of a build."""
    parser.add_argument("-g", "--graph", default="out", metavar="OUT", help="where `kg build` wrote (default: out)")


def knowledge_folders(options: argparse.Namespace) -> tuple[Path, ...]:
    """The folders that --knowledge names; each is there."""
    folders = tuple(Path(name) for name in options.knowledge)
    for folder in folders:
        if not folder.is_dir():
            raise ReadError(f"{folder}: no such folder of knowledge")
        if not any((folder / part).is_dir() for part in ("tables", "words", "patterns", "rules")):
            raise KGError(f"{folder}: has no tables/, words/, patterns/ or rules/ in it")
    return folders


def open_assembly(options: argparse.Namespace) -> "Assembly":
    """The assembly of the result that --graph names."""
    from kg.reopen import reopen

    assembly, _ = reopen(result_file(options, "graph.nt"))
    return assembly


def result_file(options: argparse.Namespace, name: str) -> Path:
    """A file of the result that --graph names; it is there."""
    path = result_folder(options) / name
    if not path.exists():
        raise ReadError(f"{options.graph}: no {name} in it; run `kg build PATHS -o {options.graph}` again")
    return path


def result_folder(options: argparse.Namespace) -> Path:
    """The result that --graph names; it is there."""
    folder = Path(options.graph)
    if not folder.exists():
        raise ReadError(f"{folder}: no result there; run `kg build PATHS -o {folder}` first, or name another with -g")
    return folder


def write_file(path: Path, content: bytes) -> None:
    """Write the content; a BuildError if that cannot be done."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    except OSError as error:
        raise BuildError(f"{path}: cannot be written ({error.strerror})") from error
