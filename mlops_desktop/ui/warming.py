"""What is imported beside the work, so that nobody waits for it: first what the first page needs.

Imports take their share of every thread. Charts, documents and the pages that nobody has asked for
yet are imported only once the first page stands and nothing runs.
"""

import gc
import pkgutil
from collections.abc import Iterable, Iterator
from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from mlops_desktop.ui.text import tr

if TYPE_CHECKING:
    from mlops_desktop.ui.context import Context
    from mlops_desktop.ui.jobs import Job, Progress

_FIRST = ("sqlalchemy", "mlops_desktop.services.models")
_LATER = ("matplotlib.figure", "matplotlib.backends.backend_agg", "pypdfium2", "jsonschema")


class Warming(QObject):
    """Imports in the read lane, all the rest as soon as the window rests for the first time."""

    def __init__(self, context: "Context") -> None:
        super().__init__(context)
        self._jobs = context.jobs
        self._job: Job | None = None
        self.is_warm = False

    def prepare(self, page: str) -> None:
        """Import what opening a workspace on ``page`` needs, while it is opened."""
        names = [*_FIRST, *(name for name in modules_of_pages() if name.endswith(f".{page}.page"))]
        name = tr("Getting ready")
        self._jobs.submit_read(name, lambda told: _import(names, told), _nothing, _nothing)

    def wait_for_rest(self) -> None:
        """Import all the rest as soon as nothing runs."""
        self._jobs.ended.connect(self._look)
        self._look()

    def _look(self, ended: object = None) -> None:
        if ended is self._job:
            self._job = None  # dropped, where another workspace was opened meanwhile
        if self._job is None and not self.is_warm and self._jobs.is_idle():
            name = tr("Getting ready")
            self._job = self._jobs.submit_read(name, warm_up, self._end, self._end)

    def _end(self, _result: object) -> None:
        """Need nothing more: what could not be imported fails again where it is used."""
        self.is_warm = True
        settle()


def warm_up(progress: "Progress") -> None:
    """Import what is needed soon but not for the first paint, nor for the first page."""
    _import((*_FIRST, *_LATER, *modules_of_pages()), progress)
    from mlops_desktop.services.wording import LANGUAGES, read_words

    for language in LANGUAGES:
        read_words(language)


def modules_of_pages() -> Iterator[str]:
    """Name what a page is made of, its parts too, so that showing it first imports nothing."""
    from mlops_desktop.ui import pages

    for found in pkgutil.iter_modules(pages.__path__, f"{pages.__name__}."):
        for inside in pkgutil.iter_modules(import_module(found.name).__path__, f"{found.name}."):
            if inside.name.endswith(".page"):
                yield inside.name
            elif inside.ispkg:
                parts = import_module(inside.name).__path__
                yield from (part.name for part in pkgutil.iter_modules(parts, f"{inside.name}."))


def settle(_result: object = None) -> None:
    """Leave what was imported out of Python's search for cycles, which stops every thread.

    It is 200,000 objects for good: walking them again while a list scrolls takes ten frames.
    """
    gc.freeze()


def _import(names: Iterable[str], progress: "Progress") -> None:
    for name in names:
        if progress.is_cancelled():
            return
        import_module(name)


def _nothing(_result: object) -> None:
    """Need nothing more: a failed import fails again where it is used."""
