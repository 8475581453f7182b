"""A workspace whose keyring entry is lost opens with what was kept on paper, and nothing else."""

from pathlib import Path

import pytest

from mlops_desktop.core import recovery_key
from mlops_desktop.core.errors import AppError
from mlops_desktop.outside import devices
from mlops_desktop.outside.workspace_key import VARIABLE
from mlops_desktop.services import ledger, models, workspaces
from mlops_desktop.services.care.recovery import (
    KeyPlace,
    recover_key,
    recovery_groups,
    write_recovery_sheet,
)
from tests.services.conftest import PASSPHRASE, Bank
from tests.support.team import KEEPER, MEMBER, Team


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


def test_the_key_on_paper_gives_a_member_of_a_team_his_device_back(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    with team.session(MEMBER) as session:
        typed = " ".join(recovery_groups(session))
        before = session.actor
    place = team.place(MEMBER)
    monkeypatch.setenv("MLOPS_DESKTOP_HOME", str(team.home / team.logins[MEMBER]))
    monkeypatch.delenv(VARIABLE)
    with pytest.raises(AppError, match=r"workspace_key\.missing"):
        workspaces.open_workspace(place)
    other = "".join(recovery_key.to_groups(bytes(32)))
    with pytest.raises(AppError, match=r"recovery_key\.of_another_profile"):
        recover_key(place, other, PASSPHRASE)
    assert recover_key(place, typed, PASSPHRASE) == {KeyPlace.FILE}
    session = workspaces.open_workspace(place, ask=lambda: PASSPHRASE)
    assert session.actor == before
    models.register_model(session, {"name": "Nach dem Verlust"})
    assert ledger.verify_ledger(session).is_ok
    session.workspace.close()


def test_a_device_key_that_is_lost_is_followed_by_another_and_what_it_signed_stays_good(
    team: Team,
) -> None:
    with team.session(KEEPER) as session:
        models.register_model(session, {"name": "Vor dem Verlust"})
        typed, before = "".join(recovery_groups(session)), session.actor
        devices.forget_device_key(session.workspace.id)
        with pytest.raises(AppError, match=r"recovery_key\.nothing_here"):
            recover_key(team.place(KEEPER), typed)
    with team.session(KEEPER) as session:
        assert session.actor.person == before.person
        assert session.actor.device != before.device
        models.register_model(session, {"name": "Mit neuem Gerät"})
        assert ledger.verify_ledger(session, whole=True).is_ok
