"""Who and what is printed by name where records hold an id."""

import sqlalchemy as sa

from mlops_desktop.core.asof import NOW, AsOf
from mlops_desktop.store.queries import people
from mlops_desktop.store.queries.entities import entity_names


def printed_names(connection: sa.Connection, as_of: AsOf = NOW) -> dict[str, str]:
    """Return the name of every person and, as of a date, of every legal entity by id."""
    return entity_names(connection, as_of) | people.names(connection)
