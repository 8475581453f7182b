"""Deployments: which version serves where, from when to when, by hand, claimed or seen."""

from sqlalchemy import Column, Index, Table

from mlops_desktop.store.tables.projected import projected
from mlops_desktop.store.types import INTEGER, TEXT

deployments = Table(
    "deployments",
    projected,
    Column("id", TEXT, primary_key=True),
    Column("model", TEXT, nullable=False),
    Column("version", TEXT, nullable=False),
    Column("environment", TEXT, nullable=False),
    Column("role", TEXT, nullable=False),
    Column("source", TEXT, nullable=False),
    Column("basis", TEXT, nullable=False),
    Column("seen_digest", TEXT),
    Column("entity", TEXT),
    Column("opened", TEXT, nullable=False),
    Column("opened_position", INTEGER, nullable=False),
    Column("closed", TEXT),
    Column("closed_position", INTEGER),
    Column("label", TEXT, nullable=False),
    Column("thing", TEXT),
    Column("share", TEXT),
    Column("region", TEXT),
    Column("endpoint", TEXT),
    Column("artifact_digest", TEXT),
    Column("seen_at", TEXT),
    Column("opened_after", TEXT),
    Column("closed_digest", TEXT),
    Column("closed_after", TEXT),
    sqlite_strict=True,
)
Index("deployments_model", deployments.c.model)
