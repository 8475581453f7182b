"""Somebody opens the program for the first time."""

from pathlib import Path

from tests.stories.desk import Desk
from tests.support.canaries import canary

PASSPHRASE = canary("a person's passphrase", "Wattenmeer und Leuchtturm")
FILE_PASSPHRASE = canary("the passphrase of a file", "Kornspeicher am Sandtorkai")


def make_a_workspace(desk: Desk, file: Path) -> None:
    desk.clicks("New workspace…")
    desk.fills(
        Name_of_the_institution="Elbmark Bank AG",
        File=str(file),
        Your_name="Dr. Katrin Feddersen",
        Passphrase_of_your_key=PASSPHRASE,
        Passphrase_again=PASSPHRASE,
    )
    desk.clicks("Make it")
    desk.sees("There is no keyring on this computer.")
    desk.fills(
        Passphrase_of_the_workspace=FILE_PASSPHRASE,
        Passphrase_of_the_workspace_again=FILE_PASSPHRASE,
    )
    desk.clicks("Make it")
    desk.sees(f"Elbmark Bank AG is made: {file}. It opens with the passphrase of the workspace.")


def test_a_newcomer_makes_a_workspace_closes_it_and_unlocks_it_again(
    desk: Desk, tmp_path: Path
) -> None:
    file = tmp_path / "elbmark.mlops"
    desk.sees("Which workspace?", "See a sample bank with two years of history.")
    make_a_workspace(desk, file)
    desk.sees("Models", "No model is here yet.", "not verified yet, never anchored")
    assert desk.can("Register a model…")

    desk.does("Close the workspace")
    desk.sees("Which workspace?", "Recently open")
    desk.clicks(str(file))
    desk.sees("Unlock the workspace")
    desk.fills(Passphrase_of_the_workspace="nicht die richtige")
    desk.clicks("Open")
    desk.sees("The passphrase is wrong.")
    desk.fills(Passphrase_of_the_workspace=FILE_PASSPHRASE)
    desk.clicks("Open")
    desk.sees("Models", "No model is here yet.")
    assert desk.window.context.session.actor.person


def test_two_different_passphrases_make_nothing(desk: Desk, tmp_path: Path) -> None:
    desk.clicks("New workspace…")
    desk.fills(
        Name_of_the_institution="Elbmark Bank AG",
        File=str(tmp_path / "elbmark.mlops"),
        Your_name="Dr. Katrin Feddersen",
        Passphrase_of_your_key=PASSPHRASE,
        Passphrase_again="etwas anderes",
    )
    desk.clicks("Make it")
    desk.sees("The two passphrases differ.")
    desk.clicks("Cancel")
    desk.sees("Which workspace?")
    assert not (tmp_path / "elbmark.mlops").exists()
