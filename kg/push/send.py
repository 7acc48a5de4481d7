"""The order of a push: parts by POST, or all by PUT, or parts into a staging graph that then takes the place."""

import io
import json
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO, Literal

from kg.errors import StoreError
from kg.model import short_hash
from kg.push.record import Record, drop_record, read_record, record_path, write_record
from kg.push.stores import Target
from kg.push.transport import TOO_LARGE, RefusedError, Transport
from kg.push.triples import Source, parts

Way = Literal["add", "put", "staging", "empty first"]
_TRIPLES = "application/n-triples"
_UPDATE = "application/sparql-update"
_NOT_THERE = 404


@dataclass(frozen=True, slots=True)
class Plan:
    """What will be sent where, and how; `way` says how a graph that is there is treated."""

    source: Source
    target: Target
    way: Way
    chunk: int  # bytes of one POST
    record: Path

    @property
    def requests(self) -> int:
        """How many requests carry triples, if the store takes them as they are."""
        return 1 if self.way == "put" else sum(1 for _ in parts(self.source.walk(), self.chunk))


@dataclass(frozen=True, slots=True)
class Pushed:
    """What was done: triples that went over, and what the store then counted in the graph (None: not asked)."""

    sent: int
    skipped: int  # were in from the push that broke off
    counted: int | None


Progress = Callable[[int], None]


def plan(source: Source, target: Target, *, over: bool = False, chunk: int = 0, record: Path | None = None) -> Plan:
    """How to push: add to the graph, or put it in the place of what is there, in one step where the store can."""
    way: Way = "add"
    if over:
        limit = target.kind.put
        way = "put" if limit is None or source.size <= limit else _by_parts(target)
    return Plan(
        source, target, way, chunk or target.kind.chunk, record or record_path(source.folder, target, replace=over)
    )


def _by_parts(target: Target) -> Way:
    """How what does not go over at once takes the place of what is there."""
    return "staging" if target.kind.copy and target.update is not None else "empty first"


def push(
    plan: Plan,
    transport: Transport,
    *,
    resume: bool = False,
    progress: Progress = lambda triples: None,
    tell: Callable[[str], None] = lambda message: None,
) -> Pushed:
    """Push; StoreError where the store refuses or is gone, which says what is in and how to go on."""
    if plan.way == "put" and not (resume and plan.record.exists()):
        try:
            return _put(plan, transport)
        except RefusedError as refusal:
            if refusal.status != TOO_LARGE:
                raise StoreError(f"{refusal}; {plan.target.what} is as it was") from refusal
            tell(f"the store takes no {plan.source.size:,} bytes at once; they go in parts")
    if plan.way == "put":
        plan = replace(plan, way=_by_parts(plan.target))
    return _in_parts(plan, transport, resume, progress, tell)


def _put(plan: Plan, transport: Transport) -> Pushed:
    with _opened(plan.source) as body:
        transport.send("PUT", plan.target.graphs, parameters=plan.target.parameters, body=body, kind=_TRIPLES)
    return _checked(plan, transport, Pushed(plan.source.triples, 0, None))


def _opened(source: Source) -> AbstractContextManager[BinaryIO]:
    return source.file.open("rb") if source.file else io.BytesIO(b"".join(source.lines))


def _in_parts(
    plan: Plan, transport: Transport, resume: bool, progress: Progress, tell: Callable[[str], None]
) -> Pushed:
    target, source = plan.target, plan.source
    staging = f"urn:kg:staging:{short_hash(target.graph, source.digest)}" if plan.way == "staging" else ""
    into = replace(target, graph=staging) if staging else target
    record = Record(target.graphs, target.graph, staging, source.digest)
    if resume:
        record = _resumed(plan, record, into, transport, tell)
    skipped = record.triples
    try:
        if not skipped and plan.way != "add":
            _empty(transport, into)
        write_record(plan.record, record)
        for reached in _sent(plan, record, into, transport, tell):
            record = reached
            write_record(plan.record, record)
            progress(record.triples)
        if staging and not record.placed:
            _place(plan, into, transport)
            record = replace(record, placed=True)
            write_record(plan.record, record)
        if staging:
            _empty(transport, into)
    except StoreError as error:
        raise StoreError(f"{error}; {_state(plan, record)}") from error
    except KeyboardInterrupt:
        tell(_state(plan, record))
        raise
    pushed = _checked(plan, transport, Pushed(source.triples - skipped, skipped, None))
    drop_record(plan.record)
    return pushed


