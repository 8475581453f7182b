"""Tells whether another window of this person has the same workspace open."""

from hashlib import sha256
from pathlib import Path

from PySide6.QtCore import QEvent, QLockFile, QObject
from PySide6.QtWidgets import QWidget

from mlops_desktop import paths
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.widgets.bar import MessageBar


class Held:
    """Holds a place while it is open here; a window that fell holds nothing any more."""

    def __init__(self) -> None:
        self._lock: QLockFile | None = None
        self.is_shared = False

    def take(self, place: str) -> bool:
        """Hold ``place`` from now on; False where another window holds it already."""
        self.drop()
        folder = paths.home() / "open"
        folder.mkdir(parents=True, exist_ok=True)
        name = sha256(_same(place).encode("utf-8")).hexdigest()[:32]
        lock = QLockFile(str(folder / f"{name}.lock"))
        lock.setStaleLockTime(0)  # however long it is open; who no longer runs holds nothing
        self.is_shared = not lock.tryLock(0) and lock.error() is QLockFile.LockError.LockFailedError
        self._lock = lock
        return not self.is_shared

    def drop(self) -> None:
        """Hold nothing any more."""
        if self._lock is not None and self._lock.isLocked():
            self._lock.unlock()
        self._lock, self.is_shared = None, False


def _same(place: str) -> str:
    """Return one text for a file however it is written; an address as it is."""
    return place if "://" in place else str(Path(place).expanduser().resolve())


class Sharing(QObject):
    """Says that a workspace is open twice, and then reads again whenever somebody comes back."""

    def __init__(self, context: Context, bar: MessageBar, window: QWidget) -> None:
        super().__init__(window)
        self._context, self._bar = context, bar
        self.held = Held()
        context.workspace_changed.connect(self._on_workspace)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Read again what another window may have changed."""
        if event.type() == QEvent.Type.WindowActivate and self.held.is_shared:
            self._context.read_again.emit()
        return False

    def _on_workspace(self) -> None:
        place = self._context.place
        if not place:
            self.held.drop()
        elif not self.held.take(place):
            self._bar.stand(self._tell)

    def _tell(self) -> None:
        say = self._context.say
        self._bar.say("info", say("recent.shared"), say("recent.shared_rest"))
