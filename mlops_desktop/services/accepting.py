"""The invited's side, without the workspace: a key of his own, and the request for a certificate.

The request's signature proves that whoever sends it holds the key; its fingerprint is compared by
another channel before anybody admits it.
"""

import json
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path

from mlops_desktop import paths
from mlops_desktop.core import clock
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.identity import Person
from mlops_desktop.outside import certificate_requests, certificates, person_keys, private_files
from mlops_desktop.outside.certificate_requests import fingerprint_of
from mlops_desktop.outside.credentials import Credential, PrivateKey
from mlops_desktop.outside.tokens import TokenPlace, open_token
from mlops_desktop.services.invitations import FORM, Invitation, invitation_of
from mlops_desktop.services.session import Session


class KeyKind(StrEnum):
    """Which key is made; RSA unless said, for a P-256 seal forces PDF 2.0 onto a dossier."""

    RSA = "rsa-3072"
    P256 = "p-256"


@dataclass(frozen=True, slots=True)
class NewKey:
    """The key to sign with: made here, brought along in a PKCS#12 file, or on a token.

    ``secret`` is the passphrase it is kept under, or the token's PIN.
    """

    secret: str
    kind: KeyKind = KeyKind.RSA
    brought: Credential | None = None
    token: TokenPlace | None = None

    def __repr__(self) -> str:
        return f"NewKey({self.kind}, …)"


@dataclass(frozen=True, slots=True)
class Request:
    """A request for a certificate (PEM), and the fingerprint to compare by another channel."""

    pem: str
    fingerprint: str


def accept_invitation(invitation: Invitation, wanted: NewKey) -> Request:
    """Make the key of the invited, keep it in this profile, and return the request for it.

    Accepting again with the same secret gives a request for the same key. Raises
    ``invitation.expired``, ``passphrase.…``, ``person_key.…``, ``token.…``, ``public_key.…``.
    """
    if invitation.is_expired:
        raise AppError("invitation.expired", where="invitation", on=invitation.expires.isoformat())
    workspace, person = invitation.workspace, invitation.person
    if person_keys.has_person_key(workspace, person):
        key = person_keys.unlock(workspace, person, wanted.secret).private
    else:
        key = _make(wanted)
        made = certificate_requests.provisional(key, person, clock.now())
        if wanted.token is not None:
            person_keys.store_token(workspace, person, wanted.token, made)
        else:
            person_keys.store_person_key(workspace, person, made, wanted.secret)
    _note(invitation)
    return _request(key, person, invitation.invitation)


def request_new_key(session: Session, person: Person, wanted: NewKey) -> Request:
    """Make a further key for somebody known, and the request for it; the old one signs meanwhile.

    With the first secret asked for once it is admitted, it takes the old one's place. Raises as
    :func:`accept_invitation`.
    """
    key = _make(wanted)
    made = certificate_requests.provisional(key, person.id, clock.now())
    workspace = session.workspace.id
    person_keys.store_next(workspace, person.id, made, wanted.secret, wanted.token)
    return _request(key, person.id, person.id)


def _make(wanted: NewKey) -> PrivateKey:
    if wanted.token is not None:
        return open_token(wanted.token, wanted.secret).private
    if wanted.brought is not None:
        return wanted.brought.private
    is_small = wanted.kind is KeyKind.P256
    return certificates.new_p256_key() if is_small else certificates.new_rsa_key()


def _request(key: PrivateKey, person: str, answers: str) -> Request:
    pem = certificate_requests.make_request(key, person, answers)
    return Request(pem, fingerprint_of(key.public_key(), answers))


def _note(invitation: Invitation) -> None:
    """Remember what was accepted, so that the workspace is entered as that person."""
    told = {"form": FORM, **asdict(invitation), "expires": invitation.expires.isoformat()}
    private_files.write(_path(invitation.workspace), json.dumps(told).encode())


def accepted(workspace: str) -> Invitation | None:
    """Return the invitation to a workspace that this profile accepted last, if any."""
    stored = private_files.read(_path(workspace))
    try:
        return invitation_of(json.loads(stored)) if stored is not None else None
    except (AppError, ValueError, TypeError, KeyError):  # a damaged note keeps nobody from opening
        return None


def _path(workspace: str) -> Path:
    return paths.home() / "invitations" / private_files.file_name(workspace, ".json")
