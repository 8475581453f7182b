"""Python's search for circles of objects, kept on the thread of the window.

The search runs on whichever thread makes the next object. Beside a worker it would destroy
widgets there, and Qt forbids to touch a widget on any thread but the window's: a crash that comes
once in hundreds of runs.

It stops the window while it walks every object since the last one. So it waits until workers are
done, whose rows are most of what is new and gone again soon after; and what outlives a search of
everything is left out of the next ones, until the person is in another program.
"""

import gc
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication

_PERIOD_MS = 1000
_MOST_WAITS = 20
_THOROUGH_AFTER = 30
_TOO_MANY = 60_000
"""New objects that are not gone again: walking them would be felt."""
_resting = 0


class Collector(QObject):
    """Searches on the thread of the window while it holds Python's own search back."""

    def __init__(self, parent: QObject, is_idle: Callable[[], bool] = lambda: True) -> None:
        super().__init__(parent)
        self._holds = False
        self._is_idle = is_idle
        self._waits = self._quiet = 0
        self._owes = False
        self._timer = QTimer(self, interval=_PERIOD_MS)
        self._timer.timeout.connect(self._tick)

    def hold(self) -> None:
        """Let no other thread search from now on; asked again it changes nothing."""
        global _resting
        self._quiet = 0
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

    def _tick(self) -> None:
        self._quiet += 1
        self._waits += 1
        if self._is_idle() or self._waits > _MOST_WAITS:
            self._waits = 0
            self._owes |= collect()
        is_quiet = self._quiet > _THOROUGH_AFTER and self._is_idle()
        if self._owes and is_quiet and not _is_watched():
            self._owes = False
            collect_everything()


def collect() -> bool:
    """Search as far as Python itself would by now; whether anything is left out from now on."""
    if gc.get_count()[0] > _TOO_MANY:  # rows that a page keeps; circles among them can wait
        gc.freeze()
        return True
    for generation in (2, 1, 0):
        limit = gc.get_threshold()[generation]
        if limit and gc.get_count()[generation] > limit:
            gc.collect(generation)
            if generation == 2:
                gc.freeze()
            return generation == 2
    return False


def collect_everything() -> None:
    """Search what was left out too, and leave out what outlives that."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()


def _is_watched() -> bool:
    return QGuiApplication.applicationState() == Qt.ApplicationState.ApplicationActive
