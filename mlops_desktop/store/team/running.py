"""Statements of a database's administrator, run whole or not at all."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import sqlalchemy as sa

from mlops_desktop.core.errors import AppError, Recovery
from mlops_desktop.store.faults import explained, place_of
from mlops_desktop.store.team.names import Roles, quoted

_OTHERS = sa.text(
    "SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace "
    "AND relkind IN ('r', 'v', 'm', 'p', 'S', 'f')"
)
_TAKEN = sa.text("SELECT rolname FROM pg_roles WHERE rolname = ANY (:names) ORDER BY 1 LIMIT 1")
_SCHEMA = sa.text("SELECT to_regclass('public.alembic_version') IS NOT NULL")
_READ = sa.text(
    "SELECT to_regclass('public.logins') IS NOT NULL "
    "AND has_table_privilege(to_regclass('public.head'), 'SELECT')"
)
_OWNER = sa.text(
    "SELECT pg_get_userbyid(relowner) FROM pg_class WHERE oid = to_regclass('public.logins')"
)
_DENIED = "42501"
_MAY = sa.text(
    "SELECT (rolsuper OR rolcreaterole) AND pg_has_role(d.datdba, 'USAGE') "
    "FROM pg_roles, pg_database AS d WHERE rolname = current_user AND d.datname = "
    "current_database()"
)


def run(connection: sa.Connection, statements: Iterable[str]) -> None:
    """Execute statements as they are, inside the caller's transaction."""
    plain = connection.execution_options(no_parameters=True)
    for statement in statements:
        plain.exec_driver_sql(statement)


def check_empty(connection: sa.Connection, roles: Roles) -> None:
    """Raise what keeps this login from making a team here."""
    shown = place_of(connection.engine)
    if is_taken(connection):
        raise AppError("workspace.exists", where=shown, path=shown)
    if connection.execute(_OTHERS).scalar():
        raise AppError("team.database_not_empty", where=shown, path=shown)
    if not connection.execute(_MAY).scalar():
        raise AppError("team.admin_needed", recovery=Recovery.CONFIGURATION, where=shown)
    check_free(connection, *roles.every)


def is_taken(connection: sa.Connection) -> bool:
    """Tell whether a database holds a workspace, even where this login may read nothing of it."""
    return bool(connection.execute(_SCHEMA).scalar())


def may_read(connection: sa.Connection) -> bool:
    """Tell whether a team's tables are there for this login to read."""
    return bool(connection.execute(_READ).scalar())


def check_free(connection: sa.Connection, *names: str) -> None:
    """Raise ``team.role_exists`` where the server has a role of one of these names."""
    taken = connection.execute(_TAKEN, {"names": list(names)}).scalar()
    if taken is not None:
        raise AppError("team.role_exists", where=str(taken), role=str(taken))


def unmake(engine: sa.Engine, roles: Roles, login: str | None) -> None:
    """Take back what :func:`make` did."""
    names = [*roles.every, *([login] if login else [])]
    database = quoted(str(engine.url.database))
    with explained(engine), engine.connect() as connection:
        for name in map(quoted, names):
            run(connection, (f"GRANT {name} TO CURRENT_USER", f"DROP OWNED BY {name} CASCADE"))
        run(connection, (f"DROP ROLE {quoted(name)}" for name in reversed(names)))
        run(
            connection,
            (
                f"GRANT CONNECT, TEMPORARY ON DATABASE {database} TO PUBLIC",
                "GRANT USAGE ON SCHEMA public TO PUBLIC",
            ),
        )
        connection.commit()


def prefix_of(connection: sa.Connection) -> str:
    """Return the prefix of a team's roles, from who owns its tables; raises ``team.none_here``.

    An administrator who is no superuser may read no table.
    """
    owner = str(connection.execute(_OWNER).scalar() or "")
    prefix = owner.removesuffix("_owner")
    if prefix == owner:
        shown = place_of(connection.engine)
        raise AppError("team.none_here", where=shown, path=shown)
    return prefix


def _become(connection: sa.Connection, owner: str) -> None:
    try:
        run(connection, (f"GRANT {owner} TO CURRENT_USER", f"SET LOCAL ROLE {owner}"))
    except sa.exc.DBAPIError as error:
        if getattr(error.orig, "sqlstate", None) != _DENIED:
            raise
        shown = place_of(connection.engine)
        raise AppError(
            "team.not_administrator", recovery=Recovery.CONFIGURATION, where=shown, path=shown
        ) from error


@contextmanager
def owning(engine: sa.Engine, roles: Roles) -> Iterator[sa.Connection]:
    """Act as the owner for one transaction; nobody is the owner any longer afterwards.

    Raises ``team.not_administrator`` for a login that may not.
    """
    owner = quoted(roles.owner)
    with explained(engine), engine.connect() as connection:
        _become(connection, owner)
        yield connection
        run(connection, ("RESET ROLE", f"REVOKE {owner} FROM CURRENT_USER"))
        connection.commit()
