"""What workers do: pure functions of their arguments, the knowledge and the shards, done again without harm."""

import heapq
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count, groupby, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from distributed import WorkerPlugin, get_worker

from kg import rdf
from kg.cluster.shards import part_url, read_documents, read_facts, write_documents, write_facts, write_whole
from kg.collate import Print, print_of
from kg.corpus import code_version
from kg.errors import BuildError
from kg.identify import Identifier, with_events
from kg.identify.people import Families, Local, identify_family, posts_of
from kg.identify.profiles import Sight
from kg.identify.told import Told
from kg.knowledge import Knowledge, load
from kg.model import Assembly, Document, Facts, Judgement
from kg.read.remote import read_anywhere
from kg.renamings import renamings
from kg.seats import Seats
from kg.spread import Failure, attempt

if TYPE_CHECKING:
    from distributed import Worker

SAMPLE = 1024  # one line in so many tells where lines lie


class Ready(WorkerPlugin):  # type: ignore[misc]
    """Gives a worker the knowledge, once: ours, and the files of the user's folders, which it need not reach."""

    name = "kg"

    def __init__(self, knowledge: Knowledge) -> None:
        self.version = knowledge.version
        self.code = code_version()
        self.folders = [
            {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}
            for folder in knowledge.folders
        ]

    def setup(self, worker: "Worker") -> None:
        """Load the knowledge; a BuildError where the worker has other code or other knowledge."""
        folders = []
        for number, files in enumerate(self.folders):
            folder = Path(worker.local_directory, f"kg-knowledge-{number}")
            for name, content in files.items():
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                (folder / name).write_bytes(content)
            folders.append(folder)
        if code_version() != self.code:
            raise BuildError(f"the worker at {worker.address} has another version of kg; install the same one")
        self.known = load(tuple(folders))
        if self.known.version != self.version:
            raise BuildError(f"the worker at {worker.address} has other tables than this machine; install the same kg")
        self.seats = Seats(self.known, renamings(self.known))

    def __getstate__(self) -> dict[str, Any]:
        return {key: value for key, value in self.__dict__.items() if key not in ("known", "seats")}


def _ready() -> Ready:
    plugin: Ready = get_worker().plugins[Ready.name]
    return plugin


@dataclass(frozen=True, slots=True)
class Head:
    """A document that was read: where, itself without its text, and what tells copies by."""

    shard: str  # its number
    place: str
    is_record: bool
    document: Document
    print: Print


def read_unit(root: str, number: int, files: Sequence[str], given: Mapping[str, str], size: int) -> list[Head]:
    """Read files and write their documents in shards of so many; what was read."""
    known = _ready().known
    stream = (found for file in files for found in read_anywhere(file, given, known))
    heads = []
    for part in count():
        shard = f"{number:05d}-{part:05d}"
        rows = list(islice(stream, size))
        if not rows:
            break
        write_documents(part_url(root, "documents", shard), [document for _, document, _ in rows])
        heads += [Head(shard, place, is_record, replace(document, text=""), print_of(document))
                  for place, document, is_record in rows]  # fmt: skip
    return heads


def extract_shard(root: str, shard: str, wanted: frozenset[str]) -> tuple[list[Failure], float]:
    """Extract from the documents of a shard that are wanted and write their facts; failures, and the most seconds."""
    known = _ready().known
    documents = {one.id: one for one in read_documents(part_url(root, "documents", shard)) if one.id in wanted}
    outcomes = [attempt(one, known) for one in documents.values()]
    write_facts(part_url(root, "facts", shard), [one.result for one in outcomes if isinstance(one.result, Facts)])
    failed = [one.result for one in outcomes if isinstance(one.result, Failure)]
    return failed, max((one.seconds for one in outcomes), default=0.0)


def sights_of(root: str, shard: str, events: Mapping[str, str]) -> list[Sight]:
    """What the documents of a shard show of persons."""
    identifier = Identifier(_ready().known)
    found = read_facts(part_url(root, "facts", shard), part_url(root, "documents", shard))
    return [sight for one in found for sight in with_events(identifier.observe(one).sights, events)]


def posts_in(sights: Sequence[Sight]) -> dict[str, set[str]]:
    """By name the seats that tell who bears it."""
    return posts_of(sights)


def deal(sights: Sequence[Sight], families: Families, hands: Mapping[str, int]) -> dict[int, list[Sight]]:
    """The sights by the hand that judges their family."""
    dealt: dict[int, list[Sight]] = {hand: [] for hand in set(hands.values())}
    for sight in sights:
        dealt[hands[families.of(sight.name)]].append(sight)
    return dealt


def pick(dealt: Mapping[int, list[Sight]], hand: int) -> list[Sight]:
    """What one hand gets of a shard."""
    return dealt[hand]


def judge_people(
    hands: Sequence[Sequence[Sight]], families: Families, told: Told
) -> tuple[dict[Local, str], list[Judgement]]:
    """Who is who in the families of one hand."""
    seats = _ready().seats

    def order(sight: Sight) -> tuple[str, str, object]:
        return families.of(sight.name), sight.document, sight.span

    ids: dict[Local, str] = {}
    judgements: list[Judgement] = []
    everything = sorted((sight for part in hands for sight in part), key=order)
    for name, group in groupby(everything, key=lambda sight: families.of(sight.name)):
        found, judged = identify_family(name, tuple(group), seats, told)
        ids |= found
        judgements += judged
    return ids, judgements


def lines_of(part: Assembly, base: str) -> list[str]:
    """The triples of a part of the graph as sorted lines, each once."""
    return sorted(set(rdf.triples(part, base)))


def sample(lines: Sequence[str]) -> list[str]:
    """Some of the lines, evenly picked."""
    return list(lines[::SAMPLE])


def cut(lines: Sequence[str], bounds: Sequence[str]) -> list[list[str]]:
    """Sorted lines, in as many pieces as there are bounds and one more: what is less than the first, and so on."""
    ends = [bisect_left(lines, bound) for bound in bounds]
    return [list(lines[start:end]) for start, end in zip([0, *ends], [*ends, len(lines)], strict=True)]


def piece(pieces: Sequence[list[str]], number: int) -> list[str]:
    """One of the pieces."""
    return pieces[number]


def write_lines(root: str, number: int, parts: Iterable[Sequence[str]]) -> int:
    """A shard of N-Triples of sorted lines, those that several parts have once; their number."""
    merged = [line for line, _ in groupby(heapq.merge(*parts))]
    write_whole(part_url(root, "triples", f"{number:05d}"), "".join(merged).encode())
    return len(merged)
