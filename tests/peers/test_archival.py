"""What judges that we did not write say of the archival form, sealed and countersigned."""

import json
import subprocess
import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest

from mlops_desktop.dossier.board import build_board
from mlops_desktop.dossier.build import build
from mlops_desktop.dossier.content import DossierContent, Signer
from mlops_desktop.dossier.countersign import countersign
from mlops_desktop.dossier.evidence import facts_digest
from mlops_desktop.dossier.render import render_pages
from mlops_desktop.dossier.seal import seal
from mlops_desktop.dossier.stamp import Statement
from mlops_desktop.outside.certificates import create_authority, issue_person
from mlops_desktop.services.wording import read_words
from tests.dossier.board import board
from tests.dossier.sample import at, content
from tests.dossier.scripts import NAMES, SEALER, content_in_scripts

pytestmark = pytest.mark.peers

ROOT = Path(__file__).parents[2]
ENGINE = ROOT / ".cache/verapdf/bin/python"
_DIRECTIONS = dict.fromkeys(map(ord, "\u200e\u200f\u202a\u202b\u202c\u202d\u202e"))
SIGNERS = (Signer("Jonas Brandt", "validator"), Signer("Miriam Sander", "compliance_officer"))


def _signed(
    wanted: DossierContent, bank: str = "Elbmark Bank AG", sealer: str = "Dr. Katrin Feddersen"
) -> bytes:
    """Return a dossier with seal, one counter-signature and one place that is still empty."""
    words = read_words(wanted.document.language)
    authority = create_authority(bank, at("2026-01-01"))
    pdf = build(wanted, words)
    for place, name in enumerate((sealer, wanted.document.signers[0].name)):
        credential = issue_person(authority, name, f"p-{place}", at("2026-01-02"))
        said = Statement(name, "risk_manager", "Gelesen.", at("2026-09-30T19:05:12"))
        if place:
            pdf = countersign(pdf, place, credential, said, words)
        else:
            pdf = seal(pdf, credential, said, words)
    return pdf


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, ...]:
    folder = tmp_path_factory.mktemp("archival")
    found = tuple(folder / f"{language}.pdf" for language in ("en", "de"))
    for file in found:
        wanted = content(file.stem)
        file.write_bytes(
            _signed(replace(wanted, document=replace(wanted.document, signers=SIGNERS)))
        )
    return found


@pytest.fixture(scope="module")
def scripts(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, ...]:
    """Both languages with names in every script, wherever a name can stand."""
    folder = tmp_path_factory.mktemp("scripts")
    found = tuple(folder / f"{language}.pdf" for language in ("en", "de"))
    for file in found:
        file.write_bytes(_signed(content_in_scripts(file.stem), "בנק GROẞBANK 零售", SEALER))
    return found


def _broken(flavour: str, *files: Path) -> dict[str, list[str]]:
    command = [str(ENGINE), str(ROOT / "tests/peers/verapdf.py"), flavour, *map(str, files)]
    done = subprocess.run(command, capture_output=True, check=False, timeout=200)
    assert done.returncode == 0, done.stderr.decode()[-2000:]
    told: dict[str, list[str]] = json.loads(done.stdout)
    return told


@pytest.fixture(scope="module")
def boards(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, ...]:
    """The report to the board, an unsigned draft."""
    folder = tmp_path_factory.mktemp("boards")
    found = tuple(folder / f"{language}.pdf" for language in ("en", "de"))
    for file in found:
        file.write_bytes(build_board(board(file.stem), read_words(file.stem)))
    return found


@pytest.mark.parametrize("flavour", ["3b", "3a", "ua1"])
def test_verapdf_finds_no_rule_broken_in_a_board_report(
    boards: tuple[Path, ...], flavour: str
) -> None:
    assert _broken(flavour, *boards) == {str(file): [] for file in boards}


@pytest.mark.parametrize("flavour", ["3b", "3a", "ua1"])
def test_verapdf_finds_no_rule_broken(files: tuple[Path, ...], flavour: str) -> None:
    assert _broken(flavour, *files) == {str(file): [] for file in files}


@pytest.mark.parametrize("flavour", ["3b", "3a", "ua1"])
def test_verapdf_finds_no_rule_broken_by_names_in_any_script(
    scripts: tuple[Path, ...], flavour: str
) -> None:
    assert _broken(flavour, *scripts) == {str(file): [] for file in scripts}


@pytest.mark.parametrize(
    "command", [("pdftotext", "{}", "-"), ("mutool", "draw", "-F", "text", "{}")]
)
def test_others_copy_out_names_in_every_script(
    scripts: tuple[Path, ...], command: tuple[str, ...]
) -> None:
    for file in scripts:
        line = [word.format(file) for word in command]
        done = subprocess.run(line, capture_output=True, check=True)
        # They mark which way text runs, and keep ligatures: what is left are the same letters.
        told = unicodedata.normalize("NFKC", done.stdout.decode())
        shown = "".join("".join(told.translate(_DIRECTIONS)).split())
        for name in NAMES.values():
            assert "".join(unicodedata.normalize("NFKC", name).split()) in shown, name


def test_verapdf_finds_what_is_broken(files: tuple[Path, ...], tmp_path: Path) -> None:
    odd = tmp_path / "odd.pdf"
    odd.write_bytes(files[0].read_bytes().replace(b"/Subtype /XML", b"/Subtype /XXX"))
    assert _broken("3b", odd)[str(odd)]


def test_mutool_finds_the_later_signature_over_everything(files: tuple[Path, ...]) -> None:
    for file in files:
        done = subprocess.run(["mutool", "sign", "-v", file], capture_output=True, check=False)
        told = done.stdout.decode() + done.stderr.decode()
        assert "invalid" not in told.lower(), told
        assert told.count("The document is unchanged since signing.") == 1, told
        assert told.count("The signature is valid but there have been edits") == 1, told


def test_zbar_reads_the_code_on_the_cover(files: tuple[Path, ...], tmp_path: Path) -> None:
    for file in files:
        (cover,) = render_pages(file.read_bytes(), dpi=150, last=1)
        picture = tmp_path / f"{file.stem}.png"
        picture.write_bytes(cover.png)
        done = subprocess.run(["zbarimg", "--raw", "-q", picture], capture_output=True, check=False)
        facts = facts_digest(content(file.stem).facts)
        wanted = f"urn:uuid:{content(file.stem).document.id}\nsha256:{facts}"
        assert done.stdout.decode().strip() == wanted


def test_qpdf_finds_no_fault_in_its_form(files: tuple[Path, ...]) -> None:
    for file in files:
        done = subprocess.run(["qpdf", "--check", file], capture_output=True, check=False)
        assert done.returncode == 0, done.stdout.decode() + done.stderr.decode()
