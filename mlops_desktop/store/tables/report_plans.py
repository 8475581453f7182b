"""Planned reports, a row a saying about them, and every draft that was made."""

from sqlalchemy import Column, Index, Table

from mlops_desktop.store.tables.projected import projected
from mlops_desktop.store.types import INTEGER, TEXT

report_plans = Table(
    "report_plans",
    projected,
    Column("position", INTEGER, primary_key=True, autoincrement=False),
    Column("plan", TEXT, nullable=False),
    Column("effective", TEXT, nullable=False),
    Column("at", TEXT, nullable=False),
    Column("person", TEXT, nullable=False),
    Column("record", TEXT),
    sqlite_strict=True,
)
"""The last saying about a plan that holds on a date is in force; without a record it ended."""

report_drafts = Table(
    "report_drafts",
    projected,
    Column("position", INTEGER, primary_key=True, autoincrement=False),
    Column("plan", TEXT),
    Column("due", TEXT),
    Column("kind", TEXT, nullable=False),
    Column("subject", TEXT, nullable=False),
    Column("language", TEXT, nullable=False),
    Column("digest", TEXT, nullable=False),
    Column("content", TEXT, nullable=False),
    Column("as_known", TEXT),
    Column("as_at", TEXT),
    Column("at", TEXT, nullable=False),
    Column("person", TEXT, nullable=False),
    Index("report_drafts_of", "plan", "due"),
    sqlite_strict=True,
)
