"""Series of resources: which there are, as of any date."""

from dataclasses import dataclass

import sqlalchemy as sa

from mlops_desktop.core.asof import NOW, AsOf
from mlops_desktop.core.events.series import SeriesDetails
from mlops_desktop.store import records
from mlops_desktop.store.queries.observed import things_on


@dataclass(frozen=True, slots=True)
class ResourceSeries:
    """A series of a resource, the models it is about and who told of it."""

    id: str
    source: str
    models: tuple[str, ...]
    details: SeriesDetails


def list_resource_series(
    connection: sa.Connection, as_of: AsOf = NOW, model: str | None = None
) -> tuple[ResourceSeries, ...]:
    """Return every series that says which resource it measures, of one model if it is named."""
    table = things_on(connection, as_of)
    c = table.c
    told = c.record.contains('"resource":"', autoescape=True)
    query = sa.select(c.id, c.source, c.models, c.record).where(c.kind == "series", told)
    if model is not None:
        query = query.where(c.models.contains(f'"{model}"', autoescape=True))
    found = connection.execute(query.order_by(c.source, c.native_id, c.id))
    return tuple(
        ResourceSeries(row.id, row.source, records.texts(row.models), _details(row.record))
        for row in found
    )


def shared_costs(connection: sa.Connection, as_of: AsOf = NOW) -> tuple[ResourceSeries, ...]:
    """Return the series of costs that are not of one model: of several, or of a place alone."""
    c = things_on(connection, as_of).c
    told = c.record.contains('"resource":"cost"', autoescape=True)
    query = sa.select(c.id, c.source, c.models, c.record).where(c.kind == "series", told)
    found = connection.execute(query.order_by(c.source, c.native_id, c.id))
    rows = ((row, records.texts(row.models)) for row in found)
    return tuple(
        ResourceSeries(row.id, row.source, models, _details(row.record))
        for row, models in rows
        if len(models) != 1
    )


def _details(record: str) -> SeriesDetails:
    return records.from_text(SeriesDetails, record)
