"""Ends the window where the system or a terminal asks the process to end."""

import contextlib
import signal
import socket
from collections.abc import Callable
from types import FrameType

from PySide6.QtCore import QObject, QSocketNotifier

_ASKING = tuple(
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)
)


class EndSignals(QObject):
    """Calls ``end`` once on the thread of the window; a second signal ends the process at once.

    Qt's loop runs no Python while nothing happens, so a handler alone would never be called:
    the byte that Python writes for each signal wakes the loop.
    """

    def __init__(self, end: Callable[[], None], parent: QObject) -> None:
        super().__init__(parent)
        self._end = end
        self._mine, self._theirs = socket.socketpair()
        self._mine.setblocking(False)
        self._theirs.setblocking(False)
        self._before = {number: signal.signal(number, self._note) for number in _ASKING}
        self._woken = signal.set_wakeup_fd(self._theirs.fileno(), warn_on_full_buffer=False)
        self._notifier = QSocketNotifier(self._mine.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._wake)

    def restore(self) -> None:
        """Leave the signals as they were before."""
        self._notifier.setEnabled(False)
        signal.set_wakeup_fd(self._woken)
        for number, handler in self._before.items():
            signal.signal(number, handler)
        self._mine.close()
        self._theirs.close()

    def _note(self, number: int, frame: FrameType | None) -> None:
        """Nothing is done here: Python may be anywhere."""

    def _wake(self) -> None:
        with contextlib.suppress(BlockingIOError):
            self._mine.recv(64)
        for number in _ASKING:
            signal.signal(number, signal.SIG_DFL)
        self._end()
