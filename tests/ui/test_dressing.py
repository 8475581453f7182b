"""Style sheets part by part: nothing half dressed is painted, and nothing is left out."""

from dataclasses import dataclass

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QSize
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QLabel,
    QLineEdit,
    QMenu,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from mlops_desktop.ui.actions import Action
from mlops_desktop.ui.colors import read_colors
from mlops_desktop.ui.dressing import Dressing
from mlops_desktop.ui.widgets.wing import Wing
from mlops_desktop.ui.window import Window
from tests.ui.conftest import page_of

RED, BLUE = ("QLabel { color: #ff0000; }", "QLabel { color: #0000ff; }")


class Place:
    """A window with a small part and two rooms, one of them in sight."""

    def __init__(self) -> None:
        self.window, self.stack, self.small = QWidget(), QStackedWidget(), QFrame()
        self.dressing = Dressing(self.window)
        self.dressing.change(RED)
        self.dressing.dress(self.small)
        column = QVBoxLayout(self.window)
        column.addWidget(self.small)
        column.addWidget(self.stack)
        self.labels = [QLabel("x", self.small)]
        self.rooms = [QFrame(), QFrame()]
        for room in self.rooms:
            self.dressing.dress_room(room)
            self.stack.addWidget(room)
            self.labels.append(QLabel("x", room))
        self.window.show()

    def inks(self) -> list[str]:
        """The colours of the labels: of the small part, the room in sight, the other one."""
        for label in self.labels:
            label.ensurePolished()
        return [label.palette().windowText().color().name() for label in self.labels]


@pytest.fixture
def place(qtbot: QtBot) -> Place:
    made = Place()
    qtbot.addWidget(made.window)
    qtbot.waitUntil(lambda: made.dressing.is_done)
    return made


def test_the_window_is_not_painted_until_what_is_in_sight_is_dressed(
    place: Place, qtbot: QtBot
) -> None:
    red, blue = "#ff0000", "#0000ff"
    assert place.inks() == [red, red, red]
    told: list[tuple[bool, QWidget]] = []
    place.dressing.dressed.connect(lambda part: told.append((place.window.updatesEnabled(), part)))
    place.dressing.change(BLUE)
    assert place.inks() == [blue, red, red]
    assert not place.window.updatesEnabled()
    qtbot.waitUntil(lambda: place.dressing.is_done)
    assert place.inks() == [blue, blue, blue]
    assert told == [
        (False, place.small), (False, place.rooms[0]), (True, place.rooms[1]),
    ]  # fmt: skip
    assert place.window.updatesEnabled()


def test_a_room_that_comes_in_sight_is_next_and_is_not_seen_before(
    place: Place, qtbot: QtBot
) -> None:
    told: list[tuple[bool, QWidget]] = []
    place.dressing.change(BLUE)
    place.dressing.dressed.connect(lambda part: told.append((place.window.updatesEnabled(), part)))
    place.stack.setCurrentWidget(place.rooms[1])
    place.dressing.hurry(place.rooms[1])
    assert not place.window.updatesEnabled()
    qtbot.waitUntil(lambda: place.dressing.is_done)
    assert told == [(False, place.rooms[1]), (True, place.rooms[0])]
    assert place.inks() == ["#0000ff"] * 3
    place.dressing.hurry(place.rooms[0])
    assert place.dressing.is_done
    assert place.window.updatesEnabled()


def test_a_room_comes_in_sight_while_another_is_told_that_it_is_dressed(
    place: Place, qtbot: QtBot
) -> None:
    def turn(part: QWidget) -> None:
        if part is place.rooms[1]:
            place.stack.setCurrentWidget(place.rooms[0])
            place.dressing.hurry(place.rooms[0])

    place.stack.setCurrentWidget(place.rooms[1])
    place.dressing.change(BLUE)
    place.dressing.dressed.connect(turn)
    qtbot.waitUntil(lambda: place.dressing.is_done)
    assert place.inks() == ["#0000ff"] * 3
    assert place.window.updatesEnabled()


