"""Columns have room for what must not be cut, and share what there is."""

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QFontMetrics
from pytestqt.qtbot import QtBot

from mlops_desktop.ui.jobs import Jobs
from mlops_desktop.ui.table.columns import PAGE_ROWS, Column, ListQuery
from mlops_desktop.ui.table.folding import ANY_LINES, MOST_LINES
from mlops_desktop.ui.table.measuring import PADDING, Rooms
from mlops_desktop.ui.table.model import RowsModel
from mlops_desktop.ui.table.view import RowsView
from mlops_desktop.ui.widgets.chips import Status, chip_width
from tests.ui.conftest import Shelf, Thing
from tests.ui.table.conftest import say


def fill(made: RowsModel[Thing], qtbot: QtBot) -> None:
    """Ask for the first rows and wait for them, but not for their count."""
    made.ask(ListQuery())
    qtbot.waitUntil(lambda: made.line(0) is not None)
    for counting in made.findChildren(QTimer):
        counting.stop()


def test_a_column_has_room_for_its_title_and_for_as_many_digits_as_it_says(view: RowsView) -> None:
    for at in (0, 2):
        room = view.columnWidth(at) - 2 * PADDING
        digits = "0" * view._rows.columns[at].width
        assert view.fontMetrics().horizontalAdvance(digits) <= room
        assert view.rooms._bare_title(at) <= view.columnWidth(at)


def test_a_column_is_as_wide_as_the_widest_of_its_longest_texts(
    view: RowsView, model: RowsModel[Thing]
) -> None:
    rooms = Rooms(view, model)
    rooms.note(lambda cell, strong: len(cell.text) + 1_000 * strong, range(PAGE_ROWS))
    for at, column in enumerate(model.columns[:3]):
        texts = [str(model.data(model.index(row, at))) for row in range(PAGE_ROWS)]
        assert rooms._wanted[column.id] == max(map(len, texts)) + 1_000 * column.strong


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
    fill(made, qtbot)
    metrics = narrow.fontMetrics()
    assert narrow.columnWidth(3) >= metrics.horizontalAdvance(day) + 2 * PADDING
    assert narrow.columnWidth(2) >= metrics.horizontalAdvance("No") + 2 * PADDING
    assert narrow.columnWidth(0) == pytest.approx(narrow.columnWidth(1), abs=2)
    assert narrow.horizontalScrollBar().maximum() == 0
    assert made.index(0, 0).data(Qt.ItemDataRole.ToolTipRole) == f"<p>{long}</p>"
    assert made.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole) == long


def test_no_chip_is_cut_in_a_table_without_room(jobs: Jobs, shelf: Shelf, qtbot: QtBot) -> None:
    chip = Status("good", "confirmed at last")
    shown: tuple[Column[Thing], ...] = (
        Column("what", "Find", lambda _: "The outcome of a long deliberation", 16),
        Column("state", "Find", lambda _: chip.word, 16, status=lambda _: chip),
    )
    made = RowsModel("things", shown, shelf, jobs, say)
    narrow = RowsView(made)
    qtbot.addWidget(narrow)
    narrow.show()
    fill(made, qtbot)
    whole = chip_width(narrow.fontMetrics(), chip.word) + 2 * PADDING
    beside = narrow.width() - narrow.viewport().width() + narrow.rooms._barest(0, 3)
    for more, is_scrolled in ((0, False), (-1, True)):
        narrow.resize(whole + beside + more, 200)
        assert narrow.columnWidth(1) >= whole
        assert (narrow.horizontalScrollBar().maximum() > 0) is is_scrolled


def test_where_nothing_stands_leaves_its_room_to_the_others(
    jobs: Jobs, shelf: Shelf, qtbot: QtBot
) -> None:
    person = "Dr. Katrin Feddersen, Model risk management"
    shown: tuple[Column[Thing], ...] = (
        Column("by", "Find", lambda _: person, 16),
        Column("why", "Find", lambda _: "", 40, flexible=True),
    )
    made = RowsModel("things", shown, shelf, jobs, say)
    narrow = RowsView(made)
    qtbot.addWidget(narrow)
    whole = narrow.fontMetrics().horizontalAdvance(person) + 2 * PADDING
    narrow.resize(whole + narrow.horizontalHeader().sectionSizeHint(1) + 30, 200)
    narrow.show()
    fill(made, qtbot)
    assert narrow.columnWidth(0) >= whole


def test_a_title_keeps_no_room_for_an_arrow_where_a_name_would_be_cut_for_it(
    jobs: Jobs, shelf: Shelf, qtbot: QtBot
) -> None:
    name = "Antragsscore Ratenkredit (Gradient Boosting)"
    shown: tuple[Column[Thing], ...] = (
        Column("name", "Find", lambda _: name, 40, flexible=True),
        Column("tier", "Find", lambda _: "1", 2),
    )
    made = RowsModel("things", shown, shelf, jobs, say)
    narrow = RowsView(made)
    qtbot.addWidget(narrow)
    narrow.show()
    fill(made, qtbot)
    whole = narrow.rooms._wanted["name"] + 2 * PADDING
    beside = narrow.width() - narrow.viewport().width() + narrow.rooms._bare_title(1)
    narrow.resize(whole + beside, 200)
    assert narrow.columnWidth(0) >= whole
    narrow.horizontalHeader().setSortIndicator(1, Qt.SortOrder.AscendingOrder)
    narrow.fit()
    assert narrow.columnWidth(1) >= narrow.horizontalHeader().sectionSizeHint(1)


