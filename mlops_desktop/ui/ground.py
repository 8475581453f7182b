"""What the window is before anything is put into it: what Qt tells it goes no further than needed.

Imported before the first paint, so it imports nothing but Qt.
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import QChildEvent, QEvent
from PySide6.QtWidgets import QMainWindow, QWidget

if TYPE_CHECKING:
    from mlops_desktop.ui.dressing import Dressing


class Ground(QMainWindow):
    """Dresses what opens over its middle; the middle is dressed part by part."""

    dressing: "Dressing | None" = None

    def event(self, event: QEvent) -> bool:
        """Keep Qt from telling thousands of widgets of a language: ``language_changed`` does."""
        if event.type() == QEvent.Type.LanguageChange:
            return True
        return super().event(event)

    def childEvent(self, event: QChildEvent) -> None:
        """Dress dialogs, menus and the help as soon as they are made, before they are shown."""
        super().childEvent(event)
        part = event.child()
        if self.dressing is None or not event.polished() or not isinstance(part, QWidget):
            return
        if part is not self.centralWidget():
            self.dressing.dress(part)
