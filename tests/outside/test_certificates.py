"""What is issued here holds before a foreign judge: cryptography's own path validation."""

from datetime import timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import verification
from cryptography.x509.oid import ExtensionOID, NameOID

from mlops_desktop.core.errors import AppError
from mlops_desktop.outside.certificates import (
    check_may_sign,
    create_authority,
    fingerprint,
    issue_person,
    new_p256_key,
    read_certificate,
    to_pem,
)
from mlops_desktop.outside.credentials import Credential
from tests.outside.conftest import AT


def test_a_person_is_named_and_may_only_sign(person: Credential) -> None:
    certificate = person.certificate
    assert _subject(certificate, NameOID.COMMON_NAME) == "Dr. Aylin Yıldız"
    assert _subject(certificate, NameOID.SERIAL_NUMBER) == "0197f3c2-7d1e"
    usage = certificate.extensions.get_extension_for_class(x509.KeyUsage)
    assert usage.critical
    assert usage.value.digital_signature
    assert usage.value.content_commitment
    assert not usage.value.key_cert_sign
    basic = certificate.extensions.get_extension_for_class(x509.BasicConstraints)
    assert (basic.critical, basic.value.ca) == (True, False)
    purposes = certificate.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    assert "1.3.6.1.5.5.7.3.36" in [purpose.dotted_string for purpose in purposes]


def test_the_authority_issued_the_person(authority: Credential, person: Credential) -> None:
    person.certificate.verify_directly_issued_by(authority.certificate)
    assert person.chain == (authority.certificate,)
    issuer = authority.certificate.extensions
    own = issuer.get_extension_for_class(x509.SubjectKeyIdentifier).value.key_identifier
    named = person.certificate.extensions.get_extension_for_oid(
        ExtensionOID.AUTHORITY_KEY_IDENTIFIER
    ).value
    assert isinstance(named, x509.AuthorityKeyIdentifier)
    assert named.key_identifier == own
    assert issuer.get_extension_for_class(x509.BasicConstraints).value.path_length == 0


def test_path_validation_accepts_the_pair(authority: Credential, rsa_person: Credential) -> None:
    store = verification.Store([authority.certificate])
    anyone = verification.ExtensionPolicy.permit_all()
    issuers = verification.ExtensionPolicy.webpki_defaults_ca()
    builder = verification.PolicyBuilder().store(store).time(AT + timedelta(days=1))
    builder = builder.extension_policies(ca_policy=issuers, ee_policy=anyone)
    chain = builder.build_client_verifier().verify(rsa_person.certificate, []).chain
    assert chain == [rsa_person.certificate, authority.certificate]


def test_lifetimes(authority: Credential, person: Credential) -> None:
    assert person.certificate.not_valid_before_utc == AT
    assert person.certificate.not_valid_after_utc.date() >= AT.date().replace(year=2029, day=30)
    assert authority.certificate.not_valid_after_utc.year == 2036
    late = AT + timedelta(days=9 * 365)
    heir = issue_person(authority, "Lena Hofmann", "p2", late, new_p256_key())
    assert heir.certificate.not_valid_after_utc == authority.certificate.not_valid_after_utc


def test_the_default_key_is_rsa_of_3072_bits(rsa_person: Credential) -> None:
    key = create_authority("Authority", AT).private
    assert key.key_size == rsa_person.private.key_size == 3072


@pytest.mark.parametrize("name", ["", "  ", "x" * 65, "line\nbreak", "\u202eright"])
def test_names_that_cannot_be_printed_are_refused(authority: Credential, name: str) -> None:
    with pytest.raises(AppError, match=r"certificate\.name_refused"):
        issue_person(authority, name, "p1", AT, new_p256_key())


def test_weak_keys_get_no_certificate(authority: Credential) -> None:
    with pytest.raises(AppError, match=r"public_key\.curve_refused"):
        issue_person(authority, "Name", "p1", AT, ec.generate_private_key(ec.SECP384R1()))
    with pytest.raises(AppError, match=r"public_key\.curve_refused"):
        create_authority("Name", AT, ec.generate_private_key(ec.SECP521R1()))


def test_both_text_forms_are_read(person: Credential) -> None:
    pem = to_pem(person.certificate)
    assert read_certificate(pem) == read_certificate(pem.encode()) == person.certificate
    der = person.certificate.public_bytes(Encoding.DER)
    assert read_certificate(der) == person.certificate
    for junk in ("", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", der[:-1]):
        with pytest.raises(AppError, match=r"certificate\.unreadable"):
            read_certificate(junk)


def test_the_fingerprint_is_that_of_openssl(person: Credential) -> None:
    assert fingerprint(person.certificate) == person.certificate.fingerprint(SHA256()).hex()


def test_who_may_sign_when(authority: Credential, person: Credential) -> None:
    check_may_sign(person.certificate, AT)
    with pytest.raises(AppError, match=r"certificate\.expired"):
        check_may_sign(person.certificate, AT + timedelta(days=1100))
    with pytest.raises(AppError, match=r"certificate\.not_yet_valid"):
        check_may_sign(person.certificate, AT - timedelta(seconds=1))
    with pytest.raises(AppError, match=r"certificate\.unfit"):
        check_may_sign(authority.certificate, AT)


def _subject(certificate: x509.Certificate, oid: x509.ObjectIdentifier) -> str | bytes:
    return certificate.subject.get_attributes_for_oid(oid)[0].value


@pytest.mark.filterwarnings("ignore:Parsed a serial number")
def test_a_damaged_certificate_is_refused_when_it_is_read_or_can_be_used(
    person: Credential,
) -> None:
    whole = person.certificate.public_bytes(Encoding.DER)
    refused = 0
    for bit in range(len(whole) * 8):
        damaged = bytearray(whole)
        damaged[bit // 8] ^= 1 << bit % 8
        try:
            check_may_sign(read_certificate(bytes(damaged)), AT)
        except AppError:
            refused += 1
    assert refused
