"""Approval rules, who signs in whose place, and what happened to requests besides decisions."""

from sqlalchemy import Column, Index, PrimaryKeyConstraint, Table

from mlops_desktop.store.tables.projected import projected
from mlops_desktop.store.types import INTEGER, TEXT

rules = Table(
    "rules",
    projected,
    Column("id", TEXT, nullable=False),
    Column("version", INTEGER, nullable=False),
    Column("record", TEXT, nullable=False),
    Column("person", TEXT, nullable=False),
    Column("at", TEXT, nullable=False),
    Column("reason", TEXT),
    Column("position", INTEGER, nullable=False),
    Column("activated_position", INTEGER),
    Column("activated_by", TEXT),
    Column("activated_at", TEXT),
    Column("is_alone", INTEGER, nullable=False),
    Column("archived_position", INTEGER),
    PrimaryKeyConstraint("id", "version"),
    sqlite_strict=True,
)

delegations = Table(
    "delegations",
    projected,
    Column("id", TEXT, primary_key=True),
    Column("giver", TEXT, nullable=False),
    Column("holder", TEXT, nullable=False),
    Column("begins", TEXT, nullable=False),
    Column("ends", TEXT, nullable=False),
    Column("mandate", TEXT, nullable=False),
    Column("reason", TEXT),
    Column("position", INTEGER, nullable=False),
    Column("revoked_position", INTEGER),
    sqlite_strict=True,
)

approval_marks = Table(
    "approval_marks",
    projected,
    Column("position", INTEGER, primary_key=True, autoincrement=False),
    Column("request", TEXT, nullable=False),
    Column("kind", TEXT, nullable=False),
    Column("person", TEXT, nullable=False),
    Column("at", TEXT, nullable=False),
    Column("record", TEXT, nullable=False),
    sqlite_strict=True,
)
"""Recusals, conditions met, papers recorded and confirmed: by the name of their event."""
Index("approval_marks_request", approval_marks.c.request)
