"""The chapters of governance in a dossier: one file a noun, found by scanning.

A module has ``ORDER`` and ``build(view, sheet, as_of)``, which returns the noun's Chapter.
"""

import importlib
import pkgutil
from collections.abc import Callable
from functools import cache
from typing import TypeAlias

from mlops_desktop.core.asof import AsOf
from mlops_desktop.dossier.content import Chapter
from mlops_desktop.services.models import ModelSheet
from mlops_desktop.store.unit_of_work import ReadSession

Build: TypeAlias = Callable[[ReadSession, ModelSheet, AsOf], Chapter]


@cache
def _builders() -> tuple[Build, ...]:
    found = [
        importlib.import_module(f"{__name__}.{module.name}")
        for module in pkgutil.iter_modules(__path__)
    ]
    return tuple(module.build for module in sorted(found, key=lambda module: int(module.ORDER)))


def build_chapters(view: ReadSession, sheet: ModelSheet, as_of: AsOf) -> tuple[Chapter, ...]:
    """Return every chapter about a model, in the order auditors read them."""
    return tuple(build(view, sheet, as_of) for build in _builders())
