"""What sources last told about models, as far as it can contradict the inventory."""

from collections.abc import Iterable, Sequence
from typing import Any

import sqlalchemy as sa

from mlops_desktop.core.asof import NOW, AsOf
from mlops_desktop.core.inventory import Entry
from mlops_desktop.core.lifecycle import State
from mlops_desktop.core.reconciliation import ArtifactSeen, EntryTold, digest_of, owners_of
from mlops_desktop.store import records
from mlops_desktop.store.queries.among import one_of
from mlops_desktop.store.queries.entries import EntryRow, every_entry_then
from mlops_desktop.store.queries.versions import (
    DeploymentRow,
    VersionRow,
    deployments_with_artifact,
    list_deployments,
    list_versions,
    versions_of,
)
from mlops_desktop.store.tables.deployments import deployments
from mlops_desktop.store.tables.projected import entries, model_states, models


def entries_told(
    connection: sa.Connection, wanted: tuple[str, ...]
) -> dict[str, tuple[EntryTold, ...]]:
    """Return what each entry of some models last told, by model; former names are left out."""
    query = sa.select(entries).where(entries.c.renamed_to.is_(None))
    found = _by_model(connection, query.where(one_of(entries.c.model, wanted)))
    return {model: tuple(told) for model, told in found.items()}


def every_entry_told(connection: sa.Connection, as_of: AsOf = NOW) -> dict[str, list[EntryTold]]:
    """Return what each entry of every model tells by the dates asked for, by model."""
    if not as_of.is_now:
        then = every_entry_then(connection, as_of)
        return {
            model: [_told(row) for row in rows if row.renamed_to is None]
            for model, rows in then.items()
        }
    return _by_model(connection, sa.select(entries).where(entries.c.renamed_to.is_(None)))


def _by_model(connection: sa.Connection, query: sa.Select[Any]) -> dict[str, list[EntryTold]]:
    found: dict[str, list[EntryTold]] = {}
    for row in connection.execute(query.order_by(entries.c.source, entries.c.native_id)):
        entry = records.from_text(Entry, row.record)
        told = EntryRow(row.model, entry, row.seen_digest, row.seen_at, row.missing_since, None)
        found.setdefault(row.model, []).append(_told(told))
    return found


def _told(row: EntryRow) -> EntryTold:
    tags = owners_of((tag.name, tag.value) for tag in row.entry.tags)
    entry = row.entry
    return EntryTold(
        entry.source, entry.native_id, tags, row.missing_since, row.seen_digest, row.seen_at
    )


def artifacts_seen(
    connection: sa.Connection, model: str, as_of: AsOf = NOW
) -> tuple[ArtifactSeen, ...]:
    """Return the digests of what serves as a model, each beside the one known of its version.

    What the registry tells of a version is known of it; else what was first seen of it.
    """
    rows = list_deployments(connection, model, as_of)
    seen = [row for row in rows if row.artifact_digest is not None]
    return _beside(seen, list_versions(connection, model, as_of)) if seen else ()


def artifacts_seen_of(
    connection: sa.Connection, wanted: tuple[str, ...]
) -> dict[str, tuple[ArtifactSeen, ...]]:
    """Return now for some models what :func:`artifacts_seen` does for one, where there is any."""
    seen = deployments_with_artifact(connection, wanted)
    versions = versions_of(connection, seen) if seen else {}
    return {model: _beside(rows, versions.get(model, ())) for model, rows in seen.items()}


def _beside(
    seen: Sequence[DeploymentRow], versions: Sequence[VersionRow]
) -> tuple[ArtifactSeen, ...]:
    known = {row.key: digest_of(row.details) for row in versions}
    first: dict[str, str] = {}
    for row in seen:
        first.setdefault(row.label, row.artifact_digest or "")
    return tuple(
        _artifact(row, known.get(row.version) or first[row.label])
        for row in seen
        if row.until is None
    )


def _artifact(row: DeploymentRow, known: str) -> ArtifactSeen:
    return ArtifactSeen(
        row.label,
        row.environment,
        row.artifact_digest or "",
        known,
        f"{row.source}: {row.basis}",
        row.seen_digest or "",
        row.seen_at or "",
    )


def with_artifacts(connection: sa.Connection) -> frozenset[str]:
    """Return the models of which something was ever seen serving with a digest."""
    query = sa.select(deployments.c.model).where(deployments.c.artifact_digest.is_not(None))
    return frozenset(connection.execute(query.distinct()).scalars())


def idle_models(connection: sa.Connection, source: str, since: str) -> tuple[str, ...]:
    """Return the models that a source tells of, approved since a time and running nowhere."""
    told = sa.select(entries.c.model).where(entries.c.source == source)
    approved = models.c.state == State.APPROVED.value
    query = sa.select(models.c.id).where(approved, models.c.id.in_(told))
    found = connection.execute(query.order_by(models.c.number)).scalars().all()
    then = _states_at(connection, found, since) if found else {}
    return tuple(key for key in found if then.get(key) == State.APPROVED.value)


def _states_at(connection: sa.Connection, wanted: Sequence[str], at: str) -> dict[str, str]:
    """Return the state of each model at a time, as it is known now."""
    c = model_states.c
    query = sa.select(c.id, c.state).where(one_of(c.id, wanted), c.effective <= at)
    return {
        row.id: row.state for row in connection.execute(query.order_by(c.effective, c.position))
    }


def is_told_of(connection: sa.Connection, keys: Iterable[str]) -> frozenset[str]:
    """Return those of these models that any source has told of."""
    query = sa.select(entries.c.model).where(entries.c.model.in_(list(keys)))
    return frozenset(connection.execute(query).scalars())
