"""Retention rules, and every digest whose text was erased by one."""

from sqlalchemy import Column, PrimaryKeyConstraint, Table

from mlops_desktop.store.tables.projected import projected
from mlops_desktop.store.types import INTEGER, TEXT

retention_rules = Table(
    "retention_rules",
    projected,
    Column("rule", TEXT, primary_key=True),
    Column("position", INTEGER, nullable=False),
    Column("person", TEXT, nullable=False),
    Column("at", TEXT, nullable=False),
    Column("record", TEXT, nullable=False),
    Column("ended_at", TEXT),
    Column("ended_position", INTEGER),
    sqlite_strict=True,
)

erasures = Table(
    "erasures",
    projected,
    Column("digest", TEXT, primary_key=True),
    Column("rule", TEXT, nullable=False),
    Column("day", TEXT, nullable=False),
    Column("position", INTEGER, nullable=False),
    sqlite_strict=True,
)

erased_subjects = Table(
    "erased_subjects",
    projected,
    Column("subject", TEXT, nullable=False),
    Column("position", INTEGER, nullable=False),
    PrimaryKeyConstraint("subject", "position"),
    sqlite_strict=True,
)
"""The items, models and persons that an erasure was about."""
