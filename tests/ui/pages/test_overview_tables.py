"""A table of a card: a column is one of chips where a chip stands in it."""

from pytestqt.qtbot import QtBot

from mlops_desktop.services.overview.cards import Cell, Column, Marked, Row, Table, Way, said
from mlops_desktop.ui.pages.overview.cards.table import TableView
from mlops_desktop.ui.window import Window

_COLUMNS = (
    Column("overview.column.name", 28, strong=True, flexible=True),
    Column("overview.column.told", 20),
)
_ADDRESS = "Version 1 in DE unter https://limit-optimizer-rl.modelle.elbmark-bank.example/score"


def _table(told: Cell) -> Table:
    row = Row("M-1", ("limit-optimizer-rl", told), Way("models"))
    return Table(said("overview.column.source"), _COLUMNS, (row,), said("overview.column.name"))


def test_a_long_text_has_the_room_and_a_chip_that_comes_later_is_one(
    window: Window, qtbot: QtBot
) -> None:
    view = TableView(window.context)
    qtbot.addWidget(view)
    view.resize(1100, 300)
    view.show()
    view.show_card(_table(_ADDRESS))
    text = view.table
    assert text is not None
    wanted = text.fontMetrics().horizontalAdvance(_ADDRESS)
    qtbot.waitUntil(lambda: text.columnWidth(1) > wanted)
    view.show_card(_table(Marked("bad", "late")))
    chips = view.table
    assert chips is not None
    assert chips is not text
    qtbot.waitUntil(lambda: chips.model_of_rows.line(0) is not None)
    line = chips.model_of_rows.line(0)
    assert line is not None
    assert line.cells[1].status is not None
    qtbot.waitUntil(window.context.jobs.is_idle)
