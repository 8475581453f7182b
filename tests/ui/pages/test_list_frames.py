"""Every list on a page has a frame: in the dark its ground alone hardly parts it from the page."""

import pytest
from PySide6.QtWidgets import QApplication, QTableView, QWidget

from mlops_desktop.ui.colors import current_colors
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.page import find_pages
from mlops_desktop.ui.prefs import Prefs, ThemeMode
from mlops_desktop.ui.table import Column
from mlops_desktop.ui.widgets.dialog import FormDialog
from mlops_desktop.ui.widgets.short_table import ShortTable
from tests.ui.conftest import MakeWindow, Thing

_FRAMED = ("card", "detail")


def _columns(_context: Context) -> tuple[Column[Thing], ...]:
    return (Column("name", "Find", lambda thing: thing.name, 20),)


def _stands_in_frame(list_: QWidget) -> bool:
    around: QWidget | None = list_
    while around is not None:
        if around.objectName() in _FRAMED or around.property("framed"):
            return True
        around = around.parentWidget()
    return False


def test_every_list_of_every_page_stands_in_a_frame(
    make_window: MakeWindow,
) -> None:
    window = make_window(pages=find_pages())
    bare, seen = [], 0
    for spec in find_pages():
        page = spec.factory(window.context)
        page.setParent(window)
        for list_ in page.findChildren(QTableView):
            seen += 1
            if not _stands_in_frame(list_):
                bare.append(f"{spec.id}: {list_.accessibleName() or list_.objectName()}")
    assert seen > 30
    assert bare == []


@pytest.mark.parametrize("name", ["light", "dark", "contrast"])
def test_a_list_that_stands_alone_has_the_frame_of_a_card(
    make_window: MakeWindow, name: ThemeMode
) -> None:
    window = make_window(Prefs(theme=name))
    dialog = FormDialog(window.context, "Lists", "Send", window)
    table = ShortTable(window.context, "short", "Find", _columns)
    table.stand_alone()
    dialog.insert(table)
    dialog.open()
    QApplication.processEvents()
    image = table.grab().toImage()
    right, low = image.width() - 1, image.height() - 1
    ends = ((right // 2, 0), (0, low // 2), (right, low // 2), (right // 2, low))
    edges = [image.pixelColor(*at).name() for at in ends]
    assert edges == [current_colors().line] * 4
    assert image.pixelColor(right // 2, 1).name() == current_colors().surface
    assert image.pixelColor(0, 0).name() != current_colors().line, "with round corners"


def test_a_framed_list_has_room_for_its_rows(make_window: MakeWindow) -> None:
    window = make_window()
    bare, framed = (ShortTable(window.context, name, "Find", _columns) for name in "ab")
    framed.stand_alone()
    dialog = FormDialog(window.context, "Lists", "Send", window)
    for table in (bare, framed):
        dialog.insert(table)
    dialog.open()
    assert framed.high(3) == bare.high(3) + 4
