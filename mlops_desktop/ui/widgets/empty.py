"""Where nothing is: one sentence and one button."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mlops_desktop.ui.widgets.buttons import ActionButton, Button
from mlops_desktop.ui.widgets.label import Label
from mlops_desktop.ui.widgets.picture import Picture

_LEAST_WIDTH = 320
_WIDEST = 1000
"""The sentence takes what it may before anything is left beside it."""


class EmptyState(QWidget):
    """A quiet picture, a sentence in the middle, and the one thing that helps."""

    def __init__(
        self,
        sentence: str = "",
        button: Button | ActionButton | None = None,
        *,
        icon: str = "search",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._button = button
        self._picture = Picture(icon, size=40)
        self._sentence = Label(sentence, tone="muted", wrap=True)
        self._sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.measure()
        column = QVBoxLayout(self)
        column.setSpacing(14)
        column.addStretch(2)
        middle = Qt.AlignmentFlag.AlignHCenter
        column.addWidget(self._picture, 0, middle)
        # Between stretches, not aligned, which would keep it from being as high as its lines need.
        line = QHBoxLayout()
        line.addStretch(1)
        line.addWidget(self._sentence, _WIDEST)
        line.addStretch(1)
        column.addLayout(line)
        if button is not None:
            column.addWidget(button, 0, middle)
        column.addStretch(3)

    def measure(self) -> None:
        """Keep the lines of a length that can be read."""
        wide = self.fontMetrics().averageCharWidth()
        self._sentence.setMinimumWidth(min(wide * 40, _LEAST_WIDTH))
        self._sentence.setMaximumWidth(wide * 70)

    def set_sentence(self, sentence: str) -> None:
        """Say another sentence."""
        self._sentence.setText(sentence)

    def set_button(self, text: str) -> None:
        """Say another word on the button."""
        if self._button is not None:
            self._button.setText(text)
