"""What judges that we did not write say of levels above B-B: openssl, poppler, veraPDF, mutool."""

import json
import re
import subprocess
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from asn1crypto import cms
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.pdf_utils.reader import PdfFileReader

from mlops_desktop.core.signature_levels import Level
from mlops_desktop.dossier.build import build
from mlops_desktop.dossier.content import Signer
from mlops_desktop.dossier.countersign import countersign
from mlops_desktop.dossier.lifting import lift
from mlops_desktop.dossier.seal import seal
from mlops_desktop.dossier.stamp import Statement
from mlops_desktop.dossier.verify import verify
from mlops_desktop.outside.certificates import create_authority, issue_person
from mlops_desktop.outside.credentials import Credential
from mlops_desktop.services.wording import read_words
from tests.dossier.sample import at, content
from tests.support.trust_services import TimeAuthority

pytestmark = pytest.mark.peers

ROOT = Path(__file__).parents[2]
ENGINE = ROOT / ".cache/verapdf/bin/python"
SIGNED, LATER, NOW = (
    at("2026-09-30T19:05:12"),
    at("2026-11-20T09:00:00"),
    at("2026-11-23T09:00:00"),
)


@pytest.fixture(scope="module")
def authority() -> Credential:
    return create_authority("Elbmark Bank AG", at("2026-01-01"))


@pytest.fixture(scope="module")
def tsa() -> TimeAuthority:
    return TimeAuthority(at("2026-01-01"))


@pytest.fixture(scope="module")
def files(
    authority: Credential, tsa: TimeAuthority, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Path]:
    """Return a dossier sealed at each level, and one counter-signed and lifted since."""
    words, folder = read_words("de"), tmp_path_factory.mktemp("levels")
    wanted = content("de")
    document = replace(wanted.document, signers=(Signer("Jonas Brandt", "validator"),))
    draft = build(replace(wanted, document=document), words)
    names = ("Dr. Katrin Feddersen", "Jonas Brandt")
    keys = [issue_person(authority, one, f"p-{one[:2]}", at("2026-01-02")) for one in names]
    said = [Statement(one, "validator", "Gelesen.", SIGNED) for one in names]
    made = {
        level.value: seal(draft, keys[0], said[0], words, tsa.means(level, SIGNED, authority))
        for level in (Level.T, Level.LT, Level.LTA)
    }
    signed = countersign(made["lta"], 1, keys[1], said[1], words)
    roots = tsa.pem + authority.certificate.public_bytes(Encoding.PEM)
    known = verify(signed, roots, NOW).signatures
    made["lifted"] = lift(signed, tsa.means(Level.LTA, LATER, authority), known)
    for name, pdf in made.items():
        (folder / f"{name}.pdf").write_bytes(pdf)
    return {name: folder / f"{name}.pdf" for name in made}


def run(*command: str | Path) -> str:
    done = subprocess.run([str(part) for part in command], capture_output=True, check=False)
    return done.stdout.decode() + done.stderr.decode()


@pytest.fixture(scope="module")
def roots(
    authority: Credential, tsa: TimeAuthority, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    path = tmp_path_factory.mktemp("roots") / "roots.pem"
    path.write_bytes(tsa.pem + authority.certificate.public_bytes(Encoding.PEM))
    return path


def test_openssl_verifies_every_signature_and_every_time_stamp(
    files: dict[str, Path], roots: Path, tmp_path: Path
) -> None:
    counted = {name: judge(file.read_bytes(), roots, tmp_path) for name, file in files.items()}
    assert counted == {"t": (1, 1), "lt": (1, 1), "lta": (1, 2), "lifted": (2, 3)}


def judge(pdf: bytes, roots: Path, folder: Path) -> tuple[int, int]:
    """Let openssl check all it finds; return how many signatures and time stamps held."""
    signatures = stamps = 0
    held, data = folder / "held", folder / "data"
    for one in PdfFileReader(BytesIO(pdf)).embedded_signatures:
        start, length, second, rest = (int(number) for number in one.byte_range)
        der = cms.ContentInfo.load(one.pkcs7_content).dump()
        held.write_bytes(der)
        data.write_bytes(pdf[start : start + length] + pdf[second : second + rest])
        if one.sig_object_type == "/DocTimeStamp":
            stamps += stamp_holds(held, data, roots)
            continue
        told = run(
            "openssl", "cms", "-verify", "-binary", "-inform", "DER", "-cades", "-in", held,
            "-content", data, "-CAfile", roots, "-purpose", "any", "-out", "/dev/null",
        )  # fmt: skip
        signatures += "CAdES Verification successful" in told
        for attribute in one.signer_info["unsigned_attrs"] or ():
            held.write_bytes(attribute["values"][0].dump())
            data.write_bytes(one.signer_info["signature"].native)
            stamps += stamp_holds(held, data, roots)
    return signatures, stamps


def stamp_holds(token: Path, data: Path, roots: Path) -> bool:
    told = run(
        "openssl", "ts", "-verify", "-in", token, "-token_in", "-data", data, "-CAfile", roots
    )
    return "Verification: OK" in told


def test_openssl_sees_a_time_stamp_over_something_else(
    files: dict[str, Path], roots: Path, tmp_path: Path
) -> None:
    pdf = bytearray(files["lifted"].read_bytes())
    pdf[200] ^= 1
    signatures, stamps = judge(bytes(pdf), roots, tmp_path)
    assert (signatures, stamps) == (0, 1)


@pytest.mark.parametrize("flavour", ["3b", "3a", "ua1"])
def test_verapdf_finds_no_rule_broken_at_any_level(files: dict[str, Path], flavour: str) -> None:
    command = [
        str(ENGINE),
        str(ROOT / "tests/peers/verapdf.py"),
        flavour,
        *map(str, files.values()),
    ]
    done = subprocess.run(command, capture_output=True, check=False, timeout=200)
    assert done.returncode == 0, done.stderr.decode()[-2000:]
    assert json.loads(done.stdout) == {str(file): [] for file in files.values()}


def test_pdfsig_finds_every_signature_valid(files: dict[str, Path]) -> None:
    for name, file in files.items():
        told = run("pdfsig", "-nocert", file)
        wanted = 2 if name == "lifted" else 1
        assert told.count("Signature Validation: Signature is Valid.") == wanted, told
        assert "Total document signed" in told


def test_rsa_keeps_the_version_and_qpdf_finds_no_fault(files: dict[str, Path]) -> None:
    for file in files.values():
        pdf = file.read_bytes()
        assert pdf.startswith(b"%PDF-1.7")
        assert not re.search(rb"/Version\s*/2", pdf)
        done = subprocess.run(["qpdf", "--check", file], capture_output=True, check=False)
        assert done.returncode == 0, done.stdout.decode() + done.stderr.decode()
