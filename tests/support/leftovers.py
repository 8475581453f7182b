"""A test that leaves a thread, a timer or a window behind fails, so that the next one is alone."""

import gc
import threading
import time
from collections.abc import Callable, Iterator

import pytest

_GRACE = 5.0


def _threads() -> set[threading.Thread]:
    # A dummy stands for a thread that Qt or a driver started itself; it outlives its end.
    return {
        thread
        for thread in threading.enumerate()
        if thread.is_alive() and not isinstance(thread, threading._DummyThread)
    }


def _wait_until_empty(read: Callable[[], set[threading.Thread]]) -> set[threading.Thread]:
    deadline = time.monotonic() + _GRACE
    while (left := read()) and time.monotonic() < deadline:
        time.sleep(0.01)
    return left


@pytest.fixture(autouse=True)
def _no_thread_is_left() -> Iterator[None]:
    before = _threads()
    yield
    left = _wait_until_empty(lambda: _threads() - before)
    if left:
        names = sorted(thread.name for thread in left)
        pytest.fail(f"threads left behind: {', '.join(names)}", pytrace=False)


def _qt_objects() -> dict[int, str]:
    """Top-level widgets and running timers that are alive in C++, by address."""
    import shiboken6
    from PySide6.QtCore import QCoreApplication, QEvent, QTimer
    from PySide6.QtWidgets import QApplication

    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    widgets = [widget for widget in QApplication.topLevelWidgets() if shiboken6.isValid(widget)]
    timers = [
        thing
        for thing in gc.get_objects()
        if isinstance(thing, QTimer) and shiboken6.isValid(thing) and thing.isActive()
    ]
    # The wrapper of a widget that Qt made itself comes and goes; its place in C++ stays.
    return {
        shiboken6.getCppPointer(thing)[0]: f"{type(thing).__name__} {thing.objectName()}"
        for thing in widgets + timers
    }


@pytest.fixture(autouse=True)
def _no_window_is_left(request: pytest.FixtureRequest) -> Iterator[None]:
    if "qapp" not in request.fixturenames:
        yield
        return
    request.getfixturevalue("qapp")
    gc.freeze()  # only what is new counts; to look through all that was takes a second
    before = _qt_objects().keys()
    yield
    gc.collect()
    left = _qt_objects().keys() - before
    gc.unfreeze()
    if left:
        gc.collect()  # what was frozen may have held it
        told = sorted(told for key, told in _qt_objects().items() if key in left)
        if told:
            pytest.fail(f"Qt objects left behind: {', '.join(told)}", pytrace=False)
