"""A workspace that leaves its place: nobody writes meanwhile, and the old place says where to."""

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa

from mlops_desktop.core.errors import AppError, Recovery
from mlops_desktop.store import engine as engines
from mlops_desktop.store import log, sql
from mlops_desktop.store.faults import explained, place_of
from mlops_desktop.store.tables.ledger import meta
from mlops_desktop.store.team.functions import LEAVE, LOCK

MOVED_TO = "moved_to"
"""The name of the row of ``meta`` that says where a workspace went."""

_MAY = (
    f"SELECT to_regprocedure('public.{LEAVE}(text)') IS NOT NULL, "
    f"coalesce(has_function_privilege(to_regprocedure('public.{LEAVE}(text)'), 'EXECUTE'), false)"
)


class Departure:
    """A workspace held for writing while it is copied elsewhere."""

    def __init__(self, connection: sa.Connection, *, has_roles: bool) -> None:
        self._connection, self._has_roles = connection, has_roles

    def lock(self) -> None:
        """Make writers wait.

        Where a team has roles a keeper leaves for all, by functions of the server. Raises
        ``move.keeper_needed`` for others, ``team.upgrade_needed`` where there is none yet.
        """
        if not self._has_roles:
            log.read_head(self._connection, lock=True)
            return
        is_there, may = sql.fetch(self._connection, _MAY)[0]
        if not (is_there and may):
            shown = place_of(self._connection.engine)
            code = "move.keeper_needed" if is_there else "team.upgrade_needed"
            raise AppError(code, recovery=Recovery.CONFIGURATION, where=shown, path=shown)
        sql.fetch(self._connection, f"SELECT public.{LOCK}('')")

    def note(self, place: str) -> None:
        """Say in the old place where the workspace is from now on."""
        if self._has_roles:
            sql.fetch(self._connection, f"SELECT public.{LEAVE}(?)", place)
        else:
            sql.upsert_tuples(self._connection, meta, [(MOVED_TO, place)])
        self._connection.commit()


@contextmanager
def leaving(engine: sa.Engine, *, has_roles: bool) -> Iterator[Departure]:
    """Hold the write lock of a workspace; without a note nothing is changed."""
    writes = {engines.WRITES: True}
    with explained(engine), engine.connect().execution_options(**writes) as connection:
        departure = Departure(connection, has_roles=has_roles)
        departure.lock()
        yield departure
        connection.rollback()
