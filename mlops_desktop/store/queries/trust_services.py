"""By whom signatures are time-stamped, and the authority's revocation lists, as last said."""

import sqlalchemy as sa

from mlops_desktop.core.events.trust_services import TrustServicesArranged
from mlops_desktop.store import records
from mlops_desktop.store.tables.dossiers import revocation_lists, trust_services


def find_services(connection: sa.Connection) -> TrustServicesArranged | None:
    """Return what was arranged last; None where nothing ever was."""
    table = trust_services
    query = sa.select(table.c.record).order_by(table.c.position.desc()).limit(1)
    found = connection.execute(query).scalar()
    return records.from_text(TrustServicesArranged, found, {}) if found is not None else None


def find_revocations(connection: sa.Connection) -> str | None:
    """Return the list (PEM) that the workspace's authority issued last; None without one."""
    table = revocation_lists
    query = sa.select(table.c.revoked).order_by(table.c.position.desc()).limit(1)
    found = connection.execute(query).scalar()
    return str(found) if found is not None else None
