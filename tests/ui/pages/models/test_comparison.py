"""Versions side by side in the window, in both languages."""

import pytest
from pytestqt.qtbot import QtBot

from mlops_desktop.core.comparison import Line, Part
from mlops_desktop.core.items.version_tests import TEST
from mlops_desktop.services.comparison import Column, Comparison
from mlops_desktop.services.items import Given, open_item
from mlops_desktop.ui.pages.models.page import ModelsPage
from mlops_desktop.ui.pages.models.tabs.comparison import groups_of
from tests.services.steps import register
from tests.services.test_comparison import add
from tests.services.test_version_tests import GINI
from tests.support.bank import Bank
from tests.ui.conftest import MakeWindow
from tests.ui.pages.desk import Desk, open_desk
from tests.ui.pages.models.acts import tab


@pytest.fixture
def desk(file_bank: Bank, make_window: MakeWindow, qtbot: QtBot) -> Desk:
    model = register(file_bank)
    add(file_bank, model, "7", "0.74", "0.031", "d1")
    add(file_bank, model, "8", "0.76", "0.035", "d2")
    open_item(file_bank.session, TEST, Given(GINI, (model,)))
    return open_desk(make_window, file_bank, qtbot)


def test_the_best_is_named_with_what_the_criterion_hides(desk: Desk) -> None:
    page = desk.window.stage.page()
    assert isinstance(page, ModelsPage)
    page.list.view.selectRow(0)
    desk.settle()
    told = tab(desk, page, "Comparison")
    assert "Best by gini: Version 8" in told
    assert "brier: 0.035, another version 0.031" in told
    assert "They did not learn from the same data: loans" in told
    desk.window.context.actions.run("language.de")
    desk.settle()
    told = tab(desk, page, "Vergleich")
    assert "Beste nach gini: Version 8" in told
    assert "brier: 0,035, eine andere Version 0,031" in told


def test_a_role_is_a_word_and_a_cost_has_no_more_decimals_than_its_size_asks_for(
    desk: Desk,
) -> None:
    desk.window.context.language.use("de")
    versions = (Column("3", "champion", ""), Column("2", "", ""))
    cost = Line(Part.RESOURCE, "cost (EUR)", ("1723.293", "3.256"))
    head, costs = groups_of(desk.window.context, Comparison("M-00001", versions, (cost,)))
    assert head.title == "Version 3 (Champion) · Version 2"
    assert [fact.value for fact in costs.facts] == ["3: 1.723   2: 3,26"]
