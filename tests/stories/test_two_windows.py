"""Two people live through a day: one in the office on the server, one on a train with a copy."""

from pathlib import Path

import pytest

from mlops_desktop.services import models
from mlops_desktop.ui.ways import ServiceWays
from tests.stories.desk import Desk
from tests.support.bank import Bank

SECRET = "Zug nach Lübeck"
MODEL = "PD Mittelstand"
OFFICE, TRAIN = "Neugeschäft und Bestand", "Nur Neugeschäft"


def sits_down(desk: Desk, place: str) -> None:
    ServiceWays().open_target(desk.window.context, place)
    desk.waits_for(lambda: desk.window.context.is_open, "the workspace does not open")
    desk.rests()


def edits(desk: Desk, purpose: str) -> None:
    desk.goes_to("Models")
    desk.chooses(MODEL)
    desk.clicks("Edit…")
    desk.sees(f"Edit {MODEL}")
    desk.fills(Intended_use=purpose, Reason="Mit dem Fachbereich besprochen.")
    desk.clicks("Save")
    desk.sees("The change is recorded.")
    desk.rests()


def takes_a_copy(desk: Desk, path: Path) -> None:
    desk.goes_to("Approvals")
    desk.writes("Acting as", "Corinna Wolters (Owner)")
    desk.sees("You now act as Corinna Wolters.")
    desk.goes_to("Sharing")
    desk.clicks("Take away a copy…")
    desk.fills(File=str(path), Passphrase_of_the_file=SECRET, Passphrase_again=SECRET)
    desk.clicks("Write the copy")
    desk.sees("The copy is written")
    desk.rests()


def opens_it(desk: Desk, path: Path) -> None:
    ServiceWays().open_target(desk.window.context, str(path))
    desk.sees("Unlock the workspace")
    desk.writes("Passphrase of the workspace", SECRET)
    desk.clicks("Open")
    place = str(path)
    desk.waits_for(lambda: desk.window.context.place == place, "the copy does not open")
    desk.rests()


@pytest.fixture
def team(team_bank: Bank) -> str:
    """Where the team's workspace lies, with a model in it."""
    models.register_model(team_bank.session, {"name": MODEL, "purpose": "Bestand"})
    team_bank.session.workspace.close()
    return team_bank.place


def test_a_day_apart_and_a_conflict_are_lived_through(
    desk: Desk, second_desk: Desk, team: str, tmp_path: Path
) -> None:
    office, train, copy = desk, second_desk, tmp_path / "train.mlops"
    sits_down(office, team)
    sits_down(train, team)
    takes_a_copy(train, copy)
    opens_it(train, copy)
    edits(train, TRAIN)
    edits(office, OFFICE)
    train.goes_to("Sharing")
    train.sees("1 not yet shared, 0 to settle", "30 days left")
    train.goes_to("Models")
    train.chooses(MODEL)
    train.sees(TRAIN)

    office.goes_to("Sharing")
    office.sees("0 not yet shared, 0 to settle")
    train.goes_to("Sharing")
    train.clicks("Send what is not shared")
    train.sees("0 not yet shared, 1 to settle", "changed meanwhile", TRAIN, OFFICE)
    office.sees("0 not yet shared, 1 to settle", "Corinna Wolters", TRAIN, OFFICE)

    office.clicks("Let what counts stay…")
    office.fills(Comment="Der Bestand gehört dazu.")
    office.clicks("Let it stay")
    office.sees("Settled: what counts stays.", "Nothing waits to be settled")
    train.clicks("Bring up to date")
    train.sees("Nothing waits to be settled")
    train.goes_to("Models")
    train.chooses(MODEL)
    train.sees(OFFICE)
    train.sees_no(TRAIN)
