"""What events of each noun make of a model's state: one file a noun, found by scanning."""

import importlib
import pkgutil
from functools import cache


@cache
def load() -> None:
    """Import every file of this folder, so that each handler has registered itself."""
    for module in pkgutil.iter_modules(__path__):
        importlib.import_module(f"{__name__}.{module.name}")
