"""Acts that whoever holds a key signs with it: answers, rules, permissions, erasures."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from mlops_desktop.core import clock
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.approvals import Seen
from mlops_desktop.core.events.registry import Event
from mlops_desktop.core.identity import Person
from mlops_desktop.outside.certificates import check_may_sign, read_certificate
from mlops_desktop.outside.credentials import Credential
from mlops_desktop.services.cases import View
from mlops_desktop.services.session import Session
from mlops_desktop.services.signing import sign_event
from mlops_desktop.store.queries import people
from mlops_desktop.store.unit_of_work import WriteSession


@dataclass(frozen=True, slots=True)
class Hand:
    """The acting person's key, unlocked, and the head he saw; neither where he holds no key."""

    seen: Seen | None = None
    credential: Credential | None = None

    def record(
        self, work: WriteSession, payload: Event, *, effective: datetime | None = None
    ) -> None:
        """Record an event that names what was ``seen``, signed if there is a key."""
        if self.credential is None:
            work.record(payload, effective=effective)
        else:
            sign_event(work, payload, self.credential, effective=effective)


def hand_of(session: Session, check: Callable[[View], object]) -> Hand:
    """Return what the acting person signs with, once ``check`` has not refused by raising.

    So nobody is asked for a secret in vain, and the ledger is not locked meanwhile: the check is
    made again under the lock. Raises ``signing.secret_missing`` where nobody can be asked.
    """
    with session.workspace.read() as view:
        check(view)
        person = people.get_person(view.connection, session.actor.person)
        if not person.can_sign:
            return Hand()
        seen = view.head_seen()
    if session.unlock is None:
        raise AppError("signing.secret_missing", where="passphrase")
    return Hand(seen, session.unlock(person))


def hand_if_given(session: Session, check: Callable[[View], object]) -> Hand:
    """Return as :func:`hand_of`, for what must not wait for a key that is lost or out of date.

    Without a key, and unchecked, where nobody can be asked for its secret, or its certificate has
    run out: the check is made under the lock.
    """
    with session.workspace.read() as view:
        person = people.get_person(view.connection, session.actor.person)
    if session.unlock is None or not _signs_today(person):
        return Hand()
    try:
        return hand_of(session, check)
    except AppError as refusal:
        if refusal.code != "secret.not_given":
            raise
        return Hand()


def _signs_today(person: Person) -> bool:
    if not person.can_sign or person.certificate is None:
        return False
    try:
        check_may_sign(read_certificate(person.certificate), clock.now())
    except AppError:
        return False
    return True
