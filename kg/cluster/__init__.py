"""A build on a cluster of Dask workers: the same graph, to the byte, as a build on one machine.

    files --workers--> documents (Parquet) --here--> copies --workers--> facts (Parquet)
        --here--> events, bodies, places; --workers--> people, name by name
        --here--> one assembly --workers--> its parts as lines --workers--> sorted N-Triples shards

Workers run pure functions (`tasks`): what a dead one did is done again by another, and a slow one changes nothing.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from sys import intern
from typing import TYPE_CHECKING, Any

from kg.assemble import assemble
from kg.cluster import tasks
from kg.cluster.parts import parts
from kg.cluster.shards import clear, part_url, read_documents, read_facts, read_whole
from kg.cluster.tasks import Head, Ready
from kg.collate import find_originals
from kg.correct import correct
from kg.errors import BuildError, KGError
from kg.identify import identify_observed
from kg.identify.people import Families, Local
from kg.identify.told import Told
from kg.knowledge import Knowledge, load
from kg.model import Assembly, Date, Document, Facts, Judgement, Mention, Reading, Statement
from kg.output import NAMES, NTRIPLES, RUN, STORE, workshop
from kg.read import Roll, given_fields
from kg.read.corrections import read_corrections
from kg.read.remote import list_anywhere, size_of
from kg.report import Clock, Report, counts, write_run
from kg.spread import Failure
from kg.store import create, refuse_other
from kg.vocabulary import BASE, check_base

if TYPE_CHECKING:
    from distributed import Client, Future

_UNIT = 4_000_000  # bytes of files that are read by one task, at least
# Each shard of documents sends something to each hand, and to each shard of triples: a scheduler takes a millisecond
# for a task, so that a large corpus must have larger shards, and not more.
_SHARDS = 400  # of documents, about, at most
_FEW = 256  # documents in the shards of a small corpus
_AN_ARTICLE = 1_000  # bytes in a file, about
_HANDS = 64  # tasks that judge people, at most
_LINES = 250_000  # in a shard of triples, at least
_RANGES = 128  # shards of triples, at most
_PATIENCE = "30s"  # until a scheduler answers

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a build runs and puts its shards."""

    address: str  # of the scheduler
    shards: str  # a folder, or an address of fsspec, that all workers reach
    documents: int = 0  # in a shard; 0 for what suits the size of the files


def build_on_cluster(
    paths: Sequence[str | Path], out: str | Path, place: Place, *,
    store: bool = True, base: str = BASE, published: str = "", title: str = "", source: str = "",
    knowledge: Sequence[Path] = (), corrections: Path | None = None, say: Say = lambda _: None,
) -> Report:  # fmt: skip
    """Build on the workers of a scheduler; OUT has graph.nt, the store and run.json, and the place has the shards.

    The sorted shards of triples one after the other are graph.nt, which has the bytes of a local build.
    """
    check_base(base)
    refuse_other(Path(out, STORE))
    known = load(tuple(knowledge))
    given = given_fields(published=published, title=title, source=source)
    entries = read_corrections(corrections) if corrections else ()
    listing = list_anywhere(paths)
    clock = Clock()
    with _client(place.address) as client, workshop(Path(out)) as shop:
        clear(place.shards)
        _make_ready(client, known)
        crew = _Crew(client, place, say)
        clock.lap("prepare")
        heads = crew.read(listing.files, given)
        clock.lap("read")
        originals = find_originals(head.print for head in heads)
        clock.lap("collate")
        failed, slowest = crew.extract(heads, originals)
        clock.lap("extract")
        facts, copies = _gather(place.shards, heads, originals)
        clock.lap("gather")
        identified, _, _ = identify_observed(facts, known, lambda events: crew.people(heads, facts, events, known))
        clock.lap("identify")
        corrected, put_right = correct(identified, entries, copies)
        assembly = assemble(corrected, known.divisions, copies, known, put_right)
        clock.lap("assemble")
        shards = crew.write(assembly, heads, base)
        clock.lap("rdf")
        triples = _join(place.shards, shards, shop.bench / NTRIPLES)
        clock.lap("join")
        if store:
            create(shop.bench / STORE, shop.bench / NTRIPLES)
            clock.lap("store")
        counted = counts(facts, assembly)
        warnings = [f"{path}: no article, passed over" for path in listing.passed_over]
        warnings += [f"{one.document.name}: no day of publication; give --published"
                     for one in heads if not one.document.published]  # fmt: skip
        report = Report(
            out=str(out), documents=len(heads), copies=len(copies), renewed={}, extracted=len(facts),
            people=counted.people, judgements=counted.judgements, conflicts=counted.conflicts, types=counted.types,
            relations=counted.relations, triples=triples,
            files=tuple(sorted([*(name for name in NAMES if (shop.bench / name).exists()), RUN])),
            warnings=tuple(warnings), notes=(), failed=tuple(failed),
            corrections=str(corrections or ""), corrected=len(assembly.corrections),
            stale=tuple(map(str, put_right.stale)), knowledge=known.version, seconds=clock.laps, slowest=slowest,
        )  # fmt: skip
        write_run(report, shop.bench / RUN)
    return report


