"""Every page leaves the window the size of a small screen, in both languages."""

import pytest
from PySide6.QtWidgets import QComboBox, QWidget
from pytestqt.qtbot import QtBot

from mlops_desktop.ui.page import find_pages
from mlops_desktop.ui.pages.approvals.page import ApprovalsPage
from mlops_desktop.ui.pages.rules.page import RulesPage
from mlops_desktop.ui.widgets.buttons import Button
from mlops_desktop.ui.widgets.flow import Flow
from tests.services.steps import register
from tests.support.bank import Bank
from tests.ui.conftest import MakeWindow
from tests.ui.pages.desk import Desk

_SCREEN = 1280


@pytest.mark.parametrize("language", ["en", "de"])
def test_no_page_widens_the_window(
    file_bank: Bank, make_window: MakeWindow, qtbot: QtBot, language: str
) -> None:
    register(file_bank)
    pages = find_pages()
    desk = Desk(make_window(pages=pages), file_bank, qtbot)
    desk.window.context.use_session(file_bank.session, "Elbmark Bank AG")
    desk.window.context.language.use(language)
    desk.settle()
    widest = {}
    for page in pages:
        desk.window.show_page(page.id)
        desk.settle()
        shown = desk.window.stage.page()
        assert shown is not None
        for part in shown.findChildren(QWidget, "detail"):
            part.show()
        room = shown.parentWidget()
        assert room is not None
        beside = desk.window.width() - room.width()
        widest[page.id] = beside + shown.minimumSizeHint().width()
    assert {id: width for id, width in widest.items() if width > _SCREEN} == {}


def test_buttons_without_room_stand_on_further_lines(qtbot: QtBot) -> None:
    row = QWidget()
    qtbot.addWidget(row)
    flow, buttons = Flow(row), [Button(word * 8) for word in ("eins ", "zwei ", "drei ")]
    for button in buttons:
        flow.addWidget(button)
    row.resize(flow.sizeHint().width(), 200)
    row.show()
    qtbot.waitUntil(lambda: len({one.y() for one in buttons}) == 1)
    row.resize(flow.sizeHint().width() - 20, 200)
    qtbot.waitUntil(lambda: len({one.y() for one in buttons}) == 2)
    assert flow.heightForWidth(10) > flow.heightForWidth(flow.sizeHint().width()) * 2
    assert flow.minimumSize().width() < flow.sizeHint().width() / 2
    assert flow.takeAt(0).widget() is buttons[0]
    assert flow.count() == 2
    assert flow.takeAt(7) is None


def test_who_acts_is_read_whole_beside_german_tabs(
    file_bank: Bank, make_window: MakeWindow, qtbot: QtBot
) -> None:
    pages = tuple(page for page in find_pages() if page.id in ("approvals", "rules"))
    desk = Desk(make_window(pages=pages), file_bank, qtbot)
    desk.window.context.use_session(file_bank.session, "Elbmark Bank AG")
    desk.window.context.language.use("de")
    desk.window.resize(_SCREEN, 820)
    for page in pages:
        desk.window.show_page(page.id)
        desk.settle()
        shown = desk.window.stage.page()
        assert isinstance(shown, ApprovalsPage | RulesPage)
        (box,) = shown.actor.findChildren(QComboBox)
        assert box.currentText() != ""
        assert box.width() >= box.sizeHint().width()
        tabs = shown.groups if isinstance(shown, ApprovalsPage) else shown.tabs
        assert tabs.width() >= tabs.sizeHint().width()
