"""Migrations of the durable tables, run by Alembic on a connection given to it.

Alembic is imported only where something is migrated: opening a workspace needs one query.
"""

from pathlib import Path
from typing import TYPE_CHECKING

import sqlalchemy as sa

if TYPE_CHECKING:
    from alembic.config import Config

_HERE = Path(__file__).parent

REVISIONS = ("0001", "0002", "0003")
"""Every schema revision this program knows, oldest first; the last is the one it writes."""


def current(connection: sa.Connection) -> str | None:
    """Return the schema revision of a database, None for one without our tables."""
    if not sa.inspect(connection).has_table("alembic_version"):
        return None
    return connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()


def upgrade(connection: sa.Connection) -> None:
    """Bring the durable tables to the newest revision, inside the caller's transaction."""
    from alembic import command

    command.upgrade(_config(connection), "head")


def _config(connection: sa.Connection | None = None) -> "Config":
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_HERE))
    config.attributes["connection"] = connection
    return config


def scripts() -> tuple[str, ...]:
    """Return the revisions of the scripts in this folder, oldest first, as Alembic reads them."""
    from alembic.script import ScriptDirectory

    found = ScriptDirectory.from_config(_config()).walk_revisions()
    return tuple(reversed([script.revision for script in found]))
