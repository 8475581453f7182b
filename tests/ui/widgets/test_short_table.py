"""A table in a detail takes lines for every text, and leaves out what is told elsewhere."""

import pytest
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from mlops_desktop.ui.context import Context
from mlops_desktop.ui.table.columns import Column
from mlops_desktop.ui.table.folding import ANY_LINES
from mlops_desktop.ui.table.measuring import PADDING
from mlops_desktop.ui.widgets.short_table import ShortTable
from mlops_desktop.ui.window import Window
from tests.ui.conftest import Shelf, Thing

_IDS = ("at", "name", "about", "by", "note")


def _columns(_context: Context) -> tuple[Column[Thing], ...]:
    return (
        Column("at", "Find", lambda _: "31/12/2026 23:59", 15, key=True),
        Column("name", "Find", lambda _: "Ratenkredit", 20, strong=True, flexible=True),
        Column("about", "Find", lambda _: "mlflow / kreditrisiko-firmenkunden", 20, key=True),
        Column("by", "Find", lambda _: "Dr. Katrin Feddersen", 12, key=True),
        Column("note", "Find", lambda thing: str(thing.tier or ""), 20, optional=True),
    )


@pytest.fixture
def table(window: Window, shelf: Shelf, qtbot: QtBot) -> ShortTable:
    made = ShortTable(window.context, "short", "Find", _columns)
    qtbot.addWidget(made)
    made.resize(900, 300)
    made.show()
    made.set_rows(tuple(shelf.things[:3]))
    qtbot.waitUntil(lambda: made.rows.line(0) is not None)
    return made


def _resize(table: ShortTable, viewport: int) -> None:
    table.resize(viewport + table.width() - table.viewport().width(), 300)
    QGuiApplication.processEvents()


def _shown(table: ShortTable) -> list[str]:
    return [id for at, id in enumerate(_IDS) if not table.isColumnHidden(at)]


def test_every_text_takes_lines_and_the_hour_stands_below_the_day(table: ShortTable) -> None:
    rooms = table.rooms
    words = [rooms._folded(at, ANY_LINES) for at in (1, 2, 3)]
    day = table.fontMetrics().horizontalAdvance("31/12/2026") + 2 * PADDING
    _resize(table, day + sum(words) + 12)
    assert _shown(table) == ["at", "name", "about", "by"]
    assert all(table.columnWidth(at) >= room for at, room in zip((1, 2, 3), words, strict=True))
    assert day <= table.columnWidth(0) < rooms._wanted["at"] + 2 * PADDING
    assert table.painter.lines == 3
    assert table.horizontalScrollBar().maximum() == 0


def test_what_is_no_key_gives_way_and_comes_back(table: ShortTable) -> None:
    assert "note" in _shown(table)
    _resize(table, sum(table.rooms.closest(at) for at in range(5)) - 1)
    assert _shown(table) == ["at", "name", "about", "by"]
    _resize(table, 900)
    assert "note" in _shown(table)


def test_a_column_that_gave_way_and_says_nothing_now_does_not_come_back(
    table: ShortTable, qtbot: QtBot
) -> None:
    _resize(table, sum(table.rooms.closest(at) for at in range(5)) - 1)
    table.set_rows((Thing("T-1", "One", 0, "good"),))
    qtbot.waitUntil(lambda: table.rows.rowCount() < 3)
    _resize(table, 900)
    assert "note" not in _shown(table)


def test_a_name_takes_a_fourth_line_before_a_title_is_cut(
    window: Window, shelf: Shelf, qtbot: QtBot
) -> None:
    def make(_: Context) -> tuple[Column[Thing], ...]:
        name = "Antragsscore Ratenkredit Gradient Boosting"
        return (
            Column("name", "Find", lambda _: name, 20, strong=True, flexible=True),
            Column("about", "pipelines.column.versions", lambda _: "7", 20, key=True),
        )

    made = ShortTable(window.context, "short", "Find", make)
    qtbot.addWidget(made)
    made.show()
    made.set_rows(tuple(shelf.things[:3]))
    qtbot.waitUntil(lambda: made.rows.line(0) is not None)
    title = made.rooms._bare_title(1)
    _resize(made, made.rooms._folded(0, 4) + title)
    assert made.columnWidth(1) >= title > made.rooms._barest(1, 3)
    assert made.painter.lines == 4
