"""Roles' cards in the window: each thing that waits opens what it is about, at the right place."""

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from mlops_desktop.core import clock
from mlops_desktop.core.events.checks import CheckDetails, CheckKind, CheckObserved, Verdict
from mlops_desktop.core.observed.details import Subject
from mlops_desktop.outside.randomness import new_id
from mlops_desktop.services import deployments
from mlops_desktop.services.deployments import Place
from mlops_desktop.services.overview.cards import Card, Column, Row, Said, Table, Wait, Waits, Way
from mlops_desktop.ui.pages.models import PAGE as MODELS
from mlops_desktop.ui.pages.models.page import ModelsPage
from mlops_desktop.ui.pages.models.tabs.tests import TestsTab
from mlops_desktop.ui.pages.overview import PAGE
from mlops_desktop.ui.pages.overview.board import Board
from mlops_desktop.ui.pages.overview.cards.frame import CardView
from mlops_desktop.ui.pages.overview.cards.table import TableView
from mlops_desktop.ui.pages.overview.cards.waits import WaitsView
from mlops_desktop.ui.pages.overview.page import OverviewPage
from mlops_desktop.ui.pages.settings import PAGE as SETTINGS
from mlops_desktop.ui.pages.settings.page import SettingsPage
from mlops_desktop.ui.widgets.label import Label
from mlops_desktop.ui.widgets.room import Room
from mlops_desktop.ui.widgets.short_table import ShortTable
from tests.services.lineage_bank import SEEN, History
from tests.services.steps import add_version, register
from tests.support.bank import Bank
from tests.ui.access import nameless
from tests.ui.conftest import MakeWindow
from tests.ui.pages.desk import Desk, texts, type_in

CHECK = CheckDetails(
    name="last", suite="antworten", kind=CheckKind.TEST, verdict=Verdict.FAILED, total=412,
    failed=3, subjects=(Subject("PD Mittelstand (IRB)", "7"),),
)  # fmt: skip


def overview(desk: Desk, role: str) -> OverviewPage:
    """Go to the Overview of a role and wait for its cards."""
    desk.window.show_page("overview")
    desk.window.context.use_role(role)
    page = desk.window.stage.page()
    assert isinstance(page, OverviewPage)
    desk.settle()
    desk.qtbot.waitUntil(page.board.is_whole)
    desk.qtbot.waitUntil(lambda: all(map(has_its_rows, page.board.findChildren(ShortTable))))
    return page


def has_its_rows(table: ShortTable) -> bool:
    return table.rows.rowCount() == len(table.rows_in_order())


def test_red_tests_lead_to_the_tests_and_every_role_speaks_both_languages(
    file_bank: Bank, make_window: MakeWindow, qtbot: QtBot
) -> None:
    model = register(file_bank)
    add_version(file_bank, model)
    deployments.open_deployment(file_bank.session, model, Place("7", "production"))
    History(file_bank).record(CheckObserved(new_id(), "ci", "a", (model,), CHECK, SEEN))
    desk = Desk(make_window(pages=(PAGE, MODELS)), file_bank, qtbot)
    desk.act_as("Mateusz Kowalczyk")
    page = overview(desk, "software")
    assert "3 of 412 tests are red" in texts(page)
    (red, *_) = (card for card in page.board.findChildren(WaitsView) if card.lines)
    QTest.keyClick(red.lines[0].link, Qt.Key.Key_Space)
    desk.settle()
    there = desk.window.stage.page()
    assert isinstance(there, ModelsPage)
    desk.qtbot.waitUntil(lambda: there.detail.shown is not None)
    desk.settle()
    assert there.detail.tabs.currentWidget().findChildren(TestsTab)
    assert there.detail.wanted_id() == "M-00001"
    for language in ("en", "de"):
        desk.window.context.actions.run(f"language.{language}")
        for role in ("expert", "science", "data", "software", "devops"):
            page = overview(desk, role)
            assert nameless(page) == []
            shown = texts(page)
            assert "{" not in shown
            assert "overview." not in shown


