"""What persons said of datasets under several names."""

from sqlalchemy import Column, Table

from mlops_desktop.store.tables.projected import projected
from mlops_desktop.store.types import INTEGER, TEXT

dataset_sayings = Table(
    "dataset_sayings",
    projected,
    Column("position", INTEGER, primary_key=True, autoincrement=False),
    Column("kind", TEXT, nullable=False),
    Column("name", TEXT, nullable=False),
    Column("namespace", TEXT, nullable=False),
    Column("same_name", TEXT, nullable=False),
    Column("same_namespace", TEXT, nullable=False),
    Column("person", TEXT, nullable=False),
    Column("effective", TEXT, nullable=False),
    Column("record", TEXT, nullable=False),
    sqlite_strict=True,
)
"""That two names are one dataset (``joined``) or no longer (``parted``), in order: few."""
