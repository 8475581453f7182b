"""Wings of a room: out while its sheet changes, back before anybody sees them."""

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFrame, QLabel, QStackedWidget, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from mlops_desktop.ui.dressing import Dressing
from mlops_desktop.ui.widgets.room import Room
from mlops_desktop.ui.widgets.wing import Wing

RED, BLUE = ("QLabel { color: #ff0000; }", "QLabel { color: #0000ff; }")


class Hall:
    """A window with one room: two wings, the first in sight, and a wing within the second."""

    def __init__(self) -> None:
        self.window, self.room, self.stack = QWidget(), QFrame(), QStackedWidget()
        self.dressing = Dressing(self.window)
        self.dressing.change(RED)
        QVBoxLayout(self.window).addWidget(self.room)
        self.dressing.dress_room(self.room)
        QVBoxLayout(self.room).addWidget(self.stack)
        self.labels = [QLabel("seen"), QLabel("\n".join("out of sight" for _ in range(200)))]
        self.inner = Wing(QLabel("within"))
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.addWidget(self.labels[1])
        column.addWidget(self.inner)
        self.area = Room(inside)
        self.wings = [Wing(self.labels[0]), Wing(self.area)]
        for wing in self.wings:
            self.stack.addWidget(wing)
        self.told: list[QWidget] = []
        self.dressing.dressed.connect(self.told.append)
        self.window.show()

    def inks(self) -> list[str]:
        """The colours of the two labels."""
        for label in self.labels:
            label.ensurePolished()
        return [label.palette().windowText().color().name() for label in self.labels]

    def begin(self) -> None:
        """Change the sheet until the second wing is out."""
        self.told.clear()
        self.dressing.change(BLUE)
        while not self.wings[1].is_out:
            QCoreApplication.processEvents()


@pytest.fixture
def hall(qtbot: QtBot) -> Hall:
    made = Hall()
    qtbot.addWidget(made.window)
    qtbot.waitUntil(lambda: made.dressing.is_done)
    return made


def test_what_a_wing_holds_is_out_meanwhile_and_comes_back_as_it_was(
    hall: Hall, qtbot: QtBot
) -> None:
    hall.stack.setCurrentIndex(1)
    qtbot.waitUntil(lambda: hall.area.verticalScrollBar().maximum() > 70)
    hall.area.verticalScrollBar().setValue(70)
    hall.stack.setCurrentIndex(0)
    told: list[bool] = []
    hall.dressing.dressed.connect(lambda _: told.append(hall.room.isAncestorOf(hall.area)))
    hall.begin()
    assert not hall.inner.is_out
    qtbot.waitUntil(lambda: hall.dressing.is_done)
    assert hall.inks() == ["#0000ff", "#0000ff"]
    assert hall.told == [hall.room, hall.labels[0], hall.area]
    assert told == [False, False, True]
    hall.stack.setCurrentIndex(1)
    assert hall.labels[1].isVisible()
    assert hall.area.verticalScrollBar().value() == 70


def test_a_wing_that_is_shown_amid_a_change_is_whole_and_dressed(hall: Hall, qtbot: QtBot) -> None:
    hall.begin()
    hall.stack.setCurrentIndex(1)
    assert hall.labels[1].isVisible()
    qtbot.waitUntil(lambda: hall.dressing.is_done)
    assert hall.inks() == ["#0000ff", "#0000ff"]


def test_another_change_amid_a_change_leaves_nothing_out(hall: Hall, qtbot: QtBot) -> None:
    hall.begin()
    hall.dressing.change(RED)
    qtbot.waitUntil(lambda: hall.dressing.is_done)
    assert hall.inks() == ["#ff0000", "#ff0000"]
    assert not hall.wings[1].is_out


def test_a_room_that_goes_amid_a_change_does_no_harm(hall: Hall, qtbot: QtBot) -> None:
    hall.begin()
    hall.room.deleteLater()
    qtbot.waitUntil(lambda: hall.dressing.is_done)
    assert hall.told == []
