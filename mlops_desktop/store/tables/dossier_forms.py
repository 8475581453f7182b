"""Templates of dossiers and the settings of all, a row for every change."""

from sqlalchemy import Column, Table

from mlops_desktop.store.tables.projected import projected
from mlops_desktop.store.types import INTEGER, TEXT

dossier_templates = Table(
    "dossier_templates",
    projected,
    Column("position", INTEGER, primary_key=True),
    Column("name", TEXT, nullable=False),
    Column("name_key", TEXT, nullable=False),
    Column("person", TEXT, nullable=False),
    Column("at", TEXT, nullable=False),
    Column("version", INTEGER, nullable=False),
    Column("left_out", TEXT),
    sqlite_strict=True,
)
"""``left_out`` is None where the template was removed."""

dossier_settings = Table(
    "dossier_settings",
    projected,
    Column("position", INTEGER, primary_key=True),
    Column("person", TEXT, nullable=False),
    Column("at", TEXT, nullable=False),
    Column("record", TEXT, nullable=False),
    sqlite_strict=True,
)
