"""Encryption of small secret files: AES-256-GCM under a key, Argon2id under a passphrase."""

import os
from collections.abc import Iterator

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from mlops_desktop.core.errors import AppError
from mlops_desktop.outside.http_redaction import remember_secret
from mlops_desktop.outside.passphrases import forms, prepared

KEY_BYTES = 32
MIN_PASSPHRASE = 8
_SEALED = b"MDS1"
_WRAPPED = b"MDW1"
_NONCE_BYTES = 12
_SALT_BYTES = 16
_TAG_BYTES = 16
# RFC 9106 section 4, the second recommended option: 64 MiB, three passes, four lanes.
_MEMORY_KIB = 64 * 1024
_PASSES = 3
_LANES = 4


def new_key() -> bytes:
    """Return a new random key of 32 bytes."""
    return os.urandom(KEY_BYTES)


def derive_key(key: bytes, purpose: str) -> bytes:
    """Return the 32-byte subkey of ``key`` for one purpose (HKDF-SHA-256, RFC 5869)."""
    info = f"mlops-desktop/{purpose}/v1".encode()
    return HKDF(SHA256(), KEY_BYTES, salt=None, info=info).derive(key)


def seal(content: bytes, key: bytes, label: str) -> bytes:
    """Encrypt ``content`` under the 32-byte ``key``; ``label`` says what it is and is bound in."""
    nonce = os.urandom(_NONCE_BYTES)
    return _SEALED + nonce + AESGCM(key).encrypt(nonce, content, _bound(_SEALED, label))


def unseal(sealed: bytes, key: bytes, label: str) -> bytes:
    """Return what :func:`seal` encrypted.

    Raises AppError ``cipher.not_sealed`` for anything else, ``cipher.not_opened`` when key, label
    or content do not belong together.
    """
    start = len(_SEALED)
    if len(sealed) < start + _NONCE_BYTES + _TAG_BYTES or not sealed.startswith(_SEALED):
        raise AppError("cipher.not_sealed")
    nonce, content = sealed[start : start + _NONCE_BYTES], sealed[start + _NONCE_BYTES :]
    try:
        return AESGCM(key).decrypt(nonce, content, _bound(_SEALED, label))
    except InvalidTag:
        raise AppError("cipher.not_opened") from None


def wrap(content: bytes, passphrase: str, label: str) -> bytes:
    """Encrypt ``content`` under a passphrase (Argon2id, RFC 9106; 64 MiB, about 0.15 s).

    Raises AppError ``passphrase.too_short``.
    """
    check_passphrase(passphrase)
    salt = os.urandom(_SALT_BYTES)
    return _WRAPPED + salt + seal(content, _stretch(prepared(passphrase), salt), label)


def unwrap(wrapped: bytes, passphrase: str, label: str) -> bytes:
    """Return what :func:`wrap` encrypted, under a passphrase that was not yet prepared too.

    Raises AppError ``cipher.not_sealed`` for anything else, ``passphrase.wrong`` otherwise.
    """
    start = len(_WRAPPED)
    if not wrapped.startswith(_WRAPPED) or len(wrapped) < start + _SALT_BYTES:
        raise AppError("cipher.not_sealed")
    salt, sealed = wrapped[start : start + _SALT_BYTES], wrapped[start + _SALT_BYTES :]
    if not sealed.startswith(_SEALED):
        raise AppError("cipher.not_sealed")
    for form in forms(passphrase):
        try:
            return unseal(sealed, _stretch(form, salt), label)
        except AppError as refused:
            if refused.code != "cipher.not_opened":
                raise
    raise AppError("passphrase.wrong")


def key_from_passphrase(passphrase: str, salt: bytes) -> bytes:
    """Return the 32-byte key that a passphrase and a salt of 16 bytes come to (Argon2id).

    Raises AppError ``passphrase.too_short``.
    """
    check_passphrase(passphrase)
    return _stretch(prepared(passphrase), salt)


def earlier_keys(passphrase: str, salt: bytes) -> Iterator[bytes]:
    """Yield the keys it came to before passphrases were prepared, where those are others."""
    yield from (_stretch(form, salt) for form in forms(passphrase)[1:])


def check_passphrase(passphrase: str) -> None:
    """Raise AppError ``passphrase.too_short`` below eight characters."""
    if len(passphrase) < MIN_PASSPHRASE:
        raise AppError("passphrase.too_short", least=MIN_PASSPHRASE)


def _stretch(passphrase: str, salt: bytes) -> bytes:
    remember_secret(passphrase)
    derivation = Argon2id(
        salt=salt, length=KEY_BYTES, iterations=_PASSES, lanes=_LANES, memory_cost=_MEMORY_KIB
    )
    return derivation.derive(passphrase.encode())


def _bound(form: bytes, label: str) -> bytes:
    return form + b"\0" + label.encode()
