"""Attestation campaigns: their steps, the models they ask about, the answers."""

from sqlalchemy import Column, Index, PrimaryKeyConstraint, Table

from mlops_desktop.store.tables.projected import projected
from mlops_desktop.store.types import INTEGER, TEXT

campaigns = Table(
    "campaigns",
    projected,
    Column("id", TEXT, primary_key=True),
    Column("number", INTEGER, nullable=False),
    Column("position", INTEGER, nullable=False),
    sqlite_strict=True,
)

campaign_steps = Table(
    "campaign_steps",
    projected,
    Column("position", INTEGER, primary_key=True, autoincrement=False),
    Column("campaign", TEXT, nullable=False),
    Column("kind", TEXT, nullable=False),
    Column("person", TEXT, nullable=False),
    Column("at", TEXT, nullable=False),
    Column("effective", TEXT, nullable=False),
    Column("record", TEXT, nullable=False),
    sqlite_strict=True,
)
"""Opening, extensions and end, in order: few, so that any date is read by folding them."""
Index("campaign_steps_campaign", campaign_steps.c.campaign)

campaign_models = Table(
    "campaign_models",
    projected,
    Column("campaign", TEXT, nullable=False),
    Column("model", TEXT, nullable=False),
    Column("tier", INTEGER),
    Column("person", TEXT),
    Column("position", INTEGER, nullable=False),
    PrimaryKeyConstraint("campaign", "model"),
    sqlite_strict=True,
)
"""What was frozen at the start: the models, their tiers, and whose they were."""
Index("campaign_models_model", campaign_models.c.model)

campaign_answers = Table(
    "campaign_answers",
    projected,
    Column("position", INTEGER, primary_key=True, autoincrement=False),
    Column("campaign", TEXT, nullable=False),
    Column("model", TEXT, nullable=False),
    Column("answer", TEXT, nullable=False),
    Column("person", TEXT, nullable=False),
    Column("on_behalf_of", TEXT),
    Column("at", TEXT, nullable=False),
    Column("effective", TEXT, nullable=False),
    Column("is_signed", INTEGER, nullable=False),
    Column("record", TEXT),
    sqlite_strict=True,
)
"""Every answer ever given; ``record`` is the comment, still closed."""
Index("campaign_answers_campaign", campaign_answers.c.campaign, campaign_answers.c.model)
Index("campaign_answers_model", campaign_answers.c.model)
