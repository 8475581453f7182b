"""Items of governance: what is opened, worked on and closed. One file a kind, found by scanning."""

import importlib
import pkgutil
from functools import cache


@cache
def load() -> None:
    """Import every file of this folder, so that each kind has registered itself."""
    for module in pkgutil.iter_modules(__path__):
        importlib.import_module(f"{__name__}.{module.name}")
