"""Somebody works without a mouse: every place, list, detail and action is reached by keys."""

from collections import Counter

import pytest
from PySide6.QtWidgets import QApplication, QTableView, QTabWidget, QWidget

from mlops_desktop.ui.page import find_pages
from mlops_desktop.ui.widgets.buttons import ActionButton
from tests.services.steps import ask
from tests.stories.conftest import Sit
from tests.stories.desk import Desk
from tests.support.bank import Bank

NUMBERS = {spec.id: number for number, spec in enumerate(find_pages()[:9], start=1)}
LISTED = ("models", "approvals", "ledger")
"""Pages whose list has rows in the bank of these stories."""


@pytest.fixture
def keys(sit: Sit, file_bank: Bank) -> Desk:
    """A desk without a mouse."""
    ask(file_bank)
    return sit()


def focused() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None, "the keyboard is nowhere"
    return found


def tabs_to(desk: Desk, kind: type[QWidget]) -> QWidget:
    """Press Tab until a widget of a kind has the keyboard."""
    for _ in range(60):
        if isinstance(focused(), kind):
            return focused()
        desk.presses("Tab")
    raise AssertionError(f"Tab leads to no {kind.__name__}")


@pytest.mark.parametrize("page", NUMBERS)
def test_every_place_is_one_key_away_and_takes_the_keyboard(keys: Desk, page: str) -> None:
    keys.presses(f"Ctrl+{NUMBERS[page]}")
    keys.rests()
    assert keys.window.stage.current == page
    keys.presses("F6")
    shown = keys.window.stage.page()
    assert shown is not None
    assert focused() is keys.window.rail or shown.isAncestorOf(focused())


@pytest.mark.parametrize("page", LISTED)
def test_list_detail_and_action_are_reached(keys: Desk, page: str) -> None:
    keys.presses(f"Ctrl+{NUMBERS[page]}")
    keys.rests()
    keys.presses("Ctrl+F", "Down")
    keys.waits_for(lambda: isinstance(focused(), QTableView), "Down does not lead into the list")
    keys.presses("Return")
    keys.waits_for(lambda: not isinstance(focused(), QTableView), "Enter does not open the detail")
    inside: QWidget | None = focused()
    while inside is not None and not isinstance(inside, QTabWidget):
        inside = inside.parentWidget()
    assert inside is not None, "the keyboard is not in the detail"
    tabs_to(keys, ActionButton)


def test_a_model_is_edited_without_a_mouse(keys: Desk) -> None:
    keys.presses("Ctrl+2", "F6", "Down", "Return")
    keys.waits_for(lambda: not isinstance(focused(), QTableView), "Enter does not open the detail")
    keys.presses("F2")
    keys.sees("Edit PD Mittelstand (IRB)")
    keys.presses("Ctrl+A")
    keys.types("PD Mittelstand")
    keys.presses("Ctrl+Return")
    keys.sees("The change is recorded.")
    keys.presses("Escape")
    keys.presses("F10")
    keys.sees("File", "Go")
    keys.presses("Escape")


def test_a_dialog_is_left_by_escape_and_changes_nothing(keys: Desk) -> None:
    keys.presses("Ctrl+2", "Ctrl+N")
    keys.sees("Needed; everything else can be added later.")  # the page has a button of that name
    keys.types("Something")
    keys.presses("Escape")
    keys.waits_for(lambda: keys.front() is keys.window, "the dialog stays")
    assert len(keys.rows()) == 1


@pytest.mark.parametrize("page", [spec.id for spec in find_pages()])
def test_no_key_means_two_things_on_a_page(keys: Desk, page: str) -> None:
    keys.window.show_page(page)
    keys.rests()
    row = keys.window.context.actions.row
    here = (one for one in keys.window.actions() if row(one.objectName()).page in {"", page})
    given = [action.shortcut().toString() for action in here if not action.shortcut().isEmpty()]
    assert [key for key, times in Counter(given).items() if times > 1] == []
