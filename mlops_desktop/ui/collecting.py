"""Python's search for circles of objects, kept on the thread of the window.

The search runs on whichever thread makes the next object. Beside a worker it would destroy
widgets there, and Qt forbids to touch a widget on any thread but the window's: a crash that comes
once in hundreds of runs.

It stops the window while it walks what is new: 0.1 to 0.5 µs an object, 1.1 µs where all of it
dies. So it walks often and never much; what is too much to be walked at once, rows that a page
keeps, is left out of every search until the person is in another program.

How much is new is reckoned from Python's own count, which also falls by what goes: it may say far
too little. So before a search what it would walk is listed, which takes less than the walk, and
the list is let go before another thread can run: while it is there, a worker fails that fills a
tuple.
"""

import gc
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication

_PERIOD_MS, _BUSY_MS = 1000, 100
_THOROUGH_AFTER = 30
_WORTH, _WORTH_BUSY = 700, 5_000
_MOST = 20_000
"""Objects that are walked at once: 22 ms where all of them die."""
_YOUNGEST = 0
"""The generation that Python puts new objects into."""
_resting = 0


class Collector(QObject):
    """Searches on the thread of the window while it holds Python's own search back."""

    def __init__(self, parent: QObject, is_idle: Callable[[], bool] = lambda: True) -> None:
        super().__init__(parent)
        self._holds = False
        self._is_idle = is_idle
        self._quiet = 0
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
        if self._timer.interval() != _BUSY_MS:
            self._timer.setInterval(_BUSY_MS)

    def release(self) -> None:
        """Give the search back, once no other window holds it."""
        global _resting
        if self._holds:
            self._holds = False
            self._timer.stop()
            _resting -= 1
            if not _resting:
                gc.enable()

    def glance(self) -> None:
        """Leave out what a job has made, where it is too much to walk.

        To be asked before its result takes the place of an older one: what goes then is taken off
        Python's count, and many new objects look like few.
        """
        if self._holds:
            look()
            if _census.young > _MOST:
                _leave_out()
                self._owes = True

    def _tick(self) -> None:
        is_idle = self._is_idle()
        self._owes |= collect(_WORTH if is_idle else _WORTH_BUSY)
        self._quiet = self._quiet + 1 if is_idle else 0
        if is_idle and self._timer.interval() != _PERIOD_MS:
            self._timer.setInterval(_PERIOD_MS)
        if self._owes and self._quiet > _THOROUGH_AFTER and not _is_watched():
            self._owes = False
            collect_everything()


@dataclass(slots=True)
class _Census:
    """How many objects are new since the last search, and how many searches left behind."""

    young: int = 0
    """At least: old ones that went hide new ones from Python's count."""
    kept: int = 0
    """At most: some of them may have gone."""
    counted: int = 0


_census = _Census()


def look() -> int:
    """Return Python's count of new objects, and remember what has come since the last look."""
    count = gc.get_count()[0]
    _census.young += max(0, count - _census.counted)
    _census.counted = count
    return count


def collect(worth: int = 0, most: int = _MOST) -> bool:
    """Search, once there are ``worth`` new objects; whether anything is left out from now on."""
    if look() <= worth:
        return False
    young = _census.young if _census.young > most else _list_young()
    if young <= most:
        if young + _census.kept <= most:
            ended = gc.collect()
            _begin_anew(max(0, _census.kept + young - ended))
            return False
        gc.collect(_YOUNGEST)
    _leave_out()
    return True


def _list_young() -> int:
    """Return how many objects are new; nothing in here gives another thread a turn."""
    return next(map(len, map(gc.get_objects, (_YOUNGEST,))))


def collect_everything() -> None:
    """Search what was left out too, and leave out what outlives that."""
    gc.unfreeze()
    gc.collect()
    _leave_out()


def _leave_out() -> None:
    gc.freeze()
    _begin_anew(0)


def _begin_anew(kept: int) -> None:
    _census.young, _census.kept, _census.counted = 0, kept, 0


def _is_watched() -> bool:
    return QGuiApplication.applicationState() == Qt.ApplicationState.ApplicationActive
