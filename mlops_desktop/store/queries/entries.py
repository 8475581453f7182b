"""What registries told about a model, as of any date."""

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TypeAlias

import sqlalchemy as sa

from mlops_desktop.core import clock
from mlops_desktop.core.asof import NOW, AsOf
from mlops_desktop.core.events.candidates import CandidateFound, CandidateMatched
from mlops_desktop.core.events.entries import (
    EntryChanged,
    EntryMissed,
    EntryRenamed,
    EntryReturned,
)
from mlops_desktop.core.events.registry import Envelope, name_of
from mlops_desktop.core.inventory import Entry, Sighting
from mlops_desktop.core.lifecycle import State
from mlops_desktop.core.model_state import ModelState
from mlops_desktop.store import envelopes, records
from mlops_desktop.store.queries.positions import known_size
from mlops_desktop.store.tables.ledger import events
from mlops_desktop.store.tables.projected import entries, models


@dataclass(frozen=True, slots=True)
class EntryRow:
    """A registry's entry with what its source last told."""

    model: str
    entry: Entry
    seen_digest: str
    seen_at: str
    missing_since: str | None
    renamed_to: str | None


def list_entries(connection: sa.Connection, model: str, as_of: AsOf = NOW) -> tuple[EntryRow, ...]:
    """Return what registries had told about a model, entries gone or renamed included."""
    if not as_of.is_now:
        return _entries_then(connection, model, as_of)
    query = sa.select(entries).where(entries.c.model == model)
    found = connection.execute(query.order_by(entries.c.source, entries.c.native_id)).mappings()
    return tuple(
        EntryRow(
            row["model"],
            records.from_text(Entry, row["record"]),
            row["seen_digest"],
            row["seen_at"],
            row["missing_since"],
            row["renamed_to"],
        )
        for row in found
    )


_TELLING = (
    CandidateFound,
    CandidateMatched,
    EntryChanged,
    EntryRenamed,
    EntryMissed,
    EntryReturned,
)
_Known: TypeAlias = dict[tuple[str, str], EntryRow]


def _entries_then(connection: sa.Connection, model: str, as_of: AsOf) -> tuple[EntryRow, ...]:
    """Tell the history again up to the dates asked for: it is short, and asked for seldom."""
    known: _Known = {}
    for subject in (model, *_matched(connection, model)):
        told = _read(connection, subject, as_of)
        if subject == model or any(_is_match(envelope) for envelope in told):
            for envelope in told:
                _take(known, model, envelope)
    return tuple(row for _, row in sorted(known.items()))


def every_entry_then(connection: sa.Connection, as_of: AsOf) -> dict[str, tuple[EntryRow, ...]]:
    """Return what registries had told by the dates asked for, by model, in one reading."""
    told: dict[str, list[Envelope]] = defaultdict(list)
    query = sa.select(events.c.subject, events.c.body).where(*_until(connection, as_of))
    for subject, body in connection.execute(query.order_by(events.c.position)):
        told[subject].append(envelopes.from_body(bytes(body), {}))
    known: dict[str, _Known] = defaultdict(dict)
    for subject, some in told.items():
        for envelope in some:
            _take(known[subject], subject, envelope)
    for model, subject in _every_match(connection):
        if any(map(_is_match, told.get(subject, ()))):
            for envelope in told[subject]:
                _take(known[model], model, envelope)
    return {model: tuple(row for _, row in sorted(rows.items())) for model, rows in known.items()}


def _every_match(connection: sa.Connection) -> list[tuple[str, str]]:
    """Return every candidate that was decided to be a model that was there, after that model."""
    same = models.c.record.contains('"same_as":"', autoescape=True)
    query = sa.select(models.c.id, models.c.record).where(
        models.c.stage == State.REJECTED.value, same
    )
    rows = connection.execute(query.order_by(models.c.number)).all()
    found = ((records.from_text(ModelState, row.record).same_as, row.id) for row in rows)
    return [(model, subject) for model, subject in found if model is not None]


def _matched(connection: sa.Connection, model: str) -> list[str]:
    """Return the candidates that were decided to be the same model, now or then."""
    same = models.c.record.contains(f'"same_as":"{model}"', autoescape=True)
    query = sa.select(models.c.id).where(models.c.stage == State.REJECTED.value, same)
    return list(connection.execute(query.order_by(models.c.number)).scalars())


def _is_match(envelope: Envelope) -> bool:
    return isinstance(envelope.payload, CandidateMatched)


def _read(connection: sa.Connection, subject: str, as_of: AsOf) -> list[Envelope]:
    limits = _until(connection, as_of)
    query = sa.select(events.c.body).where(events.c.subject == subject, *limits)
    found = connection.execute(query.order_by(events.c.position)).scalars().all()
    return [envelopes.from_body(bytes(body), {}) for body in found]


def _until(connection: sa.Connection, as_of: AsOf) -> list[sa.ColumnElement[bool]]:
    """Return what keeps events to those that tell of entries, by the dates asked for."""
    told = events.c.type.in_([name_of(kind) for kind in _TELLING])
    limits = [told, events.c.position < known_size(connection, as_of)]
    return limits if as_of.at_text is None else [*limits, events.c.effective <= as_of.at_text]


def _take(known: _Known, model: str, envelope: Envelope) -> None:
    payload, at = envelope.payload, clock.to_text(envelope.at)
    match payload:
        case CandidateFound() | EntryChanged() | EntryReturned():
            _put(known, model, payload.entry, payload.seen)
        case EntryRenamed(entry=entry):
            _mark(known, (entry.source, payload.former_id), at, entry.native_id)
            _put(known, model, entry, payload.seen)
        case EntryMissed():
            _mark(known, (payload.source, payload.native_id), at, None)


def _put(known: _Known, model: str, entry: Entry, seen: Sighting) -> None:
    row = EntryRow(model, entry, seen.digest, clock.to_text(seen.fetched_at), None, None)
    known[(entry.source, entry.native_id)] = row


def _mark(known: _Known, key: tuple[str, str], at: str, renamed_to: str | None) -> None:
    if key in known:
        row = known[key]
        told = renamed_to if renamed_to is not None else row.renamed_to
        known[key] = replace(row, missing_since=at, renamed_to=told)
