"""What a page is, and how pages are found: each file in ui/pages that has a PAGE is one."""

import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from mlops_desktop.core.changes import Changes
from mlops_desktop.ui.actions import Offer
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.jobs import Progress
from mlops_desktop.ui.table.pane import ListPane


class Page(QWidget):
    """A place of the window: shown first and then reloaded only when something it shows changed."""

    heading_changed = Signal()

    watches: frozenset[str] = frozenset()
    """Kinds of records whose Changes make this page ask again."""

    past_note: str = ""
    """A key of Words: what the page shows of now even while a past day is chosen."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self._stale = True
        context.changed.connect(self._on_changed)
        context.as_of_changed.connect(self._on_all_changed)
        context.read_again.connect(self._on_all_changed)
        context.workspace_changed.connect(self._on_all_changed)
        context.speaking.enlist(self, self._say_page)

    def heading(self) -> str:
        """Return the sentence of the header: what is here and how many."""
        return ""

    def reload(self) -> None:
        """Ask for everything shown, in the read lane."""

    def retranslate(self) -> None:
        """Say every word again."""

    def show_record(self, id: str) -> None:
        """Choose the record ``id``, asked for from elsewhere."""

    def show_list(self, text: str) -> None:
        """Show the part of the list that fits the filter ``text``, asked for from elsewhere."""

    def take_files(self, paths: tuple[Path, ...]) -> None:
        """Do with files that were dropped what the page is there for."""

    def first_focus(self) -> QWidget | None:
        """Return the widget that takes the keyboard on the way into the page."""
        panes = self.findChildren(ListPane)
        return panes[0].view if panes else None

    def showEvent(self, event: QShowEvent) -> None:
        """Reload what became stale while hidden."""
        super().showEvent(event)
        self._reload_if_stale()

    def _reload_if_stale(self) -> None:
        if self._stale and self.isVisible() and self.context.is_open:
            self._stale = False
            self.reload()

    def _on_changed(self, changes: Changes) -> None:
        if changes.kinds & self.watches:
            self._on_all_changed()

    def _on_all_changed(self) -> None:
        self._stale = True
        self._reload_if_stale()

    def _say_page(self) -> None:
        self.retranslate()
        self.heading_changed.emit()


class LowPage(Page):
    """A page whose parts scroll themselves: it is as low as they can be before it is scrolled."""

    def heightForWidth(self, width: int) -> int:
        """Ask for the least: Qt would be led by what each part would like to have."""
        column = self.layout()
        return column.totalMinimumHeightForWidth(width) if column is not None else -1


@dataclass(frozen=True, slots=True)
class PageSpec:
    """A page's row in the rail, and what can be done on it.

    ``badge`` counts, in the read lane, what waits for this person; ``terms`` are the ids of the
    terms that its help defines.
    """

    id: str
    order: int
    icon: str
    title: str
    factory: Callable[[Context], Page]
    badge: Callable[[Context, Progress], int] | None = None
    badge_watches: frozenset[str] = frozenset()
    at_bottom: bool = False
    offers: tuple[Offer, ...] = ()
    terms: tuple[str, ...] = ()


@cache
def find_pages() -> tuple[PageSpec, ...]:
    """Return the PAGE of every module in ``ui.pages``, by order."""
    from mlops_desktop.ui import pages

    found = []
    for module in pkgutil.iter_modules(pages.__path__, f"{pages.__name__}."):
        spec = getattr(import_module(module.name), "PAGE", None)
        if isinstance(spec, PageSpec):
            found.append(spec)
    return tuple(sorted(found, key=lambda spec: (spec.at_bottom, spec.order)))
