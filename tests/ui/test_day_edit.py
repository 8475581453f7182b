"""A day is typed as it is written, wherever the cursor stands; what is no day is refused."""

from collections.abc import Iterator
from datetime import date
from itertools import product

import pytest
from PySide6.QtCore import QDate, QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from mlops_desktop.core.asof import NOW, on
from mlops_desktop.ui.day_choice import DayChoice, day_edit, day_of
from mlops_desktop.ui.day_edit import DayEdit
from mlops_desktop.ui.pages.changes import PAGE
from mlops_desktop.ui.pages.changes.page import ChangesPage
from mlops_desktop.ui.window import Window
from tests.support.bank import Bank
from tests.ui.conftest import MakeWindow, find, press, said
from tests.ui.pages.desk import Desk

CONTROL = Qt.KeyboardModifier.ControlModifier
_DAYS = [date(2024, 2, 29), date(2025, 3, 12), date(2026, 12, 31), date(2025, 11, 30)]


def key(*keys: Qt.Key) -> None:
    for one in keys:
        QTest.keyClick(held(), one)


def held() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def types(text: str) -> None:
    """Type wherever the keyboard is after each letter."""
    for letter in text:
        QTest.keyClicks(held(), letter)


def click(field: DayEdit, at: int) -> None:
    QTest.mouseClick(field.lineEdit(), Qt.MouseButton.LeftButton, pos=QPoint(at, 8))


def enter(field: DayEdit, how: str) -> None:
    if how == "Tab":
        field.setFocus(Qt.FocusReason.TabFocusReason)
    elif how == "Shift+Tab":
        field.setFocus(Qt.FocusReason.BacktabFocusReason)
    elif how == "Ctrl+A":
        click(field, 30)
        QTest.keyClick(field, Qt.Key.Key_A, CONTROL)
    else:
        for _ in range(how.count("click")):
            click(field, int(how.rsplit(maxsplit=1)[-1]))


@pytest.fixture(params=["en", "de"])
def field(window: Window, qtbot: QtBot, request: pytest.FixtureRequest) -> Iterator[DayEdit]:
    window.context.language.use(request.param)
    around, field = QWidget(), day_edit(window.context, date(2026, 9, 30))
    qtbot.addWidget(around)
    column = QVBoxLayout(around)
    for part in (field, QLineEdit()):
        column.addWidget(part)
    around.show()
    with qtbot.waitActive(around):
        around.activateWindow()
    yield field
    around.close()


def rest_outside(field: DayEdit) -> None:
    others = field.window().findChildren(QLineEdit)
    next(one for one in others if one.parent() is not field).setFocus()


@pytest.mark.parametrize(
    "how", ["Tab", "Shift+Tab", "Ctrl+A", "click 8", "click 26", "click 50", "click click 26"]
)
def test_a_whole_day_is_typed_with_and_without_signs(field: DayEdit, how: str) -> None:
    sign = field.displayFormat()[2]
    forms = (f"%d{sign}%m{sign}%Y", "%d%m%Y", f"%d{sign}%m{sign}%y")
    for old, day, form in product(_DAYS, _DAYS, forms):
        rest_outside(field)
        field.setDate(QDate(old.year, old.month, old.day))
        enter(field, how)
        types(day.strftime(form))
        assert held() is field
        key(Qt.Key.Key_Tab)
        assert held() is not field
        assert day_of(field) == day
        assert field.text() == day.strftime(f"%d{sign}%m{sign}%Y")


def test_a_part_is_typed_and_the_rest_stays(field: DayEdit) -> None:
    enter(field, "Tab")
    types("4")
    assert field.text()[1:] == field.displayFormat()[2] + "09" + field.displayFormat()[2] + "2026"
    key(Qt.Key.Key_Right)
    types("1")
    key(Qt.Key.Key_Up)
    assert day_of(field) == date(2026, 2, 4)
    types("11")
    key(Qt.Key.Key_Backspace, Qt.Key.Key_Tab)
    assert day_of(field) == date(2026, 1, 4)
    enter(field, "Tab")
    types("5")
    key(Qt.Key.Key_Escape)
    assert (day_of(field), field.text()[:2]) == (date(2026, 1, 4), "04")
    QGuiApplication.clipboard().setText("2025-03-12\n")
    QTest.keyClick(field, Qt.Key.Key_V, CONTROL)
    assert day_of(field) == date(2025, 3, 12)


