"""A figure as a card: its value, its name, and the rows behind it on a press."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from mlops_desktop.ui.colors import current_colors
from mlops_desktop.ui.text import tr

_INSET = 14
_WRAPPED = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop


class FigureCard(QAbstractButton):
    """Shows one figure; pressed by mouse, Space or Enter it asks for its rows."""

    wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)  # drawn anew under the pointer
        self._value, self._is_bad = "", False
        self.clicked.connect(self.wanted)

    def show_figure(self, name: str, value: str, definition: str, *, is_bad: bool) -> None:
        """Show a figure; ``definition`` is said on hovering and to a screen reader."""
        self._value, self._is_bad = value, is_bad
        self.setText(name)
        self.updateGeometry()
        self.setToolTip(definition)
        self.setAccessibleName(tr("{name}: {value}", name=name, value=value))
        self.setAccessibleDescription(definition)
        self.update()

    def sizeHint(self) -> QSize:
        """Return room for the value and two lines of the name."""
        height = self.fontMetrics().height()
        return QSize(height * 11, height * 4 + 2 * _INSET)

    def minimumSizeHint(self) -> QSize:
        """Return the least width at which a name still reads well, and no word of it is cut."""
        metrics = self.fontMetrics()
        longest = max(map(metrics.horizontalAdvance, self.text().split()), default=0)
        width = max(metrics.height() * 9, longest + 2 * _INSET + 2)
        return QSize(width, self.sizeHint().height())

    def heightForWidth(self, width: int) -> int:
        """Grow by the lines that the name takes beyond two."""
        metrics = self.fontMetrics()
        told = metrics.boundingRect(0, 0, width - 2 * _INSET, 0, int(_WRAPPED), self.text())
        return self.sizeHint().height() + max(0, told.height() - metrics.height() * 2)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take Enter as Space."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the card, the value large, the name below."""
        colors, painter = current_colors(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = self.hasFocus() or self.underMouse()
        painter.setPen(QColor(colors.accent if self.hasFocus() else colors.edge))
        painter.setBrush(QColor(colors.accent_soft if chosen else colors.surface))
        # Along the middle of the outer pixels: on the edge half of the line would be cut off.
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        inside = self.rect().adjusted(_INSET, _INSET - 4, -_INSET, -_INSET + 4)
        self._draw_value(painter, inside)
        painter.setFont(self.font())
        painter.setPen(QColor(colors.muted))
        below = QRect(inside)
        below.setTop(inside.top() + self.fontMetrics().height() * 2 + 4)
        painter.drawText(below, int(_WRAPPED), self.text())
        painter.end()

    def _draw_value(self, painter: QPainter, inside: QRect) -> None:
        colors = current_colors()
        font = QFont(self.font())
        font.setPointSizeF(self.font().pointSizeF() * 1.7)
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(QColor(colors.bad if self._is_bad else colors.text))
        painter.drawText(inside, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop),
                         self._value)  # fmt: skip
