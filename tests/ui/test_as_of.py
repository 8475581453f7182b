"""The day the window shows: chosen by keyboard, refused beside its field, changing nothing."""

from datetime import date, timedelta

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QDateEdit
from pytestqt.qtbot import QtBot

from mlops_desktop.core import clock
from mlops_desktop.core.asof import NOW, AsOf, on
from mlops_desktop.core.errors import AppError
from mlops_desktop.services.days import Days, check_days
from mlops_desktop.ui.actions import Action
from mlops_desktop.ui.day_choice import DayChoice
from mlops_desktop.ui.widgets.buttons import ActionButton
from mlops_desktop.ui.window import Window
from tests.ui.conftest import button, find, press, said

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
_DAYS = Days(date(2024, 3, 1), date(2023, 1, 1))


def open_choice(window: Window, qtbot: QtBot) -> DayChoice:
    press(window, Qt.Key.Key_D, CONTROL)
    choice = find(window.stage.header, DayChoice)
    qtbot.waitUntil(window.context.jobs.is_idle)
    return choice


def write_day(field: QDateEdit, day: date) -> None:
    field.setDate(QDate(day.year, day.month, day.day))


def test_both_dates_are_chosen_by_keyboard_and_said_in_the_band(
    window: Window, qtbot: QtBot
) -> None:
    context = window.context
    choice = open_choice(window, qtbot)
    assert "Day of the last dossier: 30/06/2026" in [b.text() for b in choice.findChildren(type(
        choice._first))]  # fmt: skip
    for _ in range(5):
        QTest.keyClick(QApplication.focusWidget() or choice, Qt.Key.Key_Tab)
    QTest.keyClick(QApplication.focusWidget() or choice, Qt.Key.Key_Return)
    assert context.as_of == on(date(2026, 6, 30))
    for known, as_of, band, short in (
        ("now", AsOf(None, date(2025, 12, 31)), "as it is known today", "known today"),
        ("on", AsOf(date(2026, 1, 31), date(2025, 12, 31)), "known on 31/01/2026", "31/01/2026"),
    ):
        choice = open_choice(window, qtbot)
        box = find(choice, QComboBox)
        day, cut_off = choice.findChildren(QDateEdit)
        write_day(day, date(2025, 12, 31))
        box.setCurrentIndex(box.findData(known))
        assert cut_off.isVisible() == (known == "on")
        write_day(cut_off, date(2026, 1, 31))
        day.setFocus()
        QTest.keyClick(day, Qt.Key.Key_Return)
        assert context.as_of == as_of
        assert context.day == date(2025, 12, 31)
        assert band in said(window)
        assert short in window.stage.header.as_of.text()
    press(window, Qt.Key.Key_D, CONTROL, SHIFT)
    assert context.as_of == NOW


def test_a_day_that_cannot_be_shown_is_refused_beside_its_field(
    window: Window, qtbot: QtBot
) -> None:
    choice = open_choice(window, qtbot)
    day = choice.findChildren(QDateEdit)[0]
    for wrong, told in (
        (clock.today() + timedelta(days=1), "has not come yet"),
        (date(2024, 2, 28), "The first record of this workspace is of 1 Mar 2024."),
    ):
        write_day(day, wrong)
        button(choice, "Show").click()
        assert told in said(choice)
        assert window.context.as_of == NOW
    box = find(choice, QComboBox)
    box.setCurrentIndex(box.findData("now"))
    assert "has not come yet" not in said(choice)
    button(choice, "Show").click()  # dated back: nothing was recorded then, but it held
    assert window.context.as_of == AsOf(None, date(2024, 2, 28))


def test_what_cannot_be_changed_says_why(window: Window) -> None:
    actions = window.context.actions
    actions.add(Action("edit", "Edit", lambda: None, writes=True))
    made = ActionButton(actions.action("edit"), parent=window)
    assert made.isEnabled()
    assert made.toolTip() == ""
    window.context.show_as_of(AsOf(None, date(2025, 12, 31)))
    assert not made.isEnabled()
    assert made.toolTip() == "A past day is shown; nothing can be changed in it."
    assert made.accessibleDescription() == made.toolTip()


@pytest.mark.parametrize(
    ("as_of", "code", "where"),
    [
        (on(clock.today() + timedelta(days=1)), "as_of.to_come", "known"),
        (AsOf(None, clock.today() + timedelta(days=1)), "as_of.to_come", "at"),
        (on(date(2024, 2, 29)), "as_of.too_early", "known"),
        (AsOf(None, date(2022, 12, 31)), "as_of.nothing_held", "at"),
    ],
)
def test_days_without_anything_to_show_are_refused(as_of: AsOf, code: str, where: str) -> None:
    with pytest.raises(AppError) as refused:
        check_days(as_of, _DAYS)
    assert (refused.value.code, refused.value.where) == (code, where)
    check_days(on(date(2024, 3, 1)), _DAYS)
    check_days(AsOf(None, date(2023, 1, 1)), _DAYS)
