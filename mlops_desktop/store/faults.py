"""What a database said no with, as an error that a person can act on."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress

import sqlalchemy as sa

from mlops_desktop.core.errors import AppError, Recovery

_SAID: tuple[tuple[str, str, Recovery], ...] = (
    ("file is not a database", "workspace.wrong_key", Recovery.CONFIGURATION),
    ("hmac", "workspace.wrong_key", Recovery.CONFIGURATION),
    ("failed to resolve host", "workspace.name_unknown", Recovery.CONFIGURATION),
    ("could not translate host name", "workspace.name_unknown", Recovery.CONFIGURATION),
    ("name or service not known", "workspace.name_unknown", Recovery.CONFIGURATION),
    ("connection refused", "workspace.refused", Recovery.RETRY),
    ("connection timeout expired", "workspace.timed_out", Recovery.RETRY),
    ("timeout expired", "workspace.timed_out", Recovery.RETRY),
    ("does not match host name", "workspace.certificate_name", Recovery.CONFIGURATION),
    ("certificate has expired", "workspace.certificate_expired", Recovery.CONFIGURATION),
    ("root certificate file", "workspace.certificate_unchecked", Recovery.CONFIGURATION),
    ("certificate verify failed", "workspace.certificate_unknown", Recovery.CONFIGURATION),
    ("server does not support ssl", "workspace.no_tls", Recovery.CONFIGURATION),
    ("no pg_hba.conf entry", "workspace.host_refused", Recovery.CONFIGURATION),
    ("password authentication", "workspace.login_refused", Recovery.CONFIGURATION),
    ("no password supplied", "workspace.login_refused", Recovery.CONFIGURATION),
    ("permission denied for database", "workspace.login_refused", Recovery.CONFIGURATION),
    ("permission denied", "workspace.right_missing", Recovery.CONFIGURATION),
    ("readonly", "workspace.read_only", Recovery.CONFIGURATION),
    ("read-only", "workspace.read_only", Recovery.CONFIGURATION),
    ("during recovery", "workspace.read_only", Recovery.CONFIGURATION),  # a standby says so
    ("disk is full", "workspace.disk_full", Recovery.RETRY),
    ("no space left", "workspace.disk_full", Recovery.RETRY),
    ("locked", "workspace.busy", Recovery.RETRY),
    ("unable to open database file", "workspace.not_opened", Recovery.CONFIGURATION),
    ("malformed", "workspace.damaged", Recovery.CONFIGURATION),
    ("disk i/o error", "workspace.damaged", Recovery.RETRY),
)
"""What SQLCipher and PostgreSQL say in English, the first that fits; both speak it to us."""

_STATES = {
    "MD001": ("team.head_moved", Recovery.RETRY),
    "MD002": ("team.not_your_person", Recovery.CONFIGURATION),
    "MD003": ("team.event_refused", Recovery.BUG),
    "MD004": ("team.not_read_back", Recovery.BUG),
    "MD005": ("team.head_unsigned", Recovery.BUG),
}
"""What the functions of a team's database refuse."""

_OTHER_TABLES = frozenset({"42883", "42P01", "42703", "MD007"})
"""A function, a table, a column that this program asks for is not there, or made otherwise."""
_OTHER_PLAN = "cached plan must not change result type"

_MOVED = "MD006"
"""A program that opened the workspace before it moved: the message says where to."""


def explain(error: sa.exc.DBAPIError, engine: sa.Engine) -> AppError:
    """Return what a database error means for the user; the password is never part of it."""
    state = getattr(error.orig, "sqlstate", None) or ""
    if state == _MOVED:
        told = str(error.orig).partition("\n")[0]  # the rest says in which line of the function
        return AppError("workspace.moved", where=place_of(engine), place=told)
    if state in _STATES:
        shown = place_of(engine)
        code, recovery = _STATES[state]
        return AppError(code, recovery=recovery, where=shown, path=shown)
    told = str(error.orig).lower()
    if state in _OTHER_TABLES or _OTHER_PLAN in told:
        return form_changed(engine)
    found = (said for said in _SAID if said[0] in told)
    _, code, recovery = next(found, _absent(told))
    shown = place_of(engine)
    return AppError(code, recovery=recovery, where=shown, path=shown)


def head_moved(engine: sa.Engine) -> AppError:
    """Return what it means that others wrote since a session began to read."""
    shown = place_of(engine)
    return AppError("team.head_moved", recovery=Recovery.RETRY, where=shown, path=shown)


def form_changed(engine: sa.Engine) -> AppError:
    """Return what it means that the tables are not those that were there at opening."""
    shown = place_of(engine)
    return AppError(
        "workspace.form_changed", recovery=Recovery.CONFIGURATION, where=shown, path=shown
    )


def _absent(told: str) -> tuple[str, str, Recovery]:
    """Tell a database or a role that is not there from whatever else was said."""
    if "does not exist" in told and 'database "' in told:
        return "", "workspace.no_database", Recovery.CONFIGURATION
    if "does not exist" in told and 'role "' in told:
        return "", "workspace.login_refused", Recovery.CONFIGURATION
    return "", "workspace.unreachable", Recovery.RETRY


def not_recorded(error: sa.exc.DBAPIError, engine: sa.Engine) -> AppError:
    """Return what a commit means that failed and, as was looked up, did not happen."""
    explained = explain(error, engine)
    if explained.code != "workspace.unreachable":
        return explained
    shown = place_of(engine)
    return AppError("workspace.not_recorded", recovery=Recovery.RETRY, where=shown, path=shown)


def outcome_unknown(engine: sa.Engine) -> AppError:
    """Return what a commit means of which nobody can say now whether it happened."""
    shown = place_of(engine)
    return AppError("workspace.outcome_unknown", recovery=Recovery.RETRY, where=shown, path=shown)


def place_of(engine: sa.Engine) -> str:
    """Return the file or the URL of an engine, without its password."""
    if engine.dialect.name == "sqlite":
        return engine.url.database or ""
    return engine.url.set(drivername="postgresql").render_as_string(hide_password=True)


@contextmanager
def explained(engine: sa.Engine) -> Iterator[None]:
    """Raise what a database error inside the block means for the user."""
    try:
        yield
    except sa.exc.DBAPIError as error:
        raise explain(error, engine) from error


def let_go(connection: sa.Connection) -> None:
    """Roll back what is not committed; a server that has gone did so by itself."""
    with suppress(sa.exc.DBAPIError):
        connection.close()
