"""What open items say about many models at once, as the transaction leaves them."""

from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias

import sqlalchemy as sa

from mlops_desktop.core.items.details import ItemDetails
from mlops_desktop.core.items.kinds import kind_named
from mlops_desktop.store import records
from mlops_desktop.store.queries.among import one_of
from mlops_desktop.store.tables.items import item_models, items

_CHUNK = 500
_NAMES = ("id", "kind", "stage", "is_closed", "expires", "models", "record")
_COLUMNS = tuple(items.c[name] for name in _NAMES)


@dataclass(frozen=True, slots=True)
class Said:
    """An open item and its fields, their commitments closed; ``expires`` is its last day."""

    id: str
    stage: str
    expires: date | None
    details: ItemDetails


BREACHES_AND_WAIVERS = ("exception", "waiver")
"""What rules about use ask for, both at once: one question to the database."""

About: TypeAlias = dict[tuple[str, str], tuple[Said, ...]]
"""Open items by their kind and the model that they are about, by number."""


def open_items_about(
    connection: sa.Connection, kinds: tuple[str, ...], models: tuple[str, ...]
) -> About:
    """Return the open items of some kinds about each of these models; none: not named."""
    found: About = {}
    for start in range(0, len(models), _CHUNK):
        found |= _of_some(connection, kinds, models[start : start + _CHUNK])
    return found


def _of_some(connection: sa.Connection, kinds: tuple[str, ...], wanted: tuple[str, ...]) -> About:
    about = sa.select(item_models.c.item).where(item_models.c.model.in_(wanted))
    query = sa.select(*_COLUMNS).where(items.c.id.in_(about)).order_by(items.c.number)
    found: About = {}
    for row in connection.execute(query):
        # Told apart here: by an index of kinds SQLite would pass every item of the kind.
        if row.kind in kinds and not row.is_closed:
            for model in set(records.texts(row.models)).intersection(wanted):
                key = row.kind, model
                found[key] = (*found.get(key, ()), _said(row))
    return found


def _said(row: sa.Row[Any]) -> Said:
    expires = date.fromisoformat(row.expires) if row.expires else None
    details = records.from_text(kind_named(row.kind).details, row.record)
    return Said(row.id, row.stage, expires, details)


def models_of(connection: sa.Connection, ids: tuple[str, ...]) -> tuple[str, ...]:
    """Return the models that any of these items is about, each once."""
    query = sa.select(items.c.models).where(one_of(items.c.id, ids)).order_by(items.c.number)
    found = connection.execute(query).scalars() if ids else ()
    return tuple(dict.fromkeys(model for text in found for model in records.texts(text)))
