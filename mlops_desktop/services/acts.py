"""Signed acts beside decisions: judged, the key unlocked, judged again under the lock, recorded."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from mlops_desktop.core.events.approvals import Seen
from mlops_desktop.core.events.registry import Event
from mlops_desktop.core.identity import Person
from mlops_desktop.services.cases import View
from mlops_desktop.services.decisions import Unlock, refused
from mlops_desktop.services.late import locks_late
from mlops_desktop.services.session import Recorded, Session
from mlops_desktop.services.signing import sign_event
from mlops_desktop.store.queries import people
from mlops_desktop.store.unit_of_work import WriteSession

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Signer:
    """The person who signs, and the head of the ledger he saw."""

    person: Person
    seen: Seen


def refuse(rule: str | None, person: Person, status: str = "", principal: str = "") -> None:
    """Raise ``approval.refused_<rule>``; do nothing where no rule refuses."""
    if rule is not None:
        raise refused(rule, person, status, principal or person.name)


def sign_act(
    session: Session,
    unlock: Unlock,
    check: Callable[[View, Person], T],
    make: Callable[[WriteSession, T, Signer], Event],
    effective: Callable[[T], datetime | None] = lambda found: None,
) -> Recorded:
    """Record what ``make`` returns, signed by the acting person; ``check`` refuses by raising.

    The secret is asked for only where the rules allow the act, and before the ledger is locked.
    Raises ``approval.refused_no_certificate`` and ``approval.refused_revoked``.
    """
    with session.workspace.read() as view:
        person = people.get_person(view.connection, session.actor.person)
        refuse(unable(person), person)
        check(view, person)
        signer = Signer(person, view.head_seen())
    credential = unlock(person)

    def record(work: WriteSession) -> Event:
        found = check(work, people.get_person(work.connection, person.id))
        payload = make(work, found, signer)
        sign_event(work, payload, credential, effective=effective(found))
        return payload

    return _record_signed(session, record)


@locks_late
def _record_signed(session: Session, record: Callable[[WriteSession], Event]) -> Recorded:
    with session.workspace.write(session.actor) as work:
        payload = record(work)
    return Recorded(_name_of(payload), work.changes)


def unable(person: Person) -> str | None:
    """Return the rule by which a person can sign nothing at all; None where he can."""
    if person.is_revoked:
        return "revoked"
    return None if person.can_sign else "no_certificate"


def _name_of(payload: Event) -> str:
    """Return the id by which the event's noun is found again."""
    names = ("request", "delegation", "meeting")
    return next((str(getattr(payload, name)) for name in names if hasattr(payload, name)), "")
