"""What a person looks at in a table, as texts: its order and its columns."""

from collections.abc import Mapping

from PySide6.QtCore import Qt

from mlops_desktop.ui.table.view import RowsView

_DOWN = "-"


def read_table(view: RowsView, ids: tuple[str, ...]) -> dict[str, str]:
    """Return the order and the columns shown, by their ids."""
    header = view.horizontalHeader()
    at, order = header.sortIndicatorSection(), header.sortIndicatorOrder()
    is_sorted = 0 <= at < len(ids)
    sign = _DOWN if order == Qt.SortOrder.DescendingOrder else ""
    shown = (ids[one] for one in view.giving.meant())
    return {"sort": f"{sign}{ids[at]}" if is_sorted else "", "columns": " ".join(shown)}


def show_table(view: RowsView, ids: tuple[str, ...], told: Mapping[str, str]) -> None:
    """Show that order and those columns; columns that are no more are passed over."""
    header = view.horizontalHeader()
    wanted = [id for id in told.get("columns", "").split() if id in ids]
    with view.giving.choosing():
        for place, id in enumerate(wanted):
            header.moveSection(header.visualIndex(ids.index(id)), place)
        for at, id in enumerate(ids):
            header.setSectionHidden(at, bool(wanted) and id not in wanted)
    sort = told.get("sort", "")
    id = sort.removeprefix(_DOWN)
    is_down = sort.startswith(_DOWN)
    order = Qt.SortOrder.DescendingOrder if is_down else Qt.SortOrder.AscendingOrder
    header.setSortIndicator(ids.index(id) if id in ids else -1, order)
