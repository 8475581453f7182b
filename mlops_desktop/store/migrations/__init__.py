"""Migrations of the durable tables, run by Alembic on a connection given to it."""

from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

_HERE = Path(__file__).parent


def _config(connection: sa.Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(_HERE))
    config.attributes["connection"] = connection
    return config


def newest() -> str:
    """Return the schema revision this program writes."""
    head = ScriptDirectory.from_config(_config()).get_current_head()
    assert head is not None, "there is a first migration"
    return head


def known() -> frozenset[str]:
    """Return every schema revision this program can migrate from."""
    return frozenset(
        script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()
    )


def current(connection: sa.Connection) -> str | None:
    """Return the schema revision of a database, None for one without our tables."""
    return MigrationContext.configure(connection).get_current_revision()


def upgrade(connection: sa.Connection) -> None:
    """Bring the durable tables to the newest revision, inside the caller's transaction."""
    command.upgrade(_config(connection), "head")
