"""What was told of versions and of the requests about them, in its order, model by model."""

from collections.abc import Iterator
from typing import TypeAlias

import sqlalchemy as sa

from mlops_desktop.core.events.approvals import ApprovalDecided, ApprovalRequested
from mlops_desktop.core.events.papers import PaperRecorded
from mlops_desktop.core.events.registry import name_of
from mlops_desktop.core.events.versions import (
    VersionChanged,
    VersionObserved,
    VersionRegistered,
    VersionReturned,
)
from mlops_desktop.store import envelopes
from mlops_desktop.store.tables.ledger import events
from mlops_desktop.store.tables.projected import approval_requests

Told: TypeAlias = (
    VersionRegistered
    | VersionObserved
    | VersionChanged
    | VersionReturned
    | ApprovalRequested
    | ApprovalDecided
    | PaperRecorded
)
_KINDS = (
    VersionRegistered,
    VersionObserved,
    VersionChanged,
    VersionReturned,
    ApprovalRequested,
    ApprovalDecided,
    PaperRecorded,
)


def told_of_requests(connection: sa.Connection) -> Iterator[tuple[int, Told]]:
    """Yield what was told of every model that a decision was ever asked about, texts closed."""
    asked = sa.select(approval_requests.c.model)
    yield from _told(connection, events.c.subject.in_(asked))


def told_of_model(connection: sa.Connection, model: str) -> Iterator[tuple[int, Told]]:
    """Yield what was told of one model, texts closed."""
    yield from _told(connection, events.c.subject == model)


def _told(connection: sa.Connection, about: sa.ColumnElement[bool]) -> Iterator[tuple[int, Told]]:
    kinds = events.c.type.in_([name_of(kind) for kind in _KINDS])
    query = sa.select(events.c.position, events.c.body).where(about, kinds)
    for position, body in connection.execute(query.order_by(events.c.position)):
        payload = envelopes.from_body(bytes(body), {}).payload
        if isinstance(payload, _KINDS):
            yield position, payload
