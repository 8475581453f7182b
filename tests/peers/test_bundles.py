"""What judges that we did not write say of dossiers about several models, bound of many parts."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from mlops_desktop.dossier.build import build
from mlops_desktop.dossier.content import Scope
from mlops_desktop.dossier.countersign import countersign
from mlops_desktop.dossier.seal import seal
from mlops_desktop.dossier.stamp import Statement
from mlops_desktop.dossier.verdict import Outcome
from mlops_desktop.dossier.verify import verify
from mlops_desktop.outside.certificates import create_authority, issue_person, to_pem
from mlops_desktop.services.wording import read_words
from tests.dossier.bundles import several
from tests.dossier.sample import at
from tests.peers.test_archival import _broken

pytestmark = pytest.mark.peers

PARTS = 30


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, ...]:
    """A portfolio with parts and a regulator's view, sealed and countersigned."""
    folder = tmp_path_factory.mktemp("bundles")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MLOPS_DESKTOP_HOME", str(folder))
        return tuple(_made(folder))


def _made(folder: Path) -> Iterator[Path]:
    authority = create_authority("Elbmark Bank AG", at("2026-01-01"))
    people = [
        issue_person(authority, name, f"p-{name[0]}", at("2026-01-02"))
        for name in ("Dr. Katrin Feddersen", "Jonas Brandt")
    ]
    for language, scope, parts in (("de", Scope.PORTFOLIO, PARTS), ("en", Scope.REGULATOR, 0)):
        words = read_words(language)
        pdf = build(several(language, scope, parts), words)
        first, second = (
            Statement(name, "validator", "Gelesen.", at(f"2026-09-30T19:0{place}:12"))
            for place, name in enumerate(("Dr. Katrin Feddersen", "Jonas Brandt"))
        )
        pdf = countersign(seal(pdf, people[0], first, words), 1, people[1], second, words)
        file = folder / f"{scope}.pdf"
        file.write_bytes(pdf)
        verdict = verify(pdf, to_pem(authority.certificate).encode(), now=at("2026-10-01"))
        assert verdict.outcome is Outcome.VALID, verdict.first_failure
        yield file


def test_verapdf_finds_no_rule_of_the_archival_form_broken(files: tuple[Path, ...]) -> None:
    assert _broken("3b", *files) == {str(file): [] for file in files}


def test_qpdf_finds_no_fault(files: tuple[Path, ...]) -> None:
    for file in files:
        done = subprocess.run(["qpdf", "--check", file], capture_output=True, check=False)
        assert done.returncode == 0, done.stdout.decode() + done.stderr.decode()


def test_others_find_both_signatures_valid(files: tuple[Path, ...]) -> None:
    for file in files:
        done = subprocess.run(["pdfsig", file], capture_output=True, check=False)
        told = done.stdout.decode()
        assert told.count("Signature is Valid") == 2, told
        assert "Total document signed" in told
        done = subprocess.run(["mutool", "sign", "-v", file], capture_output=True, check=False)
        told = done.stdout.decode() + done.stderr.decode()
        assert "invalid" not in told.lower(), told


def test_every_page_of_a_bundle_has_its_number_and_every_part_its_link(
    files: tuple[Path, ...],
) -> None:
    done = subprocess.run(["pdftotext", "-layout", files[0], "-"], capture_output=True, check=True)
    pages = done.stdout.decode().split("\f")[:-1]
    for number, page in enumerate(pages, 1):
        assert f"Seite {number} von {len(pages)}" in page
    listed = "".join(pages[1:3])
    for number in range(1, PARTS + 1):
        (line,) = (one for one in listed.splitlines() if f"M-{number:05} " in one)
        assert f"PD Ratenkredit {number}\n" in pages[int(line.split()[-1]) - 1]
