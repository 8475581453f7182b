"""Items of governance: their current rows, their rows of every date, their models and steps."""

from sqlalchemy import Column, Index, PrimaryKeyConstraint, Table

from mlops_desktop.store.tables.projected import projected
from mlops_desktop.store.types import INTEGER, TEXT

NO_DAY = "~"
"""Sorts after every day."""


def _columns() -> list[Column[object]]:
    return [
        Column("kind", TEXT, nullable=False),
        Column("number", INTEGER, nullable=False),
        Column("stage", TEXT, nullable=False),
        Column("is_closed", INTEGER, nullable=False),
        Column("title", TEXT, nullable=False),
        Column("title_key", TEXT, nullable=False),
        Column("owner", TEXT),
        Column("owner_name", TEXT, nullable=False),
        Column("owner_key", TEXT, nullable=False),
        Column("rank", INTEGER, nullable=False),
        Column("due", TEXT),
        Column("due_key", TEXT, nullable=False),
        Column("expires", TEXT),
        Column("opener", TEXT, nullable=False),
        Column("opened", TEXT, nullable=False),
        Column("closed", TEXT),
        Column("models", TEXT, nullable=False),
        Column("taken", TEXT, nullable=False),
        Column("takers", TEXT, nullable=False),
        Column("marked", TEXT, nullable=False),
        Column("search", TEXT, nullable=False),
        Column("position", INTEGER, nullable=False),
        Column("effective", TEXT, nullable=False),
        Column("record", TEXT, nullable=False),
    ]


items = Table(
    "items",
    projected,
    Column("id", TEXT, primary_key=True),
    *_columns(),
    sqlite_strict=True,
)
"""``models``, ``taken``, ``takers`` are JSON arrays of ids, steps, persons.

``due_key`` sorts what has no day after every day, as an index can.
"""
Index("items_kind_number", items.c.kind, items.c.number, items.c.is_closed)
# A list passes entries of an index in its order, closed ones too, and reads the rows of its page.
_SORTED = ("title_key", "stage", "owner_key", "due_key", "due", "rank", "opened")
for _name in _SORTED:
    _by = (items.c[_name], items.c.number, items.c.is_closed)
    Index(f"items_kind_{_name}", items.c.kind, *_by)
_ALL_KINDS = (items.c.due_key, items.c.kind, items.c.number, items.c.is_closed)
Index("items_due_key", *_ALL_KINDS)

item_states = Table(
    "item_states",
    projected,
    Column("id", TEXT, nullable=False),
    *_columns(),
    PrimaryKeyConstraint("id", "effective", "position"),
    sqlite_strict=True,
)
"""An item after each event that concerns it; found by id, then date, then position."""

item_models = Table(
    "item_models",
    projected,
    Column("item", TEXT, nullable=False),
    Column("model", TEXT, nullable=False),
    Column("position", INTEGER, nullable=False),
    PrimaryKeyConstraint("item", "model"),
    sqlite_strict=True,
)
"""Every model an item was ever about, since ``position``; whether it still is, its row tells."""
Index("item_models_model", item_models.c.model)

item_steps = Table(
    "item_steps",
    projected,
    Column("position", INTEGER, primary_key=True, autoincrement=False),
    Column("item", TEXT, nullable=False),
    Column("step", TEXT, nullable=False),
    Column("person", TEXT, nullable=False),
    Column("at", TEXT, nullable=False),
    Column("effective", TEXT, nullable=False),
    Column("record", TEXT, nullable=False),
    sqlite_strict=True,
)
"""Every event of an item, opening and edits too (``step`` is then "opened", "edited")."""
Index("item_steps_item", item_steps.c.item)

model_reports = Table(
    "model_reports",
    projected,
    Column("model", TEXT, nullable=False),
    Column("position", INTEGER, nullable=False),
    Column("item", TEXT, nullable=False),
    PrimaryKeyConstraint("model", "position"),
    sqlite_strict=True,
)
"""By which events a model counts as validated: the approvals of reports about it."""
