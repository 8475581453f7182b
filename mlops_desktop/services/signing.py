"""Signs a decision with a person's own key, over exactly what the ledger will hold of it."""

from collections.abc import Mapping
from datetime import datetime

from mlops_desktop.core import clock
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.registry import Envelope, Event, Signature
from mlops_desktop.core.identity import Person
from mlops_desktop.ledger import signature as signatures
from mlops_desktop.ledger.body import Tree
from mlops_desktop.outside import certificates, person_keys
from mlops_desktop.outside.credentials import Credential
from mlops_desktop.outside.public_keys import key_digest
from mlops_desktop.store.unit_of_work import WriteSession


def sign_event(
    work: WriteSession,
    payload: Event,
    credential: Credential,
    *,
    effective: datetime | None = None,
) -> Envelope:
    """Record ``payload`` with a signature over everything the ledger holds of it.

    Raises ``certificate.…`` where the certificate may not sign now.
    """
    certificates.check_may_sign(credential.certificate, clock.now())

    def sign(tree: Mapping[str, Tree]) -> Signature:
        return signatures.sign(signatures.payload_of(tree), credential)

    return work.record(payload, effective=effective, sign=sign)


def unlock_with(
    workspace: str, passphrase: str, person: Person, authority: str | None = None
) -> Credential:
    """Return the person's key held by this profile, unlocked.

    A key made before the workspace certified it takes its certificate from the ledger;
    ``authority`` (PEM) is who issued it. Raises ``person_key.…``; ``person_key.not_enrolled``
    where the key held here is not the one the workspace knows the person by.
    """
    known = certificates.read_certificate(person.certificate) if person.certificate else None
    chain = (certificates.read_certificate(authority),) if authority is not None else ()
    if known is not None and person_keys.is_next(
        workspace, person.id, key_digest(known.public_key())
    ):
        return person_keys.take_next(workspace, person.id, known, chain, passphrase)
    credential = person_keys.unlock(workspace, person.id, passphrase)
    if certificates.fingerprint(credential.certificate) == person.fingerprint:
        return credential
    if known is None or credential.private.public_key() != known.public_key():
        raise AppError("person_key.not_enrolled", person=person.name)
    return Credential(credential.private, known, chain)
