"""A sentence on one line that gives way: what finds no room is said by three dots and a tip."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent

from mlops_desktop.ui.widgets.label import Label, Tone

_LEAST_CHARACTERS = 4


class OneLine(Label):
    """Asks for the whole sentence and is content with less."""

    def __init__(self, *, tone: Tone = "") -> None:
        super().__init__(tone=tone)

    def minimumSizeHint(self) -> QSize:
        """Return room for a few letters."""
        least = self.fontMetrics().averageCharWidth() * _LEAST_CHARACTERS
        return QSize(min(least, self.sizeHint().width()), super().minimumSizeHint().height())

    def is_whole(self) -> bool:
        """Whether the sentence finds room."""
        return self._shown() == self.text()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the whole as a tip where a part is left out."""
        super().resizeEvent(event)
        self.setToolTip("" if self.is_whole() else self.text())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw what finds room."""
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter, self._shown())

    def _shown(self) -> str:
        room = self.width()
        return self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room)
