"""While another thing is read, nothing is done with what was shown before."""

import pytest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from mlops_desktop.ui.text import tr
from mlops_desktop.ui.widgets.detail import DetailPane
from mlops_desktop.ui.widgets.sections import Sections
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


def test_what_is_hidden_is_said_in_another_language_when_it_is_seen(pane: DetailPane) -> None:
    def named() -> str:
        return pane.tabs.accessibleName()

    pane.hide()
    spoken = named()
    pane._context.language.use("de")
    assert named() == spoken
    pane.show()
    assert (spoken, named()) == ("Parts of the detail", "Teile der Einzelansicht")


def test_a_message_that_stands_out_of_sight_is_said_again_when_it_is_seen(
    pane: DetailPane,
) -> None:
    pane.bar.stand(lambda: pane.bar.say("info", tr("Running")))
    pane.hide()
    pane._context.language.use("de")
    assert pane.bar.accessibleName() == "Running"
    pane.show()
    assert pane.bar.accessibleName() == "Läuft"


def test_what_stands_in_a_detail_is_named_in_the_language_of_the_window(pane: DetailPane) -> None:
    facts = Sections(pane._context, "item.tab.facts")
    pane.add_tab("item.tab.facts", facts)
    pane.tabs.setCurrentIndex(pane.tabs.count() - 1)
    assert facts.accessibleName() == "Facts"
    pane._context.language.use("de")
    assert facts.accessibleName() == "Angaben"
