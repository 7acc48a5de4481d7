"""Shards on storage that all machines reach: documents and facts as Parquet, triples as sorted N-Triples.

A shard is written under another name and then renamed, or put at once where the storage does so; done again, it has the
same bytes. So whoever dies in the middle leaves nothing that another could take for a whole.
"""

import io
import json
import uuid
from collections.abc import Iterable, Iterator
from typing import Any

import fsspec
import pyarrow
import pyarrow.parquet as parquet

from kg.errors import BuildError
from kg.model import Document, Facts
from kg.plain import from_plain, to_plain

_DOCUMENTS = pyarrow.schema(
    [(name, pyarrow.string()) for name in ("id", "name", "text", "title", "published", "source", "url")]
)
# `facts` holds everything, to the last field; the columns before it are for whoever looks in with DuckDB or Spark.
_FACTS = pyarrow.schema([
    ("id", pyarrow.string()),
    ("name", pyarrow.string()),
    ("published", pyarrow.string()),
    ("entities", pyarrow.list_(pyarrow.struct([(name, pyarrow.string()) for name in ("id", "type", "name")]))),
    ("statements", pyarrow.list_(
        pyarrow.struct([(name, pyarrow.string()) for name in ("subject", "predicate", "object", "modality")])
    )),
    ("facts", pyarrow.string()),
])  # fmt: skip


def write_documents(url: str, documents: Iterable[Document]) -> None:
    """A shard of documents, as they were read."""
    rows = [{name: getattr(one, name) for name in _DOCUMENTS.names} for one in documents]
    _write_table(url, rows, _DOCUMENTS)


def read_documents(url: str) -> Iterator[Document]:
    """The documents of a shard in their order."""
    for row in _read_table(url):
        yield Document(**row)


def write_facts(url: str, facts: Iterable[Facts]) -> None:
    """A shard of facts, without the texts."""
    _write_table(url, [_row(one) for one in facts], _FACTS)


def read_facts(url: str, documents: str) -> Iterator[Facts]:
    """The facts of a shard, with their documents from theirs; equal in every field to what was written."""
    by_id = {one.id: one for one in read_documents(documents)}
    for row in _read_table(url, ["id", "facts"]):
        yield from_plain(by_id[row["id"]], json.loads(row["facts"]))


def _row(facts: Facts) -> dict[str, Any]:
    statements = []
    for one in facts.statements:
        subject, predicate, thing = one.triple
        modality = min(it.modality for it in one.evidence)
        statements.append({"subject": subject, "predicate": predicate, "object": thing, "modality": modality})
    return {
        "id": facts.document.id, "name": facts.document.name, "published": facts.document.published,
        "entities": [{"id": one.id, "type": one.type, "name": one.name} for one in facts.entities],
        "statements": statements,
        "facts": json.dumps(to_plain(facts), ensure_ascii=False, separators=(",", ":")),
    }  # fmt: skip


def _write_table(url: str, rows: list[dict[str, Any]], schema: pyarrow.Schema) -> None:
    buffer = io.BytesIO()
    parquet.write_table(pyarrow.Table.from_pylist(rows, schema=schema), buffer, compression="zstd")
    write_whole(url, buffer.getvalue())


def _read_table(url: str, columns: list[str] | None = None) -> list[dict[str, Any]]:
    table = parquet.read_table(io.BytesIO(read_whole(url)), columns=columns)
    rows: list[dict[str, Any]] = table.to_pylist()
    return rows


def write_whole(url: str, content: bytes) -> None:
    """The file with this content, or none of it."""
    system, path = fsspec.core.url_to_fs(url)
    try:
        system.makedirs(system._parent(path), exist_ok=True)
        if "file" in system.protocol:
            aside = f"{path}.{uuid.uuid4().hex}"
            system.pipe_file(aside, content)
            system.mv(aside, path)
        else:
            system.pipe_file(path, content)
    except OSError as error:
        raise BuildError(f"{url}: cannot be written ({error.strerror or type(error).__name__})") from error


def read_whole(url: str) -> bytes:
    """What a file holds."""
    system, path = fsspec.core.url_to_fs(url)
    try:
        content: bytes = system.cat_file(path)
    except OSError as error:
        raise BuildError(f"{url}: cannot be read ({error.strerror or type(error).__name__})") from error
    return content


def clear(url: str) -> None:
    """Take away the shards of an earlier build; nothing else that lies there."""
    system, path = fsspec.core.url_to_fs(url)
    for part in PARTS:
        folder = f"{path.rstrip('/')}/{part}"
        if system.exists(folder):
            system.rm(folder, recursive=True)


PARTS = ("documents", "facts", "triples")


def part_url(root: str, part: str, number: str) -> str:
    """Where a shard lies: ROOT/facts/part-00012.parquet."""
    suffix = "nt" if part == "triples" else "parquet"
    return f"{root.rstrip('/')}/{part}/part-{number}.{suffix}"
