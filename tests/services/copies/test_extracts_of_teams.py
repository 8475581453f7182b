"""What a reader records in his extract comes back by stick where logins prove who acts."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from mlops_desktop.core import clock
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.copies import Fate
from mlops_desktop.core.items.requests import REQUEST
from mlops_desktop.core.work import unheard
from mlops_desktop.outside.workspace_key import VARIABLE
from mlops_desktop.services import copies, items, ledger, models, workspaces
from mlops_desktop.services.copies import outbox, sticks
from mlops_desktop.services.copies.extracting import Reader, take_extract
from mlops_desktop.services.items import Given
from mlops_desktop.services.session import Session
from tests.support.canaries import canary
from tests.support.team import KEEPER, MEMBER, READER, Team, team

__all__ = ["team"]

SECRET = canary("the passphrase of an extract", "drei kurze Worte zur Probe")


@pytest.fixture
def annotated(team: Team, tmp_path: Path) -> Path:
    """An outbox on a stick, written in an extract elsewhere, where nobody has a device."""
    reader = Reader(tmp_path / "audit.mlops", READER, SECRET)
    with team.session(KEEPER) as keeper:
        models.register_model(keeper, {"name": f"PD {tmp_path.name}"})
        take_extract(keeper, reader, unheard)
    with pytest.MonkeyPatch.context() as elsewhere:
        elsewhere.setenv("MLOPS_DESKTOP_HOME", str(tmp_path / "elsewhere"))
        elsewhere.delenv(VARIABLE)
        mine = workspaces.open_workspace(str(reader.path), ask=lambda: SECRET)
        items.open_item(mine, REQUEST, _request())
        copies.write_outbox(mine, tmp_path / "out", SECRET)
        mine.workspace.close()
    return tmp_path / "out"


def _request() -> Given:
    due = (clock.today() + timedelta(days=30)).isoformat()
    texts = {"list_name": "Prüfung", "question": "Wer setzte die Schwelle?", "title": "Schwelle"}
    return Given(texts | {"asker": "internal_audit", "owner": KEEPER, "due": due}, ("M-00001",))


def test_a_keeper_receives_what_a_reader_asks(team: Team, annotated: Path) -> None:
    with team.session(KEEPER) as keeper:
        brought = copies.read_outbox_file(keeper, annotated, SECRET)
        pushed = copies.receive(keeper, brought)
        assert [one.fate for one in pushed.arrivals] == [Fate.EFFECTIVE]
        assert ledger.read_log(keeper, limit=1)[0].person == READER
        assert ledger.verify_ledger(keeper).is_ok


def test_a_device_enrolled_for_an_extract_brings_annotations_alone(
    team: Team, annotated: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sticks, "ANNOTATIONS", frozenset({"finding.opened"}))
    with team.session(KEEPER) as keeper, pytest.raises(AppError, match=r"copy\.read_only"):
        copies.read_outbox_file(keeper, annotated, SECRET)


def test_nobody_brings_what_another_is_to_have_recorded(team: Team, tmp_path: Path) -> None:
    """A member's own device speaks for nobody else, whatever he writes into the file."""
    with team.session(KEEPER) as keeper:
        models.register_model(keeper, {"name": "LGD Retail"})
    with team.session(MEMBER) as member:
        copies.take(member, copies.Wanted(tmp_path / "train.mlops"))
        copy = workspaces.open_workspace(str(tmp_path / "train.mlops"), is_noted=False)
        items.open_item(copy, REQUEST, _request())
        _write_for(READER, team, copy, tmp_path / "out")
        copy.workspace.close()
    with team.session(KEEPER) as keeper, pytest.raises(AppError, match=r"copy\.file_unsigned"):
        copies.read_outbox_file(keeper, tmp_path / "out", SECRET)


def _write_for(name: str, team: Team, copy: Session, path: Path) -> None:
    with pytest.MonkeyPatch.context() as patch:
        real = outbox.read_outbox
        patch.setattr(
            sticks, "read_outbox", lambda one: replace(real(one), person=team.people[name])
        )
        copies.write_outbox(copy, path, SECRET)


def test_a_member_is_told_that_a_keeper_receives_what_another_recorded(
    team: Team, annotated: Path
) -> None:
    with team.session(MEMBER) as member:
        brought = copies.read_outbox_file(member, annotated, SECRET)
        with pytest.raises(AppError, match=r"copy\.keeper_needed"):
            copies.receive(member, brought)


def test_an_extract_does_not_say_by_which_login_it_was_made(team: Team, tmp_path: Path) -> None:
    reader = Reader(tmp_path / "audit.mlops", READER, SECRET)
    with team.session(KEEPER) as keeper:
        take_extract(keeper, reader, unheard)
    mine = workspaces.open_workspace(str(reader.path), ask=lambda: SECRET, is_noted=False)
    assert copies.state(mine).place == ""
    assert copies.state(mine).is_reachable is None
    with pytest.raises(AppError, match=r"copy\.place_unknown"), copies.open_origin(mine):
        pass
    mine.workspace.close()
