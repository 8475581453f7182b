"""Points of monitoring series, in chunks."""

import sqlalchemy as sa
from alembic import op

from mlops_desktop.store.types import BINARY, INTEGER, TEXT

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "series_chunks",
        sa.Column("series", TEXT, nullable=False),
        sa.Column("first", INTEGER, nullable=False),
        sa.Column("batch", TEXT, nullable=False),
        sa.Column("last", INTEGER, nullable=False),
        sa.Column("number", INTEGER, nullable=False),
        sa.Column("digest", TEXT, nullable=False),
        sa.Column("content", BINARY, nullable=False),
        sa.PrimaryKeyConstraint("series", "first", "batch"),
        sqlite_strict=True,
    )
    op.create_index("series_chunks_batch", "series_chunks", ["batch"])
