"""What a box offers is said again without a change of what was chosen."""

from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

from mlops_desktop.ui.widgets.choice import offer


def test_what_was_chosen_stays_and_nobody_is_told(qtbot: QtBot) -> None:
    box, told = QComboBox(), list[int]()
    qtbot.addWidget(box)
    box.currentIndexChanged.connect(told.append)
    offer(box, [("every", ""), ("two", 2)], 2)
    assert (box.currentText(), told) == ("two", [])
    offer(box, [("alle", ""), ("eins", 1), ("zwei", 2)], 1)
    assert (box.currentText(), told) == ("zwei", [])
    offer(box, [("alle", ""), ("eins", 1)], 1)
    assert box.currentText() == "alle"
    box.setCurrentIndex(1)
    assert told == [1]
