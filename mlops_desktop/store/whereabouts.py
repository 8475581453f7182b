"""Whether the path of an open file still leads to it: SQLite writes on into one that is gone."""

from contextlib import suppress
from pathlib import Path

from mlops_desktop.core.errors import AppError, Recovery


class Whereabouts:
    """Of one file, from the first connection to it until all of them are closed."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._opened: tuple[int, int] | None = None

    def note(self) -> None:
        """Keep which file was opened; every later connection has to find the same."""
        if self._opened is None:
            with suppress(OSError):
                self._opened = _identify(self._path)

    def forget(self) -> None:
        """Every connection is closed: whatever lies there next may be opened."""
        self._opened = None

    def check(self) -> None:
        """Raise ``workspace.file_gone``, ``workspace.file_replaced`` where it is not that file."""
        if self._opened is None:
            return
        try:
            found = _identify(self._path)
        except (FileNotFoundError, NotADirectoryError):
            raise self._refusal("workspace.file_gone") from None
        except OSError:  # a disk that fails is the database's to tell
            return
        # Some file systems of Windows number no files; an open one cannot be replaced there.
        if found != self._opened and found[1] and self._opened[1]:
            raise self._refusal("workspace.file_replaced")

    def _refusal(self, code: str) -> AppError:
        shown = self._path.as_posix()
        return AppError(code, recovery=Recovery.CONFIGURATION, where=shown, path=shown)


def _identify(path: Path) -> tuple[int, int]:
    found = path.stat()
    return found.st_dev, found.st_ino
