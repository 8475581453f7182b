"""Rows come page by page, when they are wanted, and old ones stay until new ones are here."""

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from mlops_desktop.core.asof import NOW
from mlops_desktop.core.errors import AppError
from mlops_desktop.ui.table.cache import PageCache
from mlops_desktop.ui.table.columns import PAGE_ROWS, Column, ListQuery, make_cells
from mlops_desktop.ui.table.model import RowsModel
from mlops_desktop.ui.text import honest
from mlops_desktop.ui.window import Window
from tests.ui.conftest import Shelf, Thing, columns, make_things, page_of, said


def texts(model: RowsModel[Thing], rows: range) -> list[object]:
    return [model.index(row, 0).data() for row in rows]


def test_only_the_first_page_is_asked_for_and_all_are_counted(
    model: RowsModel[Thing], shelf: Shelf
) -> None:
    assert [offset for _, offset in shelf.asked] == [0]
    assert texts(model, range(3)) == ["M-00001", "M-00002", "M-00003"]
    assert model.index(PAGE_ROWS, 0).data() == ""


def test_pages_come_when_they_are_wanted(
    model: RowsModel[Thing], shelf: Shelf, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(model.arrived):
        model.want(600, 650)
    assert model.index(620, 0).data() == "M-00621"
    assert sorted(offset for _, offset in shelf.asked) == [0, 576]
    asked = len(shelf.asked)
    model.want(600, 650)
    assert len(shelf.asked) == asked


def test_cells_are_made_for_the_rows_that_are_looked_at(shelf: Shelf) -> None:
    made: list[str] = []

    def text(thing: Thing) -> str:
        made.append(thing.id)
        return thing.name

    cache: PageCache[Thing] = PageCache((Column("name", "Comment", text),))
    cache.put(2, tuple(shelf.things[128:192]))
    assert made == []
    for _ in range(2):
        line = cache.line(130)
        assert line is not None
        assert line.cells[0].text == shelf.things[130].name
    assert made == ["M-00131"]
    cache.say_again((Column("name", "Comment", lambda thing: thing.state),))
    line = cache.line(130)
    assert line is not None
    assert line.cells[0].text == shelf.things[130].state
    assert (cache.line(127), cache.line(192)) == (None, None)


def test_old_rows_stay_until_the_new_ones_are_here(
    model: RowsModel[Thing], shelf: Shelf, qtbot: QtBot
) -> None:
    shelf.open.clear()
    model.ask(ListQuery(filter="Model 99"))
    assert model.is_loading
    qtbot.wait(30)
    assert texts(model, range(2)) == ["M-00001", "M-00002"]
    with qtbot.waitSignal(model.loaded):
        shelf.open.set()
    assert texts(model, range(2)) == ["M-00099", "M-00990"]
    assert model.rowCount() == 11


def test_a_long_question_says_how_far_it_has_looked(
    window: Window, shelf: Shelf, qtbot: QtBot
) -> None:
    listed = page_of(window).list
    qtbot.waitUntil(lambda: "1,000 rows" in said(listed))
    shelf.open.clear()
    before = len(shelf.heard)
    listed.set_filter("Model 99")
    qtbot.waitUntil(lambda: len(shelf.heard) > before)
    shelf.heard[-1].report(300, 1000)
    qtbot.waitUntil(lambda: "30 % looked through" in said(listed))
    shelf.open.set()
    qtbot.waitUntil(lambda: "11 rows" in said(listed))
    assert "looked through" not in said(listed)


def test_the_provider_sorts(model: RowsModel[Thing], shelf: Shelf, qtbot: QtBot) -> None:
    with qtbot.waitSignal(model.loaded):
        model.sort(2, Qt.SortOrder.DescendingOrder)
    assert shelf.asked[-1][0] == ListQuery(sort="tier", descending=True, as_of=NOW)
    assert model.index(0, 2).data() == "4"
    asked = len(shelf.asked)
    model.sort(3, Qt.SortOrder.AscendingOrder)
    assert len(shelf.asked) == asked, "a column that cannot be sorted asks nothing"


def test_answers_of_an_older_question_are_ignored(
    model: RowsModel[Thing], shelf: Shelf, qtbot: QtBot
) -> None:
    shelf.open.clear()
    for typed in ("M", "Mo", "Model 5"):
        model.ask(ListQuery(filter=typed))
    shelf.open.set()
    qtbot.waitUntil(lambda: model.rowCount() == 111)
    assert texts(model, range(2)) == ["M-00005", "M-00050"]


def test_a_failure_is_told_and_the_rows_stay(
    model: RowsModel[Thing], shelf: Shelf, qtbot: QtBot
) -> None:
    shelf.failure = AppError("filter.unreadable", text="tier:")
    with qtbot.waitSignal(model.failed) as told:
        model.ask(ListQuery(filter="tier:"))
    assert told.args == [shelf.failure]
    assert texts(model, range(1)) == ["M-00001"]
    assert not model.is_loading
    shelf.failure = None
    with qtbot.waitSignal(model.arrived):
        model.want(900, 910)
    assert model.rowCount() == 1000
    assert model.index(900, 0).data() == "M-00901"


def test_a_list_can_shrink_and_grow(model: RowsModel[Thing], shelf: Shelf, qtbot: QtBot) -> None:
    shelf.things = make_things(70)
    model.reload()
    qtbot.waitUntil(lambda: model.rowCount() == 70)
    shelf.things = []
    model.reload()
    qtbot.waitUntil(lambda: model.rowCount() == 0)
    shelf.things = make_things(3000)
    model.reload()
    qtbot.waitUntil(lambda: model.rowCount() == 3000)


def test_a_name_cannot_turn_its_letters_around() -> None:
    thing = Thing("M-1", "gnp\u202eexe.score \u2067x\u2069\x1b", 1, "good")
    made = make_cells(columns(None), thing)  # type: ignore[arg-type]
    assert made[1].text == "gnp\\u202eexe.score \\u2067x\\u2069\\u001b"
    assert honest("Zeile 1\r\nZeile 2\tيمين 😀 é") == "Zeile 1\r\nZeile 2\tيمين 😀 é"


def test_an_empty_cell_is_spoken_and_has_no_text_to_take_along(
    model: RowsModel[Thing], shelf: Shelf, qtbot: QtBot
) -> None:
    shelf.things = [Thing("M-1", "", 1, "good")]
    model.reload()
    qtbot.waitUntil(lambda: model.rowCount() == 1)
    empty, told = model.index(0, 1), model.index(0, 0)
    assert (empty.data(), empty.data(Qt.ItemDataRole.ToolTipRole)) == ("", "")
    assert empty.data(Qt.ItemDataRole.AccessibleTextRole) == "lists.none"
    assert told.data(Qt.ItemDataRole.AccessibleTextRole) == "M-1"


def test_a_chip_speaks_its_word(model: RowsModel[Thing]) -> None:
    index = model.index(0, 3)
    assert index.data() == "interim"
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "interim"