def test_an_overdue_backup_is_said_until_one_is_made(
    file_bank: Bank, make_window: MakeWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    then = clock.now() + timedelta(days=8)
    with clock.reading(lambda: then):
        desk = Desk(make_window(pages=(PAGE, SETTINGS)), file_bank, qtbot)
        desk.act_as("Mateusz Kowalczyk")
        page = overview(desk, "software")
        assert "If this disk fails, the workspace is lost." in texts(page)
        desk.window.context.actions.run("language.de")
        desk.settle()
        qtbot.waitUntil(page.board.is_whole)
        assert "Fällt dieser Datenträger aus" in texts(page)
        assert nameless(page) == []
        (view, *_) = (card for card in page.board.findChildren(WaitsView) if is_backup(card))
        QTest.keyClick(view.lines[0].link, Qt.Key.Key_Space)
        desk.settle()
        there = desk.window.stage.page()
        assert isinstance(there, SettingsPage)
        assert there.section() is there.sections["backup"]
        dialog = desk.do("settings.backup")
        type_in(dialog, "Sicherungsdatei", str(tmp_path / "kept.mlops"))
        desk.send(dialog)
        page = overview(desk, "software")
        assert "Fällt dieser Datenträger aus" not in texts(page)


def is_backup(card: WaitsView) -> bool:
    return any(line.isVisible() and "Sicherung" in line.link.text() for line in card.lines)


def test_a_card_stands_in_the_turn_that_fills_it(make_window: MakeWindow, qtbot: QtBot) -> None:
    more = tuple(Said("portfolio.reading") for _ in range(3))
    wait = Wait("M-00001", Said("portfolio.reading"), Way("models"), more=more)
    waits = Waits(Said("portfolio.reading"), (wait,) * 8, Said("portfolio.reading"))
    window = make_window()
    board = Board(window.context)
    area = Room(board)
    qtbot.addWidget(area)
    area.resize(900, 400)
    area.show()
    board.show_cards((waits, waits))
    for at in range(2):
        board._fill_one()
        assert board.views[at].isVisible()
    qtbot.waitUntil(lambda: board.height() >= board.heightForWidth(board.width()))
    for line in board.views[1].findChildren(Label):
        assert line.height() >= line.heightForWidth(line.width()) or not line.isVisible()


_TITLE = Said("overview.mine")
_WAYS = Way("models")
_WAITS = tuple(Wait(f"M-{at:05}", _TITLE, _WAYS) for at in range(12))
_ROWS = tuple(Row(f"{at}", (f"M-{at:05}", ""), _WAYS) for at in range(12))
_COLUMNS = (
    Column("overview.column.model", 30, strong=True),
    Column("overview.column.state", 18),
)


@pytest.mark.parametrize(
    ("card", "first"),
    [(Waits(_TITLE, _WAITS, _TITLE), 8), (Table(_TITLE, _COLUMNS, _ROWS, _TITLE), 7)],
)
def test_what_is_much_is_shown_whole_where_it_is_asked_for_and_never_scrolls_by_itself(
    make_window: MakeWindow, qtbot: QtBot, card: Card, first: int
) -> None:
    board = Board(make_window().context)
    qtbot.addWidget(board)
    board.resize(900, 700)
    board.show()
    board.show_cards((card,))
    board._fill_one()
    (view,) = board.views
    assert _shown(view) == first
    assert view.more.text() == "Show all 12"
    QTest.keyClick(view.more, Qt.Key.Key_Space)
    assert _shown(view) == 12
    board.show_cards((card,))
    board._fill_one()
    assert _shown(view) == 12, "read again, it stays as it was asked for"
    for table in view.findChildren(ShortTable):
        qtbot.waitUntil(lambda table=table: table.rows.rowCount() == 12)  # type: ignore[misc]
        assert table.verticalScrollBar().maximum() == 0
        assert table.isColumnHidden(1), "nothing stands in it"
    QTest.keyClick(view.more, Qt.Key.Key_Space)
    assert _shown(view) == first


def _shown(view: CardView[Card]) -> int:
    if isinstance(view, WaitsView):
        return sum(line.isVisible() for line in view.lines)
    assert isinstance(view, TableView)
    assert view.table is not None
    return len(view.table.rows_in_order())
