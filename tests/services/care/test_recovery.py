"""A workspace whose keyring entry is lost opens with what was kept on paper, and nothing else."""

from pathlib import Path

import pytest

from mlops_desktop.core import recovery_key
from mlops_desktop.core.errors import AppError
from mlops_desktop.outside.workspace_key import VARIABLE
from mlops_desktop.services import ledger, workspaces
from mlops_desktop.services.care.recovery import (
    KeyPlace,
    recover_key,
    recovery_groups,
    write_recovery_sheet,
)
from tests.services.conftest import PASSPHRASE, Bank


def test_the_key_on_paper_opens_what_the_keyring_has_lost(
    file_bank: Bank, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    typed = "-".join(recovery_groups(file_bank.session)).lower()
    away = tmp_path / "safe"
    away.mkdir()
    sheet = write_recovery_sheet(file_bank.session, away / "sheet.pdf", "de")
    assert sheet.read_bytes().startswith(b"%PDF")
    refused = {"recovery_sheet.exists": sheet, "recovery_sheet.beside_workspace": tmp_path / "x"}
    for code, path in refused.items():
        with pytest.raises(AppError, match=code.replace(".", r"\.")):
            write_recovery_sheet(file_bank.session, path)

    file_bank.session.workspace.close()
    monkeypatch.delenv(VARIABLE)
    with pytest.raises(AppError, match=r"workspace_key\.missing"):
        workspaces.open_workspace(file_bank.place)
    other = "".join(recovery_key.to_groups(bytes(32)))
    with pytest.raises(AppError, match=r"workspace\.wrong_key"):
        recover_key(file_bank.place, other, PASSPHRASE)
    assert recover_key(file_bank.place, typed, PASSPHRASE) == {KeyPlace.FILE}
    session = workspaces.open_workspace(file_bank.place, ask=lambda: PASSPHRASE)
    assert session.actor == file_bank.session.actor
    assert ledger.verify_ledger(session).is_ok
    session.workspace.close()
