"""Engines for the two databases: SQLCipher in one file, PostgreSQL for a team."""

import uuid
from importlib import import_module
from pathlib import Path
from typing import Protocol

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.pool import QueuePool

from mlops_desktop.core.errors import AppError
from mlops_desktop.outside import private_files
from mlops_desktop.outside.http_redaction import remember_secret
from mlops_desktop.store.transport import secured
from mlops_desktop.store.whereabouts import Whereabouts

Engine = sa.Engine
"""An open database, for those who only pass it on."""

_CONNECT_SECONDS = 15

WRITES = "mlops_writes"
"""Execution option of a connection that will write: it takes the write lock at BEGIN."""

VIEW = "mlops_view"
"""Execution option of a connection that reads one state: what was found once holds throughout."""

_BESIDE = "mlops_open_beside"

_WHEREABOUTS = "mlops_whereabouts"

_PRAGMAS = (
    "PRAGMA journal_mode = WAL",
    # WAL with NORMAL loses acknowledged commits when the power fails; FULL does not.
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    "PRAGMA busy_timeout = 5000",
    "PRAGMA trusted_schema = OFF",
    "PRAGMA cell_size_check = ON",
    "PRAGMA mmap_size = 0",
    "PRAGMA temp_store = MEMORY",
    "PRAGMA cache_size = -65536",
)


class _Cursor(Protocol):
    def execute(self, statement: str) -> object: ...
    def close(self) -> None: ...


class _Driver(Protocol):
    isolation_level: str | None

    def cursor(self) -> _Cursor: ...


def is_team(url: str) -> bool:
    """Tell whether a workspace's place is a PostgreSQL URL rather than a file."""
    return url.startswith(("postgresql://", "postgres://"))


def open_file(path: Path, key: bytes, workspace: str) -> sa.Engine:
    """Return an engine on an encrypted file; ``key`` is 32 bytes, the salt the workspace's id."""
    secret, path = key.hex() + uuid.UUID(workspace).hex, path.resolve()
    whereabouts = Whereabouts(path)
    engine = sa.create_engine(
        f"sqlite:///{path.as_posix()}",
        module=import_module("sqlcipher3.dbapi2"),
        poolclass=QueuePool,
        pool_size=4,
        max_overflow=4,
        connect_args={"check_same_thread": False, "isolation_level": None},
        hide_parameters=True,
        execution_options={
            _BESIDE: lambda other: open_file(other, key, workspace),
            _WHEREABOUTS: whereabouts,
        },
    )
    _prepare_sqlite(engine, (f"PRAGMA key = \"x'{secret}'\"", "PRAGMA cipher_log_level = NONE"))
    _watch(engine, path, whereabouts)
    return engine


def open_beside(engine: sa.Engine, path: Path) -> sa.Engine | None:
    """Return an engine on another file under the key of this one; None for a server's."""
    opener = engine.get_execution_options().get(_BESIDE)
    return opener(path) if callable(opener) else None


def check_place(engine: sa.Engine) -> None:
    """Refuse a file that is open and no longer at its path; a server's database is passed.

    Raises ``workspace.file_gone``, ``workspace.file_replaced``.
    """
    found = engine.get_execution_options().get(_WHEREABOUTS)
    if isinstance(found, Whereabouts):
        found.check()


def open_memory() -> sa.Engine:
    """Return an engine on an empty database in memory, for rebuilding projections."""
    engine = sa.create_engine(
        "sqlite://",
        module=import_module("sqlcipher3.dbapi2"),
        poolclass=sa.StaticPool,
        connect_args={"check_same_thread": False, "isolation_level": None},
    )
    _prepare_sqlite(engine, ())
    return engine


def open_team(url: str, password: str | None = None) -> sa.Engine:
    """Return an engine on a PostgreSQL database; the password is never part of a message.

    Raises ``workspace.url_refused`` for an address that names no database, and
    ``workspace.tls_too_weak`` for one that leads over a network without proof of who answers.
    """
    remember_secret(password)
    parsed = secured(read_url(url)).set(drivername="postgresql+psycopg")
    patience = {} if "connect_timeout" in parsed.query else {"connect_timeout": _CONNECT_SECONDS}
    if password is not None:
        parsed = parsed.set(password=password)
    return sa.create_engine(
        parsed, pool_size=4, max_overflow=4, hide_parameters=True, connect_args=patience
    )


def with_login(url: str, login: str | None) -> str:
    """Return the address of the same database for another login or none, without a password."""
    told = read_url(url)._replace(username=login, password=None)  # set() takes None for unchanged
    kind, _, rest = told.render_as_string(hide_password=False).partition(":")
    # With neither login nor host the two slashes are left out, and no program reads that.
    return f"{kind}:{rest}" if rest.startswith("//") else f"{kind}://{rest}"


def read_url(url: str) -> sa.URL:
    """Return the parts of a database's address; raises ``workspace.url_refused``."""
    try:
        parsed = sa.make_url(url)
    except (sa.exc.ArgumentError, ValueError):
        # The address may hold a password, so it is not said again.
        raise AppError("workspace.url_refused", where="place") from None
    if not parsed.database:
        raise AppError("workspace.url_refused", where="place")
    return parsed


def _prepare_sqlite(engine: sa.Engine, first: tuple[str, ...]) -> None:
    @event.listens_for(engine, "connect")
    def _connected(connection: _Driver, _: object) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        for statement in (*first, *_PRAGMAS):
            cursor.execute(statement)
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begun(connection: sa.Connection) -> None:
        # A deferred transaction that turns to writing fails at once, whatever the time-out.
        connection.exec_driver_sql("BEGIN IMMEDIATE" if _writes(connection) else "BEGIN")


def _writes(connection: sa.Connection) -> bool:
    return bool(connection.get_execution_options().get(WRITES, False))


def _watch(engine: sa.Engine, path: Path, whereabouts: Whereabouts) -> None:
    """Let nothing be written into a file that its path no longer leads to, nor another be opened.

    SQLite would make an empty file where the path leads nowhere, for everybody to read.
    """

    @event.listens_for(engine, "do_connect")
    def _connecting(*_: object) -> None:
        whereabouts.check()
        private_files.reserve(path)

    @event.listens_for(engine, "connect")
    def _connected(*_: object) -> None:
        whereabouts.note()

    @event.listens_for(engine, "begin", insert=True)  # before the lock is taken
    def _beginning(connection: sa.Connection) -> None:
        if _writes(connection):
            whereabouts.check()

    @event.listens_for(engine, "commit")
    def _committing(connection: sa.Connection) -> None:
        if _writes(connection):
            _check_or_undo(connection, whereabouts)

    @event.listens_for(engine, "engine_disposed")
    def _closed(_: sa.Engine) -> None:
        whereabouts.forget()


def _check_or_undo(connection: sa.Connection, whereabouts: Whereabouts) -> None:
    try:
        whereabouts.check()
    except AppError:
        connection.connection.rollback()  # SQLAlchemy takes a commit that failed for one that ended
        raise
