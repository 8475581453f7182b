"""The lights of a validation have a tab of their own, beside those of the validation before."""

import pytest
from pytestqt.qtbot import QtBot

from mlops_desktop.core.items.findings import FINDING
from mlops_desktop.services import items
from mlops_desktop.services.items import Given
from mlops_desktop.ui.pages.governance import PAGE
from mlops_desktop.ui.pages.governance.page import GovernancePage
from tests.services.steps import register
from tests.services.test_area_lights import validate
from tests.services.test_items import TEXTS
from tests.support.bank import Bank
from tests.ui.access import nameless
from tests.ui.conftest import MakeWindow
from tests.ui.pages.desk import Desk, open_desk, texts


@pytest.fixture
def desk(file_bank: Bank, make_window: MakeWindow, qtbot: QtBot) -> Desk:
    register(file_bank, tier="1")
    validate(file_bank, "V-00001", data="red")
    validate(file_bank, "V-00002", data="yellow")
    items.open_item(file_bank.as_("Jonas Brandt"), FINDING, Given(TEXTS, ("M-00001",)))
    return open_desk(make_window, file_bank, qtbot, PAGE)


def show(desk: Desk, number: str) -> GovernancePage:
    desk.window.context.show_page("governance", items.show_item(desk.bank.session, number).row.id)
    desk.settle()
    page = desk.window.stage.page()
    assert isinstance(page, GovernancePage)
    return page


def lines(desk: Desk, page: GovernancePage) -> list[list[str]]:
    page.detail.tabs.setCurrentIndex(2)
    desk.settle()
    model = page.detail.lights.table.model_of_rows
    found = (model.line(at) for at in range(model.rowCount()))
    return [[cell.text for cell in line.cells] for line in found if line is not None]


def test_each_area_stands_with_its_light_and_the_one_before(desk: Desk) -> None:
    page = show(desk, "V-00002")
    found = lines(desk, page)
    assert len(found) == 8
    assert found[1][:5] == [
        "data", "yellow: with remarks", "red: not in order", "required", "judge data",
    ]  # fmt: skip
    assert "V-00001" in texts(page.detail.lights)
    assert nameless(page) == []
    desk.window.context.actions.run("language.de")
    desk.settle()
    assert lines(desk, page)[1][3] == "verlangt"
    assert "Daneben die Ampeln von V-00001" in texts(page.detail.lights)


def test_what_is_no_validation_has_no_lights(desk: Desk) -> None:
    assert not show(desk, "F-00001").detail.tabs.isTabVisible(2)
    page = show(desk, "V-00001")
    assert page.detail.tabs.isTabVisible(2)
    page.detail.tabs.setCurrentIndex(2)
    desk.settle()
    assert "No validation of this model was approved before." in texts(page.detail.lights)
