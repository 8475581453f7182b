"""Invitations and admissions, and who may let others sign."""

from sqlalchemy import Column, Table

from mlops_desktop.store.tables.projected import projected
from mlops_desktop.store.types import INTEGER, TEXT

invitations = Table(
    "invitations",
    projected,
    Column("id", TEXT, primary_key=True),
    Column("person", TEXT, nullable=False),
    Column("record", TEXT, nullable=False),
    Column("by", TEXT, nullable=False),
    Column("at", TEXT, nullable=False),
    Column("withdrawn_at", TEXT),
    Column("position", INTEGER, nullable=False),
    sqlite_strict=True,
)

admissions = Table(
    "admissions",
    projected,
    Column("id", TEXT, primary_key=True),
    Column("person", TEXT, nullable=False),
    Column("record", TEXT, nullable=False),
    Column("by", TEXT, nullable=False),
    Column("at", TEXT, nullable=False),
    Column("standing", TEXT, nullable=False),
    Column("second", TEXT),
    Column("reason", TEXT),
    Column("position", INTEGER, nullable=False),
    sqlite_strict=True,
)
"""``standing`` is waiting, done or refused; ``second`` is who confirmed or refused."""

custody = Table(
    "custody",
    projected,
    Column("id", INTEGER, primary_key=True),
    Column("record", TEXT, nullable=False),
    sqlite_strict=True,
)
"""One row: the custody after every event, as :mod:`mlops_desktop.core.custody` folds it."""
