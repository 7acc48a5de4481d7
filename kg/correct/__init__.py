"""Facts with global ids and what persons put right → the corrected facts, and what only persons say.

A pure function of the identified facts, the copies and the entries, and of nothing else. Entries are followed in the
order of the file, each sees what those before it did; the order of the documents does not matter. What contradicts an
earlier entry is an error; what no longer applies is told, and changes nothing.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from kg.correct.graph import Graph, MissingError
from kg.correct.identity import merge, split
from kg.correct.past import Past
from kg.correct.rejections import Outcome
from kg.correct.statements import assert_fact, reject_fact
from kg.correct.things import reject_thing, rename, retype
from kg.corrections import Corrections, Entry, Stale, Triple
from kg.model import Correction, Document, Facts, Judgement


def correct(
    facts: Sequence[Facts], entries: Sequence[Entry], copies: Iterable[Document] = ()
) -> tuple[tuple[Facts, ...], Corrections]:
    """The facts in their order as the entries put them right, and what comes beside them; without entries nothing.

    CorrectionError for an entry that can mean several things, or contradicts another or judgements.tsv.
    """
    if not entries:
        return tuple(facts), Corrections()
    graph = Graph(sorted(facts, key=_document_order), copies)
    past = Past(graph.latest)
    made: list[tuple[Entry, Outcome]] = []
    stale: list[Stale] = []
    blocked: set[Triple] = set()
    known: dict[tuple[str, ...], Outcome] = {}
    for entry in entries:
        outcome = known.get(entry.says)  # who says the same again adds a reason, and no change
        if outcome is None or (entry.action == "assert" and outcome.done):
            outcome = known[entry.says] = _try(graph, past, entry, blocked)
        if outcome.done:
            made.append((entry, outcome))
        stale += [Stale(entry.place, note) for note in outcome.notes]
    return tuple(_with_judgements(facts, graph)), Corrections(
        tuple(sorted({_record(graph, entry, outcome) for entry, outcome in made})),
        tuple(graph.added[ident] for ident in sorted(graph.added)),
        tuple(graph.statements[triple] for triple in sorted(graph.statements)),
        frozenset(_latest(graph, triple) for triple in blocked),
        tuple(stale),
    )


def _document_order(facts: Facts) -> tuple[str, ...]:
    document = facts.document
    return document.id, document.name, document.published, document.source, document.url


def _try(graph: Graph, past: Past, entry: Entry, blocked: set[Triple]) -> Outcome:
    """What the entry does; nothing where it is stale."""
    try:
        return _follow(graph, past, entry, blocked)
    except MissingError as missing:
        return Outcome((), notes=(str(missing),), done=False)


def _follow(graph: Graph, past: Past, entry: Entry, blocked: set[Triple]) -> Outcome:
    match entry.action:
        case "merge":
            return merge(graph, past, entry)
        case "split":
            return split(graph, past, entry)
        case "rename":
            return rename(graph, past, entry)
        case "retype":
            return retype(graph, past, entry)
        case "assert":
            return assert_fact(graph, past, entry)
        case "reject" if len(entry.what) == 1:
            return reject_thing(graph, past, entry)
        case "reject":
            outcome, never = reject_fact(graph, past, entry)
            blocked |= never
            return outcome


def _record(graph: Graph, entry: Entry, outcome: Outcome) -> Correction:
    about = {current for ident in outcome.about if (current := graph.current(ident))}
    rejected = {replace(one, triple=tuple(map(graph.latest, one.triple))) for one in outcome.rejected}
    return Correction(
        entry.id, entry.action, entry.who, entry.when, entry.why, entry.written, entry.source,
        tuple(sorted(about)), tuple(sorted(rejected)),
    )  # fmt: skip


def _latest(graph: Graph, triple: Triple) -> Triple:
    subject, predicate, thing = triple
    return graph.latest(subject), predicate, graph.latest(thing)


def _with_judgements(facts: Iterable[Facts], graph: Graph) -> Iterable[Facts]:
    """The facts in their order, each with the judgements of which it shows the later guise."""
    shown: defaultdict[str, list[Judgement]] = defaultdict(list)
    for judgement in sorted(graph.judgements):
        shown[judgement.other.span.document].append(judgement)
    for one in facts:
        ident = one.document.id
        yield replace(graph.facts[ident], judgements=tuple(shown[ident]))
