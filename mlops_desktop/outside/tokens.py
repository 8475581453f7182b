"""Keys that never leave a smart card or a security module, reached by PKCS#11 (OASIS, v2.40).

Such a key behaves as one held by ``cryptography``: it signs decisions, permits and dossiers alike.
The PIN stays in memory as long as the unlocked key does; every signature opens a session anew, so
that a token pulled meanwhile is noticed. The module is the maker's library and runs in our process.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any, NoReturn

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_der_public_key

from mlops_desktop.core.errors import AppError, Recovery
from mlops_desktop.outside.credentials import Credential, in_order
from mlops_desktop.outside.public_keys import check_public_key

if TYPE_CHECKING:
    import pkcs11


@dataclass(frozen=True, slots=True)
class TokenPlace:
    """Where a key lies: the path of the maker's module, the token's label, the key's label."""

    module: str
    token: str
    key: str


@dataclass(frozen=True, slots=True)
class Found:
    """A key on a token, and what certificates lie beside it; ``credential`` needs one of its own.

    ``private`` signs on the token.
    """

    private: "TokenRsaKey | TokenEcKey"
    certificate: x509.Certificate | None
    chain: tuple[x509.Certificate, ...] = ()

    @property
    def credential(self) -> Credential | None:
        """The key with its certificate; None where the token holds none."""
        if self.certificate is None:
            return None
        return Credential(self.private, self.certificate, self.chain)


def open_token(place: TokenPlace, pin: str) -> Found:
    """Return the key at ``place``, after the PIN was accepted.

    Raises AppError ``token.extra_missing``, ``token.library_missing``, ``token.not_found``,
    ``token.ambiguous``, ``token.pin_wrong``, ``token.pin_locked``, ``token.no_key``,
    ``token.away``, ``token.failed``, ``public_key.…``.
    """
    with _session(place, pin) as session:
        key = _private_key(session, place)
        public = _public_key(session, place, key)
        check_public_key(public)
        certificates = list(_certificates(session))
    own = next((one for one in certificates if one.public_key() == public), None)
    chain = in_order(own, [one for one in certificates if one != own]) if own else ()
    if isinstance(public, rsa.RSAPublicKey):
        return Found(TokenRsaKey(place, pin, public), own, chain)
    assert isinstance(public, ec.EllipticCurvePublicKey)
    return Found(TokenEcKey(place, pin, public), own, chain)


@contextmanager
def _session(place: TokenPlace, pin: str) -> Iterator["pkcs11.Session"]:
    """Open the token; every fault of the module inside the block becomes an AppError."""
    module = _load(place)
    import pkcs11

    try:
        token = module.get_token(token_label=place.token)
        with token.open(user_pin=pin) as session:
            yield session
    except pkcs11.PKCS11Error as fault:
        refusal = _refusal(fault, place)
        if refusal.code in _STALE:
            pkcs11.unload(place.module)  # a token plugged in since is seen by a fresh start only
        raise refusal from fault


def _load(place: TokenPlace) -> Any:
    try:
        import pkcs11
    except ImportError:
        raise AppError("token.extra_missing", recovery=Recovery.CONFIGURATION) from None
    try:
        return pkcs11.lib(place.module)
    except (pkcs11.PKCS11Error, RuntimeError, OSError) as fault:
        told = {"path": place.module, "detail": str(fault)[:200]}
        raise AppError(
            "token.library_missing", recovery=Recovery.CONFIGURATION, where=place.module, **told
        ) from None


def _refusal(fault: Exception, place: TokenPlace) -> AppError:
    """Return what a fault of the module means to whoever wanted to sign."""
    name = type(fault).__name__
    code = _CODES.get(name, "token.failed")
    recovery = Recovery.USER if code.startswith("token.pin") else Recovery.CONFIGURATION
    detail = f"{name} {fault}".strip()[:200]
    told = {"token": place.token, "key": place.key, "detail": detail}
    return AppError(code, recovery=recovery, where=place.token, **told)


_STALE = frozenset({"token.not_found", "token.away", "token.failed"})
_CODES = {
    "NoSuchToken": "token.not_found",
    "MultipleTokensReturned": "token.ambiguous",
    "MultipleObjectsReturned": "token.ambiguous",
    "NoSuchKey": "token.no_key",
    "PinIncorrect": "token.pin_wrong",
    "PinInvalid": "token.pin_wrong",
    "PinLenRange": "token.pin_wrong",
    "PinLocked": "token.pin_locked",
    "PinExpired": "token.pin_locked",
    "UserPinNotInitialized": "token.pin_locked",
    "TokenNotPresent": "token.away",
    "TokenNotRecognised": "token.away",
    "DeviceRemoved": "token.away",
    "DeviceError": "token.away",
    "SlotIDInvalid": "token.away",
    "SessionHandleInvalid": "token.away",
    "SessionClosed": "token.away",
    "MechanismInvalid": "token.mechanism_unknown",
    "MechanismParamInvalid": "token.mechanism_unknown",
}


def _private_key(session: "pkcs11.Session", place: TokenPlace) -> Any:
    import pkcs11

    return session.get_key(object_class=pkcs11.ObjectClass.PRIVATE_KEY, label=place.key)


