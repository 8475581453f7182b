"""Emergency changes, and versions' cases with supervisors."""

from sqlalchemy import Column, Index, Table

from mlops_desktop.store.tables.projected import projected
from mlops_desktop.store.types import INTEGER, TEXT

emergencies = Table(
    "emergencies",
    projected,
    Column("id", TEXT, primary_key=True),
    Column("model", TEXT, nullable=False),
    Column("since", TEXT, nullable=False),
    Column("person", TEXT, nullable=False),
    Column("at", TEXT, nullable=False),
    Column("record", TEXT, nullable=False),
    Column("position", INTEGER, nullable=False),
    sqlite_strict=True,
)
Index("emergencies_model", emergencies.c.model)

permission_events = Table(
    "permission_events",
    projected,
    Column("position", INTEGER, primary_key=True, autoincrement=False),
    Column("permission", TEXT, nullable=False),
    Column("model", TEXT, nullable=False),
    Column("kind", TEXT, nullable=False),
    Column("person", TEXT, nullable=False),
    Column("at", TEXT, nullable=False),
    Column("record", TEXT, nullable=False),
    sqlite_strict=True,
)
"""Everything said about a permission, in order: few, so that any date is read by folding them."""
Index("permission_events_model", permission_events.c.model)