def _client(address: str) -> "Client":
    from distributed import Client

    try:
        return Client(address, timeout=_PATIENCE, set_as_default=False)
    except (OSError, ValueError, TypeError) as error:
        raise BuildError(f"{address}: no Dask scheduler answers there ({type(error).__name__})") from error


def _make_ready(client: "Client", known: Knowledge) -> None:
    """Give each worker the knowledge; a BuildError where one has another version, or there is none."""
    try:
        client.wait_for_workers(1, timeout=_PATIENCE)
    except TimeoutError as error:
        raise BuildError("the scheduler has no workers; start some with `dask worker ADDRESS`") from error
    client.register_plugin(Ready(known))


class _Crew:
    """The workers, asked stage by stage."""

    def __init__(self, client: "Client", place: Place, say: Say) -> None:
        self._client, self._root, self._size, self._say = client, place.shards, place.documents, say

    def _map(self, what: str, task: Callable[..., Any], calls: Iterable[tuple[Any, ...]]) -> "list[Future]":
        """A future for each call, in their order."""
        futures = [self._client.submit(task, *call, pure=False) for call in calls]
        self._say(f"{what}: {len(futures)} tasks")
        return futures

    def _results(self, futures: "Sequence[Future]") -> list[Any]:
        """The results in the order of the futures; our own errors as they are, others as a BuildError of one line."""
        from distributed import KilledWorker

        try:
            return list(self._client.gather(list(futures)))
        except KGError:
            raise
        except KilledWorker as error:
            raise BuildError(f"one task killed several workers, which may lack memory ({error})") from error

    def read(self, files: Sequence[str], given: Mapping[str, str]) -> list[Head]:
        """The documents of the files in order, each once, as `read` gives them."""
        sizes = {file: size_of(file) for file in files}
        size = self._size or max(_FEW, sum(sizes.values()) // _AN_ARTICLE // _SHARDS)
        units = ((self._root, number, unit, given, size) for number, unit in enumerate(_units(sizes)))
        roll = Roll()
        found = self._results(self._map("reading", tasks.read_unit, units))
        return [
            head for unit in found for head in unit
            if roll.admits(head.place, head.document, is_record=head.is_record)
        ]  # fmt: skip

    def extract(self, heads: Sequence[Head], originals: Mapping[str, str]) -> tuple[list[Failure], float]:
        """Have the facts of all originals in their shards; the failures, and the seconds of the slowest document."""
        wanted: defaultdict[str, set[str]] = defaultdict(set)
        for head in heads:
            wanted[head.shard].update({head.document.id} if originals[head.document.id] == head.document.id else ())
        calls = ((self._root, shard, frozenset(ids)) for shard, ids in sorted(wanted.items()))
        done = self._results(self._map("extracting", tasks.extract_shard, calls))
        return [one for failed, _ in done for one in failed], round(max((it for _, it in done), default=0.0), 3)

    def people(
        self, heads: Sequence[Head], facts: Sequence[Facts], events: Mapping[str, str], known: Knowledge
    ) -> tuple[dict[Local, str], list[Judgement]]:
        """Who is who among the persons: a group-by over the cluster, a group for each family of names."""
        told = Told(known.judgements, {one.document.id: one.document.name for one in facts} if known.judgements else {})
        of_document = {one.document.id: [it.id for it in one.entities if it.type == "Event"] for one in facts}
        own: defaultdict[str, dict[str, str]] = defaultdict(dict)
        for head in heads:
            local = of_document.get(head.document.id, ())
            own[head.shard].update((ident, events[ident]) for ident in local if ident in events)
        calls = ((self._root, shard, mine) for shard, mine in sorted(own.items()))
        sights = self._map("looking at people", tasks.sights_of, calls)
        posts: defaultdict[str, set[str]] = defaultdict(set)
        sizes: defaultdict[str, int] = defaultdict(int)
        for told_there in self._results(self._map("their posts", tasks.posts_in, ((one,) for one in sights))):
            for name, seats in told_there.items():
                posts[name] |= seats
                sizes[name] += 1
        families = Families(posts, told)
        hands = _hands(families, sizes, min(_HANDS, len(sights)))
        dealt = self._map("sorting people by name", tasks.deal, ((one, families, hands) for one in sights))
        numbers = sorted(set(hands.values()))
        piles = ([self._client.submit(tasks.pick, one, hand, pure=False) for one in dealt] for hand in numbers)
        judged = self._map("who is who", tasks.judge_people, ((pile, families, told) for pile in piles))
        ids: dict[Local, str] = {}
        judgements: list[Judgement] = []
        for found, made in self._results(judged):
            ids |= found
            judgements += made
        return ids, judgements

    def write(self, assembly: Assembly, heads: Sequence[Head], base: str) -> int:
        """Write the triples in sorted shards; how many."""
        by_shard: defaultdict[str, dict[str, None]] = defaultdict(dict)
        for head in heads:
            by_shard[head.shard][head.document.id] = None
        shards = [list(by_shard[shard]) for shard in sorted(by_shard)]
        lines = self._map("triples", tasks.lines_of, ((part, base) for part in parts(assembly, shards)))
        samples = sorted(line for some in self._results(self._map("samples", tasks.sample, ((one,) for one in lines)))
                         for line in some)  # fmt: skip
        step = max(_LINES // tasks.SAMPLE, -(-len(samples) // _RANGES))
        bounds = sorted(set(samples[step::step]))
        cuts = self._map("cutting", tasks.cut, ((one, bounds) for one in lines))
        pieces = (
            [self._client.submit(tasks.piece, one, number, pure=False) for one in cuts]
            for number in range(len(bounds) + 1)
        )
        calls = ((self._root, number, several) for number, several in enumerate(pieces))
        self._results(self._map("sorted shards", tasks.write_lines, calls))
        return len(bounds) + 1


def _units(sizes: Mapping[str, int]) -> Iterator[list[str]]:
    """The files in their order, together so many bytes as a task should read, or one that has more."""
    enough = max(_UNIT, sum(sizes.values()) // _SHARDS)
    unit: list[str] = []
    size = 0
    for file, bytes_of_it in sizes.items():
        unit.append(file)
        size += bytes_of_it
        if size >= enough:
            yield unit
            unit, size = [], 0
    if unit:
        yield unit


def _hands(families: Families, sizes: Mapping[str, int], count: int) -> dict[str, int]:
    """Which hand judges each family: the largest first, each to the hand that has least."""
    weights: defaultdict[str, int] = defaultdict(int)
    for name, size in sizes.items():
        weights[families.of(name)] += size
    loads = [(0, hand) for hand in range(max(1, count))]
    found = {}
    for name, weight in sorted(weights.items(), key=lambda item: (-item[1], item[0])):
        load_of, hand = min(loads)
        loads[hand] = (load_of + weight, hand)
        found[name] = hand
    return found


def _gather(root: str, heads: Sequence[Head], originals: Mapping[str, str]) -> tuple[list[Facts], list[Document]]:
    """The facts of all originals, and the copies, from the shards."""
    facts: dict[str, Facts] = {}
    copies = []
    of_shard: defaultdict[str, set[str]] = defaultdict(set)
    for head in heads:
        of_shard[head.shard].add(head.document.id)
    for shard, ids in sorted(of_shard.items()):
        documents = part_url(root, "documents", shard)
        for one in read_facts(part_url(root, "facts", shard), documents):
            facts.setdefault(one.document.id, lean(one))
        for document in read_documents(documents):
            if document.id in ids and originals[document.id] != document.id:
                copies.append(replace(document, copy_of=originals[document.id]))
    return [facts[ident] for ident in sorted(facts)], copies


def lean(facts: Facts) -> Facts:
    """The facts as the stages after extraction need them: without the parts of mentions, equal strings held once."""

    def reading(it: Reading) -> Reading:
        mention = Mention(it.mention.span, it.mention.type, intern(it.mention.rule), intern(it.mention.key))
        return Reading(mention, intern(it.entity), intern(it.sieve))

    def statement(it: Statement) -> Statement:
        thing = it.object if isinstance(it.object, Date) else intern(it.object)
        evidence = tuple(replace(one, rule=intern(one.rule)) for one in it.evidence)
        return Statement(intern(it.subject), intern(it.predicate), thing, evidence)

    return replace(
        facts,
        readings=tuple(map(reading, facts.readings)),
        entities=tuple(replace(it, id=intern(it.id), name=intern(it.name)) for it in facts.entities),
        statements=tuple(map(statement, facts.statements)),
    )


def _join(root: str, count: int, path: Path) -> int:
    """One file of all shards of triples in their order; the number of triples."""
    triples = 0
    with path.open("wb") as file:
        for number in range(count):
            content = read_whole(part_url(root, "triples", f"{number:05d}"))
            triples += content.count(b"\n")
            file.write(content)
    return triples
