"""What sources last told about models, as far as it can contradict the inventory."""

from collections.abc import Iterable

import sqlalchemy as sa

from mlops_desktop.core.asof import NOW, AsOf
from mlops_desktop.core.inventory import Entry
from mlops_desktop.core.lifecycle import State
from mlops_desktop.core.reconciliation import ArtifactSeen, EntryTold, digest_of, owners_of
from mlops_desktop.store import records
from mlops_desktop.store.queries.entries import EntryRow, every_entry_then, list_entries
from mlops_desktop.store.queries.versions import DeploymentRow, list_deployments, list_versions
from mlops_desktop.store.tables.deployments import deployments
from mlops_desktop.store.tables.projected import entries, model_states, models


def entries_told(connection: sa.Connection, model: str, as_of: AsOf = NOW) -> tuple[EntryTold, ...]:
    """Return what each entry of a model last told; former names are left out."""
    found = list_entries(connection, model, as_of)
    return tuple(_told(row) for row in found if row.renamed_to is None)


def every_entry_told(connection: sa.Connection, as_of: AsOf = NOW) -> dict[str, list[EntryTold]]:
    """Return what each entry of every model tells by the dates asked for, by model."""
    if not as_of.is_now:
        then = every_entry_then(connection, as_of)
        return {
            model: [_told(row) for row in rows if row.renamed_to is None]
            for model, rows in then.items()
        }
    query = sa.select(entries).where(entries.c.renamed_to.is_(None))
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
    if not seen:
        return ()
    versions = list_versions(connection, model, as_of)
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
    return tuple(key for key in found if _was_approved(connection, key, since))


def _was_approved(connection: sa.Connection, model: str, at: str) -> bool:
    c = model_states.c
    query = sa.select(c.state).where(c.id == model, c.effective <= at)
    last = query.order_by(c.effective.desc(), c.position.desc()).limit(1)
    return connection.execute(last).scalar() == State.APPROVED.value


def is_told_of(connection: sa.Connection, keys: Iterable[str]) -> frozenset[str]:
    """Return those of these models that any source has told of."""
    query = sa.select(entries.c.model).where(entries.c.model.in_(list(keys)))
    return frozenset(connection.execute(query).scalars())
