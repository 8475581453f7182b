"""Entries of registries: what each source last told about a model."""

import sqlalchemy as sa

from mlops_desktop.core import clock
from mlops_desktop.core.events.candidates import CandidateFound, CandidateMatched
from mlops_desktop.core.events.entries import (
    EntryChanged,
    EntryMissed,
    EntryRenamed,
    EntryReturned,
)
from mlops_desktop.core.events.registry import Signature
from mlops_desktop.core.inventory import Entry, Sighting
from mlops_desktop.core.model_state import Happening
from mlops_desktop.store import records
from mlops_desktop.store.projections.registry import projects
from mlops_desktop.store.rows import Rows
from mlops_desktop.store.tables.projected import entries, former_versions, versions


def _put(rows: Rows, model: str, entry: Entry, seen: Sighting, happening: Happening) -> None:
    rows.put(
        entries,
        {
            "source": entry.source,
            "native_id": entry.native_id,
            "model": model,
            "name": entry.name,
            "record": records.to_text(entry),
            "seen_digest": seen.digest,
            "seen_at": clock.to_text(seen.fetched_at),
            "position": happening.position,
        },
    )


@projects(CandidateFound, EntryChanged, EntryReturned)
def project_listing(rows: Rows, happening: Happening, _: Signature | None) -> None:
    """Keep what the source last told."""
    payload = happening.payload
    if isinstance(payload, CandidateFound | EntryChanged | EntryReturned):
        rows.touched.add(("model", payload.model))
        _put(rows, payload.model, payload.entry, payload.seen, happening)


@projects(EntryRenamed)
def project_rename(rows: Rows, happening: Happening, _: Signature | None) -> None:
    """Keep the former entry with its new name beside it."""
    payload = happening.payload
    if not isinstance(payload, EntryRenamed):
        return
    rows.touched.add(("model", payload.model))
    former = rows.get(entries, payload.entry.source, payload.former_id)
    if former is not None:
        since = clock.to_text(happening.at)
        rows.put(
            entries,
            {**former, "missing_since": since, "renamed_to": payload.entry.native_id},
        )
    _put(rows, payload.model, payload.entry, payload.seen, happening)


@projects(EntryMissed)
def project_miss(rows: Rows, happening: Happening, _: Signature | None) -> None:
    """Note since when a complete listing no longer holds the entry."""
    payload = happening.payload
    if not isinstance(payload, EntryMissed):
        return
    rows.touched.add(("model", payload.model))
    entry = rows.get(entries, payload.source, payload.native_id)
    if entry is not None:
        rows.put(entries, {**entry, "missing_since": clock.to_text(happening.at)})


@projects(CandidateMatched)
def project_match(rows: Rows, happening: Happening, _: Signature | None) -> None:
    """Hand a candidate's entries and versions over to the model it is the same as."""
    payload = happening.payload
    if not isinstance(payload, CandidateMatched):
        return
    rows.touched.add(("model", payload.same_as))
    for table in (entries, versions, former_versions):
        for row in rows.select(sa.select(table).where(table.c.model == payload.model)):
            rows.put(table, {**row, "model": payload.same_as})