def _sent(
    plan: Plan, record: Record, into: Target, transport: Transport, tell: Callable[[str], None]
) -> Iterator[Record]:
    """The record after each part that went over; parts get smaller where the store finds them too large."""
    chunk = plan.chunk
    while record.triples < plan.source.triples:
        for part in parts(plan.source.walk(record.triples), chunk):
            body = b"".join(part)
            try:
                transport.send("POST", into.graphs, parameters=into.parameters, body=body, kind=_TRIPLES)
            except RefusedError as refusal:
                if refusal.status != TOO_LARGE or len(part) == 1:
                    raise
                chunk = len(body) // 2
                tell(f"the store takes no {len(body):,} bytes at once; going on with {chunk:,}")
                break
            record = replace(record, triples=record.triples + len(part))
            yield record


def _place(plan: Plan, staged: Target, transport: Transport) -> None:
    """Put the staging graph in the place of the target's.

    COPY, and removed afterwards, where MOVE would do: a MOVE that was done, and whose answer was lost, would be tried
    again, and move nothing over everything. For the same reason the staging graph is counted before.
    """
    counted = count(staged, transport)
    if counted is not None and plan.source.distinct and counted != plan.source.triples:
        raise StoreError(f"the staging graph holds {counted:,} triples in place of {plan.source.triples:,}")
    to = f"GRAPH <{plan.target.graph}>" if plan.target.graph else "DEFAULT"
    update = f"COPY GRAPH <{staged.graph}> TO {to}".encode()
    transport.send("POST", str(plan.target.update), body=update, kind=_UPDATE)


def _empty(transport: Transport, graph: Target) -> None:
    try:
        transport.send("DELETE", graph.graphs, parameters=graph.parameters)
    except RefusedError as refusal:
        if refusal.status != _NOT_THERE:
            raise


def _resumed(plan: Plan, fresh: Record, into: Target, transport: Transport, tell: Callable[[str], None]) -> Record:
    """The record to go on from: the one that was written, unless the graph or the store has changed since."""
    written = read_record(plan.record)
    if written is None:
        tell("no push broke off; this one begins at the beginning")
        return fresh
    if replace(written, triples=0, placed=False) != fresh:
        tell("the graph is not the one whose push broke off; this one begins at the beginning")
        return fresh
    if written.placed:
        return written
    counted = count(into, transport)
    if counted is not None and plan.source.distinct and counted < written.triples:
        tell(f"the store holds {counted:,} of the {written.triples:,} triples that it took; beginning again")
        return fresh
    return written


def _state(plan: Plan, record: Record) -> str:
    """What is in, and how to go on."""
    inside = f"{record.triples:,} of {plan.source.triples:,} triples are in" if record.triples else "nothing is in"
    if plan.way == "staging":
        where = "has its new content" if record.placed else "is as it was"
        inside = f"{inside} a staging graph, {plan.target.what} {where}"
    elif plan.way == "empty first":
        inside = f"{inside}, what was in {plan.target.what} before may be gone"
    return f"{inside}; to go on, give the same command with --resume"


def _checked(plan: Plan, transport: Transport, pushed: Pushed) -> Pushed:
    """The same with the store's own count; StoreError if it holds less than it took."""
    counted = count(plan.target, transport)
    if counted is not None and plan.source.distinct and counted < plan.source.triples:
        raise StoreError(
            f"the store took {plan.source.triples:,} triples, and counts {counted:,} in {plan.target.what}; look into "
            "its log, and push again"
        )
    return replace(pushed, counted=counted)


def count(target: Target, transport: Transport) -> int | None:
    """How many triples the store counts in the graph; None where it has no address for queries."""
    if target.query is None:
        return None
    pattern = f"GRAPH <{target.graph}> {{ ?s ?p ?o }}" if target.graph else "?s ?p ?o"
    asked = {"query": f"SELECT (COUNT(*) AS ?n) WHERE {{ {pattern} }}"}
    reply = transport.send("GET", target.query, parameters=asked, accept="application/sparql-results+json")
    try:
        return int(json.loads(reply.body)["results"]["bindings"][0]["n"]["value"])
    except (ValueError, LookupError, TypeError) as error:
        raise StoreError(f"{target.query}: answers a query, and not with a count") from error
