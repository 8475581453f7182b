"""From dates to ledger positions."""

import sqlalchemy as sa

from mlops_desktop.core.asof import AsOf
from mlops_desktop.store.tables.ledger import events, head


def known_size(connection: sa.Connection, as_of: AsOf) -> int:
    """Return how many events were recorded by the day asked for, all of them without one.

    A clock set back may let a later event carry an earlier time: order, not time, is proven, so
    everything up to the last event of the day counts.
    """
    if as_of.known_text is None:
        return connection.execute(sa.select(head.c.size)).scalar() or 0
    last = sa.select(sa.func.max(events.c.position)).where(events.c.at <= as_of.known_text)
    found = connection.execute(last).scalar()
    return 0 if found is None else int(found) + 1
