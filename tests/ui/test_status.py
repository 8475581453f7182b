"""The status bar says what finds room and widens no window, however long a path is."""

from threading import Event

from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from mlops_desktop.ui.jobs import Progress
from mlops_desktop.ui.widgets.sentence_button import SentenceButton
from mlops_desktop.ui.window import Window

_PATH = "/ablage/" + "Modellrisikomanagement_und_Validierung/" * 6 + "elbmark.mlops"


def test_a_long_path_widens_no_window_and_is_told_whole(window: Window, qtbot: QtBot) -> None:
    least = window.minimumSizeHint().width()
    bar = window.statusBar()
    told = f"The workspace’s file no longer lies at {_PATH} & there."
    window.resize(least, 600)
    window.context.ledger_said.emit("bad", told)
    button = next(one for one in bar.findChildren(SentenceButton) if one.objectName() != "jobs")
    qtbot.waitUntil(lambda: bool(QPushButton.text(button)))
    assert window.minimumSizeHint().width() <= least
    qtbot.waitUntil(lambda: QPushButton.text(button).endswith("…"))
    assert button.geometry().right() < bar.width() == window.width() == least
    assert button.toolTip() == button.text() == told
    assert button.accessibleName() == f"Ledger: {told}"
    window.context.ledger_said.emit("good", "verified & anchored")
    qtbot.waitUntil(lambda: QPushButton.text(button) == "verified && anchored")
    assert button.toolTip() == ""


def test_nor_does_the_name_of_what_is_running(window: Window, qtbot: QtBot) -> None:
    least, gate = window.minimumSizeHint().width(), Event()
    window.resize(least, 600)

    def work(progress: Progress) -> None:
        assert gate.wait(10)

    window.context.jobs.submit_write(_PATH, work, lambda _: None, lambda _: None)
    work_button = window.statusBar().findChild(SentenceButton, "jobs")
    assert work_button is not None
    qtbot.waitUntil(lambda: QPushButton.text(work_button).endswith("…"))
    assert window.minimumSizeHint().width() <= least
    assert work_button.accessibleName() == work_button.toolTip()
    assert work_button.toolTip().startswith(_PATH)
    gate.set()
    qtbot.waitUntil(window.context.jobs.is_idle)
