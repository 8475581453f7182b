"""One start, in a process of its own: of an empty window, or of the program until its list stands.

``python -m tests.benchmarks._starting empty|program PLACE`` prints when it was and what it cost.
"""

import json
import sys
import time

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow

_EVERY_MS = 5


def main() -> None:
    """Start what is asked for."""
    what, place = sys.argv[1:]
    if what == "empty":
        app = QApplication(["empty"])
        window = QMainWindow()
        window.resize(1280, 820)
        window.show()
        QTimer.singleShot(0, lambda: QTimer.singleShot(0, _tell))
        app.exec()
    else:
        _start(place)


def _start(place: str) -> None:
    from mlops_desktop.ui import app

    watch = QTimer(interval=_EVERY_MS)
    watch.timeout.connect(_look)
    QTimer.singleShot(0, watch.start)
    app.run(place, ["benchmark"])


def _look() -> None:
    for window in QApplication.topLevelWidgets():
        stage = getattr(window, "stage", None)
        page = stage.page() if stage is not None else None
        if page is not None:
            _look_at(window, page)


def _look_at(window: object, page: object) -> None:
    if getattr(page, "list", None) is None:
        window.show_page("models")  # type: ignore[attr-defined]
        return
    view = page.list.view  # type: ignore[attr-defined]
    if view.isVisible() and view.model().line(0) is not None:
        view.repaint()
        _tell()


def _tell() -> None:
    told = {"at": time.time(), "processor": time.process_time()}
    print(json.dumps(told), flush=True)
    import os

    os._exit(0)


if __name__ == "__main__":
    main()
