"""One sync: read the source, compare with what is known, record, account."""

from dataclasses import dataclass

from mlops_desktop.core.changes import Changes
from mlops_desktop.core.events.sources import (
    CompletedStream,
    SourceSynced,
    StreamFailure,
    SyncCounts,
)
from mlops_desktop.services.session import Session
from mlops_desktop.services.sync.collector import pausing
from mlops_desktop.services.sync.entries import record_entries
from mlops_desktop.services.sync.facts import Facts, collect
from mlops_desktop.services.sync.ledgering import Ledgering
from mlops_desktop.services.sync.model_signatures import read_signatures
from mlops_desktop.services.sync.reading import Report, StreamReading, read_streams
from mlops_desktop.services.sync.servings import record_servings
from mlops_desktop.services.sync.versions import record_versions
from mlops_desktop.sources.base import Source
from mlops_desktop.sources.observations import Page, SignatureReading
from mlops_desktop.store import evidence
from mlops_desktop.store.evidence import RawAnswer
from mlops_desktop.store.queries import registry
from mlops_desktop.store.queries.registry import SourceRow
from mlops_desktop.store.unit_of_work import WriteSession

READER = "registry-2"
"""Raised whenever conversion or comparison reads more from an answer than before."""

AGENT = "sync"


@dataclass(frozen=True, slots=True)
class SyncResult:
    """What became of every fact read, what could not be read, and what changed here."""

    source: str
    counts: SyncCounts
    failures: tuple[StreamFailure, ...]
    refusals: tuple[str, ...]
    is_unchanged: bool
    changes: Changes


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
        registry.get_source(view.connection, name)
    readings = list(read_streams(source, report))
    agent = session.as_agent(AGENT)
    facts, answers = _examine(session, name, source, readings, report)
    with agent.workspace.write(agent.actor) as work:
        row = registry.get_source(work.connection, name)
        ledgering = Ledgering(work)
        unchanged = not accept_shrink and _is_unchanged(row, readings)
        failures: tuple[StreamFailure, ...] = ()
        if unchanged:
            counts = _count_unchanged(row)
        else:
            report("sync.comparing", 0, None)
            with pausing():
                facts = facts or collect(name, readings)
                counts, failures = _record(ledgering, name, facts, accept_shrink=accept_shrink)
        _keep_pages(work, readings, answers)
        work.record(_account(name, counts, failures, readings))
    return SyncResult(name, counts, failures, tuple(ledgering.refusals), unchanged, work.changes)


def _examine(
    session: Session, name: str, source: Source, readings: list[StreamReading], report: Report
) -> tuple[Facts | None, list[SignatureReading]]:
    """Parse what was read and ask for signatures, before the ledger is locked."""
    with session.workspace.read() as view:
        row = registry.get_source(view.connection, name)
        if _is_unchanged(row, readings):
            return None, []
        known = frozenset(registry.known_versions(view.connection, name))
    with pausing():
        facts = collect(name, readings)
    return facts, read_signatures(source, facts, known, report)


def _is_unchanged(row: SourceRow, readings: list[StreamReading]) -> bool:
    """Tell whether every page is as it was in the last reading, and nothing of that is open."""
    last = row.result
    # A stream that failed kept others from being concluded on, a moved alias for one.
    if row.reader != READER or last is None or last.counts.held_back or last.failures:
        return False
    return all(
        reading.is_complete and row.pages.get(reading.stream.value) == reading.digests
        for reading in readings
    )


def _count_unchanged(row: SourceRow) -> SyncCounts:
    """Return what the last reading came to: the same answers hold the same facts."""
    last = row.result.counts if row.result else SyncCounts()
    return SyncCounts(last.read, unchanged=last.read - last.refused, refused=last.refused)


def _record(
    ledgering: Ledgering, name: str, facts: Facts, *, accept_shrink: bool
) -> tuple[SyncCounts, tuple[StreamFailure, ...]]:
    work = ledgering.work
    known_entries = registry.known_entries(work.connection, name)
    known_versions = registry.known_versions(work.connection, name)
    deployments = registry.open_deployments(work.connection, name)
    models = record_entries(
        ledgering, facts, known_entries, known_versions, accept_shrink=accept_shrink
    )
    lookup = {id: entry.model for id, entry in known_entries.items()} | models
    placed = record_versions(
        ledgering, facts, lookup, known_versions, source=name, accept_shrink=accept_shrink
    )
    record_servings(work, facts, models, placed, deployments, source=name)
    read = len(facts.entries) + len(facts.versions)
    return ledgering.counts(read), _failures(facts)


def _failures(facts: Facts) -> tuple[StreamFailure, ...]:
    return tuple(
        StreamFailure(failure.stream.value, failure.code.value, failure.detail)
        for failure in facts.failures
    )


def _account(
    name: str,
    counts: SyncCounts,
    failures: tuple[StreamFailure, ...],
    readings: list[StreamReading],
) -> SourceSynced:
    failed = {failure.stream for failure in failures}
    completed = tuple(
        CompletedStream(reading.stream.value, reading.digests)
        for reading in readings
        if reading.stream.value not in failed
    )
    versions = {page.evidence.source_version for reading in readings for page in reading.pages}
    version = next((found for found in versions if found), None)
    return SourceSynced(name, counts, completed, failures, READER, version)


def _keep_pages(
    work: WriteSession, readings: list[StreamReading], answers: list[SignatureReading]
) -> None:
    pages = [_raw_answer(page) for reading in readings for page in reading.pages]
    evidence.keep(work.connection, [*pages, *map(_raw_answer, answers)])


def _raw_answer(answer: Page | SignatureReading) -> RawAnswer:
    told = answer.evidence
    return RawAnswer(told.digest, told.request, told.fetched_at, answer.raw)
