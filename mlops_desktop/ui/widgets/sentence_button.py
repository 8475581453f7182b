"""A button of a whole sentence: it gives way rather than widen the window."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy

from mlops_desktop.ui.text import honest
from mlops_desktop.ui.widgets.buttons import Button

_LEAST_CHARACTERS, _ROUNDING = 12, 2


class SentenceButton(Button):
    """Says by three dots and a tip what finds no room; is spoken whole."""

    _whole = ""

    def __init__(self, clicked: Callable[[], None]) -> None:
        super().__init__(clicked=clicked, flat=True)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def setText(self, text: str) -> None:
        """Say ``text``, as much of it as finds room."""
        self._whole = honest(text)
        self.setAccessibleName(self._whole)
        self._show()
        self.updateGeometry()

    def text(self) -> str:
        """Return all that it says."""
        return self._whole

    def sizeHint(self) -> QSize:
        """Ask for room for the whole sentence, also while a part of it is shown."""
        width = self._frame() + self.fontMetrics().horizontalAdvance(self._whole)
        return QSize(width + _ROUNDING, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Be content with a few letters."""
        least = self._frame() + self.fontMetrics().averageCharWidth() * _LEAST_CHARACTERS
        return QSize(min(least, self.sizeHint().width()), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show what finds room now."""
        super().resizeEvent(event)
        self._show()

    def _show(self) -> None:
        room = self.width() - self._frame()
        fits = self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, room)
        # An ampersand in a name is a letter, not the mark of a shortcut.
        QPushButton.setText(self, fits.replace("&", "&&"))
        self.setToolTip("" if fits == self._whole else self._whole)

    def _frame(self) -> int:
        shown = QPushButton.text(self).replace("&&", "&")
        return super().sizeHint().width() - self.fontMetrics().horizontalAdvance(shown)
