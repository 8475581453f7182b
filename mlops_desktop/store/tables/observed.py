"""Observed things: their current rows, their rows of every reading, their models; batches."""

from sqlalchemy import Column, Index, PrimaryKeyConstraint, Table

from mlops_desktop.store.tables.projected import projected
from mlops_desktop.store.types import INTEGER, TEXT


def _columns() -> list[Column[object]]:
    return [
        Column("kind", TEXT, nullable=False),
        Column("source", TEXT, nullable=False),
        Column("native_id", TEXT, nullable=False),
        Column("name", TEXT, nullable=False),
        Column("name_key", TEXT, nullable=False),
        Column("models", TEXT, nullable=False),
        Column("at", TEXT),
        Column("seen_digest", TEXT, nullable=False),
        Column("seen_at", TEXT, nullable=False),
        Column("missing_since", TEXT),
        Column("position", INTEGER, nullable=False),
        Column("effective", TEXT, nullable=False),
        Column("record", TEXT, nullable=False),
    ]


observed = Table(
    "observed",
    projected,
    Column("id", TEXT, primary_key=True),
    *_columns(),
    Column("first_seen", TEXT, nullable=False),
    Column("search", TEXT, nullable=False),
    sqlite_strict=True,
)
"""``models`` is a JSON array of ids; ``at`` is the source's own time, ``seen_at`` ours."""
Index("observed_source", observed.c.kind, observed.c.source, observed.c.native_id)
Index("observed_at", observed.c.kind, observed.c.at)

observed_states = Table(
    "observed_states",
    projected,
    Column("id", TEXT, nullable=False),
    *_columns(),
    PrimaryKeyConstraint("id", "effective", "position"),
    sqlite_strict=True,
)
"""A thing after each event about it; found by id, then date, then position."""
Index("observed_states_kind", observed_states.c.kind, observed_states.c.position)

observed_models = Table(
    "observed_models",
    projected,
    Column("thing", TEXT, nullable=False),
    Column("model", TEXT, nullable=False),
    Column("kind", TEXT, nullable=False),
    Column("position", INTEGER, nullable=False),
    PrimaryKeyConstraint("thing", "model"),
    sqlite_strict=True,
)
"""Every model a thing was ever about, since ``position``; whether it still is, its row tells."""
Index("observed_models_model", observed_models.c.model, observed_models.c.kind)

batches = Table(
    "batches",
    projected,
    Column("batch", TEXT, primary_key=True),
    Column("source", TEXT, nullable=False),
    Column("at", TEXT, nullable=False),
    Column("series", INTEGER, nullable=False),
    Column("points", INTEGER, nullable=False),
    Column("digest", TEXT, nullable=False),
    Column("position", INTEGER, nullable=False),
    sqlite_strict=True,
)
"""Batches of points with the digest that binds their chunks."""
