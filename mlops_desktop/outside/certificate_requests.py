"""Requests for a certificate (PKCS#10, RFC 2986): their signature proves who holds the key.

What a request answers stands in it as its challenge password (RFC 2985, 5.4.1): a request taken
from elsewhere does not fit. No name stands in it, for it stays in the ledger for good.
"""

from datetime import datetime, timedelta
from hashlib import sha512

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.types import PublicKeyTypes
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from cryptography.x509.oid import AttributeOID, NameOID

from mlops_desktop.core.errors import AppError
from mlops_desktop.outside.certificates import PublicKey
from mlops_desktop.outside.credentials import Credential, PrivateKey
from mlops_desktop.outside.public_keys import check_public_key

_MOST_BYTES = 16 * 1024
_BLOCKS, _BYTES, _MODULUS = 6, 5, 100_000
_DOMAIN = b"mlops-desktop/certificate-request/1\0"
_UNREADABLE = (ValueError, TypeError, UnsupportedAlgorithm, x509.InvalidVersion)


def make_request(key: PrivateKey, person: str, answers: str) -> str:
    """Return a request (PEM) for ``person`` that answers the invitation of that id."""
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, person)])
    builder = x509.CertificateSigningRequestBuilder().subject_name(subject)
    builder = builder.add_attribute(AttributeOID.CHALLENGE_PASSWORD, answers.encode("ascii"))
    return builder.sign(key, SHA256()).public_bytes(Encoding.PEM).decode("ascii")


def read_request(pem: str | bytes) -> x509.CertificateSigningRequest:
    """Read a request; raises AppError ``request.unreadable``, ``request.forged``, ``public_key.…``.

    ``request.forged`` where its signature is not by the key it names.
    """
    data = pem.encode() if isinstance(pem, str) else pem
    if len(data) > _MOST_BYTES:
        raise AppError("request.unreadable")
    try:
        request = x509.load_pem_x509_csr(data)
        is_signed, public = request.is_signature_valid, request.public_key()
        _ = request.attributes, request.subject  # parsed when asked for
    except _UNREADABLE:
        raise AppError("request.unreadable") from None
    check_public_key(public)
    if not isinstance(public, PublicKey):
        raise AppError("public_key.kind_refused", kind=type(public).__name__)
    if not is_signed:
        raise AppError("request.forged")
    return request


def key_of(request: x509.CertificateSigningRequest) -> PublicKey:
    """Return the key a request read by :func:`read_request` is for."""
    public = request.public_key()
    assert isinstance(public, PublicKey)
    return public


def answered(request: x509.CertificateSigningRequest) -> str:
    """Return the id of what a request answers; raises ``request.unreadable`` where it says none."""
    try:
        found = request.attributes.get_attribute_for_oid(AttributeOID.CHALLENGE_PASSWORD)
        return found.value.decode("ascii")
    except (x509.AttributeNotFound, ValueError):
        raise AppError("request.unreadable") from None


def subject_of(request: x509.CertificateSigningRequest) -> str:
    """Return the id of the person a request is for; raises ``request.unreadable``."""
    found = request.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    if len(found) != 1:
        raise AppError("request.unreadable")
    return str(found[0].value)


def check_request(pem: str, key: PublicKeyTypes, answers: str) -> None:
    """Refuse a request that does not prove possession of ``key`` in answer to ``answers``.

    Raises AppError ``request.…``.
    """
    request = read_request(pem)
    if request.public_key() != key:
        raise AppError("request.other_key")
    if answered(request) != answers:
        raise AppError("request.answers_another")


def fingerprint_of(key: PublicKeyTypes, answers: str) -> str:
    """Return what two persons compare: six blocks of five digits (99 bits), read out easily.

    It covers the key and what it answers.
    """
    info = key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    digest = sha512(_DOMAIN + answers.encode("ascii") + b"\0" + info).digest()
    parts = (digest[start : start + _BYTES] for start in range(0, _BLOCKS * _BYTES, _BYTES))
    return " ".join(f"{int.from_bytes(part) % _MODULUS:05d}" for part in parts)


def provisional(key: PrivateKey, person: str, at: datetime) -> Credential:
    """Return a key with a certificate by itself, to be kept until the workspace gives its own."""
    check_public_key(key.public_key())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, person)])
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name)
    builder = builder.public_key(key.public_key()).serial_number(x509.random_serial_number())
    builder = builder.not_valid_before(at).not_valid_after(at + timedelta(days=366))
    return Credential(key, builder.sign(key, SHA256()))
