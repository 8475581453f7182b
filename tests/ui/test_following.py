"""What has the keyboard comes into sight, wherever the keyboard came from."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QScrollArea, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from mlops_desktop.ui.following import Following


class Place:
    """A field above an area that is scrolled to its end, with a field at both ends of it."""

    def __init__(self) -> None:
        self.window, self.area, inside = QWidget(), QScrollArea(), QWidget()
        self.above, self.first, self.last = QLineEdit(), QLineEdit(), QLineEdit()
        column = QVBoxLayout(inside)
        column.addWidget(self.first)
        column.addSpacing(3000)
        column.addWidget(self.last)
        self.area.setWidgetResizable(True)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setWidget(inside)
        outer = QVBoxLayout(self.window)
        outer.addWidget(self.above)
        outer.addWidget(self.area)
        self.window.resize(400, 300)
        self.following = Following(self.window)

    def scrolled(self) -> int:
        """How far the area is scrolled."""
        return self.area.verticalScrollBar().value()


@pytest.fixture
def place(qtbot: QtBot) -> Place:
    made = Place()
    qtbot.addWidget(made.window)
    made.window.show()
    made.window.activateWindow()
    qtbot.waitUntil(lambda: made.area.verticalScrollBar().maximum() > 0)
    bar = made.area.verticalScrollBar()
    bar.setValue(bar.maximum())
    made.above.setFocus()
    qtbot.waitUntil(made.above.hasFocus)
    return made


def test_what_is_reached_from_outside_comes_into_sight(place: Place) -> None:
    QTest.keyClick(place.above, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is place.first
    assert not place.first.visibleRegion().isEmpty()
    assert place.scrolled() < 100


def test_what_is_in_sight_already_stays_where_it_is(place: Place) -> None:
    before = place.scrolled() - 10
    place.area.verticalScrollBar().setValue(before)
    place.last.setFocus()
    assert place.last.hasFocus()
    assert place.scrolled() == before
