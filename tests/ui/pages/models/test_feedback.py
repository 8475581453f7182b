"""Feedback in the window: pasted rows, counted, many answered at once or made one finding."""

from typing import cast

import pytest
from PySide6.QtCore import QItemSelectionModel
from pytestqt.qtbot import QtBot

from mlops_desktop.services.feedback import Case, take_in
from mlops_desktop.services.imports import Source
from mlops_desktop.services.items import ItemFilter, list_items, show_item
from mlops_desktop.ui.pages.models.page import ModelsPage
from mlops_desktop.ui.pages.models.tabs.feedback import FeedbackTab
from tests.services.steps import register
from tests.support.bank import Bank
from tests.ui.access import nameless, spoken, unreachable
from tests.ui.conftest import MakeWindow
from tests.ui.pages.desk import Desk, is_open, open_desk, texts, type_in
from tests.ui.pages.models.acts import tab

EXPERT = "Jonas Brandt"
ROWS = "Reason\tSegment\nmoved\tNorth\nmoved\tNorth\nmoved\tSouth\nwrong\tNorth\n"


@pytest.fixture
def desk(file_bank: Bank, make_window: MakeWindow, qtbot: QtBot) -> Desk:
    register(file_bank)
    return open_desk(make_window, file_bank, qtbot)


def page_of(desk: Desk) -> ModelsPage:
    page = desk.models()
    page.list.view.selectRow(0)
    desk.settle()
    return page


def feedback(desk: Desk, page: ModelsPage) -> FeedbackTab:
    tab(desk, page, "Feedback")
    return page.detail.open_tab(FeedbackTab)


def given(desk: Desk) -> FeedbackTab:
    """Show the feedback that an expert gave."""
    take_in(desk.bank.as_(EXPERT), "M-00001", Source("pasted.csv", ROWS.encode()))
    return feedback(desk, page_of(desk))


def cases(shown: FeedbackTab) -> list[Case]:
    rows = shown.cases.model_of_rows
    return [cast("Case", line.row) for at in range(rows.rowCount()) if (line := rows.line(at))]


def choose(desk: Desk, shown: FeedbackTab, *positions: int) -> None:
    """Select cases as with Ctrl and the mouse."""
    shown.cases.clearSelection()
    flags = QItemSelectionModel.SelectionFlag
    for at in positions:
        index = shown.cases.model().index(at, 0)
        shown.cases.selectionModel().select(index, flags.Select | flags.Rows)
    desk.settle()


def test_pasted_rows_are_taken_and_counted(desk: Desk, qtbot: QtBot) -> None:
    page = page_of(desk)
    shown = feedback(desk, page)
    assert "No expert has said" in texts(shown)
    assert not desk.can("feedback.answer")
    dialog = desk.do("model.feedback")
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    assert (nameless(dialog), unreachable(dialog)) == ([], [])
    type_in(dialog, "Rows", "Segment\nNorth\n")
    desk.send(dialog)
    assert is_open(dialog)
    assert "No column says the reason" in texts(dialog)
    type_in(dialog, "Rows", ROWS)
    desk.send(dialog)
    assert not is_open(dialog), texts(dialog)
    counted = [
        (line.row.count.cause, line.row.count.segment, line.row.count.open)
        for at in range(shown.counts.model_of_rows.rowCount())
        if (line := shown.counts.model_of_rows.line(at))
    ]
    assert counted == [("moved", "North", 2), ("moved", "South", 1), ("wrong", "North", 1)]
    assert "4 open cases chosen" in texts(shown)


def test_a_reason_narrows_the_cases_and_all_of_them_are_answered(desk: Desk, qtbot: QtBot) -> None:
    shown = given(desk)
    assert (spoken(shown.counts), spoken(shown.cases)) == ("By reason and segment", "Cases")
    shown.counts.selectRow(0)
    desk.settle()
    assert {one.cause + one.segment for one in cases(shown)} == {"movedNorth"}
    assert "2 open cases chosen" in texts(shown)
    dialog = desk.do("feedback.answer")
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    assert (nameless(dialog), unreachable(dialog)) == ([], [])
    assert "FB-00001, FB-00002" in texts(dialog)
    desk.send(dialog)
    assert "The answer is missing" in texts(dialog)
    type_in(dialog, "Answer", "Filtered from version 8 on")
    desk.send(dialog)
    assert not is_open(dialog), texts(dialog)
    left = list_items(desk.bank.session, ItemFilter(("feedback",)))
    assert [row.number for row in left] == ["FB-00003", "FB-00004"]


def test_chosen_cases_become_one_finding(desk: Desk) -> None:
    shown = given(desk)
    choose(desk, shown, 0, 2)
    assert "2 open cases chosen" in texts(shown)
    dialog = desk.do("feedback.finding")
    assert "FB-00001, FB-00003" in texts(dialog)
    desk.send(dialog)
    assert is_open(dialog)  # neither title nor day
    type_in(dialog, "Title", "People who moved")
    type_in(dialog, "Due", "2031-03-31")
    type_in(dialog, "Severity", "high")
    desk.send(dialog)
    assert not is_open(dialog), texts(dialog)
    (row,) = list_items(desk.bank.session, ItemFilter(("finding",)))
    finding = show_item(desk.bank.session, row.id)
    assert "2 × moved" not in (finding.state.details.title.text or "")  # type: ignore[union-attr]
    assert row.title == "People who moved"
    left = list_items(desk.bank.session, ItemFilter(("feedback",)))
    assert [one.number for one in left] == ["FB-00002", "FB-00004"]


def test_who_gave_the_cases_cannot_answer_them(desk: Desk) -> None:
    given(desk)
    desk.act_as(EXPERT)
    shown = feedback(desk, page_of(desk))
    dialog = desk.do("feedback.answer")
    type_in(dialog, "Answer", "Mine")
    desk.send(dialog)
    assert "4 of the cases are your own" in texts(dialog)
    assert is_open(dialog)
    dialog.reject()
    assert len(shown.chosen()) == 4
