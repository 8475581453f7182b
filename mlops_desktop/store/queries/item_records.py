"""Items as facts are made of them: the columns a judgement looks at, a query a kind."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import sqlalchemy as sa

from mlops_desktop.core.asof import NOW, AsOf
from mlops_desktop.store import records
from mlops_desktop.store.queries.items_then import states_on
from mlops_desktop.store.tables.items import item_models

_COLUMNS = (
    "kind", "stage", "is_closed", "opened", "closed", "due", "expires",
    "models", "taken", "takers", "marked", "record",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ItemRecord:
    """An item with its own fields as JSON text; ``models`` and the like are JSON arrays of ids."""

    kind: str
    stage: str
    is_closed: int
    opened: str
    closed: str | None
    due: str | None
    expires: str | None
    models_text: str
    taken_text: str
    takers_text: str
    marked_text: str
    record: str

    @property
    def models(self) -> tuple[str, ...]:
        """The ids of the models it is about."""
        return records.texts(self.models_text)

    @property
    def steps(self) -> tuple[tuple[str, str], ...]:
        """Every step taken, with who took it."""
        took = (records.texts(self.taken_text), records.texts(self.takers_text))
        return tuple(zip(*took, strict=False))

    @property
    def marked(self) -> tuple[str, ...]:
        """What its steps were to remember."""
        return records.texts(self.marked_text)


@lru_cache(maxsize=4_096)  # thousands of items share few days
def day_of(text: str) -> date:
    """Return the day of an ISO 8601 text."""
    return date.fromisoformat(text[:10])


def list_item_records(
    connection: sa.Connection, noun: str, as_of: AsOf = NOW, model: str | None = None
) -> tuple[ItemRecord, ...]:
    """Return every item of a kind, open or closed, about one model where one is named."""
    table = states_on(connection, as_of, (noun,))
    columns = table.columns
    query = sa.select(*(columns[name] for name in _COLUMNS)).where(columns["kind"] == noun)
    if model is not None:
        about = sa.select(item_models.c.item).where(item_models.c.model == model)
        query = query.where(columns["id"].in_(about))
    return tuple(ItemRecord(*row) for row in connection.execute(query))
