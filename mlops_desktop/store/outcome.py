"""Whether a commit whose answer never came has happened: looked up, not guessed."""

import time
from collections.abc import Callable
from contextlib import suppress
from enum import StrEnum
from typing import TypeAlias

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from mlops_desktop.store import log
from mlops_desktop.store.engine import WRITES
from mlops_desktop.store.faults import not_recorded, outcome_unknown
from mlops_desktop.store.pens import flush
from mlops_desktop.store.tables.ledger import events

_PAUSES = (0.0, 1.0, 3.0)
"""Seconds before each look: a database that restarts, or a network that flaps, comes back."""

_PATIENCE = "5s"
"""How long a look waits for a server that may still be busy with the commit asked about."""


Lock: TypeAlias = Callable[[sa.Connection, str], object]
"""Takes the lock that writers wait for."""


def _lock(connection: sa.Connection, person: str) -> object:
    return log.read_head(connection, lock=True)


class Outcome(StrEnum):
    """What became of a commit."""

    RECORDED = "recorded"
    NOT_RECORDED = "not_recorded"
    UNKNOWN = "unknown"


def find_outcome(engine: sa.Engine, event: str, lock: Lock = _lock) -> Outcome:
    """Return whether the event of that id is in the log, and so all of its transaction."""
    for pause in _PAUSES:
        time.sleep(pause)
        with suppress(DBAPIError):
            is_there = _look(engine, event, lock)
            return Outcome.RECORDED if is_there else Outcome.NOT_RECORDED
    return Outcome.UNKNOWN


def check_recorded(error: DBAPIError, engine: sa.Engine, event: str, lock: Lock) -> None:
    """Return where a commit whose answer was lost has happened, as the event of that id tells.

    Raises ``workspace.not_recorded``, ``workspace.outcome_unknown``.
    """
    match find_outcome(engine, event, lock):
        case Outcome.NOT_RECORDED:
            raise not_recorded(error, engine) from error
        case Outcome.UNKNOWN:
            raise outcome_unknown(engine) from error


def _look(engine: sa.Engine, event: str, lock: Lock) -> bool:
    """Look in a transaction that writers wait for: what is not there then will never be."""
    with engine.connect().execution_options(**{WRITES: True}) as connection:
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{_PATIENCE}'")
        lock(connection, "")
        found = connection.execute(sa.select(events.c.id).where(events.c.id == event)).first()
        connection.rollback()
        if found is not None and connection.dialect.name == "postgresql":
            flush(connection)  # it can be read some milliseconds before the disk has it
    return found is not None
