"""The list of people and keys among the settings."""

from pytestqt.qtbot import QtBot

from mlops_desktop.ui.pages.settings import PAGE
from mlops_desktop.ui.pages.settings.page import SettingsPage
from tests.support.bank import Bank
from tests.ui.conftest import MakeWindow
from tests.ui.pages.desk import open_desk


def test_roles_take_lines_rather_than_be_cut(
    file_bank: Bank, make_window: MakeWindow, qtbot: QtBot
) -> None:
    desk = open_desk(make_window, file_bank, qtbot, PAGE)
    desk.window.show_page("settings", "people")
    desk.settle()
    page = desk.window.stage.page()
    assert isinstance(page, SettingsPage)
    shown = page.section().made().list.model.columns  # type: ignore[attr-defined]
    assert [column.id for column in shown if column.is_name] == ["name", "roles"]
