"""Which rows of a table are chosen, without asking the selection row by row."""

from collections.abc import Callable, Iterable

from PySide6.QtWidgets import QTableView

from mlops_desktop.ui.table.painting import RowState

Ranges = list[tuple[int, int]]


def ranges_of(view: QTableView) -> Ranges:
    """Return the first and last row of each stretch of chosen rows."""
    chosen = view.selectionModel().selection()
    return [(chosen.at(at).top(), chosen.at(at).bottom()) for at in range(chosen.size())]


def positions_in(ranges: Iterable[tuple[int, int]]) -> list[int]:
    """Return the rows of some stretches, which may overlap."""
    found: set[int] = set()
    for top, bottom in ranges:
        found.update(range(top, bottom + 1))
    return sorted(found)


def states_of(view: QTableView, hovered: int) -> Callable[[int], RowState]:
    """Return how each row is to be drawn."""
    chosen = ranges_of(view)
    current, active = view.currentIndex().row(), view.hasFocus()

    def state(at: int) -> RowState:
        selected = any(top <= at <= bottom for top, bottom in chosen)
        return RowState(selected, at == current and selected, at == hovered, active)

    return state
