"""While another thing is read, nothing is done with what was shown before."""

import pytest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from mlops_desktop.ui.widgets.detail import DetailPane
from mlops_desktop.ui.window import Window


@pytest.fixture
def pane(window: Window, qtbot: QtBot) -> DetailPane:
    made = DetailPane(window.context)
    qtbot.addWidget(made)
    for _ in range(2):
        made.add_tab("Record", QLineEdit())
    made.show()
    return made


def enabled(pane: DetailPane) -> list[bool]:
    parts = [pane.tabs.tabBar(), *map(pane.tabs.widget, range(pane.tabs.count()))]
    return [part.isEnabled() for part in parts if part is not None]


def test_what_is_in_sight_waits_and_no_other_tab_is_reached(pane: DetailPane) -> None:
    pane.tabs.wait()
    pane.tabs.wait()
    assert enabled(pane) == [False, False, True]
    pane.tabs.wait(is_over=True)
    assert enabled(pane) == [True, True, True]


def test_another_tab_that_comes_in_sight_meanwhile_is_there_afterwards(pane: DetailPane) -> None:
    pane.tabs.wait()
    pane.tabs.setCurrentIndex(1)
    pane.tabs.wait()
    assert enabled(pane) == [False, True, False]
    pane.put_in(1, QLineEdit())
    pane.tabs.wait(is_over=True)
    assert enabled(pane) == [True, True, True]


def test_the_keyboard_comes_as_soon_as_there_is_something_to_read(
    pane: DetailPane, qtbot: QtBot
) -> None:
    with qtbot.waitActive(pane):
        pane.activateWindow()
    pane.findChildren(QLineEdit)[0].setFocus()
    pane.tabs.wait()
    pane.tabs.setFocus()
    assert not pane.tabs.tabBar().hasFocus()
    pane.tabs.wait(is_over=True)
    assert pane.tabs.tabBar().hasFocus()
