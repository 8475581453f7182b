"""Status as a shape and a word: colour never stands alone."""

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen, QPolygonF, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from mlops_desktop.ui.colors import current_colors

Mood = Literal["good", "warn", "bad", "info", "idle"]
_WRAPPED = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop


@dataclass(frozen=True, slots=True)
class Status:
    """A mood and the word that says it; without room for it the first of ``briefs`` that fits."""

    mood: Mood
    word: str
    briefs: tuple[str, ...] = ()

    @property
    def shortest(self) -> str:
        """What takes the least room."""
        return self.briefs[-1] if self.briefs else self.word

    def fitting(self, metrics: QFontMetrics, width: int) -> str:
        """Return the most that a chip of ``width`` pixels says in whole, else the shortest."""
        told = (self.word, *self.briefs)
        return next((one for one in told if chip_width(metrics, one) <= width), self.shortest)


def chip_width(metrics: QFontMetrics, word: str) -> int:
    """Return the pixels a chip of ``word`` takes."""
    return metrics.horizontalAdvance(word) + _word_at(metrics) + _word_end(metrics)


def _word_at(metrics: QFontMetrics) -> int:
    """Return where a word begins: its mark keeps off it in text of every size."""
    return round(metrics.height() * 1.15) + 2


def _word_end(metrics: QFontMetrics) -> int:
    return round(metrics.height() * 0.45) + 3


def draw_chip(painter: QPainter, x: float, middle: float, status: Status, width: int) -> None:
    """Draw ``status`` from ``x`` on, its middle at ``middle``, in at most ``width`` pixels."""
    metrics = painter.fontMetrics()
    height = metrics.height() + 4
    said = status.fitting(metrics, width)
    full = min(width, chip_width(metrics, said))
    draw_ground(painter, QRectF(x, middle - height / 2, full, height), status.mood)
    left = _word_at(metrics)
    word = metrics.elidedText(
        said, Qt.TextElideMode.ElideRight, full - left - metrics.height() // 4
    )
    base = middle + (metrics.ascent() - metrics.descent()) / 2
    painter.drawText(QPointF(x + left, base), word)


def draw_ground(painter: QPainter, place: QRectF, mood: Mood) -> None:
    """Draw the ground of a chip and the shape of its mood at the first line; leave the ink."""
    colors, metrics = current_colors(), painter.fontMetrics()
    height = metrics.height() + 4
    ink = QColor(getattr(colors, mood))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(getattr(colors, f"{mood}_soft")))
    painter.drawRoundedRect(place, height / 2, height / 2)
    at = QPointF(place.x() + height * 0.52, place.y() + height / 2)
    draw_shape(painter, at, metrics.height() * 0.44, mood, ink)
    painter.setPen(ink)


def draw_shape(painter: QPainter, at: QPointF, size: float, mood: Mood, ink: QColor) -> None:
    """Draw the shape of a mood: disc, triangle, diamond, ring, dash."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink)
    half = size / 2
    if mood == "good":
        painter.drawEllipse(at, half, half)
    elif mood == "warn":
        painter.drawPolygon(_polygon(at, half * 1.15, ((0, -1), (1, 0.85), (-1, 0.85))))
    elif mood == "bad":
        painter.drawPolygon(_polygon(at, half * 1.25, ((0, -1), (1, 0), (0, 1), (-1, 0))))
    else:
        painter.setPen(QPen(ink, max(1.4, size * 0.2)))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if mood == "info":
            painter.drawEllipse(at, half * 0.85, half * 0.85)
        else:
            painter.drawLine(at - QPointF(half, 0), at + QPointF(half, 0))


def _polygon(at: QPointF, half: float, corners: tuple[tuple[float, float], ...]) -> QPolygonF:
    return QPolygonF([at + QPointF(x * half, y * half) for x, y in corners])


class Chip(QWidget):
    """A status as a widget; a sentence takes more lines where it has no room in one."""

    def __init__(self, status: Status, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        policy = QSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.set_status(status)

    def set_status(self, status: Status) -> None:
        """Show and speak ``status``."""
        self._status = status
        self.setAccessibleName(status.word)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the size of the whole word."""
        metrics = self.fontMetrics()
        return QSize(chip_width(metrics, self._status.word), metrics.height() + 6)

    def minimumSizeHint(self) -> QSize:
        """Be never lower than a line."""
        return QSize(0, self.fontMetrics().height() + 6)

    def hasHeightForWidth(self) -> bool:
        """Tell that a narrow one is a high one."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of the lines that the words take at a width."""
        return self._lines(width).height() + 6

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the whole word as a tip where a part of it finds no room."""
        super().resizeEvent(event)
        lines = self._lines(self.width())
        fits = lines.right() <= self.width() and lines.height() <= self.height()
        self.setToolTip("" if fits else self._status.word)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw shape and word."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        lines = self._lines(self.width())
        if lines.height() <= self.fontMetrics().height():
            draw_chip(painter, 0, self.height() / 2, self._status, self.width())
            return
        top = (self.height() - lines.height()) // 2
        place = QRectF(
            0, top - 2, min(self.width(), lines.right() + lines.x() // 2), lines.height() + 4
        )
        draw_ground(painter, place, self._status.mood)
        painter.drawText(lines.translated(0, top), _WRAPPED, self._status.word)

    def _lines(self, width: int) -> QRect:
        """Return where the words stand in a chip of a width."""
        metrics = self.fontMetrics()
        left = _word_at(metrics)
        room = width - left - _word_end(metrics)
        if width >= self.sizeHint().width():
            return QRect(left, 0, room, metrics.height())
        return metrics.boundingRect(QRect(left, 0, max(room, 1), 0), _WRAPPED, self._status.word)
