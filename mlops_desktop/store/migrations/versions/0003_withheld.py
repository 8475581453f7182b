"""What an extract leaves out: leaves without their bodies, texts and documents held back."""

import sqlalchemy as sa
from alembic import op

from mlops_desktop.store.types import BINARY, INTEGER, TEXT

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "withheld",
        sa.Column("position", INTEGER, primary_key=True, autoincrement=False),
        sa.Column("leaf", BINARY, nullable=False),
        sqlite_strict=True,
    )
    op.create_table(
        "held_back",
        sa.Column("digest", TEXT, primary_key=True),
        sa.Column("matter", TEXT, nullable=False),
        sqlite_strict=True,
    )
