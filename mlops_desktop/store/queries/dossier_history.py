"""Which dossiers of a model were issued before, as known on a day."""

import sqlalchemy as sa

from mlops_desktop.core.asof import AsOf
from mlops_desktop.store.queries.dossiers import DossierRow, find_dossier
from mlops_desktop.store.queries.positions import known_size
from mlops_desktop.store.tables.projected import dossiers


def list_issued(connection: sa.Connection, model: str, as_of: AsOf) -> tuple[DossierRow, ...]:
    """Return every export about the model known by then, the newest first."""
    return _issued(connection, as_of, dossiers.c.model == model)


def list_issued_of(
    connection: sa.Connection, scope: str, as_of: AsOf, profile: str | None = None
) -> tuple[DossierRow, ...]:
    """Return every export of a scope known by then, of one profile where one is named."""
    is_of = dossiers.c.scope == scope
    if profile is not None:
        is_of = sa.and_(is_of, dossiers.c.profile == profile)
    return _issued(connection, as_of, is_of)


def _issued(
    connection: sa.Connection, as_of: AsOf, is_asked: sa.ColumnElement[bool]
) -> tuple[DossierRow, ...]:
    query = sa.select(dossiers.c.id).where(
        is_asked, dossiers.c.position < known_size(connection, as_of)
    )
    ids = connection.execute(query.order_by(dossiers.c.position.desc())).scalars().all()
    found = (find_dossier(connection, id, as_of) for id in ids)
    return tuple(row for row in found if row is not None)
