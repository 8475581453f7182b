"""Small private files of the user: written whole or not at all, readable by nobody else."""

import os
import re
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from mlops_desktop.core.errors import AppError, Recovery
from mlops_desktop.outside.foreign_files import read_within

_PRIVATE = 0o600
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,127}")


def file_name(identifier: str, ending: str) -> str:
    """Return ``identifier`` with ``ending`` as a file name.

    Raises AppError ``file.name_refused`` for anything but letters, digits, ``_`` and ``-``: an
    identifier may come from a foreign workspace and must not lead elsewhere.
    """
    if not _NAME.fullmatch(identifier):
        raise AppError("file.name_refused", name=ascii(identifier))
    return identifier + ending


def read(path: Path, most: int | None = None) -> bytes | None:
    """Return the content of ``path``, None if it is not there; raises ``file.unreadable``.

    What others may have written is read up to ``most`` bytes: TooLarge is raised past them.
    """
    try:
        return path.read_bytes() if most is None else read_within(path, most)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise _failed("file.unreadable", path, error) from error


def write(path: Path, content: bytes) -> None:
    """Put ``content`` at ``path`` in one step, durable on return; raises ``file.not_written``."""
    try:
        temporary = _write_beside(path, content)
        try:
            temporary.replace(path)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
        _sync_folder(path.parent)
    except OSError as error:
        raise _failed("file.not_written", path, error) from error


def create(path: Path, content: bytes) -> bool:
    """Put ``content`` at ``path`` unless something is there; tell whether it was put.

    Of two processes that try at once, one wins. Raises ``file.not_written``.
    """
    with locked(path):
        if path.exists():
            return False
        write(path, content)
        return True


def create_outside(path: Path, content: bytes) -> bool:
    """Do so in a folder that is not the program's, where no lock is left lying beside it."""
    try:
        return create(path, content)
    finally:
        with suppress(OSError):  # on Windows another process may hold it
            _lock_of(path).unlink()


def reserve(path: Path) -> None:
    """Make an empty file for a database that makes its own for everybody to read.

    Nothing happens where one lies there; what else is in the way is for the database to tell.
    """
    with suppress(OSError):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, _PRIVATE))


def remove(path: Path) -> None:
    """Remove ``path``; nothing happens if it is not there. Raises ``file.not_written``."""
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise _failed("file.not_written", path, error) from error


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the lock of ``path`` across processes; waits for the other holder."""
    lock = _lock_of(path)
    try:
        lock.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle = os.open(lock, os.O_RDWR | os.O_CREAT, _PRIVATE)
    except OSError as error:
        raise _failed("file.not_written", path, error) from error
    try:
        _lock(handle)
        yield
    finally:
        os.close(handle)  # the system drops the lock with the last handle


def _lock_of(path: Path) -> Path:
    return path.with_name(path.name + ".lock")


def _write_beside(path: Path, content: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)  # made with 0600
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return Path(name)


def _failed(code: str, path: Path, error: OSError) -> AppError:
    reason = error.strerror or type(error).__name__
    return AppError(
        code, recovery=Recovery.CONFIGURATION, where=str(path), path=str(path), reason=reason
    )


if sys.platform == "win32":
    import msvcrt
    import time

    def _lock(handle: int) -> None:
        while True:
            with suppress(OSError):  # gives up after ten seconds
                msvcrt.locking(handle, msvcrt.LK_LOCK, 1)
                return
            time.sleep(0.05)

    def _sync_folder(folder: Path) -> None:
        """Windows keeps a folder's entries in order by itself."""

else:
    import fcntl

    def _lock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX)

    def _sync_folder(folder: Path) -> None:
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
