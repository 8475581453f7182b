"""Where a person is in a list, as texts: the filter, the scope of the page, the row stood on."""

from collections.abc import Mapping
from typing import Any

from mlops_desktop.ui.table.pane import ListPane


def read_place(pane: ListPane[Any]) -> dict[str, str]:
    """Return where a person is."""
    view = pane.read_view()
    return {"filter": view["filter"], "scope": view["scope"], "row": pane.view.current_id()}


def show_place(pane: ListPane[Any], left: Mapping[str, str]) -> None:
    """Go where a person was when this workspace was left; without that, no filter is kept."""
    pane.restore_columns()
    scope = left.get("scope", "")
    if pane.scopes is not None and scope.isdecimal() and int(scope) < pane.scopes.count():
        pane.scopes.setCurrentIndex(int(scope))
    pane.set_filter(left.get("filter", ""))
    if left.get("row"):
        pane.view.choose(left["row"])
