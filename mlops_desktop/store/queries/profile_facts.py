"""Facts that profiles ask for, of one model or of all at once: one query a kind of fact."""

from collections.abc import Iterable
from typing import Any, TypeAlias

import msgspec
import sqlalchemy as sa

from mlops_desktop.core.asof import AsOf
from mlops_desktop.core.events.profiles import ModelEvidenced
from mlops_desktop.store import log, records, sql
from mlops_desktop.store.queries.positions import known_size
from mlops_desktop.store.tables.deployments import deployments
from mlops_desktop.store.tables.ledger import disclosures
from mlops_desktop.store.tables.profiles import field_changes, model_evidence
from mlops_desktop.store.tables.projected import (
    approval_decisions,
    approval_requests,
    people,
    version_states,
)
from mlops_desktop.store.tables.rules import approval_marks

Dated: TypeAlias = list[tuple[str, str]]
"""Models with the newest moment of something about each, as text in UTC."""

_Limits: TypeAlias = list[sa.ColumnElement[bool]]


def list_field_changes(
    connection: sa.Connection, as_of: AsOf, model: str | None = None
) -> list[tuple[str, str, str]]:
    """Return model, date and field names of every change known, the later ones last."""
    c = field_changes.c
    size = known_size(connection, as_of)
    text = "SELECT model, effective, fields FROM field_changes WHERE position < ?"
    cells: list[sql.Cell] = [size]
    if as_of.at_text is not None:
        text, cells = f"{text} AND effective <= ?", [*cells, as_of.at_text]
    if model is not None:
        text, cells = f"{text} AND {c.model.name} = ?", [*cells, model]
    found = sql.fetch(connection, f"{text} ORDER BY effective, position", *cells)
    return [(str(key), str(at), str(names)) for key, at, names in found]


def find_erased(connection: sa.Connection, digests: Iterable[str]) -> frozenset[str]:
    """Return which commitments can no longer be opened, in one query."""
    wanted = msgspec.json.encode(list(digests)).decode()
    is_file = connection.dialect.name == "sqlite"
    listed = "SELECT value FROM json_each(?)" if is_file else _POSTGRES_LIST
    text = f"SELECT value FROM ({listed}) AS asked WHERE NOT EXISTS ({_KEPT})"  # noqa: S608 - ours
    return frozenset(str(row[0]) for row in sql.fetch(connection, text, wanted))


_POSTGRES_LIST = "SELECT jsonb_array_elements_text(CAST(? AS JSONB)) AS value"
_KEPT = f"SELECT 1 FROM {disclosures.name} WHERE digest = value"  # noqa: S608 - our own name


def newest_versions(
    connection: sa.Connection, as_of: AsOf, model: str | None = None, *, holding: str = ""
) -> Dated:
    """Return when a version of each model was last told, of those that hold ``"holding":``."""
    c = version_states.c
    limits = _limits(connection, c.position, c.effective, as_of)
    if holding:  # what is empty is left out of a record, and a quote inside a text is escaped
        limits.append(c.record.contains(f'"{holding}":', autoescape=True))
    return _newest(connection, c.model, c.effective, limits, model)


def described_versions(connection: sa.Connection, as_of: AsOf, model: str | None = None) -> Dated:
    """Return when a version of each model was last told, where none is without a description."""
    c = version_states.c
    says = sa.case((c.record.contains('"description":', autoescape=True), 1), else_=0)
    told = sa.select(c.model, sa.func.max(c.effective).label("at"), sa.func.max(says).label("says"))
    told = told.where(*_limits(connection, c.position, c.effective, as_of)).group_by(c.model, c.id)
    told = told.where(c.model == model) if model is not None else told
    each = told.subquery("each_version")
    query = sa.select(each.c.model, sa.func.max(each.c["at"])).group_by(each.c.model)
    query = query.having(sa.func.min(each.c.says) == 1)
    return [(str(key), str(newest)) for key, newest in connection.execute(query)]


def conditional_requests(
    connection: sa.Connection, as_of: AsOf, model: str | None = None
) -> frozenset[str]:
    """Return the keys of the requests that were granted under conditions, signed or on paper."""
    size, told = known_size(connection, as_of), []
    for table in (approval_decisions, approval_marks):
        c = table.c
        has_conditions = c.record.contains('"conditions":', autoescape=True)
        told.append(sa.select(c.request).where(c.position < size, has_conditions))
    query = sa.union(*told).subquery("told")
    found = sa.select(query.c.request)
    if model is not None:
        asked = approval_requests.c
        found = found.join(approval_requests, asked.id == query.c.request)
        found = found.where(asked.model == model)
    return frozenset(str(key) for key in connection.execute(found).scalars())


def find_revoked(connection: sa.Connection, as_of: AsOf) -> frozenset[str]:
    """Return the persons who may no longer act, as far as it was known."""
    size = known_size(connection, as_of)
    query = sa.select(people.c.id).where(people.c.revoked_position < size)
    return frozenset(str(id) for id in connection.execute(query).scalars())


def newest_deployments(connection: sa.Connection, as_of: AsOf, model: str | None = None) -> Dated:
    """Return when a version of each model last went into production."""
    c = deployments.c
    limits = _limits(connection, c.opened_position, c.opened, as_of)
    limits.append(c.environment == "production")
    return _newest(connection, c.model, c.opened, limits, model)


def newest_decisions(connection: sa.Connection, as_of: AsOf, model: str | None = None) -> Dated:
    """Return when a request about each model was last decided and signed."""
    c, asked = approval_decisions.c, approval_requests.c
    limits = _limits(connection, c.position, c.at, as_of)
    limits += [c.refused_by.is_(None), asked.id == c.request]
    return _newest(connection, asked.model, c.at, limits, model)


def list_evidence(
    connection: sa.Connection, as_of: AsOf, model: str | None = None
) -> tuple[tuple[str, ModelEvidenced], ...]:
    """Return each document on record with its date, the later ones last."""
    c = model_evidence.c
    query = sa.select(c.effective, c.record).where(
        *_limits(connection, c.position, c.effective, as_of)
    )
    query = query.where(c.model == model) if model is not None else query
    rows = connection.execute(query.order_by(c.effective, c.position)).all()
    closed = {digest for row in rows for digest in records.digests_in(row.record)}
    opened = log.open_commitments(connection, closed)
    return tuple(
        (row.effective, records.from_text(ModelEvidenced, row.record, opened)) for row in rows
    )


def _limits(
    connection: sa.Connection, position: Any, moment: sa.ColumnElement[Any], as_of: AsOf
) -> _Limits:
    limits: _Limits = [position < known_size(connection, as_of)]
    return [*limits, moment <= as_of.at_text] if as_of.at_text is not None else limits


def _newest(
    connection: sa.Connection,
    model: sa.ColumnElement[Any],
    moment: sa.ColumnElement[Any],
    limits: _Limits,
    only: str | None,
) -> Dated:
    query = sa.select(model, sa.func.max(moment)).where(*limits).group_by(model)
    query = query.where(model == only) if only is not None else query
    return [(str(key), str(newest)) for key, newest in connection.execute(query)]
