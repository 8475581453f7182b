"""Decisions that somebody had shown with the personal data in them."""

from sqlalchemy import Column, Index, Table

from mlops_desktop.store.tables.projected import projected
from mlops_desktop.store.types import INTEGER, TEXT

decision_reveals = Table(
    "decision_reveals",
    projected,
    Column("position", INTEGER, primary_key=True, autoincrement=False),
    Column("lookup", TEXT, nullable=False),
    Column("source", TEXT, nullable=False),
    Column("model", TEXT),
    Column("person", TEXT, nullable=False),
    Column("at", TEXT, nullable=False),
    Column("record", TEXT, nullable=False),
    sqlite_strict=True,
)
"""Who saw what, when; texts stand in ``record`` as their digests alone."""
Index("decision_reveals_model", decision_reveals.c.model)
