"""The list of a page: a page cache, a model over it, a view that paints rows from it."""

from mlops_desktop.ui.table.columns import Column, ListQuery, RowProvider
from mlops_desktop.ui.table.pane import EmptyText, ListPane, ListSpec

__all__ = ["Column", "EmptyText", "ListPane", "ListQuery", "ListSpec", "RowProvider"]
