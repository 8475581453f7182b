"""A workspace of an older schema brought up to this program's, or left exactly as it was.

A file is copied, the copy changed and verified, and then put in its place; the old one is kept.
Whenever the program is killed, the old or the new one opens. On PostgreSQL it is one transaction.
"""

import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa

from mlops_desktop.core.errors import AppError, Recovery
from mlops_desktop.ledger.tree import root_of
from mlops_desktop.outside import durable, private_files
from mlops_desktop.store import engine as engines
from mlops_desktop.store import files, log, migrations, rebuild
from mlops_desktop.store.forms import current_form
from mlops_desktop.store.soundness import check_file
from mlops_desktop.store.tables.ledger import meta

_BESIDE = ("", "-wal", "-shm", "-journal")
_ADVISORY = 0x6D6C6F7073  # "mlops"
_PATIENCE = "10s"


def upgrade(engine: sa.Engine, place: str, revision: str) -> None:
    """Change the schema of a workspace that has an older ``revision``.

    Raises ``workspace.busy`` where another program has the file open or holds the tables,
    ``workspace.copy_unsound`` where what came out does not verify.
    """
    if engines.is_team(place):
        _upgrade_team(engine)
    else:
        _upgrade_file(engine, Path(place).absolute(), revision)


def _upgrade_team(engine: sa.Engine) -> None:
    with engine.connect().execution_options(**{engines.WRITES: True}) as connection:
        wait_in_turn(connection)
        if migrations.current(connection) != migrations.REVISIONS[-1]:
            migrations.upgrade(connection)
        connection.commit()


def wait_in_turn(connection: sa.Connection) -> None:
    """Let one program at a time change tables, and none wait for ever for those who read them."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{_PATIENCE}'")
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_ADVISORY})")


def _upgrade_file(engine: sa.Engine, path: Path, revision: str) -> None:
    copy = path.with_name(f".{path.name}.upgrading")
    was = path.stat().st_ino
    engine.dispose()
    with _alone(engine) as cursor:
        if path.stat().st_ino != was:  # another program has put a new file there meanwhile
            raise _busy(path)
        _remove(copy)
        private_files.reserve(copy)
        cursor.execute("VACUUM INTO ?", (str(copy),))
        _change(engine, copy)
        # No log of the old file may be left beside the new one; it is committed by now.
        cursor.execute("PRAGMA journal_mode = DELETE")
        path.with_name(f"{path.name}-journal").unlink(missing_ok=True)
        _keep(path, files.kept_before(path, revision))
        if sys.platform != "win32":
            _swap(copy, path)
    if sys.platform == "win32":  # an open file cannot be replaced there
        _swap(copy, path)


@contextmanager
def _alone(engine: sa.Engine) -> Iterator[sa.engine.interfaces.DBAPICursor]:
    """Hold the file so that nobody else can open it, until the block is left."""
    connection = engine.raw_connection()
    try:
        cursor = connection.cursor()
        try:
            cursor.execute("PRAGMA busy_timeout = 1000")
            cursor.execute("PRAGMA locking_mode = EXCLUSIVE")
            cursor.execute("BEGIN EXCLUSIVE")
            cursor.execute("COMMIT")
            yield cursor
        except engine.dialect.loaded_dbapi.Error as error:
            raise sa.exc.DBAPIError("upgrade", None, error) from error
        finally:
            cursor.close()
    finally:
        connection.invalidate()
        engine.dispose()


def _change(engine: sa.Engine, copy: Path) -> None:
    """Bring the copy up, check it against its own history, and close it as one file."""
    beside = engines.open_beside(engine, copy)
    assert beside is not None
    try:
        with beside.connect().execution_options(**{engines.WRITES: True}) as connection:
            before = log.read_head(connection)
            migrations.upgrade(connection)
            rebuild.rebuild(connection)
            form = sa.update(meta).where(meta.c.name == "projection")
            connection.execute(form.values(value=current_form()))
            connection.commit()
        with beside.connect() as connection:
            _verify(connection, before.size, before.root())
    finally:
        beside.dispose()
    durable.sync(copy)


def _verify(connection: sa.Connection, size: int, root: bytes) -> None:
    """The history is that of before; what was wrong with it before is for verification to say."""
    check_file(connection)
    leaves = log.read_leaves(connection, size)
    if len(leaves) != size or root_of(leaves) != root or log.read_head(connection).size != size:
        raise AppError("workspace.copy_unsound", recovery=Recovery.BUG, size=size)


def _keep(path: Path, kept: Path) -> None:
    if not kept.exists():
        durable.name_also(path, kept)


def _swap(copy: Path, path: Path) -> None:
    shutil.copymode(path, copy)  # others may share the file
    copy.replace(path)
    durable.sync(path.parent)


def _remove(path: Path) -> None:
    for suffix in _BESIDE:
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def _busy(path: Path) -> AppError:
    shown = str(path)
    return AppError("workspace.busy", recovery=Recovery.RETRY, where=shown, path=shown)
