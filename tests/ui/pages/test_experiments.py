"""The result of an experiment in the window: a chart with a sentence, hovered, copied."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from mlops_desktop.ui.pages.governance import PAGE
from mlops_desktop.ui.pages.governance.page import GovernancePage
from mlops_desktop.ui.pages.models import PAGE as MODELS
from tests.services.steps import register
from tests.services.test_comparison import add, conclude, fix
from tests.support.bank import Bank
from tests.ui.conftest import MakeWindow
from tests.ui.pages.desk import Desk, texts

SAID = (
    "gini: version 8 minus version 7 is 0.02; at 95 % confidence it lies between 0.012 and 0.028."
)


@pytest.fixture
def desk(file_bank: Bank, make_window: MakeWindow, qtbot: QtBot) -> Desk:
    key = register(file_bank)
    add(file_bank, key, "7", "0.74", "0.031", "d1")
    add(file_bank, key, "8", "0.76", "0.035", "d2")
    fix(file_bank, key)
    desk = Desk(make_window(pages=(MODELS, PAGE)), file_bank, qtbot)
    desk.window.context.use_session(file_bank.session, "Elbmark Bank AG")
    desk.settle()
    return desk


def shown(desk: Desk) -> GovernancePage:
    desk.window.show_page("governance")
    desk.settle()
    page = desk.window.stage.page()
    assert isinstance(page, GovernancePage)
    page.show_record("AB-00001")
    desk.settle()
    tabs = page.detail.tabs
    tabs.setCurrentIndex([tabs.tabText(at) for at in range(tabs.count())].index("Result"))
    desk.settle()
    return page


def test_a_running_experiment_says_that_there_is_no_result(desk: Desk) -> None:
    page = shown(desk)
    assert "There is no result before the experiment is concluded" in texts(page.detail.experiment)
    assert page.detail.experiment.chart.isHidden()
    assert not desk.can("experiment.copy")


def test_a_result_is_a_chart_that_says_itself_and_is_copied(desk: Desk) -> None:
    conclude(desk.bank, "AB-00001")
    page = shown(desk)
    chart = page.detail.experiment.chart
    said = f"{SAID} Fixed beforehand: at least 0.01. So the challenger is better."
    assert chart.accessibleName() == said
    assert said in texts(page.detail.experiment)
    assert chart.accessibleDescription().splitlines() == [
        "Figure, gini",
        "Lower bound, 0.012",
        "Difference, 0.02",
        "Upper bound, 0.028",
        "Criterion, 0.01",
    ]
    QTest.keyClick(chart, Qt.Key.Key_Right)  # as hovering: the first of the three points
    clipboard = QGuiApplication.clipboard()
    clipboard.clear()
    desk.window.context.actions.run("experiment.copy")
    assert clipboard.text().splitlines()[2] == "Difference\t0.02"
    desk.window.context.actions.run("experiment.picture")
    assert not clipboard.image().isNull()
    desk.window.context.actions.run("language.de")
    desk.settle()
    assert "zwischen 0,012 und 0,028" in chart.accessibleName()
    assert "Unterschied, 0,02" in chart.accessibleDescription()
