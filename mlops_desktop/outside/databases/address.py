"""Where a database is: a SQLAlchemy address without any secret, checked before anything is sent."""

from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.exc import ArgumentError

from mlops_desktop.core.errors import AppError, Recovery

_POSTGRES = frozenset({
    "host", "port", "sslmode", "sslrootcert", "sslcert", "sslkey", "sslcrl", "application_name",
    "target_session_attrs", "gssencmode", "krbsrvname", "channel_binding", "require_auth",
    "connect_timeout",
})  # fmt: skip
_SECRETS = ("pass", "pwd", "secret", "token", "key", "odbc_connect", "service", "options", "file")


def read_address(text: str) -> sa.URL:
    """Return the parts of an address.

    Raises ``source.database_refused``, ``source.address_holds_secret`` and ``sql.option_refused``
    for what could hold a secret or take the reading limits away.
    """
    told = text.strip().replace("postgres://", "postgresql://", 1)
    try:
        url = sa.make_url(told)
    except (ArgumentError, ValueError):
        raise AppError(
            "source.database_refused", where="url", recovery=Recovery.CONFIGURATION
        ) from None
    if url.password is not None:
        raise AppError("source.address_holds_secret", where="url", recovery=Recovery.CONFIGURATION)
    if refused := next((name for name in url.query if not _is_allowed(url, name)), None):
        raise AppError("sql.option_refused", where="url", option=refused)
    return url


def _is_allowed(url: sa.URL, option: str) -> bool:
    if is_postgres(url):
        return option in _POSTGRES
    return not is_sqlite(url) and not any(part in option.lower() for part in _SECRETS)


def is_postgres(url: sa.URL) -> bool:
    """Whether it is a PostgreSQL database."""
    return url.get_backend_name() == "postgresql"


def is_sqlite(url: sa.URL) -> bool:
    """Whether it is a SQLite file."""
    return url.get_backend_name() == "sqlite"


def sqlite_file(url: sa.URL) -> Path:
    """Return the file of a SQLite address; raises ``source.path_relative``."""
    file = Path(url.database or "")
    if not file.is_absolute():
        raise AppError("source.path_relative", where="url", recovery=Recovery.CONFIGURATION)
    return file
