"""The page Calendar: what is due by its day, in words, narrowed by month and day, leading on."""

import threading
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QTableView
from pytestqt.qtbot import QtBot

from mlops_desktop.core import clock
from mlops_desktop.core.hyphens import SOFT_HYPHEN
from mlops_desktop.core.items.findings import FINDING
from mlops_desktop.services import items
from mlops_desktop.services.items import Given
from mlops_desktop.services.notices.nouns import Notice
from mlops_desktop.ui.pages.calendar import PAGE, reading
from mlops_desktop.ui.pages.calendar.day_cell import upper
from mlops_desktop.ui.pages.calendar.lines import DueLine, due_in_words, due_status
from mlops_desktop.ui.pages.calendar.page import CalendarPage
from mlops_desktop.ui.pages.calendar.reading import (
    Agenda,
    Choice,
    Shown,
    count_overdue,
    month_of,
    place_of,
)
from mlops_desktop.ui.pages.governance import PAGE as GOVERNANCE
from mlops_desktop.ui.pages.governance.page import GovernancePage
from tests.services.steps import register
from tests.services.test_items import TEXTS
from tests.support.bank import Bank
from tests.ui.access import nameless, unreachable
from tests.ui.conftest import MakeWindow
from tests.ui.pages.desk import Desk, texts

_FAR = 400


@pytest.fixture
def desk(file_bank: Bank, make_window: MakeWindow, qtbot: QtBot) -> Desk:
    register(file_bank)
    found = clock.now() - timedelta(days=10)
    for days in (-3, 5, _FAR):
        due = (clock.today() + timedelta(days=days)).isoformat()
        given = Given({**TEXTS, "due": due}, ("M-00001",), effective=found)
        items.open_item(file_bank.session, FINDING, given)
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


def column(page: CalendarPage, name: str) -> list[str]:
    model = page.list.model
    at = [one.id for one in model.columns].index(name)
    lines = (model.line(row) for row in range(model.rowCount()))
    return [line.cells[at].text for line in lines if line is not None]


def test_rows_say_how_late_and_how_soon_in_both_languages(desk: Desk) -> None:
    page = page_of(desk)
    assert column(page, "left")[:2] == ["overdue for 3 days", "due in 5 days"]
    assert page.heading().endswith("1 of them overdue")
    assert nameless(page) == []
    assert unreachable(page) == []
    desk.window.context.actions.run("language.de")
    desk.settle()
    assert column(page, "left")[:2] == ["seit 3 Tagen überfällig", "fällig in 5 Tagen"]
    assert nameless(page) == []


def test_today_and_one_day_have_words_of_their_own(desk: Desk) -> None:
    context, today = desk.window.context, clock.today()
    assert due_in_words(context, today, today) == "due today"
    assert due_in_words(context, today + timedelta(days=1), today) == "due in one day"


def test_a_chip_says_the_days_alone_where_names_want_the_room(desk: Desk) -> None:
    context, page = desk.window.context, page_of(desk)
    late, soon = (due_status(context, line) for line in page._shelf.lines[:2])
    assert late is not None
    assert soon is not None
    assert (late.shortest, soon.shortest) == ("−3 days", "5 days")


def test_filters_leave_what_fits_and_say_when_nothing_does(desk: Desk) -> None:
    page = page_of(desk)
    page.kinds.setCurrentIndex(page.kinds.findData("finding"))
    desk.settle()
    assert {one.kind for one in page.shown} == {"finding"}
    page.list.set_filter("F-00001")
    desk.qtbot.waitUntil(lambda: column(page, "number") == ["F-00001"])
    page.list.set_filter("no such thing")
    desk.qtbot.waitUntil(lambda: "Nothing fits this filter." in texts(page))


def test_the_month_counts_its_days_and_is_walked_to_any_other(desk: Desk) -> None:
    page, today = page_of(desk), clock.today()
    marks = page.month.view._marks
    assert marks[today - timedelta(days=3)].is_late
    assert not marks[today + timedelta(days=5)].is_late
    far = today + timedelta(days=_FAR)
    assert far not in marks
    page.month.view.setCurrentPage(far.year, far.month)
    desk.settle()
    assert page.month.view._marks[far].due == 1
    assert [one.due for one in page.shown if one.kind == "finding"] == [far]
    assert str(far.year) in page.within.currentText()
    page.month.view.setSelectedDate(QDate(far.year, far.month, far.day))
    (sheet,) = page.month.view.findChildren(QTableView)
    QTest.keyClick(sheet, Qt.Key.Key_Return)
    desk.settle()
    assert {one.due for one in page.shown} == {far}
    said = texts(page.month)
    assert f"{desk.window.context.language.date(far)}: 1 due" in said
    page.month.today.click()
    desk.settle()
    assert page.month.view.day() == today
    assert page.within.currentData() == "month"
    page.within.setCurrentIndex(0)
    desk.settle()
    assert {one.id for one in page.shown} >= {"F-00001", "F-00002"}


