"""Whether a commit whose answer never came has happened: looked up, not guessed."""

import time
from contextlib import suppress
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from mlops_desktop.store import log
from mlops_desktop.store.engine import WRITES
from mlops_desktop.store.tables.ledger import events

_PAUSES = (0.0, 1.0, 3.0)
"""Seconds before each look: a database that restarts, or a network that flaps, comes back."""

_PATIENCE = "5s"
"""How long a look waits for a server that may still be busy with the commit asked about."""


class Outcome(StrEnum):
    """What became of a commit."""

    RECORDED = "recorded"
    NOT_RECORDED = "not_recorded"
    UNKNOWN = "unknown"


def find_outcome(engine: sa.Engine, event: str) -> Outcome:
    """Return whether the event of that id is in the log, and so all of its transaction."""
    for pause in _PAUSES:
        time.sleep(pause)
        with suppress(DBAPIError):
            is_there = _look(engine, event)
            return Outcome.RECORDED if is_there else Outcome.NOT_RECORDED
    return Outcome.UNKNOWN


def _look(engine: sa.Engine, event: str) -> bool:
    """Look in a transaction that writers wait for: what is not there then will never be."""
    with engine.connect().execution_options(**{WRITES: True}) as connection:
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{_PATIENCE}'")
        log.read_head(connection, lock=True)
        found = connection.execute(sa.select(events.c.id).where(events.c.id == event)).first()
        connection.rollback()
    return found is not None
