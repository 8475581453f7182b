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


def _details(record: str) -> SeriesDetails:
    return records.from_text(SeriesDetails, record)
