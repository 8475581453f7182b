"""The rows in sight: chosen, walked through, scrolled and painted."""

import sys

import pytest
from PySide6.QtCore import QItemSelectionModel, QPoint, Qt
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from mlops_desktop.ui.table.cells import cell_width
from mlops_desktop.ui.table.columns import DASH, Cell, ListQuery
from mlops_desktop.ui.table.model import RowsModel
from mlops_desktop.ui.table.view import RowsView
from tests.ui.conftest import Shelf, Thing


@pytest.mark.usefixtures("qapp")  # who measures without one is ended by Qt
def test_of_a_text_of_thousands_of_names_only_what_fits_a_screen_is_laid_out() -> None:
    """An owner of 12,000 models: what a list looks at of them is bounded, in each of its ways."""
    asked: list[int] = []

    class Metrics(QFontMetrics):
        def horizontalAdvance(self, text: str, *given: object) -> int:
            asked.append(len(text))
            return super().horizontalAdvance(text)

    metrics = Metrics(QFont())
    names = Cell("M-00001, " * 12_000)
    width = cell_width(names, metrics, metrics, strong=False)
    assert width <= metrics.averageCharWidth() * 48
    assert asked == [1_000]


def test_a_hint_ends_within_the_screen(model: RowsModel[Thing], shelf: Shelf, qtbot: QtBot) -> None:
    shelf.things = [Thing("1", "a < b\n" + "long " * 1_000, 1, "good")]
    model.ask(ListQuery())
    qtbot.waitUntil(lambda: model.rowCount() == 1)
    at = next(at for at, column in enumerate(model.columns) if column.id == "name")
    hint = str(model.data(model.index(0, at), Qt.ItemDataRole.ToolTipRole))
    assert hint.startswith("<p>a &lt; b<br>long ")
    assert hint.endswith(" …</p>")
    assert len(hint) < 1_100


def test_the_selection_is_kept_by_id(
    view: RowsView, model: RowsModel[Thing], shelf: Shelf, qtbot: QtBot
) -> None:
    view.selectRow(4)
    assert view.current_id() == "M-00005"
    shelf.things.insert(0, Thing("M-99999", "New", 1, "good"))
    heard: list[Thing] = []
    view.current_changed.connect(heard.append)
    with qtbot.waitSignal(model.loaded):
        model.reload()
    assert view.current_id() == "M-00005"
    assert view.currentIndex().row() == 5
    assert view.selected_positions() == [5]
    assert heard == [], "the same record is no other choice"


def test_the_selection_is_let_go_with_another_choice(
    view: RowsView, model: RowsModel[Thing], qtbot: QtBot
) -> None:
    # By what a click does: selectRow would ask which keys are held, and another test's may be.
    flags = QItemSelectionModel.SelectionFlag
    for row in (4, 7):
        view.selectionModel().setCurrentIndex(
            model.index(row, 0), flags.ClearAndSelect | flags.Rows
        )
    with qtbot.waitSignal(model.loaded):
        model.reload()
    assert view.selected_positions() == [7]
    assert view.selected_ids() == {"M-00008"}


def test_a_record_asked_for_is_chosen_when_it_comes(
    view: RowsView, model: RowsModel[Thing], qtbot: QtBot
) -> None:
    with qtbot.waitSignal(view.current_changed) as told:
        view.choose("M-00060")
    assert told.args[0].id == "M-00060"
    assert view.currentIndex().row() == 59
    view.choose("M-00058")
    assert view.selected_positions() == [57]  # the one before is not meant any more


def test_the_row_stood_on_is_in_sight_where_a_longer_part_of_the_list_is_shown(
    view: RowsView, model: RowsModel[Thing], shelf: Shelf, qtbot: QtBot
) -> None:
    def show(things: list[Thing]) -> None:
        shelf.things = things
        with qtbot.waitSignal(model.loaded):
            model.reload()

    every = shelf.things
    show(every[50:70])
    view.selectRow(0)
    assert view.verticalScrollBar().maximum() > 0
    show(every)
    row = view.currentIndex().row()
    assert row == 50
    top = view.rowViewportPosition(row)
    assert 0 <= top <= view.viewport().height() - view.rowHeight(row)


def test_keys_walk_and_enter_opens(view: RowsView, qtbot: QtBot) -> None:
    view.setFocus()
    view.selectRow(0)
    QTest.keyClick(view, Qt.Key.Key_Down)
    QTest.keyClick(view, Qt.Key.Key_Down)
    assert view.current_id() == "M-00003"
    with qtbot.waitSignal(view.opened) as told:
        QTest.keyClick(view, Qt.Key.Key_Return)
    assert told.args[0].id == "M-00003"


def test_enter_opens_the_row_that_has_the_keyboard_though_nobody_chose_it(
    view: RowsView, qtbot: QtBot
) -> None:
    view.setFocus()
    index, flags = view.model().index(1, 0), QItemSelectionModel.SelectionFlag
    view.selectionModel().setCurrentIndex(index, flags.NoUpdate)
    assert view.current_id() == ""
    with qtbot.waitSignal(view.opened) as told:
        QTest.keyClick(view, Qt.Key.Key_Return)
    assert told.args[0].id == view.current_id() == "M-00002"


def test_a_click_beside_the_name_does_not_push_the_name_out_of_view(view: RowsView) -> None:
    last = view.model().columnCount() - 1
    place = view.visualRect(view.model().index(2, last)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    view.resize(120, 400)
    view.scrollTo(view.currentIndex())
    assert (view.currentIndex().column(), view.horizontalScrollBar().value()) == (last, 0)
    QTest.keyClick(view, Qt.Key.Key_Left)
    assert view.horizontalScrollBar().value() > 0


def test_scrolling_asks_for_the_rows_seen(
    view: RowsView, model: RowsModel[Thing], qtbot: QtBot
) -> None:
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum())
    qtbot.waitUntil(lambda: model.index(999, 0).data() == "M-01000")
    assert model.index(500, 0).data() == ""


def test_rows_are_painted_and_the_chosen_one_differs(view: RowsView, qtbot: QtBot) -> None:
    plain = view.viewport().grab().toImage()
    view.selectRow(2)
    qtbot.wait(20)
    chosen = view.viewport().grab().toImage()
    height = view.verticalHeader().defaultSectionSize()
    at = QPoint(6, 2 * height + height // 2)
    assert plain.pixelColor(at) != chosen.pixelColor(at)
    assert plain.pixelColor(6, height // 2) == chosen.pixelColor(6, height // 2)


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None is immortal and has no count")
def test_painting_takes_no_reference_of_none(view: RowsView, qtbot: QtBot) -> None:
    before = sys.getrefcount(None)
    for _ in range(60):
        view.viewport().grab()
    assert abs(sys.getrefcount(None) - before) < 200


def test_a_dash_stands_where_a_cell_says_nothing(
    view: RowsView, model: RowsModel[Thing], shelf: Shelf, qtbot: QtBot
) -> None:
    view.viewport().grab()
    assert DASH not in {key[0] for key in view.painter._texts}
    shelf.things = [Thing("M-1", "", 1, "good")]
    model.reload()
    qtbot.waitUntil(lambda: model.rowCount() == 1)
    view.viewport().grab()
    assert DASH in {key[0] for key in view.painter._texts}