def test_a_change_amid_a_change_and_parts_that_are_gone(place: Place, qtbot: QtBot) -> None:
    place.dressing.change(BLUE)
    place.dressing.change(RED)
    room = place.rooms[1]
    place.stack.removeWidget(room)
    room.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    place.labels.pop()
    qtbot.waitUntil(lambda: place.dressing.is_done)
    assert place.inks() == ["#ff0000", "#ff0000"]
    assert place.window.updatesEnabled()


@dataclass(frozen=True)
class Rolled:
    """A wing in sight, whose content is scrolled half way, as the page around it is."""

    page: QScrollArea
    wing: Wing
    area: QScrollArea
    line: QLineEdit

    def state(self) -> tuple[list[int], QSize, bool]:
        """How far both are scrolled, its size, and whether what it holds is there."""
        bars = [area.verticalScrollBar().value() for area in (self.page, self.area)]
        return bars, self.wing.size(), self.area.isVisible()


@pytest.fixture
def rolled(place: Place, qtbot: QtBot) -> Rolled:
    page, area, line, inside = QScrollArea(), QScrollArea(), QLineEdit(), QFrame()
    page.setWidgetResizable(True)
    area.setMinimumHeight(1500)
    inside.setFixedSize(300, 2000)
    line.setParent(inside)
    place.labels.append(QLabel("x", inside))
    area.setWidget(inside)
    made = Rolled(page, Wing(area), area, line)
    page.setWidget(made.wing)
    QVBoxLayout(place.rooms[0]).addWidget(page)
    qtbot.waitUntil(lambda: page.verticalScrollBar().maximum() > 500)
    page.verticalScrollBar().setValue(500)
    area.verticalScrollBar().setValue(300)
    assert made.state()[0] == [500, 300]
    return made


def test_what_is_in_sight_changes_in_pieces_and_stays_where_it_was(
    place: Place, rolled: Rolled, qtbot: QtBot
) -> None:
    before, told = rolled.state(), list[tuple[bool, QWidget]]()
    place.dressing.dressed.connect(lambda part: told.append((place.window.updatesEnabled(), part)))
    place.dressing.change(BLUE)
    qtbot.waitUntil(lambda: place.dressing.is_done)
    room, other = place.rooms
    assert told == [(False, place.small), (False, room), (False, rolled.area), (True, other)]
    assert rolled.state() == before
    assert place.inks() == ["#0000ff"] * 4
    assert rolled.wing.minimumHeight() == 0


@pytest.mark.parametrize("is_behind", [False, True])
def test_what_has_the_keyboard_keeps_it(
    place: Place, rolled: Rolled, is_behind: bool, qtbot: QtBot
) -> None:
    qtbot.waitExposed(place.window)
    place.window.activateWindow()
    rolled.line.setFocus()
    qtbot.waitUntil(rolled.line.hasFocus)
    if is_behind:
        other = QWidget()
        qtbot.addWidget(other)
        other.show()
        other.activateWindow()
        qtbot.waitUntil(lambda: not rolled.line.hasFocus())
    told: list[QWidget] = []
    place.dressing.dressed.connect(told.append)
    place.dressing.change(BLUE)
    qtbot.waitUntil(lambda: place.dressing.is_done)
    assert place.window.focusWidget() is rolled.line
    assert rolled.area not in told
    assert place.inks() == ["#0000ff"] * 4


def test_who_goes_through_a_room_amid_a_change_finds_the_whole_of_it(
    place: Place, rolled: Rolled, qtbot: QtBot
) -> None:
    found: list[QScrollArea | None] = []

    def look(part: QWidget) -> None:
        if part is place.rooms[0]:
            found.append(part.findChild(QScrollArea, "rolled"))
            place.dressing.gather()
            found.append(part.findChild(QScrollArea, "rolled"))

    rolled.area.setObjectName("rolled")
    place.dressing.change(BLUE)
    place.dressing.dressed.connect(look)
    qtbot.waitUntil(lambda: place.dressing.is_done)
    assert found == [None, rolled.area]
    assert place.inks() == ["#0000ff"] * 4


