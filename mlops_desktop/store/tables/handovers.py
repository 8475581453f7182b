"""Offers to take over what a leaver holds."""

from sqlalchemy import Column, Index, Table

from mlops_desktop.store.tables.projected import projected
from mlops_desktop.store.types import INTEGER, TEXT

handover_events = Table(
    "handover_events",
    projected,
    Column("position", INTEGER, primary_key=True, autoincrement=False),
    Column("handover", TEXT, nullable=False),
    Column("state", TEXT, nullable=False),
    Column("at", TEXT, nullable=False),
    Column("record", TEXT, nullable=False),
    sqlite_strict=True,
)
"""Everything said about an offer, in order: few, so that any date is read by folding them."""
Index("handover_events_handover", handover_events.c.handover)
