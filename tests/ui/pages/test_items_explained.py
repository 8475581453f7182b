"""A list of items says which model and how grave; an exception says what its rule means."""

import pytest
from pytestqt.qtbot import QtBot

from mlops_desktop.core.events.exceptions import ExceptionRule
from mlops_desktop.core.items.exceptions import EXCEPTION
from mlops_desktop.core.items.findings import FINDING
from mlops_desktop.services import items
from mlops_desktop.services.items import Given
from mlops_desktop.services.wording import read_words
from mlops_desktop.ui.pages.governance import PAGE
from mlops_desktop.ui.pages.governance.page import GovernancePage
from tests.services.steps import register
from tests.services.test_items import TEXTS
from tests.support.bank import Bank
from tests.ui.conftest import MakeWindow
from tests.ui.pages.desk import Desk, texts

_RULE = {"rule": ExceptionRule.USE_OUTSIDE_PURPOSE.value, "owner": "Corinna Wolters"}


@pytest.fixture
def desk(file_bank: Bank, make_window: MakeWindow, qtbot: QtBot) -> Desk:
    register(file_bank)
    register(file_bank, name="Zweites Modell")
    jonas = file_bank.as_("Jonas Brandt")
    items.open_item(jonas, FINDING, Given(TEXTS, ("M-00001",)))
    items.open_item(jonas, EXCEPTION, Given(_RULE, ("M-00002", "M-00001")))
    desk = Desk(make_window(pages=(PAGE,)), file_bank, qtbot)
    desk.window.context.use_session(file_bank.session, "Elbmark Bank AG")
    return desk


def page_of(desk: Desk) -> GovernancePage:
    desk.window.show_page("governance")
    desk.settle()
    page = desk.window.stage.page()
    assert isinstance(page, GovernancePage)
    return page


def test_each_line_says_which_model_and_how_grave(desk: Desk) -> None:
    page = page_of(desk)
    lines = {line.row.number: line for line in map(page.list.model.line, range(2)) if line}
    cells = {
        number: {
            column.id: cell.text
            for column, cell in zip(page.list.model.columns, line.cells, strict=True)
        }
        for number, line in lines.items()
    }
    assert cells["F-00001"]["model"].startswith("M-00001 ")
    assert cells["F-00001"]["rank"] == "high"
    assert cells["X-00001"]["model"] == "M-00001, M-00002"
    assert cells["X-00001"]["rank"] == ""


def test_an_exception_says_what_its_rule_asks_and_what_ends_it(desk: Desk) -> None:
    page = page_of(desk)
    page.show_record("X-00001")
    desk.settle()
    said = texts(page.detail)
    assert "for which no approval holds" in said
    assert "when that use ends" in said
    page.show_record("F-00001")
    desk.settle()
    assert "for which no approval holds" not in texts(page.detail)


@pytest.mark.parametrize("language", ["de", "en"])
def test_every_rule_is_explained(language: str) -> None:
    words = read_words(language)
    assert [rule for rule in ExceptionRule if f"item.exception.why.{rule}" not in words] == []
