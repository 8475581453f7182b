"""Thresholds as they were set, and what values came to when they were held against them."""

from sqlalchemy import Column, Index, PrimaryKeyConstraint, Table

from mlops_desktop.store.tables.projected import projected
from mlops_desktop.store.types import INTEGER, TEXT

thresholds = Table(
    "thresholds",
    projected,
    Column("position", INTEGER, primary_key=True, autoincrement=False),
    Column("threshold", TEXT, nullable=False),
    Column("model", TEXT, nullable=False),
    Column("metric_key", TEXT, nullable=False),
    Column("segment", TEXT, nullable=False),
    Column("is_ended", INTEGER, nullable=False),
    Column("since", TEXT, nullable=False),
    Column("person", TEXT, nullable=False),
    Column("at", TEXT, nullable=False),
    Column("record", TEXT, nullable=False),
    sqlite_strict=True,
)
"""Every setting and ending of a threshold; ``since`` is from when it holds, ``segment`` "" all."""
Index("thresholds_model", thresholds.c.model, thresholds.c.metric_key)

evaluations = Table(
    "evaluations",
    projected,
    Column("series", TEXT, nullable=False),
    Column("measured", TEXT, nullable=False),
    Column("against", TEXT, nullable=False),
    Column("position", INTEGER, nullable=False),
    Column("model", TEXT, nullable=False),
    Column("level", TEXT, nullable=False),
    Column("record", TEXT, nullable=False),
    PrimaryKeyConstraint("series", "against", "measured", "position"),
    sqlite_strict=True,
)
"""``against`` is the threshold or the use case; ``record`` holds the bounds then in force."""
Index("evaluations_model", evaluations.c.model, evaluations.c.measured)
