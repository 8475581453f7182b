"""Since when what is measured stands as it does, and which models should be measured."""

from collections.abc import Collection

import sqlalchemy as sa

from mlops_desktop.core import clock
from mlops_desktop.core.asof import NOW, AsOf
from mlops_desktop.core.serving import PRODUCTION
from mlops_desktop.store.queries.monitoring import known_limits, parts
from mlops_desktop.store.queries.positions import known_size
from mlops_desktop.store.tables.deployments import deployments
from mlops_desktop.store.tables.monitoring import evaluations


def levels_since(
    connection: sa.Connection, series: Collection[str], as_of: AsOf = NOW
) -> dict[tuple[str, str], str]:
    """Return from when the last level of each series holds, by what it was held against."""
    found: dict[tuple[str, str], tuple[str, str]] = {}
    c = evaluations.c
    limits = known_limits(connection, c.position, as_of)
    limits.append(c.measured <= (as_of.at_text or clock.to_text(clock.horizon())))
    query = sa.select(c.series, c.against, c.measured, c.level).where(*limits)
    for part in parts(series):
        rows = connection.execute(query.where(c.series.in_(part)).order_by(c.measured, c.position))
        for row in rows:
            key = (row.series, row.against)
            if key not in found or found[key][0] != row.level:
                found[key] = (row.level, row.measured)
    return {key: since for key, (_, since) in found.items()}


def productive_since(
    connection: sa.Connection, as_of: AsOf = NOW, model: str | None = None
) -> dict[str, str]:
    """Return since when each model that serves in production does so without a break."""
    c, size = deployments.c, known_size(connection, as_of)
    is_open = [c.closed.is_(None), c.closed_position >= size]
    if as_of.at_text is not None:
        is_open.append(c.closed > as_of.at_text)
    query = sa.select(c.model, sa.func.min(c.opened).label("since")).where(
        c.environment == PRODUCTION, c.opened_position < size, sa.or_(*is_open)
    )
    if as_of.at_text is not None:
        query = query.where(c.opened <= as_of.at_text)
    if model is not None:
        query = query.where(c.model == model)
    return {row.model: row.since for row in connection.execute(query.group_by(c.model))}
