"""What sources tell beside registries: alerts, checks, datasets, runs, servings, decisions.

One file a kind, found by scanning: its fields; the events of a kind stand in core/events.
"""

import importlib
import pkgutil
from functools import cache


@cache
def load() -> None:
    """Import every file of this folder, so that each kind has registered itself."""
    for module in pkgutil.iter_modules(__path__):
        importlib.import_module(f"{__name__}.{module.name}")
