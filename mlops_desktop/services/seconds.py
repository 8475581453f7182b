"""The second signature: what waits is confirmed or refused by another custodian; revocations."""

from collections.abc import Callable

from mlops_desktop.core import clock
from mlops_desktop.core.custody import SILENCE
from mlops_desktop.core.custody_fold import Told, take
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.admissions import (
    AdmissionConfirmed,
    AdmissionRefused,
    RevocationConfirmed,
)
from mlops_desktop.core.events.approvals import Seen
from mlops_desktop.core.events.people import PersonRevoked
from mlops_desktop.core.events.registry import Event
from mlops_desktop.core.identity import Person
from mlops_desktop.outside import certificate_requests
from mlops_desktop.outside.certificate_requests import fingerprint_of
from mlops_desktop.services.acts import Signer, sign_act
from mlops_desktop.services.admissions import list_admissions
from mlops_desktop.services.askings import check_fingerprint
from mlops_desktop.services.cases import View
from mlops_desktop.services.decisions import Unlock
from mlops_desktop.services.invitations import check_custodian
from mlops_desktop.services.session import Recorded, Session, commit_text
from mlops_desktop.store.collation import sort_key
from mlops_desktop.store.custody import read_custody
from mlops_desktop.store.queries import people
from mlops_desktop.store.queries.admissions import AdmissionRow
from mlops_desktop.store.unit_of_work import WriteSession

_NO_HEAD = Seen(0, "")


def fingerprint_waiting(row: AdmissionRow) -> str | None:
    """Return what to compare before confirming; None where no new key comes with it."""
    told = row.told
    if told.request is None:
        return None
    public = certificate_requests.read_request(told.request).public_key()
    return fingerprint_of(public, told.invitation or told.person)


def confirm(session: Session, named: str, unlock: Unlock, compared: str | None = None) -> Recorded:
    """Give the second signature to what waits for somebody: an admission, or a revocation.

    ``compared`` is the fingerprint as the person read it out, needed where a new key is let in.
    Raises ``custody.nothing_waits``, ``custody.same_person``, ``custody.not_custodian``,
    ``custody.not_second``, ``custody.too_early``, ``request.fingerprint_…``.
    """
    row = _waiting(session, named)
    if row is None:
        return _confirm_removal(session, named, unlock)
    own = fingerprint_waiting(row)
    if own is not None:
        if not compared:
            raise AppError("request.fingerprint_missing", where="fingerprint")
        check_fingerprint(own, compared)
    told = row.told

    def make(signer: Signer) -> Event:
        return AdmissionConfirmed(told.admission, told.fingerprint, signer.seen)

    return _sign_second(session, told.person, unlock, make)


def refuse(session: Session, named: str, unlock: Unlock, reason: str | None = None) -> Recorded:
    """Refuse an admission that waits; raises ``custody.nothing_waits``, ``custody.…``."""
    row = _waiting(session, named)
    if row is None:
        raise AppError("custody.nothing_waits")

    def make(signer: Signer) -> Event:
        return AdmissionRefused(row.told.admission, signer.seen, commit_text(reason))

    return _sign_second(session, row.told.person, unlock, make)


def _waiting(session: Session, named: str) -> AdmissionRow | None:
    for row in list_admissions(session):
        told = row.told
        is_named = named in (told.person, told.admission)
        if row.standing == "waiting" and (
            is_named or sort_key(told.name.text or "") == sort_key(named.strip())
        ):
            return row
    return None


def _confirm_removal(session: Session, named: str, unlock: Unlock) -> Recorded:
    with session.workspace.read() as view:
        person = people.find_person(view.connection, named)
        if person.id not in read_custody(view.connection).removals:
            raise AppError("custody.nothing_waits")
    return _sign_second(
        session, person.id, unlock, lambda signer: RevocationConfirmed(person.id, signer.seen)
    )


def _sign_second(
    session: Session, person: str, unlock: Unlock, make: Callable[[Signer], Event]
) -> Recorded:
    def check(view: View, signer: Person) -> None:
        _try(view, signer, make(Signer(signer, _NO_HEAD)))

    done = sign_act(session, unlock, check, lambda work, _, signer: make(signer))
    return Recorded(person, done.changes)


def _try(view: View, signer: Person, payload: Event) -> None:
    """Ask the rules before a secret is asked for; raises ``custody.…`` with the name."""
    try:
        take(read_custody(view.connection), Told(payload, signer.id, clock.now(), is_signed=True))
    except AppError as refusal:
        raise AppError(refusal.code, person=signer.name, days=SILENCE.days) from None


def revoke_signed(session: Session, named: str, reason: str | None) -> Recorded:
    """Let a person sign no longer, signed by a custodian or by the person.

    A custodian's own takes effect with the second signature (:func:`confirm`). Raises
    ``person.already_revoked``, ``custody.…``, ``signing.secret_missing``.
    """

    def check(view: View, signer: Person) -> Person:
        found = people.find_person(view.connection, named)
        if found.is_revoked:
            raise AppError("person.already_revoked", name=found.name)
        if found.id != signer.id:
            check_custodian(view, signer.id)
        return found

    def make(work: WriteSession, found: Person, signer: Signer) -> PersonRevoked:
        return PersonRevoked(found.id, commit_text(reason), signer.seen)

    if session.unlock is None:
        raise AppError("signing.secret_missing", where="passphrase")
    done = sign_act(session, session.unlock, check, make)
    with session.workspace.read() as view:
        return Recorded(people.find_person(view.connection, named).id, done.changes)
