"""Versions and deployments out, as of any date."""

from collections.abc import Collection
from dataclasses import dataclass

import sqlalchemy as sa

from mlops_desktop.core.asof import NOW, AsOf
from mlops_desktop.core.inventory import VersionDetails
from mlops_desktop.core.whole_numbers import whole
from mlops_desktop.store import records
from mlops_desktop.store.queries.among import Among, one_of
from mlops_desktop.store.queries.positions import known_size
from mlops_desktop.store.tables.deployments import deployments
from mlops_desktop.store.tables.projected import version_states, versions


@dataclass(frozen=True, slots=True)
class VersionRow:
    """A version with what its source last told, and since when the source lacks it."""

    key: str
    model: str
    source: str
    native_id: str
    details: VersionDetails
    seen_digest: str
    seen_at: str
    missing_since: str | None


@dataclass(frozen=True, slots=True)
class DeploymentRow:
    """A deployment with the evidence of its beginning; ``until`` is None while it serves."""

    key: str
    model: str
    version: str
    environment: str
    role: str
    source: str
    basis: str
    since: str
    until: str | None
    seen_digest: str | None
    entity: str | None = None
    """The id of the legal entity it serves, where somebody said so."""
    label: str = ""
    thing: str | None = None
    """The id of what a source saw serve."""
    share: str | None = None
    region: str | None = None
    endpoint: str | None = None
    artifact_digest: str | None = None
    seen_at: str | None = None
    since_after: str | None = None
    """The last whole reading that did not show it yet: it began between that and ``seen_at``."""
    until_after: str | None = None
    """The last whole reading that still showed it."""
    until_digest: str | None = None


def _sort_key(row: VersionRow) -> tuple[int, str]:
    text = row.details.version
    number = whole(text)
    return (number, "") if number is not None else (-1, text)


def list_versions(
    connection: sa.Connection, model: str, as_of: AsOf = NOW
) -> tuple[VersionRow, ...]:
    """Return a model's versions, newest number first."""
    if as_of.is_now:
        found = connection.execute(sa.select(versions).where(versions.c.model == model)).mappings()
        rows = [_version(row, row["record"], row["missing_since"]) for row in found]
    else:
        rows = _versions_then(connection, versions.c.model == model, as_of)
    return tuple(sorted(rows, key=_sort_key, reverse=True))


def _versions_then(
    connection: sa.Connection, of: sa.ColumnElement[bool], as_of: AsOf
) -> list[VersionRow]:
    states = version_states.c
    query = (
        sa.select(versions)
        .add_columns(states.record.label("then"), states.missing_since.label("missing_then"))
        .join(version_states, states.id == versions.c.id)
        .where(of, states.position < known_size(connection, as_of))
        .order_by(states.effective, states.position)
    )
    if as_of.at_text is not None:
        query = query.where(states.effective <= as_of.at_text)
    latest = {row["id"]: row for row in connection.execute(query).mappings()}
    return [_version(row, row["then"], row["missing_then"]) for row in latest.values()]


def versions_of(
    connection: sa.Connection, models: Collection[str], as_of: AsOf = NOW
) -> dict[str, tuple[VersionRow, ...]]:
    """Return the versions of each of these models as ``list_versions`` does of one."""
    if as_of.is_now:
        query = sa.select(versions).where(Among(versions.c.model, models))
        told = connection.execute(query).mappings()
        rows = [_version(row, row["record"], row["missing_since"]) for row in told]
    else:
        rows = _versions_then(connection, Among(versions.c.model, models), as_of)
    found: dict[str, list[VersionRow]] = {}
    for row in rows:
        found.setdefault(row.model, []).append(row)
    return {key: tuple(sorted(some, key=_sort_key, reverse=True)) for key, some in found.items()}


