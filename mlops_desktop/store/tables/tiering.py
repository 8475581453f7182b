"""Tiering templates by version, and where each of them stood from when on."""

from sqlalchemy import Column, PrimaryKeyConstraint, Table

from mlops_desktop.store.tables.projected import projected
from mlops_desktop.store.types import INTEGER, TEXT

tier_templates = Table(
    "tier_templates",
    projected,
    Column("id", TEXT, primary_key=True),
    Column("template", TEXT, nullable=False),
    Column("version", INTEGER, nullable=False),
    Column("person", TEXT, nullable=False),
    Column("at", TEXT, nullable=False),
    Column("record", TEXT, nullable=False),
    Column("position", INTEGER, nullable=False),
    sqlite_strict=True,
)

tier_template_states = Table(
    "tier_template_states",
    projected,
    Column("id", TEXT, nullable=False),
    Column("position", INTEGER, nullable=False),
    Column("effective", TEXT, nullable=False),
    Column("status", TEXT, nullable=False),
    Column("person", TEXT, nullable=False),
    Column("is_alone", INTEGER),
    PrimaryKeyConstraint("id", "position"),
    sqlite_strict=True,
)