@pytest.mark.parametrize("told", ["31/12/2026 23:59", "97.1 % (≥ 99 %)", "< 0.05 / 0.01"])
def test_a_number_or_a_day_is_whole_where_it_has_what_is_left(
    jobs: Jobs, shelf: Shelf, qtbot: QtBot, told: str
) -> None:
    shown: tuple[Column[Thing], ...] = (
        Column("until", "Find", lambda _: told, 6, flexible=True),
        Column("by", "Find", lambda _: "Dr. Katrin Feddersen", 30),
    )
    made = RowsModel("things", shown, shelf, jobs, say)
    narrow = RowsView(made)
    qtbot.addWidget(narrow)
    narrow.resize(200, 200)
    narrow.show()
    fill(made, qtbot)
    wanted = narrow.fontMetrics().horizontalAdvance(told) + 2 * PADDING
    assert narrow.columnWidth(0) >= wanted


def _shown(columns: tuple[Column[Thing], ...], shelf: Shelf, jobs: Jobs, qtbot: QtBot) -> RowsView:
    made = RowsModel("things", columns, shelf, jobs, say)
    view = RowsView(made)
    qtbot.addWidget(view)
    view.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)  # it takes room at once
    view.resize(900, 200)
    view.show()
    fill(made, qtbot)
    return view


def _resize(view: RowsView, viewport: int) -> None:
    view.resize(viewport + view.width() - view.viewport().width(), 200)


def test_no_word_of_a_name_is_parted_while_another_column_can_be_cut(
    jobs: Jobs, shelf: Shelf, qtbot: QtBot
) -> None:
    name = "Kreditportfoliomodell für Privatkunden, Geschäftskunden, Firmenkunden und Banken " * 2
    shown: tuple[Column[Thing], ...] = (
        Column("name", "Find", lambda _: name, 20, strong=True, flexible=True),
        Column("why", "Find", lambda _: "The outcome of a long deliberation", 12),
        Column("by", "Find", lambda _: "Dr. Katrin Feddersen", 12),
    )
    view = _shown(shown, shelf, jobs, qtbot)
    word = view.rooms._folded(0, ANY_LINES)
    assert view.rooms._folded(0, MOST_LINES) > word
    _resize(view, word + 2 * view.rooms._barest(1, 3) + 4)
    assert view.columnWidth(0) >= word
    assert view.horizontalScrollBar().maximum() == 0


def test_a_title_without_an_arrow_keeps_no_room_for_one(view: RowsView) -> None:
    title = str(view.rows.headerData(1, Qt.Orientation.Horizontal))
    whole = QFontMetrics(view.horizontalHeader().font()).horizontalAdvance(title) + 2 * PADDING
    assert whole <= view.rooms._bare_title(1) <= whole + 2
    view.horizontalHeader().setSortIndicator(1, Qt.SortOrder.AscendingOrder)
    assert view.rooms._bare_title(1) > whole + 2


def test_a_text_is_whole_before_a_chip_says_more_than_its_brief_word(
    jobs: Jobs, shelf: Shelf, qtbot: QtBot
) -> None:
    chip = Status("bad", "intervention since 30/09/2026, decided on by nobody", ("intervention",))
    shown: tuple[Column[Thing], ...] = (
        Column("id", "Find", lambda thing: thing.id, 9, whole=True, flexible=True),
        Column("state", "Find", lambda _: chip.word, 16, status=lambda _: chip),
        Column("model", "Find", lambda _: "Jahresabschluss-Assistent (Sprachmodell)", 16),
    )
    view = _shown(shown, shelf, jobs, qtbot)
    model = view.rooms._wanted["model"] + 2 * PADDING
    _resize(view, view.rooms.tightest(0) + view.rooms.tightest(1) + model)
    assert view.columnWidth(2) >= model


def test_a_long_text_has_the_room_a_short_name_beside_it_would_have_in_vain(
    jobs: Jobs, shelf: Shelf, qtbot: QtBot
) -> None:
    address = "Version 1 in DE unter https://limit-optimizer-rl.modelle.elbmark-bank.example/score"
    shown: tuple[Column[Thing], ...] = (
        Column("name", "Find", lambda _: "limit-optimizer-rl", 26, strong=True, flexible=True),
        Column("told", "Find", lambda _: address, 20),
    )
    view = _shown(shown, shelf, jobs, qtbot)
    _resize(view, 1100)
    metrics = view.fontMetrics()
    assert view.columnWidth(1) >= metrics.horizontalAdvance(address) + 2 * PADDING
    assert view.columnWidth(0) >= view.rooms._wanted["name"] + 2 * PADDING
