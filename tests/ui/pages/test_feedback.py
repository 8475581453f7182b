"""Feedback in the window: rows pasted into a dialog, all or none, and their counts in a tab."""

import pytest
from pytestqt.qtbot import QtBot

from mlops_desktop.ui.pages.models.page import ModelsPage
from tests.services.steps import register
from tests.support.bank import Bank
from tests.ui.access import nameless, unreachable
from tests.ui.conftest import MakeWindow
from tests.ui.pages.desk import Desk, is_open, open_desk, texts, type_in
from tests.ui.pages.test_models import tab


@pytest.fixture
def desk(file_bank: Bank, make_window: MakeWindow, qtbot: QtBot) -> Desk:
    register(file_bank)
    return open_desk(make_window, file_bank, qtbot)


def test_pasted_rows_are_taken_and_counted(desk: Desk, qtbot: QtBot) -> None:
    page = desk.window.stage.page()
    assert isinstance(page, ModelsPage)
    page.list.view.selectRow(0)
    desk.settle()
    assert "No expert has said" in tab(desk, page, "Feedback")
    dialog = desk.do("model.feedback")
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    assert (nameless(dialog), unreachable(dialog)) == ([], [])
    type_in(dialog, "Rows", "Segment\nNorth\n")
    desk.send(dialog)
    assert is_open(dialog)
    assert "No column says the reason" in texts(dialog)
    type_in(dialog, "Rows", "Reason\tSegment\nmoved\tNorth\nmoved\tNorth\nwrong\t\n")
    desk.send(dialog)
    assert not is_open(dialog), texts(dialog)
    told = tab(desk, page, "Feedback")
    assert "moved (North)\nCases: 2, open: 2" in told
    assert "wrong\nCases: 1, open: 1" in told
