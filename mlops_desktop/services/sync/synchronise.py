"""One sync: read the source, compare with what is known, record, account."""

from dataclasses import dataclass
from datetime import datetime

from mlops_desktop.core import clock
from mlops_desktop.core.changes import Changes
from mlops_desktop.core.events.sources import (
    CompletedStream,
    SourceSynced,
    StreamFailure,
    SyncCounts,
)
from mlops_desktop.core.work import Report
from mlops_desktop.services.collector import pausing
from mlops_desktop.services.session import Session
from mlops_desktop.services.sync.cleaning import fit_text
from mlops_desktop.services.sync.entries import record_entries
from mlops_desktop.services.sync.facts import Facts, collect
from mlops_desktop.services.sync.ledgering import Ledgering
from mlops_desktop.services.sync.model_signatures import read_signatures
from mlops_desktop.services.sync.reading import StreamReading, read_streams
from mlops_desktop.services.sync.rematching import record_matches
from mlops_desktop.services.sync.served import record_served
from mlops_desktop.services.sync.servings import record_servings
from mlops_desktop.services.sync.things import StreamFacts, collect_things, record_things
from mlops_desktop.services.sync.versions import record_versions
from mlops_desktop.sources.base import Source
from mlops_desktop.sources.observations import Page, SignatureReading, Stream
from mlops_desktop.store import evidence
from mlops_desktop.store.evidence import RawAnswer
from mlops_desktop.store.queries import registry
from mlops_desktop.store.queries.registry import SourceRow
from mlops_desktop.store.unit_of_work import WriteSession

READER = "registry-4"
"""Raised whenever conversion or comparison reads more from an answer than before."""

AGENT = "sync"
_MOST_UNREAD = 50

_REGISTRY = frozenset({Stream.MODELS, Stream.VERSIONS, Stream.RUNS})
"""The streams that are compared with each other, so that one changed page concerns all three."""

_CLAIMING = frozenset({Stream.MODELS, Stream.VERSIONS})
"""The streams whose aliases and stages say what serves."""


@dataclass(frozen=True, slots=True)
class SyncResult:
    """What became of every fact read, what could not be read, and what changed here.

    ``missing`` are streams that this version of the source does not offer.
    """

    source: str
    counts: SyncCounts
    failures: tuple[StreamFailure, ...]
    refusals: tuple[str, ...]
    is_unchanged: bool
    changes: Changes
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Told:
    """What a source told, parsed as far as it differs from its last reading."""

    readings: tuple[StreamReading, ...]
    unchanged: frozenset[Stream]
    registry: Facts | None
    others: tuple[StreamFacts, ...]
    answers: tuple[SignatureReading, ...]

    @property
    def failures(self) -> tuple[StreamFailure, ...]:
        failed = list(self.registry.failures) if self.registry else []
        failed += [one.failure for one in self.others if one.failure is not None]
        return tuple(StreamFailure(one.stream.value, one.code.value, one.detail) for one in failed)


@dataclass(frozen=True, slots=True)
class _Fate:
    """How many facts a stream told, and how many of them the ledger refused."""

    read: int
    refused: int = 0


def sync_source(
    session: Session,
    name: str,
    source: Source,
    report: Report,
    *,
    accept_shrink: bool = False,
) -> SyncResult:
    """Read ``source`` and record what differs; a reading equal to the last writes no model event.

    Missing entries are noted only after a complete stream, never retired, and held back when
    suspiciously many vanish at once unless ``accept_shrink``. Raises ``source.not_found``,
    ``sync.cancelled``; failures of streams are part of the result.
    """
    with session.workspace.read() as view:
        cursors = registry.get_source(view.connection, name).cursors
    readings = tuple(read_streams(source, report, cursors))
    agent = session.as_agent(AGENT)
    told = _examine(session, name, source, readings, report, accept_shrink=accept_shrink)
    with agent.workspace.write(agent.actor) as work:
        row = registry.get_source(work.connection, name)
        ledgering = Ledgering(work)
        report("sync.comparing", 0, None)
        with pausing():
            fates = _record(ledgering, row, told, accept_shrink=accept_shrink)
        _keep_pages(work, told)
        counts = ledgering.counts(sum(fate.read for fate in fates.values()))
        work.record(_account(name, counts, told, fates))
    is_unchanged = {one.stream for one in readings} == told.unchanged and not counts.changed
    refusals = tuple(ledgering.refusals)
    missing = tuple(one.stream.value for one in readings if not one.is_offered)
    return SyncResult(name, counts, told.failures, refusals, is_unchanged, work.changes, missing)


def _examine(
    session: Session,
    name: str,
    source: Source,
    readings: tuple[StreamReading, ...],
    report: Report,
    *,
    accept_shrink: bool,
) -> _Told:
    """Parse what differs from the last reading and ask for signatures, before the ledger locks."""
    with session.workspace.read() as view:
        row = registry.get_source(view.connection, name)
    unchanged = frozenset() if accept_shrink else _unchanged(row, readings)
    parsed = [one for one in readings if one.stream not in unchanged]
    listed = [one for one in parsed if one.stream in _REGISTRY]
    with pausing():
        facts = collect(name, listed) if listed else None
        others = tuple(collect_things(one) for one in parsed if one.stream not in _REGISTRY)
    answers = _ask_signatures(session, name, source, facts, report) if facts else ()
    return _Told(readings, unchanged, facts, others, answers)


def _ask_signatures(
    session: Session, name: str, source: Source, facts: Facts, report: Report
) -> tuple[SignatureReading, ...]:
    with session.workspace.read() as view:
        known = frozenset(registry.known_versions(view.connection, name))
    return tuple(read_signatures(source, facts, known, report))


