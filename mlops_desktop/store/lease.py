"""How long a copy may be written: counted from the latest time it has seen, not from one clock.

A clock that is set back would lengthen it. What was seen lies in the encrypted file and beside
the head kept outside it; whoever puts both back has to put back every event since as well.
"""

from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta

import sqlalchemy as sa

from mlops_desktop.core import clock
from mlops_desktop.core.errors import AppError
from mlops_desktop.ledger import anchor
from mlops_desktop.store import sql
from mlops_desktop.store.copies import LATEST, Copy, must_read
from mlops_desktop.store.engine import WRITES
from mlops_desktop.store.faults import explained
from mlops_desktop.store.tables.ledger import meta

_OFTEN = timedelta(hours=1)


def read_bounds(connection: sa.Connection, copy: str | None) -> Copy | None:
    """Return what the open copy says of itself, with the latest time known of it anywhere."""
    if copy is None:
        return None
    found, seen = must_read(connection), anchor.last_seen(copy)
    return found if seen is None else replace(found, latest=max(found.latest, seen.at))


def begin_use(connection: sa.Connection, copy: str | None) -> Copy | None:
    """Do so as what is recorded begins, and keep that time with it."""
    found = read_bounds(connection, copy)
    if found is not None:
        sql.upsert_tuples(connection, meta, [(LATEST, _told(found))])
    return found


def note_use(engine: sa.Engine, copy: str) -> None:
    """Keep that a copy is used now, once an hour; another program that writes it does so itself."""
    with suppress(AppError), explained(engine), engine.connect() as reading:
        found = read_bounds(reading, copy)
        if found is None or clock.now() < found.latest + _OFTEN:
            return
    writes = {WRITES: True}
    with suppress(AppError), explained(engine), engine.connect() as plain:
        connection = plain.execution_options(**writes)
        begin_use(connection, copy)
        connection.commit()


def _told(found: Copy) -> str:
    return clock.to_text(max(found.latest, clock.now()))


def earliest_now(team: sa.Connection) -> datetime:
    """Return the time that a lease counts from: a clock set forward does not lengthen it.

    A server says its own; whoever keeps a file is as far from any other clock as the copy.
    """
    now = clock.now()
    if team.dialect.name != "postgresql":
        return now
    told: datetime = sql.fetch(team, "SELECT now()")[0][0]
    return min(now, told)
