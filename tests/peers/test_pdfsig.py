"""What judges that we did not write say of a sealed dossier: poppler's pdfsig and qpdf, openssl."""

import re
import subprocess
from pathlib import Path

import pytest
from asn1crypto import cms
from cryptography.hazmat.primitives.serialization import Encoding

from mlops_desktop.core.wording import Words
from mlops_desktop.dossier.build import build
from mlops_desktop.dossier.seal import seal
from mlops_desktop.dossier.stamp import Statement
from mlops_desktop.outside.certificates import create_authority, issue_person, to_pem
from mlops_desktop.outside.credentials import Credential
from mlops_desktop.services.wording import read_words
from tests.dossier.sample import at, content

pytestmark = pytest.mark.peers

MOMENT = at("2026-09-30T19:05:12")


@pytest.fixture(scope="module")
def authority() -> Credential:
    return create_authority("Elbmark Bank AG", at("2026-01-01"))


@pytest.fixture(scope="module", params=["en", "de"])
def dossier(request: pytest.FixtureRequest, authority: Credential) -> bytes:
    words: Words = read_words(request.param)
    signer = issue_person(authority, "Dr. Katrin Feddersen", "p-1", at("2026-01-02"))
    said = Statement("Dr. Katrin Feddersen", "risk_manager", "Ausgegeben.", MOMENT)
    return seal(build(content(request.param), words), signer, said, words)


@pytest.fixture
def file(dossier: bytes, tmp_path: Path) -> Path:
    path = tmp_path / "dossier.pdf"
    path.write_bytes(dossier)
    return path


def run(*command: str | Path) -> str:
    done = subprocess.run([str(part) for part in command], capture_output=True, check=False)
    return done.stdout.decode() + done.stderr.decode()


def test_pdfsig_finds_signature_and_digest_good(file: Path) -> None:
    told = run("pdfsig", "-nocert", file)
    assert "Signature Validation: Signature is Valid." in told
    assert "Total document signed" in told
    assert "Signature Type: ETSI.CAdES.detached" in told
    assert "Signing Hash Algorithm: SHA-256" in told
    assert "Signer Certificate Common Name: Dr. Katrin Feddersen" in told


def test_pdfsig_trusts_the_signer_once_it_knows_the_authority(
    file: Path, authority: Credential, tmp_path: Path
) -> None:
    database = tmp_path / "nss"
    database.mkdir()
    root = tmp_path / "root.pem"
    root.write_text(to_pem(authority.certificate), "ascii")
    run("certutil", "-N", "-d", f"sql:{database}", "--empty-password")
    run("certutil", "-A", "-d", f"sql:{database}", "-n", "root", "-t", "CT,C,C", "-a", "-i", root)
    assert "Certificate is Trusted" in run("pdfsig", "-nssdir", f"sql:{database}", file)


def test_pdfsig_sees_a_changed_byte(file: Path) -> None:
    damaged = bytearray(file.read_bytes())
    place = damaged.index(b"stream") + 200
    damaged[place] ^= 1
    file.write_bytes(damaged)
    assert "Signature is Valid" not in run("pdfsig", "-nocert", file)


def test_pdfdetach_gives_the_facts_out(file: Path, dossier: bytes, tmp_path: Path) -> None:
    run("pdfdetach", "-saveall", "-o", tmp_path, file)
    assert (tmp_path / "evidence.json").read_bytes().startswith(b'{"document":')
    assert (tmp_path / "ledger-extract.jsonl").is_file()


def test_qpdf_finds_the_file_sound(file: Path) -> None:
    told = run("qpdf", "--check", file)
    assert "No syntax or stream encoding errors found" in told


def test_openssl_verifies_the_signature_alone(
    file: Path, authority: Credential, tmp_path: Path
) -> None:
    pdf = file.read_bytes()
    found = re.findall(rb"/ByteRange \[(\d+) (\d+) (\d+) (\d+)", pdf)[-1]
    start, length, second, rest = (int(number) for number in found)
    signed = pdf[start : start + length] + pdf[second : second + rest]
    held = bytes.fromhex(pdf[length + 1 : second - 1].decode())
    paths = {name: tmp_path / name for name in ("content", "signature", "root.pem")}
    paths["content"].write_bytes(signed)
    paths["signature"].write_bytes(cms.ContentInfo.load(held).dump())
    paths["root.pem"].write_bytes(authority.certificate.public_bytes(Encoding.PEM))
    command = ["openssl", "cms", "-verify", "-binary", "-inform", "DER", "-cades"]
    command += ["-in", str(paths["signature"]), "-content", str(paths["content"])]
    command += ["-CAfile", str(paths["root.pem"]), "-purpose", "any", "-out", "/dev/null"]
    assert "CAdES Verification successful" in run(*command)
