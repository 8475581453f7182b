"""Every kind of dossier before judges that we did not write, signature by signature.

PDFBox with BouncyCastle, OpenSSL (``cms`` and ``ts``), poppler, mupdf, qpdf and veraPDF.
"""

import json
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from asn1crypto import cms

from mlops_desktop.core.signature_levels import Level
from mlops_desktop.core.wording import Words
from mlops_desktop.dossier.build import build
from mlops_desktop.dossier.countersign import countersign
from mlops_desktop.dossier.levels import Means
from mlops_desktop.dossier.seal import seal
from mlops_desktop.outside.certificates import create_authority, issue_person, to_pem
from mlops_desktop.services import dossiers
from mlops_desktop.services.dossiers import Order, Period, Population, Scope
from mlops_desktop.services.dossiers.verification import export_authority
from mlops_desktop.services.wording import read_words
from tests.dossier.conftest import PLANNED, STATEMENT, statement_of
from tests.dossier.sample import at, content
from tests.services.steps import register
from tests.support.bank import Bank
from tests.support.trust_services import TimeAuthority

pytestmark = pytest.mark.peers

ROOT = Path(__file__).parents[2]
ENGINE = ROOT / ".cache/verapdf/bin/python"
SEALER = "Jonas Brandt"
_RANGE = re.compile(rb"/ByteRange \[(\d+) (\d+) (\d+) (\d+)\]")


@dataclass(frozen=True, slots=True)
class Kind:
    """A file, whom its verifier trusts, and how often it is signed and stamped."""

    path: Path
    roots: bytes
    signatures: int
    stamps: int = 0

    @property
    def count(self) -> int:
        return self.signatures + self.stamps


def _of_a_model(folder: Path, language: str, signers: int, level: Level | None) -> Kind:
    words: Words = read_words(language)
    authority = create_authority("Elbmark Bank AG", at("2026-01-01"))
    tsa = TimeAuthority(at("2026-01-01"))

    def means(hour: int) -> Means | None:
        return tsa.means(level, at(f"2026-10-01T{hour:02}:00:00"), authority) if level else None

    wanted = content(language)
    document = replace(wanted.document, signers=PLANNED[:signers])
    pdf = build(replace(wanted, document=document), words)
    sealer = issue_person(authority, STATEMENT.name, "p-0", at("2026-01-02"))
    pdf = seal(pdf, sealer, replace(STATEMENT, at=at("2026-10-01T07:00:00")), words, means(7))
    for place, one in enumerate(PLANNED[:signers], 1):
        who = issue_person(authority, one.name, f"p-{place}", at("2026-01-02"))
        said = statement_of(one, 7 + place)
        pdf = countersign(pdf, place, who, said, words, means(7 + place))
    path = folder / f"{language}-{signers}-{level.value if level else 'b'}.pdf"
    path.write_bytes(pdf)
    stamps = pdf.count(b"/ETSI.RFC3161")
    return Kind(path, to_pem(authority.certificate).encode() + tsa.pem, signers + 1, stamps)


@pytest.fixture(scope="module")
def of_models(tmp_path_factory: pytest.TempPathFactory) -> tuple[Kind, ...]:
    folder = tmp_path_factory.mktemp("kinds")
    wanted = (("en", 0, None), ("de", 2, None), ("en", 1, Level.T), ("de", 1, Level.LTA))
    return tuple(_of_a_model(folder, *one) for one in wanted)


@pytest.fixture
def of_banks(file_bank: Bank, tmp_path: Path) -> tuple[Kind, ...]:
    """A portfolio with each model, and a regulator's view."""
    for name in ("PD Mittelstand", "LGD Baufinanzierung"):
        register(file_bank, name=name)
    session, unlock = file_bank.as_(SEALER), file_bank.unlock(SEALER)
    roots = export_authority(session).encode()
    today = datetime.now(UTC).date()
    period = Period(today - timedelta(days=30), today)
    orders = {
        "portfolio": {"scope": Scope.PORTFOLIO, "population": Population(is_full=True)},
        "regulator": {"scope": Scope.REGULATOR, "profile": "osfi-e23", "period": period},
    }
    found = []
    for name, order in orders.items():
        path = tmp_path / f"{name}.pdf"
        dossiers.export_dossier(session, Order("", path, **order), unlock)  # type: ignore[arg-type]
        found.append(Kind(path, roots, 1))
    return tuple(found)


