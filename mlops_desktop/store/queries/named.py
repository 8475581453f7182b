"""Who and what is printed by name where records hold an id."""

import sqlalchemy as sa

from mlops_desktop.store.queries import people
from mlops_desktop.store.queries.entities import entity_names


def printed_names(connection: sa.Connection) -> dict[str, str]:
    """Return the name of every person and every legal entity by id."""
    return entity_names(connection) | people.names(connection)
