"""From dates to ledger positions."""

import sqlalchemy as sa

from mlops_desktop.core.asof import AsOf
from mlops_desktop.store.engine import VIEW, WRITES
from mlops_desktop.store.tables.ledger import events, head

_HEAD = "size"
_KNOWN = "mlops_known"
"""Where a connection keeps the last day asked for, with the size of the ledger then and now."""


def known_size(connection: sa.Connection, as_of: AsOf) -> int:
    """Return how many events were recorded by the day asked for, all of them without one.

    A clock set back may let a later event carry an earlier time: order, not time, is proven, so
    everything up to the last event of the day counts.
    """
    found = _size_by_day(connection, as_of)
    return found if as_of.size is None else min(found, as_of.size)


def _size_by_day(connection: sa.Connection, as_of: AsOf) -> int:
    is_writing, known_by = connection.get_execution_options().get(WRITES), as_of.known_text
    if is_writing:  # its events may yet be rolled back
        return _written(connection) if known_by is None else _find_size(connection, known_by)
    size = _size_of_view(connection)
    if known_by is None:
        return size
    # That last event is found only by looking at all of the time before; a day is asked for often.
    asked, (known, found) = (size, known_by), connection.info.get(_KNOWN, (None, 0))
    if known != asked:
        found = _find_size(connection, known_by)
        connection.info[_KNOWN] = (asked, found)
    return int(found)


def _size_of_view(connection: sa.Connection) -> int:
    """Return the size of the ledger in a view of it; every list of a page asks for it."""
    kept: dict[str, int] = connection.get_execution_options().get(VIEW, {})
    if _HEAD not in kept:
        kept[_HEAD] = connection.execute(sa.select(head.c.size)).scalar() or 0
    return kept[_HEAD]


def _find_size(connection: sa.Connection, known: str) -> int:
    last = sa.select(sa.func.max(events.c.position)).where(events.c.at <= known)
    found = connection.execute(last).scalar()
    return 0 if found is None else int(found) + 1


def _written(connection: sa.Connection) -> int:
    """Return how far the log goes in a session that writes: its head follows at the end."""
    last = sa.select(sa.func.max(events.c.position)).scalar_subquery()
    size, written = connection.execute(sa.select(head.c.size, last)).one_or_none() or (0, None)
    return max(size, 0 if written is None else int(written) + 1)


def limits(
    connection: sa.Connection, table: sa.FromClause, as_of: AsOf
) -> list[sa.ColumnElement[bool]]:
    """Return what leaves out states known or holding later than the dates asked for."""
    found = [table.c.position < known_size(connection, as_of)]
    if as_of.at_text is not None:
        found.append(table.c.effective <= as_of.at_text)
    return found
