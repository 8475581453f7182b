"""The models of the uses that persons answer for, as of any date."""

from collections.abc import Collection

import sqlalchemy as sa

from mlops_desktop.core.asof import AsOf
from mlops_desktop.store import records
from mlops_desktop.store.collation import sort_key
from mlops_desktop.store.queries.items_then import states_on


def uses_of(connection: sa.Connection, names: Collection[str], as_of: AsOf) -> tuple[str, ...]:
    """Return the models of the open uses whose owner has one of these names, part of it enough."""
    c = states_on(connection, as_of, ("use_case",)).columns
    named = (c["owner_key"].contains(sort_key(name), autoescape=True) for name in names)
    query = sa.select(c["models"]).where(c["kind"] == "use_case", c["is_closed"] == 0)
    found = connection.execute(query.where(sa.or_(*named))).scalars()
    return tuple(sorted({model for models in found for model in records.texts(models)}))
