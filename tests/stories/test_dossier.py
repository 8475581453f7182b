"""An auditor exports a dossier, sees that it is valid, and that an altered copy is not."""

from pathlib import Path

import pytest

from tests.services.steps import add_version, register
from tests.stories.conftest import Sit
from tests.stories.desk import Desk
from tests.support.bank import FOUNDER, PASSPHRASE, Bank

MODEL = "PD Mittelstand (IRB)"


@pytest.fixture
def auditor(sit: Sit, file_bank: Bank) -> Desk:
    """A desk before a model with a version."""
    model = register(file_bank)
    add_version(file_bank, model)
    desk = sit()
    desk.chooses(MODEL)
    desk.sees("Risikogewichtete")
    desk.rests()
    return desk


def orders(desk: Desk, file: Path) -> None:
    desk.does("Export a dossier…")
    desk.sees("With history and proofs, sealed with your key.")
    desk.fills(File=str(file))
    desk.clicks("Go on to the preview")


def exports(desk: Desk, file: Path) -> None:
    orders(desk, file)
    desk.sees("Seal the dossier", FOUNDER, str(file))
    desk.fills(Passphrase_of_your_key=PASSPHRASE)
    desk.clicks("Sign")


def alter_a_copy(file: Path) -> Path:
    """Copy the file with one digit of the date of its making changed."""
    content = bytearray(file.read_bytes())
    content[content.index(b"CreateDate>20") + len(b"CreateDate>20")] ^= 1
    copy = file.with_name("altered.pdf")
    copy.write_bytes(content)
    return copy


def test_a_dossier_is_valid_and_an_altered_copy_is_changed(auditor: Desk, tmp_path: Path) -> None:
    file = tmp_path / "dossier.pdf"
    exports(auditor, file)
    auditor.sees("Exported: dossier.pdf")
    auditor.clicks("Show it")
    auditor.sees("12 checks", "issued here")
    auditor.sees("No check found anything wrong", "This workspace has issued exactly this file")
    assert file.exists()

    auditor.clicks("Verify a PDF…")
    auditor.types(str(alter_a_copy(file)))
    auditor.presses("Return")
    auditor.sees("altered.pdf", "changed after signing", "not issued here")
    auditor.sees("The content is not what was signed")


def test_a_file_that_is_there_is_not_overwritten_unasked(auditor: Desk, tmp_path: Path) -> None:
    file = tmp_path / "dossier.pdf"
    file.write_bytes(b"mine")
    orders(auditor, file)
    auditor.sees("There is already a file at", "Choose another name")
    auditor.clicks("Cancel")
    assert file.read_bytes() == b"mine"
