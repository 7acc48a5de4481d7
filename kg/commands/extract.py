"""Print what each text says as JSON, a document a line: mentions with their offsets, entities, facts, quotations.

for example:
  kg extract seeds/*.txt
  kg extract article.txt | jq '.mentions[] | select(.type == "Person")'
  echo 6月5日,上海市委书记李强出席会议。 | kg extract - --published 2020-06-07
"""

import argparse
import json
from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.commands.options import add_inputs, knowledge_folders
from kg.commands.terminal import Terminal

if TYPE_CHECKING:
    from kg.model import Evidence, Facts


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    add_inputs(parser)


def run(options: argparse.Namespace, terminal: Terminal) -> int:
    """Print one line a document; 1 if one failed or no text names anything."""
    from kg.knowledge import load
    from kg.read import read
    from kg.spread import Failure, extract_each

    knowledge = load(knowledge_folders(options))
    documents = read(
        options.paths,
        published=options.published, title=options.title, source=options.source, knowledge=knowledge,
    )  # fmt: skip
    failed, found = False, False
    for outcome in extract_each(documents, knowledge):
        result = outcome.result
        if isinstance(result, Failure):
            failed = True
            terminal.error(f"{result.document}: {result.error} (a bug)")
            terminal.detail(result.trace)
        else:
            found = found or bool(result.readings)
            print(json.dumps(record(result), ensure_ascii=False))
    if not found and not failed:
        terminal.error("nothing was found in these texts; are they Chinese news?")
    return 1 if failed or not found else 0


def record(facts: "Facts") -> dict[str, object]:
    """The facts of a document as JSON; surface and exact are the characters of the text at the offsets."""
    document, text = facts.document, facts.document.text
    names = {entity.id: entity.name for entity in facts.entities}
    return {
        "id": document.name,
        "title": document.title,
        "published": document.published,
        "mentions": [
            {
                "start": reading.mention.span.start,
                "end": reading.mention.span.end,
                "surface": reading.mention.span.of(text),
                "type": reading.mention.type,
                "entity": reading.entity,
                "name": names.get(reading.entity, reading.entity),
                "rule": reading.mention.rule,
                "sieve": reading.sieve,
            }
            for reading in sorted(facts.readings, key=lambda one: one.mention.span)
        ],
        "entities": [
            {
                "id": one.id,
                "type": one.type,
                "name": one.name,
                "aliases": one.aliases,
                "kind": one.kind,
                "code": one.code,
            }
            for one in facts.entities
        ],
        "facts": [
            {
                "subject": names[statement.subject],
                "predicate": statement.predicate,
                "object": names.get(statement.triple[2], statement.triple[2]),
                "subject_id": statement.subject,
                "object_id": statement.object if isinstance(statement.object, str) else None,
                "modality": "asserted" if any(one.modality == "asserted" for one in statement.evidence) else "planned",
                "evidence": [found for one in statement.evidence for found in _evidence(one, text, names)],
            }
            for statement in facts.statements
        ],
        "quotations": [
            {
                "speaker": names[quotation.speaker],
                "speaker_id": quotation.speaker,
                "start": quotation.span.start,
                "end": quotation.span.end,
                "exact": quotation.span.of(text),
                "about": [names[entity] for entity in quotation.about],
                "rule": quotation.rule,
            }
            for quotation in facts.quotations
        ],
    }


def _evidence(evidence: "Evidence", text: str, names: dict[str, str]) -> Iterator[dict[str, object]]:
    """Each span with its characters; of what was derived, the facts that it follows from."""
    why: dict[str, object] = {"rule": evidence.rule, "modality": evidence.modality}
    for span in evidence.spans:
        yield {**why, "start": span.start, "end": span.end, "exact": span.of(text)}
    if evidence.premises:
        yield {**why, "premises": [[names.get(part, part) for part in premise] for premise in evidence.premises]}
