"""Pages in large text on a small screen: each of their parts scrolls itself, none in another."""

from datetime import timedelta

import pytest
from PySide6.QtCore import QDate
from PySide6.QtWidgets import QTableView, QTabWidget
from pytestqt.qtbot import QtBot

from mlops_desktop.core import clock
from mlops_desktop.core.attestations import Target
from mlops_desktop.core.items.findings import FINDING
from mlops_desktop.services import items
from mlops_desktop.services.attestations import running
from mlops_desktop.services.attestations.running import NewCampaign
from mlops_desktop.services.items import Given
from mlops_desktop.services.profiles import standing
from mlops_desktop.ui.pages.attestations import PAGE as ATTESTATIONS
from mlops_desktop.ui.pages.attestations.page import AttestationsPage
from mlops_desktop.ui.pages.calendar import PAGE as CALENDAR
from mlops_desktop.ui.pages.calendar.page import CalendarPage
from mlops_desktop.ui.pages.ledger import PAGE as LEDGER
from mlops_desktop.ui.pages.ledger.page import LedgerPage
from mlops_desktop.ui.pages.regulation import PAGE as REGULATION
from mlops_desktop.ui.pages.regulation.page import RegulationPage
from mlops_desktop.ui.table.view import RowsView
from mlops_desktop.ui.widgets.room import area_of
from mlops_desktop.ui.widgets.short_table import ShortTable
from tests.services.steps import register
from tests.services.test_items import TEXTS
from tests.support.bank import Bank
from tests.ui.conftest import MakeWindow
from tests.ui.pages.desk import Desk, open_desk
from tests.ui.pages.test_room import text_size
from tests.ui.room import scrolled_inside

_MODELS = 9
_KINDS = {
    "ledger": LedgerPage,
    "attestations": AttestationsPage,
    "regulation": RegulationPage,
    "calendar": CalendarPage,
}
_SEEN_ROWS = 1


@pytest.fixture
def desk(file_bank: Bank, make_window: MakeWindow, qtbot: QtBot) -> Desk:
    """More of everything than has room: models to attest, rules to meet, findings due."""
    due = clock.today() + timedelta(days=5)
    for n in range(_MODELS):
        register(file_bank, name=f"Bodensatzmodell {n}", tier=str(1 + n % 3))
        given = Given({**TEXTS, "due": due.isoformat()}, (f"M-{n + 1:05}",))
        items.open_item(file_bank.session, FINDING, given)
    targets = tuple(Target("100", tier) for tier in (1, 2, 3))
    statement = "Die Angaben des Inventars zu diesem Modell sind vollständig und richtig."
    running.open_campaign(file_bank.session, NewCampaign("Inventar", statement, due, targets))
    standing.activate_profile(file_bank.session, "eu-ai-act")
    return open_desk(make_window, file_bank, qtbot, LEDGER, ATTESTATIONS, REGULATION, CALENDAR)


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("id", list(_KINDS))
def test_a_page_is_not_scrolled_with_what_is_scrolled_in_it(
    desk: Desk, id: str, language: str
) -> None:
    desk.window.context.language.use(language)
    page = desk.go(id, _KINDS[id])
    desk.window.resize(1280, 800)
    with text_size(desk, 200):
        desk.settle()
        rows = next(one for one in page.findChildren(RowsView) if one.isVisible())
        rows.selectRow(0)
        desk.settle()
        for tabs in (None, *page.findChildren(QTabWidget)):
            for at in range(tabs.count() if tabs is not None else 1):
                if tabs is not None and tabs.isVisible():
                    tabs.setCurrentIndex(at)
                desk.settle()
                assert scrolled_inside(desk.window) == []
                room = area_of(page)
                assert room is not None
                assert room.verticalScrollBar().maximum() == 0
        for table in page.findChildren(ShortTable):
            lines = table.viewport().height() // table.fontMetrics().lineSpacing()
            assert not table.isVisible() or lines >= table.least_lines > _SEEN_ROWS


def test_the_day_walked_to_stays_in_sight(desk: Desk) -> None:
    page = desk.go("calendar", CalendarPage)
    desk.window.resize(1280, 700)
    with text_size(desk, 200):
        desk.settle()
        month = page.month
        assert month.verticalScrollBar().maximum() > 0
        today = month.view.selectedDate()
        for day in (1, today.daysInMonth(), 1):
            month.view.setSelectedDate(QDate(today.year(), today.month(), day))
            desk.settle()
            sheet = month.view.findChild(QTableView)
            assert isinstance(sheet, QTableView)
            cell = sheet.visualRect(sheet.currentIndex())
            at = sheet.viewport().mapTo(month.viewport(), cell.center())
            assert month.viewport().rect().contains(at)


def test_the_days_of_larger_text_get_more_room(desk: Desk) -> None:
    view = desk.go("calendar", CalendarPage).month.view
    before = view.minimumHeight()
    with text_size(desk, 200):
        assert view.minimumHeight() > before * 1.8
    assert view.minimumHeight() == before
