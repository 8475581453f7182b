"""A value that leads to what it names."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy

from mlops_desktop.ui.text import honest, tr
from mlops_desktop.ui.widgets.buttons import Button

_ROUNDING = 2


class Link(Button):
    """A value that leads to what it names, by mouse and by keyboard."""

    def __init__(self) -> None:
        super().__init__(clicked=self._follow, flat=True)
        self.setProperty("link", True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        # A button's own policy never gives it less than the whole name needs.
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._go: Callable[[], None] | None = None
        self._whole = ""

    def lead(self, name: str, value: str, go: Callable[[], None] | None) -> None:
        """Show the ``value`` of what is called ``name``, and lead where ``go`` leads."""
        self._go, self._whole = go, honest(value)
        self._show()
        self.setToolTip(self._whole)
        self.updateGeometry()
        self.setAccessibleName(tr("{name}: {value}", name=name, value=value))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say by three dots that a name does not fit."""
        super().resizeEvent(event)
        self._show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take Enter as Space."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def _show(self) -> None:
        room = self.width() - self._margin()
        fits = self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, room)
        self.setText(fits.replace("&", "&&"))

    def _margin(self) -> int:
        shown = self.text().replace("&&", "&")
        return super().sizeHint().width() - self.fontMetrics().horizontalAdvance(shown)

    def sizeHint(self) -> QSize:
        """Ask for room for the whole name, also while a part of it is shown."""
        width = self._margin() + self.fontMetrics().horizontalAdvance(self._whole)
        return QSize(width + _ROUNDING, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Let a long name be cut rather than widen the whole pane."""
        most = self.fontMetrics().averageCharWidth() * 12
        return QSize(min(most, self.sizeHint().width()), super().minimumSizeHint().height())

    def _follow(self) -> None:
        if self._go is not None:
            self._go()