def test_another_room_comes_in_sight_while_a_wing_is_out(
    place: Place, rolled: Rolled, qtbot: QtBot
) -> None:
    before, was_out = rolled.state(), list[bool]()

    def turn(part: QWidget) -> None:
        if part is place.rooms[0]:
            was_out.append(rolled.wing.is_out)
            place.stack.setCurrentWidget(place.rooms[1])
            place.dressing.hurry(place.rooms[1])

    place.dressing.change(BLUE)
    place.dressing.dressed.connect(turn)
    qtbot.waitUntil(lambda: place.dressing.is_done)
    assert was_out == [True]
    assert place.window.updatesEnabled()
    place.stack.setCurrentWidget(place.rooms[0])
    place.dressing.hurry(place.rooms[0])
    assert not rolled.wing.is_out
    qtbot.waitUntil(lambda: rolled.state() == before)
    assert place.inks() == ["#0000ff"] * 4


def test_what_opens_over_the_window_is_dressed_as_it_is(window: Window, qtbot: QtBot) -> None:
    dialog, menu = QDialog(window), QMenu(window)
    menu.addAction(QAction("Do", menu))
    dialog.open()
    menu.popup(window.pos())
    window.context.toast("Done.")
    overs = [dialog, menu, window.stage.findChild(QFrame, "toast"), window.statusBar()]
    assert [over.styleSheet() != "" for over in overs if over is not None] == [True] * 4
    assert dialog.grab().toImage().pixelColor(3, 3).name() == read_colors("light").surface
    menu.close()
    window.context.theme.use("dark")
    assert dialog.grab().toImage().pixelColor(3, 3).name() == read_colors("dark").surface
    qtbot.waitUntil(lambda: window.context.theme.dressing.is_done)
    window.context.theme.use("light")
    qtbot.waitUntil(lambda: window.context.theme.dressing.is_done)
    dialog.close()


def test_a_page_out_of_sight_speaks_the_new_language_before_it_is_seen(
    window: Window, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    page, said = page_of(window), list[tuple[str, bool]]()
    tell = lambda: said.append((window.context.language.code, page.updatesEnabled()))  # noqa: E731
    monkeypatch.setattr(page, "retranslate", tell)
    window.show_page("ledger")
    window.context.language.use("de")
    assert said == []
    window.show_page("models")
    assert said == []  # in a turn of its own, so that a key comes between
    qtbot.waitUntil(page.updatesEnabled)
    assert said == [("de", False)]
    window.context.language.use("en")
    assert said == [("de", False), ("en", True)]
    window.show_page("ledger")
    window.show_page("models")
    qtbot.waitUntil(page.updatesEnabled)
    assert len(said) == 2


def test_actions_of_a_page_out_of_sight_are_said_anew_when_it_is_shown(window: Window) -> None:
    actions = window.context.actions
    actions.add(Action("here", "Edit", lambda: None, page="ledger"))
    actions.add(Action("there", "Edit", lambda: None, page="models"))
    actions.add(Action("asked", "Edit", lambda: None, page="models"))
    made = {one.objectName(): one for one in window.actions()}
    window.show_page("ledger")
    window.context.language.use("de")
    assert (made["here"].text(), made["there"].text()) == ("Bearbeiten", "Edit")
    assert actions.action("asked").text() == "Bearbeiten"
    assert [one.text() for one in actions.menu(window, ["there"]).actions()] == ["Bearbeiten"]
    window.context.language.use("en")
    assert (made["here"].text(), made["there"].text()) == ("Edit", "Bearbeiten")
    window.show_page("models")
    assert made["there"].text() == "Edit"


def test_a_list_out_of_sight_is_measured_when_it_is_shown(
    window: Window, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    view = page_of(window).list.view
    told: list[bool] = []
    monkeypatch.setattr(view.rooms, "note", lambda *_: told.append(view.isVisible()))
    window.show_page("ledger")
    window.context.language.use("de")
    assert told == []
    window.show_page("models")
    qtbot.waitUntil(view.updatesEnabled)
    assert told[0] is True
    told.clear()
    window.context.language.use("en")
    assert told


def test_a_window_that_closes_amid_a_change_leaves_nothing_running(window: Window) -> None:
    dressing, told = window.context.theme.dressing, list[bool]()
    window.context.theme.use("dark")
    told.append(dressing.is_done)
    window.close()
    told.append(dressing.is_done)
    assert told == [False, True]
    assert window.updatesEnabled()