@pytest.mark.parametrize("typed", ["31.02.2026", "12.13.2025", "00102025", "1.1.202", "1.1.1000"])
def test_what_is_no_day_stays_to_be_mended(field: DayEdit, typed: str, qtbot: QtBot) -> None:
    heard: list[str] = []
    field.refused.connect(heard.append)
    enter(field, "Tab")
    types(typed)
    key(Qt.Key.Key_Tab)
    shown = field.text()
    assert heard == [shown]
    assert shown.endswith(typed[-3:])
    assert field.date() == QDate(2026, 9, 30)
    enter(field, "click 20")
    types("12032025")
    key(Qt.Key.Key_Return)
    assert heard == [shown, shown, ""][-len(heard) :]
    assert day_of(field) == date(2025, 3, 12)


def test_letters_and_a_sign_too_many_change_nothing(field: DayEdit) -> None:
    enter(field, "Tab")
    types("12x03..2025.99")
    QTest.keyClick(field, Qt.Key.Key_X, CONTROL)
    assert day_of(field) == date(2025, 3, 12)
    key(Qt.Key.Key_Tab)
    assert held() is not field
    QTest.keyClick(held(), Qt.Key.Key_Tab, Qt.KeyboardModifier.ShiftModifier)
    assert held() is field


@pytest.mark.parametrize(("code", "typed"), [("en", "12/03/2025"), ("de", "12.03.2025")])
def test_a_day_is_typed_in_the_choice_of_a_day(
    window: Window, qtbot: QtBot, code: str, typed: str
) -> None:
    context = window.context
    context.language.use(code)
    for text in (typed, typed[:2] + typed[3:5] + typed[6:]):
        context.show_as_of(None)
        choice = open_choice(window, qtbot)
        find(choice, DayEdit).setFocus(Qt.FocusReason.TabFocusReason)
        types(text)
        key(Qt.Key.Key_Return)
        assert context.as_of == on(date(2025, 3, 12))


def test_no_day_is_refused_in_the_choice_by_key_and_by_button(window: Window, qtbot: QtBot) -> None:
    choice = open_choice(window, qtbot)
    field = find(choice, DayEdit)
    field.setFocus(Qt.FocusReason.TabFocusReason)
    types("31/02/2026")
    key(Qt.Key.Key_Return)
    assert "There is no day “31/02/2026”." in said(choice)
    choice._show_day()
    assert (choice.isVisible(), window.context.as_of) == (True, NOW)
    field.lineEdit().selectAll()
    types("12/03/2025")
    key(Qt.Key.Key_Tab)
    assert "There is no day" not in said(choice)
    choice._show_day()
    assert window.context.as_of == on(date(2025, 3, 12))


def open_choice(window: Window, qtbot: QtBot) -> DayChoice:
    press(window, Qt.Key.Key_D, CONTROL)
    choice = window.stage.header.findChildren(DayChoice)[-1]
    qtbot.waitUntil(window.context.jobs.is_idle)
    return choice


@pytest.mark.parametrize(("code", "sign"), [("en", "/"), ("de", ".")])
def test_both_days_are_typed_one_after_the_other_in_changes(
    file_bank: Bank, make_window: MakeWindow, qtbot: QtBot, code: str, sign: str
) -> None:
    window = make_window(pages=(PAGE,))
    desk = Desk(window, file_bank, qtbot)
    window.context.use_session(file_bank.session, "Elbmark Bank AG")
    window.context.language.use(code)
    window.show_page("changes")
    desk.settle()
    page = window.stage.page()
    assert isinstance(page, ChangesPage)
    enter(page.first, "click 26")
    types(f"12{sign}03{sign}2025")
    key(Qt.Key.Key_Tab)
    assert held() is page.last
    types("01042026")
    key(Qt.Key.Key_Return)
    assert (day_of(page.first), day_of(page.last)) == (date(2025, 3, 12), date(2026, 4, 1))
    page.last.lineEdit().selectAll()
    types(f"31{sign}02{sign}2026")
    key(Qt.Key.Key_Return)
    assert f"31{sign}02{sign}2026" in page.wrong.text()
    assert page.wrong.isVisible()
    assert page.last.date() == QDate(2026, 4, 1)
