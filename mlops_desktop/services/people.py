"""Persons: who is known, who may sign, and what becomes of their keys."""

from dataclasses import dataclass, replace

from mlops_desktop.core import clock
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.people import PersonLocked, PersonRevoked
from mlops_desktop.core.identity import Person, Role
from mlops_desktop.outside import certificates, person_keys
from mlops_desktop.outside.credentials import Credential
from mlops_desktop.outside.randomness import new_id
from mlops_desktop.outside.tokens import TokenPlace, open_token
from mlops_desktop.services.cases import View
from mlops_desktop.services.certification import unlock_authority
from mlops_desktop.services.decisions import Unlock
from mlops_desktop.services.enrolment import (
    check_own_key,
    check_plain,
    clean_name,
    enrolment_of,
    record_enrolment,
    refuse_namesake,
)
from mlops_desktop.services.hands import Hand, hand_if_given
from mlops_desktop.services.seconds import revoke_signed
from mlops_desktop.services.session import Ask, Recorded, Session, commit_text
from mlops_desktop.services.signing import unlock_with
from mlops_desktop.store.custody import read_custody
from mlops_desktop.store.queries import people
from mlops_desktop.store.queries.authority import authority_of
from mlops_desktop.store.queries.named import printed_names

__all__ = [
    "Enrolment",
    "TokenPlace",
    "enrol_person",
    "is_locked",
    "list_people",
    "names_by_id",
    "revoke_person",
    "show_person",
    "signs_end_of",
    "unlocker",
    "with_passphrase",
]


@dataclass(frozen=True, slots=True)
class Enrolment:
    """A person to enrol: known only, or able to sign with a key made here or brought along."""

    name: str
    roles: tuple[Role, ...] = ()
    passphrase: str | None = None
    credential: Credential | None = None
    token: TokenPlace | None = None
    """Where the key is, if on a token; ``passphrase`` is then its PIN."""


def list_people(session: Session) -> tuple[Person, ...]:
    """Return everybody ever enrolled, by name."""
    with session.workspace.read() as view:
        return people.list_people(view.connection)


def names_by_id(session: Session) -> dict[str, str]:
    """Return the printed name of every person and every legal entity by id."""
    with session.workspace.read() as view:
        return printed_names(view.connection)


def show_person(session: Session, named: str) -> Person:
    """Return a person by name or id."""
    with session.workspace.read() as view:
        return people.find_person(view.connection, named)


def enrol_person(session: Session, wanted: Enrolment, ask_authority: Ask) -> Recorded:
    """Enrol a person; with a passphrase a key and certificate are made by the authority.

    ``ask_authority`` gives the authority's passphrase, which the workspace's founder holds: he
    vouches for everybody who can sign, whoever made the key. A key on a token comes with the
    certificate beside it, else the authority issues one. Raises ``person.name_missing``,
    ``person.name_refused``, ``person.name_taken``, ``person.key_taken``, ``person_key.…``,
    ``passphrase.…``, ``token.…``, ``custody.one_signature`` where two custodians let in.
    """
    name = clean_name(wanted.name)
    refuse_namesake(session, name)
    check_plain(session, wanted.roles, can_sign=bool(wanted.credential or wanted.passphrase))
    person = new_id()
    authority = _open_authority(session, wanted, ask_authority)
    credential = _vouch(session, wanted, person, name, authority) if authority else None
    if credential is not None and wanted.passphrase is not None:
        _keep(session, person, credential, wanted)
    with session.workspace.write(session.actor) as work:
        enrolled = enrolment_of(person, name, wanted.roles, credential)
        if authority is not None:
            record_enrolment(work, enrolled, authority)
        else:
            work.record(enrolled)
    return Recorded(person, work.changes)


def _keep(session: Session, person: str, credential: Credential, wanted: Enrolment) -> None:
    workspace = session.workspace.id
    if wanted.token is not None:
        person_keys.store_token(workspace, person, wanted.token, credential)
    elif wanted.passphrase is not None:
        person_keys.store_person_key(workspace, person, credential, wanted.passphrase)


def _open_authority(session: Session, wanted: Enrolment, ask: Ask) -> Credential | None:
    """Return the authority's key, None for a person who is only known: nobody vouches for that."""
    if wanted.credential is None and wanted.passphrase is None:
        return None
    return unlock_authority(session, ask)


def _vouch(
    session: Session, wanted: Enrolment, person: str, name: str, authority: Credential
) -> Credential:
    """Return the credential the person signs with, made or brought along."""
    found = open_token(wanted.token, wanted.passphrase or "") if wanted.token else None
    brought = wanted.credential if found is None else found.credential
    if brought is None:
        key = found.private if found is not None else None
        brought = certificates.issue_person(authority, name, person, clock.now(), key)
    check_own_key(session, brought.certificate.public_key(), person)
    return brought


def revoke_person(session: Session, named: str, reason: str | None = None) -> Recorded:
    """Let a person's signatures count no longer from here on; earlier ones stay good.

    Where two custodians exist a custodian signs it, or the person; a custodian's own waits for a
    second signature. Where one does, it is signed where his secret is given: it must not need a
    key, for the key may be what was lost. Raises ``person.already_revoked``, ``custody.…``.
    """
    with session.workspace.read() as view:
        needs_two = read_custody(view.connection).needs_two
    if needs_two:
        return revoke_signed(session, named, reason)

    def check(view: View) -> Person:
        person = people.find_person(view.connection, named)
        if person.is_revoked:
            raise AppError("person.already_revoked", name=person.name)
        return person

    with session.workspace.read() as view:
        acting = people.get_person(view.connection, session.actor.person)
        is_signed = signs_end_of(acting, check(view).id)
    hand = hand_if_given(session, check) if is_signed else Hand()
    with session.workspace.write(session.actor) as work:
        person = check(work)
        hand.record(work, PersonRevoked(person.id, commit_text(reason), hand.seen))
    return Recorded(person.id, work.changes)


def signs_end_of(acting: Person | None, person: str) -> bool:
    """Tell whether who acts, if anybody, is asked for his key to end another's, not his own."""
    return acting is not None and acting.can_sign and acting.id != person


def unlocker(session: Session, ask: Ask) -> Unlock:
    """Return the function that unlocks a person's key with the passphrase ``ask`` gives.

    Five wrong passphrases in a row lock the key, which is recorded once.
    """

    def unlock(person: Person) -> Credential:
        workspace = session.workspace.id
        was_locked = is_locked(session, person)
        try:
            return unlock_with(workspace, ask(), person, _authority(session))
        except AppError:
            if not was_locked and is_locked(session, person):
                _record_lock(session, person)
            raise

    return unlock


def with_passphrase(session: Session, passphrase: str) -> Session:
    """Return the session in which the acting person signs with the key of this passphrase.

    Where a key is needed and nothing was typed, ``signing.secret_missing`` is raised.
    """

    def ask() -> str:
        if not passphrase:
            raise AppError("signing.secret_missing", where="passphrase")
        return passphrase

    return replace(session, unlock=unlocker(session, ask))


def is_locked(session: Session, person: Person) -> bool:
    """Tell whether the person's key on this device takes no more passphrases."""
    failures = person_keys.count_failures(session.workspace.id, person.id)
    return failures >= person_keys.MAX_FAILURES


def _authority(session: Session) -> str:
    with session.workspace.read() as view:
        return authority_of(view)


def _record_lock(session: Session, person: Person) -> None:
    with session.workspace.write(session.actor) as work:
        work.record(PersonLocked(person.id, person_keys.MAX_FAILURES))
