"""A workspace file before it is moved: whether another program has it open, and its log in it."""

from contextlib import closing, suppress

import sqlalchemy as sa


def is_in_use(engine: sa.Engine) -> bool:
    """Tell whether anybody else holds the file; what cannot be read at all is held by nobody.

    Every connection to a file in WAL mode keeps a shared lock on it until it is closed.
    """
    engine.dispose()
    error = engine.dialect.loaded_dbapi.Error
    try:
        connection = engine.raw_connection()
    except (error, sa.exc.DBAPIError):
        return False
    try:
        with closing(connection.cursor()) as cursor:
            cursor.execute("PRAGMA busy_timeout = 0")
            cursor.execute("PRAGMA locking_mode = EXCLUSIVE")
            cursor.execute("BEGIN EXCLUSIVE")
            cursor.execute("ROLLBACK")
    except error as refused:
        return "locked" in str(refused)
    finally:
        connection.invalidate()
        engine.dispose()
    return False


def fold_log(engine: sa.Engine) -> None:
    """Write the log beside a file into it and empty the log; what cannot be read stays as it is."""
    error = engine.dialect.loaded_dbapi.Error
    with suppress(error, sa.exc.DBAPIError), closing(engine.raw_connection()) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()
