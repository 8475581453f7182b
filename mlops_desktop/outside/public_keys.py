"""Which public keys may be enrolled: RSA from 3072 bits, P-256, Ed25519 of prime order."""

from hashlib import sha256

from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.asymmetric.types import PublicKeyTypes
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from mlops_desktop.core.edwards import has_prime_order
from mlops_desktop.core.errors import AppError

MIN_RSA_BITS = 3072
MIN_RSA_EXPONENT = 65537


def check_public_key(key: PublicKeyTypes) -> None:
    """Raise AppError ``public_key.…`` unless ``key`` is strong enough to be enrolled."""
    if isinstance(key, rsa.RSAPublicKey):
        _check_rsa(key)
    elif isinstance(key, ec.EllipticCurvePublicKey):
        if not isinstance(key.curve, ec.SECP256R1):
            raise AppError("public_key.curve_refused", curve=key.curve.name)
    elif isinstance(key, ed25519.Ed25519PublicKey):
        check_ed25519(key.public_bytes_raw())
    else:
        raise AppError("public_key.kind_refused", kind=type(key).__name__)


def key_digest(key: PublicKeyTypes) -> str:
    """Return the SHA-256 (hexadecimal) of a key, the same in every certificate it comes in."""
    info = key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return sha256(info).hexdigest()


def check_ed25519(public: bytes) -> None:
    """Raise AppError ``public_key.weak_point`` unless the key is a point of prime order.

    Of small order, one constant signature is good for every message, so its holder can deny
    anything. With a part of small order (mixed order), whoever checks by the equation without
    the cofactor, as is done here, and whoever checks with it differ about some signatures (RFC
    8032, section 5.1.7, allows both): heads are for others to check too. Honest keys are neither.
    """
    if not has_prime_order(public):
        raise AppError("public_key.weak_point")


def _check_rsa(key: rsa.RSAPublicKey) -> None:
    if key.key_size < MIN_RSA_BITS:
        raise AppError("public_key.rsa_too_short", bits=key.key_size, least=MIN_RSA_BITS)
    if key.public_numbers().e < MIN_RSA_EXPONENT:
        raise AppError("public_key.exponent_refused", least=MIN_RSA_EXPONENT)
