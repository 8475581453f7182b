"""Another language is said at once where it is seen, and elsewhere when it is shown."""

import pytest
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from mlops_desktop.ui.speaking import speak_when_seen


class Tongue(QObject):
    changed = Signal()


@pytest.fixture
def places(qtbot: QtBot) -> tuple[QWidget, QWidget]:
    whole, part = QWidget(), QWidget()
    QVBoxLayout(whole).addWidget(part)
    qtbot.addWidget(whole)
    return whole, part


def test_what_is_seen_speaks_at_once(places: tuple[QWidget, QWidget]) -> None:
    (whole, part), tongue, said = places, Tongue(), list[str]()
    speak_when_seen(part, tongue.changed, lambda: said.append("now"))
    whole.show()
    assert said == []
    tongue.changed.emit()
    assert said == ["now"]


def test_what_is_hidden_speaks_once_when_it_is_shown(places: tuple[QWidget, QWidget]) -> None:
    (whole, part), tongue, said = places, Tongue(), list[bool]()
    speak_when_seen(part, tongue.changed, lambda: said.append(whole.isVisible()))
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
    speak_when_seen(part, tongue.changed, lambda: said.append("now"))
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
