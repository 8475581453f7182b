"""Retention rules out, and what they concern: events, texts still kept, who is still needed."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from mlops_desktop.core import clock
from mlops_desktop.core.asof import NOW, AsOf
from mlops_desktop.core.custom_fields import FieldKind
from mlops_desktop.core.erasable import Erasable
from mlops_desktop.core.events import codec
from mlops_desktop.core.events.registry import Envelope
from mlops_desktop.core.events.retention import RetentionDefined
from mlops_desktop.core.inventory import PERSON_FIELDS, ModelDetails
from mlops_desktop.core.lifecycle import NOT_CURRENT
from mlops_desktop.core.model_state import ModelState
from mlops_desktop.core.standing import Status
from mlops_desktop.store import envelopes, log, records
from mlops_desktop.store.queries.positions import known_size
from mlops_desktop.store.tables.items import items
from mlops_desktop.store.tables.ledger import events
from mlops_desktop.store.tables.projected import approval_requests, certificates, models
from mlops_desktop.store.tables.retention import retention_rules

_END_OF_TIME = "9999-12-31T24"
_SIGNERS = frozenset({"name", "behalf_name"})
_PERSONS = (
    "person.enrolled",
    "person.revoked",
    "person.invited",
    "person.admitted",
    "revocation.confirmed",
)
_DECISIONS = ("decision_record.revealed",)


@dataclass(frozen=True, slots=True)
class RuleRow:
    """A retention rule with its reason opened, who defined it and when, and when it ended."""

    rule: RetentionDefined
    person: str
    at: str
    ended_at: str | None


def _had_ended(row: sa.RowMapping, size: int, until: str) -> bool:
    return row["ended_at"] is not None and row["ended_position"] < size and row["ended_at"] < until


@dataclass(frozen=True, slots=True)
class Text:
    """A text that is kept: the event and the field it stands in, and its digest."""

    position: int
    type: str
    day: date
    field: str
    digest: str


def list_rules(connection: sa.Connection, as_of: AsOf = NOW) -> tuple[RuleRow, ...]:
    """Return every rule there was by a day, in the order defined, as it stood then."""
    c, size = retention_rules.c, known_size(connection, as_of)
    until = _END_OF_TIME if as_of.is_now else f"{as_of.day.isoformat()}T24"
    query = sa.select(retention_rules).where(c.position < size, c.at < until)
    rows = connection.execute(query.order_by(c.position)).mappings().all()
    closed = {digest for row in rows for digest in records.digests_in(row["record"])}
    opened = log.open_commitments(connection, closed)
    return tuple(
        RuleRow(
            records.from_text(RetentionDefined, row["record"], opened),
            row["person"],
            row["at"],
            row["ended_at"] if _had_ended(row, size, until) else None,
        )
        for row in rows
    )


def read_history(connection: sa.Connection, subject: str) -> list[tuple[int, Envelope]]:
    """Return every event about an item or a model, commitments left closed."""
    query = sa.select(events.c.position, events.c.body).where(events.c.subject == subject)
    found = connection.execute(query.order_by(events.c.position))
    return [(row.position, envelopes.from_body(bytes(row.body), {})) for row in found]


def read_held(connection: sa.Connection) -> dict[str, list[tuple[int, Envelope]]]:
    """Return what copies brought and was held back, by what it is about, commitments left closed.

    It counts for nothing, but what it says is kept and is somebody's text as any other.
    """
    found: dict[str, list[tuple[int, Envelope]]] = defaultdict(list)
    for position, envelope in _read_types(connection, (envelopes.HELD,)):
        found[envelopes.columns_of(envelope).subject].append((position, envelope))
    return found


def read_persons(connection: sa.Connection) -> list[tuple[int, Envelope]]:
    """Return every event that enrols or revokes a person, commitments left closed."""
    return _read_types(connection, _PERSONS)


def read_reveals(connection: sa.Connection) -> list[tuple[int, Envelope]]:
    """Return every event that shows a decision, commitments left closed."""
    return _read_types(connection, _DECISIONS)


def _read_types(connection: sa.Connection, types: tuple[str, ...]) -> list[tuple[int, Envelope]]:
    query = sa.select(events.c.position, events.c.body).where(events.c.type.in_(types))
    found = connection.execute(query.order_by(events.c.position))
    return [(row.position, envelopes.from_body(bytes(row.body), {})) for row in found]


def kept_texts(
    connection: sa.Connection, history: Iterable[tuple[int, Envelope]]
) -> tuple[Text, ...]:
    """Return the texts of these events that are still kept; who signed is no free text."""
    found = [
        Text(position, columns.type, clock.from_text(columns.effective).date(), field, one.digest)
        for position, envelope in history
        for columns in (envelopes.columns_of(envelope),)
        for field, one in _named(envelope)
    ]
    kept = log.open_commitments(connection, {text.digest for text in found})
    return tuple(text for text in found if text.digest in kept)


def _named(envelope: Envelope) -> Iterator[tuple[str, Erasable]]:
    for field, one in codec.named_commitments(envelope.payload):
        if envelope.signature is None or field not in _SIGNERS:
            yield field, one


def find_shared(
    connection: sa.Connection, wanted: frozenset[str], positions: frozenset[int]
) -> frozenset[str]:
    """Return those digests that events at other positions name too."""
    shared: set[str] = set()
    for part in log.read_parts(connection):
        for position, body in zip(part.positions, part.bodies, strict=True):
            if position not in positions:
                shared.update(wanted.intersection(envelopes.digests_of(body)))
    return frozenset(shared)


def has_open_item(connection: sa.Connection, *, model: str = "", person: str = "") -> bool:
    """Tell whether an open item is about a model, or was opened by a person or names him."""
    about = items.c.models.contains(f'"{model}"', autoescape=True)
    said_by = sa.or_(items.c.opener == person, items.c.owner == person)
    named = sa.or_(said_by, items.c.record.contains(f'"{person}"', autoescape=True))
    query = sa.select(items.c.id).where(items.c.is_closed == 0, about if model else named)
    return connection.execute(query.limit(1)).first() is not None


def has_certificate(connection: sa.Connection, person: str) -> bool:
    """Tell whether a certificate was ever enrolled for a person: the log holds it with the name."""
    query = sa.select(certificates.c.fingerprint).where(certificates.c.person == person)
    return connection.execute(query.limit(1)).first() is not None


def has_open_approval(connection: sa.Connection, *, model: str = "", person: str = "") -> bool:
    """Tell whether a request about a model, or made by a person, still waits for decisions."""
    c = approval_requests.c
    query = sa.select(c.id).where(c.status == Status.OPEN.value)
    query = query.where(c.model == model if model else c.requester == person)
    return connection.execute(query.limit(1)).first() is not None


def is_named_in_model(connection: sa.Connection, person: str) -> bool:
    """Tell whether a current model's fields name a person; who once held a role is no field."""
    c = models.c
    gone = [state.value for state in NOT_CURRENT]
    query = sa.select(c.record).where(c.state.not_in(gone))
    query = query.where(c.record.contains(f'"{person}"', autoescape=True))
    found = connection.execute(query).scalars()
    details = (records.from_text(ModelState, record).details for record in found)
    return any(_names(one, person) for one in details)


def _names(details: ModelDetails, person: str) -> bool:
    held = [getattr(details, name) for name in PERSON_FIELDS]
    held += [one.value for one in details.custom if one.kind is FieldKind.PERSON]
    return person in held
