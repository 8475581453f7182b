"""Regulatory profiles out, as of any date: own ones, activations, decisions on scope."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import sqlalchemy as sa

from mlops_desktop.core.asof import AsOf
from mlops_desktop.core.events.profiles import ModelScoped
from mlops_desktop.store import log, records
from mlops_desktop.store.queries.positions import known_size
from mlops_desktop.store.tables.profiles import model_scopes, own_profiles, profile_activations


@dataclass(frozen=True, slots=True)
class ActivationRow:
    """From which day on the workspace works by a profile, or no longer does (ISO 8601)."""

    profile: str
    since: str
    is_active: bool


@dataclass(frozen=True, slots=True)
class ScopeRow:
    """A decision on scope with its text opened, who made it, and from when it holds."""

    model: str
    scoped: ModelScoped
    person: str
    effective: str


def list_own_profiles(connection: sa.Connection, as_of: AsOf) -> tuple[str, ...]:
    """Return the JSON texts of the workspace's own profiles, in the order they were added."""
    c = own_profiles.c
    query = sa.select(c.text).where(c.position < known_size(connection, as_of))
    return tuple(connection.execute(query.order_by(c.position)).scalars())


def list_activations(connection: sa.Connection, as_of: AsOf) -> tuple[ActivationRow, ...]:
    """Return what was known of activations, in the order recorded."""
    c = profile_activations.c
    query = sa.select(c.profile, c.since, c.is_active)
    query = query.where(c.position < known_size(connection, as_of)).order_by(c.position)
    found = connection.execute(query)
    return tuple(ActivationRow(row.profile, row.since, bool(row.is_active)) for row in found)


def list_scopes(
    connection: sa.Connection,
    as_of: AsOf,
    *,
    regime: str | None = None,
    model: str | None = None,
    opens: bool = True,
) -> tuple[ScopeRow, ...]:
    """Return the decision that counts for each model and regime; ``opens`` reads its reason too."""
    c = model_scopes.c
    query = sa.select(c.model, c.regime, c.person, c.effective, c.record)
    query = query.where(*_limits(connection, model_scopes, as_of))
    for column, wanted in ((c.regime, regime), (c.model, model)):
        query = query.where(column == wanted) if wanted is not None else query
    found = connection.execute(query.order_by(c.effective, c.position))
    newest = {(row.model, row.regime): row for row in found}
    opened = _opened(connection, (row.record for row in newest.values())) if opens else {}
    return tuple(
        ScopeRow(
            row.model, records.from_text(ModelScoped, row.record, opened), row.person, row.effective
        )
        for row in newest.values()
    )


def _limits(
    connection: sa.Connection, table: sa.Table, as_of: AsOf
) -> Iterator[sa.ColumnElement[bool]]:
    yield table.c.position < known_size(connection, as_of)
    if as_of.at_text is not None:
        yield table.c.effective <= as_of.at_text


def _opened(connection: sa.Connection, texts: Iterable[str]) -> dict[str, str]:
    closed = {digest for text in texts for digest in records.digests_in(text)}
    return log.open_commitments(connection, closed)
