"""A list beside its detail has what its names need, until a person moves the border."""

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from mlops_desktop.ui.context import Context
from mlops_desktop.ui.table.columns import Column
from mlops_desktop.ui.table.pane import EmptyText, ListPane, ListSpec
from mlops_desktop.ui.widgets.split import Split
from mlops_desktop.ui.window import Window
from tests.ui.conftest import Shelf, Thing

_NAME = "Antragsscore Ratenkredit (Gradient Boosting), Sondertilgungsmodell"


def _columns(_context: Context) -> tuple[Column[Thing], ...]:
    return (
        Column("id", "Find", lambda thing: thing.id, 6, whole=True, key=True),
        Column("name", "Find", lambda _: _NAME, 20, strong=True, flexible=True),
        Column("day", "Find", lambda _: "31/12/2026", 10, whole=True, key=True),
    )


_SPEC = ListSpec("parted", "Find", _columns, EmptyText("Nothing is running."))


@pytest.fixture
def pane(window: Window, shelf: Shelf) -> ListPane[Thing]:
    return ListPane(window.context, _SPEC, shelf)


@pytest.fixture
def split(window: Window, pane: ListPane[Thing], qtbot: QtBot) -> Split:
    made = Split(window.context, "parted", pane, QWidget())
    qtbot.addWidget(made)
    made.resize(1000, 400)
    made.show()
    pane.reload()
    qtbot.waitUntil(lambda: pane.model.line(0) is not None)
    return made


def _open(split: Split, pane: ListPane[Thing], lack: int) -> int:
    """Open the detail with a share of the list that lacks so much for its names; return that."""
    view = pane.view
    need = sum(view.rooms.closest(at) for at in range(3)) + pane.width() - view.viewport().width()
    split.setSizes([need - lack, split.width() - split.handleWidth() - need + lack])
    split.widget(1).show()  # type: ignore[union-attr]
    QGuiApplication.processEvents()
    return need


def test_a_list_is_given_what_its_names_need(split: Split, pane: ListPane[Thing]) -> None:
    need = _open(split, pane, 30)
    assert need <= split.sizes()[0] <= need + 20
    assert not pane.view.isColumnHidden(2)


def test_but_no_more_than_a_little(split: Split, pane: ListPane[Thing]) -> None:
    need = _open(split, pane, 90)
    assert split.sizes()[0] < need - 28
    assert pane.view.isColumnHidden(2)


def test_a_border_a_person_moved_stays(split: Split, pane: ListPane[Thing]) -> None:
    need = _open(split, pane, 30)
    split.moveSplitter(need - 50, 1)
    split.resize(1001, 400)
    QGuiApplication.processEvents()
    assert split.sizes()[0] == pytest.approx(need - 50, abs=3)


def test_in_another_size_of_text_the_room_is_divided_anew(
    split: Split, pane: ListPane[Thing]
) -> None:
    _open(split, pane, 30)
    before, right = split.sizes(), split.widget(1)
    assert isinstance(right, QWidget)
    right.setMinimumWidth(before[1] + 20)  # as a detail in large text asks for
    QGuiApplication.processEvents()
    assert split.sizes() != before
    right.setMinimumWidth(0)
    split.measure()
    assert split.sizes() == pytest.approx(before, abs=2)
    split.moveSplitter(before[0] - 50, 1)
    split.measure()
    assert split.sizes()[0] == pytest.approx(before[0] - 50, abs=3), "a person moved the border"
