"""Key files: ours, an organisation's, and those that must be refused with the right reason."""

import shutil
import subprocess
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ed25519
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12

from mlops_desktop.core.errors import AppError
from mlops_desktop.outside.certificates import create_authority, issue_person, new_p256_key
from mlops_desktop.outside.credentials import Credential, read_pkcs12, write_pkcs12
from tests.outside.conftest import AT

_SECRET = "Fünf gewinnt"


@pytest.mark.parametrize("fixture", ["person", "rsa_person"])
def test_a_key_file_comes_back(fixture: str, request: pytest.FixtureRequest) -> None:
    credential: Credential = request.getfixturevalue(fixture)
    again = read_pkcs12(write_pkcs12(credential, _SECRET, "label"), _SECRET)
    assert again == credential
    assert again.private.private_numbers() == credential.private.private_numbers()


def test_the_key_is_not_shown(person: Credential) -> None:
    assert "private" not in repr(person)


def test_wrong_passphrases_and_damaged_files_are_told_apart(person: Credential) -> None:
    data = write_pkcs12(person, _SECRET, "label")
    assert _code(data, "Fünf verliert") == "passphrase.wrong"
    assert _code(data, "") == "passphrase.wrong"
    assert _code(data[:-5], _SECRET) == "key_file.unreadable"
    assert _code(b"", _SECRET) == "key_file.unreadable"
    assert _code(b"-----BEGIN", _SECRET) == "key_file.unreadable"


def test_a_short_passphrase_writes_nothing(person: Credential) -> None:
    with pytest.raises(AppError, match=r"passphrase\.too_short"):
        write_pkcs12(person, "1234567", "label")


def test_files_without_what_signing_needs_are_refused(person: Credential) -> None:
    lock = BestAvailableEncryption(_SECRET.encode())
    other = ed25519.Ed25519PrivateKey.generate()
    for data, code in (
        (pkcs12.serialize_key_and_certificates(None, other, None, None, lock), "key_file.no_key"),
        (
            pkcs12.serialize_key_and_certificates(None, None, person.certificate, None, lock),
            "key_file.no_key",
        ),
        (
            pkcs12.serialize_key_and_certificates(None, new_p256_key(), None, None, lock),
            "key_file.no_certificate",
        ),
    ):
        assert _code(data, _SECRET) == code


def test_an_organisations_chain_is_kept_from_the_nearest_up(person: Credential) -> None:
    root = create_authority("Root", AT, new_p256_key())
    middle = issue_person(root, "Middle", "ca", AT, new_p256_key())
    signer = issue_person(middle, "Signer", "p1", AT, new_p256_key())
    stray = person.certificate
    data = pkcs12.serialize_key_and_certificates(
        None,
        signer.private,
        signer.certificate,
        [stray, root.certificate, middle.certificate],
        BestAvailableEncryption(_SECRET.encode()),
    )
    assert read_pkcs12(data, _SECRET).chain == (middle.certificate, root.certificate, stray)


@pytest.mark.skipif(not shutil.which("openssl"), reason="needs the openssl program")
def test_openssl_reads_our_file_and_we_read_its(person: Credential, tmp_path: Path) -> None:
    ours, pem, theirs = (tmp_path / name for name in ("ours.p12", "all.pem", "theirs.p12"))
    ours.write_bytes(write_pkcs12(person, _SECRET, "label"))
    secret = f"pass:{_SECRET}"
    _openssl("pkcs12", "-in", ours, "-passin", secret, "-nodes", "-out", pem)
    _openssl("pkcs12", "-export", "-in", pem, "-passout", secret, "-out", theirs)
    assert read_pkcs12(theirs.read_bytes(), _SECRET) == person


def _openssl(*arguments: str | Path) -> None:
    subprocess.run(["openssl", *arguments], check=True, capture_output=True, timeout=60)


def _code(data: bytes, passphrase: str) -> str:
    with pytest.raises(AppError) as refused:
        read_pkcs12(data, passphrase)
    return refused.value.code
