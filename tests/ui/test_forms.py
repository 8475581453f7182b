"""Forms: what stands still while they are scrolled, where titles stand, what a tick looks like."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QScrollArea, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from mlops_desktop.ui.pages.rules.asking import CheckList
from mlops_desktop.ui.widgets.body import Body
from mlops_desktop.ui.widgets.dialog import FormDialog
from mlops_desktop.ui.widgets.form import Form
from mlops_desktop.ui.widgets.label import Label
from mlops_desktop.ui.window import Window
from tests.ui.conftest import find

_TITLE = "A form of many fields"


@pytest.fixture
def tall(window: Window, qtbot: QtBot) -> FormDialog:
    made = FormDialog(window.context, _TITLE, "Send", window)
    for at in range(40):
        made.form.add(f"Field {at}", QLineEdit())
    made.open()
    qtbot.waitUntil(lambda: find(made, Body).verticalScrollBar().maximum() > 0)
    return made


def test_the_heading_stands_still_and_the_bar_beside_the_body_alone(
    tall: FormDialog, window: Window
) -> None:
    body = find(tall, Body)
    heading = next(one for one in tall.findChildren(Label) if one.text() == _TITLE)
    assert not body.isAncestorOf(heading)
    assert body.y() >= heading.mapTo(tall, heading.rect().bottomLeft()).y()
    assert tall.height() <= window.height()
    body.verticalScrollBar().setValue(200)
    assert heading.mapTo(tall, heading.rect().topLeft()).y() < body.y()
    tall.reject()


def test_a_form_that_waits_to_be_shown_asks_for_no_more_than_it_needs(
    window: Window, qtbot: QtBot
) -> None:
    form = FormDialog(window.context, _TITLE, "Send", window)
    for at in range(13):
        form.form.add(f"Field {at}", QLineEdit())
    form.ensurePolished()
    QTest.qWait(20)  # what Qt asks of a layout comes before it is shown
    form.open()
    QTest.qWait(50)
    assert form.height() == form.sizeHint().height() <= window.height()
    form.reject()


def test_a_title_stands_at_the_first_line_of_a_text(qtbot: QtBot) -> None:
    form = Form()
    qtbot.addWidget(form)
    told = form.add("Responsible for", Label("many words " * 30, wrap=True))
    form.resize(400, 300)
    form.show()
    title = next(one for one in form.findChildren(Label) if one.text() == "Responsible for")
    assert told.height() > 2 * title.height()
    assert title.y() == told.y()


def test_no_row_to_tick_looks_chosen_and_keys_tick(qtbot: QtBot) -> None:
    ticks = CheckList([("one", "1"), ("two", "2")])
    qtbot.addWidget(ticks)
    ticks.show()
    assert ticks.selectedItems() == []
    ticks.activateWindow()
    ticks.setFocus()
    qtbot.waitUntil(ticks.hasFocus)
    QTest.keyClick(ticks, Qt.Key.Key_Down)
    QTest.keyClick(ticks, Qt.Key.Key_Space)
    assert (ticks.ticked(), ticks.selectedItems()) == (("2",), [])


def test_a_list_to_tick_is_scrolled_with_its_form_and_keys_stay_in_sight(qtbot: QtBot) -> None:
    ticks = CheckList([(f"{at}", f"{at}") for at in range(18)])
    area = QScrollArea()
    qtbot.addWidget(area)
    inside = QWidget()
    QVBoxLayout(inside).addWidget(ticks)
    area.setWidgetResizable(True)
    area.setWidget(inside)
    area.resize(300, 120)
    area.show()
    area.activateWindow()
    ticks.setFocus()
    qtbot.waitUntil(ticks.hasFocus)
    assert ticks.verticalScrollBar().maximum() == 0
    for _ in range(12):
        QTest.keyClick(ticks, Qt.Key.Key_Down)
    row = ticks.visualItemRect(ticks.currentItem())
    top = ticks.viewport().mapTo(area.viewport(), row.topLeft()).y()
    assert ticks.currentRow() == 12
    assert 0 <= top <= area.viewport().height() - row.height()


@pytest.mark.parametrize(("rows", "is_whole"), [(9, True), (10, True), (14, False)])
def test_a_form_a_little_higher_than_the_window_is_seen_whole_where_the_screen_has_room(
    window: Window, qtbot: QtBot, rows: int, is_whole: bool
) -> None:
    window.resize(1200, 470)
    form = FormDialog(window.context, _TITLE, "Send", window)
    for at in range(rows):
        form.form.add(f"Field {at}", QLineEdit())
    form.open()
    bar = find(form, Body).verticalScrollBar()
    if is_whole:
        qtbot.waitUntil(lambda: form.height() == form.sizeHint().height() and not bar.maximum())
    else:
        qtbot.waitUntil(lambda: bar.maximum() > 0)
        assert form.height() <= window.height(), "a long one is scrolled anyway"
    form.reject()


def test_no_form_is_higher_than_the_screen(window: Window, qtbot: QtBot) -> None:
    screen = window.screen().availableSize().height()
    window.resize(1200, screen - 20)
    form = FormDialog(window.context, _TITLE, "Send", window)
    line = form.form.add("Field", QLineEdit())
    form.open()
    line.setMinimumHeight(line.height() + screen - form.height() - 10)
    qtbot.waitUntil(lambda: find(form, Body).verticalScrollBar().maximum() > 0)
    assert form.height() <= window.height()
    form.reject()
