"""The ledger's tables: events, disclosures, checkpoints, head, evidence, meta."""

import sqlalchemy as sa
from alembic import op

from mlops_desktop.store.types import BINARY, INTEGER, TEXT

revision = "0001"
down_revision = None


def _key(name: str, kind: sa.Text | sa.Integer | sa.LargeBinary) -> sa.Column[object]:
    return sa.Column(name, kind, primary_key=True, autoincrement=False)


def _column(name: str, kind: sa.Text | sa.Integer | sa.LargeBinary) -> sa.Column[object]:
    return sa.Column(name, kind, nullable=False)


_TABLES: dict[str, tuple[sa.Column[object], ...]] = {
    "meta": (_key("name", TEXT), _column("value", TEXT)),
    "events": (
        _key("position", INTEGER),
        sa.Column("id", TEXT, nullable=False, unique=True),
        _column("type", TEXT),
        _column("at", TEXT),
        _column("effective", TEXT),
        _column("person", TEXT),
        _column("subject", TEXT),
        _column("leaf", BINARY),
        _column("body", BINARY),
    ),
    "disclosures": (_key("digest", TEXT), _column("disclosure", TEXT)),
    "checkpoints": (_key("size", INTEGER), _column("note", TEXT)),
    "head": (_key("id", INTEGER), _column("size", INTEGER), _column("frontier", BINARY)),
    "evidence": (
        _key("digest", TEXT),
        _column("request", TEXT),
        _column("fetched_at", TEXT),
        _column("size", INTEGER),
        _column("compressed", BINARY),
    ),
}


def upgrade() -> None:
    """Make the tables."""
    for name, columns in _TABLES.items():
        op.create_table(name, *columns, sqlite_strict=True)
    op.create_index("events_subject", "events", ["subject", "position"])
    op.create_index("events_at", "events", ["at"])
