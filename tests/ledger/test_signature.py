"""A person's signature covers what was shown, and fails with the reason when anything differs."""

from dataclasses import replace

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding

from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.registry import Signature
from mlops_desktop.ledger.body import Tree, encode
from mlops_desktop.ledger.encoding import from_base64, to_base64
from mlops_desktop.ledger.signature import payload_of, sign, verify
from mlops_desktop.outside.certificates import to_pem
from mlops_desktop.outside.credentials import Credential
from tests.ledger.conftest import AT

_PAYLOAD: dict[str, Tree] = {
    "workspace": "w1",
    "data": {"decision": "approve", "seen": {"size": 17, "root": "ab" * 32}},
}


@pytest.fixture(params=["p256_signer", "rsa_signer"])
def signer(request: pytest.FixtureRequest) -> Credential:
    credential: Credential = request.getfixturevalue(request.param)
    return credential


def _code(payload: Tree, signature: Signature, certificate: x509.Certificate | str) -> str:
    with pytest.raises(AppError) as refused:
        verify(payload, signature, certificate)
    return refused.value.code


def test_a_signature_is_good_by_its_certificate_in_every_form(signer: Credential) -> None:
    signature = sign(_PAYLOAD, signer)
    verify(_PAYLOAD, signature, signer.certificate)
    verify(_PAYLOAD, signature, to_pem(signer.certificate))
    verify(_PAYLOAD, signature, signer.certificate.public_bytes(Encoding.DER))


def test_every_flipped_bit_of_the_payload_is_found(p256_signer: Credential) -> None:
    signature = sign("decision", p256_signer)
    for bit in range(len("decision") * 8):
        changed = bytearray(b"decision")
        changed[bit // 8] ^= 1 << bit % 8
        assert _code(changed.decode("latin-1"), signature, p256_signer.certificate) == (
            "signature.wrong"
        )


def test_every_flipped_bit_of_the_signature_is_found(signer: Credential) -> None:
    signature = sign(_PAYLOAD, signer)
    value = from_base64(signature.value)
    step = 1 if len(value) < 100 else 13
    for bit in range(0, len(value) * 8, step):
        changed = bytearray(value)
        changed[bit // 8] ^= 1 << bit % 8
        forged = replace(signature, value=to_base64(bytes(changed)))
        assert _code(_PAYLOAD, forged, signer.certificate) == "signature.wrong"


def test_each_failed_check_has_its_code(p256_signer: Credential, rsa_signer: Credential) -> None:
    good = sign(_PAYLOAD, p256_signer)
    mine = p256_signer.certificate
    assert _code(_PAYLOAD, good, rsa_signer.certificate) == "signature.certificate_differs"
    assert _code(_PAYLOAD, replace(good, value="AR=="), mine) == "signature.malformed"
    assert _code(_PAYLOAD, replace(good, value="ä"), mine) == "signature.malformed"
    assert _code(_PAYLOAD, replace(good, algorithm="none"), mine) == "signature.algorithm_unfit"
    other = replace(good, algorithm="rsa-pss-sha256")
    assert _code(_PAYLOAD, other, mine) == "signature.algorithm_unfit"
    assert _code(_PAYLOAD, good, "junk") == "certificate.unreadable"
    assert _code({**_PAYLOAD, "workspace": "w2"}, good, mine) == "signature.wrong"


def test_a_signature_without_the_domain_does_not_count(p256_signer: Credential) -> None:
    key = p256_signer.private
    assert isinstance(key, ec.EllipticCurvePrivateKey)
    plain = to_base64(key.sign(encode(_PAYLOAD), ec.ECDSA(SHA256())))
    forged = replace(sign(_PAYLOAD, p256_signer), value=plain)
    assert _code(_PAYLOAD, forged, p256_signer.certificate) == "signature.wrong"


def test_a_weak_key_does_not_count_even_if_it_signed_well() -> None:
    key = ec.generate_private_key(ec.SECP384R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "weak")])
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name)
    builder = builder.public_key(key.public_key()).serial_number(1)
    weak = builder.not_valid_before(AT).not_valid_after(AT.replace(year=2027)).sign(key, SHA256())
    signature = sign(_PAYLOAD, Credential(key, weak))
    assert _code(_PAYLOAD, signature, weak) == "public_key.curve_refused"


def test_the_payload_is_the_whole_event_but_its_id() -> None:
    body: dict[str, Tree] = {**_PAYLOAD, "id": "e1", "signature": {"value": "…"}}
    assert payload_of(body) == _PAYLOAD
