"""Private files appear whole, for their owner alone, and one process at a time."""

import multiprocessing
import stat
import sys
from pathlib import Path

import pytest

from mlops_desktop.core.errors import AppError
from mlops_desktop.outside import private_files

_posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps rights in lists instead")


def test_what_is_written_is_read_and_nothing_else_stays(tmp_path: Path) -> None:
    path = tmp_path / "new" / "file"
    private_files.write(path, b"first")
    private_files.write(path, b"second")
    assert private_files.read(path) == b"second"
    assert list(path.parent.iterdir()) == [path]
    private_files.remove(path)
    private_files.remove(path)
    assert private_files.read(path) is None


@_posix
def test_only_the_owner_may_read(tmp_path: Path) -> None:
    path = tmp_path / "new" / "file"
    private_files.write(path, b"secret")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


@_posix
def test_a_file_is_reserved_for_its_owner_and_what_lies_there_stays(tmp_path: Path) -> None:
    path, other = tmp_path / "file", tmp_path / "other"
    private_files.reserve(path)
    assert (path.read_bytes(), stat.S_IMODE(path.stat().st_mode)) == (b"", 0o600)
    other.write_bytes(b"kept")
    private_files.reserve(other)
    private_files.reserve(tmp_path / "none" / "file")
    assert other.read_bytes() == b"kept"


def test_a_failed_write_keeps_the_old_content_and_leaves_nothing(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.mkdir()
    (path / "inside").write_bytes(b"kept")
    with pytest.raises(AppError, match=r"file\.not_written") as refused:
        private_files.write(path, b"new")
    assert refused.value.parameters["path"] == str(path)
    assert (path / "inside").read_bytes() == b"kept"
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(AppError, match=r"file\.unreadable"):
        private_files.read(tmp_path)


def test_a_file_that_is_there_is_not_created_again(tmp_path: Path) -> None:
    path = tmp_path / "file"
    assert private_files.create(path, b"first")
    assert not private_files.create(path, b"second")
    assert private_files.read(path) == b"first"


@pytest.mark.parametrize("name", ["..", "a/b", "a\\b", "", ".x", "a:b", "CON ", "x" * 129, "ä"])
def test_names_that_lead_elsewhere_are_refused(name: str) -> None:
    with pytest.raises(AppError, match=r"file\.name_refused"):
        private_files.file_name(name, ".key")


def _count_up(path: Path, times: int) -> None:
    for _ in range(times):
        with private_files.locked(path):
            before = int(private_files.read(path) or b"0")
            private_files.write(path, str(before + 1).encode())


def test_processes_wait_for_each_other(tmp_path: Path) -> None:
    path = tmp_path / "count"
    context = multiprocessing.get_context("spawn")
    workers = [context.Process(target=_count_up, args=(path, 25)) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert [worker.exitcode for worker in workers] == [0, 0, 0]
    assert private_files.read(path) == b"75"


def test_no_lock_lies_beside_what_is_put_in_a_folder_of_the_user(tmp_path: Path) -> None:
    path = tmp_path / "out"
    assert private_files.create_outside(path, b"first")
    assert not private_files.create_outside(path, b"second")
    assert [*tmp_path.iterdir()] == [path]
    assert path.read_bytes() == b"first"


def test_what_cannot_be_put_is_told_by_its_own_name(tmp_path: Path) -> None:
    (tmp_path / "folder").write_bytes(b"a file")
    path = tmp_path / "folder" / "out"
    with pytest.raises(AppError, match=r"file\.not_written") as refused:
        private_files.create_outside(path, b"new")
    assert refused.value.where == str(path)
