"""Saved views: what is looked at in a list is kept under a name and shown again."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from mlops_desktop.services.models import register_model
from mlops_desktop.ui import prefs
from mlops_desktop.ui.pages.models.inventory import SCOPES
from mlops_desktop.ui.pages.reconciliation import PAGE as RECONCILIATION
from mlops_desktop.ui.pages.reconciliation.page import ReconciliationPage
from mlops_desktop.ui.pages.resources import PAGE as RESOURCES
from mlops_desktop.ui.pages.resources.page import ResourcesPage
from mlops_desktop.ui.widgets.views import ViewsButton
from tests.services.steps import register
from tests.support.bank import Bank
from tests.ui.access import spoken
from tests.ui.conftest import MakeWindow
from tests.ui.pages.desk import Desk, is_open, open_desk, texts, type_in


@pytest.fixture
def desk(file_bank: Bank, make_window: MakeWindow, qtbot: QtBot) -> Desk:
    register(file_bank)
    register_model(file_bank.session, {"name": "Anderes Modell"})
    return open_desk(make_window, file_bank, qtbot, RECONCILIATION, RESOURCES)


def pick(button: ViewsButton, *names: str) -> None:
    """Choose an entry of the menu, or of a menu in it."""
    menu: QMenu = button.menu_of_views()
    for name in names[:-1]:
        (entry,) = (one for one in menu.actions() if one.text() == name)
        menu = entry.menu()  # type: ignore[assignment]
    (chosen,) = (one for one in menu.actions() if one.text() == names[-1])
    chosen.trigger()


def save(desk: Desk, button: ViewsButton, name: str) -> None:
    pick(button, "Save this view…")
    dialog = desk.dialog()
    type_in(dialog, "Name", name)
    desk.send(dialog)
    assert not is_open(dialog)


def test_a_view_brings_filter_order_columns_and_scope_back(desk: Desk, tmp_path: Path) -> None:
    page = desk.models()
    button = page.list.views
    assert spoken(button) == "Saved views"
    header, columns = page.list.view.horizontalHeader(), page.list.model.columns
    owner = [column.id for column in columns].index("owner")
    page.scopes.setCurrentIndex(SCOPES.index("all"))
    page.list.set_filter("anderes")
    page.list.view.sortByColumn(1, Qt.SortOrder.DescendingOrder)
    header.setSectionHidden(owner, True)
    desk.settle()
    pick(button, "Save this view…")
    dialog = desk.dialog()
    desk.send(dialog)
    assert "give the view a name" in texts(dialog)
    type_in(dialog, "Name", "Zu prüfen")
    desk.send(dialog)
    page.scopes.setCurrentIndex(0)
    page.list.set_filter("")
    page.list.view.sortByColumn(0, Qt.SortOrder.AscendingOrder)
    header.setSectionHidden(owner, False)
    desk.settle()
    assert page.list.count() == 2
    pick(button, "Zu prüfen")
    desk.settle()
    assert (page.list.filter.text(), page.scopes.currentIndex()) == ("anderes", SCOPES.index("all"))
    assert page.list.count() == 1
    assert (page.list.model.query.sort, page.list.model.query.descending) == ("name", True)
    assert header.isSectionHidden(owner)
    (entry,) = (one for one in button.menu_of_views().actions() if one.text() == "Zu prüfen")
    assert entry.isChecked()
    file = tmp_path / "window.json"
    desk.window.context.prefs.save(file)
    assert "Zu prüfen" in prefs.load(file).views["models"]
    pick(button, "Remove", "Zu prüfen")
    assert button.saved() == {}


def test_pages_without_such_a_list_keep_views_too(desk: Desk) -> None:
    desk.window.show_page("reconciliation")
    desk.settle()
    page = desk.window.stage.page()
    assert isinstance(page, ReconciliationPage)
    (button,) = page.findChildren(ViewsButton)
    page.filter.setText("kind:digest")
    save(desk, button, "Digests")
    page.filter.setText("")
    pick(button, "Digests")
    assert page.filter.text() == "kind:digest"
    desk.window.show_page("resources")
    desk.settle()
    resources = desk.window.stage.page()
    assert isinstance(resources, ResourcesPage)
    (button,) = resources.findChildren(ViewsButton)
    resources.by.setCurrentIndex(1)
    desk.settle()
    save(desk, button, "Other " + "x" * 300)
    resources.by.setCurrentIndex(0)
    pick(button, "Other " + "x" * 54)  # a menu as wide as the screen would cut it without a sign
    assert resources.by.currentIndex() == 1
    desk.window.resume.remember()
    lists = desk.window.prefs.lists
    assert lists["reconcile"]["filter"] == "kind:digest"
    assert lists["resources"] == dict(button.read())
