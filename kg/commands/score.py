"""Build each document of gold files alone and print how right that is: by type, by relation and by rule.

for example:
  kg score gold.jsonl
  kg score gold/*.jsonl --show 5
  kg score gold.jsonl --keep graphs    # leaves graphs/<id>.ttl
  kg score --identity tests/gold/identity.jsonl
"""

import argparse
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from kg.commands.options import add_knowledge, knowledge_folders, write_file
from kg.commands.terminal import Terminal
from kg.errors import BuildError
from kg.model import ENTITY_TYPES, RELATIONS

if TYPE_CHECKING:
    from kg.knowledge import Knowledge
    from kg.score import Gold, Measure

_GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (("entities", ENTITY_TYPES), ("relations", RELATIONS))


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument("gold", nargs="+", metavar="GOLD", help="JSON lines with text, entities and relations")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="leave each document's graph there as <id>.ttl")
    parser.add_argument(
        "--show", type=int, default=0, metavar="N", help="print up to N misses and N extras of each kind"
    )
    parser.add_argument(
        "--identity", action="store_true", help="the gold says who each name is: build it as one, and score the pairs"
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there")
    add_knowledge(parser)


def run(options: argparse.Namespace, terminal: Terminal) -> int:
    """Print the figures of all files together, and of each where there are several."""
    from kg.knowledge import load
    from kg.score import Measure, measure, read_gold

    knowledge = load(knowledge_folders(options))
    if options.identity:
        return _score_identity(options, knowledge)
    whole = Measure()
    by_file: list[tuple[str, Measure]] = []
    for path in options.gold:
        part = Measure()
        for gold in read_gold(path):
            terminal.progress(f"{path}: {gold.document.name}")
            result, assembly = measure(gold, knowledge)
            part.add(result)
            if options.keep:
                from kg.rdf import turtle

                write_file(_kept(options.keep, gold), turtle(assembly))
        whole.add(part)
        by_file.append((path, part))
    terminal.clear()
    print("\n".join(report(whole, by_file, options.show)))
    if options.json:
        write_file(options.json, (json.dumps(figures(whole), ensure_ascii=False, indent=1) + "\n").encode())
    return 0


def _score_identity(options: argparse.Namespace, knowledge: "Knowledge") -> int:
    """Print how many of the pairs of names that became one are one, and how many of those that are one became so."""
    from kg.score import measure_identity, read_identities

    found = measure_identity([gold for path in options.gold for gold in read_identities(path)], knowledge)
    print(f"{found.documents} documents, {found.names} names, {len(found.missed)} not found")
    print(f"{'pairs':14} {'P':>6} {'R':>6} {'F1':>6} {'gold':>6} {'found':>6}")
    for part, tally in sorted(found.parts.items()):
        pairs = f"{tally.hits + tally.missed:6} {tally.hits + tally.extra:6}"
        print(f"{part:14} {tally.precision:6.3f} {tally.recall:6.3f} {tally.f1:6.3f} {pairs}")
    for line in (*(f"not found {name}" for name in found.missed), *found.wrong)[: options.show]:
        print(line)
    if options.json:
        parts = {part: {"p": one.precision, "r": one.recall, "f1": one.f1} for part, one in found.parts.items()}
        write_file(options.json, (json.dumps(parts, ensure_ascii=False, indent=1) + "\n").encode())
    return 0


def report(whole: "Measure", by_file: list[tuple[str, "Measure"]], show: int) -> Iterator[str]:
    """The lines of the tables."""
    yield f"{whole.documents} documents    strict                  lenient"
    yield f"{'':14} {'P':>6} {'R':>6} {'F1':>6}   {'P':>6} {'R':>6} {'F1':>6} {'gold':>6} {'found':>6}"
    for title, names in _GROUPS:
        for name in names:
            if name in whole.tallies["strict"]:
                yield _row(name, whole, [name])
        yield _row(f"ALL {title}", whole, names)
        yield ""
    if len(by_file) > 1:
        for path, part in by_file:
            for title, names in _GROUPS:
                yield f"{_row(f'ALL {title}', part, names)}  {path}"
        yield ""
    yield f"{'rule':44} {'fired':>6} {'right':>6} {'wrong':>6}"
    for (kind, rule), tally in sorted(whole.rules.items(), key=lambda item: (item[0][0], -item[1].extra, item[0][1])):
        yield f"{kind:9}{rule:35} {tally.hits + tally.extra:6} {tally.hits:6} {tally.extra:6}"
    if show:
        yield ""
        for name in (*ENTITY_TYPES, *RELATIONS):
            for word, rows in (("missed", whole.misses[name]), ("extra", whole.extras[name])):
                yield from (f"{word:7} {name:13} {row}" for row in rows[:show])


def figures(whole: "Measure") -> dict[str, object]:
    """The figures for programs: micro averages, F1 by type and relation in both modes, and the rules."""
    found: dict[str, object] = {}
    for mode, tallies in whole.tallies.items():
        for title, names in _GROUPS:
            total = whole.total(mode, names)
            found[f"{mode}.{title}"] = {"p": total.precision, "r": total.recall, "f1": total.f1}
        found[f"{mode}.by"] = {name: tally.f1 for name, tally in sorted(tallies.items())}
    found["rules"] = {
        f"{kind} {rule}": {"right": tally.hits, "wrong": tally.extra}
        for (kind, rule), tally in sorted(whole.rules.items())
    }
    return found


def _row(title: str, measured: "Measure", names: Iterable[str]) -> str:
    names = tuple(names)
    strict, lenient = measured.total("strict", names), measured.total("lenient", names)
    both = "  ".join(f" {one.precision:6.3f} {one.recall:6.3f} {one.f1:6.3f}" for one in (strict, lenient))
    return f"{title:14}{both} {strict.hits + strict.missed:6} {strict.hits + strict.extra:6}"


def _kept(folder: Path, gold: "Gold") -> Path:
    name = gold.document.name
    if name in (".", "..") or "/" in name or "\\" in name:
        raise BuildError(f"{name!r} cannot be the name of a file; give the document another id, or leave --keep out")
    return folder / f"{name}.ttl"
