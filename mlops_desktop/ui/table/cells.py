"""The room a cell wants so that nothing of it is cut off."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from heapq import nlargest
from typing import Any

from PySide6.QtGui import QFontMetrics

from mlops_desktop.ui.table.columns import Cell, Column
from mlops_desktop.ui.table.folding import JOINT
from mlops_desktop.ui.widgets.chips import chip_width

RoomOf = Callable[[Cell, bool], int]
"""Measures a cell, strong or not."""
MOST = 48
"""In characters: beyond that a text is read in the detail."""
NOTHING = 2
"""The room of a cell in which nothing stands: what is measured is rounded."""
_SHOWN = 1_000
"""In characters: no screen is so wide that a cell shows more."""
_LONGEST = 24
"""Texts measured of a column, those of most letters: a page of measured texts stops the window."""


def cell_width(cell: Cell, plain: QFontMetrics, bold: QFontMetrics, *, strong: bool) -> int:
    """Return the room a cell wants, without the padding of its column."""
    if cell.status is not None:
        return chip_width(plain, cell.status.word)
    metrics = bold if strong else plain
    return min(metrics.horizontalAdvance(one_line(cell.text)) + NOTHING, most_room(metrics))


def most_room(metrics: QFontMetrics) -> int:
    """Return the most that a cell asks for."""
    return metrics.averageCharWidth() * MOST


def one_line(text: str) -> str:
    """Return as much of a text in one line as a cell can ever show: some name thousands of ids."""
    return text[:_SHOWN].replace("\n", " ")


def told(cell: Cell) -> str:
    """Return what a cell says."""
    return cell.status.word if cell.status is not None else cell.text


def brief(cell: Cell) -> Cell:
    """Return a cell with its chip in the fewest words."""
    status = cell.status
    if status is None:
        return cell
    return Cell(status.shortest, replace(status, word=status.shortest))


def parts(cells: Mapping[str, Cell]) -> dict[str, Cell]:
    """Return the chips among cells, and what stands in a line where a day has its hour below."""
    chips = {text: cell for text, cell in cells.items() if cell.status is not None}
    texts = (text for text in cells if text not in chips)
    return chips | {part: Cell(part) for text in texts for part in JOINT.split(text)}


def note_widest(
    found: dict[str, int], column: Column[Any], cells: Mapping[str, Cell], room_of: RoomOf
) -> None:
    """Note the room of the widest cell of a column, where it is more than was found."""
    rooms = (room_of(cells[text], column.strong) for text in nlargest(_LONGEST, cells, key=len))
    if cells:
        found[column.id] = max(found.get(column.id, 0), *rooms)
