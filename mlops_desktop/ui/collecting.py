"""Python's search for circles of objects, kept on the thread of the window.

The search runs on whichever thread makes the next object. Beside a worker it would destroy
widgets there, and Qt forbids to touch a widget on any thread but the window's: a crash that comes
once in hundreds of runs.
"""

import gc

from PySide6.QtCore import QObject, QTimer

_PERIOD_MS = 1000
_resting = 0


class Collector(QObject):
    """Searches on the thread of the window while it holds Python's own search back."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._holds = False
        self._timer = QTimer(self, interval=_PERIOD_MS)
        self._timer.timeout.connect(collect)

    def hold(self) -> None:
        """Let no other thread search from now on; asked again it changes nothing."""
        global _resting
        if not self._holds:
            self._holds = True
            _resting += 1
            gc.disable()
            self._timer.start()

    def release(self) -> None:
        """Give the search back, once no other window holds it."""
        global _resting
        if self._holds:
            self._holds = False
            self._timer.stop()
            _resting -= 1
            if not _resting:
                gc.enable()


def collect() -> None:
    """Search as far as Python itself would by now."""
    for generation in (2, 1, 0):
        limit = gc.get_threshold()[generation]
        if limit and gc.get_count()[generation] > limit:
            gc.collect(generation)
            return
