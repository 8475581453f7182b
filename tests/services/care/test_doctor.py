"""What the doctor says of files that were given away: nothing is missed there that has no place."""

from pathlib import Path

from mlops_desktop.core.identity import Role
from mlops_desktop.services import models
from mlops_desktop.services.care.doctor import Level, Look, Patient, examine_health
from mlops_desktop.services.copies import Wanted, take
from mlops_desktop.services.copies.extracting import Reader, take_extract
from mlops_desktop.services.workspaces import open_workspace
from tests.services.conftest import Bank
from tests.support.canaries import canary

SECRET = canary("the passphrase of an extract", "Kanarie-sperrwerk-4")


def look(place: Path | str) -> dict[str, Look]:
    return {one.name: one for one in examine_health(Patient(str(place), lambda: SECRET))}


def test_an_extract_opens_by_its_passphrase_and_brings_its_device(
    file_bank: Bank, tmp_path: Path
) -> None:
    models.register_model(file_bank.session, {"name": "LGD Leasing"})
    path, reader = tmp_path / "audit.mlops", file_bank.as_("Jonas Brandt").actor.person
    take_extract(file_bank.session, Reader(path, reader, SECRET, Role.AUDITOR), lambda *_: None)
    found = look(path)
    assert found["kind"] == Look("kind", Level.OK, "extract")
    assert found["device"] == Look("device", Level.OK, "in the file")
    assert found["key"] == Look("key", Level.OK, "the passphrase of the file")
    assert found["backup"].level is Level.OK


def test_a_copy_is_safe_once_it_was_brought_back(file_bank: Bank, tmp_path: Path) -> None:
    path = tmp_path / "train.mlops"
    take(file_bank.session, Wanted(path, key_passphrase=SECRET))
    told = "0 events only here, the shared workspace has the rest"
    assert look(path)["backup"] == Look("backup", Level.OK, told)
    copy = open_workspace(str(path), ask=lambda: SECRET, is_noted=False)
    models.register_model(copy, {"name": "LGD Leasing"})
    copy.workspace.close()
    found = look(path)
    assert found["kind"].seen == "copy"
    assert found["backup"].level is Level.WARNING
    assert found["backup"].seen.startswith("1 events only here")


def test_a_shared_workspace_misses_its_backup(file_bank: Bank) -> None:
    found = look(file_bank.place)
    assert "kind" not in found
    assert found["backup"] == Look("backup", Level.WARNING, "never from here")
