"""A file that goes from under an open workspace takes nothing more, and nothing is half done."""

import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.people import PersonLocked
from mlops_desktop.store import engine as engines
from mlops_desktop.store import rebuild
from mlops_desktop.store import whereabouts as seeking
from mlops_desktop.store.copies import carry_device
from mlops_desktop.store.whereabouts import Whereabouts
from tests.store.desks import ACTOR, Desk

EVENT = PersonLocked("wolters", 3)
Going = Callable[[Path], None]

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="an open file can be neither removed nor replaced there"
)


def deleted(path: Path) -> None:
    for ending in ("", "-wal", "-shm"):
        Path(f"{path}{ending}").unlink(missing_ok=True)


def renamed(path: Path) -> None:
    path.rename(path.with_name("elsewhere.mrm"))


def folder_renamed(path: Path) -> None:
    path.parent.rename(f"{path.parent}-elsewhere")


def replaced(path: Path) -> None:
    """By a copy of it, byte for byte: what is written still goes to the other."""
    copy = path.with_name("copy.mrm")
    shutil.copy(path, copy)
    copy.replace(path)


WAYS = [
    (deleted, "workspace.file_gone"),
    (renamed, "workspace.file_gone"),
    (folder_renamed, "workspace.file_gone"),
    (replaced, "workspace.file_replaced"),
]


def refusal(act: Callable[[], object]) -> str:
    with pytest.raises(AppError) as refused:
        act()
    assert refused.value.parameters == {"path": refused.value.where}
    return refused.value.code


def size(desk: Desk) -> int:
    with desk.workspace.read() as view:
        assert list(rebuild.compare(view.connection)) == []
        return view.head().size


@pytest.mark.parametrize(("goes", "code"), WAYS)
def test_nothing_is_recorded_in_a_file_that_is_not_at_its_place(
    file_desk: Desk, goes: Going, code: str
) -> None:
    before = size(file_desk)
    goes(Path(file_desk.place))
    assert refusal(lambda: file_desk.record(EVENT)) == code
    assert refusal(file_desk.workspace.write(ACTOR).__enter__) == code
    assert refusal(file_desk.workspace.check_place) == code
    assert size(file_desk) == before


@pytest.mark.parametrize(("goes", "code"), WAYS)
def test_nor_where_it_goes_while_something_is_recorded(
    file_desk: Desk, goes: Going, code: str
) -> None:
    told: list[int] = []
    before = size(file_desk)

    def record() -> None:
        with file_desk.workspace.write(ACTOR) as work:
            work._on_commit = lambda frontier, note: told.append(frontier.size)
            work.record(EVENT)
            work.flush()
            goes(Path(file_desk.place))

    assert refusal(record) == code
    assert (size(file_desk), told) == (before, [])


def test_whatever_else_writes_is_refused_too(file_desk: Desk) -> None:
    deleted(Path(file_desk.place))
    engine = file_desk.workspace.engine
    assert refusal(lambda: carry_device(engine, "desk", b"key")) == "workspace.file_gone"


@pytest.mark.parametrize("is_begun", [False, True], ids=["before", "meanwhile"])
def test_a_file_put_back_takes_what_follows_and_nobody_waits_for_the_refused(
    file_desk: Desk, is_begun: bool
) -> None:
    place, away = Path(file_desk.place), Path(file_desk.place).with_name("away.mrm")
    before = size(file_desk)

    def record() -> None:
        with file_desk.workspace.write(ACTOR) as work:
            work.record(EVENT)
            if is_begun:
                place.rename(away)

    if not is_begun:
        place.rename(away)
    assert refusal(record) == "workspace.file_gone"
    away.rename(place)
    with file_desk.opened_again() as other:
        other.record(EVENT)
    file_desk.record(EVENT)
    file_desk.workspace.close()
    with file_desk.opened_again() as other:
        assert size(other) == before + 2


@pytest.mark.parametrize(("goes", "code"), WAYS)
def test_no_other_file_is_opened_nor_an_empty_one_made_beside_what_is_read(
    file_desk: Desk, goes: Going, code: str
) -> None:
    place = Path(file_desk.place)
    with file_desk.workspace.read() as view:
        goes(place)
        was_there = place.exists()
        assert refusal(file_desk.workspace.read().__enter__) == code
        assert place.exists() == was_there
        assert view.head().size == 2


def test_a_closed_workspace_opens_whatever_lies_there(file_desk: Desk) -> None:
    file_desk.workspace.close()
    replaced(Path(file_desk.place))
    file_desk.record(EVENT)
    assert size(file_desk) == 3


def test_a_database_of_a_server_is_at_no_path(desk: Desk) -> None:
    desk.workspace.check_place()
    desk.record(EVENT)
    memory = engines.open_memory()
    engines.check_place(memory)
    memory.dispose()


def noted(folder: Path) -> tuple[Path, Whereabouts]:
    """An empty file and what is kept of where it was opened."""
    path = folder / "bank.mrm"
    path.write_bytes(b"")
    found = Whereabouts(path)
    found.note()
    return path, found


def test_where_files_have_no_numbers_another_is_not_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, found = noted(tmp_path)
    monkeypatch.setattr(seeking, "_identify", lambda path: (path.stat().st_dev, 0))
    found.check()
    path.unlink()
    assert refusal(found.check) == "workspace.file_gone"


def test_a_disk_that_cannot_be_asked_is_left_to_the_database(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, found = noted(tmp_path)

    def fail(path: Path) -> tuple[int, int]:
        raise PermissionError(13, "refused")

    monkeypatch.setattr(seeking, "_identify", fail)
    found.check()
