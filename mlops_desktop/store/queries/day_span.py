"""Between which days there is something to show."""

import sqlalchemy as sa

from mlops_desktop.store.tables.ledger import events
from mlops_desktop.store.tables.projected import dossiers


def first_times(connection: sa.Connection) -> tuple[str, str] | None:
    """Return when the first event was recorded and from when the first fact holds, or None."""
    found = connection.execute(sa.select(sa.func.min(events.c.at))).scalar()
    if found is None:
        return None
    held = connection.execute(sa.select(sa.func.min(events.c.effective))).scalar()
    return str(found), min(str(held), str(found))


def last_dossier_time(connection: sa.Connection) -> str | None:
    """Return when the newest dossier left the workspace, None before the first one."""
    found = connection.execute(sa.select(sa.func.max(dossiers.c.at))).scalar()
    return None if found is None else str(found)
