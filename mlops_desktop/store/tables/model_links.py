"""Links between models."""

from sqlalchemy import Column, Index, Table

from mlops_desktop.store.tables.projected import projected
from mlops_desktop.store.types import INTEGER, TEXT

model_links = Table(
    "model_links",
    projected,
    Column("position", INTEGER, primary_key=True, autoincrement=False),
    Column("model", TEXT, nullable=False),
    Column("kind", TEXT, nullable=False),
    Column("other", TEXT, nullable=False),
    Column("holds", INTEGER, nullable=False),
    Column("effective", TEXT, nullable=False),
    Column("record", TEXT, nullable=False),
    sqlite_strict=True,
)
"""Everything said about links, in order: few, so that any date is read by folding them."""
Index("model_links_model", model_links.c.model)
Index("model_links_other", model_links.c.other)
