"""Which model took the place of a retired one, and of which models another took the place."""

from collections.abc import Collection
from dataclasses import dataclass

import sqlalchemy as sa

from mlops_desktop.core.asof import NOW, AsOf
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.inventory import number_text
from mlops_desktop.store.queries.models import get_model, numbers
from mlops_desktop.store.queries.positions import known_size
from mlops_desktop.store.tables.projected import model_states, models


@dataclass(frozen=True, slots=True)
class ModelName:
    """A model as others refer to it; the name is empty where it bore none then."""

    key: str
    id: str
    name: str


def name_model(connection: sa.Connection, key: str, as_of: AsOf = NOW) -> ModelName:
    """Return what a model is called as of the dates asked for."""
    try:
        name = get_model(connection, key, as_of).row.name
    except AppError:  # it was named as a successor before it itself held
        name = ""
    return ModelName(key, numbers(connection, [key]).get(key, key), name)


def name_models(
    connection: sa.Connection, keys: Collection[str], as_of: AsOf = NOW
) -> dict[str, ModelName]:
    """Return what each of some models is called as of the dates asked for, by id."""
    if not as_of.is_now:
        return {key: name_model(connection, key, as_of) for key in keys}
    query = sa.select(models.c.id, models.c.number, models.c.name).where(models.c.id.in_(keys))
    rows = connection.execute(query)
    return {row.id: ModelName(row.id, number_text(row.number), row.name) for row in rows}


def list_replaced(connection: sa.Connection, key: str, as_of: AsOf = NOW) -> tuple[ModelName, ...]:
    """Return the retired models that a model replaces, by number."""
    c = model_states.c
    known = c.position < known_size(connection, as_of)
    query = sa.select(c.id).where(c.successor == key, known).distinct()
    candidates = connection.execute(query).scalars().all()
    found = [name_model(connection, one, as_of) for one in candidates
             if _successor(connection, one, as_of) == key]  # fmt: skip
    return tuple(sorted(found, key=lambda model: model.id))


def _successor(connection: sa.Connection, key: str, as_of: AsOf) -> str | None:
    try:
        return get_model(connection, key, as_of).state.successor
    except AppError:
        return None
