"""A backup and a move that are killed: what was good before is good, and both can be done again."""

import os
import signal
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from mlops_desktop.core import clock
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.work import Report, unheard
from mlops_desktop.ledger.verification import Verification
from mlops_desktop.services import workspaces
from mlops_desktop.services.care import backups, moving
from mlops_desktop.services.care.backups import make_backup
from mlops_desktop.services.care.moving import Moving, move_workspace
from mlops_desktop.services.examining import examine
from mlops_desktop.store.unit_of_work import ReadSession
from tests.services.care.killed import BACKUP_STEPS, MOVE_STEPS
from tests.services.conftest import Bank
from tests.services.steps import register
from tests.support.surroundings import ROOT


def kill(act: str, step: str, place: str, target: str) -> None:
    """Let another program do it and die by SIGKILL at a step."""
    command = [sys.executable, "-m", "tests.services.care.killed", act, step, place, target]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert ended.returncode == -signal.SIGKILL, ended.stderr


def size_of(place: str) -> int:
    """Open a place, verify all of it, and return how many events it holds."""
    session = workspaces.open_workspace(place)
    with closing(session.workspace), session.workspace.read() as view:
        return examine(view, unheard).size


@pytest.mark.parametrize("step", BACKUP_STEPS)
def test_a_backup_that_is_killed_leaves_the_good_one(
    file_bank: Bank, step: str, tmp_path: Path
) -> None:
    bank = file_bank
    target = tmp_path / "copies" / "bank.mlops"
    target.parent.mkdir()
    first = make_backup(bank.session, target)
    register(bank, name="LGD Retail")
    kill("backup", step, bank.place, str(target))
    with bank.session.workspace.read() as view:
        now = view.head().size
    assert size_of(str(target)) == (now if step == "published" else first.size)

    for left in target.parent.glob(".*.copying*"):
        os.utime(left, (0, 0))
    again = make_backup(bank.session, target)
    assert (again.size, size_of(str(target))) == (now, now)
    assert not list(target.parent.glob(".*"))


def test_a_copy_under_way_beside_it_is_left_alone(file_bank: Bank, tmp_path: Path) -> None:
    target = tmp_path / "bank.mlops"
    other = tmp_path / f".{target.name}.1.copying"
    other.write_bytes(b"half")
    make_backup(file_bank.session, target)
    assert other.exists()
    os.utime(other, times=(0, clock.now().timestamp() - backups._LEFT - 1))
    make_backup(file_bank.session, target)
    assert not other.exists()


@pytest.mark.parametrize(
    ("step", "way"), [*((step, "to_file") for step in MOVE_STEPS), ("put", "to_server")]
)
def test_a_move_that_is_killed_is_done_by_the_same_command(
    file_bank: Bank, postgres_url: str, step: str, way: str, tmp_path: Path
) -> None:
    target = postgres_url if way == "to_server" else str(tmp_path / "there.mlops")
    with file_bank.session.workspace.read() as view:
        before = view.head().size
    file_bank.session.workspace.close()
    kill("move", step, file_bank.place, target)
    assert size_of(file_bank.place) == before
    source = workspaces.open_workspace(file_bank.place)
    with closing(source.workspace):
        if step == "noted":
            assert source.workspace.moved_to == target
        else:
            assert source.workspace.moved_to is None
            assert move_workspace(source, Moving(target)).size == before
    assert size_of(target) == before
    late = workspaces.open_workspace(file_bank.place)
    with closing(late.workspace), pytest.raises(AppError, match=r"workspace\.moved"):
        late.workspace.write(late.actor)
    assert not [path.name for path in tmp_path.iterdir() if path.name.startswith(".")]


def test_a_place_that_went_on_by_itself_is_no_move_to_be_ended(
    file_bank: Bank, tmp_path: Path
) -> None:
    target = tmp_path / "there.mlops"
    file_bank.session.workspace.close()
    kill("move", "put", file_bank.place, str(target))
    source = workspaces.open_workspace(file_bank.place)
    with closing(source.workspace):
        register(Bank(source, file_bank.place, file_bank.ids), name="LGD Retail")
        with pytest.raises(AppError, match=r"move\.file_there"):
            move_workspace(source, Moving(str(target)))
        assert source.workspace.moved_to is None


def test_what_is_recorded_while_a_whole_copy_is_checked_is_not_left_behind(
    file_bank: Bank, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody writes between the look at the copy and the note that it is the workspace now."""
    target = str(tmp_path / "there.mlops")
    file_bank.session.workspace.close()
    kill("move", "put", file_bank.place, target)
    source = workspaces.open_workspace(file_bank.place)
    beside = workspaces.open_workspace(file_bank.place)
    seen: list[str] = []

    def interrupt(view: ReadSession, report: Report) -> Verification:
        with pytest.raises(AppError) as refused:
            register(Bank(beside, file_bank.place, file_bank.ids), name="LGD Retail")
        seen.append(refused.value.code)
        return examine(view, report)

    monkeypatch.setattr(moving, "examine", interrupt)
    with closing(source.workspace), closing(beside.workspace):
        move_workspace(source, Moving(target))
    assert seen == ["workspace.busy"]
