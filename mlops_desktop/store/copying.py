"""A file database copied as one consistent, equally encrypted file, while others write."""

from contextlib import closing
from pathlib import Path

import sqlalchemy as sa

from mlops_desktop.core.work import Told
from mlops_desktop.outside import private_files
from mlops_desktop.store.faults import explain

_STEPS = 20_000
"""Instructions of SQLite between two questions whether to go on."""


def write_copy(engine: sa.Engine, path: Path, told: Told) -> None:
    """Copy the file of ``engine`` to ``path``, in one view of it; others may go on writing.

    ``told`` is asked every few milliseconds with the bytes written so far. Raises what it raises,
    and ``workspace.…``; an unfinished copy is left to the caller.
    """
    connection = engine.raw_connection()  # VACUUM runs outside of any transaction
    driver = connection.driver_connection
    assert driver is not None
    asking = _Asking(path, told)
    try:
        with closing(connection.cursor()) as cursor:
            asking.total = _size(cursor)
            driver.set_progress_handler(asking, _STEPS)
            private_files.reserve(path)
            cursor.execute("VACUUM INTO ?", (str(path),))
    except engine.dialect.loaded_dbapi.Error as error:
        if asking.refusal is not None:
            raise asking.refusal from None
        raise explain(sa.exc.DBAPIError("VACUUM", None, error), engine) from error
    finally:
        driver.set_progress_handler(None, 0)
        connection.close()


def _size(cursor: sa.engine.interfaces.DBAPICursor) -> int:
    sizes = []
    for pragma in ("page_count", "page_size"):
        cursor.execute(f"PRAGMA {pragma}")
        sizes.append(int(cursor.fetchall()[0][0]))
    return sizes[0] * sizes[1]


class _Asking:
    """Asked by SQLite whether to stop; an exception would be lost inside of it."""

    def __init__(self, path: Path, told: Told) -> None:
        self._path = path
        self._told = told
        self.total = 0
        self.refusal: BaseException | None = None

    def __call__(self) -> int:
        try:
            done = self._path.stat().st_size if self._path.exists() else 0
            self._told(min(done, self.total), self.total)
        except BaseException as refusal:
            self.refusal = refusal
            return 1
        return 0
