"""Columns as a person left them: which are shown, how wide, in which order, sorted by what."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHeaderView

from mlops_desktop.ui.prefs import Prefs
from mlops_desktop.ui.table.view import RowsView


def remember(view: RowsView, ids: tuple[str, ...], name: str, prefs: Prefs) -> None:
    """Keep the state of the columns ``ids`` of the list ``name``."""
    header = view.horizontalHeader()
    order = [header.logicalIndex(at) for at in range(header.count())]
    prefs.columns[name] = [
        [ids[at], _width(header, at), int(not header.isSectionHidden(at))] for at in order
    ]
    down = header.sortIndicatorOrder() == Qt.SortOrder.DescendingOrder
    section = header.sortIndicatorSection()
    known = 0 <= section < len(ids)
    prefs.sorts[name] = [ids[section], "down" if down else "up"] if known else []


def _width(header: QHeaderView, at: int) -> int:
    """Return a column's width, a hidden one's as it was before, which Qt keeps while hidden."""
    if not header.isSectionHidden(at):
        return header.sectionSize(at)
    return 0


def restore(view: RowsView, ids: tuple[str, ...], name: str, prefs: Prefs) -> None:
    """Show the columns as they were left; columns that are new stand at the end."""
    header = view.horizontalHeader()
    for place, entry in enumerate(prefs.columns.get(name, [])):
        if len(entry) != 3 or entry[0] not in ids or not isinstance(entry[1], int):
            continue
        at = ids.index(str(entry[0]))
        if entry[1] > 0:
            header.resizeSection(at, entry[1])
        header.setSectionHidden(at, not entry[2])
        header.moveSection(header.visualIndex(at), min(place, len(ids) - 1))
    sort = prefs.sorts.get(name, [])
    if len(sort) == 2 and sort[0] in ids:
        order = Qt.SortOrder.DescendingOrder if sort[1] == "down" else Qt.SortOrder.AscendingOrder
        header.setSortIndicator(ids.index(sort[0]), order)
