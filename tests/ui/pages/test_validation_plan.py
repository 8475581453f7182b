"""The yearly plan in the window: rows, sums, person-days, the export, and the way back."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QSpinBox
from pytestqt.qtbot import QtBot

from mlops_desktop.core.items.validations import VALIDATION
from mlops_desktop.services import items
from mlops_desktop.services.items import Given
from mlops_desktop.ui.pages.governance import PAGE
from mlops_desktop.ui.pages.governance.page import GovernancePage
from mlops_desktop.ui.pages.governance.plan import PlanView
from mlops_desktop.ui.widgets.short_table import ShortTable
from tests.services.steps import register
from tests.support.bank import Bank
from tests.ui.access import nameless, unreachable
from tests.ui.conftest import MakeWindow
from tests.ui.pages.desk import Desk, open_desk, texts, type_in

TEXTS = {"title": "Validierung 2099", "cause": "periodic", "owner": "Jonas Brandt"}


@pytest.fixture
def desk(file_bank: Bank, make_window: MakeWindow, qtbot: QtBot) -> Desk:
    """Two validations in 2099, one of them without person-days."""
    register(file_bank, tier="2")
    for days, begins in (("25", "2099-10-01"), ("", "2099-02-01")):
        given = TEXTS | {"planned_from": begins, "due": "2099-12-01", "person_days": days}
        items.open_item(file_bank.session, VALIDATION, Given(given, ("M-00001",)))
    return open_desk(make_window, file_bank, qtbot, PAGE)


def shown(desk: Desk) -> tuple[GovernancePage, PlanView]:
    """Go to the plan of 2099."""
    desk.window.show_page("governance")
    desk.settle()
    desk.window.context.actions.run("plan.show")
    desk.settle()
    page = desk.window.stage.page()
    assert isinstance(page, GovernancePage)
    (year,) = [one for one in page.findChildren(QSpinBox) if one.accessibleName() == "Year"]
    year.setValue(2099)
    desk.settle()
    return page, page.plan


def lines(plan: PlanView, name: str) -> list[list[str]]:
    (table,) = [one for one in plan.findChildren(ShortTable) if one.accessibleName() == name]
    model = table.model_of_rows
    found = (model.line(at) for at in range(model.rowCount()))
    return [[cell.text for cell in line.cells] for line in found if line is not None]


def test_the_plan_shows_its_rows_and_their_sums(desk: Desk) -> None:
    page, plan = shown(desk)
    rows = lines(plan, "Validations of the year")
    assert [(row[0], row[6], row[7]) for row in rows] == [
        ("V-00002", "", "Jonas Brandt"),
        ("V-00001", "25", "Jonas Brandt"),
    ]
    sums = lines(plan, "Person-days by validator and month")
    assert [row[:3] for row in sums] == [["Jonas Brandt", "2", "25"], ["All together", "2", "25"]]
    assert sums[-1][3 + 9] == "25", "in October"
    assert "2 validations, 25 person-days. One is without person-days." in texts(plan)
    assert nameless(page) == []
    assert unreachable(plan) == []
    desk.window.context.actions.run("language.de")
    desk.settle()
    assert lines(plan, "Validierungen des Jahres")[1][2] == "Turnusvalidierung"
    plan.year.setValue(2098)
    desk.settle()
    assert "Im Jahr 2098 beginnt keine Validierung" in texts(plan)
    assert not desk.can("plan.export")


def test_person_days_are_set_and_what_is_no_number_is_refused(desk: Desk) -> None:
    _, plan = shown(desk)
    assert not desk.can("plan.days")
    plan.table.choose(plan.planned[0].id)
    desk.settle()
    dialog = desk.do("plan.days")
    type_in(dialog, "Person-days", "viele")
    desk.send(dialog)
    assert "viele" in texts(dialog)
    type_in(dialog, "Person-days", "12")
    desk.send(dialog)
    assert [one.days for one in plan.planned] == [12, 25]
    assert lines(plan, "Person-days by validator and month")[-1][2] == "37"


def test_the_plan_is_saved_and_a_row_leads_back_to_its_validation(
    desk: Desk, tmp_path: Path
) -> None:
    page, plan = shown(desk)
    plan.table.sortByColumn(6, Qt.SortOrder.DescendingOrder)
    desk.settle()
    desk.window.context.actions.run("plan.export")
    QApplication.processEvents()
    dialog = desk.window.findChildren(QFileDialog, "saveFile")[-1]
    dialog.fileSelected.emit(str(tmp_path / "plan.csv"))
    dialog.done(0)
    desk.settle()
    written = (tmp_path / "plan.csv").read_text("utf-8").splitlines()
    assert [line.split(",")[0] for line in written] == [
        "Number", "V-00001", "V-00002", "All together",
    ]  # fmt: skip
    plan.table.setFocus()
    plan.table.choose(plan.planned[1].id)
    desk.settle()
    QTest.keyClick(plan.table, Qt.Key.Key_Return)
    desk.settle()
    assert not page.shows_plan()
    assert page.detail.shown is not None
    assert page.detail.shown.row.number == "V-00001"
