"""Somebody opens the program for the first time and comes to the first models of the bank."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from mlops_desktop.ui.recovery_form import RecoveryForm
from tests.stories import eyes
from tests.stories.desk import Desk
from tests.support.canaries import canary
from tests.support.mlflow import MlflowServer, free_port

PASSPHRASE = canary("a person's passphrase", "Wattenmeer und Leuchtturm")
FILE_PASSPHRASE = canary("the passphrase of a file", "Kornspeicher am Sandtorkai")


def make_a_workspace(desk: Desk, file: Path) -> None:
    desk.clicks("New workspace…")
    desk.sees("There is no keyring on this computer.", "Passphrase of the workspace again")
    desk.fills(
        Name_of_the_institution="Elbmark Bank AG",
        File=str(file),
        Your_name="Dr. Katrin Feddersen",
        Passphrase_of_your_key=PASSPHRASE,
        Passphrase_again=PASSPHRASE,
        Passphrase_of_the_workspace=FILE_PASSPHRASE,
        Passphrase_of_the_workspace_again=FILE_PASSPHRASE,
    )
    desk.clicks("Make it")
    desk.sees(f"Elbmark Bank AG is made: {file}. It opens with the passphrase of the workspace.")
    keeps_the_recovery_key(desk)


def keeps_the_recovery_key(desk: Desk) -> None:
    desk.sees("Recovery key", "Last group of the key")
    found = [w for w in QApplication.topLevelWidgets() if isinstance(w, RecoveryForm)]
    (form,) = found
    desk.fills(Last_group_of_the_key="ZZZZ")
    desk.clicks("I have kept it")
    desk.sees("This is not its last group.")
    desk.fills(Last_group_of_the_key=form.groups[-1].lower())
    desk.clicks("I have kept it")


@pytest.fixture
def registry(mlflow_registry: MlflowServer) -> MlflowServer:
    """A real server with three models, two of which the bank wants."""
    seed = mlflow_registry.seed
    for name in ("kreditscore", "kuendigung", "spielwiese"):
        seed.model(name)
        seed.version(name)
    return mlflow_registry


def test_a_newcomer_reaches_the_first_models_and_comes_back_to_them(
    desk: Desk, tmp_path: Path, registry: MlflowServer
) -> None:
    file = tmp_path / "elbmark.mlops"
    desk.sees("Welcome", "Look around in a sample bank", "Join your team")
    make_a_workspace(desk, file)
    desk.sees("Three steps to the first models", "not verified yet, never anchored")
    assert not desk.can("2 Read it")

    desk.clicks("1 Connect a source")
    desk.fills(Name="mlflow", Address=f"http://127.0.0.1:{free_port()}")
    desk.clicks("Test")
    desk.sees("Nothing listens at this address and port", "Check the port in the address")
    desk.writes("Address", registry.url)
    desk.clicks("Test")
    desk.sees("Result of the test", "reached", "Server version")
    desk.clicks("Connect")
    desk.sees("✓ 1 Connect a source")

    desk.clicks("2 Read it")
    desk.sees("✓ 2 Read it", "3 candidates wait")
    desk.rests()
    desk.clicks("3 Decide what was found")
    desk.chooses("kreditscore")
    desk.presses("Shift+Down")
    desk.clicks("Take the selected in…")
    desk.sees("Take 2 candidates into the inventory")
    desk.fills(Owner="Dr. Katrin Feddersen", Tier="2")
    desk.clicks("Take in")
    desk.sees("2 models are in the inventory.", "The first models are in the inventory: 2")
    desk.clicks("Show the models")
    lists(desk, "kreditscore", "kuendigung", "spielwiese")
    desk.sees_no("The first models are in the inventory: 2")

    comes_back(desk, file)
    lists(desk, "kreditscore", "kuendigung")
    desk.sees_no("Three steps to the first models")


def lists(desk: Desk, *names: str) -> None:
    """Look, not listen: after a list is filled anew Qt tells no rows of it for a while."""

    def are_all_there() -> bool:
        shown = "\n".join(eyes.texts(desk.window))
        return all(name in shown for name in names)

    desk.waits_for(are_all_there, f"{names} are not all in the list")


def comes_back(desk: Desk, file: Path) -> None:
    desk.does("Close the workspace")
    desk.sees("Welcome", "Or open what is there already")
    desk.clicks(str(file))
    desk.sees("Unlock the workspace")
    desk.fills(Passphrase_of_the_workspace="nicht die richtige")
    desk.clicks("Open")
    desk.sees("The passphrase is wrong.")
    desk.fills(Passphrase_of_the_workspace=FILE_PASSPHRASE)
    desk.clicks("Open")
    desk.waits_for(lambda: desk.window.context.is_open, "the workspace does not open")
    assert desk.window.context.session.actor.person


def test_what_is_wrong_in_a_form_makes_nothing_and_is_said_beside_its_line(
    desk: Desk, tmp_path: Path
) -> None:
    desk.clicks("New workspace…")
    desk.sees("Passphrase of the workspace again")
    desk.fills(
        Name_of_the_institution="Elbmark Bank AG",
        File=str(tmp_path / "Nextcloud" / "elbmark.mlops"),
        Your_name="Dr. Katrin Feddersen",
        Passphrase_of_your_key=PASSPHRASE,
        Passphrase_again="etwas anderes",
        Passphrase_of_the_workspace=FILE_PASSPHRASE,
        Passphrase_of_the_workspace_again=FILE_PASSPHRASE,
    )
    desk.sees("Nextcloud copies this folder to other computers")
    desk.clicks("Make it")
    desk.sees("The two passphrases differ.")
    desk.writes("Passphrase again", PASSPHRASE)
    desk.clicks("Make it")
    desk.sees("There is no folder")
    desk.clicks("Cancel")

    desk.clicks("Join a team…")
    desk.fills(
        Address="postgresql://anna@no-such-server.invalid/bank", Your_name="Dr. Katrin Feddersen"
    )
    desk.clicks("Join")
    desk.sees("The name of the server is not known in this network", "VPN")
    desk.clicks("Cancel")
    desk.sees("Welcome")
    assert not (tmp_path / "Nextcloud").exists()
