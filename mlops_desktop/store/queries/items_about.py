"""What items of one kind say about many models at once, as the transaction leaves them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from mlops_desktop.core.items.details import ItemDetails
from mlops_desktop.core.items.kinds import kind_named
from mlops_desktop.store import records
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


def open_items_about(
    connection: sa.Connection, kind: str, models: Iterable[str]
) -> dict[str, tuple[Said, ...]]:
    """Return the open items of a kind about each of these models, by number; none: not named."""
    wanted = list(dict.fromkeys(models))
    found: dict[str, tuple[Said, ...]] = {}
    for start in range(0, len(wanted), _CHUNK):
        found |= _of_some(connection, kind, wanted[start : start + _CHUNK])
    return found


def _of_some(
    connection: sa.Connection, kind: str, wanted: list[str]
) -> dict[str, tuple[Said, ...]]:
    about = sa.select(item_models.c.item).where(item_models.c.model.in_(wanted))
    query = sa.select(*_COLUMNS).where(items.c.id.in_(about)).order_by(items.c.number)
    found: dict[str, tuple[Said, ...]] = {}
    for row in connection.execute(query):
        # Told apart here: by an index of kinds SQLite would pass every item of the kind.
        if row.kind == kind and not row.is_closed:
            for model in set(records.texts(row.models)).intersection(wanted):
                found[model] = (*found.get(model, ()), _said(kind, row))
    return found


def _said(kind: str, row: sa.Row[Any]) -> Said:
    expires = date.fromisoformat(row.expires) if row.expires else None
    details = records.from_text(kind_named(kind).details, row.record)
    return Said(row.id, row.stage, expires, details)