@pytest.fixture
def kinds(of_models: tuple[Kind, ...], of_banks: tuple[Kind, ...]) -> tuple[Kind, ...]:
    return (*of_models, *of_banks)


def run(*command: str | Path) -> str:
    done = subprocess.run([*map(str, command)], capture_output=True, check=False, timeout=300)
    return done.stdout.decode(errors="replace") + done.stderr.decode(errors="replace")


def ask(script: str, *told: str | Path) -> Any:
    """Return what a script in the engines' environment prints as JSON."""
    command = [str(ENGINE), str(ROOT / "tests/peers" / script), *map(str, told)]
    done = subprocess.run(command, capture_output=True, check=False, timeout=300)
    assert done.returncode == 0, done.stderr.decode(errors="replace")[-2000:]
    return json.loads(done.stdout)


def test_pdfbox_and_bouncycastle_find_every_signature_good(
    kinds: tuple[Kind, ...], tmp_path: Path
) -> None:
    changed = tmp_path / "changed.pdf"
    data = bytearray(kinds[1].path.read_bytes())
    data[data.index(b"urn:uuid:") + 12] ^= 1
    changed.write_bytes(data)
    files = [str(kind.path) for kind in kinds]
    told = ask("pdfbox.py", *files, changed)
    for kind in kinds:
        found = told[str(kind.path)]
        assert [one["valid"] for one in found] == [True] * kind.count, kind.path.name
        assert [one["kind"] for one in found].count("ETSI.RFC3161") == kind.stamps
        assert [one["whole"] for one in found].count(True) == 1
    assert [one["valid"] for one in told[str(changed)]] == [False] * kinds[1].count


def _signed(pdf: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield what each signature covers, and its CMS."""
    for first, before, after, rest in (map(int, one.groups()) for one in _RANGE.finditer(pdf)):
        held = bytes.fromhex(pdf[before + 1 : after - 1].decode())
        covered = pdf[first:before] + pdf[after : after + rest]
        yield covered, cms.ContentInfo.load(held).dump()


def test_openssl_finds_every_signature_and_time_stamp_good(
    kinds: tuple[Kind, ...], tmp_path: Path
) -> None:
    covered, held, roots = (tmp_path / name for name in ("covered", "held", "roots.pem"))
    told = []
    for kind in kinds:
        roots.write_bytes(kind.roots)
        for data, signature in _signed(kind.path.read_bytes()):
            covered.write_bytes(data)
            held.write_bytes(signature)
            told.append(_ask_openssl(covered, held, roots))
    assert told.count("cms") == sum(kind.signatures for kind in kinds)
    assert told.count("ts") == sum(kind.stamps for kind in kinds)


def _ask_openssl(covered: Path, held: Path, roots: Path) -> str:
    content = cms.ContentInfo.load(held.read_bytes())["content"]["encap_content_info"]
    if content["content_type"].native == "tst_info":
        asked: list[str | Path] = [
            "openssl",
            "ts",
            "-verify",
            "-in",
            held,
            "-token_in",
            "-data",
            covered,
        ]
        told = run(*asked, "-CAfile", roots)
        assert "Verification: OK" in told, told
        return "ts"
    command: list[str | Path] = [
        "openssl",
        "cms",
        "-verify",
        "-binary",
        "-inform",
        "DER",
        "-cades",
        "-in",
        held,
    ]
    command += ["-content", covered, "-CAfile", roots, "-purpose", "any", "-out", "/dev/null"]
    told = run(*command)
    assert "CAdES Verification successful" in told, told
    return "cms"


def test_poppler_mupdf_and_qpdf_agree(kinds: tuple[Kind, ...]) -> None:
    for kind in kinds:
        told = run("pdfsig", "-nocert", kind.path)
        assert told.count("Signature is Valid.") == kind.signatures, told
        told = run("mutool", "sign", "-v", kind.path)
        assert "invalid" not in told.lower(), told
        done = subprocess.run(["qpdf", "--check", kind.path], capture_output=True, check=False)
        assert done.returncode == 0, done.stdout.decode() + done.stderr.decode()


def test_verapdf_finds_them_archival(kinds: tuple[Kind, ...]) -> None:
    files = [str(kind.path) for kind in kinds]
    told = ask("verapdf.py", "3b", *files)
    assert told == {file: [] for file in files}
