"""The page Calendar: what is due day by day, in words, filtered, leading to its record."""

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from mlops_desktop.core import clock
from mlops_desktop.core.items.findings import FINDING
from mlops_desktop.services import items
from mlops_desktop.services.items import Given
from mlops_desktop.services.notices.nouns import Notice
from mlops_desktop.ui.pages.calendar import PAGE
from mlops_desktop.ui.pages.calendar.agenda import due_in_words
from mlops_desktop.ui.pages.calendar.page import CalendarPage
from mlops_desktop.ui.pages.calendar.reading import place_of
from mlops_desktop.ui.pages.governance import PAGE as GOVERNANCE
from mlops_desktop.ui.pages.governance.page import GovernancePage
from tests.services.steps import register
from tests.services.test_items import TEXTS
from tests.support.bank import Bank
from tests.ui.access import nameless
from tests.ui.conftest import MakeWindow
from tests.ui.pages.desk import Desk, texts


@pytest.fixture
def desk(file_bank: Bank, make_window: MakeWindow, qtbot: QtBot) -> Desk:
    register(file_bank)
    for days in (-3, 5):
        due = (clock.today() + timedelta(days=days)).isoformat()
        items.open_item(file_bank.session, FINDING, Given({**TEXTS, "due": due}, ("M-00001",)))
    desk = Desk(make_window(pages=(PAGE, GOVERNANCE)), file_bank, qtbot)
    desk.window.context.use_session(file_bank.session, "Elbmark Bank AG")
    desk.settle()
    return desk


def page_of(desk: Desk) -> CalendarPage:
    desk.window.show_page("calendar")
    desk.settle()
    page = desk.window.stage.page()
    assert isinstance(page, CalendarPage)
    return page


def days_of(page: CalendarPage) -> list[str]:
    tops = (page.tree.topLevelItem(at) for at in range(page.tree.topLevelItemCount()))
    return [top.text(0).partition(" · ")[2] for top in tops if top is not None]


def test_days_say_how_late_and_how_soon_in_both_languages(desk: Desk) -> None:
    page = page_of(desk)
    assert days_of(page)[:2] == ["overdue for 3 days", "due in 5 days"]
    assert page.heading().endswith("1 of them overdue")
    assert nameless(page) == []
    desk.window.context.actions.run("language.de")
    desk.settle()
    assert days_of(page)[:2] == ["seit 3 Tagen überfällig", "fällig in 5 Tagen"]


def test_today_and_one_day_have_words_of_their_own(desk: Desk) -> None:
    context, today = desk.window.context, clock.today()
    assert due_in_words(context, today, today) == "due today"
    assert due_in_words(context, today + timedelta(days=1), today) == "due in one day"


def test_filters_leave_what_fits_and_say_when_nothing_does(desk: Desk) -> None:
    page = page_of(desk)
    page.kinds.setCurrentIndex(page.kinds.findData("finding"))
    assert {one.kind for one in page.shown} == {"finding"}
    page.text.setText(page.shown[0].id)
    assert len(page.shown) == 1
    page.text.setText("no such thing")
    assert "Nothing due fits these filters." in texts(page)
    assert page.tree.isHidden()


def test_a_line_leads_to_its_item(desk: Desk) -> None:
    page = page_of(desk)
    assert not desk.can("calendar.go")
    day = page.tree.topLevelItem(0)
    assert day is not None
    line = day.child(0)
    assert line is not None
    page.tree.setCurrentItem(line)
    desk.window.context.actions.run("calendar.go")
    desk.settle()
    there = desk.window.stage.page()
    assert isinstance(there, GovernancePage)
    assert there.detail.shown is not None
    assert there.detail.shown.row.number == page.shown[0].id


@pytest.mark.parametrize(
    ("kind", "id", "place"),
    [
        ("review", "M-00001", ("models", "M-00001")),
        ("attestation", "C-1/M-00001", ("models", "M-00001")),
        ("condition", "A-00001/2", ("approvals", "A-00001")),
        ("approval", "A-00001", ("approvals", "A-00001")),
        ("finding", "F-00001", ("governance", "F-00001")),
    ],
)
def test_every_kind_has_a_place(kind: str, id: str, place: tuple[str, str]) -> None:
    assert place_of(Notice(kind, id, None, ())) == place


def test_what_is_shown_is_saved_without_free_text(desk: Desk, tmp_path: Path) -> None:
    page = page_of(desk)
    desk.window.context.actions.run("calendar.export")
    (dialog,) = [one for one in QApplication.topLevelWidgets() if isinstance(one, QFileDialog)]
    dialog.fileSelected.emit(str(tmp_path / "due.ics"))
    desk.settle()
    saved = (tmp_path / "due.ics").read_text()
    assert saved.count("BEGIN:VEVENT") == len(page.shown)
    assert page.shown[0].title
    assert page.shown[0].title not in saved
    dialog.close()
