"""What custodians sign: admissions, changes of roles, revocations, and the second signature."""

from cryptography import x509

from mlops_desktop.core import clock
from mlops_desktop.core.custody import Custody
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.admissions import (
    PersonAdmitted,
)
from mlops_desktop.core.identity import Person, Role, Scope
from mlops_desktop.outside import certificate_requests, certificates
from mlops_desktop.outside.randomness import new_id
from mlops_desktop.services.acts import Signer, sign_act
from mlops_desktop.services.askings import (
    Asking,
    check_fingerprint,
    find_asker,
    read_asking,
    with_custody,
)
from mlops_desktop.services.cases import View
from mlops_desktop.services.certification import unlock_authority
from mlops_desktop.services.decisions import Unlock
from mlops_desktop.services.enrolment import clean_name
from mlops_desktop.services.invitations import check_custodian
from mlops_desktop.services.session import Ask, Recorded, Session, must_commit
from mlops_desktop.store.custody import read_custody
from mlops_desktop.store.queries import admissions as queries
from mlops_desktop.store.queries import people
from mlops_desktop.store.queries.admissions import AdmissionRow
from mlops_desktop.store.unit_of_work import WriteSession


def admit_person(
    session: Session, pem: str | bytes, compared: str, unlock: Unlock, ask_authority: Ask
) -> Recorded:
    """Admit who asks, signed by the acting custodian; from two on it waits for a second one.

    ``compared`` is the fingerprint as the person read it out. ``ask_authority`` gives the
    passphrase of the authority, which issues the certificate. Raises as :func:`read_asking`, and
    ``request.fingerprint_differs``, ``custody.only_custodians``, ``person_key.…``.
    """
    asking = read_asking(session, pem)
    check_fingerprint(asking.fingerprint, compared)
    with session.workspace.read() as view:
        check_custodian(view, session.actor.person)
    public = certificate_requests.key_of(certificate_requests.read_request(pem))
    authority = unlock_authority(session, ask_authority)
    name = clean_name(asking.name)
    made = certificates.certify_key(authority, name, asking.person, clock.now(), public)
    return _sign_admission(session, unlock, asking, made)


def _sign_admission(
    session: Session, unlock: Unlock, asking: Asking, made: x509.Certificate
) -> Recorded:
    def check(view: View, person: Person) -> None:
        check_custodian(view, person.id)
        find_asker(view, asking.answers)

    def make(work: WriteSession, _: None, signer: Signer) -> PersonAdmitted:
        return PersonAdmitted(
            new_id(),
            asking.person,
            must_commit(asking.name),
            asking.roles,
            certificates.to_pem(made),
            certificates.fingerprint(made),
            signer.seen,
            asking.scopes,
            asking.invitation,
            asking.pem,
        )

    done = sign_act(session, unlock, check, make)
    return Recorded(asking.person, done.changes)


def change_person(
    session: Session,
    named: str,
    unlock: Unlock,
    *,
    roles: tuple[Role, ...] | None = None,
    scopes: tuple[Scope, ...] | None = None,
) -> Recorded:
    """Give somebody who can sign other roles or scopes, signed by the acting custodian.

    A custodian is made by this, too. Raises ``custody.only_custodians``, ``person.not_found``,
    ``approval.refused_no_certificate``, ``approval.refused_revoked``.
    """

    def check(view: View, person: Person) -> Person:
        check_custodian(view, person.id)
        found = with_custody(view, people.find_person(view.connection, named))
        if not found.can_sign:
            rule = "revoked" if found.is_revoked else "no_certificate"
            raise AppError(f"approval.refused_{rule}", person=found.name)
        return found

    def make(work: WriteSession, found: Person, signer: Signer) -> PersonAdmitted:
        return PersonAdmitted(
            new_id(),
            found.id,
            must_commit(found.name),
            found.roles if roles is None else roles,
            found.certificate or "",
            found.fingerprint or "",
            signer.seen,
            found.scopes if scopes is None else scopes,
        )

    done = sign_act(session, unlock, check, make)
    with session.workspace.read() as view:
        return Recorded(people.find_person(view.connection, named).id, done.changes)


def list_admissions(session: Session) -> tuple[AdmissionRow, ...]:
    """Return every admission, the newest first; those that wait need a second custodian."""
    with session.workspace.read() as view:
        return queries.list_admissions(view.connection)


def read_custodians(session: Session) -> Custody:
    """Return who can sign, who are the custodians, and whose revocation waits."""
    with session.workspace.read() as view:
        return read_custody(view.connection)
