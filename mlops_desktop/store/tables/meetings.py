"""Meetings of committees."""

from sqlalchemy import Column, Index, Table

from mlops_desktop.store.tables.projected import projected
from mlops_desktop.store.types import INTEGER, TEXT

meeting_events = Table(
    "meeting_events",
    projected,
    Column("position", INTEGER, primary_key=True, autoincrement=False),
    Column("meeting", TEXT, nullable=False),
    Column("kind", TEXT, nullable=False),
    Column("person", TEXT, nullable=False),
    Column("at", TEXT, nullable=False),
    Column("record", TEXT, nullable=False),
    sqlite_strict=True,
)
"""Everything said about a meeting, in order: few, so that any date is read by folding them."""
Index("meeting_events_meeting", meeting_events.c.meeting)
