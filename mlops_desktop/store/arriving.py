"""Events as they enter: what a receipt before them holds back leads to no row and no history."""

from collections.abc import Iterable, Mapping
from dataclasses import fields
from functools import cache

import sqlalchemy as sa

from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.approvals import ApprovalRequested
from mlops_desktop.core.events.candidates import CandidateFound
from mlops_desktop.core.events.copies import Arrival, Fate, OutboxReceived
from mlops_desktop.core.events.models import ModelRegistered
from mlops_desktop.core.events.papers import PaperRecorded
from mlops_desktop.core.events.registry import Envelope, Event
from mlops_desktop.core.events.thresholds import ThresholdSet
from mlops_desktop.core.events.versions import VersionObserved, VersionRegistered
from mlops_desktop.ledger.forms import examine
from mlops_desktop.store import envelopes
from mlops_desktop.store.projections.copies import note_held
from mlops_desktop.store.projections.registry import project
from mlops_desktop.store.rows import Rows
from mlops_desktop.store.tables.items import items
from mlops_desktop.store.tables.monitoring import thresholds
from mlops_desktop.store.tables.observed import observed
from mlops_desktop.store.tables.projected import approval_requests, models, people, versions


class Arrivals:
    """What receipts up to here say of events that follow; of two, the later one."""

    def __init__(self) -> None:
        self.known: dict[str, Arrival] = {}

    def take(self, payload: Event) -> None:
        """Remember what a receipt says."""
        if isinstance(payload, OutboxReceived):
            self.known.update((one.event, one) for one in payload.arrivals)

    def is_held(self, event: str) -> bool:
        """Tell whether an event that comes now counts for nothing."""
        found = self.known.pop(event, None)
        return found is not None and found.fate is not Fate.EFFECTIVE


def take_in(
    rows: Rows, arrivals: Arrivals, position: int, envelope: Envelope, *, is_held: bool
) -> None:
    """Project an event, or note that it is held back; what a receipt says holds from here on."""
    if not is_held:
        arrivals.take(envelope.payload)
    project_event(rows, position, envelope, is_held=is_held)


def project_event(rows: Rows, position: int, envelope: Envelope, *, is_held: bool) -> None:
    """Project an event, or note that it is held back."""
    if is_held:
        note_held(rows, position, envelope)
    else:
        project(rows, envelopes.happening_of(position, envelope), envelope.signature)


def read_foreign(body: bytes, opened: Mapping[str, str]) -> Envelope:
    """Return the event in bytes that came from elsewhere; raises ``copy.event_malformed``."""
    try:
        refusal = examine([body]).refusal
        if refusal is None:
            return envelopes.from_body(body, opened)
    except (AppError, KeyError, TypeError, ValueError, AttributeError):
        pass
    raise AppError("copy.event_malformed")


_KEPT: dict[type[Event], sa.Table] = {
    ModelRegistered: models,
    VersionRegistered: versions,
    VersionObserved: versions,
    ApprovalRequested: approval_requests,
    PaperRecorded: approval_requests,
}
"""Where what such an event makes is found by its id."""


VERSIONS: dict[type[Event], sa.Column[str]] = {ThresholdSet: thresholds.c.threshold}
"""Where every version of what such an event sets stands under its id."""


def has_version(connection: sa.Connection, payload: Event, id: str) -> bool:
    """Tell whether what an event sets anew was ever set; for kinds that the table says so of."""
    column = VERSIONS[type(payload)]
    return connection.execute(sa.select(column).where(column == id).limit(1)).first() is not None


_SUBJECTS = {"model": models, "version": versions}
"""Where what an event is about is found by the id in its field."""
_ID = 36

_OWNED = (models, items)
"""Whose rows say who looks after them; rows made anew say the person's name."""

_CHANGED = {**_SUBJECTS, "item": items, "thing": observed}
_MAKES: dict[type[Event], str] = {
    CandidateFound: "model",
    ModelRegistered: "model",
    VersionObserved: "version",
    VersionRegistered: "version",
}
"""What such an event makes is not there to be read."""


def read_ahead(rows: Rows, payloads: Iterable[Event]) -> None:
    """Read at once what many events change, and who looks after it."""
    wanted: dict[sa.Table, list[str]] = {}
    persons: set[str] = set()
    for payload in payloads:
        persons.add(_owner(payload))
        for field, table in _fields_read(type(payload)):
            id = getattr(payload, field)
            if id and isinstance(id, str):
                wanted.setdefault(table, []).append(id)
    for table, ids in wanted.items():
        rows.read_ahead(table, ids)
        if table in _OWNED:
            persons.update(str((rows.get(table, id) or {}).get("owner") or "") for id in ids)
    rows.read_ahead(people, sorted(persons - {""}))


def _owner(payload: Event) -> str:
    """Return who an event says looks after what it is about, "" for nobody."""
    return str(getattr(getattr(payload, "details", None), "owner", None) or "")


@cache
def _fields_read(kind: type[Event]) -> tuple[tuple[str, sa.Table], ...]:
    """Return the fields of an event that name a row it changes, each with the row's table."""
    named = {field.name for field in fields(kind)} - {_MAKES.get(kind)}
    return tuple((name, table) for name, table in _CHANGED.items() if name in named)


def subjects_missing(rows: Rows, payload: Event) -> frozenset[str]:
    """Return the ids of models and versions that an event is about and that are not here."""
    named = ((str(getattr(payload, field, "") or ""), _SUBJECTS[field]) for field in _SUBJECTS)
    return frozenset(id for id, table in named if len(id) == _ID and rows.get(table, id) is None)


def is_kept(rows: Rows, payload: Event, made: str) -> bool:
    """Tell whether the model, version or request that an event is to make is there already."""
    table = _KEPT.get(type(payload))
    return table is not None and rows.get(table, made) is not None
