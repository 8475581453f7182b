"""The tables: the durable ones of the ledger, and the projected ones anyone can rebuild.

Each noun's projected tables stand in a file of this folder, found by scanning.
"""

import importlib
import pkgutil
from functools import cache


@cache
def load() -> None:
    """Import every file of this folder, so that each table is known."""
    for module in pkgutil.iter_modules(__path__):
        importlib.import_module(f"{__name__}.{module.name}")
