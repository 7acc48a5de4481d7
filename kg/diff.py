"""Two results side by side: which things and facts the second has gained, and which it has lost."""

import json
from dataclasses import dataclass
from pathlib import Path

from kg.errors import ReadError
from kg.model import Assembly, Statement
from kg.read import json_lines, read_bytes
from kg.reopen import reopen


@dataclass(frozen=True, slots=True, order=True)
class Line:
    """A thing or a fact by its labels, so that results with other ids can be compared."""

    kind: str  # a type, or a relation
    subject: str
    object: str = ""
    modality: str = ""


@dataclass(frozen=True, slots=True)
class Difference:
    """What only one of the two results has: (line, the words that say it), sorted."""

    gained: tuple[tuple[Line, str], ...]
    lost: tuple[tuple[Line, str], ...]


def diff(before: str | Path, after: str | Path) -> Difference:
    """The difference between two results: folders of `kg build`, their graph.nt, or what `kg extract` printed."""
    old, new = read_result(Path(before)), read_result(Path(after))
    return Difference(
        gained=tuple(sorted((line, new[line]) for line in new.keys() - old.keys())),
        lost=tuple(sorted((line, old[line]) for line in old.keys() - new.keys())),
    )


def read_result(path: Path) -> dict[Line, str]:
    """The things and facts of a result with the words that say them, where it has them."""
    if not path.exists():
        raise ReadError(f"{path}: no such result")
    if path.is_dir():
        path = path / "graph.nt"
        if not path.exists():
            raise ReadError(f"{path}: not there; run `kg build PATHS -o {path.parent}` first")
    if path.suffix == ".nt":
        assembly, _ = reopen(path)
        return _of_assembly(assembly)
    if {".jsonl"} & set(path.suffixes):
        return _of_extract(path)
    raise ReadError(f"{path}: neither a folder of `kg build`, nor .nt, nor .jsonl of `kg extract`")


def _of_assembly(assembly: Assembly) -> dict[Line, str]:
    names = {entity.id: entity.name for entity in assembly.entities}
    texts = {document.id: document.text for document in assembly.documents}
    mentioned = {entity for _, entity in assembly.mentions}
    lines = {Line(one.type, one.name): "" for one in assembly.entities if one.id in mentioned}
    for statement in assembly.statements:
        subject, predicate, thing = statement.triple
        line = Line(predicate, names[subject], names.get(thing, thing), _modality(statement))
        spans = (span for evidence in statement.evidence for span in evidence.spans)
        lines[line] = next((span.of(texts[span.document]) for span in spans), "")
    return lines


def _of_extract(path: Path) -> dict[Line, str]:
    raw, where = read_bytes(str(path))
    lines: dict[Line, str] = {}
    for place, text in json_lines(raw, where):
        try:
            record = json.loads(text)
            lines.update({Line(one["type"], one["name"]): "" for one in record["entities"]})
            for fact in record["facts"]:
                line = Line(fact["predicate"], fact["subject"], fact["object"], fact["modality"])
                lines[line] = next((one["exact"] for one in fact["evidence"] if "exact" in one), "")
        except (ValueError, KeyError, TypeError) as error:
            raise ReadError(f"{place}: not a line of `kg extract` ({type(error).__name__} {error})") from error
    return lines


def _modality(statement: Statement) -> str:
    return "asserted" if any(one.modality == "asserted" for one in statement.evidence) else "planned"
