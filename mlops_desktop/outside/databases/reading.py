"""One database, read: who we are there, what may be written, and the rows of a SELECT."""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from itertools import islice
from typing import Any, TypeAlias

import sqlalchemy as sa

from mlops_desktop.outside.databases.address import (
    is_postgres,
    is_sqlite,
    read_address,
    sqlite_file,
)
from mlops_desktop.outside.databases.engines import Login, is_mariadb, open_engine
from mlops_desktop.outside.databases.faults import DatabaseFault, fault_of
from mlops_desktop.outside.databases.limits import DatabaseLimits
from mlops_desktop.outside.databases.statement import Select
from mlops_desktop.outside.databases.watch import QueryWatch
from mlops_desktop.outside.http_faults import Fault
from mlops_desktop.outside.http_redaction import remember_login

Cell: TypeAlias = str | int | float | None
_AT_ONCE = 200
_MAY_WRITE = """
SELECT (SELECT rolsuper FROM pg_roles WHERE rolname = current_user)
    OR has_database_privilege(current_database(), 'CREATE')
    OR EXISTS (SELECT 1 FROM pg_namespace
               WHERE nspname !~ '^pg_' AND has_schema_privilege(oid, 'CREATE'))
    OR EXISTS (SELECT 1 FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
               WHERE c.relkind IN ('r', 'p', 'v', 'f') AND n.nspname !~ '^pg_'
                 AND n.nspname <> 'information_schema'
                 AND has_table_privilege(c.oid, 'INSERT,UPDATE,DELETE,TRUNCATE'))
"""
_MAY_WRITE_MARIADB = """
SELECT EXISTS (
    SELECT 1 FROM (
        SELECT grantee, privilege_type FROM information_schema.user_privileges
        UNION SELECT grantee, privilege_type FROM information_schema.schema_privileges
        UNION SELECT grantee, privilege_type FROM information_schema.table_privileges
    ) granted
    WHERE grantee = CONCAT('''', REPLACE(current_user(), '@', '''@'''), '''')
      AND privilege_type NOT IN ('USAGE', 'SELECT', 'SHOW VIEW', 'SHOW DATABASES', 'PROCESS'))
"""
_IS_ENCRYPTED = (  # nothing goes over a network where the server has no address
    "SELECT ssl OR inet_server_addr() IS NULL FROM pg_stat_ssl WHERE pid = pg_backend_pid()"
)


