"""A person's signature over what he decides, domain-separated from every other signature.

RSA keys sign by RSASSA-PSS (SHA-256, salt of 32 bytes; RFC 8017 section 8.1), which BSI
TR-02102-1 recommends where PKCS#1 v1.5 is only tolerated; P-256 keys by ECDSA with SHA-256.
"""

from collections.abc import Mapping

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256

from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.registry import Signature
from mlops_desktop.ledger.body import Tree, encode
from mlops_desktop.ledger.encoding import from_base64, to_base64
from mlops_desktop.outside.certificates import fingerprint, read_certificate
from mlops_desktop.outside.credentials import Credential
from mlops_desktop.outside.public_keys import check_public_key

RSA_PSS = "rsa-pss-sha256"
ECDSA_P256 = "ecdsa-p256-sha256"
_DOMAIN = b"mlops-desktop/approval/v1\0"
_PADDING = padding.PSS(mgf=padding.MGF1(SHA256()), salt_length=SHA256.digest_size)
_ECDSA = ec.ECDSA(SHA256())
# The id is given when the event is recorded; the signature cannot cover itself.
_NOT_COVERED = frozenset({"id", "signature"})


def payload_of(body: Mapping[str, Tree]) -> dict[str, Tree]:
    """Return what the signature of a signed event covers: all of its body but id and signature.

    So it names workspace, actor, time, type and every field of the decision, among them the head
    the signer saw, and cannot be moved to another event.
    """
    return {name: part for name, part in body.items() if name not in _NOT_COVERED}


def sign(payload: Tree, credential: Credential) -> Signature:
    """Return the person's signature over ``payload``; raises AppError ``body.…``."""
    message = _message(payload)
    key = credential.private
    if isinstance(key, rsa.RSAPrivateKey):
        algorithm, value = RSA_PSS, key.sign(message, _PADDING, SHA256())
    else:
        algorithm, value = ECDSA_P256, key.sign(message, _ECDSA)
    return Signature(fingerprint(credential.certificate), algorithm, to_base64(value))


def verify(
    payload: Tree, signature: Signature, certificate: x509.Certificate | bytes | str
) -> None:
    """Check a signature by the certificate (PEM, DER or parsed); says nothing of trust or dates.

    Raises AppError ``signature.certificate_differs``, ``signature.algorithm_unfit``,
    ``signature.malformed`` or ``signature.wrong``; ``certificate.unreadable``; ``public_key.…``.
    """
    if not isinstance(certificate, x509.Certificate):
        certificate = read_certificate(certificate)
    if fingerprint(certificate) != signature.fingerprint:
        raise AppError("signature.certificate_differs")
    key = certificate.public_key()
    check_public_key(key)
    try:
        _verify(key, signature.algorithm, _value(signature), _message(payload))
    except InvalidSignature:
        raise AppError("signature.wrong") from None


def _verify(key: object, algorithm: str, value: bytes, message: bytes) -> None:
    if isinstance(key, rsa.RSAPublicKey) and algorithm == RSA_PSS:
        key.verify(value, message, _PADDING, SHA256())
    elif isinstance(key, ec.EllipticCurvePublicKey) and algorithm == ECDSA_P256:
        key.verify(value, message, _ECDSA)
    else:
        raise AppError("signature.algorithm_unfit", algorithm=ascii(algorithm))


def _value(signature: Signature) -> bytes:
    try:
        return from_base64(signature.value)
    except ValueError:
        raise AppError("signature.malformed") from None


def _message(payload: Tree) -> bytes:
    return _DOMAIN + encode(payload)
