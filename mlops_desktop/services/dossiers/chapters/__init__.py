"""The chapters of governance in a dossier: one file a noun, found by scanning.

A module has ``ORDER`` and ``build(view, sheet, as_of)``, which returns the noun's Chapter.
"""

import importlib
import pkgutil
from collections.abc import Callable, Container
from functools import cache
from typing import TypeAlias

from mlops_desktop.core.asof import AsOf
from mlops_desktop.dossier.content import Chapter
from mlops_desktop.services.models import ModelSheet
from mlops_desktop.store.unit_of_work import ReadSession

Build: TypeAlias = Callable[[ReadSession, ModelSheet, AsOf], Chapter]


@cache
def _builders() -> dict[str, Build]:
    found = {name: importlib.import_module(f"{__name__}.{name}") for name in chapter_names()}
    in_order = sorted(found.items(), key=lambda item: int(item[1].ORDER))
    return {name: module.build for name, module in in_order}


def chapter_names() -> tuple[str, ...]:
    """Return the names of all chapters; a module is called as its chapter is."""
    return tuple(module.name for module in pkgutil.iter_modules(__path__))


def build_chapters(
    view: ReadSession, sheet: ModelSheet, as_of: AsOf, left_out: Container[str] = ()
) -> tuple[Chapter, ...]:
    """Return the chapters about a model that are not left out, in the order auditors read them."""
    return tuple(
        build(view, sheet, as_of) for name, build in _builders().items() if name not in left_out
    )
