"""Versions: their current row and each state a source told."""

from mlops_desktop.core import clock
from mlops_desktop.core.events.registry import Signature
from mlops_desktop.core.events.versions import (
    VersionChanged,
    VersionMissed,
    VersionObserved,
    VersionRegistered,
    VersionReturned,
)
from mlops_desktop.core.inventory import Sighting
from mlops_desktop.core.model_state import Happening
from mlops_desktop.store import records
from mlops_desktop.store.projections.registry import projects
from mlops_desktop.store.rows import Row, Rows
from mlops_desktop.store.tables.projected import version_states, versions


def _write(rows: Rows, row: Row, happening: Happening) -> None:
    rows.touched.add(("model", str(row["model"])))
    rows.put(versions, row)
    rows.add(
        version_states,
        {
            "id": row["id"],
            "position": happening.position,
            "model": row["model"],
            "effective": clock.to_text(happening.effective),
            "record": row["record"],
            "missing_since": row["missing_since"],
        },
    )


def _sighting(seen: Sighting | None, happening: Happening) -> Row:
    return {
        "seen_digest": seen.digest if seen else "",
        "seen_at": clock.to_text(seen.fetched_at if seen else happening.at),
    }


@projects(VersionRegistered, VersionObserved)
def project_arrival(rows: Rows, happening: Happening, _: Signature | None) -> None:
    """Keep a version that is new here."""
    payload = happening.payload
    if not isinstance(payload, VersionRegistered | VersionObserved):
        return
    observed = payload if isinstance(payload, VersionObserved) else None
    row: Row = {
        "id": payload.version,
        "model": payload.model,
        "version": payload.details.version,
        "source": observed.source if observed else "",
        "native_id": observed.native_id if observed else "",
        "record": records.to_text(payload.details),
        "missing_since": None,
        "position": happening.position,
        **_sighting(observed.seen if observed else None, happening),
    }
    _write(rows, row, happening)


@projects(VersionChanged, VersionReturned)
def project_change(rows: Rows, happening: Happening, _: Signature | None) -> None:
    """Keep what the source now tells of a version."""
    payload = happening.payload
    if not isinstance(payload, VersionChanged | VersionReturned):
        return
    known = rows.get(versions, payload.version)
    if known is not None:
        record = records.to_text(payload.details)
        row = {**known, "record": record, "missing_since": None}
        row.update(_sighting(payload.seen, happening))
        if isinstance(payload, VersionChanged) and payload.native_id is not None:
            row["native_id"] = payload.native_id
        _write(rows, row, happening)


@projects(VersionMissed)
def project_miss(rows: Rows, happening: Happening, _: Signature | None) -> None:
    """Note since when a complete listing no longer holds the version."""
    payload = happening.payload
    if not isinstance(payload, VersionMissed):
        return
    known = rows.get(versions, payload.version)
    if known is not None:
        _write(rows, {**known, "missing_since": clock.to_text(happening.at)}, happening)
