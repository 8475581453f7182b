"""Engines that can only read: how each kind of database is told so, and how it is watched."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any

import psycopg
import sqlalchemy as sa
from psycopg.abc import PQGen
from sqlalchemy import event
from sqlalchemy.exc import ArgumentError, NoSuchModuleError
from sqlalchemy.pool import NullPool

from mlops_desktop.core.errors import AppError, Recovery
from mlops_desktop.outside.databases.address import is_postgres, is_sqlite, sqlite_file
from mlops_desktop.outside.databases.limits import DatabaseLimits
from mlops_desktop.outside.databases.watch import QueryWatch

_NO_FILE = "/nonexistent/pgpass"
_STEPS = 20_000
_SQLITE_OK, _SQLITE_DENY = 0, 1
_SQLITE_READS = frozenset({20, 21, 22, 31, 33})  # READ, SELECT, TRANSACTION, FUNCTION, RECURSIVE
_SQLITE_ASKED = (19, "read_uncommitted", None)  # the one PRAGMA that SQLAlchemy asks for
_SQLITE_BARRED = frozenset({"load_extension", "writefile", "readfile", "edit", "fts3_tokenizer"})
_READ_ONLY = "SET SESSION TRANSACTION READ ONLY"
_OPENING = {
    "mysql": (_READ_ONLY, "SET SESSION max_execution_time = {ms}"),
    "mariadb": (_READ_ONLY, "SET SESSION max_statement_time = {s}"),
    "oracle": ("SET TRANSACTION READ ONLY",),
}


@dataclass(frozen=True, slots=True)
class Login:
    """Name and password; without a name the address's holds."""

    username: str | None = None
    password: str | None = None
    ca_file: str | None = None

    def __repr__(self) -> str:
        return "Login(…)"


def open_engine(url: sa.URL, login: Login, limits: DatabaseLimits, watch: QueryWatch) -> sa.Engine:
    """Return an engine on which nothing but reading succeeds, as far as the database can promise.

    Raises ``sql.driver_missing`` and ``source.path_relative``.
    """
    if login.username:
        url = url.set(username=login.username)
    if is_sqlite(url):
        return _sqlite(url, watch)
    if is_postgres(url):
        return _postgres(url, login, limits, watch)
    return _other(url, login, limits)


def _postgres(url: sa.URL, login: Login, limits: DatabaseLimits, watch: QueryWatch) -> sa.Engine:
    milliseconds = int(limits.seconds * 1000)
    settings = (
        "default_transaction_read_only=on",
        f"statement_timeout={milliseconds}",
        f"lock_timeout={milliseconds}",
        f"idle_in_transaction_session_timeout={milliseconds * 5}",
        "datestyle=ISO,YMD",
        "bytea_output=hex",
    )
    given: dict[str, Any] = {
        "options": " ".join(f"-c {one}" for one in settings),
        "connect_timeout": max(2, int(limits.connect)),
        "application_name": "mlops-desktop",
        # the secret store alone: neither PGPASSWORD nor a file of passwords is looked at
        "password": login.password or "",
        "passfile": _NO_FILE,
        "prepare_threshold": None,
    }
    if login.ca_file:
        given |= {"sslrootcert": login.ca_file, "sslmode": "verify-full"}

    def connect(**parts: Any) -> "psycopg.Connection[Any]":
        made = _watched(watch).connect(**{**parts, **given})
        made.read_only = True
        return made

    chosen = url.set(drivername="postgresql+psycopg")
    engine = sa.create_engine(chosen, poolclass=NullPool, hide_parameters=True)
    event.listen(engine, "do_connect", lambda _d, _r, _args, named: connect(**named))
    return engine


def _watched(watch: QueryWatch) -> "type[psycopg.Connection[Any]]":
    """Return a kind of connection that asks the watch about ten times a second."""

    class Watched(psycopg.Connection[Any]):
        def wait(self, gen: PQGen[Any], *args: Any, **named: Any) -> Any:
            steps = watch.watching(gen, lambda: self.cancel_safe(timeout=2.0))
            return super().wait(steps, *args, **named)

    return Watched


def _sqlite(url: sa.URL, watch: QueryWatch) -> sa.Engine:
    driver = import_module("sqlcipher3.dbapi2")
    place = f"{sqlite_file(url).as_uri()}?mode=ro"

    def connect() -> Any:
        made = driver.connect(place, uri=True, check_same_thread=False, isolation_level=None)
        for statement in ("query_only = ON", "trusted_schema = OFF", "busy_timeout = 5000"):
            made.execute(f"PRAGMA {statement}")
        made.set_progress_handler(lambda: int(watch.is_over), _STEPS)
        made.set_authorizer(_authorise)
        return made

    return sa.create_engine(
        "sqlite://", module=driver, creator=connect, poolclass=NullPool, hide_parameters=True
    )


def _authorise(action: int, first: str | None, second: str | None, *_: str | None) -> int:
    """Let SQLite read and nothing else; a function of that name never runs."""
    if (action, first, second) == _SQLITE_ASKED:
        return _SQLITE_OK
    is_barred = (second or "").lower() in _SQLITE_BARRED
    return _SQLITE_DENY if is_barred or action not in _SQLITE_READS else _SQLITE_OK


def _other(url: sa.URL, login: Login, limits: DatabaseLimits) -> sa.Engine:
    if login.password:
        url = url.set(password=login.password)
    # A driver of MySQL that may not fall back to a plain line, nor give files of ours away.
    given: dict[str, Any] = {}
    if url.drivername.endswith("+pymysql"):
        given = {"local_infile": False, "connect_timeout": max(2, int(limits.connect))}
        given |= {"read_timeout": limits.seconds + limits.connect}
        if login.ca_file:
            given |= {"ssl_ca": login.ca_file, "ssl_verify_cert": True, "ssl_verify_identity": True}
    try:
        engine = sa.create_engine(url, poolclass=NullPool, hide_parameters=True, connect_args=given)
    except (NoSuchModuleError, ArgumentError, ImportError):
        raise AppError(
            "sql.driver_missing", recovery=Recovery.CONFIGURATION, driver=url.drivername
        ) from None
    event.listen(engine, "begin", _opener(limits))
    return engine


def is_mariadb(dialect: sa.Dialect) -> bool:
    """Whether it is a MariaDB, known once connected: it is often reached as a MySQL."""
    return bool(getattr(dialect, "is_mariadb", False))


def _product(connection: sa.Connection) -> str:
    return "mariadb" if is_mariadb(connection.dialect) else connection.dialect.name


def _opener(limits: DatabaseLimits) -> Callable[[sa.Connection], None]:
    def begun(connection: sa.Connection) -> None:
        for statement in _OPENING.get(_product(connection), ()):
            told = statement.format(ms=int(limits.seconds * 1000), s=limits.seconds)
            connection.exec_driver_sql(told)

    return begun
