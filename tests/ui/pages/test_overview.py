"""The page Overview: figures with their definitions, each leading to its rows."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from mlops_desktop.core.errors import AppError
from mlops_desktop.core.items.findings import FINDING
from mlops_desktop.services import items
from mlops_desktop.services.items import Given
from mlops_desktop.services.overview.cards import Card, Look
from mlops_desktop.ui.pages.governance import PAGE as GOVERNANCE
from mlops_desktop.ui.pages.governance.page import GovernancePage
from mlops_desktop.ui.pages.models import PAGE as MODELS
from mlops_desktop.ui.pages.models.page import ModelsPage
from mlops_desktop.ui.pages.overview import PAGE
from mlops_desktop.ui.pages.overview.cards.heat import HeatCard
from mlops_desktop.ui.pages.overview.page import OverviewPage
from mlops_desktop.ui.pages.overview.role import RoleSpec
from mlops_desktop.ui.widgets.buttons import Button
from tests.services.steps import register
from tests.services.test_items import TEXTS
from tests.support.bank import Bank
from tests.ui.access import nameless, unreachable
from tests.ui.conftest import MakeWindow
from tests.ui.pages.desk import Desk, texts


@pytest.fixture
def desk(file_bank: Bank, make_window: MakeWindow, qtbot: QtBot) -> Desk:
    register(file_bank)
    register(file_bank, name="LGD Baufinanzierung (IRB)", tier="2")
    items.open_item(file_bank.session, FINDING, Given(TEXTS, ("M-00001",)))
    desk = Desk(make_window(pages=(PAGE, MODELS, GOVERNANCE)), file_bank, qtbot)
    desk.window.context.use_session(file_bank.session, "Elbmark Bank AG")
    desk.settle()
    return desk


def page_of(desk: Desk) -> OverviewPage:
    desk.window.show_page("overview")
    desk.settle()
    page = desk.window.stage.page()
    assert isinstance(page, OverviewPage)
    return page


def test_figures_say_their_value_and_their_definition(desk: Desk) -> None:
    page = page_of(desk)
    card = page.cards["findings_open"]
    assert card.accessibleName() == "Open findings: 1"
    assert "neither closed nor withdrawn" in card.toolTip()
    assert page.heading().startswith("2 models on ")
    assert "tier 1" in {one.text() for one in page.findChildren(Button)}
    assert nameless(page) == []


def test_a_figure_and_a_cut_lead_to_their_rows(desk: Desk) -> None:
    page = page_of(desk)
    QTest.keyClick(page.cards["findings_open"], Qt.Key.Key_Space)
    desk.settle()
    there = desk.window.stage.page()
    assert isinstance(there, GovernancePage)
    desk.qtbot.waitUntil(lambda: there.list.count() == 1)
    page = page_of(desk)
    (tier,) = [one for one in page.cuts["tier"].findChildren(Button) if one.text() == "tier 2"]
    tier.click()
    desk.settle()
    models = desk.window.stage.page()
    assert isinstance(models, ModelsPage)
    desk.qtbot.waitUntil(lambda: models.list.count() == 1)


def test_everything_is_said_in_german(desk: Desk) -> None:
    page = page_of(desk)
    desk.window.context.actions.run("language.de")
    desk.settle()
    assert page.cards["findings_open"].accessibleName() == "Offene Feststellungen: 1"
    assert "Nach Risikoklasse" in texts(page)


def test_a_role_is_chosen_once_by_keyboard_and_leads_to_rows(desk: Desk) -> None:
    page, context = page_of(desk), desk.window.context
    assert page.choice.isVisible()
    page.choice.buttons["risk"].setFocus()
    QTest.keyClick(page.choice.buttons["risk"], Qt.Key.Key_Space)
    assert desk.window.focusWidget() is page.parts
    settle(desk, page)
    assert context.prefs.role == "risk"
    assert not page.choice.isVisible()
    assert "Nothing is out of its bounds" in texts(page.board)
    assert "Sources tell of nothing that is not in the inventory." in texts(page.board)
    assert nameless(page) == []
    assert unreachable(page) == []
    heat, ages = (view.heat for view in page.board.views if isinstance(view, HeatCard))
    assert ages.accessibleDescription() == "Most: high, up to 90 days: 1 finding"
    heat.setFocus()
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Return):
        QTest.keyClick(heat, key)
    desk.settle()
    models = desk.window.stage.page()
    assert isinstance(models, ModelsPage)
    desk.qtbot.waitUntil(lambda: models.list.count() == 1)

    page_of(desk)
    context.actions.run("overview.all")
    desk.settle()
    assert page.cards["findings_open"].isVisible()
    context.actions.run("language.de")
    context.actions.run("overview.mine")
    settle(desk, page)
    assert "Offene Abweichungen" in texts(page.board)
    page.roles.setCurrentIndex(page.roles.findData("compliance"))
    page.roles.activated.emit(page.roles.currentIndex())
    settle(desk, page)
    assert "Nichts wartet auf Ihre Signatur." in texts(page.board)
    (kept,) = context.prefs.looked.items()
    assert kept[0].endswith("/compliance")
    for role in ("auditor", "architect"):
        context.use_role(role)
        settle(desk, page)
        assert "overview." not in texts(page)  # every key has its word
        assert nameless(page) == []


def test_a_role_that_cannot_be_read_says_why_and_keeps_the_way_back(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(look: Look) -> tuple[Card, ...]:
        raise AppError("model.not_found", name="M-00099")

    broken = RoleSpec("risk", 10, "overview.risk.title", "overview.risk.purpose", refuse)
    monkeypatch.setattr("mlops_desktop.ui.pages.overview.page.role_named", lambda id: broken)
    page = page_of(desk)
    desk.window.context.use_role("risk")
    desk.settle()
    assert page.bar.isVisible()
    assert "M-00099" in page.bar.accessibleName()
    page.show_part(1)
    desk.settle()
    assert page.cards["findings_open"].isVisible()
    assert not page.bar.isVisible()


def settle(desk: Desk, page: OverviewPage) -> None:
    desk.settle()
    desk.qtbot.waitUntil(page.board.is_whole)
    desk.settle()
