"""Certificates of known persons: the first one, or a new one before the old one ends."""

from datetime import timedelta

from mlops_desktop.core import clock
from mlops_desktop.core.errors import AppError
from mlops_desktop.outside import certificates, person_keys
from mlops_desktop.outside.credentials import Credential, PrivateKey
from mlops_desktop.outside.tokens import TokenPlace, open_token
from mlops_desktop.services.enrolment import (
    AUTHORITY,
    check_own_key,
    check_plain,
    enrolment_of,
    record_enrolment,
)
from mlops_desktop.services.session import Ask, Recorded, Session
from mlops_desktop.store.queries import people

_PAUSE = timedelta(hours=1)


def unlock_authority(session: Session, ask: Ask) -> Credential:
    """Return the workspace's authority, unlocked by its passphrase.

    Five wrong ones lock it for an hour, not for good as a person's key: nobody else could certify
    whoever holds it anew. Raises ``person_key.missing``, ``person_key.authority_…``.
    """
    workspace = session.workspace.id
    person_keys.forgive(workspace, AUTHORITY, _PAUSE)
    try:
        return person_keys.unlock(workspace, AUTHORITY, ask())
    except AppError as error:
        told = _OF_AUTHORITY.get(error.code)
        if told is None:
            raise
        raise AppError(
            told, recovery=error.recovery, where=error.where, **error.parameters
        ) from None


_OF_AUTHORITY = {
    "person_key.passphrase_wrong": "person_key.authority_wrong",
    "person_key.locked": "person_key.authority_locked",
}


def certify_person(
    session: Session,
    named: str,
    passphrase: str,
    authority: Credential,
    *,
    key: PrivateKey | None = None,
    token: TokenPlace | None = None,
) -> Recorded:
    """Give a known person a certificate for three years; roles and earlier signatures stay.

    ``key`` is made (RSA-3072) unless it is given or lies on a ``token``, whose PIN is then
    ``passphrase``. It replaces the person's key of this profile,
    a locked one too. Raises ``person.not_found``, ``person.already_revoked``,
    ``person.key_taken``, ``passphrase.too_short``, ``token.…``,
    ``custody.one_signature`` where two custodians let in: then the person asks for it
    (:mod:`mlops_desktop.services.accepting`) and they admit.
    """
    with session.workspace.read() as view:
        person = people.find_person(view.connection, named)
    if person.is_revoked:
        raise AppError("person.already_revoked", name=person.name)
    check_plain(session, (), can_sign=True)
    if token is not None:
        key = open_token(token, passphrase).private
    made = certificates.issue_person(authority, person.name, person.id, clock.now(), key)
    check_own_key(session, made.certificate.public_key(), person.id)
    if token is not None:
        person_keys.store_token(session.workspace.id, person.id, token, made)
    else:
        person_keys.store_person_key(session.workspace.id, person.id, made, passphrase)
    with session.workspace.write(session.actor) as work:
        enrolled = enrolment_of(person.id, person.name, person.roles, made)
        record_enrolment(work, enrolled, authority)
    person_keys.release(session.workspace.id, person.id)
    return Recorded(person.id, work.changes)
