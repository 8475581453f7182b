"""A private key with its certificate and chain, and its file form PKCS#12 (RFC 7292)."""

from dataclasses import dataclass, field
from typing import TypeAlias

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12

from mlops_desktop.core.errors import AppError
from mlops_desktop.outside.cipher import check_passphrase
from mlops_desktop.outside.passphrases import forms, prepared
from mlops_desktop.outside.public_keys import check_public_key

PrivateKey: TypeAlias = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey

_SEQUENCE = b"\x30"


@dataclass(frozen=True, slots=True)
class Credential:
    """What signs: the key, its certificate, and the issuers above it, nearest first.

    Equal certificates make equal credentials.
    """

    private: PrivateKey = field(repr=False, compare=False)
    certificate: x509.Certificate
    chain: tuple[x509.Certificate, ...] = ()


def write_pkcs12(credential: Credential, passphrase: str, label: str) -> bytes:
    """Return a PKCS#12 file (PBES2, AES-256) that other programs can load.

    Its own key stretching is weak (2,048 rounds guard the checksum that a guess is tested
    against), so what lies on disk is wrapped once more. Raises AppError ``passphrase.too_short``.
    """
    check_passphrase(passphrase)
    return pkcs12.serialize_key_and_certificates(
        label.encode(),
        credential.private,
        credential.certificate,
        credential.chain or None,
        BestAvailableEncryption(prepared(passphrase).encode()),
    )


def read_pkcs12(data: bytes, passphrase: str) -> Credential:
    """Read a PKCS#12 file, made here or by an organisation; the chain is kept.

    Its passphrase is tried in each form that its letters can have.

    Raises AppError ``passphrase.wrong``, ``key_file.unreadable``, ``key_file.cipher_unknown``,
    ``key_file.no_key``, ``key_file.no_certificate`` or ``public_key.…``.
    """
    found = _load_by_any(data, forms(passphrase))
    if not isinstance(found.key, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey):
        raise AppError("key_file.no_key")
    if found.cert is None or found.cert.certificate.public_key() != found.key.public_key():
        raise AppError("key_file.no_certificate")
    certificate = found.cert.certificate
    check_public_key(certificate.public_key())
    above = [entry.certificate for entry in found.additional_certs]
    return Credential(found.key, certificate, in_order(certificate, above))


def _load_by_any(data: bytes, typed: tuple[str, ...]) -> pkcs12.PKCS12KeyAndCertificates:
    *others, last = typed
    for form in others:
        try:
            return _load(data, form)
        except AppError as refused:
            if refused.code != "passphrase.wrong":
                raise
    return _load(data, last)


def _load(data: bytes, passphrase: str) -> pkcs12.PKCS12KeyAndCertificates:
    if not data.startswith(_SEQUENCE):
        raise AppError("key_file.unreadable")
    try:
        return pkcs12.load_pkcs12(data, passphrase.encode())
    except UnsupportedAlgorithm:
        raise AppError("key_file.cipher_unknown") from None
    except ValueError as error:
        is_damaged = "deserialize" in str(error)
        raise AppError("key_file.unreadable" if is_damaged else "passphrase.wrong") from None


def in_order(
    certificate: x509.Certificate, others: list[x509.Certificate]
) -> tuple[x509.Certificate, ...]:
    """Return the issuers from the nearest upwards, then what belongs to no chain."""
    left, chain, last = list(others), [], certificate
    while above := [one for one in left if one.subject == last.issuer and one != last]:
        last = above[0]
        chain.append(last)
        left.remove(last)
    return (*chain, *left)
