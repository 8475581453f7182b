"""Permits as persons read them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import mlops_desktop.store.queries.models as model_queries
import mlops_desktop.store.queries.permits as queries
from mlops_desktop.core import clock
from mlops_desktop.core.asof import NOW, AsOf
from mlops_desktop.services.documents import read_document
from mlops_desktop.services.session import Session
from mlops_desktop.store.queries.named import printed_names
from mlops_desktop.store.queries.permits import PermitRow
from mlops_desktop.store.queries.versions import list_versions
from mlops_desktop.store.unit_of_work import ReadSession


@dataclass(frozen=True, slots=True)
class PermitShown:
    """A permit as persons read it: names for ids; ``at`` and ``expires`` in UTC."""

    id: str
    model: str
    version: str
    environment: str
    entity: str | None
    expires: str
    by: str
    at: str
    digest: str
    document: str
    position: int


def list_permits(
    session: Session, named: str | None = None, as_of: AsOf = NOW
) -> tuple[PermitShown, ...]:
    """Return permits, the newest first, of one model if it is named."""
    with session.workspace.read() as view:
        model = model_queries.find_model(view.connection, named) if named else None
        return shown_permits(view, queries.list_permits(view.connection, model, as_of))


def shown_permits(view: ReadSession, rows: Iterable[PermitRow]) -> tuple[PermitShown, ...]:
    """Return permits with names for ids."""
    names = printed_names(view.connection)
    return tuple(_show(view, names, row) for row in rows)


def _show(view: ReadSession, names: Mapping[str, str], row: PermitRow) -> PermitShown:
    told = row.issued
    labels = {one.key: one.details.version for one in list_versions(view.connection, told.model)}
    return PermitShown(
        id=told.permit,
        model=model_queries.get_model(view.connection, told.model).row.id,
        version=labels.get(told.version, told.version),
        environment=told.environment,
        entity=names.get(told.entity, told.entity) if told.entity else None,
        expires=clock.to_text(told.expires),
        by=names.get(row.person, row.person),
        at=row.at,
        digest=told.digest,
        document=told.document.file,
        position=row.position,
    )


def show_permit(session: Session, id: str) -> tuple[PermitShown, bytes]:
    """Return a permit by id or its beginning, and its signed form; raises ``permit.not_found``."""
    with session.workspace.read() as view:
        row = queries.get_permit(view.connection, id)
        (shown,) = shown_permits(view, (row,))
    return shown, read_document(session, shown.document)
