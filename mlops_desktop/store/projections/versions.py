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
from mlops_desktop.store.tables.projected import former_versions, versions


def _replace(rows: Rows, known: Row, news: Row, happening: Happening) -> None:
    """Make a version's row what it is from now on, and keep what it was.

    A reading dated before the row's own is history from the beginning.
    """
    rows.touched.add(("model", str(known["model"])))
    since: Row = {
        "position": happening.position,
        "effective": clock.to_text(happening.effective),
    }
    told: Row = {**known, **news, **since}
    is_past = str(told["effective"]) < str(known["effective"])
    former, current = (told, known) if is_past else (known, told)
    rows.put(former_versions, {column.name: former[column.name] for column in former_versions.c})
    rows.put(versions, current)


def _sighting(seen: Sighting | None, happening: Happening) -> Row:
    return {
        "seen_digest": seen.digest if seen else "",
        "seen_at": clock.to_text(seen.fetched_at if seen else happening.at),
    }


def _by_hand(happening: Happening) -> str | None:
    """Return who recorded a version with his own hand: neither a source nor a taken-over list."""
    is_told = isinstance(happening.payload, VersionObserved) or happening.actor.agent
    return None if is_told else happening.actor.person


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
        "registered_by": _by_hand(happening),
        "record": records.to_text(payload.details),
        "position": happening.position,
        "effective": clock.to_text(happening.effective),
        **_sighting(observed.seen if observed else None, happening),
    }
    rows.touched.add(("model", payload.model))
    rows.put(versions, row)


@projects(VersionChanged, VersionReturned)
def project_change(rows: Rows, happening: Happening, _: Signature | None) -> None:
    """Keep what the source now tells of a version."""
    payload = happening.payload
    if not isinstance(payload, VersionChanged | VersionReturned):
        return
    known = rows.get(versions, payload.version)
    if known is not None:
        news: Row = {"record": records.to_text(payload.details), "missing_since": None}
        news.update(_sighting(payload.seen, happening))
        if isinstance(payload, VersionChanged) and payload.native_id is not None:
            news["native_id"] = payload.native_id
        _replace(rows, known, news, happening)


@projects(VersionMissed)
def project_miss(rows: Rows, happening: Happening, _: Signature | None) -> None:
    """Note since when a complete listing no longer holds the version."""
    payload = happening.payload
    if not isinstance(payload, VersionMissed):
        return
    known = rows.get(versions, payload.version)
    if known is not None:
        _replace(rows, known, {"missing_since": clock.to_text(happening.at)}, happening)
