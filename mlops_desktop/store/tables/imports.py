"""What came in from files, and how columns were read."""

from sqlalchemy import Column, Table

from mlops_desktop.store.tables.projected import projected
from mlops_desktop.store.types import INTEGER, TEXT

intakes = Table(
    "intakes",
    projected,
    Column("id", TEXT, primary_key=True),
    Column("file", TEXT, nullable=False),
    Column("digest", TEXT, nullable=False),
    Column("report", TEXT, nullable=False),
    Column("rows", INTEGER, nullable=False),
    Column("created", INTEGER, nullable=False),
    Column("changed", INTEGER, nullable=False),
    Column("unchanged", INTEGER, nullable=False),
    Column("left_out", INTEGER, nullable=False),
    Column("people", INTEGER, nullable=False),
    Column("papers", INTEGER, nullable=False),
    Column("plan", TEXT),
    Column("person", TEXT, nullable=False),
    Column("at", TEXT, nullable=False),
    Column("position", INTEGER, nullable=False),
    sqlite_strict=True,
)

intake_columns = Table(
    "intake_columns",
    projected,
    Column("heading_key", TEXT, primary_key=True),
    Column("heading", TEXT, nullable=False),
    Column("field", TEXT, nullable=False),
    Column("position", INTEGER, nullable=False),
    sqlite_strict=True,
)
"""As what each heading was read last; "" where the column was left out."""
