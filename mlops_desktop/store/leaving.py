"""A workspace that leaves its place: nobody writes meanwhile, and the old place says where to."""

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa

from mlops_desktop.store import engine as engines
from mlops_desktop.store import log, sql
from mlops_desktop.store.faults import explained
from mlops_desktop.store.tables.ledger import meta

MOVED_TO = "moved_to"
"""The name of the row of ``meta`` that says where a workspace went."""


class Departure:
    """A workspace held for writing while it is copied elsewhere."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def note(self, place: str) -> None:
        """Say in the old place where the workspace is from now on."""
        sql.upsert_tuples(self._connection, meta, [(MOVED_TO, place)])
        self._connection.commit()


@contextmanager
def leaving(engine: sa.Engine) -> Iterator[Departure]:
    """Hold the write lock of a workspace; without a note nothing is changed."""
    writes = {engines.WRITES: True}
    with explained(engine), engine.connect().execution_options(**writes) as connection:
        log.read_head(connection, lock=True)
        yield Departure(connection)
        connection.rollback()
