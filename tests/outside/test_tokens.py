"""Keys on tokens, against a module played in Python; SoftHSM's own is asked in tests/peers."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pkcs11
import pytest
from asn1crypto.core import OctetString
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa, utils
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from pkcs11 import Attribute, KeyType, ObjectClass

from mlops_desktop.core.errors import AppError
from mlops_desktop.ledger import signature
from mlops_desktop.outside import person_keys
from mlops_desktop.outside.certificates import (
    create_authority,
    issue_person,
    new_p256_key,
    new_rsa_key,
)
from mlops_desktop.outside.credentials import PrivateKey, write_pkcs12
from mlops_desktop.outside.tokens import TokenPlace, open_token
from tests.dossier.sample import at

PLACE, PIN = TokenPlace("/opt/maker.so", "card", "sign"), "135790"
P256 = bytes.fromhex("06082a8648ce3d030107")


@dataclass
class Played:
    """One token with one key: as a module, a token and a session at once."""

    key: PrivateKey
    refusal: Exception | None = None
    certificates: tuple[bytes, ...] = ()
    signed: list[str] = field(default_factory=list)
    key_type: KeyType = KeyType.RSA
    id: bytes = b"\1"

    def get_token(self, token_label: str) -> "Played":
        if token_label != PLACE.token:
            raise pkcs11.NoSuchToken
        return self

    @contextmanager
    def open(self, user_pin: str) -> Iterator["Played"]:
        if self.refusal is not None:
            raise self.refusal
        if user_pin != PIN:
            raise pkcs11.PinIncorrect
        yield self

    def get_key(self, object_class: ObjectClass, label: str, id: bytes = b"") -> "Played":
        if label != PLACE.key:
            raise pkcs11.NoSuchKey
        return self

    def get_objects(self, asked: dict[Attribute, Any]) -> list[dict[Attribute, bytes]]:
        return [{Attribute.VALUE: one} for one in (*self.certificates, b"no certificate")]

    def __getitem__(self, name: Attribute) -> Any:
        public: Any = self.key.public_key()
        if name is Attribute.EC_POINT:
            point = public.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
            return OctetString(point).dump()
        if name is Attribute.MODULUS:
            return public.public_numbers().n.to_bytes(384, "big")
        told = {Attribute.PUBLIC_EXPONENT: b"\1\0\1", Attribute.EC_PARAMS: P256}
        return told.get(name, False)

    def sign(self, data: bytes, mechanism: pkcs11.Mechanism, mechanism_param: Any) -> bytes:
        self.signed.append(mechanism.name)
        if isinstance(self.key, ec.EllipticCurvePrivateKey):
            der = self.key.sign(data, ec.ECDSA(utils.Prehashed(SHA256())))
            return b"".join(part.to_bytes(32, "big") for part in utils.decode_dss_signature(der))
        pss = padding.PSS(padding.MGF1(SHA256()), 32)
        chosen = pss if mechanism_param is not None else padding.PKCS1v15()
        return self.key.sign(data, chosen, SHA256())


def plug_in(monkeypatch: pytest.MonkeyPatch, played: Played) -> Played:
    if isinstance(played.key, ec.EllipticCurvePrivateKey):
        played.key_type = KeyType.EC
    monkeypatch.setattr(pkcs11, "lib", lambda path: played)
    return played


@pytest.mark.parametrize("make", [new_rsa_key, new_p256_key])
def test_decisions_are_signed_on_the_token_and_verify(
    monkeypatch: pytest.MonkeyPatch, make: Any
) -> None:
    played = plug_in(monkeypatch, Played(make()))
    authority = create_authority("Kartenstelle", at("2026-01-01"))
    found = open_token(PLACE, PIN)
    assert found.credential is None
    person = issue_person(authority, "Karla Karte", "k", at("2026-01-02"), found.private)
    signed = signature.sign({"decision": "approve"}, person)
    signature.verify({"decision": "approve"}, signed, person.certificate)
    is_rsa = isinstance(played.key, rsa.RSAPrivateKey)
    assert played.signed == ["SHA256_RSA_PKCS_PSS" if is_rsa else "ECDSA"]
    with pytest.raises(AppError, match=r"token\.key_stays"):
        write_pkcs12(person, "a long enough passphrase", "k")


def test_a_certificate_beside_the_key_and_its_issuers_come_along(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    authority = create_authority("Kartenstelle", at("2026-01-01"))
    person = issue_person(authority, "Karla Karte", "k", at("2026-01-02"), key := new_p256_key())
    held = (authority.certificate, person.certificate)
    der = tuple(one.public_bytes(Encoding.DER) for one in held)
    plug_in(monkeypatch, Played(key, certificates=der))
    found = open_token(PLACE, PIN).credential
    assert found is not None
    assert (found.certificate, found.chain) == (person.certificate, (authority.certificate,))


FAULTS = [
    (pkcs11.PinLocked(), "token.pin_locked"),
    (pkcs11.PinExpired(), "token.pin_locked"),
    (pkcs11.DeviceRemoved(), "token.away"),
    (pkcs11.TokenNotPresent(), "token.away"),
    (pkcs11.MultipleTokensReturned(), "token.ambiguous"),
    (pkcs11.MechanismInvalid(), "token.mechanism_unknown"),
    (pkcs11.GeneralError(), "token.failed"),
]


@pytest.mark.parametrize(("fault", "code"), FAULTS, ids=[type(one).__name__ for one, _ in FAULTS])
def test_every_fault_of_a_token_has_its_name(
    monkeypatch: pytest.MonkeyPatch, fault: Exception, code: str
) -> None:
    played = plug_in(monkeypatch, Played(new_p256_key()))
    key = open_token(PLACE, PIN).private
    played.refusal = fault
    with pytest.raises(AppError) as refused:
        open_token(PLACE, PIN)
    assert (refused.value.code, PIN in str(refused.value)) == (code, False)
    assert isinstance(key, ec.EllipticCurvePrivateKey)
    with pytest.raises(AppError, match=code):
        key.sign(b"decision", ec.ECDSA(SHA256()))


def test_wrong_pins_labels_and_libraries_are_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(AppError, match=r"token\.library_missing"):
        open_token(TokenPlace("/nowhere/maker.so", "card", "sign"), PIN)
    plug_in(monkeypatch, Played(new_p256_key()))
    rows = (
        (TokenPlace("m", "other", "sign"), PIN, r"token\.not_found"),
        (TokenPlace("m", "card", "other"), PIN, r"token\.no_key"),
        (PLACE, "000000", r"token\.pin_wrong"),
    )
    for place, pin, code in rows:
        with pytest.raises(AppError, match=code):
            open_token(place, pin)


def test_weak_keys_of_a_token_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    weak = rsa.generate_private_key(65537, 2048)
    plug_in(monkeypatch, Played(weak))
    with pytest.raises(AppError, match=r"public_key\.rsa_too_short"):
        open_token(PLACE, PIN)


def test_a_profile_remembers_the_token_and_another_key_on_it_is_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("MLOPS_DESKTOP_HOME", str(tmp_path))
    authority = create_authority("Kartenstelle", at("2026-01-01"))
    played = plug_in(monkeypatch, Played(new_p256_key()))
    made = issue_person(
        authority, "Karla Karte", "k", at("2026-01-02"), open_token(PLACE, PIN).private
    )
    before = issue_person(authority, "Karla Karte", "k", at("2026-01-02"))
    person_keys.store_person_key("w", "k", before, "a long enough passphrase")
    person_keys.store_token("w", "k", PLACE, made)
    assert person_keys.has_person_key("w", "k")
    assert person_keys.find_token("w", "k") == PLACE
    assert person_keys.unlock("w", "k", PIN).certificate == made.certificate
    with pytest.raises(AppError, match=r"token\.pin_wrong"):
        person_keys.unlock("w", "k", "000000")
    assert person_keys.count_failures("w", "k") == 0
    played.key = new_p256_key()
    with pytest.raises(AppError, match=r"token\.other_key"):
        person_keys.unlock("w", "k", PIN)
