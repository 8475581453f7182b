"""Counts, in the read lane, what waits for this person at each place: today, on no past day."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from mlops_desktop.core.changes import Changes
from mlops_desktop.core.errors import AppError
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.jobs import Progress
from mlops_desktop.ui.page import PageSpec


class Badges(QObject):
    """Asks again when something a badge counts has changed."""

    def __init__(self, context: Context, pages: tuple[PageSpec, ...]) -> None:
        super().__init__(context)
        self._context = context
        self._counted = tuple(spec for spec in pages if spec.badge is not None)
        context.changed.connect(self._on_changed)
        context.workspace_changed.connect(self._count_all)
        context.as_of_changed.connect(self._count_all)

    def _on_changed(self, changes: Changes) -> None:
        for spec in self._counted if self._context.day is None else ():
            if changes.kinds & spec.badge_watches:
                self._count(spec)

    def _count_all(self) -> None:
        for spec in self._counted if self._context.is_open else ():
            if self._context.day is None:
                self._count(spec)
            else:
                self._context.badge_changed.emit(spec.id, 0)

    def _count(self, spec: PageSpec) -> None:
        ask = spec.badge
        assert ask is not None

        def count(progress: Progress) -> int:
            return ask(self._context, progress)

        tell = self._teller(spec.id)
        self._context.jobs.submit_aside(spec.id, count, tell, _hide, key=f"badge:{spec.id}")

    def _teller(self, page: str) -> Callable[[int], None]:
        def tell(number: int) -> None:
            is_now = self._context.day is None  # a past day may have been chosen meanwhile
            self._context.badge_changed.emit(page, number if is_now else 0)

        return tell


def _hide(error: AppError) -> None:
    """Show no badge where none can be counted; the page itself says what is wrong."""
