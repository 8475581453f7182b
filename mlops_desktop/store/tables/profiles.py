"""Regulatory profiles: the workspace's own, which are active, scope and evidence of models."""

from sqlalchemy import Column, Index, PrimaryKeyConstraint, Table

from mlops_desktop.store.tables.projected import projected
from mlops_desktop.store.types import INTEGER, TEXT

own_profiles = Table(
    "own_profiles",
    projected,
    Column("position", INTEGER, primary_key=True, autoincrement=False),
    Column("profile", TEXT, nullable=False),
    Column("version", TEXT, nullable=False),
    Column("text", TEXT, nullable=False),
    sqlite_strict=True,
)

profile_activations = Table(
    "profile_activations",
    projected,
    Column("position", INTEGER, primary_key=True, autoincrement=False),
    Column("profile", TEXT, nullable=False),
    Column("since", TEXT, nullable=False),
    Column("is_active", INTEGER, nullable=False),
    sqlite_strict=True,
)

model_scopes = Table(
    "model_scopes",
    projected,
    Column("position", INTEGER, primary_key=True, autoincrement=False),
    Column("model", TEXT, nullable=False),
    Column("regime", TEXT, nullable=False),
    Column("effective", TEXT, nullable=False),
    Column("person", TEXT, nullable=False),
    Column("record", TEXT, nullable=False),
    sqlite_strict=True,
)
Index("model_scopes_regime", model_scopes.c.regime, model_scopes.c.model)

model_evidence = Table(
    "model_evidence",
    projected,
    Column("position", INTEGER, primary_key=True, autoincrement=False),
    Column("model", TEXT, nullable=False),
    Column("kind", TEXT, nullable=False),
    Column("effective", TEXT, nullable=False),
    Column("record", TEXT, nullable=False),
    sqlite_strict=True,
)
Index("model_evidence_model", model_evidence.c.model)

field_changes = Table(
    "field_changes",
    projected,
    Column("model", TEXT, nullable=False),
    Column("position", INTEGER, nullable=False),
    Column("effective", TEXT, nullable=False),
    Column("fields", TEXT, nullable=False),
    PrimaryKeyConstraint("model", "position"),
    sqlite_strict=True,
)
"""Which fields of a model's record each event set: so a value has a date of its own."""
