"""Permits for delivery pipelines."""

from sqlalchemy import Column, Index, Table

from mlops_desktop.store.tables.projected import projected
from mlops_desktop.store.types import INTEGER, TEXT

permits = Table(
    "permits",
    projected,
    Column("permit", TEXT, primary_key=True),
    Column("model", TEXT, nullable=False),
    Column("person", TEXT, nullable=False),
    Column("at", TEXT, nullable=False),
    Column("record", TEXT, nullable=False),
    Column("position", INTEGER, nullable=False),
    sqlite_strict=True,
)
Index("permits_model", permits.c.model)
