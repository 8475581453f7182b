"""Fields of the workspace's own: their definitions, and what models hold in them now."""

from sqlalchemy import Column, Index, PrimaryKeyConstraint, Table

from mlops_desktop.store.tables.projected import projected
from mlops_desktop.store.types import INTEGER, TEXT

custom_fields = Table(
    "custom_fields",
    projected,
    Column("name", TEXT, primary_key=True),
    Column("record", TEXT, nullable=False),
    Column("position", INTEGER, nullable=False),
    sqlite_strict=True,
)
"""Each definition as it is now; what it was before stands in ``custom_field_states``."""

custom_field_states = Table(
    "custom_field_states",
    projected,
    Column("name", TEXT, nullable=False),
    Column("position", INTEGER, nullable=False),
    Column("record", TEXT, nullable=False),
    PrimaryKeyConstraint("name", "position"),
    sqlite_strict=True,
)

custom_values = Table(
    "custom_values",
    projected,
    Column("model", TEXT, nullable=False),
    Column("field", TEXT, nullable=False),
    Column("number", INTEGER, nullable=False),
    Column("key", TEXT),
    PrimaryKeyConstraint("model", "field"),
    sqlite_strict=True,
)
"""What current values are found by; NULL where one was emptied. The past is in ``model_states``."""
Index("custom_values_key", custom_values.c.field, custom_values.c.key, custom_values.c.number)