def _version(row: sa.RowMapping, record: str, missing_since: str | None) -> VersionRow:
    return VersionRow(
        key=row["id"],
        model=row["model"],
        source=row["source"],
        native_id=row["native_id"],
        details=records.from_text(VersionDetails, record),
        seen_digest=row["seen_digest"],
        seen_at=row["seen_at"],
        missing_since=missing_since,
    )


def list_deployments(
    connection: sa.Connection, model: str, as_of: AsOf = NOW
) -> tuple[DeploymentRow, ...]:
    """Return a model's deployments by beginning; one closed later than asked is still open."""
    # What holds now is what the tables say, what is not committed yet included.
    size = None if as_of.is_now else known_size(connection, as_of)
    query = sa.select(deployments).where(deployments.c.model == model)
    if size is not None:
        query = query.where(deployments.c.opened_position < size)
    if as_of.at_text is not None:
        query = query.where(deployments.c.opened <= as_of.at_text)
    found = connection.execute(query.order_by(deployments.c.opened)).mappings()
    return tuple(_deployment(row, size, as_of) for row in found)


def deployments_with_artifact(
    connection: sa.Connection, wanted: Collection[str]
) -> dict[str, list[DeploymentRow]]:
    """Return deployments of some models whose artifact was ever seen, by model and beginning."""
    c = deployments.c
    query = sa.select(deployments).where(one_of(c.model, wanted), c.artifact_digest.is_not(None))
    found: dict[str, list[DeploymentRow]] = {}
    for row in connection.execute(query.order_by(c.opened)).mappings():
        found.setdefault(row["model"], []).append(_deployment(row, None, NOW))
    return found


def every_deployment(
    connection: sa.Connection, as_of: AsOf = NOW
) -> dict[str, list[DeploymentRow]]:
    """Return the deployments of every model as ``list_deployments`` does of one."""
    size = None if as_of.is_now else known_size(connection, as_of)
    query = sa.select(deployments)
    if size is not None:
        query = query.where(deployments.c.opened_position < size)
    if as_of.at_text is not None:
        query = query.where(deployments.c.opened <= as_of.at_text)
    found: dict[str, list[DeploymentRow]] = {}
    for row in connection.execute(query.order_by(deployments.c.opened)).mappings():
        found.setdefault(row["model"], []).append(_deployment(row, size, as_of))
    return found


def open_deployments(
    connection: sa.Connection, environment: str, as_of: AsOf = NOW
) -> tuple[DeploymentRow, ...]:
    """Return what serves in an environment, over all models, by beginning."""
    size = None if as_of.is_now else known_size(connection, as_of)
    query = sa.select(deployments).where(deployments.c.environment == environment)
    if size is None:
        query = query.where(deployments.c.closed.is_(None))
    else:
        query = query.where(deployments.c.opened_position < size)
    if as_of.at_text is not None:
        query = query.where(deployments.c.opened <= as_of.at_text)
    rows = connection.execute(query.order_by(deployments.c.opened)).mappings()
    found = (_deployment(row, size, as_of) for row in rows)
    return tuple(one for one in found if one.until is None)


def _deployment(row: sa.RowMapping, size: int | None, as_of: AsOf) -> DeploymentRow:
    closed = row["closed"]
    unknown = closed is not None and size is not None and row["closed_position"] >= size
    later = closed is not None and as_of.at_text is not None and closed > as_of.at_text
    is_open = closed is None or unknown or later
    return DeploymentRow(
        key=row["id"],
        model=row["model"],
        version=row["version"],
        environment=row["environment"],
        role=row["role"],
        source=row["source"],
        basis=row["basis"],
        since=row["opened"],
        until=None if is_open else closed,
        seen_digest=row["seen_digest"],
        entity=row["entity"],
        label=row["label"],
        thing=row["thing"],
        share=row["share"],
        region=row["region"],
        endpoint=row["endpoint"],
        artifact_digest=row["artifact_digest"],
        seen_at=row["seen_at"],
        since_after=row["opened_after"],
        until_after=None if is_open else row["closed_after"],
        until_digest=None if is_open else row["closed_digest"],
    )
