"""The event by which a person becomes known, with a certificate or without, and its conditions."""

from collections.abc import Mapping
from dataclasses import replace

from cryptography.hazmat.primitives.asymmetric.types import PublicKeyTypes

from mlops_desktop.core import clock
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.approvals import Seen
from mlops_desktop.core.events.people import PersonEnrolled
from mlops_desktop.core.events.registry import Signature
from mlops_desktop.core.identity import Role
from mlops_desktop.core.lookalikes import is_lookalike
from mlops_desktop.core.persons_told import is_same_person, mixes_alphabets
from mlops_desktop.ledger import signature as signatures
from mlops_desktop.ledger.body import Tree
from mlops_desktop.ledger.text import clean_text
from mlops_desktop.outside import certificates
from mlops_desktop.outside.credentials import Credential
from mlops_desktop.outside.public_keys import key_digest
from mlops_desktop.services.session import Session, must_commit
from mlops_desktop.store.collation import sort_key
from mlops_desktop.store.custody import read_custody
from mlops_desktop.store.queries import people
from mlops_desktop.store.unit_of_work import WriteSession

AUTHORITY = "authority"
"""Under this name the authority's key lies beside the persons' keys of the profile."""

_LONGEST_NAME = 64


def clean_name(text: str) -> str:
    """Return a person's name as it is printed: one line, single spaces, nothing invisible.

    Raises ``person.name_missing``, ``person.name_refused`` and ``person.name_mixed``.
    """
    name = " ".join(clean_text(text).split())
    if not name:
        raise AppError("person.name_missing", where="name")
    if len(name) > _LONGEST_NAME or not name.isprintable():
        raise AppError("person.name_refused", where="name", most=_LONGEST_NAME)
    if mixes_alphabets(name):
        raise AppError("person.name_mixed", where="name", name=name)
    return name


def refuse_namesake(session: Session, name: str) -> None:
    """Refuse a name that means somebody known: nobody gets a second vote by a title more.

    Raises ``person.name_taken``.
    """
    with session.workspace.read() as view:
        for known in people.list_people(view.connection):
            is_known = sort_key(known.name) == sort_key(name) or is_same_person(name, known.name)
            if is_known or is_lookalike(name, known.name):
                raise AppError("person.name_taken", where="name", name=known.name)


def check_plain(session: Session, roles: tuple[Role, ...], *, can_sign: bool) -> None:
    """Refuse a plain enrolment where it takes custodians.

    Raises ``custody.appointed_only`` for a custodian, ``custody.one_signature`` where two
    custodians let in.
    """
    if Role.CUSTODIAN in roles:
        raise AppError("custody.appointed_only", where="role")
    with session.workspace.read() as view:
        if can_sign and read_custody(view.connection).needs_two:
            raise AppError("custody.one_signature", where="key")


def check_own_key(session: Session, public: PublicKeyTypes, person: str) -> None:
    """Refuse a key that another person signs with, whatever certificate it comes in.

    Raises ``person.key_taken``.
    """
    wanted = key_digest(public)
    with session.workspace.read() as view:
        for known in people.list_certificates(view.connection):
            held = certificates.read_certificate(known.pem).public_key()
            if known.person != person and key_digest(held) == wanted:
                holder = people.get_person(view.connection, known.person)
                raise AppError("person.key_taken", where="key", name=holder.name)


def enrolment_of(
    person: str, name: str, roles: tuple[Role, ...], credential: Credential | None
) -> PersonEnrolled:
    """Return the enrolment of a person; raises ``certificate.…`` for one that may not sign."""
    if credential is None:
        return PersonEnrolled(person, must_commit(name), roles)
    certificate = credential.certificate
    certificates.check_may_sign(certificate, clock.now())
    pem, mark = certificates.to_pem(certificate), certificates.fingerprint(certificate)
    return PersonEnrolled(person, must_commit(name), roles, pem, mark)


def record_enrolment(work: WriteSession, enrolled: PersonEnrolled, authority: Credential) -> None:
    """Record the enrolment of somebody who can sign, with the authority's signature."""
    before = work.before
    seen = Seen(before.size, before.root().hex())
    payload = replace(enrolled, seen=seen)

    def vouch(tree: Mapping[str, Tree]) -> Signature:
        return signatures.sign(signatures.payload_of(tree), authority)

    work.record(payload, sign=vouch)
