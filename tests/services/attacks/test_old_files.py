"""What is put back as it once was, or altered without any key."""

import shutil
from contextlib import closing
from pathlib import Path

import pytest

from mlops_desktop.core.errors import AppError
from mlops_desktop.dossier.verdict import Outcome
from mlops_desktop.services import dossiers, ledger, models, workspaces
from mlops_desktop.services.dossiers.verification import verify_bytes
from tests.services.attacks.scene import Scene
from tests.services.attacks.tampering import truncates
from tests.services.conftest import Bank
from tests.services.steps import register


def test_an_old_file_put_back_is_found_by_the_head_last_seen(
    file_bank: Bank, tmp_path: Path
) -> None:
    session, place = file_bank.session, Path(file_bank.place)
    register(file_bank)
    session.workspace.close()
    old = shutil.copy(place, tmp_path / "old.mrm")
    size = ledger.read_state(session).size
    models.edit_model(session, "1", {"business_line": "Firmenkunden"})
    session.workspace.close()
    for suffix in ("-wal", "-shm"):
        place.with_name(place.name + suffix).unlink(missing_ok=True)
    shutil.copy(old, place)
    again = workspaces.open_workspace(str(place))
    with closing(again.workspace):
        failed = [one for one in ledger.verify_ledger(again).checks if not one.is_ok]
        assert [(one.name, one.finding and one.finding.position) for one in failed] == [
            ("last_seen", size)
        ]
        with pytest.raises(AppError, match=r"ledger\.history_shortened"):
            ledger.read_state(again)


def test_a_file_altered_without_its_key_does_not_open(file_bank: Bank) -> None:
    place = Path(file_bank.place)
    file_bank.session.workspace.close()
    for page in (0, 3):
        content = bytearray(place.read_bytes())
        content[4096 * page + 2000] ^= 1
        place.write_bytes(content)
    with pytest.raises(AppError, match=r"workspace\."):
        workspaces.open_workspace(str(place))


def test_the_dossier_tells_by_its_own_verification(scene: Scene) -> None:
    pdf = scene.dossier.read_bytes()
    honest = dossiers.verify_dossier(scene.dossier, session=scene.bank.session).verdict
    assert honest.outcome is Outcome.VALID
    with scene.attacked() as insider:
        truncates("first_decided_2", with_log_key=True)(scene, insider)
        verdict = verify_bytes(pdf, session=scene.session_on(insider)).verdict
    assert verdict.outcome is Outcome.INDETERMINATE
    assert {one.code for one in verdict.checks if one.ok is False} == {"history_short"}
