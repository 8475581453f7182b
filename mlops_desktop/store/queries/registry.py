"""What is known of a source: its connection, entries, versions and deployments."""

from dataclasses import dataclass, field

import msgspec
import sqlalchemy as sa

from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.sources import SourceSynced
from mlops_desktop.core.inventory import Pair
from mlops_desktop.store import records
from mlops_desktop.store.tables.deployments import deployments
from mlops_desktop.store.tables.ledger import evidence
from mlops_desktop.store.tables.projected import entries, sources, versions


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A configured source and its last reading; ``pages`` and ``cursors`` are by stream."""

    name: str
    kind: str
    url: str
    username: str | None
    ca_file: str | None
    proxy: str | None
    is_removed: bool
    reader: str | None
    version: str | None
    synced_at: str | None
    completed_at: str | None
    result: SourceSynced | None
    pages: dict[str, tuple[str, ...]]
    cursors: dict[str, str] = field(default_factory=dict)
    settings: tuple[Pair, ...] = ()


@dataclass(frozen=True, slots=True)
class KnownEntry:
    """An entry as stored: the model it belongs to and the text of its record."""

    native_id: str
    model: str
    record: str
    is_missing: bool


@dataclass(frozen=True, slots=True)
class KnownVersion:
    """A version as stored."""

    key: str
    model: str
    native_id: str
    label: str
    record: str
    is_missing: bool


@dataclass(frozen=True, slots=True)
class OpenDeployment:
    """A deployment that a source claimed and that has not ended."""

    key: str
    model: str
    label: str
    environment: str
    role: str
    basis: str


def list_sources(connection: sa.Connection) -> tuple[SourceRow, ...]:
    """Return every source ever added, removed ones too, by name."""
    found = connection.execute(sa.select(sources).order_by(sources.c.name)).mappings()
    return tuple(_source(row) for row in found)


def get_source(connection: sa.Connection, name: str) -> SourceRow:
    """Return a source in use; raises ``source.not_found``."""
    found = connection.execute(sa.select(sources).where(sources.c.name == name)).mappings().first()
    if found is None or found["removed_position"] is not None:
        raise AppError("source.not_found", name=name)
    return _source(found)


def _source(row: sa.RowMapping) -> SourceRow:
    pages = msgspec.json.decode(row["pages"], type=dict[str, tuple[str, ...]])
    return SourceRow(
        name=row["name"],
        kind=row["kind"],
        url=row["url"],
        username=row["username"],
        ca_file=row["ca_file"],
        proxy=row["proxy"],
        is_removed=row["removed_position"] is not None,
        reader=row["reader"],
        version=row["version"],
        synced_at=row["synced_at"],
        completed_at=row["completed_at"],
        result=records.from_text(SourceSynced, row["result"]) if row["result"] else None,
        pages=pages,
        cursors=msgspec.json.decode(row["cursors"], type=dict[str, str]),
        settings=records.list_from_text(Pair, row["settings"]),
    )


def known_entries(connection: sa.Connection, source: str) -> dict[str, KnownEntry]:
    """Return the entries of a source by native id, former names left out."""
    c = entries.c
    query = sa.select(c.native_id, c.model, c.record, c.missing_since)
    query = query.where(c.source == source, c.renamed_to.is_(None))
    return {
        row[0]: KnownEntry(row[0], row[1], row[2], row[3] is not None)
        for row in connection.execute(query)
    }


def known_versions(connection: sa.Connection, source: str) -> dict[str, KnownVersion]:
    """Return the versions of a source by native id."""
    c = versions.c
    query = sa.select(c.id, c.model, c.native_id, c.version, c.record, c.missing_since)
    return {
        row[2]: KnownVersion(row[0], row[1], row[2], row[3], row[4], row[5] is not None)
        for row in connection.execute(query.where(c.source == source))
    }


def open_deployments(connection: sa.Connection, source: str) -> dict[str, list[OpenDeployment]]:
    """Return the deployments a source claims today, by model."""
    c = deployments.c
    query = (
        sa.select(c.id, c.model, versions.c.version, c.environment, c.role, c.basis)
        .join(versions, versions.c.id == c.version)
        .where(c.source == source, c.closed.is_(None), c.thing.is_(None))
    )
    found: dict[str, list[OpenDeployment]] = {}
    for row in connection.execute(query):
        found.setdefault(row[1], []).append(OpenDeployment(*row))
    return found


def kept_evidence(connection: sa.Connection, digests: set[str]) -> set[str]:
    """Return which of these digests are already kept."""
    query = sa.select(evidence.c.digest).where(evidence.c.digest.in_(digests))
    return set(connection.execute(query).scalars())
