import sys
from collections.abc import Iterator
from html import escape

import pytest
from PySide6.QtCore import QItemSelectionModel, QPoint, Qt, QTimer
from PySide6.QtGui import QFont, QFontMetrics, QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from mlops_desktop.core.asof import NOW
from mlops_desktop.core.errors import AppError
from mlops_desktop.ui.jobs import Jobs
from mlops_desktop.ui.table.cache import PageCache
from mlops_desktop.ui.table.columns import PAGE_ROWS, Cell, Column, ListQuery, make_cells
from mlops_desktop.ui.table.copying import CopiedTable
from mlops_desktop.ui.table.measuring import PADDING, Rooms, cell_width, level_room
from mlops_desktop.ui.table.model import RowsModel
from mlops_desktop.ui.table.view import RowsView
from mlops_desktop.ui.text import honest
from mlops_desktop.ui.window import Window
from tests.ui.conftest import Shelf, Thing, columns, make_things, page_of, said


def say(key: str) -> str:
    return key


@pytest.fixture
def model(jobs: Jobs, shelf: Shelf, qtbot: QtBot) -> Iterator[RowsModel[Thing]]:
    made = RowsModel("things", columns(None), shelf, jobs, say)  # type: ignore[arg-type]
    made.ask(ListQuery())
    qtbot.waitUntil(lambda: made.rowCount() == 1000)
    yield made
    for counting in made.findChildren(QTimer):
        counting.stop()


@pytest.fixture
def view(model: RowsModel[Thing], qtbot: QtBot) -> RowsView:
    made = RowsView(model)
    qtbot.addWidget(made)
    made.resize(700, 400)
    made.show()
    return made


def texts(model: RowsModel[Thing], rows: range) -> list[object]:
    return [model.index(row, 0).data() for row in rows]


def test_a_column_has_room_for_its_title_and_for_as_many_digits_as_it_says(view: RowsView) -> None:
    for at in (0, 2):
        room = view.columnWidth(at) - 2 * PADDING
        digits = "0" * view._rows.columns[at].width
        assert view.fontMetrics().horizontalAdvance(digits) <= room
        assert view.horizontalHeader().sectionSizeHint(at) <= view.columnWidth(at)


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


def test_a_column_is_as_wide_as_the_widest_of_its_longest_texts(
    view: RowsView, model: RowsModel[Thing]
) -> None:
    rooms = Rooms(view, model)
    rooms.note(lambda cell, strong: len(cell.text) + 1_000 * strong)
    for at, column in enumerate(model.columns[:3]):
        texts = [str(model.data(model.index(row, at))) for row in range(PAGE_ROWS)]
        assert rooms._wanted[column.id] == max(map(len, texts)) + 1_000 * column.strong


def test_a_hint_ends_within_the_screen(model: RowsModel[Thing], shelf: Shelf, qtbot: QtBot) -> None:
    shelf.things = [Thing("1", "a < b\n" + "long " * 1_000, 1, "good")]
    model.ask(ListQuery())
    qtbot.waitUntil(lambda: model.rowCount() == 1)
    at = next(at for at, column in enumerate(model.columns) if column.id == "name")
    hint = str(model.data(model.index(0, at), Qt.ItemDataRole.ToolTipRole))
    assert hint.startswith("<p>a &lt; b<br>long ")
    assert hint.endswith(" …</p>")
    assert len(hint) < 1_100


def test_half_a_day_is_never_shown(jobs: Jobs, shelf: Shelf, qtbot: QtBot) -> None:
    def moment(thing: Thing) -> str:
        return "31/12/2026 23:59"

    at, other = (Column(name, "Find", moment, 6, whole=name == "at") for name in ("at", "other"))
    made = RowsModel("things", (at, other), shelf, jobs, say)
    narrow = RowsView(made)
    qtbot.addWidget(narrow)
    narrow.resize(120, 200)
    narrow.show()
    made.ask(ListQuery())
    qtbot.waitUntil(lambda: made.line(0) is not None)
    wanted = narrow.fontMetrics().horizontalAdvance("31/12/2026 23:59") + 2 * PADDING
    qtbot.waitUntil(lambda: narrow.columnWidth(0) >= wanted)
    assert narrow.columnWidth(1) < wanted, "the room there is goes to what must stand whole"
    for counting in made.findChildren(QTimer):
        counting.stop()


