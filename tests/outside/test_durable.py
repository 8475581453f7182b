"""Files that a power cut may not take, on shares too that know less than a local disk."""

import errno
import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from mlops_desktop.outside import durable


def _failing(number: int, *, of_folders: bool) -> Callable[[int], None]:
    def fsync(handle: int) -> None:
        if stat.S_ISDIR(os.fstat(handle).st_mode) is of_folders:
            raise OSError(number, os.strerror(number))

    return fsync


def test_a_share_that_orders_no_names_is_no_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Linux' CIFS client has no fsync for folders, and answers EINVAL.
    monkeypatch.setattr(os, "fsync", _failing(errno.EINVAL, of_folders=True))
    durable.sync(tmp_path)


@pytest.mark.parametrize(
    ("number", "of_folders"), [(errno.EIO, True), (errno.EIO, False), (errno.EINVAL, False)]
)
def test_what_the_disk_could_not_keep_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, of_folders: bool
) -> None:
    file = tmp_path / "kept"
    file.write_bytes(b"bytes")
    monkeypatch.setattr(os, "fsync", _failing(number, of_folders=of_folders))
    with pytest.raises(OSError, match=os.strerror(number)):
        durable.sync(tmp_path if of_folders else file)


def test_a_file_without_second_names_is_copied(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(source: Path, target: Path) -> None:
        raise OSError(errno.EPERM, "no links here")

    file, other = tmp_path / "kept", tmp_path / "other"
    file.write_bytes(b"bytes")
    monkeypatch.setattr(os, "link", refuse)
    durable.name_also(file, other)
    assert other.read_bytes() == b"bytes"
