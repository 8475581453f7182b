"""Fields of the workspace's own out, as of any place in the ledger."""

import sqlalchemy as sa

from mlops_desktop.core.asof import NOW, AsOf
from mlops_desktop.core.custom_fields import PREFIX, Field
from mlops_desktop.core.errors import AppError
from mlops_desktop.store import records
from mlops_desktop.store.queries.positions import known_size
from mlops_desktop.store.tables.custom_fields import (
    custom_field_states,
    custom_fields,
    custom_values,
)


def list_fields(connection: sa.Connection, as_of: AsOf = NOW) -> tuple[Field, ...]:
    """Return every field known by then, archived ones too, in the order defined."""
    if as_of.known is None and as_of.size is None:
        query = sa.select(custom_fields.c.name, custom_fields.c.record)
        found = {row.name: row.record for row in connection.execute(query)}
    else:
        c = custom_field_states.c
        past = sa.select(c.name, c.record).where(c.position < known_size(connection, as_of))
        found = {row.name: row.record for row in connection.execute(past.order_by(c.position))}
    fields = [records.from_text(Field, text) for text in found.values()]
    return tuple(sorted(fields, key=lambda one: (one.at, one.definition.name)))


def count_values(connection: sa.Connection, field: str) -> int:
    """Return how many models hold a value in a field now."""
    c = custom_values.c
    query = sa.select(sa.func.count()).where(c.field == field, c.key.is_not(None))
    return connection.execute(query).scalar_one()


def count_held(connection: sa.Connection) -> dict[str, int]:
    """Return how many models hold a value in each field now, by its name."""
    c = custom_values.c
    query = sa.select(c.field, sa.func.count()).where(c.key.is_not(None)).group_by(c.field)
    return {row[0]: row[1] for row in connection.execute(query)}


def find_field(
    connection: sa.Connection, named: str, where: str = "field", as_of: AsOf = NOW
) -> Field:
    """Return a field by its name, its label or its key; raises ``field.not_found``."""
    fields, wanted = list_fields(connection, as_of), named.strip().casefold().removeprefix(PREFIX)
    for one in fields:
        if one.definition.name == wanted.replace("-", "_"):
            return one
    for one in fields:
        labels = one.definition.labels
        if wanted in {labels.en.casefold(), (labels.de or labels.en).casefold()}:
            return one
    known = ", ".join(one.definition.name for one in fields) or "–"
    raise AppError("field.not_found", where=where, name=named, known=known)