@pytest.mark.parametrize("day", ["31/12/2026 23:59", "AP-0000000000004"])
def test_a_narrow_list_cuts_its_widest_texts_but_no_number_no_day_and_no_id(
    jobs: Jobs, shelf: Shelf, qtbot: QtBot, day: str
) -> None:
    long = "The outcome of a long deliberation"

    def end(thing: Thing) -> str:
        return day if thing.tier > 1 else long

    shown: tuple[Column[Thing], ...] = (
        Column("what", "Find", lambda _: long, 16),
        Column("why", "Find", lambda _: long, 16),
        Column("short", "Find", lambda _: "No", 16),
        Column("end", "Find", end, 16),
    )
    made = RowsModel("things", shown, shelf, jobs, say)
    narrow = RowsView(made)
    qtbot.addWidget(narrow)
    narrow.resize(380, 200)
    narrow.show()
    made.ask(ListQuery())
    qtbot.waitUntil(lambda: made.line(0) is not None)
    for counting in made.findChildren(QTimer):
        counting.stop()
    metrics = narrow.fontMetrics()
    assert narrow.columnWidth(3) >= metrics.horizontalAdvance(day) + 2 * PADDING
    assert narrow.columnWidth(2) >= metrics.horizontalAdvance("No") + 2 * PADDING
    assert narrow.columnWidth(0) == pytest.approx(narrow.columnWidth(1), abs=2)
    assert narrow.horizontalScrollBar().maximum() == 0
    assert made.index(0, 0).data(Qt.ItemDataRole.ToolTipRole) == f"<p>{long}</p>"
    assert made.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole) == long


@pytest.mark.parametrize("room", [0, 199, 240, 330, 900])
def test_the_widest_columns_are_cut_to_one_level(room: int) -> None:
    least, most = [50, 50, 50, 49], [300, 60, 200, 49]
    widths = level_room(least, most, room)
    assert sum(widths) <= max(room, sum(least))
    assert all(low <= at <= high for low, at, high in zip(least, widths, most, strict=True))
    cut = {at for at, high in zip(widths, most, strict=True) if at < high}
    assert len(cut) <= 1, "what is cut is cut alike"


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


def test_a_chip_speaks_its_word(model: RowsModel[Thing]) -> None:
    index = model.index(0, 3)
    assert index.data() == "interim"
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "interim"


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


def test_keys_walk_and_enter_opens(view: RowsView, qtbot: QtBot) -> None:
    view.setFocus()
    view.selectRow(0)
    QTest.keyClick(view, Qt.Key.Key_Down)
    QTest.keyClick(view, Qt.Key.Key_Down)
    assert view.current_id() == "M-00003"
    with qtbot.waitSignal(view.opened) as told:
        QTest.keyClick(view, Qt.Key.Key_Return)
    assert told.args[0].id == "M-00003"


def test_a_click_beside_the_name_does_not_push_the_name_out_of_view(view: RowsView) -> None:
    last = view.model().columnCount() - 1
    place = view.visualRect(view.model().index(2, last)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    view.resize(260, 400)
    view.scrollTo(view.currentIndex())
    assert (view.currentIndex().column(), view.horizontalScrollBar().value()) == (last, 0)
    QTest.keyClick(view, Qt.Key.Key_Left)
    assert view.horizontalScrollBar().value() > 0


def test_rows_are_copied_as_a_table(view: RowsView, qtbot: QtBot) -> None:
    view.selectRow(1)
    QTest.keyClick(view, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    view.setColumnHidden(2, True)
    QTest.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text().split("\n") == [
        "Yesterday\tComment\tFind",
        "M-00002\tModel 2 xx\texpired",
        "M-00003\tModel 3 xxx\tapproved",
    ]
    html = QGuiApplication.clipboard().mimeData().html()
    assert html.count("<tr>") == 3
    assert "<th>Comment</th>" in html
    assert ">Model 2 xx</td>" in html
    QTest.keyClick(view, Qt.Key.Key_Right)
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(view, Qt.Key.Key_C, both)
    assert QGuiApplication.clipboard().text() == "Model 3 xxx"


def test_rows_that_were_never_scrolled_to_are_copied_too(view: RowsView, qtbot: QtBot) -> None:
    assert view.model().index(700, 0).data() == ""
    with qtbot.waitSignal(view.copied) as copied:
        view.selectAll()
        QTest.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert copied.args == [1000]
    lines = QGuiApplication.clipboard().text().split("\n")
    assert (len(lines), lines[701][:7], lines[-1][:7]) == (1001, "M-00701", "M-01000")


@pytest.mark.parametrize(
    ("text", "copied"),
    [
        ("=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0"),
        (" @SUM(A1)", "' @SUM(A1)"),
        ("+49 40 123-7", "'+49 40 123-7"),
        ("-0,27", "-0,27"),
        ("−0,27", "-0,27"),
        ("+1.204,5 %", "+1.204,5 %"),
        ("a\tb\r\nc", "a b c"),
        ("–", "–"),
    ],
)
def test_what_looks_like_a_formula_is_pasted_as_text(text: str, copied: str) -> None:
    table = CopiedTable(("<b>",), (False,), ((text,),))
    assert table.as_text() == f"<b>\n{copied}"
    assert f">{escape(copied)}</td>" in table.as_html()
    assert "<th>&lt;b&gt;</th>" in table.as_html()


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
