"""Plain text only: what a source or a person wrote is never read as markup."""

from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontDatabase, QFontMetrics
from PySide6.QtWidgets import QApplication, QLabel

from mlops_desktop.ui.text import honest

Tone = Literal["", "muted", "faint", "bad", "warn"]
Size = Literal["text", "small", "title", "heading"]
_FACTORS: dict[Size, float] = {"text": 1.0, "small": 0.92, "title": 1.18, "heading": 1.45}


class Label(QLabel):
    """A label that shows its text as it is, in a tone and a size of the house."""

    def __init__(
        self,
        text: str = "",
        *,
        tone: Tone = "",
        size: Size = "text",
        strong: bool = False,
        wrap: bool = False,
        selectable: bool = False,
    ) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(text)
        self.setWordWrap(wrap)
        if tone:
            self.setProperty("tone", tone)
        if selectable:
            flags = Qt.TextInteractionFlag
            self.setTextInteractionFlags(
                flags.TextSelectableByMouse | flags.TextSelectableByKeyboard
            )
        self._step: Size = size
        self._is_strong = strong
        self.measure()

    def measure(self) -> None:
        """Take the font again from the application's."""
        if self._is_strong or self._step != "text":
            self.setFont(scaled(QApplication.font(), self._step, strong=self._is_strong))

    def take_tone(self, tone: Tone) -> None:
        """Say by a tone what the text is."""
        if self.property("tone") != tone:
            self.setProperty("tone", tone)
            self.style().unpolish(self)
            self.style().polish(self)

    def setText(self, text: str) -> None:
        """Show ``text`` as it is written, not as it would have itself read."""
        super().setText(honest(text))


class EvenLabel(Label):
    """A label whose letters are all of one width: for what is read out, compared or typed off."""

    def measure(self) -> None:
        """Take the size again from the application's font."""
        super().measure()
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        font.setPointSizeF(self.font().pointSizeF())
        font.setWeight(self.font().weight())
        self.setFont(font)


def room_for(metrics: QFontMetrics, characters: int) -> int:
    """Return the width of so many characters: ids and dates are digits, wider than the average."""
    # All at once: the width of a single digit is rounded, and nine of them lose a letter.
    digits = metrics.horizontalAdvance("0" * characters)
    return max(characters * metrics.averageCharWidth(), digits)


def scaled(font: QFont, size: Size, *, strong: bool = False) -> QFont:
    """Return ``font`` in one of the house's sizes, demi-bold if ``strong``."""
    made = QFont(font)
    made.setPointSizeF(font.pointSizeF() * _FACTORS[size])
    made.setWeight(QFont.Weight.DemiBold if strong else QFont.Weight.Normal)
    return made
