"""The heat map: its numbers lead to as many rows, by keyboard, mouse and a screen reader."""

from pathlib import Path

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAccessible, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QTableView
from pytestqt.qtbot import QtBot

from mlops_desktop.ui.charts.heat import Heat, HeatCell, HeatView, in_two_lines, share_out
from mlops_desktop.ui.charts.shades import STEPS, contrast, ink_on, shade, step_of
from mlops_desktop.ui.colors import read_colors
from tests.ui.conftest import MakeWindow

HEAT = Heat(
    "Classes and states", "Class", "charts.heat.models", ("Class 1", "Class 2"),
    ("Development", "Production", "Total"),
    (
        (HeatCell(1, "a"), HeatCell(1234, "b"), HeatCell(1235, "ab", is_total=True)),
        (HeatCell(0, "c"), HeatCell(None), HeatCell(0, "c", is_total=True)),
    ),
)  # fmt: skip


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_shade_is_read_and_differs_from_the_next(theme: str) -> None:
    colors = read_colors(theme)
    grounds = [shade(step, colors) for step in range(STEPS + 1)]
    assert min(contrast(ink_on(one, colors), one) for one in grounds) >= 4.5
    assert len({one.name() for one in grounds}) == STEPS + 1
    assert [step_of(value, 10) for value in (0, 0.1, 2, 2.1, 10)] == [0, 1, 1, 2, 5]


def test_a_heat_map_is_walked_spoken_opened_and_taken_along(
    make_window: MakeWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    context = make_window().context
    view = HeatView(context)
    qtbot.addWidget(view)
    view.show_heat(HEAT)
    view.resize(QSize(600, 10))
    view.show()
    view.setFocus()
    qtbot.waitUntil(view.hasFocus)
    assert view.accessibleDescription() == "Most: Class 1, Production: 1,234 models"
    spoken = QAccessible.queryAccessibleInterface(view)
    names = {
        spoken.child(at).text(QAccessible.Text.Name) for at in range(spoken.childCount())
    }  # fmt: skip
    assert {"Class 1, Development: 1 model", "Class 2, Production: not measured"} <= names
    opened: list[str] = []
    view.wanted.connect(opened.append)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Return, Qt.Key.Key_Down, Qt.Key.Key_Return):
        QTest.keyClick(view, key)
    assert opened == ["b"], "what was not measured has no rows"
    place = view.visualRect(view.model().index(0, 0)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert opened == ["b", "a"]
    QTest.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lines = QGuiApplication.clipboard().text().split("\n")
    assert lines[0] == "Class\tDevelopment\tProduction\tTotal"
    assert lines[1:] == ["Class 1\t1\t1,234\t1,235", "Class 2\t0\t–\t0"]
    menu = view.taking.menu()
    assert [one.objectName() for one in menu.actions()][-1] == "save_picture"
    view.taking.copy_picture()
    assert QGuiApplication.clipboard().image().size() == view.size() * view.devicePixelRatioF()
    last = view.model().index(1, 2)
    assert view.viewport().rect().contains(view.visualRect(last)), "all of it is seen"
    assert isinstance(view, QTableView)
    assert [in_two_lines(name) for name in ("in development", "retired", "up to 90 days")] == [
        "in\ndevelopment", "retired", "up to\n90 days",
    ]  # fmt: skip
    assert share_out(300, [40, 40, 160]) == [70, 70, 160]
    assert share_out(100, [40, 40, 160]) == [40, 40, 160]
    menu.deleteLater()
    view.taking.save_picture()
    dialog = view.findChild(QFileDialog, "saveFile")
    assert isinstance(dialog, QFileDialog)
    dialog.fileSelected.emit(str(tmp_path / "map.png"))
    dialog.close()
    qtbot.waitUntil((tmp_path / "map.png").exists)
    qtbot.waitUntil(context.jobs.is_idle)
    assert QImage(str(tmp_path / "map.png")).size() == view.size()