def _public_key(session: "pkcs11.Session", place: TokenPlace, key: Any) -> Any:
    from pkcs11 import Attribute, KeyType, ObjectClass
    from pkcs11.util.ec import encode_ec_public_key

    if key.key_type == KeyType.RSA:
        modulus = int.from_bytes(key[Attribute.MODULUS], "big")
        exponent = int.from_bytes(key[Attribute.PUBLIC_EXPONENT], "big")
        return rsa.RSAPublicNumbers(exponent, modulus).public_key()
    if key.key_type != KeyType.EC:
        raise AppError("public_key.kind_refused", kind=str(key.key_type))
    public: Any = session.get_key(object_class=ObjectClass.PUBLIC_KEY, id=key.id, label=place.key)
    return load_der_public_key(encode_ec_public_key(public))


def _certificates(session: "pkcs11.Session") -> Iterator[x509.Certificate]:
    from pkcs11 import Attribute, ObjectClass

    for held in session.get_objects({Attribute.CLASS: ObjectClass.CERTIFICATE}):
        try:
            yield x509.load_der_x509_certificate(bytes(held[Attribute.VALUE]))
        except ValueError:
            continue  # a certificate of another kind


def _sign(place: TokenPlace, pin: str, data: bytes, mechanism: str, parameter: Any = None) -> bytes:
    import pkcs11

    with _session(place, pin) as session:
        key = _private_key(session, place)
        named = getattr(pkcs11.Mechanism, mechanism)
        asked = {"pin": pin} if key[pkcs11.Attribute.ALWAYS_AUTHENTICATE] else {}
        return bytes(key.sign(data, mechanism=named, mechanism_param=parameter, **asked))


def _kept() -> NoReturn:
    raise AppError("token.key_stays")


class TokenRsaKey(rsa.RSAPrivateKey):
    """An RSA key on a token: signs with PKCS#1 v1.5 or PSS and SHA-256, and nothing else."""

    def __init__(self, place: TokenPlace, pin: str, public: rsa.RSAPublicKey) -> None:
        self._place, self._pin, self._public = place, pin, public

    def sign(self, data: Any, padding: Any, algorithm: Any) -> bytes:
        """Return the token's signature; raises AppError ``token.…``."""
        assert isinstance(algorithm, SHA256)
        if isinstance(padding, _PSS):
            return _sign(self._place, self._pin, bytes(data), "SHA256_RSA_PKCS_PSS", _pss())
        return _sign(self._place, self._pin, bytes(data), "SHA256_RSA_PKCS")

    @property
    def key_size(self) -> int:
        """Its bits."""
        return self._public.key_size

    def public_key(self) -> rsa.RSAPublicKey:
        """Return the key that verifies."""
        return self._public

    def decrypt(self, ciphertext: Any, padding: Any) -> bytes:
        """Raise: it signs only."""
        _kept()

    def private_numbers(self) -> rsa.RSAPrivateNumbers:
        """Raise: the key stays on the token."""
        _kept()

    def private_bytes(self, encoding: Any, format: Any, encryption_algorithm: Any) -> bytes:  # noqa: A002 - cryptography's name
        """Raise: the key stays on the token."""
        _kept()

    def __copy__(self) -> "TokenRsaKey":
        return self

    def __deepcopy__(self, memo: dict[Any, Any]) -> "TokenRsaKey":
        return self


class TokenEcKey(ec.EllipticCurvePrivateKey):
    """A P-256 key on a token: signs with ECDSA and SHA-256, and nothing else."""

    def __init__(self, place: TokenPlace, pin: str, public: ec.EllipticCurvePublicKey) -> None:
        self._place, self._pin, self._public = place, pin, public

    def sign(self, data: Any, signature_algorithm: Any) -> bytes:
        """Return the token's signature; raises AppError ``token.…``."""
        from pkcs11.util.ec import encode_ecdsa_signature

        # The digest is made here: many tokens know no more than the bare ECDSA.
        digest = sha256(bytes(data)).digest()
        return bytes(encode_ecdsa_signature(_sign(self._place, self._pin, digest, "ECDSA")))

    @property
    def curve(self) -> ec.EllipticCurve:
        """Its curve."""
        return self._public.curve

    @property
    def key_size(self) -> int:
        """Its bits."""
        return self._public.key_size

    def public_key(self) -> ec.EllipticCurvePublicKey:
        """Return the key that verifies."""
        return self._public

    def exchange(self, algorithm: Any, peer_public_key: Any) -> bytes:
        """Raise: it signs only."""
        _kept()

    def private_numbers(self) -> ec.EllipticCurvePrivateNumbers:
        """Raise: the key stays on the token."""
        _kept()

    def private_bytes(self, encoding: Any, format: Any, encryption_algorithm: Any) -> bytes:  # noqa: A002 - cryptography's name
        """Raise: the key stays on the token."""
        _kept()

    def __copy__(self) -> "TokenEcKey":
        return self

    def __deepcopy__(self, memo: dict[Any, Any]) -> "TokenEcKey":
        return self


_PSS = padding.PSS


def _pss() -> Any:
    import pkcs11

    return (pkcs11.Mechanism.SHA256, pkcs11.MGF.SHA256, SHA256.digest_size)
