"""Names that have no room in one line go on in the next, and every row has as many lines."""

import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QFont, QFontMetrics, QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from mlops_desktop.ui.jobs import Jobs
from mlops_desktop.ui.table.columns import Column, ListQuery
from mlops_desktop.ui.table.folding import ANY_LINES, MOST_LINES, Names, fold
from mlops_desktop.ui.table.measuring import PADDING
from mlops_desktop.ui.table.model import RowsModel
from mlops_desktop.ui.table.view import RowsView
from mlops_desktop.ui.widgets.short_table import ShortTable
from mlops_desktop.ui.window import Window
from tests.ui.conftest import Shelf, Thing
from tests.ui.table.conftest import say

_NAME = "Antragsscore Ratenkredit (Gradient Boosting)"
_LEFT, _NO_KEY = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


def _columns(name: str, *, strong: bool = True) -> tuple[Column[Thing], ...]:
    return (
        Column("id", "Find", lambda thing: thing.id, 6, whole=True),
        Column("name", "Find", lambda _: name, 20, strong=strong, flexible=True),
        Column("why", "Find", lambda _: "The outcome of a long deliberation", 12),
    )


def _shown(model: RowsModel[Thing], qtbot: QtBot) -> RowsView:
    made = RowsView(model)
    qtbot.addWidget(made)
    made.resize(900, 400)
    made.show()
    model.ask(ListQuery())
    qtbot.waitUntil(lambda: model.line(0) is not None)
    for counting in model.findChildren(QTimer):
        counting.stop()
    return made


@pytest.fixture
def named(jobs: Jobs, shelf: Shelf, qtbot: QtBot) -> RowsView:
    return _shown(RowsModel("things", _columns(_NAME), shelf, jobs, say), qtbot)


def _height(view: RowsView) -> int:
    return view.verticalHeader().defaultSectionSize()


def _bold(view: RowsView) -> QFont:
    font = QFont(view.font())
    font.setWeight(QFont.Weight.DemiBold)
    return font


def _resize(view: RowsView, width: int) -> None:
    view.resize(width, 400)
    QGuiApplication.processEvents()


def test_a_text_goes_on_in_the_next_line_and_loses_no_letter(named: RowsView) -> None:
    font = _bold(named)
    assert fold(_NAME, font, 1000, MOST_LINES) == [_NAME]
    room = QFontMetrics(font).horizontalAdvance("Antragsscore Ratenkredit (")
    lines = fold(_NAME, font, room, MOST_LINES)
    assert lines == ["Antragsscore Ratenkredit", "(Gradient Boosting)"]
    parted = fold("Kreditportfoliomodell", font, 60, MOST_LINES)
    assert "".join(line.removesuffix("-") for line in parted) == "Kreditportfoliomodell"
    assert QFontMetrics(font).horizontalAdvance(parted[0]) <= 60


def test_a_word_is_parted_between_syllables_and_only_where_it_has_no_line(named: RowsView) -> None:
    font = _bold(named)
    metrics = QFontMetrics(font)
    room = metrics.horizontalAdvance("Kreditportfolio-") + 1
    assert fold("Kreditportfoliomodell", font, room, 2)[0].endswith("-")
    room = metrics.horizontalAdvance("Kreditportfoliomodell")
    lines = fold("Neues Kreditportfoliomodell ICAAP", font, room, MOST_LINES)
    assert lines == ["Neues", "Kreditportfoliomodell", "ICAAP"]


def test_a_technical_name_goes_on_after_its_signs_and_an_id_nowhere(named: RowsView) -> None:
    font = _bold(named)
    room = QFontMetrics(font).horizontalAdvance("expect_column_values_")
    told = fold("expect_column_values_to_not_be_null", font, room, MOST_LINES)
    assert told == ["expect_column_values_", "to_not_be_null"]
    names, column = Names(named), named.rows.columns[1]
    names.note(column, ["M-00005 PD"])
    assert names.room(column, ANY_LINES) >= QFontMetrics(font).horizontalAdvance("M-00005")


def test_a_name_without_room_is_whole_in_two_lines_and_in_one_again(named: RowsView) -> None:
    low = _height(named)
    _resize(named, 420)
    room = named.columnWidth(1) - 2 * PADDING
    lines = fold(_NAME, _bold(named), room, MOST_LINES)
    assert len(lines) == 2
    assert max(map(QFontMetrics(_bold(named)).horizontalAdvance, lines)) <= room
    assert _height(named) == low + named.fontMetrics().height()
    _resize(named, 900)
    assert _height(named) == low


def test_a_name_is_whole_in_three_lines_before_a_title_is(named: RowsView) -> None:
    _resize(named, 300)
    lines = fold(_NAME, _bold(named), named.columnWidth(1) - 2 * PADDING, 99)
    assert len(lines) <= MOST_LINES
    assert named.horizontalScrollBar().maximum() == 0


def test_a_sentence_takes_no_third_line(jobs: Jobs, shelf: Shelf, qtbot: QtBot) -> None:
    columns = _columns("What was found when it was looked at again " * 3, strong=False)
    view = _shown(RowsModel("things", columns, shelf, jobs, say), qtbot)
    _resize(view, 300)
    assert view.painter.lines == 2


