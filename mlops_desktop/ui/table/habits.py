"""Columns as a person left them: which are shown, how wide, in which order, sorted by what."""

from PySide6.QtCore import Qt

from mlops_desktop.ui.prefs import Prefs
from mlops_desktop.ui.table.view import RowsView

_KEPT = 2


def remember(view: RowsView, ids: tuple[str, ...], name: str, prefs: Prefs) -> None:
    """Keep the state of the columns ``ids`` of the list ``name``."""
    header = view.horizontalHeader()
    order = [header.logicalIndex(at) for at in range(header.count())]
    # Columns that are not there just now, of another workspace, are remembered as they were.
    absent = [entry for entry in prefs.columns.get(name, []) if entry and entry[0] not in ids]
    shown: list[list[str | int]] = [
        [ids[at], _width(view, at), _standing(view, at)] for at in order
    ]
    prefs.columns[name] = [*shown, *absent]
    down = header.sortIndicatorOrder() == Qt.SortOrder.DescendingOrder
    section = header.sortIndicatorSection()
    known = 0 <= section < len(ids)
    prefs.sorts[name] = [ids[section], "down" if down else "up"] if known else []


def _standing(view: RowsView, at: int) -> int:
    """Return 0 for a column that is not chosen, else 1, or 2 where it never gives way."""
    return (_KEPT if view.giving.is_kept(at) else 1) if view.giving.is_meant(at) else 0


def _width(view: RowsView, at: int) -> int:
    """Return a column's width if a person chose it, else 0."""
    is_known = view.giving.is_meant(at) and view.is_fitted_by_hand
    return view.giving.width_of(at) if is_known else 0


def restore(view: RowsView, ids: tuple[str, ...], name: str, prefs: Prefs) -> None:
    """Show the columns as they were left; columns that are new stand at the end."""
    header, sort = view.horizontalHeader(), prefs.sorts.get(name, [])
    with view.giving.choosing():
        for place, entry in enumerate(prefs.columns.get(name, [])):
            if len(entry) != 3 or entry[0] not in ids or not isinstance(entry[1], int):
                continue
            at = ids.index(str(entry[0]))
            if entry[1] > 0:
                header.resizeSection(at, entry[1])
                view.is_fitted_by_hand = True
            header.setSectionHidden(at, not entry[2])
            view.giving.keep(at, is_kept=entry[2] == _KEPT)
            header.moveSection(header.visualIndex(at), min(place, len(ids) - 1))
    if len(sort) == 2 and sort[0] in ids:
        order = Qt.SortOrder.DescendingOrder if sort[1] == "down" else Qt.SortOrder.AscendingOrder
        header.setSortIndicator(ids.index(sort[0]), order)