def test_a_line_leads_to_its_item(desk: Desk) -> None:
    page = page_of(desk)
    assert not desk.can("calendar.go")
    page.list.view.selectRow(0)
    desk.window.context.actions.run("calendar.go")
    desk.settle()
    there = desk.window.stage.page()
    assert isinstance(there, GovernancePage)
    assert there.detail.shown is not None
    assert there.detail.shown.row.number == page.shown[0].id


def test_the_line_stood_on_is_told_in_whole_beside_the_list(desk: Desk) -> None:
    page = page_of(desk)
    assert not page.month.chosen.isVisible()
    page.list.view.selectRow(0)
    desk.settle()
    line = page.chosen()
    assert line is not None
    said = texts(page.month.chosen).replace(SOFT_HYPHEN, "")
    for told in (line.notice.title, line.notice.id, "overdue for 3 days"):
        assert told in said
    assert nameless(page) == []
    assert unreachable(page) == []
    page.persons.addItem("", "nobody")
    page.persons.setCurrentIndex(page.persons.count() - 1)
    desk.settle()
    assert not page.month.chosen.isVisible()


class Unread(tuple[DueLine, ...]):
    """Lines that nobody may walk through."""

    __slots__ = ()

    def __iter__(self) -> Iterator[DueLine]:
        raise AssertionError("every line was looked at")


def test_who_stands_on_a_line_is_found_without_looking_at_every_other(desk: Desk) -> None:
    page = page_of(desk)
    page.list.view.selectRow(0)
    desk.settle()
    page._shelf.lines = Unread(page._shelf.lines)
    desk.window.context.actions.refresh()
    assert page.chosen() is not None
    assert desk.can("calendar.go")


def test_it_says_that_it_is_of_today_and_the_badge_counts_mine(desk: Desk) -> None:
    page = page_of(desk)
    assert "as of today" not in texts(page)
    desk.window.context.show_as_of(clock.today() - timedelta(days=9))
    desk.settle()
    assert "as of today" in texts(page)
    mine = {TEXTS["owner"]: 1, "Mateusz Kowalczyk": 0}
    assert {name: count_overdue(desk.bank.as_(name)) for name in mine} == mine


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


def test_a_month_has_its_first_and_last_day() -> None:
    assert month_of(date(2028, 2, 11)) == (date(2028, 2, 1), date(2028, 2, 29))
    assert month_of(date(2026, 12, 31)) == (date(2026, 12, 1), date(2026, 12, 31))


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


def test_what_is_shown_is_chosen_beside_the_window(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = page_of(desk)
    threads: list[threading.Thread] = []
    real = reading.show

    def watched(agenda: Agenda, choice: Choice) -> Shown:
        threads.append(threading.current_thread())
        return real(agenda, choice)

    monkeypatch.setattr(reading, "show", watched)
    page.within.setCurrentIndex(2)
    desk.settle()
    assert threads
    assert threading.main_thread() not in threads


def test_the_number_of_a_week_stands_on_the_line_of_its_days(desk: Desk) -> None:
    month = page_of(desk).month.view
    (sheet,) = month.findChildren(QTableView)
    model = sheet.model()
    row = next(at for at in range(1, 6) if model.index(at, 1).data() is not None)
    picture = sheet.viewport().grab().toImage()

    def first_ink(column: int) -> int:
        place = sheet.visualRect(model.index(row, column)).adjusted(4, 4, -4, -4)
        part = picture.copy(place)
        back = part.pixelColor(0, 0)
        return next(
            y
            for y in range(part.height())
            if any(part.pixelColor(x, y) != back for x in range(part.width()))
        )

    assert abs(first_ink(0) - first_ink(1)) <= 2


def test_what_is_due_on_a_day_stands_clear_of_its_number_beside_a_line_told(desk: Desk) -> None:
    page = page_of(desk)
    page.list.view.selectRow(0)
    desk.settle()
    (sheet,) = page.month.view.findChildren(QTableView)
    cell = sheet.visualRect(sheet.model().index(1, 1))
    assert page.month.chosen.isVisible()
    assert upper(cell).height() >= sheet.fontMetrics().height()
