"""The keys by which persons sign: one wrapped PKCS#12 file a person, locked after five failures.

Or a key on a token: then a card names where it is, the PIN stands for the passphrase, and the token
itself counts failures and locks.

The count of failures lies beside the key and is shared by all processes of the user. Whoever can
write the user's folder can reset it; what guards the key itself is the passphrase (Argon2id).
"""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
from cryptography import x509

from mlops_desktop import paths
from mlops_desktop.core import clock
from mlops_desktop.core.errors import AppError
from mlops_desktop.outside import cipher, private_files
from mlops_desktop.outside.certificates import read_certificate, to_pem
from mlops_desktop.outside.credentials import Credential, read_pkcs12, write_pkcs12
from mlops_desktop.outside.public_keys import key_digest
from mlops_desktop.outside.tokens import TokenPlace, open_token

MAX_FAILURES = 5


def store_person_key(workspace: str, person: str, credential: Credential, passphrase: str) -> None:
    """Keep the person's key under ``passphrase``, in place of an earlier one; failures stay.

    Raises AppError ``passphrase.too_short`` or ``file.…``.
    """
    inner = write_pkcs12(credential, passphrase, person)
    wrapped = cipher.wrap(inner, passphrase, _label(workspace, person))
    private_files.write(_path(workspace, person), wrapped)
    private_files.remove(_card_path(workspace, person))


def store_token(workspace: str, person: str, place: TokenPlace, credential: Credential) -> None:
    """Remember that the person's key is on a token; a key kept here before is removed.

    Raises AppError ``file.…``.
    """
    card = _Card(
        place.module,
        place.token,
        place.key,
        to_pem(credential.certificate),
        tuple(map(to_pem, credential.chain)),
    )
    private_files.write(_card_path(workspace, person), msgspec.json.encode(card))
    private_files.remove(_path(workspace, person))


def find_token(workspace: str, person: str) -> TokenPlace | None:
    """Return where the person's key is, None where it is kept here or nowhere."""
    card = _read_card(workspace, person)
    return TokenPlace(card.module, card.token, card.key) if card is not None else None


def has_person_key(workspace: str, person: str) -> bool:
    """Tell whether this profile holds the person's key."""
    paths_known = (_path(workspace, person), _card_path(workspace, person))
    return any(path.exists() for path in paths_known)


def unlock(workspace: str, person: str, passphrase: str) -> Credential:
    """Return the person's key, certificate and chain.

    Raises AppError ``person_key.missing``; ``person_key.passphrase_wrong`` with how many tries are
    ``left``; ``person_key.locked`` from the fifth failure in a row on, whatever the passphrase.
    The caller records the lock when ``failures`` reaches the limit. For a key on a token
    ``passphrase`` is the PIN, and ``token.…`` is raised.
    """
    card = _read_card(workspace, person)
    if card is not None:
        return _unlock_token(card, passphrase)
    path = _path(workspace, person)
    wrapped = private_files.read(path)
    if wrapped is None:
        raise AppError("person_key.missing")
    with private_files.locked(path):
        failures = count_failures(workspace, person)
        if failures >= MAX_FAILURES:
            raise AppError("person_key.locked", failures=failures)
        # Counted before it is tried, so that a killed process has not tried for nothing.
        _keep_failures(workspace, person, failures + 1)
        credential = _open(wrapped, passphrase, _label(workspace, person), failures + 1)
        _keep_failures(workspace, person, 0)
    return credential


def count_failures(workspace: str, person: str) -> int:
    """Return how many wrong passphrases were given in a row; a damaged count means locked."""
    text = private_files.read(_count_path(workspace, person))
    if text is None:
        return 0
    return int(text) if text.isdigit() else MAX_FAILURES


def forgive(workspace: str, person: str, after: timedelta) -> None:
    """Let a locked key be tried once more where its last wrong passphrase is so long ago."""
    path = _count_path(workspace, person)
    with private_files.locked(_path(workspace, person)):
        if count_failures(workspace, person) < MAX_FAILURES:
            return
        if clock.now() - datetime.fromtimestamp(path.stat().st_mtime, UTC) >= after:
            _keep_failures(workspace, person, MAX_FAILURES - 1)