def test_the_room_for_so_many_lines_is_enough_and_no_more(named: RowsView) -> None:
    names, column = Names(named), named.rows.columns[1]
    names.note(column, [_NAME])
    for lines in (1, 2, 3):
        room = names.room(column, lines)
        assert names.lines(column, room) == lines
        assert len(fold(_NAME, _bold(named), room - 12, 99)) > lines


def test_the_row_a_person_stands_on_stays_where_it_is(named: RowsView) -> None:
    named.selectRow(6)
    before = named.rowViewportPosition(6)
    _resize(named, 420)
    assert named.painter.lines == 2
    assert named.rowViewportPosition(6) == before


def test_the_row_stood_on_stays_in_sight_where_rows_grow_and_the_list_shrinks(
    named: RowsView, qtbot: QtBot
) -> None:
    last = named.rows.rowCount() - 1
    named.selectRow(last)
    named.bring()
    _resize(named, 420)
    assert named.painter.lines == 2
    qtbot.waitUntil(lambda: _is_whole(named, last))
    named.resize(420, 200)
    qtbot.waitUntil(lambda: _is_whole(named, last))


def test_a_row_out_of_sight_is_not_brought_back_by_another_layout(named: RowsView) -> None:
    named.selectRow(40)
    named.verticalScrollBar().setValue(0)
    _resize(named, 420)
    assert named.painter.lines == 2
    assert named.verticalScrollBar().value() == 0


def _is_whole(view: RowsView, row: int) -> bool:
    top = view.rowViewportPosition(row)
    return 0 <= top <= view.viewport().height() - view.rowHeight(row)


def test_rows_hold_still_under_a_pressed_button(named: RowsView) -> None:
    at = QPoint(40, named.rowViewportPosition(3) + 5)
    QTest.mousePress(named.viewport(), _LEFT, _NO_KEY, at)
    _resize(named, 420)
    assert named.painter.lines == 1
    QTest.mouseRelease(named.viewport(), _LEFT, _NO_KEY, at)
    assert named.painter.lines == 2


def test_a_double_click_opens_the_row_first_clicked(named: RowsView) -> None:
    opened = list[str]()
    named.opened.connect(lambda row: opened.append(row.id))
    at = QPoint(40, named.rowViewportPosition(3) + 5)
    QTest.mouseClick(named.viewport(), _LEFT, _NO_KEY, at)
    named.verticalScrollBar().setValue(3 * _height(named))
    QTest.mouseDClick(named.viewport(), _LEFT, _NO_KEY, at)
    QTest.mouseRelease(named.viewport(), _LEFT, _NO_KEY, at)  # else Qt holds it down for good
    line = named.rows.line(3)
    assert line is not None
    assert opened == [line.row.id]


def test_a_widened_column_lowers_the_rows(named: RowsView) -> None:
    _resize(named, 420)
    named.is_fitted_by_hand = True
    named.setColumnWidth(1, 500)
    named.fit()
    assert named.painter.lines == 1


def test_a_table_in_a_detail_is_as_high_as_its_rows_become(
    window: Window, shelf: Shelf, qtbot: QtBot
) -> None:
    table = ShortTable(window.context, "short", "Find", lambda _: _columns(_NAME))
    qtbot.addWidget(table)
    table.resize(900, 400)
    table.show()
    table.set_rows(tuple(shelf.things[:3]))
    table.fit_rows(3, 9)
    qtbot.waitUntil(lambda: table.rows.line(0) is not None)
    low, high = table.height(), _height(table)
    _resize(table, 420)
    assert table.height() - low == 3 * (_height(table) - high) > 0


def _at_hand(
    window: Window, shelf: Shelf, qtbot: QtBot, columns: tuple[Column[Thing], ...], width: int
) -> ShortTable:
    """Show three things in a table at hand of so many points."""
    table = ShortTable(window.context, "short", "Find", lambda _: columns)
    qtbot.addWidget(table)
    table.resize(width, 400)
    table.show()
    table.set_rows(tuple(shelf.things[:3]))
    qtbot.waitUntil(lambda: table.rows.line(0) is not None)
    return table


def test_a_sentence_of_a_table_at_hand_goes_on_where_its_line_ends(
    window: Window, shelf: Shelf, qtbot: QtBot
) -> None:
    said = "Four values of 250 days were outside the bounds " * 3
    table = _at_hand(window, shelf, qtbot, _columns(said, strong=False), 900)
    room = table.columnWidth(1) - 2 * PADDING
    whole = QFontMetrics(table.font()).horizontalAdvance(said.strip())
    assert len(said) > 72
    assert room < whole
    assert table.painter.lines == len(fold(said.strip(), table.font(), room, 9)) > 1


def test_a_text_beside_the_one_that_takes_the_rest_goes_on_too(
    window: Window, shelf: Shelf, qtbot: QtBot
) -> None:
    said = "at most −2 points (of the share of those who gave notice in the year after a letter)"
    goal: Column[Thing] = Column("goal", "Find", lambda _: said, 42)
    columns = (*_columns(_NAME)[:2], goal)
    table = _at_hand(window, shelf, qtbot, columns, 880)
    room = table.columnWidth(2) - 2 * PADDING
    assert QFontMetrics(table.font()).horizontalAdvance(said[:72]) <= room
    assert table.painter.lines == len(fold(said, table.font(), room, 9)) == 2
