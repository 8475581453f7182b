"""Every page leaves the window the size of a small screen, in both languages."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import pytest
from PySide6.QtWidgets import QComboBox, QWidget
from pytestqt.qtbot import QtBot

from mlops_desktop.ui.page import PageSpec, find_pages
from mlops_desktop.ui.pages.approvals.page import ApprovalsPage
from mlops_desktop.ui.pages.rules.page import RulesPage
from mlops_desktop.ui.widgets.buttons import Button
from mlops_desktop.ui.widgets.chips import Status
from mlops_desktop.ui.widgets.detail import DetailPane
from mlops_desktop.ui.widgets.flow import Flow
from mlops_desktop.ui.widgets.stack import Stack
from tests.services.steps import register
from tests.support.bank import Bank
from tests.ui.conftest import MakeWindow
from tests.ui.pages.desk import Desk

_SCREEN = 1280
_USUAL_SCREEN = 1440
_NAME = "Antragsscore Ratenkredit (Gradient Boosting)"
_CHIPS = (Status("idle", "außer Betrieb"), Status("bad", "Eingriffsschwelle verletzt seit 2024"))


@pytest.mark.parametrize(
    ("language", "percent", "screen"),
    [("en", 100, _SCREEN), ("de", 100, _SCREEN), ("de", 200, _USUAL_SCREEN)],
)
def test_no_page_widens_the_window(
    file_bank: Bank,
    make_window: MakeWindow,
    qtbot: QtBot,
    language: str,
    percent: int,
    screen: int,
) -> None:
    register(file_bank)
    pages = find_pages()
    desk = Desk(make_window(pages=pages), file_bank, qtbot)
    desk.window.context.use_session(file_bank.session, "Elbmark Bank AG")
    desk.window.context.language.use(language)
    with text_size(desk, percent):
        widest = _widths(desk, pages)
    assert {id: width for id, width in widest.items() if width > screen} == {}


@contextmanager
def text_size(desk: Desk, percent: int) -> Iterator[None]:
    """Show every text in another size; the application keeps it beyond the window."""
    theme = desk.window.context.theme
    if percent == theme.text_percent:
        yield
        return
    theme.use_text(percent)
    desk.qtbot.waitUntil(lambda: theme.dressing.is_done)
    yield
    theme.use_text(100)
    desk.qtbot.waitUntil(lambda: theme.dressing.is_done)


def _widths(desk: Desk, pages: Iterable[PageSpec]) -> dict[str, int]:
    """Return how wide each page makes the window, with its detail beside it."""
    widest = {}
    for page in pages:
        desk.window.show_page(page.id)
        desk.settle()
        shown = desk.window.stage.page()
        assert shown is not None
        for part in shown.findChildren(DetailPane):
            part.set_head(_NAME, f"M-00005 · {_NAME} · kennzahlen · Corinna Wolters", _CHIPS)
        room = shown.parentWidget()
        assert room is not None
        beside = desk.window.width() - room.width()
        widest[page.id] = beside + shown.minimumSizeHint().width()
    return widest


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


def test_a_row_ends_right_and_what_is_wide_takes_what_is_left(qtbot: QtBot) -> None:
    row = QWidget()
    qtbot.addWidget(row)
    flow, wide, last = Flow(row), Button("breit"), Button("rechts")
    flow.add_wide(wide)
    flow.go_right()
    flow.addWidget(last)
    row.resize(500, 60)
    row.show()
    qtbot.waitUntil(lambda: last.geometry().right() == 499)
    assert wide.width() > wide.sizeHint().width() + 100
    row.resize(flow.sizeHint().width() - 10, 120)
    qtbot.waitUntil(lambda: last.y() > wide.y())
    assert wide.width() == last.geometry().right() + 1 == row.width()


def test_what_is_hidden_behind_a_page_asks_for_no_room(qtbot: QtBot) -> None:
    stack = Stack()
    qtbot.addWidget(stack)
    for word in ("kurz", "ein sehr viel längerer Text als der andere"):
        stack.addWidget(Button(word))
    narrow = stack.minimumSizeHint().width()
    stack.setCurrentIndex(1)
    assert stack.minimumSizeHint().width() > 2 * narrow


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
