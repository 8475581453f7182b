"""A day is drawn once for all days alike, and anew where anything about it differs."""

from dataclasses import replace

from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QImage, QPainter
from pytestqt.qtbot import QtBot

from mlops_desktop.ui.colors import use_colors
from mlops_desktop.ui.pages.calendar.day_cell import DayCell, DayCells

PLAIN = DayCell(12, False, False, False, "", False)


def drawn(cells: DayCells, cell: DayCell, size: int = 40) -> QImage:
    image = QImage(size, size, QImage.Format.Format_RGB32)
    image.fill(QColor("magenta"))
    painter = QPainter(image)
    cells.draw(painter, QRect(0, 0, size, size), cell, 1.0)
    painter.end()
    return image


def test_each_thing_that_a_day_says_is_seen(qtbot: QtBot) -> None:
    cells = DayCells()
    others = (
        replace(PLAIN, number=13),
        replace(PLAIN, is_chosen=True),
        replace(PLAIN, is_today=True),
        replace(PLAIN, is_other_month=True),
        replace(PLAIN, due="7"),
        replace(PLAIN, due="7", is_late=True),
    )
    pictures = [drawn(cells, one) for one in (PLAIN, *others)]
    assert all(one != other for at, one in enumerate(pictures) for other in pictures[:at])
    assert drawn(cells, PLAIN) == pictures[0] == drawn(DayCells(), PLAIN)
    assert drawn(cells, PLAIN, 60) == drawn(DayCells(), PLAIN, 60)


def test_another_theme_is_another_picture(qtbot: QtBot) -> None:
    cells = DayCells()
    use_colors("light")
    light = drawn(cells, PLAIN)
    use_colors("dark")
    assert drawn(cells, PLAIN) != light
    use_colors("light")
    assert drawn(cells, PLAIN) == light
