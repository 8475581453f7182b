"""What the rules need to judge a request again as it stood at a place in the ledger."""

from dataclasses import replace

import sqlalchemy as sa

from mlops_desktop.core.custody import Custody
from mlops_desktop.core.custody_fold import FOLDED, Told, take
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.admissions import PersonAdmitted
from mlops_desktop.core.events.people import PersonEnrolled
from mlops_desktop.core.events.registry import Envelope, name_of
from mlops_desktop.core.identity import Person
from mlops_desktop.core.model_state import ModelState
from mlops_desktop.core.rules import PERMITTING
from mlops_desktop.core.segregation import Relations
from mlops_desktop.store import log, records
from mlops_desktop.store.queries.approvals import RequestRow
from mlops_desktop.store.queries.permissions import list_emergencies
from mlops_desktop.store.tables.ledger import events
from mlops_desktop.store.tables.projected import model_states, versions


def uploader_of(connection: sa.Connection, version: str) -> str | None:
    """Return who recorded a version by hand, None where a source or a list told of it."""
    query = sa.select(versions.c.registered_by).where(versions.c.id == version)
    return connection.execute(query).scalar()


def state_before(connection: sa.Connection, model: str, position: int) -> ModelState | None:
    """Return what was known of a model before the event at ``position``."""
    c = model_states.c
    query = (
        sa.select(c.record)
        .where(c.id == model, c.position < position)
        .order_by(c.position.desc(), c.effective.desc())
        .limit(1)
    )
    record = connection.execute(query).scalar()
    return records.from_text(ModelState, record) if record is not None else None


def relations_before(connection: sa.Connection, row: RequestRow, position: int) -> Relations:
    """Return the persons a request was about when the event at ``position`` was recorded."""
    state = state_before(connection, row.model, position)
    if state is None:
        return Relations(requester=row.requester)
    held = state.relations(row.requester, uploader_of(connection, row.version))
    return replace(held, declarers=declarers_of(connection, row, position))


def declarers_of(
    connection: sa.Connection, row: RequestRow, position: int | None = None
) -> tuple[str, ...]:
    """Return who let the version go there as an emergency, as known before ``position``."""
    if row.kind not in PERMITTING:
        return ()
    return tuple(
        one.person
        for one in list_emergencies(connection, row.model)
        if (one.emergency.version, one.emergency.environment) == (row.version, row.environment)
        and (position is None or one.position < position)
    )


class PeopleThen:
    """Persons as they were at any place in the ledger: roles change, revocations come later."""

    def __init__(self, connection: sa.Connection) -> None:
        kinds = [name_of(kind) for kind in FOLDED]
        query = sa.select(events.c.position, events.c.body).where(events.c.type.in_(kinds))
        rows = connection.execute(query.order_by(events.c.position)).all()
        self._states: dict[str, list[tuple[int, Person]]] = {}
        self._admitted: dict[str, PersonAdmitted] = {}
        custody = Custody()
        told = log.read_envelopes(connection, [bytes(row.body) for row in rows])
        for row, envelope in zip(rows, told, strict=True):
            self._take(custody, row.position, envelope)

    def _take(self, custody: Custody, position: int, envelope: Envelope) -> None:
        payload, by = envelope.payload, envelope.actor.person
        if isinstance(payload, PersonAdmitted):
            self._admitted[payload.admission] = payload
        try:
            told = Told(payload, by, envelope.at, envelope.signature is not None)
            effect = take(custody, told)
        except AppError:  # verification names it; nobody signs by it
            return
        if isinstance(payload, PersonEnrolled):
            self._keep(position, payload)
        if effect.admission is not None:
            self._keep(position, self._admitted[effect.admission])
        found = self._states.get(effect.revoked or "")
        if found is not None:
            found.append((position, replace(found[-1][1], is_revoked=True)))

    def _keep(self, position: int, told: PersonEnrolled | PersonAdmitted) -> None:
        person = Person(told.person, "", told.roles, told.certificate, told.fingerprint)
        self._states.setdefault(told.person, []).append((position, person))

    def everybody(self, position: int) -> tuple[Person, ...]:
        """Return everybody as known before ``position``."""
        found = (self.at(id, position) for id in self._states)
        return tuple(one for one in found if one is not None)

    def at(self, id: str, position: int) -> Person | None:
        """Return a person as known before ``position``; the name is not needed to judge."""
        told = (person for when, person in reversed(self._states.get(id, ())) if when < position)
        return next(told, None)
