"""What is in a store already, written down after each part, so that a push that broke off can go on."""

import contextlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path

from kg.errors import BuildError, ReadError
from kg.model import short_hash
from kg.push.stores import Target


@dataclass(frozen=True, slots=True)
class Record:
    """So many triples of the graph with that digest are in that graph of that store.

    `staging`: in one beside it, whose content is in the graph itself as soon as it is `placed`.
    """

    graphs: str
    graph: str
    staging: str
    digest: str
    triples: int = 0
    placed: bool = False


def record_path(folder: Path, target: Target, *, replace: bool) -> Path:
    """Where the record of a push to that graph lies; each target has its own."""
    return folder / f"push-{short_hash(target.graphs, target.graph, 'replace' * replace)}.json"


def read_record(path: Path) -> Record | None:
    """The record, or None where none lies; ReadError for what is no record."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        graphs, graph, staging, digest = (str(content[name]) for name in ("graphs", "graph", "staging", "digest"))
        return Record(graphs, graph, staging, digest, int(content["triples"]), bool(content["placed"]))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ReadError(f"{path}: no record of a push; remove it, and push without --resume") from error


def write_record(path: Path, record: Record) -> None:
    """Put the record in the place of the one before; BuildError if the folder takes none."""
    new = path.with_name(path.name + ".new")
    try:
        new.write_text(json.dumps(asdict(record), indent=1) + "\n", encoding="utf-8")
        new.replace(path)
    except OSError as error:
        raise BuildError(f"{path}: cannot be written ({error.strerror}); name another place with --record") from error


def drop_record(path: Path) -> None:
    """The push is done; nothing is left to go on with."""
    with contextlib.suppress(FileNotFoundError):
        path.unlink()