def _unchanged(row: SourceRow, readings: tuple[StreamReading, ...]) -> frozenset[Stream]:
    """Return the streams whose every page is as it was, and those without anything new."""
    last = row.result
    # A stream that failed kept others from being concluded on, a moved alias for one.
    if row.reader != READER or last is None or last.counts.held_back or last.failures:
        return frozenset()
    same = {one.stream for one in readings if _is_same(row, one)}
    listed = {one.stream for one in readings} & _REGISTRY
    if not listed <= same:
        same -= _REGISTRY
    return frozenset(same)


def _is_same(row: SourceRow, reading: StreamReading) -> bool:
    done = reading.completion
    if done is None or reading.failure is not None:
        return False
    is_silent = (done.is_partial or not done.is_offered) and not (reading.pages or done.refused)
    if is_silent:
        return True
    last = row.result.completed if row.result else ()
    was_partial = any(one.is_partial for one in last if one.stream == reading.stream.value)
    # The same pages are more than before where they now are the whole listing.
    is_whole_now = was_partial and not done.is_partial
    return not is_whole_now and row.pages.get(reading.stream.value) == reading.digests


def _record(
    ledgering: Ledgering, row: SourceRow, told: _Told, *, accept_shrink: bool
) -> dict[str, _Fate]:
    """Record what differs; return how many facts each stream told, and how many were refused."""
    last = {one.stream: one for one in row.result.completed} if row.result else {}
    silent = {one.stream for one in told.readings if not one.pages}
    fates = {
        stream.value: _count_again(ledgering, last, stream) for stream in told.unchanged - silent
    }
    record_matches(ledgering, row.name, told.unchanged - _REGISTRY)
    if told.registry is not None:
        fates |= _record_registry(ledgering, row, told.registry, accept_shrink=accept_shrink)
    for facts in told.others:
        before = ledgering.refused
        record_things(ledgering, row.name, facts, accept_shrink=accept_shrink)
        fates[facts.stream] = _Fate(len(facts.things), ledgering.refused - before)
    record_served(ledgering.work, row.name, _last_whole(row, {Stream.DEPLOYMENTS}))
    for reading in told.readings:
        for refusal in _unread(reading):
            ledgering.refuse(refusal)
    return fates


def _last_whole(row: SourceRow, streams: frozenset[Stream] | set[Stream]) -> datetime | None:
    """Return when all of these streams were last read whole, as far as that is known."""
    completed = row.result.completed if row.result else ()
    told = [one for one in completed if one.is_offered and not one.is_partial]
    whole = {one.stream for one in told if not one.unread}
    is_last = {one.value for one in streams} <= whole
    at = row.synced_at if is_last else row.completed_at
    return clock.from_text(at) if at else None


def _unread(reading: StreamReading) -> tuple[str, ...]:
    refused = reading.completion.refused if reading.completion else ()
    return tuple(fit_text(str(one)) for one in refused)


def _count_again(ledgering: Ledgering, last: dict[str, CompletedStream], stream: Stream) -> _Fate:
    """Count what the last reading of a stream came to: the same answers hold the same facts."""
    known = last.get(stream.value)
    fate = _Fate(known.read or 0, known.refused or 0) if known else _Fate(0)
    ledgering.count("unchanged", fate.read - fate.refused)
    ledgering.count("refused", fate.refused)
    return fate


def _record_registry(
    ledgering: Ledgering, row: SourceRow, facts: Facts, *, accept_shrink: bool
) -> dict[str, _Fate]:
    name, work, before = row.name, ledgering.work, ledgering.refused
    known_entries = registry.known_entries(work.connection, name)
    known_versions = registry.known_versions(work.connection, name)
    models = record_entries(
        ledgering, facts, known_entries, known_versions, accept_shrink=accept_shrink
    )
    lookup = {id: entry.model for id, entry in known_entries.items()} | models
    placed = record_versions(
        ledgering, facts, lookup, known_versions, source=name, accept_shrink=accept_shrink
    )
    record_servings(work, facts, models, placed, source=name, before=_last_whole(row, _CLAIMING))
    refused = ledgering.refused - before
    return {
        Stream.MODELS.value: _Fate(len(facts.entries), refused),
        Stream.VERSIONS.value: _Fate(len(facts.versions)),
    }


def _account(name: str, counts: SyncCounts, told: _Told, fates: dict[str, _Fate]) -> SourceSynced:
    failed = {failure.stream for failure in told.failures}
    completed = tuple(
        _completed(reading, fates.get(reading.stream.value, _Fate(0)))
        for reading in told.readings
        if reading.stream.value not in failed
    )
    versions = {page.evidence.source_version for one in told.readings for page in one.pages}
    version = next((found for found in versions if found), None)
    return SourceSynced(name, counts, completed, told.failures, READER, version)


def _completed(reading: StreamReading, fate: _Fate) -> CompletedStream:
    done = reading.completion
    cursor, is_offered = (done.cursor, done.is_offered) if done else (None, True)
    is_partial = done is not None and done.is_partial
    unread = _unread(reading)[:_MOST_UNREAD]
    stream, digests = reading.stream.value, reading.digests
    return CompletedStream(
        stream, digests, cursor, fate.read, fate.refused, unread, is_offered, is_partial
    )


def _keep_pages(work: WriteSession, told: _Told) -> None:
    pages = [_raw_answer(page) for reading in told.readings for page in reading.pages]
    evidence.keep(work.connection, [*pages, *map(_raw_answer, told.answers)])


def _raw_answer(answer: Page | SignatureReading) -> RawAnswer:
    told = answer.evidence
    return RawAnswer(told.digest, told.request, told.fetched_at, answer.raw)
