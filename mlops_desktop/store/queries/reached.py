"""Which models were acted on because the data of an incident came to them."""

import sqlalchemy as sa

from mlops_desktop.store.tables.lineage import incident_reaches


def reached_by(connection: sa.Connection, incident: str) -> frozenset[str]:
    """Return the ids of the models for which an incident called for a validation."""
    c = incident_reaches.c
    found = connection.execute(sa.select(c.model).where(c.incident == incident))
    return frozenset(found.scalars())
