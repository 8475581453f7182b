"""A backup is a verified beginning of the workspace, or the one before stays the last good one."""

import shutil
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from unittest.mock import Mock

import pytest

from mlops_desktop.core.errors import AppError, Recovery
from mlops_desktop.core.events.people import PersonLocked
from mlops_desktop.core.work import Work
from mlops_desktop.outside import workspace_key
from mlops_desktop.services import workspaces
from mlops_desktop.services.care import backups
from mlops_desktop.services.care.backups import make_backup
from mlops_desktop.services.care.kept import read_plan
from mlops_desktop.services.examining import examine
from mlops_desktop.services.ledger import verify_ledger
from mlops_desktop.services.session import Session
from mlops_desktop.store import drives, files
from mlops_desktop.store import engine as engines
from mlops_desktop.store import workspace as workspaces_
from tests.services.conftest import Bank
from tests.services.steps import register


def held(session: Session, path: Path) -> tuple[int, bytes]:
    """Open a backup as a workspace of its own and return its head, everything checked."""
    id = files.identify(path)
    assert id == session.workspace.id
    engine = engines.open_file(path, workspace_key.workspace_key(id), id)
    found = workspaces_.load(str(path), engine)
    with found.read() as view:
        checked = examine(view, lambda step, done, total: None)
    found.close()
    return checked.size, checked.root


def test_backups_taken_while_others_write_are_beginnings_of_the_workspace(
    bank: Bank, tmp_path: Path
) -> None:
    target = tmp_path / "backup.mrm"
    stop = threading.Event()

    def write() -> None:
        number = 0
        while not stop.is_set():
            number += 1
            register(bank, name=f"Modell {number}")

    writer = threading.Thread(target=write)
    writer.start()
    try:
        made = [make_backup(bank.session, target, keep=2) for _ in range(3)]
    finally:
        stop.set()
        writer.join()
    assert made[0].size < made[-1].size
    assert len(made[-1].kept) == 2
    for path, wanted in zip(made[-1].kept, reversed(made), strict=False):
        size, root = held(bank.session, path)
        assert (size, root.hex()) == (wanted.size, wanted.root)
        with bank.session.workspace.read() as view:
            assert view.root_at(size) == root
    last = read_plan(bank.session.workspace.id).last
    assert last
    assert (last.place, last.size, last.root) == (str(target), made[-1].size, made[-1].root)


def wait_beyond(session: Session, size: int) -> None:
    """Wait until somebody wrote more than that."""
    while True:
        with session.workspace.read() as view:
            if view.head().size > size:
                return
        time.sleep(0.01)


def test_backups_beside_twenty_writers_of_a_server_are_beginnings_of_it(
    team_bank: Bank, tmp_path: Path
) -> None:
    """Each writer is a program of its own; none is held up, none loses anything."""
    session, target, stop = team_bank.session, tmp_path / "backup.mrm", threading.Event()

    def write() -> int:
        own, number = workspaces.open_workspace(team_bank.place, is_noted=False), 0
        with closing(own.workspace):
            while not stop.is_set():
                with own.workspace.write(own.actor) as work:
                    work.record(PersonLocked(own.actor.person, 3))
                number += 1
        return number

    with session.workspace.read() as view:
        before = view.head().size
    with ThreadPoolExecutor(20) as pool:
        writing = [pool.submit(write) for _ in range(20)]
        try:
            made: list[backups.Backup] = []
            for _ in range(3):
                wait_beyond(session, made[-1].size if made else before)
                made.append(make_backup(session, target, keep=2))
        finally:
            stop.set()
    written = [one.result() for one in writing]
    assert all(written)
    assert before < made[0].size < made[1].size < made[2].size
    for path, wanted in zip(made[-1].kept, reversed(made), strict=False):
        assert held(session, path) == (wanted.size, bytes.fromhex(wanted.root))
    assert len(made[-1].kept) == 2
    with session.workspace.read() as view:
        assert view.head().size == before + sum(written)
        assert all(view.root_at(one.size) == bytes.fromhex(one.root) for one in made)


