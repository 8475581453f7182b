"""A list beside an open detail: its key columns stay, the others give way and come back."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QTabBar
from pytestqt.qtbot import QtBot

from mlops_desktop.ui.context import Context
from mlops_desktop.ui.table import habits
from mlops_desktop.ui.table.column_menu import column_menu
from mlops_desktop.ui.table.columns import Column
from mlops_desktop.ui.table.copying import copy_rows
from mlops_desktop.ui.table.folding import MOST_LINES
from mlops_desktop.ui.table.pane import EmptyText, ListPane, ListSpec
from mlops_desktop.ui.table.viewing import read_table, show_table
from mlops_desktop.ui.widgets.buttons import Button
from mlops_desktop.ui.widgets.chips import Status
from mlops_desktop.ui.window import Window
from tests.ui.conftest import Shelf, Thing, find

_NARROW, _TIGHT, _WIDE = 420, 480, 1400
_IDS = ("number", "name", "state", "tier", "owner", "day", "hidden")


def _columns(context: Context) -> tuple[Column[Thing], ...]:
    def state(thing: Thing) -> Status:
        return Status("bad", "intervention threshold breached", ("breached",))

    return (
        Column("number", "Yesterday", lambda thing: thing.id, 9, whole=True, key=True),
        Column("name", "Comment", lambda thing: thing.name, 20, flexible=True, strong=True),
        Column("state", "Find", lambda thing: "", 20, status=state, key=True),
        Column("tier", "Details", lambda thing: str(thing.tier), 9, numeric=True),
        Column("owner", "Places", lambda thing: "Corinna Wolters", 18),
        Column("day", "Preview", lambda thing: "31/12/2026", 12, whole=True, key=True),
        Column("hidden", "Matches", lambda thing: "what a bank adds", 14, shown=False),
    )


_SPEC = ListSpec("given", "Matches", _columns, EmptyText("Nothing is running."))


@pytest.fixture
def pane(window: Window, shelf: Shelf, qtbot: QtBot) -> ListPane[Thing]:
    made = ListPane(window.context, _SPEC, shelf)
    qtbot.addWidget(made)
    made.resize(_WIDE, 400)
    made.show()
    made.reload()
    qtbot.waitUntil(lambda: made.model.line(0) is not None)
    return made


def test_what_stands_above_a_list_goes_on_below_where_it_has_no_room(
    pane: ListPane[Thing], qtbot: QtBot
) -> None:
    choose = next(one for one in pane.findChildren(Button) if one.objectName() == "columns")
    assert choose.y() < pane.filter.geometry().bottom()
    pane.resize(pane.filter.sizeHint().width() + choose.sizeHint().width(), 400)
    qtbot.waitUntil(lambda: choose.y() > pane.filter.geometry().bottom())
    assert pane.filter.width() >= pane.filter.sizeHint().width()


def _shown(pane: ListPane[Thing]) -> list[str]:
    return [id for at, id in enumerate(_IDS) if not pane.view.isColumnHidden(at)]


def _resize(pane: ListPane[Thing], width: int) -> None:
    pane.resize(width, 400)
    QGuiApplication.processEvents()


def test_all_but_the_key_columns_give_way_and_come_back(pane: ListPane[Thing]) -> None:
    assert _shown(pane) == ["number", "name", "state", "tier", "owner", "day"]
    _resize(pane, _NARROW)
    assert _shown(pane) == ["number", "name", "state", "day"]
    assert pane.view.horizontalScrollBar().maximum() == 0
    button = find(pane, Button, "columns")
    assert button.text() == "Columns (4 of 6)"
    assert "Details, Places" in button.toolTip()
    _resize(pane, _WIDE)
    assert _shown(pane) == ["number", "name", "state", "tier", "owner", "day"]
    assert (button.text(), button.toolTip()) == ("Columns", "")


def test_a_list_without_rows_misses_no_column(pane: ListPane[Thing], qtbot: QtBot) -> None:
    _resize(pane, _NARROW)
    button = find(pane, Button, "columns")
    pane.set_filter("nothing is called so")
    qtbot.waitUntil(lambda: not pane.view.isVisible())
    assert (button.text(), button.toolTip()) == ("Columns", "")
    pane.set_filter("")
    qtbot.waitUntil(pane.view.isVisible)
    assert button.text() == "Columns (4 of 6)"


def test_a_fault_while_columns_give_way_leaves_no_width_unremembered(
    pane: ListPane[Thing], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_at: int) -> int:
        raise ValueError("no measure")

    monkeypatch.setattr(pane.view.rooms, "tightest", fail)
    with pytest.raises(ValueError, match="no measure"):
        pane.view.giving.fit()
    assert not pane.view.rooms.is_fitting


def test_a_list_asks_for_its_titles_too_where_that_is_not_too_much(pane: ListPane[Thing]) -> None:
    rooms, held = pane.view.rooms, (0, 1, 2, 5)
    whole, least = (sum(map(room, held)) for room in (rooms.titled, rooms.closest))
    assert all(rooms.titled(at) >= rooms._bare_title(at) for at in held)
    assert least < whole
    assert pane.view.giving.need(whole) == whole
    assert pane.view.giving.need(whole - 1) == least
    _resize(pane, pane.width() - pane.view.viewport().width() + whole)
    assert all(pane.view.columnWidth(at) >= rooms._bare_title(at) for at in held)


def test_as_few_as_needed_give_way_the_last_first(pane: ListPane[Thing]) -> None:
    widths = [pane.view.rooms.tightest(at) for at in range(6)]
    _resize(pane, pane.width() - pane.view.viewport().width() + sum(widths) - 1)
    assert _shown(pane) == ["number", "name", "state", "tier", "day"]


def test_the_last_key_column_goes_before_a_chip_is_cut(pane: ListPane[Thing]) -> None:
    rooms, frame = pane.view.rooms, pane.width() - pane.view.viewport().width()
    least = sum(rooms.closest(at) for at in (0, 1, 2, 5))
    _resize(pane, frame + least)
    assert _shown(pane) == ["number", "name", "state", "day"]
    _resize(pane, frame + least - 1)
    assert _shown(pane) == ["number", "name", "state"]
    assert pane.view.columnWidth(2) >= rooms.closest(2)


def test_the_last_key_column_goes_before_a_name_is_cut(pane: ListPane[Thing]) -> None:
    rooms, frame = pane.view.rooms, pane.width() - pane.view.viewport().width()
    name = "Antragsscore Ratenkredit (Gradient Boosting), Sondertilgungsmodell"
    rooms._names.note(pane.model.columns[1], [name])
    wanted = rooms._folded(1, MOST_LINES)
    assert wanted > rooms._barest(1, 10)
    beside = sum(rooms.closest(at) for at in (0, 2, 5))
    _resize(pane, frame + beside + wanted - 1)
    assert _shown(pane) == ["number", "name", "state"]
    assert pane.view.columnWidth(1) >= wanted


def test_what_is_sorted_by_stays(pane: ListPane[Thing]) -> None:
    pane.view.sortByColumn(4, Qt.SortOrder.AscendingOrder)
    _resize(pane, _TIGHT)
    assert _shown(pane) == ["number", "name", "state", "owner", "day"]


def test_a_column_that_was_asked_for_stays(
    pane: ListPane[Thing], window: Window, qtbot: QtBot
) -> None:
    _resize(pane, _TIGHT)
    menu = column_menu(pane, pane.view, window.context, pane.view.fit)
    (owner,) = (one for one in menu.actions() if one.text() == "Places (no room just now)")
    assert not owner.isChecked()
    owner.trigger()
    assert _shown(pane) == ["number", "name", "state", "owner", "day"]
    assert window.context.prefs.columns["given"][4] == ["owner", 0, 2]
    again = ListPane(window.context, _SPEC, pane.model.provider)
    qtbot.addWidget(again)
    again.resize(_TIGHT, 400)
    habits.restore(again.view, _IDS, "given", window.context.prefs)
    again.view.fit()
    assert _shown(again) == ["number", "name", "state", "owner", "day"]
    (hidden,) = (one for one in menu.actions() if one.text() == "Matches")
    hidden.trigger()
    assert "hidden" in _shown(pane), "what is not shown at first was chosen by a person"


def test_what_gives_way_is_copied_remembered_and_saved_as_chosen(
    pane: ListPane[Thing], window: Window
) -> None:
    _resize(pane, _NARROW)
    pane.view.selectRow(0)
    copy_rows(pane.view)
    assert "Corinna Wolters" in QGuiApplication.clipboard().text()
    assert read_table(pane.view, _IDS)["columns"] == "number name state tier owner day"
    show_table(pane.view, _IDS, {"columns": "number name state tier day"})
    pane.view.fit()
    assert _shown(pane) == ["number", "name", "state", "day"]
    assert read_table(pane.view, _IDS)["columns"] == "number name state tier day"
    habits.remember(pane.view, _IDS, "given", window.context.prefs)
    kept = {str(id): shown for id, _, shown in window.context.prefs.columns["given"]}
    assert [id for id in _IDS if kept[id]] == ["number", "name", "state", "tier", "day"]


def test_widths_set_by_hand_come_back_too(pane: ListPane[Thing], window: Window) -> None:
    pane.view.is_fitted_by_hand = True
    pane.view.setColumnWidth(4, 333)
    _resize(pane, _NARROW)
    assert "owner" not in _shown(pane)
    habits.remember(pane.view, _IDS, "given", window.context.prefs)
    assert window.context.prefs.columns["given"][4] == ["owner", 333, 1]
    _resize(pane, 2 * _WIDE)
    assert pane.view.columnWidth(4) == 333


def test_a_chip_without_room_says_it_in_brief(pane: ListPane[Thing]) -> None:
    _resize(pane, _NARROW)
    line = pane.model.line(0)
    assert line is not None
    chip, metrics = line.cells[2].status, pane.view.fontMetrics()
    assert chip is not None
    room = pane.view.columnWidth(2) - 12
    assert chip.fitting(metrics, room) == "breached"
    assert chip.fitting(metrics, 1000) == "intervention threshold breached"
    assert pane.view.rooms.tightest(2) <= pane.view.columnWidth(2)


def test_another_part_of_a_list_is_fitted_by_what_stands_there(
    pane: ListPane[Thing], qtbot: QtBot
) -> None:
    pane.scopes = QTabBar()
    qtbot.addWidget(pane.scopes)
    for _ in range(2):
        pane.scopes.addTab("")
    pane.reload()
    qtbot.waitUntil(lambda: pane._scope_shown == 0)
    pane.view.rooms._wanted["owner"] = 900
    pane.scopes.setCurrentIndex(1)
    pane.reload()
    qtbot.waitUntil(lambda: pane._scope_shown == 1)
    assert 0 < pane.view.rooms._wanted["owner"] < 900


def test_a_column_in_which_nothing_stands_gives_way_where_a_name_would_not_be_in_one_line(
    window: Window, shelf: Shelf, qtbot: QtBot
) -> None:
    name = "kontoumsaetze-rollierend / umsaetze-kategorisieren / umsaetze-verdichten"
    told = {"name": name, "empty": ""}

    def make(_: Context) -> tuple[Column[Thing], ...]:
        return (
            Column("name", "Comment", lambda _: told["name"], 24, flexible=True, named=True),
            Column("day", "Preview", lambda _: "31/12/2026", 12, whole=True, key=True),
            Column("empty", "Matches", lambda _: told["empty"], 11),
        )

    pane = ListPane(window.context, ListSpec("empty", "Find", make, EmptyText("Find")), shelf)
    qtbot.addWidget(pane)
    pane.resize(_WIDE, 400)
    pane.show()
    pane.reload()
    qtbot.waitUntil(lambda: pane.model.line(0) is not None)
    view = pane.view
    assert not view.isColumnHidden(2)
    whole = sum(map(view.rooms.whole, range(3)))
    assert whole > view.fontMetrics().horizontalAdvance(name + "31/12/2026Matches")
    _resize(pane, pane.width() - view.viewport().width() + whole - 1)
    assert view.isColumnHidden(2)
    assert view.painter.lines == 1
    told["empty"] = "1"
    pane.retranslate()
    assert not view.isColumnHidden(2)
