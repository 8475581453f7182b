"""Another language is said at once where it is seen, and elsewhere when it is shown."""

from functools import partial

import pytest
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from mlops_desktop.ui.speaking import Speaking


class Tongue(QObject):
    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.speaking = Speaking(self.changed, self)


@pytest.fixture
def places(qtbot: QtBot) -> tuple[QWidget, QWidget]:
    whole, part = QWidget(), QWidget()
    QVBoxLayout(whole).addWidget(part)
    qtbot.addWidget(whole)
    return whole, part


def test_what_is_seen_speaks_at_once(places: tuple[QWidget, QWidget]) -> None:
    (whole, part), tongue, said = places, Tongue(), list[str]()
    tongue.speaking.enlist(part, lambda: said.append("now"))
    whole.show()
    assert said == []
    tongue.changed.emit()
    assert said == ["now"]


def test_what_is_hidden_speaks_once_when_it_is_shown(places: tuple[QWidget, QWidget]) -> None:
    (whole, part), tongue, said = places, Tongue(), list[bool]()
    tongue.speaking.enlist(part, lambda: said.append(whole.isVisible()))
    for _ in range(2):
        tongue.changed.emit()
    assert said == []
    whole.show()
    assert said == [True]
    whole.hide()
    whole.show()
    assert said == [True]


def shown_unpainted(places: tuple[QWidget, QWidget]) -> list[str]:
    """Show a place that owes its words while nothing is painted; return what it says."""
    (whole, part), tongue, said = places, Tongue(), list[str]()
    tongue.speaking.enlist(part, lambda: said.append("now"))
    tongue.changed.emit()
    whole.setUpdatesEnabled(False)
    whole.show()
    return said


def test_where_nothing_is_painted_it_is_said_in_a_turn_of_its_own(
    places: tuple[QWidget, QWidget], qtbot: QtBot
) -> None:
    said = shown_unpainted(places)
    assert said == []
    qtbot.waitUntil(lambda: said == ["now"])


def test_what_is_hidden_again_before_its_turn_speaks_when_it_is_seen(
    places: tuple[QWidget, QWidget], qtbot: QtBot
) -> None:
    said, whole = shown_unpainted(places), places[0]
    whole.hide()
    qtbot.wait(20)
    assert said == []
    whole.setUpdatesEnabled(True)
    whole.show()
    assert said == ["now"]


def test_all_speak_in_the_order_in_which_they_came_and_those_who_went_are_not_asked(
    places: tuple[QWidget, QWidget],
) -> None:
    (whole, part), tongue, said = places, Tongue(), list[str]()
    gone = QWidget(whole)
    tongue.speaking.enlist(gone, lambda: said.append("gone"))
    for name in ("first", "second"):
        tongue.speaking.enlist(part, partial(said.append, name))
    whole.show()
    delete(gone)
    tongue.changed.emit()
    assert said == ["first", "second"]


def test_who_comes_while_others_speak_is_asked_the_next_time(
    places: tuple[QWidget, QWidget],
) -> None:
    (whole, part), tongue, said = places, Tongue(), list[str]()
    late = QWidget(whole)

    def make() -> None:
        said.append("first")
        if len(said) == 1:
            tongue.speaking.enlist(late, lambda: said.append("late"))

    tongue.speaking.enlist(part, make)
    whole.show()
    tongue.changed.emit()
    assert said == ["first"]
    tongue.changed.emit()
    assert said == ["first", "first", "late"]