@dataclass(frozen=True, slots=True)
class Server:
    """What a database says of itself and of us; None where it cannot say.

    ``promises`` tells whether it keeps to reading by its own word, as was tried here.
    """

    version: str
    user: str | None
    may_write: bool | None
    is_encrypted: bool | None
    promises: bool


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of a SELECT under the headings that were asked for."""

    headings: tuple[str, ...]
    lines: tuple[tuple[Cell, ...], ...] = field(repr=False)


class Database:
    """Reads one database; used by one thread, for one sync or one test.

    Raises AppError for an address that cannot be used, as :func:`read_address` and
    :func:`open_engine` do. All other methods raise DatabaseFault.
    """

    def __init__(
        self,
        url: str,
        login: Login,
        limits: DatabaseLimits | None = None,
        is_cancelled: Callable[[], bool] = lambda: False,
    ) -> None:
        remember_login(login.username, login.password, None)
        self._limits = limits or DatabaseLimits()
        self._watch = QueryWatch(is_cancelled, self._limits.seconds)
        self._url = read_address(url)
        self._engine = open_engine(self._url, login, self._limits, self._watch)
        self._bytes = 0

    def describe(self) -> Server:
        """Tell version, user, and whether this login could write."""
        with self._reading() as connection:
            info = ".".join(map(str, connection.dialect.server_version_info or ()))
            version = f"{_PRODUCTS.get(self._kind, self._kind)} {info}".strip()
            if is_sqlite(self._url):
                can = os.access(sqlite_file(self._url), os.W_OK)
                return Server(version, None, can, is_encrypted=None, promises=True)
            if is_mariadb(connection.dialect):
                return _mariadb(connection, info)
            if not is_postgres(self._url):
                return Server(version, self._url.username, None, is_encrypted=None, promises=False)
            user = str(connection.exec_driver_sql("SELECT current_user").scalar())
            can = bool(connection.exec_driver_sql(_MAY_WRITE).scalar())
            is_encrypted = bool(connection.exec_driver_sql(_IS_ENCRYPTED).scalar())
            return Server(version, user, can, is_encrypted=is_encrypted, promises=True)

    def read(
        self,
        select: Select,
        headings: Sequence[str],
        values: Mapping[str, str] | None = None,
        most: int | None = None,
    ) -> Rows:
        """Return the rows with the columns of these headings alone; case does not matter.

        ``values`` are for the places of the SELECT; no more than ``most`` rows are asked for.
        """
        given = {name: (values or {}).get(name, "") for name in select.parameters}
        with self._reading() as connection:
            columns = self._columns(connection, select, headings, given)
            shown = ", ".join(self._shown(connection, one) for one in columns)
            query = sa.text(f"SELECT {shown} FROM ({select.bound}) asked")  # noqa: S608 - read_select let one SELECT pass, names are quoted
            lines = tuple(islice(self._lines(connection, query, given), most))
        return Rows(tuple(headings), lines)

    def close(self) -> None:
        """Close the connections."""
        self._engine.dispose()

    @property
    def _kind(self) -> str:
        return self._url.get_backend_name()

    @contextmanager
    def _reading(self) -> Iterator[sa.Connection]:
        """Yield a connection in a read-only transaction, which is always taken back."""
        self._watch.check()
        self._watch.start()
        try:
            with self._engine.connect() as connection:
                yield connection
                connection.rollback()
        except DatabaseFault:
            raise
        except Exception as error:  # each driver has its own
            if self._watch.is_over:
                raise self._watch.fault() from None
            raise fault_of(error) from None

    def _columns(
        self,
        connection: sa.Connection,
        select: Select,
        headings: Sequence[str],
        given: dict[str, str],
    ) -> list[str]:
        """Return the columns as the database spells them."""
        query = sa.text(f"SELECT * FROM ({select.bound}) asked WHERE 1 = 0")  # noqa: S608 - as above
        there = list(connection.execute(query, given).keys())
        found = []
        for heading in headings:
            same = [one for one in there if one == heading]
            like = same or [one for one in there if one.casefold() == heading.casefold()]
            if len(like) != 1:
                raise DatabaseFault(Fault.REJECTED, "column_missing", heading[:100])
            found.append(like[0])
        return found

    def _shown(self, connection: sa.Connection, column: str) -> str:
        """Return a column as text that the database itself cuts: no cell can fill the memory."""
        name = f"asked.{connection.dialect.identifier_preparer.quote_identifier(column)}"
        name = name.replace(":", "\\:")
        most = self._limits.characters
        if is_postgres(self._url):
            return f"left(CAST({name} AS text), {most})"
        if is_sqlite(self._url):
            cut = f"WHEN 'text' THEN substr({name}, 1, {most}) WHEN 'blob' THEN NULL"
            return f"CASE typeof({name}) {cut} ELSE {name} END"
        if connection.dialect.name in ("mysql", "mariadb"):
            return f"left(CAST({name} AS CHAR), {most})"
        return name

    def _lines(
        self, connection: sa.Connection, query: sa.TextClause, given: dict[str, str]
    ) -> Iterator[tuple[Cell, ...]]:
        options = {"stream_results": True, "max_row_buffer": _AT_ONCE}
        result = connection.execute(query, given, execution_options=options)
        try:
            for number, row in enumerate(result, 1):
                line = tuple(map(_cell, row))
                self._count(number, line)
                yield line
        finally:
            result.close()

    def _count(self, number: int, line: tuple[Cell, ...]) -> None:
        if number > self._limits.rows:
            raise DatabaseFault(Fault.TOO_LARGE, "many_rows", str(self._limits.rows))
        self._bytes += sum(len(one) if isinstance(one, str) else 8 for one in line)
        if self._bytes > self._limits.all_bytes:
            raise DatabaseFault(Fault.TOO_LARGE, "sync_too_large")
        if number % _AT_ONCE == 0:
            self._watch.check()


def _mariadb(connection: sa.Connection, version: str) -> Server:
    user = str(connection.exec_driver_sql("SELECT current_user()").scalar())
    can = bool(connection.exec_driver_sql(_MAY_WRITE_MARIADB).scalar())
    cipher = connection.exec_driver_sql("SHOW SESSION STATUS LIKE 'Ssl_cipher'").one()[1]
    return Server(f"MariaDB {version}", user, can, is_encrypted=bool(cipher), promises=True)


_PRODUCTS = {
    "postgresql": "PostgreSQL",
    "sqlite": "SQLite",
    "mysql": "MySQL",
    "mssql": "SQL Server",
}


def _cell(value: Any) -> Cell:
    if value is None or isinstance(value, (str, int, float)):
        return value
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    return None if isinstance(value, (bytes, memoryview)) else str(value)[:1000]
