"""The tabs of a model's detail: one file a tab, found by scanning."""

import pkgutil
from functools import cache
from importlib import import_module

from mlops_desktop.ui.pages.models.tabs.base import FactTab, Tab

_SHAPES = (Tab, FactTab)


@cache
def find_tabs() -> tuple[type[Tab], ...]:
    """Return every tab defined in a file of this folder, by order."""
    found: set[type[Tab]] = set()
    for module in pkgutil.iter_modules(__path__, f"{__name__}."):
        for kind in vars(import_module(module.name)).values():
            if isinstance(kind, type) and issubclass(kind, Tab) and kind not in _SHAPES:
                found.add(kind)
    return tuple(sorted(found, key=lambda kind: (kind.order, kind.__module__)))