def test_what_does_not_verify_or_is_cancelled_leaves_the_last_good_one(
    file_bank: Bank, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    target = folder / "backup.mrm"
    make_backup(file_bank.session, target)
    before = target.read_bytes()
    with pytest.raises(AppError, match=r"care\.cancelled"):
        make_backup(
            file_bank.session,
            target,
            work=Work(is_cancelled=lambda: True, stopped="care.cancelled"),
        )

    def spoil(engine: object, path: Path, told: object) -> None:
        content = bytearray(before)
        content[len(content) // 2] ^= 1
        path.write_bytes(content)

    monkeypatch.setattr(backups, "write_copy", spoil)
    with pytest.raises(AppError, match=r"workspace\.damaged|backup\.unsound"):
        make_backup(file_bank.session, target)
    assert target.read_bytes() == before
    assert [path.name for path in folder.iterdir()] == ["backup.mrm"]


def test_a_backup_takes_no_place_that_is_not_its_own(file_bank: Bank, tmp_path: Path) -> None:
    other = tmp_path / "notes.txt"
    other.write_text("mine")
    wrong = {
        "backup.onto_itself": (Path(file_bank.place), 7),
        "backup.other_file": (other, 7),
        "backup.no_folder": (tmp_path / "none" / "backup.mrm", 7),
        "backup.keep_refused": (tmp_path / "backup.mrm", 0),
    }
    for code, (target, keep) in wrong.items():
        with pytest.raises(AppError) as refused:
            make_backup(file_bank.session, target, keep)
        assert refused.value.code == code
    assert other.read_text() == "mine"


def test_a_backup_to_a_network_drive_is_made_here_and_brought_there(
    file_bank: Bank, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drives, "network_kind", lambda folder: "nfs4")
    share = tmp_path / "share"
    share.mkdir()
    made = make_backup(file_bank.session, share / "backup.mrm")
    again = make_backup(file_bank.session, share / "backup.mrm")
    assert len(again.kept) == 2
    assert len(list(share.iterdir())) == 2
    monkeypatch.undo()
    assert made.size == again.size


@pytest.mark.skipif(sys.platform == "win32", reason="an open file cannot be removed there")
@pytest.mark.parametrize("is_replaced", [False, True], ids=["deleted", "replaced"])
def test_what_was_recorded_is_backed_up_from_a_file_that_is_not_at_its_place(
    file_bank: Bank, tmp_path: Path, is_replaced: bool
) -> None:
    session, place = file_bank.session, Path(file_bank.place)
    register(file_bank)
    if is_replaced:
        shutil.copy(place, tmp_path / "copy.mrm")
        (tmp_path / "copy.mrm").replace(place)
    else:
        for ending in ("", "-wal", "-shm"):
            Path(f"{place}{ending}").unlink(missing_ok=True)
    with pytest.raises(AppError, match=r"workspace\.file_"):
        register(file_bank, name="Ins Leere")
    with pytest.raises(AppError, match=r"workspace\.file_"):
        verify_ledger(session)
    with session.workspace.read() as view:
        head = view.head()
    made = make_backup(session, tmp_path / "saved.mrm")
    assert held(session, made.path) == (head.size, head.root())
    session.workspace.close()
    saved = workspaces.open_workspace(str(made.path))
    register(replace(file_bank, session=saved, place=str(made.path)), name="Es geht weiter")
    assert verify_ledger(saved).is_ok
    saved.workspace.close()


def test_a_full_disk_of_the_backup_is_not_told_of_the_workspace(
    file_bank: Bank, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place, target = file_bank.session.workspace.place, tmp_path / "backup.mrm"
    full = AppError("workspace.disk_full", recovery=Recovery.RETRY, where=place, path=place)
    monkeypatch.setattr(backups, "write_copy", Mock(side_effect=full))
    with pytest.raises(AppError, match=r"workspace\.disk_full") as caught:
        make_backup(file_bank.session, target)
    shown = str(target)
    assert (caught.value.where, caught.value.parameters["path"]) == (shown, shown)
    assert list(tmp_path.glob(".*.copying")) == []
