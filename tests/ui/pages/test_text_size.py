"""A window whose text becomes larger looks as one that was opened with large text."""

import pytest
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

from mlops_desktop.services import entries, sources
from mlops_desktop.services.sources import NewSource
from mlops_desktop.services.sync import sync_source
from mlops_desktop.ui.page import find_pages
from mlops_desktop.ui.pages.reconciliation.page import ReconciliationPage
from mlops_desktop.ui.pages.rules.page import RulesPage
from mlops_desktop.ui.pages.settings.page import SettingsPage
from mlops_desktop.ui.pages.settings.sections.appearance import Appearance
from mlops_desktop.ui.widgets.room import area_of
from tests.services.registry import Registry
from tests.services.steps import register
from tests.support.bank import Bank
from tests.ui.conftest import MakeWindow, find
from tests.ui.pages.desk import Desk
from tests.ui.pages.test_room import text_size

_PAGES = ("rules", "reconciliation", "settings")


@pytest.fixture
def desk(file_bank: Bank, make_window: MakeWindow, qtbot: QtBot) -> Desk:
    register(file_bank)
    sources.add_source(file_bank.session, NewSource("mlflow", "mlflow", "https://m.example"))
    entries.link_entry(file_bank.session, "M-00001", "mlflow", "pd")
    registry = Registry()
    registry.add("limit-optimizer-rl", champion="1")
    sync_source(file_bank.session, "mlflow", registry, lambda *_: None)
    pages = tuple(page for page in find_pages() if page.id in _PAGES)
    desk = Desk(make_window(pages=pages), file_bank, qtbot)
    desk.window.context.use_session(file_bank.session, "Elbmark Bank AG")
    desk.settle()
    return desk


def test_a_form_is_as_wide_as_its_text_asks_for(desk: Desk) -> None:
    desk.window.show_page("settings", "appearance")
    desk.settle()
    page = desk.window.stage.page()
    assert isinstance(page, SettingsPage)
    inside = find(page, Appearance)._inside
    before = inside.maximumWidth()
    with text_size(desk, 200):
        assert inside.maximumWidth() > before * 1.8
    assert inside.maximumWidth() == before


def test_who_acts_is_read_whole(desk: Desk) -> None:
    desk.window.resize(1800, 820)
    desk.window.show_page("rules")
    desk.settle()
    page = desk.window.stage.page()
    assert isinstance(page, RulesPage)
    (box,) = page.actor.findChildren(QComboBox)
    before = box.maximumWidth()
    with text_size(desk, 200):
        assert box.maximumWidth() > before * 1.8
        assert box.width() >= box.sizeHint().width()


def test_what_is_read_is_not_scrolled_sideways(desk: Desk) -> None:
    desk.window.resize(1300, 820)
    desk.window.show_page("reconciliation")
    desk.settle()
    page = desk.window.stage.page()
    assert isinstance(page, ReconciliationPage)
    with text_size(desk, 200):
        area = area_of(page.facts)
        assert area is not None
        desk.settle()
        assert page.facts.width() <= area.viewport().width()
