"""Which public keys may be enrolled: RSA from 3072 bits, P-256, Ed25519 without weak points."""

from hashlib import sha256

from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.asymmetric.types import PublicKeyTypes
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from mlops_desktop.core.errors import AppError

MIN_RSA_BITS = 3072
MIN_RSA_EXPONENT = 65537

_PRIME = 2**255 - 19
_SIGN_BIT = 1 << 255
# The y coordinates of the eight points whose order divides 8 (RFC 7748 section 7 speaks of them);
# each is also reached with the other sign bit.
_SMALL_ORDER = frozenset(
    {
        0,
        1,
        _PRIME - 1,
        0x05FC536D880238B13933C6D305ACDFD5F098EFF289F4C345B027B2C28F95E826,
        0x7A03AC9277FDC74EC6CC392CFA53202A0F67100D760B3CBA4FD84D3D706A17C7,
    }
)


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
    """Raise AppError ``public_key.weak_point`` for a key under which one signature fits all texts.

    Such keys verify a constant signature for every message, so their holder can deny anything.
    Encodings that RFC 8032 section 5.1.3 calls non-canonical are refused with them.
    """
    y = int.from_bytes(public, "little") & ~_SIGN_BIT
    if y >= _PRIME or y in _SMALL_ORDER:
        raise AppError("public_key.weak_point")


def _check_rsa(key: rsa.RSAPublicKey) -> None:
    if key.key_size < MIN_RSA_BITS:
        raise AppError("public_key.rsa_too_short", bits=key.key_size, least=MIN_RSA_BITS)
    if key.public_numbers().e < MIN_RSA_EXPONENT:
        raise AppError("public_key.exponent_refused", least=MIN_RSA_EXPONENT)
