"""What a workspace calls a bottleneck, a row a setting."""

from sqlalchemy import Column, Table

from mlops_desktop.store.tables.projected import projected
from mlops_desktop.store.types import INTEGER, TEXT

resource_limits = Table(
    "resource_limits",
    projected,
    Column("position", INTEGER, primary_key=True, autoincrement=False),
    Column("effective", TEXT, nullable=False),
    Column("person", TEXT, nullable=False),
    Column("record", TEXT, nullable=False),
    sqlite_strict=True,
)
"""The last one that holds on a date is in force."""
