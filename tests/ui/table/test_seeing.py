"""What stands further down a list is not cut where it is longer than what stands first."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from mlops_desktop.ui.jobs import Jobs
from mlops_desktop.ui.table.columns import Column, ListQuery
from mlops_desktop.ui.table.model import RowsModel
from mlops_desktop.ui.table.view import RowsView
from tests.ui.conftest import Shelf, Thing
from tests.ui.table.conftest import say

_FAR, _BELOW = 500, 400
_NAME, _LONG = "Short", "Antragsscore Ratenkredit mit Verhaltensdaten (Gradient Boosting)"
_LEFT, _NO_KEY = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


def _columns(shelf: Shelf) -> tuple[Column[Thing], ...]:
    far = {thing.id for thing in shelf.things[_BELOW:]}
    return (
        Column("id", "Find", lambda thing: thing.id, 6, whole=True),
        Column(
            "name", "Find", lambda one: _LONG if one.id in far else _NAME, 8,
            strong=True, flexible=True,
        ),
        Column("size", "Find", lambda one: "1234567890123" if one.id in far else "1", 3,
               numeric=True),
    )  # fmt: skip


@pytest.fixture
def list_of(jobs: Jobs, shelf: Shelf, qtbot: QtBot) -> Iterator[RowsView]:
    model = RowsModel("things", _columns(shelf), shelf, jobs, say)
    made = RowsView(model)
    qtbot.addWidget(made)
    made.resize(430, 400)
    made.show()
    model.ask(ListQuery())
    qtbot.waitUntil(lambda: model.rowCount() == len(shelf.things))
    yield made
    qtbot.waitUntil(jobs.is_idle)
    for counting in model.findChildren(QTimer):
        counting.stop()


def _scroll(view: RowsView, row: int) -> None:
    view.verticalScrollBar().setValue(row * view.verticalHeader().defaultSectionSize())


def test_rows_and_columns_grow_for_what_comes_into_sight_and_never_shrink(
    list_of: RowsView, qtbot: QtBot
) -> None:
    assert list_of.painter.lines == 1
    before = list_of.columnWidth(2)
    _scroll(list_of, _FAR)
    first = list_of.rowAt(0)
    qtbot.waitUntil(lambda: list_of.painter.lines > 1)
    assert list_of.columnWidth(2) > before
    assert list_of.rowAt(0) == first, "what is looked at stays where it is"
    lines, wide = list_of.painter.lines, list_of.columnWidth(2)
    _scroll(list_of, 0)
    list_of.rows.ask(ListQuery(filter="1"))
    qtbot.waitUntil(lambda: not list_of.rows.is_loading)
    list_of.seeing._measure()
    assert (list_of.painter.lines, list_of.columnWidth(2)) == (lines, wide)


def test_rows_hold_still_while_a_button_or_the_scroll_bar_is_held(
    list_of: RowsView, qtbot: QtBot
) -> None:
    list_of.verticalScrollBar().setSliderDown(True)
    _scroll(list_of, _FAR)
    qtbot.waitUntil(lambda: list_of.rows.line(_FAR) is not None)
    list_of.seeing._measure()
    assert list_of.painter.lines == 1
    at = QPoint(40, list_of.rowViewportPosition(_FAR + 2) + 5)
    QTest.mousePress(list_of.viewport(), _LEFT, _NO_KEY, at)
    list_of.verticalScrollBar().setSliderDown(False)
    list_of.seeing._measure()
    assert list_of.painter.lines == 1
    QTest.mouseRelease(list_of.viewport(), _LEFT, _NO_KEY, at)
    qtbot.waitUntil(lambda: list_of.painter.lines > 1)


def test_a_row_is_measured_once(
    list_of: RowsView, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    _scroll(list_of, _FAR)
    qtbot.waitUntil(lambda: list_of.painter.lines > 1)
    list_of.seeing._measure()
    fits = list[None]()
    monkeypatch.setattr(list_of, "fit", lambda: fits.append(None))
    monkeypatch.setattr(list_of.rooms, "_note", lambda *_: pytest.fail("measured again"))
    list_of.seeing._measure()
    assert not fits
