"""A file that a person names is whole, or as it was."""

import os
import re
import stat
import threading
from pathlib import Path

import pytest

from mlops_desktop.core.errors import AppError
from mlops_desktop.services.files import write_file
from mlops_desktop.services.wording import explain

_OLD, _NEW = b"old\n" * 100_000, b"new\n" * 100_000


def test_whoever_reads_meanwhile_reads_one_or_the_other(tmp_path: Path) -> None:
    path, seen, ends = tmp_path / "list.csv", set[bytes](), threading.Event()
    path.write_bytes(_OLD)

    def read() -> None:
        while not ends.is_set():
            seen.add(path.read_bytes())

    reader = threading.Thread(target=read)
    reader.start()
    for _ in range(50):
        write_file(path, _NEW)
        write_file(path, _OLD)
    ends.set()
    reader.join()
    assert seen <= {_OLD, _NEW}
    assert [one.name for one in tmp_path.iterdir()] == ["list.csv"]


def test_where_the_disk_is_full_the_old_file_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(_OLD)

    def half(draft: Path, content: bytes) -> None:
        with draft.open("wb") as file:
            file.write(content[:5])
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr(Path, "write_bytes", half)
    with pytest.raises(AppError) as refused:
        write_file(path, _NEW)
    assert (refused.value.code, refused.value.parameters["reason"]) == (
        "file.not_written",
        os.strerror(28),
    )
    assert path.read_bytes() == _OLD
    assert [one.name for one in tmp_path.iterdir()] == ["list.csv"]


@pytest.mark.parametrize("language", ["en", "de"])
def test_no_earlier_content_is_told_where_nothing_was(tmp_path: Path, language: str) -> None:
    with pytest.raises(AppError) as refused:
        write_file(tmp_path / "missing" / "list.csv", _NEW)
    _, meaning, remedy = explain(refused.value, language)
    assert meaning.startswith(("Nothing was written", "Nichts wurde geschrieben"))
    assert re.search("folder is there|Ordner da ist", remedy)


def test_rights_and_links_stay(tmp_path: Path) -> None:
    path, link = tmp_path / "list.csv", tmp_path / "latest.csv"
    path.write_bytes(_OLD)
    path.chmod(0o640)
    link.symlink_to(path)
    write_file(link, _NEW)
    assert link.is_symlink()
    assert path.read_bytes() == _NEW
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_what_is_no_file_is_written_to_or_refused(tmp_path: Path) -> None:
    write_file(Path(os.devnull), _NEW)
    assert not Path(os.devnull).is_file()
    with pytest.raises(AppError, match=r"file\.not_written"):
        write_file(tmp_path, _NEW)