def release(workspace: str, person: str) -> None:
    """Let the person's key be tried again, after the person was enrolled anew."""
    with private_files.locked(_path(workspace, person)):
        _keep_failures(workspace, person, 0)


def store_next(
    workspace: str, person: str, credential: Credential, secret: str, place: TokenPlace | None
) -> None:
    """Keep a key that is to become the person's once the workspace certifies it.

    Raises as :func:`store_person_key` and :func:`store_token`.
    """
    if place is not None:
        store_token(workspace, _next(person), place, credential)
    else:
        store_person_key(workspace, _next(person), credential, secret)
    digest = key_digest(credential.certificate.public_key())
    private_files.write(_next_path(workspace, person), digest.encode("ascii"))


def is_next(workspace: str, person: str, digest: str) -> bool:
    """Tell whether the key kept as the next is the one of this digest (of its public key)."""
    return private_files.read(_next_path(workspace, person)) == digest.encode("ascii")


def take_next(
    workspace: str,
    person: str,
    certificate: x509.Certificate,
    chain: tuple[x509.Certificate, ...],
    secret: str,
) -> Credential:
    """Let the key kept as the next become the person's, with what certifies it; return it.

    Raises as :func:`unlock`.
    """
    place = find_token(workspace, _next(person))
    private = unlock(workspace, _next(person), secret).private
    made = Credential(private, certificate, chain)
    if place is not None:
        store_token(workspace, person, place, made)
    else:
        store_person_key(workspace, person, made, secret)
    release(workspace, person)
    for path_of in (_path, _card_path, _count_path):
        private_files.remove(path_of(workspace, _next(person)))
    private_files.remove(_next_path(workspace, person))
    return made


def export_person_key(workspace: str, person: str, passphrase: str) -> bytes:
    """Return the key as a plain PKCS#12 file under the same passphrase; raises as ``unlock``."""
    return write_pkcs12(unlock(workspace, person, passphrase), passphrase, person)


def _unlock_token(card: "_Card", pin: str) -> Credential:
    found = open_token(TokenPlace(card.module, card.token, card.key), pin)
    certificate = read_certificate(card.certificate)
    if found.private.public_key() != certificate.public_key():
        raise AppError("token.other_key", token=card.token, key=card.key)
    return Credential(found.private, certificate, tuple(map(read_certificate, card.chain)))


class _Card(msgspec.Struct, frozen=True):
    """Which key of which token a person signs with, and its certificate and chain (PEM)."""

    module: str
    token: str
    key: str
    certificate: str
    chain: tuple[str, ...] = ()


def _read_card(workspace: str, person: str) -> _Card | None:
    path = _card_path(workspace, person)
    content = private_files.read(path)
    if content is None:
        return None
    try:
        return msgspec.json.decode(content, type=_Card)
    except msgspec.MsgspecError:
        raise AppError("token.card_unreadable", where=str(path), path=str(path)) from None


def _open(wrapped: bytes, passphrase: str, label: str, failures: int) -> Credential:
    try:
        inner = cipher.unwrap(wrapped, passphrase, label)
    except AppError as refused:
        if refused.code != "passphrase.wrong":
            raise
        if failures >= MAX_FAILURES:
            raise AppError("person_key.locked", failures=failures) from None
        raise AppError("person_key.passphrase_wrong", left=MAX_FAILURES - failures) from None
    return read_pkcs12(inner, passphrase)


def _keep_failures(workspace: str, person: str, failures: int) -> None:
    path = _count_path(workspace, person)
    if failures:
        private_files.write(path, str(failures).encode("ascii"))
    else:
        private_files.remove(path)


def _next(person: str) -> str:
    return f"{person}-next"


def _next_path(workspace: str, person: str) -> Path:
    return _folder(workspace) / private_files.file_name(person, ".next")


def _label(workspace: str, person: str) -> str:
    return f"person-key/{workspace}/{person}"


def _folder(workspace: str) -> Path:
    return paths.home() / "keys" / private_files.file_name(workspace, "")


def _path(workspace: str, person: str) -> Path:
    return _folder(workspace) / private_files.file_name(person, ".p12.wrapped")


def _card_path(workspace: str, person: str) -> Path:
    return _folder(workspace) / private_files.file_name(person, ".token.json")


def _count_path(workspace: str, person: str) -> Path:
    return _folder(workspace) / private_files.file_name(person, ".failures")
