"""Logins of a team: each belongs to one person and one group."""

from collections.abc import Iterator
from dataclasses import dataclass

import sqlalchemy as sa

from mlops_desktop.core.errors import AppError
from mlops_desktop.core.teams import Group
from mlops_desktop.store.team.names import Roles, literal, quoted

_BOUND = sa.text("SELECT person FROM public.logins WHERE login = session_user")
_LISTED = sa.text(
    "SELECT l.login, l.person, g.rolname AS role FROM public.logins AS l "
    "LEFT JOIN pg_roles AS r ON r.rolname = l.login "
    "LEFT JOIN pg_auth_members AS m ON m.member = r.oid "
    "LEFT JOIN pg_roles AS g ON g.oid = m.roleid AND g.rolname = ANY (:groups) "
    "WHERE g.rolname IS NOT NULL OR NOT EXISTS (SELECT FROM pg_auth_members AS n "
    "JOIN pg_roles AS h ON h.oid = n.roleid WHERE n.member = r.oid AND h.rolname = ANY (:groups)) "
    "ORDER BY l.login"
)


@dataclass(frozen=True, slots=True)
class Login:
    """A login, the id of its person, and what it may do; None where that was taken away."""

    login: str
    person: str
    group: Group | None


def bound_person(connection: sa.Connection) -> str | None:
    """Return the id of the person whose login this is; None where it is nobody's."""
    found = connection.execute(_BOUND).scalar()
    return None if found is None else str(found)


def list_logins(connection: sa.Connection, roles: Roles) -> tuple[Login, ...]:
    """Return every login that belongs to a person."""
    groups = {roles.of(group): group for group in Group}
    rows = connection.execute(_LISTED, {"groups": list(groups)})
    return tuple(
        {row.login: Login(row.login, row.person, groups.get(row.role)) for row in rows}.values()
    )


def adding(roles: Roles, login: Login, secret: str | None) -> Iterator[str]:
    """Yield what makes a login and lets it in; ``secret`` is its password as a SCRAM verifier.

    Without a secret the role is there already, or gets its way of proving itself elsewhere.
    """
    name = quoted(login.login)
    if secret is not None:
        yield f"CREATE ROLE {name} LOGIN PASSWORD {literal(secret)}"
    assert login.group is not None, "a new login is in a group"
    yield f"GRANT {quoted(roles.of(login.group))} TO {name}"


def binding(login: Login) -> str:
    """Return what binds a login to its person, run as the owner."""
    return (
        f"INSERT INTO public.logins (login, person) VALUES "  # noqa: S608 - quoted
        f"({literal(login.login)}, {literal(login.person)})"
    )


def dropping(roles: Roles, login: Login, *, keeps_role: bool) -> Iterator[str]:
    """Yield what removes a login; run as the owner, who is nobody again after the first two."""
    name = quoted(login.login)
    yield f"DELETE FROM public.logins WHERE login = {literal(login.login)}"  # noqa: S608 - quoted
    yield "RESET ROLE"
    for group in Group:
        yield f"REVOKE {quoted(roles.of(group))} FROM {name}"
    if not keeps_role:
        yield f"DROP ROLE {name}"


def check_unbound(connection: sa.Connection, login: Login) -> None:
    """Raise ``team.login_taken`` where it is somebody's, ``team.login_there`` where his own."""
    told = sa.text("SELECT person FROM public.logins WHERE login = :login")
    found = connection.execute(told, {"login": login.login}).scalar()
    if found is not None:
        code = "team.login_there" if found == login.person else "team.login_taken"
        raise AppError(code, where="--login", login=login.login)


def find_login(connection: sa.Connection, roles: Roles, name: str) -> Login:
    """Return a login by its name; raises ``team.login_unknown``."""
    for login in list_logins(connection, roles):
        if login.login == name:
            return login
    raise AppError("team.login_unknown", where=name, login=name)


def verifier(connection: sa.Connection, login: str, password: str) -> str:
    """Return a password's SCRAM verifier, so that the server and its log never see the password."""
    driver = connection.connection.driver_connection
    assert driver is not None, "an open connection"
    made: bytes = driver.pgconn.encrypt_password(
        password.encode(), login.encode(), b"scram-sha-256"
    )
    return made.decode()
